/* From ids to places in an array. */
#include "entity/ids.h"

Ids ids_new(Arena *mem, ptrdiff_t most)
{
    ptrdiff_t room = 8;
    while (room < most * 2) room *= 2;
    return (Ids){ .id = NEW_N(mem, int64_t, room), .at = NEW_RAW(mem, ptrdiff_t, room), .mask = room - 1 };
}

static ptrdiff_t slot(const Ids *ids, int64_t id)
{
    ptrdiff_t i = (ptrdiff_t)((uint64_t)id * 0x9E3779B97F4A7C15u >> 20) & ids->mask;
    while (ids->id[i] && ids->id[i] != id) i = (i + 1) & ids->mask;
    return i;
}

bool ids_put(Ids *ids, int64_t id, ptrdiff_t at)
{
    ptrdiff_t i = slot(ids, id);
    if (ids->id[i]) return false;
    ids->id[i] = id;
    ids->at[i] = at;
    ids->n++;
    return true;
}

ptrdiff_t ids_at(const Ids *ids, int64_t id)
{
    if (id == 0) return -1;
    ptrdiff_t i = slot(ids, id);
    return ids->id[i] ? ids->at[i] : -1;
}

int64_t *ids_all(Arena *mem, const Ids *ids, ptrdiff_t *n)
{
    int64_t *all = NEW_RAW(mem, int64_t, ids->n);
    *n           = 0;
    for (ptrdiff_t i = 0; i <= ids->mask; i++)
        if (ids->id[i]) all[(*n)++] = ids->id[i];
    return all;
}
