/* Whose row it becomes: it says so who has it by his own role, not by a loan nor in another's place; and as it will
 * stand it is in reach of whoever saves it, by one of its ways and within its fence. */
#include "entity/door.h"

#include "entity/ids.h"
#include "entity/owners.h"
#include "entity/reach.h"

#include <string.h>

typedef struct {
    Door *d;
    Way   way[OWNER_WAYS];
    int   n;
    bool *asked, *in; /* by record: it is a question, and answered well */
} Owners;

static bool empty(const Way *way, const void *record)
{
    return way->field && value_get(way->field, record).empty;
}

static bool names_nobody(const Owners *o, const void *record)
{
    int k = 0;
    while (k < o->n && empty(&o->way[k], record)) k++;
    return k == o->n;
}

static bool differs(const Way *way, const void *now, const void *was)
{
    return way->field && (!was || !value_same(way->field, value_get(way->field, now), value_get(way->field, was)));
}

/* The field at which a refusal is shown: of the ways by which it changes hands the first that names somebody. */
static const Field *changed_way(const Owners *o, ptrdiff_t i)
{
    const Field *first = NULL;
    for (int k = 0; k < o->n; k++) {
        if (!differs(&o->way[k], o->d->now[i], o->d->was[i])) continue;
        if (!empty(&o->way[k], o->d->now[i])) return o->way[k].field;
        if (!first) first = o->way[k].field;
    }
    return first;
}

/* A new row of somebody who may not write everybody's is his own when it says nothing.  What a required field lacks is
 * refused already. */
static bool is_asked(const Owners *o, ptrdiff_t i)
{
    Door        *d     = o->d;
    const Field *first = o->way[0].field;
    if (d->skip[i] || access_scope(d->w->who, d->e->name, door_verb(d, i)) == SCOPE_ALL) return false;
    if (!d->was[i] && first && !o->way[0].follows && names_nobody(o, d->now[i]))
        value_set(first, d->now[i], value_int(d->w->actor));
    if (first && first->required && empty(&o->way[0], d->now[i])) return false;
    return changed_way(o, i) != NULL;
}

/* Who stands in the row itself: in a field, or as whoever made it. */
static int64_t owner_in_row(const Owners *o, const Way *way, ptrdiff_t i)
{
    const Record *was = o->d->was[i];
    if (way->field) return empty(way, o->d->now[i]) ? 0 : value_get(way->field, o->d->now[i]).n;
    return !was ? o->d->w->actor : strcmp(way->owner, "created_by") == 0 ? was->created_by : 0;
}

static void way_of_users(const Owners *o, const Way *way)
{
    Door *d = o->d;
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (o->asked[i] && !o->in[i])
            o->in[i] = access_row(d->w, d->e->name, door_verb(d, i), owner_in_row(o, way, i), 0) == OK;
}

/* A row that has somebody waits in no queue. */
static void way_of_holders(const Owners *o, const Way *way)
{
    Door *d = o->d;
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (o->asked[i] && !o->in[i] && empty(&o->way[0], d->now[i]))
            o->in[i] = access_queue(d->w, d->e->name, door_verb(d, i), owner_in_row(o, way, i)) == OK;
}

/* Which of these records are of an owner for whom the actor may do this. */
static Err records_of_ours(const Owners *o, Arena scratch, const Entity *to, const char *verb, const int64_t *ids,
                           ptrdiff_t n, Ids *good)
{
    Door       *d      = o->d;
    ScopeValues values = { 0 };
    Buf         sql    = buf_new(&scratch, 300);
    Val         vals[COUNT(values.value) + 1] = { val_ids(ids, n) };
    Rows        rows;
    buf_fmt(&sql, "select h.id from %s h where h.id in {ids $1} and ", entity_table(to));
    scope_people_write(&sql, d->w->who, d->e->name, verb,
                       str_c(&scratch, str_fmt(&scratch, "h.%s", owner_first(to))), 2, &values);
    for (int i = 0; i < values.count; i++) vals[i + 1] = val_int(values.value[i]);
    TRY(db_query(d->w->db, buf_str(&sql), vals, values.count + 1, &rows));
    while (rows_next(&rows)) ids_put(good, row_int(&rows, 0), 0);
    return rows_end(&rows);
}

static bool follows_to(const Owners *o, const Way *way, const Entity *to, const char *verb, ptrdiff_t i)
{
    Door *d = o->d;
    return o->asked[i] && !o->in[i] && !empty(way, d->now[i]) && strcmp(door_verb(d, i), verb) == 0 &&
           field_to(way->field, value_get(way->field, d->now[i])) == to;
}

