/* From a text to a number: a hash trie in an arena.  Never moves what it holds; adding is the only change. */
#ifndef CORE_MAP_H
#define CORE_MAP_H

#include "core/str.h"

typedef struct Map Map;

struct Map {
    Map    *child[4];
    Str     key;
    int64_t value;
};

/* The value under the key.  With `mem` a missing key is added with the value 0, and the key's bytes are kept by
 * reference; without it a missing key gives null. */
int64_t *map_at(Map **map, Str key, Arena *mem);

#endif
