/* A list of children that is being put back to an earlier state. */
#include "entity/roster.h"

#include "entity/record.h"

#include <string.h>

Roster roster_open(Arena *mem, const Children *list, const ChildRows *rows, ptrdiff_t most)
{
    ptrdiff_t size = list->entity->size, room = rows->n + most;
    Roster    r    = { .list = list, .place = ids_new(mem, room), .gone = NEW_N(mem, bool, room) };
    r.rows         = (ChildRows){ arena_take_raw(mem, size, 16, room), rows->n };
    if (rows->n) memcpy(r.rows.at, rows->at, (size_t)(rows->n * size));
    for (ptrdiff_t k = 0; k < rows->n; k++) ids_put(&r.place, ((const ChildHead *)child_at(list, rows, k))->id, k);
    return r;
}

void *roster_at(const Roster *r, int64_t id)
{
    ptrdiff_t k = ids_at(&r->place, id);
    return k < 0 || r->gone[k] ? NULL : child_at(r->list, &r->rows, k);
}

void *roster_add(Roster *r, int64_t id)
{
    ptrdiff_t k = ids_at(&r->place, id);
    if (k < 0) ids_put(&r->place, id, k = r->rows.n++);
    ChildHead *row = child_at(r->list, &r->rows, k);
    child_empty(r->list->entity, row);
    row->id    = id;
    r->gone[k] = false;
    return row;
}

void roster_drop(Roster *r, int64_t id)
{
    ptrdiff_t k = ids_at(&r->place, id);
    if (k >= 0) r->gone[k] = true;
}

ChildRows roster_close(const Roster *r)
{
    ChildRows left = { .at = r->rows.at };
    for (ptrdiff_t k = 0; k < r->rows.n; k++) {
        if (r->gone[k]) continue;
        if (left.n < k)
            memcpy(child_at(r->list, &left, left.n), child_at(r->list, &r->rows, k), (size_t)r->list->entity->size);
        left.n++;
    }
    return left;
}
