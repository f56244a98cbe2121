/* Figures as columns: those a list asks for, read for its page in one statement. */
#include "entity/figure.h"

#include "entity/ids.h"

enum { ASKED_MOST = 20 };

static Err refuse(Work *w, Str name)
{
    return fail(w, INVALID, "figures", "list.no_such_figure", arg_text("name", name));
}

static bool among(const Figure *const *list, int n, const Figure *f)
{
    for (int i = 0; i < n; i++)
        if (list[i] == f) return true;
    return false;
}

Err figures_asked(Work *w, const Entity *e, const char *verb, Str names, Figures *out)
{
    const Figure **list = names.n ? NEW_N(w->mem, const Figure *, ASKED_MOST) : NULL;
    int            n = 0;
    while (names.n) {
        Str           name = str_cut(&names, ',');
        const Figure *f = figure_named(e, name);
        if (!f || !figure_kept(f) || !figure_known(w->who, e, f, verb) || n == ASKED_MOST) return refuse(w, name);
        if (!among(list, n, f)) list[n++] = f;
    }
    *out = (Figures){ list, n };
    return OK;
}

void figures_join(Work *w, Arena *mem, Figures list, const char *alias, const char *prefix, Buf *sql, Binds *binds)
{
    for (int i = 0; i < list.n; i++) {
        const Figure *f = list.at[i];
        const char   *k = str_c(mem, str_fmt(mem, "%s%d", prefix, i));
        buf_fmt(sql, " left join %s %s on %s.%s = %s.id", f->from, k, k, f->id, alias);
        figure_when_write(f, " and ", k, sql);
        if (!f->counts) continue;
        buf_c(sql, " and ");
        figure_sight_write(w, mem, f, alias, sql, binds);
    }
}

/* Where there is no row, or none to be seen, is told apart. */
static void column_write(Work *w, Arena *mem, const Figure *f, int i, Buf *sql, Binds *binds)
{
    if (!f->none) {
        buf_fmt(sql, ", counted%d.%s", i, f->value);
        return;
    }
    buf_fmt(sql, ", case when counted%d.%s is not null then counted%d.%s when ", i, f->id, i, f->value);
    figure_sight_write(w, mem, f, "t", sql, binds);
    buf_fmt(sql, " then %d end", f->none);
}

static Err values_query(Work *w, Arena *mem, const Entity *e, Figures list, const int64_t *ids, ptrdiff_t n, Rows *rows)
{
    Buf   sql = buf_new(mem, 800);
    Binds binds = { 0 };
    buf_c(&sql, "select t.id");
    for (int i = 0; i < list.n; i++) column_write(w, mem, list.at[i], i, &sql, &binds);
    buf_fmt(&sql, " from %s t", entity_table(e));
    figures_join(w, mem, list, "t", "counted", &sql, &binds);
    buf_fmt(&sql, " where t.id in {ids $%d}", bind_val(mem, &binds, val_ids(ids, n)));
    return db_query(w->db, buf_str(&sql), binds.at, binds.n, rows);
}

static void row_read(Work *w, Figures list, const Rows *rows, Value *out)
{
    for (int i = 0; i < list.n; i++) {
        Field field = figure_field(list.at[i]);
        out[i] = value_row(w->mem, &field, rows, 1 + i);
    }
}

Err figures_read(Work *w, const Entity *e, Figures list, const int64_t *ids, ptrdiff_t n, Value *out)
{
    Arena scratch = w->scratch;
    Rows  rows;
    for (ptrdiff_t i = 0; i < n * list.n; i++) out[i] = value_none();
    if (!n || !list.n) return OK;
    Ids place = ids_new(&scratch, n);
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&place, ids[i], i);
    TRY(values_query(w, &scratch, e, list, ids, n, &rows));
    while (rows_next(&rows)) row_read(w, list, &rows, out + ids_at(&place, row_int(&rows, 0)) * list.n);
    return rows_end(&rows);
}

void figures_json(JsonOut *to, Figures list, const Value *values)
{
    if (!list.n) return;
    js_key(to, "_figures");
    js_object(to);
    for (int i = 0; i < list.n; i++) {
        Field field = figure_field(list.at[i]);
        js_key(to, field.name);
        value_json(to, &field, values[i]);
    }
    js_end(to);
}
