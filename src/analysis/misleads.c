/* Where volume misleads. */
#include "analysis/misleads.h"

#include "analysis/order.h"

void ranks_compare(const Money *volume, const Money *other, ptrdiff_t n, Ranks *out, Arena scratch)
{
    uint32_t *order = NEW_RAW(&scratch, uint32_t, n);
    order_largest(volume, n, order, scratch);
    for (ptrdiff_t i = 0; i < n; i++) out[order[i]].by_volume = i + 1;
    order_largest(other, n, order, scratch);
    for (ptrdiff_t i = 0; i < n; i++) {
        Ranks *r    = &out[order[i]];
        bool   high = 5 * (r->by_volume - 1) < n;
        r->by_other = i + 1;
        r->misleads = high && (2 * r->by_other > n + 1 || other[order[i]] <= 0);
    }
}
