/* What became of hand-overs: who got how many of what, how far it is, what was left out and why. */
#include "sales/handover/hand_over.h"

#include "entity/record.h"
#include "sales/handover/hand_over_sql.h"

typedef struct {
    int64_t id, total, waiting, left;
} Count;

static void person_json(JsonOut *to, int64_t id, Str name)
{
    js_object(to);
    js_key(to, "id");
    js_i64(to, id);
    js_key(to, "name");
    js_str(to, name);
    js_end(to);
}

/* ---- parts ---- */

typedef struct {
    int64_t of, to, total, waiting, left;
    Str     name, entity;
} Part;

typedef struct {
    Part *at;
    int   n;
} Parts;

static Err parts_read(Work *w, const int64_t *ids, ptrdiff_t n, Parts *out)
{
    int  most = HAND_OVERS_SHOWN * HAND_TO_MOST * HOLDINGS;
    Rows rows;
    *out = (Parts){ .at = NEW_RAW(w->mem, Part, most) };
    if (n == 0) return OK;
    TRY(db_query(w->db, SQL_HAND_OVER_COUNTS, VALS(val_ids(ids, n)), &rows));
    while (out->n < most && rows_next(&rows))
        out->at[out->n++] = (Part){ .of = row_int(&rows, 0),
                                    .to = row_int(&rows, 1),
                                    .name = str_copy(w->mem, row_text(&rows, 2)),
                                    .entity = str_copy(w->mem, row_text(&rows, 3)),
                                    .total = row_int(&rows, 4),
                                    .waiting = row_int(&rows, 5),
                                    .left = row_int(&rows, 6) };
    return rows_end(&rows);
}

static Count parts_json(JsonOut *to, const Parts *parts, int64_t of)
{
    Count c = { .id = of };
    js_key(to, "parts");
    js_array(to);
    for (int i = 0; i < parts->n; i++) {
        const Part *p = &parts->at[i];
        if (p->of != of) continue;
        js_object(to);
        js_key(to, "user");
        person_json(to, p->to, p->name);
        js_key(to, "entity");
        js_str(to, p->entity);
        js_key(to, "total");
        js_i64(to, p->total);
        js_key(to, "left");
        js_i64(to, p->left);
        js_end(to);
        c.total += p->total;
        c.waiting += p->waiting;
        c.left += p->left;
    }
    js_end(to);
    return c;
}

/* ---- what was left out ---- */

static Err left_json(Work *w, JsonOut *to, int64_t of)
{
    int64_t id[HAND_LEFT_SHOWN];
    Str     entity[HAND_LEFT_SHOWN], why[HAND_LEFT_SHOWN], title[HAND_LEFT_SHOWN] = { 0 };
    int     n = 0;
    Rows    rows;
    TRY(db_query(w->db, SQL_HAND_OVER_LEFT, VALS(val_int(of), val_int(HAND_LEFT_SHOWN)), &rows));
    for (; n < HAND_LEFT_SHOWN && rows_next(&rows); n++) {
        entity[n] = str_copy(w->mem, row_text(&rows, 0));
        id[n] = row_int(&rows, 1);
        why[n] = str_copy(w->mem, row_text(&rows, 2));
    }
    TRY(rows_end(&rows));
    for (int h = 0; h < HOLDINGS && n; h++) {
        Str *of_kind = NEW_N(w->mem, Str, n);
        TRY(record_titles(w, holdings[h].entity, id, n, of_kind));
        for (int i = 0; i < n; i++)
            if (str_eq(entity[i], str_of(holdings[h].entity->name))) title[i] = of_kind[i];
    }
    js_key(to, "left");
    js_array(to);
    for (int i = 0; i < n; i++) {
        if (!title[i].n) continue; /* out of the reader's sight */
        js_object(to);
        js_key(to, "entity");
        js_str(to, entity[i]);
        js_key(to, "id");
        js_i64(to, id[i]);
        js_key(to, "title");
        js_str(to, title[i]);
        js_key(to, "text");
        js_str(to, why[i]);
        js_end(to);
    }
    js_end(to);
    return OK;
}

/* ---- the whole ---- */

typedef struct {
    int64_t id, by, rule, back_of, back, total;
    Moment  at;
    Str     by_name;
    Day     until;
    bool    dismissed, runs;
} Told;

static const char *state_of(const Told *t, const Count *c)
{
    if (t->runs) return "running";
    return c->waiting ? "stopped" : "done";
}

static void id_or_null(JsonOut *to, const char *key, int64_t id)
{
    js_key(to, key);
    if (id) js_i64(to, id);
    else js_null(to);
}

static Err told_json(Work *w, JsonOut *to, const Told *t, const Parts *parts)
{
    js_object(to);
    js_key(to, "id");
    js_i64(to, t->id);
    js_key(to, "at");
    js_moment(to, t->at);
    js_key(to, "by");
    if (t->by) person_json(to, t->by, t->by_name);
    else js_null(to);
    js_key(to, "rule");
    if (t->rule == NONE) js_null(to);
    else js_c(to, share_rules[t->rule]);
    js_key(to, "until");
    js_day(to, t->until);
    js_key(to, "dismissed");
    js_bool(to, t->dismissed);
    id_or_null(to, "back_of", t->back_of);
    id_or_null(to, "back", t->back);
    Count c = parts_json(to, parts, t->id);
    js_key(to, "state");
    js_c(to, state_of(t, &c));
    js_key(to, "total");
    js_i64(to, t->total);
    js_key(to, "waiting");
    js_i64(to, c.waiting);
    TRY(left_json(w, to, t->id));
    js_end(to);
    return OK;
}

Err hand_overs_json(Work *w, JsonOut *to, int64_t user)
{
    Told    told[HAND_OVERS_SHOWN];
    int64_t ids[HAND_OVERS_SHOWN];
    int     n = 0;
    Parts   parts;
    Rows    rows;
    TRY(db_query(w->db, SQL_HAND_OVERS_OF_PERSON, VALS(val_int(user), val_int(HAND_OVERS_SHOWN)), &rows));
    for (; n < HAND_OVERS_SHOWN && rows_next(&rows); n++) {
        ids[n] = row_int(&rows, 0);
        told[n] = (Told){ .id = ids[n],
                          .at = row_int(&rows, 1),
                          .by = row_null(&rows, 2) ? 0 : row_int(&rows, 2),
                          .by_name = str_copy(w->mem, row_text(&rows, 3)),
                          .rule = row_int(&rows, 4),
                          .until = row_day(&rows, 5),
                          .dismissed = row_int(&rows, 6) != 0,
                          .back_of = row_null(&rows, 7) ? 0 : row_int(&rows, 7),
                          .back = row_null(&rows, 8) ? 0 : row_int(&rows, 8),
                          .total = row_int(&rows, 9),
                          .runs = !row_null(&rows, 10) };
    }
    TRY(rows_end(&rows));
    TRY(parts_read(w, ids, n, &parts));
    js_items(to);
    for (int i = 0; i < n; i++) TRY(told_json(w, to, &told[i], &parts));
    js_end(to);
    js_end(to);
    return OK;
}
