/* Who gets which client. */
#include "sales/handover/sharing.h"

#include <stdlib.h>

static int by_id(const ShareItem *a, const ShareItem *b) { return (a->client > b->client) - (a->client < b->client); }

static int by_revenue(const void *x, const void *y)
{
    const ShareItem *a = x, *b = y;
    return a->revenue != b->revenue ? (a->revenue < b->revenue) - (a->revenue > b->revenue) : by_id(a, b);
}

static int by_work(const void *x, const void *y)
{
    const ShareItem *a = x, *b = y;
    return a->work != b->work ? (a->work < b->work) - (a->work > b->work) : by_revenue(a, b);
}

static int fewest(const ShareTo *to, int n)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (to[i].clients < to[best].clients) best = i;
    return best;
}

int share_least(const ShareTo *to, int n)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (to[i].load < to[best].load || (to[i].load == to[best].load && to[i].clients < to[best].clients)) best = i;
    return best;
}

static int poorest(const ShareTo *to, int n)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (to[i].revenue < to[best].revenue || (to[i].revenue == to[best].revenue && to[i].clients < to[best].clients))
            best = i;
    return best;
}

static int of_city(const ShareItem *item, const ShareTo *to, int n, int *home)
{
    if (item->city >= 0 && home[item->city] >= 0) return home[item->city];
    int got = fewest(to, n);
    if (item->city >= 0) home[item->city] = got;
    return got;
}

static int goes_to(ShareRule rule, const ShareItem *item, const ShareTo *to, int n, int *home)
{
    switch (rule) {
    case SHARE_TERRITORY: return of_city(item, to, n, home);
    case SHARE_LOAD: return share_least(to, n);
    case SHARE_REVENUE: return poorest(to, n);
    case SHARE_ONE:
    case SHARE_RULES: break;
    }
    return 0;
}

void share_out(ShareRule rule, ShareItem *items, ptrdiff_t n, ShareTo *to, int n_to, int *home)
{
    if (n) qsort(items, (size_t)n, sizeof *items, rule == SHARE_LOAD ? by_work : by_revenue);
    for (ptrdiff_t i = 0; i < n; i++) {
        ShareTo *got = &to[items[i].to = goes_to(rule, &items[i], to, n_to, home)];
        got->clients++;
        got->load += items[i].work;
        got->revenue += items[i].revenue;
    }
}
