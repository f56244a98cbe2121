/* Why sales rose or fell between two periods. */
#include "analysis/variance.h"

enum { HAD = BOUGHT_BEFORE, HAS = BOUGHT_AFTER, STAYED = HAD | HAS, PRICED = 4, COUNTED = 8, ASSORTED = 16 };

static bool price_known(const SoldPair *p)
{
    return p->quantity_before != NONE && p->quantity_after != NONE && p->quantity_before > 0 && p->quantity_after > 0;
}

/* Today's quantity at the old price; where that cannot be told what it cost today, so that all of the change is
 * quantity. */
static Money at_old_price(const SoldPair *p)
{
    Money money = price_known(p) ? round_div((Wide)p->money_before * p->quantity_after, p->quantity_before) : NONE;
    return money == NONE ? p->money_after : money;
}

/* Returns in which of the parts the pair has a share. */
static uint8_t stayed_add(Variance *v, const SoldPair *p)
{
    if (!p->before || !p->after) {
        v->assortment += (Wide)p->money_after - p->money_before;
        return ASSORTED;
    }
    Money middle = at_old_price(p);
    v->price += (Wide)p->money_after - middle;
    v->quantity += (Wide)middle - p->money_before;
    return (uint8_t)((p->money_after != middle ? PRICED : 0) | (middle != p->money_before ? COUNTED : 0));
}

static uint8_t pair_add(Variance *v, const SoldPair *p, uint8_t client)
{
    v->before += p->money_before;
    v->after += p->money_after;
    if (client == HAS) v->new_clients += p->money_after;
    else if (client == HAD) v->lost_clients -= p->money_before;
    else return stayed_add(v, p);
    return 0;
}

void variance_seen(const SoldPair *pair, ptrdiff_t n, uint8_t *seen)
{
    for (ptrdiff_t i = 0; i < n; i++)
        seen[pair[i].client] |= (uint8_t)((pair[i].before ? HAD : 0) | (pair[i].after ? HAS : 0));
}

Variance variance_of(const SoldPair *pair, ptrdiff_t n, ptrdiff_t clients, Arena scratch)
{
    Variance v    = { 0 };
    uint8_t *seen = NEW_N(&scratch, uint8_t, clients);
    variance_seen(pair, n, seen);
    for (ptrdiff_t i = 0; i < n; i++)
        if (pair[i].before || pair[i].after)
            seen[pair[i].client] |= pair_add(&v, &pair[i], seen[pair[i].client] & STAYED);
    for (ptrdiff_t i = 0; i < clients; i++) {
        v.clients_before += (seen[i] & HAD) != 0;
        v.clients_after += (seen[i] & HAS) != 0;
        v.clients_new += (seen[i] & STAYED) == HAS;
        v.clients_lost += (seen[i] & STAYED) == HAD;
        v.clients_both += (seen[i] & STAYED) == STAYED;
        v.clients_price += (seen[i] & PRICED) != 0;
        v.clients_quantity += (seen[i] & COUNTED) != 0;
        v.clients_assortment += (seen[i] & ASSORTED) != 0;
    }
    return v;
}

/* ---- what a part is made of ---- */

static bool stayed_share(const SoldPair *p, VariancePart part, Wide *share)
{
    bool both = p->before && p->after;
    if (part == PART_ASSORTMENT) {
        *share = (Wide)p->money_after - p->money_before;
        return !both;
    }
    if (!both || (part != PART_PRICE && part != PART_QUANTITY)) return false;
    Money middle = at_old_price(p);
    *share = part == PART_PRICE ? (Wide)p->money_after - middle : (Wide)middle - p->money_before;
    return *share != 0;
}

bool variance_share(const SoldPair *p, uint8_t seen, VariancePart part, Wide *share)
{
    *share = 0;
    if (!p->before && !p->after) return false;
    if (part == PART_BEFORE || part == PART_AFTER) {
        *share = part == PART_BEFORE ? p->money_before : p->money_after;
        return part == PART_BEFORE ? p->before : p->after;
    }
    if (seen == STAYED) return stayed_share(p, part, share);
    if (seen != (part == PART_NEW_CLIENTS ? HAS : part == PART_LOST_CLIENTS ? HAD : 0)) return false;
    *share = (Wide)p->money_after - p->money_before;
    return true;
}
