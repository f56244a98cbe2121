/* A set of small entries that grows in place, page by page, and is always about three quarters full.
 *
 * Entries lie sorted by a 32-bit hash, each at the place its hash asks for or a little behind (linear probing in order), so growing
 * only spreads them anew over a longer range: no second copy is ever needed, and a set of millions is cut into PAGED_PARTS of these.
 *
 * An entry is `width` bytes, 8 or more; its first eight bytes are zero only in an empty slot.  A pointer to an entry is good until
 * the next one is added.  Everything is inline because width and hash are constants where it is used. */
#ifndef ANALYSIS_PAGED_H
#define ANALYSIS_PAGED_H

#include "core/arena.h"

#include <string.h>

enum { PAGED_PARTS = 256 };

typedef struct {
    Arena    range;  /* of which the first `slots * width` bytes are used */
    char    *slot;   /* null until the first entry                        */
    uint32_t used, slots;
    uint32_t places; /* what the hash is spread over; a few slots stand behind the last one */
} Paged;

typedef struct {
    ptrdiff_t  width;
    uint32_t (*hash)(const void *entry);
} PagedKind;

void paged_drop(Paged *p);

/* Makes the range about a quarter longer, the new slots zero. */
void paged_extend(Paged *p, ptrdiff_t width);

#define PAGED_INLINE static inline __attribute__((always_inline))

PAGED_INLINE bool paged_empty(const char *entry)
{
    uint64_t head;
    memcpy(&head, entry, 8);
    return head == 0;
}

PAGED_INLINE uint32_t paged_place(const Paged *p, uint32_t hash)
{
    return (uint32_t)((uint64_t)hash * p->places >> 32);
}

/* Asks for the memory where a search for this hash begins, and for what an insertion there moves. */
PAGED_INLINE void paged_ask(const Paged *p, ptrdiff_t width, uint32_t hash)
{
    const char *seat = p->slot + paged_place(p, hash) * width;
    __builtin_prefetch(seat, 1);
    __builtin_prefetch(seat + 64, 1);
    __builtin_prefetch(seat + 128, 1);
}

/* The first slot that is empty or holds this hash or a greater one. */
PAGED_INLINE uint32_t paged_search(const Paged *p, PagedKind kind, uint32_t hash)
{
    uint32_t at = paged_place(p, hash);
    while (at < p->slots && !paged_empty(p->slot + at * kind.width) && kind.hash(p->slot + at * kind.width) < hash) at++;
    return at;
}

/* Moves all entries of the first `slots`, in their order, to the end; the slots before them are empty then. */
PAGED_INLINE void paged_gather(Paged *p, PagedKind kind, ptrdiff_t slots)
{
    char *to = p->slot + p->slots * kind.width;
    for (ptrdiff_t i = slots - 1; i >= 0; i--) {
        char *entry = p->slot + i * kind.width;
        if (paged_empty(entry)) continue;
        to -= kind.width;
        if (to == entry) continue;
        memcpy(to, entry, (size_t)kind.width);
        memset(entry, 0, (size_t)kind.width);
    }
}

/* From the end, where `gather` put them, each to its place.  False when one of them finds none: the range is too short. */
PAGED_INLINE bool paged_spread(Paged *p, PagedKind kind)
{
    ptrdiff_t next = 0;
    for (ptrdiff_t i = p->slots - p->used; i < p->slots; i++) {
        char     *entry = p->slot + i * kind.width;
        ptrdiff_t place = paged_place(p, kind.hash(entry));
        if (place < next) place = next;
        if (place > i) return false;
        next = place + 1;
        if (place == i) continue;
        memcpy(p->slot + place * kind.width, entry, (size_t)kind.width);
        memset(entry, 0, (size_t)kind.width);
    }
    return true;
}

PAGED_INLINE void paged_grow(Paged *p, PagedKind kind)
{
    do {
        ptrdiff_t held = p->slots;
        paged_extend(p, kind.width);
        paged_gather(p, kind, held);
    } while (!paged_spread(p, kind));
}

/* Makes room for an entry with this hash at slot `at`, or at another one after growing; returns the slot, zeroed. */
PAGED_INLINE char *paged_insert(Paged *p, PagedKind kind, uint32_t at, uint32_t hash)
{
    for (;;) {
        uint32_t hole = at;
        while (hole < p->slots && !paged_empty(p->slot + hole * kind.width)) hole++;
        if (hole < p->slots && p->used < p->places / 16 * 13) {
            char *entry = p->slot + at * kind.width;
            memmove(entry + kind.width, entry, (size_t)((hole - at) * kind.width));
            p->used++;
            return memset(entry, 0, (size_t)kind.width);
        }
        paged_grow(p, kind);
        at = paged_search(p, kind, hash);
    }
}

#endif
