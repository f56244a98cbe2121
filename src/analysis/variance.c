/* Why sales rose or fell between two periods. */
#include "analysis/variance.h"

enum { HAD = 1, HAS = 2, STAYED = HAD | HAS };

static bool price_known(const SoldPair *p)
{
    return p->quantity_before != NONE && p->quantity_after != NONE && p->quantity_before > 0 && p->quantity_after > 0;
}

static void stayed_add(Variance *v, const SoldPair *p)
{
    if (!p->before || !p->after) {
        v->assortment += (Wide)p->money_after - p->money_before;
        return;
    }
    Money at_old_price = price_known(p) ? round_div((Wide)p->money_before * p->quantity_after, p->quantity_before) : NONE;
    if (at_old_price == NONE) at_old_price = p->money_after;
    v->price += (Wide)p->money_after - at_old_price;
    v->quantity += (Wide)at_old_price - p->money_before;
}

static void pair_add(Variance *v, const SoldPair *p, uint8_t client)
{
    v->before += p->money_before;
    v->after += p->money_after;
    if (client == HAS) v->new_clients += p->money_after;
    else if (client == HAD) v->lost_clients -= p->money_before;
    else stayed_add(v, p);
}

Variance variance_of(const SoldPair *pair, ptrdiff_t n, ptrdiff_t clients, Arena scratch)
{
    Variance v    = { 0 };
    uint8_t *seen = NEW_N(&scratch, uint8_t, clients);
    for (ptrdiff_t i = 0; i < n; i++) seen[pair[i].client] |= (uint8_t)((pair[i].before ? HAD : 0) | (pair[i].after ? HAS : 0));
    for (ptrdiff_t i = 0; i < n; i++)
        if (pair[i].before || pair[i].after) pair_add(&v, &pair[i], seen[pair[i].client]);
    for (ptrdiff_t i = 0; i < clients; i++) {
        v.clients_new += seen[i] == HAS;
        v.clients_lost += seen[i] == HAD;
        v.clients_both += seen[i] == STAYED;
    }
    return v;
}
