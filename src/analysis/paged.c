/* How a sorted set of small entries grows inside its own range of addresses. */
#include "analysis/paged.h"

#include <string.h>

enum { PAGE = 4096, FIRST_RANGE = 64 * PAGE, SPARE = 24 };

static uint32_t hash_at(const Paged *p, PagedKind kind, ptrdiff_t slot)
{
    return kind.hash(p->slot + slot * kind.width);
}

static bool too_full(const Paged *p)
{
    return p->used >= p->places / 16 * 13;
}

/* Gives the set `bytes` of memory, the new ones zero; moves to a wider range if need be. */
static void range_extend(Paged *p, ptrdiff_t width, ptrdiff_t bytes)
{
    ptrdiff_t room = p->slot ? p->range.end - p->range.floor : 0;
    if (bytes > room) {
        Arena wider = arena_new(bytes * 4 > FIRST_RANGE ? bytes * 4 : FIRST_RANGE);
        if (p->slot) {
            memcpy(wider.beg, p->slot, (size_t)(p->slots * width));
            arena_drop(&p->range);
        }
        p->range = wider;
        p->slot  = wider.beg;
    }
    p->slots  = (uint32_t)(bytes / width);
    p->places = p->slots - SPARE;
}

/* Moves all entries, in their order, to the last slots; the others are empty then. */
static void entries_to_end(Paged *p, ptrdiff_t width, ptrdiff_t old_slots)
{
    char *to = p->slot + p->slots * width;
    for (ptrdiff_t i = old_slots - 1; i >= 0; i--) {
        char *entry = p->slot + i * width;
        if (paged_empty(entry)) continue;
        to -= width;
        if (to == entry) continue;
        memcpy(to, entry, (size_t)width);
        memset(entry, 0, (size_t)width);
    }
}

/* Would the entries, waiting at the end, all find a slot? */
static bool entries_fit(const Paged *p, PagedKind kind)
{
    ptrdiff_t next = 0;
    for (ptrdiff_t i = p->slots - p->used; i < p->slots; i++) {
        ptrdiff_t place = paged_place(p, hash_at(p, kind, i));
        next = (place > next ? place : next) + 1;
    }
    return next <= p->slots;
}

/* From the end to their places.  A place never lies behind where its entry waits, because all that follow find room behind it. */
static void entries_spread(Paged *p, PagedKind kind)
{
    ptrdiff_t next = 0;
    for (ptrdiff_t i = p->slots - p->used; i < p->slots; i++) {
        ptrdiff_t place = paged_place(p, hash_at(p, kind, i));
        if (place < next) place = next;
        if (place != i) memcpy(p->slot + place * kind.width, p->slot + i * kind.width, (size_t)kind.width);
        memset(p->slot + next * kind.width, 0, (size_t)((place - next) * kind.width));
        next = place + 1;
    }
    memset(p->slot + next * kind.width, 0, (size_t)((p->slots - next) * kind.width));
}

static void paged_grow(Paged *p, PagedKind kind)
{
    ptrdiff_t held = p->slots, bytes = (held * kind.width + PAGE - 1) / PAGE * PAGE;
    do {
        ptrdiff_t step = bytes / 8 / PAGE * PAGE;
        bytes += step > PAGE ? step : PAGE;
        range_extend(p, kind.width, bytes);
        entries_to_end(p, kind.width, held);
        held = p->slots;
    } while (!entries_fit(p, kind));
    entries_spread(p, kind);
}

static uint32_t slot_for(const Paged *p, PagedKind kind, uint32_t hash)
{
    uint32_t at = paged_place(p, hash);
    while (at < p->slots && !paged_empty(p->slot + at * kind.width) && hash_at(p, kind, at) < hash) at++;
    return at;
}

char *paged_insert(Paged *p, PagedKind kind, uint32_t at, uint32_t hash)
{
    for (;;) {
        uint32_t hole = at;
        while (hole < p->slots && !paged_empty(p->slot + hole * kind.width)) hole++;
        if (hole < p->slots && !too_full(p)) {
            char *entry = p->slot + at * kind.width;
            memmove(entry + kind.width, entry, (size_t)((hole - at) * kind.width));
            p->used++;
            return memset(entry, 0, (size_t)kind.width);
        }
        paged_grow(p, kind);
        at = slot_for(p, kind, hash);
    }
}

void paged_drop(Paged *p)
{
    if (p->slot) arena_drop(&p->range);
    *p = (Paged){ 0 };
}
