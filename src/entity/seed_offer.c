/* What a newer file says of records that somebody has touched: shown beside what stands, taken or left. */
#include "entity/seed_inside.h"

#include "access/access.h"
#include "access/viewing.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "entity/rows.h"
#include "entity/seed_sql.h"

#include <string.h>

enum { OFFERS_MOST = 500 };

typedef struct {
    const Entity *e; /* null: there is none of that name any more */
    Str           origin, key, part;
    int64_t       record;
    Moment        at;
    const Json   *offered;
    const void   *stands;
} Offer;

static Str part_of(const Entity *e, Str key)
{
    const Field *by;
    ptrdiff_t    at = key.n;
    while (at > 0 && key.s[at - 1] != '/') at--;
    return e && at > 1 && seed_list(e, &by) ? str_from(key, at) : (Str){ 0 };
}

static Err offer_row(Work *w, const Rows *rows, Offer *out)
{
    JsonLimits limits = { .bytes = 2 * SEED_BYTES, .values = INT32_MAX };
    *out = (Offer){ .e = entity_named(row_text(rows, 2)),
                    .origin = str_copy(w->mem, row_text(rows, 0)),
                    .key = str_copy(w->mem, row_text(rows, 1)),
                    .record = row_int(rows, 3),
                    .at = row_int(rows, 4) };
    out->part = part_of(out->e, out->key);
    return json_read(w->mem, str_copy(w->mem, row_text(rows, 5)), limits, &w->problems, &out->offered);
}

static Err offers_read(Work *w, Offer *out, ptrdiff_t *n)
{
    Rows rows;
    TRY(db_query(w->db, SQL_SEEDS_OFFERED, VALS(val_int(OFFERS_MOST)), &rows));
    for (*n = 0; *n < OFFERS_MOST && rows_next(&rows); ++*n) TRY(offer_row(w, &rows, &out[*n]));
    return rows_end(&rows);
}

/* ---- showing ---- */

static bool shown(Work *w, const Entity *e, const Field *f)
{
    return f && !f->inner && !access_hides(w->who, e->name, "view", f->mask);
}

static void row_json(Work *w, JsonOut *j, const Entity *e, const Entity *child, const void *row)
{
    js_object(j);
    for (int f = 0; f < child->field_count; f++) {
        Value v = value_get(&child->fields[f], row);
        if (v.empty || !shown(w, e, &child->fields[f])) continue;
        js_key(j, child->fields[f].name);
        value_json(j, &child->fields[f], v);
    }
    js_end(j);
}

/* The list, or its part of which the offer speaks. */
static void list_json_of(Work *w, JsonOut *j, const Offer *o, const Children *list, const void *record)
{
    const Field     *by   = NULL;
    const ChildRows *rows = children_of(list, record);
    if (o->part.s) seed_list(o->e, &by);
    js_key(j, list->name);
    js_array(j);
    for (ptrdiff_t k = 0; k < rows->n; k++) {
        const void *row = child_at(list, rows, k);
        if (!by || str_eq(value_get(by, row).s, o->part)) row_json(w, j, o->e, list->entity, row);
    }
    js_end(j);
}

/* Of what the offer speaks, as the record has it. */
static void side_json(Work *w, JsonOut *j, const Offer *o, const void *record)
{
    js_object(j);
    for (const Json *v = o->offered->first; v; v = v->next) {
        const Field *f = field_named(w, o->e, v->key);
        for (int c = 0; c < o->e->child_count; c++)
            if (str_eq(v->key, str_of(o->e->children[c].name))) list_json_of(w, j, o, &o->e->children[c], record);
        if (!shown(w, o->e, f)) continue;
        js_key(j, f->name);
        value_json(j, f, value_get(f, record));
    }
    js_end(j);
}

/* The record as it would be. */
static Err offer_apply(Work *w, const Offer *o, void *record)
{
    void *said;
    if (!o->part.s) return record_apply(w, o->e, o->offered, false, record);
    said = arena_take(w->mem, o->e->size, 16, 1);
    record_empty(w, o->e, said);
    TRY(record_apply(w, o->e, o->offered, true, said));
    seed_part_put(w->mem, o->e, record, said, o->part);
    return OK;
}

