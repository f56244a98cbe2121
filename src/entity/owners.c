/* The ways in which rows are somebody's, made out of what an entity says. */
#include "entity/owners.h"

#include "entity/columns.h"
#include "entity/ids.h"

#include <string.h>

static bool is_user(const Field *f) { return !f || (f->type == TYPE_ref && strcmp(f->to, "user") == 0); }

static bool is_queue(const Field *f) { return f && f->type == TYPE_ref && strcmp(f->to, "role") == 0; }

static bool among(Str list, Str name)
{
    while (list.n)
        if (str_eq(str_cut(&list, ' '), name)) return true;
    return false;
}

static bool may_do(const Entity *e, const char *ref) { return !e->doers || among(str_of(e->doers), str_of(ref)); }

static Way way_of(Arena *mem, const Entity *e, const OwnerWay *said)
{
    const Field *f = field_of(e, said->ref);
    if (is_user(f)) return (Way){ .field = f, .owner = said->ref };
    if (is_queue(f)) return (Way){ .field = f, .owner = said->ref, .unless = e->owners[0].ref };
    if (f->type == TYPE_link)
        return (Way){ .field   = f,
                      .owner   = said->kept,
                      .follows = column_found(mem, f),
                      .of      = str_c(mem, str_fmt(mem, "%s_of", f->name)),
                      .kept    = said->kept };
    const Entity *to = entity_named(str_of(f->to));
    return (Way){ .field   = f,
                  .owner   = said->kept ? said->kept : to ? owner_first(to) : NULL,
                  .follows = said->ref,
                  .to      = to,
                  .kept    = said->kept };
}

int owner_ways(Arena *mem, const Entity *e, Way out[OWNER_WAYS])
{
    int n = 0;
    for (; n < OWNER_WAYS && e->owners[n].ref; n++) {
        out[n]       = way_of(mem, e, &e->owners[n]);
        out[n].looks = !may_do(e, e->owners[n].ref);
    }
    return n;
}

const char *owner_first(const Entity *e)
{
    const OwnerWay *first = &e->owners[0];
    if (!first->ref) return NULL;
    return is_user(field_of(e, first->ref)) ? first->ref : first->kept;
}

