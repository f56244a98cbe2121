/* Where volume misleads. */
#include "analysis/misleads.h"

#include "analysis/order.h"

void ranks_compare(const Money *volume, const Money *other, ptrdiff_t n, Ranks *out, Arena scratch)
{
    uint32_t *order = NEW_RAW(&scratch, uint32_t, n);
    order_largest(volume, n, order, scratch);
    for (ptrdiff_t i = 0; i < n; i++) out[order[i]].by_volume = i + 1;
    order_largest(other, n, order, scratch);
    ptrdiff_t known = n; /* NONE is the smallest of all */
    while (known > 0 && other[order[known - 1]] == NONE) known--;
    for (ptrdiff_t i = 0; i < n; i++) {
        Ranks *r    = &out[order[i]];
        bool   high = 5 * (r->by_volume - 1) < n;
        r->by_other = i < known ? i + 1 : NONE;
        r->misleads = high && i < known && (2 * r->by_other > known + 1 || other[order[i]] <= 0);
    }
}