static Err offer_json(Work *w, JsonOut *j, const Offer *o)
{
    void    *taken = arena_take_raw(w->mem, o->e->size, 16, 1);
    Problems said  = w->problems;
    memcpy(taken, o->stands, (size_t)o->e->size);
    Err err     = offer_apply(w, o, taken);
    w->problems = said;
    if (err != OK) return err == INVALID ? OK : err; /* of a version whose fields are gone, or hidden from him */
    js_object(j);
    js_key(j, "origin");  js_str(j, o->origin);
    js_key(j, "key");     js_str(j, o->key);
    js_key(j, "entity");  js_c(j, o->e->name);
    js_key(j, "record");  js_i64(j, o->record);
    js_key(j, "title");   js_str(j, record_title(w, o->e, o->stands));
    js_key(j, "at");      js_moment(j, o->at);
    js_key(j, "stands");  side_json(w, j, o, o->stands);
    js_key(j, "offered"); side_json(w, j, o, taken);
    js_end(j);
    return OK;
}

/* Offers about one entity, in few statements. */
static Err group_json(Work *w, JsonOut *j, Offer *offer, ptrdiff_t n)
{
    const Entity *e = offer->e;
    if (!e || access_scope(w->who, e->name, "view") == SCOPE_NONE ||
        access_scope(w->who, e->name, "change") == SCOPE_NONE)
        return OK;
    Ids place = ids_new(w->mem, n);
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&place, offer[i].record, i);
    int64_t *ids     = ids_all(w->mem, &place, &place.n);
    bool    *found   = NEW_N(w->mem, bool, n), *in = NEW_N(w->mem, bool, n), *may = NEW_N(w->mem, bool, n);
    char    *records = arena_take_raw(w->mem, e->size, 16, place.n);
    TRY(record_fetch(w, e, ids, place.n, true, records, found));
    TRY(reach_rows(w, w->scratch, e, "view", ids, place.n, in));
    TRY(reach_rows(w, w->scratch, e, "change", ids, place.n, may));
    TRY(viewing_count(w, e->name, VIEWED_ROW, ids, place.n));
    Ids at = ids_new(w->mem, place.n);
    for (ptrdiff_t k = 0; k < place.n; k++)
        if (found[k] && in[k] && may[k]) ids_put(&at, ids[k], k);
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t k = ids_at(&at, offer[i].record);
        if (k < 0) continue;
        offer[i].stands = records + k * e->size;
        TRY(offer_json(w, j, &offer[i]));
    }
    return OK;
}

Err seed_offers_json(Work *w, JsonOut *to)
{
    Offer    *offer = NEW_RAW(w->mem, Offer, OFFERS_MOST);
    ptrdiff_t n, from = 0;
    TRY(offers_read(w, offer, &n));
    js_items(to);
    for (ptrdiff_t i = 0; i < n; i++) {
        if (i + 1 < n && offer[i + 1].e == offer[i].e) continue;
        TRY(group_json(w, to, offer + from, i + 1 - from));
        from = i + 1;
    }
    js_end(to);
    js_end(to);
    return OK;
}

/* ---- taking and leaving ---- */

/* Whoever may not change the record is told what he would be if nothing were offered. */
static Err offer_find(Work *w, Str origin, Str key, Offer *out)
{
    Rows rows;
    TRY(db_query(w->db, SQL_SEED_OFFERED, VALS(val_text(origin), val_text(key)), &rows));
    bool found = rows_next(&rows);
    if (found) TRY(offer_row(w, &rows, out));
    TRY(rows_end(&rows));
    if (!found || !out->e) return fail(w, NOT_FOUND, NULL, "seed.not_offered", arg_text("seed", key));
    TRY(access_need(w, out->e->name, "change"));
    TRY(reach_need(w, out->e, "view", out->record));
    return reach_need(w, out->e, "change", out->record);
}

Err seed_take(Work *w, Str origin, Str key)
{
    Offer   o;
    bool    found;
    TRY(offer_find(w, origin, key, &o));
    Record *r = arena_take(w->mem, o.e->size, 16, 1);
    TRY(record_fetch(w, o.e, &o.record, 1, true, r, &found));
    if (!found) return fail(w, NOT_FOUND, NULL, "record.not_found");
    TRY(offer_apply(w, &o, r));
    TRY(record_save(w, o.e, r));
    return db_run(w->db, SQL_SEED_ANSWERED, VALS(val_text(origin), val_text(key), val_int(r->version)), NULL);
}

Err seed_leave(Work *w, Str origin, Str key)
{
    Offer o;
    TRY(offer_find(w, origin, key, &o));
    return db_run(w->db, SQL_SEED_ANSWERED, VALS(val_text(origin), val_text(key), val_null()), NULL);
}