static Err way_to(const Owners *o, Arena scratch, const Way *way, const Entity *to, const char *verb)
{
    Door     *d    = o->d;
    Ids       ids  = ids_new(&scratch, d->n);
    Ids       good = ids_new(&scratch, d->n);
    ptrdiff_t n;
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (follows_to(o, way, to, verb, i)) ids_put(&ids, value_get(way->field, d->now[i]).n, i);
    if (ids.n == 0 || !owner_first(to)) return OK;
    int64_t *all = ids_all(&scratch, &ids, &n);
    TRY(records_of_ours(o, scratch, to, verb, all, n, &good));
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (follows_to(o, way, to, verb, i)) o->in[i] = ids_at(&good, value_get(way->field, d->now[i]).n) >= 0;
    return OK;
}

static Err way_of_records(const Owners *o, const Way *way)
{
    Door *d = o->d;
    for (ptrdiff_t place = 0; entity_at(place); place++) {
        const Entity *to = entity_at(place);
        if (!field_may_point(way->field, to)) continue;
        TRY(way_to(o, d->w->scratch, way, to, "add"));
        TRY(way_to(o, d->w->scratch, way, to, d->verb));
    }
    return OK;
}

/* A loan, or a day in another's place, gives a row to work with and makes it nobody else's. */
static Err handed_by_himself(const Owners *o)
{
    Door      *d       = o->d;
    Arena      scratch = d->w->scratch;
    Ids        place   = ids_new(&scratch, d->n);
    ptrdiff_t  n;
    if (!d->w->who->given && !d->w->who->stands_in) return OK;
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (o->asked[i] && d->was[i]) ids_put(&place, ((Record *)d->was[i])->id, i);
    int64_t *ids = ids_all(&scratch, &place, &n);
    bool    *in  = NEW_N(&scratch, bool, n);
    if (n) TRY(reach_rows_himself(d->w, scratch, d->e, d->verb, ids, n, in));
    for (ptrdiff_t k = 0; k < n; k++) {
        ptrdiff_t i = ids_at(&place, ids[k]);
        if (in[k]) continue;
        DOOR_FAIL(d, i, DENIED, changed_way(o, i)->name, "record.owner_not_yours_to_say");
        o->asked[i] = false;
    }
    return OK;
}

Err door_owners(Door *d)
{
    Arena *mem = d->w->mem;
    Owners o   = { .d = d };
    bool   any = false;
    if (d->how.trusted || !d->e->owners[0].ref) return OK;
    o.n     = owner_ways(mem, d->e, o.way);
    o.asked = NEW_N(mem, bool, d->n);
    o.in    = NEW_N(mem, bool, d->n);
    for (ptrdiff_t i = 0; i < d->n; i++) any |= o.asked[i] = is_asked(&o, i);
    if (!any) return OK;
    TRY(handed_by_himself(&o));
    for (int k = 0; k < o.n; k++) {
        if (o.way[k].follows) TRY(way_of_records(&o, &o.way[k]));
        else if (o.way[k].unless) way_of_holders(&o, &o.way[k]);
        else way_of_users(&o, &o.way[k]);
    }
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (o.asked[i] && !o.in[i]) DOOR_FAIL(d, i, DENIED, changed_way(&o, i)->name, "record.owner_out_of_reach");
    return OK;
}

/* Asked of the base, of which the fence speaks. */
static Err fence_ask(Door *d)
{
    Arena     scratch = d->w->scratch;
    Ids       place   = ids_new(&scratch, d->n), in = ids_new(&scratch, d->n);
    Binds     binds   = { 0 };
    Buf       sql     = buf_new(&scratch, 400);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (!d->skip[i]) ids_put(&place, ((const Record *)d->now[i])->id, i);
    int64_t *ids = ids_all(&scratch, &place, &n);
    if (n == 0) return OK;
    buf_fmt(&sql, "select t.id from %s t where t.id in {ids $%d}", entity_table(d->e),
            bind_val(&scratch, &binds, val_ids(ids, n)));
    reach_fence_write(d->w, &scratch, d->e, "t", &sql, &binds);
    TRY(db_query(d->w->db, buf_str(&sql), binds.at, binds.n, &rows));
    while (rows_next(&rows)) ids_put(&in, row_int(&rows, 0), 0);
    TRY(rows_end(&rows));
    for (ptrdiff_t k = 0; k < n; k++)
        if (ids_at(&in, ids[k]) < 0) DOOR_FAIL(d, ids_at(&place, ids[k]), DENIED, NULL, "record.beyond_fence");
    return d->err;
}

/* What is refused is not written, so that whoever saves many goes on with the others. */
Err door_written(Door *d)
{
    if (d->how.trusted || !d->e->fence) return door_write(d);
    TRY(db_savepoint(d->w->db));
    Err err = door_write(d);
    if (err == OK) err = fence_ask(d);
    if (err == OK) return db_savepoint_keep(d->w->db);
    TRY(db_savepoint_undo(d->w->db));
    return err;
}