Err owners_first(Db *db, Arena scratch, const Entity *e, const int64_t *ids, ptrdiff_t n, int64_t *owner)
{
    Ids  place = ids_new(&scratch, n);
    Rows rows;
    for (ptrdiff_t i = 0; i < n; i++) {
        owner[i] = 0;
        ids_put(&place, ids[i], i);
    }
    Str sql = str_fmt(&scratch, "select t.id, t.%s from %s t where t.id in {ids $1}", owner_first(e), entity_table(e));
    TRY(db_query(db, sql, VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) owner[ids_at(&place, row_int(&rows, 0))] = row_null(&rows, 1) ? 0 : row_int(&rows, 1);
    return rows_end(&rows);
}

Err owners_waiting(Db *db, Arena scratch, const Entity *e, const Way *way, const int64_t *ids, ptrdiff_t n,
                   Waiting *out)
{
    Ids  place = ids_new(&scratch, n);
    Rows rows;
    for (ptrdiff_t i = 0; i < n; i++) {
        out[i] = (Waiting){ 0 };
        ids_put(&place, ids[i], i);
    }
    Str sql = str_fmt(&scratch, "select t.id, t.%s, t.%s from %s t where t.id in {ids $1}", way->unless, way->owner,
                      entity_table(e));
    TRY(db_query(db, sql, VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows))
        out[ids_at(&place, row_int(&rows, 0))] =
            (Waiting){ row_null(&rows, 1) ? 0 : row_int(&rows, 1), row_null(&rows, 2) ? 0 : row_int(&rows, 2) };
    return rows_end(&rows);
}

ScopeRow owners_scope(Arena *mem, const Entity *e)
{
    ScopeRow      row = { .entity = e->name, .fence = e->fence, .alone = e->alone };
    const Entity *by  = e->seen_by ? entity_named(str_of(e->seen_by)) : NULL;
    Way           way[OWNER_WAYS];
    int           n = owner_ways(mem, e, way);
    if (by) row.way[0] = (ScopeWay){ .owner = owner_first(by), .table = entity_table(by) }, row.through = by->name;
    for (int k = 0; k < n; k++)
        row.way[k] = (ScopeWay){ way[k].owner, way[k].follows,
                                 way[k].to && !way[k].kept ? entity_table(way[k].to) : NULL, way[k].unless,
                                 way[k].looks };
    if (n == 1 && row.way[0].table) row.through = way[0].to->name;
    return row;
}

/* ---- what may not be ---- */

/* How many steps lead from here to a user by first ways; more than OWNER_STEPS: none does. */
static int steps_from(const Entity *e)
{
    int n = 0;
    while (e && n <= OWNER_STEPS) {
        const OwnerWay *first = &e->owners[0];
        const Field    *f     = first->ref ? field_of(e, first->ref) : NULL;
        if (!first->ref || is_user(f) || f->type == TYPE_link) return n;
        e = entity_named(str_of(f->to));
        n++;
    }
    return n;
}

/* A row waits in a queue as long as nobody stands in its first way. */
static const char *queue_wrong(const Entity *e, const OwnerWay *said)
{
    const Field *first = field_of(e, e->owners[0].ref);
    if (said->kept) return "keeps what stands in the row";
    if (!first || !is_user(first)) return "is a queue of rows whose first way is no field of a user";
    return first->required ? "is a queue of rows that are always somebody's" : NULL;
}

static const char *way_wrong(Arena *mem, const Entity *e, const OwnerWay *said)
{
    const Field *f = field_of(e, said->ref);
    if (is_user(f)) return said->kept ? "keeps what stands in the row" : NULL;
    if (is_queue(f)) return queue_wrong(e, said);
    if (!field_points(f)) return "is no reference";
    if (f->type == TYPE_link) return said->kept ? NULL : "is a link, whose owner is only looked up";
    const Entity *to = entity_named(str_of(f->to));
    if (!to) return "follows what there is not";
    if (1 + steps_from(to) > OWNER_STEPS) return "is a circle, or more than three steps from a user";
    if (!way_of(mem, e, said).owner || !owner_first(to)) return "follows a record whose first owner stands nowhere";
    return NULL;
}

static bool is_way(const Entity *e, Str name)
{
    for (const OwnerWay *way = e->owners; way->ref; way++)
        if (str_eq(name, str_of(way->ref))) return true;
    return false;
}

/* A new row that names nobody is its maker's by the first way, so that one changes it. */
static const char *doers_wrong(const Entity *e)
{
    for (Str list = str_of(e->doers ? e->doers : ""); list.n;)
        if (!is_way(e, str_cut(&list, ' '))) return "names a doer who is none of its ways";
    return e->owners[0].ref && !may_do(e, e->owners[0].ref) ? "has a first way that may not change it" : NULL;
}

static bool fence_reads(Str fence)
{
    for (ptrdiff_t at; (at = str_find(fence, S("{"))) >= 0;) {
        ptrdiff_t end = str_find(fence, S("}"));
        if (end < at || !among(S("row me role"), str_from(str_upto(fence, end), at + 1))) return false;
        fence = str_from(fence, end + 1);
    }
    return true;
}

/* It speaks of the row itself, which statements about what only follows do not name. */
static const char *fence_wrong(Arena *mem, const Entity *e)
{
    if (!e->fence) return NULL;
    if (!fence_reads(str_of(e->fence))) return "has a fence with a mark that is none";
    if (e->known) return "has a fence, and is known to everybody";
    return owners_scope(mem, e).through || e->counted ? "has a fence, and its rows only follow or are counted" : NULL;
}

static const char *entity_wrong(Arena *mem, const Entity *e)
{
    for (const OwnerWay *said = e->owners; said->ref; said++) {
        const char *why = way_wrong(mem, e, said);
        if (why) return str_c(mem, str_fmt(mem, "%s.%s %s", e->name, said->ref, why));
    }
    const char *why = doers_wrong(e);
    if (!why) why = fence_wrong(mem, e);
    return why ? str_c(mem, str_fmt(mem, "%s %s", e->name, why)) : NULL;
}

const char *owners_wrong(Arena *mem)
{
    const char *why = NULL;
    for (ptrdiff_t i = 0; !why && entity_at(i); i++) why = entity_wrong(mem, entity_at(i));
    return why;
}
