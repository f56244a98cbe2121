/* From a text to a number. */
#include "core/map.h"

int64_t *map_at(Map **map, Str key, Arena *mem)
{
    for (uint64_t h = str_hash(key, 0); *map; h <<= 2) {
        if (str_eq((*map)->key, key)) return &(*map)->value;
        map = &(*map)->child[h >> 62];
    }
    if (!mem) return NULL;
    *map        = NEW(mem, Map);
    (*map)->key = key;
    return &(*map)->value;
}
