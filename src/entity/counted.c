/* What was counted when. */
#include "entity/counted.h"

Err counted_put(Work *w, const char *name, const Counted *c)
{
    return db_run(w->db,
                  S("insert into counted (name, at, from_day, to_day, as_of) values ($1, $2, $3, $4, $5) on conflict"
                    " (name) do update set at = excluded.at, from_day = excluded.from_day, to_day = excluded.to_day,"
                    " as_of = excluded.as_of"),
                  VALS(val_text(str_of(name)), val_int(c->at), val_day(c->from), val_day(c->to), val_day(c->as_of)),
                  NULL);
}

static void count_json(JsonOut *to, const Rows *row)
{
    js_key_str(to, row_text(row, 0));
    js_object(to);
    js_key(to, "at");
    js_moment(to, row_int(row, 1));
    static const char *const days[] = { "from", "to", "as_of" };
    for (int i = 0; i < (int)COUNT(days); i++) {
        js_key(to, days[i]);
        js_day(to, row_day(row, 2 + i));
    }
    js_end(to);
}

Err counts_json(Work *w, JsonOut *to, Figures figures)
{
    Str *names = NEW_RAW(w->mem, Str, figures.n);
    int  n = 0;
    Rows rows;
    for (int i = 0; i < figures.n; i++)
        if (figures.at[i]->count) names[n++] = str_of(figures.at[i]->count);
    if (!n) return OK;
    TRY(db_query(w->db,
                 S("select name, at, from_day, to_day, as_of from counted where name in {texts $1} order by name"),
                 VALS(val_texts(names, n)), &rows));
    js_key(to, "counted");
    js_object(to);
    while (rows_next(&rows)) count_json(to, &rows);
    js_end(to);
    return rows_end(&rows);
}
