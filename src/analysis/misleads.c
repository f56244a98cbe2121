/* Where volume misleads. */
#include "analysis/misleads.h"

#include "analysis/order.h"

#include <stddef.h>

typedef struct {
    const Money *of;
    const bool  *among;
    ptrdiff_t    n;
} Ranked;

/* Gives each of those compared whose figure is known its rank, and returns how many they are. */
static int64_t ranks_give(Ranked r, Ranks *out, ptrdiff_t member, uint32_t *order, Arena scratch)
{
    int64_t rank = 0;
    order_largest(r.of, r.n, order, scratch); /* NONE is the smallest of all */
    for (ptrdiff_t i = 0; i < r.n; i++) {
        uint32_t at   = order[i];
        bool     has  = (!r.among || r.among[at]) && r.of[at] != NONE;
        int64_t *into = (int64_t *)(void *)((char *)&out[at] + member);
        *into = has ? ++rank : NONE;
    }
    return rank;
}

void ranks_compare(const Money *volume, const Money *other, const bool *among, ptrdiff_t n, Ranks *out, Arena scratch)
{
    uint32_t *order = NEW_RAW(&scratch, uint32_t, n);
    int64_t   all   = ranks_give((Ranked){ volume, among, n }, out, offsetof(Ranks, by_volume), order, scratch);
    int64_t   known = ranks_give((Ranked){ other, among, n }, out, offsetof(Ranks, by_other), order, scratch);
    for (ptrdiff_t i = 0; i < n; i++) {
        Ranks *r      = &out[i];
        bool   ranked = r->by_volume != NONE && r->by_other != NONE, high = ranked && 5 * (r->by_volume - 1) < all;
        r->misleads   = all >= RANKS_LEAST && high && (2 * r->by_other > known + 1 || other[i] <= 0);
    }
}

bool serves_at_loss(Money revenue, Money covered, Money margin)
{
    return margin < 0 && covered > 0 && 2 * (Wide)covered >= revenue;
}
