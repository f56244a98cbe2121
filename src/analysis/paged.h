/* A set of small entries that grows in place, page by page, and is always about three quarters full.
 *
 * Entries lie sorted by a 32-bit hash, each at the place its hash asks for or a little behind (linear probing in order), so growing
 * only spreads them anew over a longer range: no second copy is ever needed, and a set of millions is cut into PAGED_PARTS of these.
 *
 * An entry is `width` bytes, 8 or more; its first eight bytes are zero only in an empty slot.  A pointer to an entry is good until
 * the next one is added. */
#ifndef ANALYSIS_PAGED_H
#define ANALYSIS_PAGED_H

#include "core/arena.h"

enum { PAGED_PARTS = 256 };

typedef uint32_t PagedHash(const void *entry);

typedef struct {
    ptrdiff_t  width;
    PagedHash *hash;
} PagedKind;

typedef struct {
    Arena    range;  /* of which the first `slots * width` bytes are used */
    char    *slot;   /* null until the first entry                        */
    uint32_t used, slots;
    uint32_t places; /* what the hash is spread over; a few slots stand behind the last one */
} Paged;

static inline bool paged_empty(const char *entry)
{
    uint64_t head;
    __builtin_memcpy(&head, entry, 8);
    return head == 0;
}

static inline uint32_t paged_place(const Paged *p, uint32_t hash)
{
    return (uint32_t)((uint64_t)hash * p->places >> 32);
}

/* Makes room for an entry with this hash at slot `at`, or at another one after growing; returns the slot, zeroed. */
char *paged_insert(Paged *p, PagedKind kind, uint32_t at, uint32_t hash);

void  paged_drop(Paged *p);

/* Where the search for a hash begins; for prefetching. */
static inline const char *paged_seat(const Paged *p, ptrdiff_t width, uint32_t hash)
{
    return p->slot + paged_place(p, hash) * width;
}

/* The first slot that is empty or holds this hash or a greater one.  A set without slots gives 0. */
static inline __attribute__((always_inline)) uint32_t paged_search(const Paged *p, ptrdiff_t width, PagedHash *hash_of, uint32_t hash)
{
    uint32_t at = paged_place(p, hash);
    while (at < p->slots && !paged_empty(p->slot + at * width) && hash_of(p->slot + at * width) < hash) at++;
    return at;
}

#endif
