/* The ways in which rows are somebody's, made out of what an entity says. */
#include "entity/owners.h"

#include "entity/columns.h"
#include "entity/ids.h"

#include <string.h>

static bool is_user(const Field *f) { return !f || (f->type == TYPE_ref && strcmp(f->to, "user") == 0); }

static Way way_of(Arena *mem, const Entity *e, const OwnerWay *said)
{
    const Field *f = field_of(e, said->ref);
    if (is_user(f)) return (Way){ .field = f, .owner = said->ref };
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
    for (; n < OWNER_WAYS && e->owners[n].ref; n++) out[n] = way_of(mem, e, &e->owners[n]);
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

ScopeRow owners_scope(Arena *mem, const Entity *e)
{
    ScopeRow      row = { .entity = e->name };
    const Entity *by  = e->seen_by ? entity_named(str_of(e->seen_by)) : NULL;
    Way           way[OWNER_WAYS];
    int           n = owner_ways(mem, e, way);
    if (by) row.way[0] = (ScopeWay){ .owner = owner_first(by), .table = entity_table(by) }, row.through = by->name;
    for (int k = 0; k < n; k++)
        row.way[k] = (ScopeWay){ way[k].owner, way[k].follows,
                                 way[k].to && !way[k].kept ? entity_table(way[k].to) : NULL };
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

static const char *way_wrong(Arena *mem, const Entity *e, const OwnerWay *said)
{
    const Field *f = field_of(e, said->ref);
    if (is_user(f)) return said->kept ? "keeps what stands in the row" : NULL;
    if (!field_points(f)) return "is no reference";
    if (f->type == TYPE_link) return said->kept ? NULL : "is a link, whose owner is only looked up";
    const Entity *to = entity_named(str_of(f->to));
    if (!to) return "follows what there is not";
    if (1 + steps_from(to) > OWNER_STEPS) return "is a circle, or more than three steps from a user";
    if (!way_of(mem, e, said).owner || !owner_first(to)) return "follows a record whose first owner stands nowhere";
    return NULL;
}

const char *owners_wrong(Arena *mem)
{
    for (ptrdiff_t i = 0; entity_at(i); i++)
        for (const OwnerWay *said = entity_at(i)->owners; said->ref; said++) {
            const char *why = way_wrong(mem, entity_at(i), said);
            if (why) return str_c(mem, str_fmt(mem, "%s.%s %s", entity_at(i)->name, said->ref, why));
        }
    return NULL;
}
