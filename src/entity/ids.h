/* From ids to places in an array: an open table of fixed size. */
#ifndef ENTITY_IDS_H
#define ENTITY_IDS_H

#include "core/arena.h"

typedef struct {
    int64_t   *id; /* 0: free */
    ptrdiff_t *at;
    ptrdiff_t  mask, n;
} Ids;

/* Room for `most` different ids above 0. */
Ids       ids_new(Arena *mem, ptrdiff_t most);
bool      ids_put(Ids *ids, int64_t id, ptrdiff_t at); /* false: it is in there already, and stays where it was */
ptrdiff_t ids_at(const Ids *ids, int64_t id);          /* -1: it is not in there */

/* The ids themselves in one piece, for val_ids; *n of them. */
int64_t  *ids_all(Arena *mem, const Ids *ids, ptrdiff_t *n);

#endif
