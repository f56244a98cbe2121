/* Where a sorted set of small entries gets its memory. */
#include "analysis/paged.h"

enum { PAGE = 4096, FIRST_RANGE = 64 * PAGE, SPARE = 24 };

/* To a range of addresses four times as long as it needs to be. */
static void range_move(Paged *p, ptrdiff_t bytes, ptrdiff_t used)
{
    Arena wider = arena_new(bytes * 4 > FIRST_RANGE ? bytes * 4 : FIRST_RANGE);
    if (p->slot) {
        memcpy(wider.beg, p->slot, (size_t)used);
        arena_drop(&p->range);
    }
    p->range = wider;
    p->slot  = wider.beg;
}

void paged_extend(Paged *p, ptrdiff_t width)
{
    ptrdiff_t used = p->slots * width, bytes = (used + PAGE - 1) / PAGE * PAGE, step = bytes / 4 / PAGE * PAGE;
    bytes += step > PAGE ? step : PAGE;
    if (!p->slot || bytes > p->range.end - p->range.floor) range_move(p, bytes, used);
    p->slots  = (uint32_t)(bytes / width);
    p->places = p->slots - SPARE;
}

void paged_drop(Paged *p)
{
    if (p->slot) arena_drop(&p->range);
    *p = (Paged){ 0 };
}
