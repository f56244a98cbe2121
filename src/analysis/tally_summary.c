/* How the shares of all threads become one summary, in the order of first appearance. */
#include "analysis/tally_inside.h"

static Err totals(const Tally *t, Summary *s)
{
    unsigned __int128 moved = 0;
    Day first = INT32_MAX, last = INT32_MIN;
    for (int i = 0; i < t->threads; i++) {
        moved += t->share[i].moved;
        s->lines += t->share[i].lines;
        if (t->share[i].first < first) first = t->share[i].first;
        if (t->share[i].last > last) last = t->share[i].last;
    }
    if (moved > MONEY_SUM_MAX) return INVALID;
    bool none = last == INT32_MIN;
    s->begins = none ? DAY_NONE : first;
    s->from   = none ? t->settings.from : tally_first(t);
    s->to     = t->settings.to != INT32_MAX ? t->settings.to : none ? s->from : last;
    s->as_of  = t->settings.as_of != DAY_NONE ? t->settings.as_of : none ? DAY_NONE : last + 1;
    if (s->to < s->from) s->to = s->from;
    s->seen   = s->to;
    s->judged = s->to;
    if (s->as_of != DAY_NONE)
        s->judged = months_judged(s->as_of, t->settings.as_of != DAY_NONE ? s->as_of : DAY_MAX, none ? DAY_NONE : last);
    s->has_documents = t->settings.has_documents;
    if (s->from == DAY_NONE) return OK;
    s->month0 = month_of(s->from);
    s->months = month_of(s->to) - s->month0 + 1;
    return OK;
}

static void months_sum(Tally *t, Summary *s)
{
    s->month_money     = NEW_N(&t->summary_mem, Money, s->months);
    s->month_documents = NEW_N(&t->summary_mem, int32_t, s->months);
    s->month_clients   = NEW_N(&t->summary_mem, int32_t, s->months);
    for (int i = 0; i < t->threads; i++)
        for (int m = 0; m < s->months; m++) {
            const TallyShare *share = &t->share[i];
            int               month = s->month0 - TALLY_MONTH0 + m;
            if (month < 0 || month >= TALLY_MONTHS) continue;
            s->month_money[m] += share->month_money[month];
            s->month_clients[m] += share->month_clients[month];
            s->month_documents[m] += s->has_documents
                                         ? share->month_documents[month] + t->feed[i].month_documents[month]
                                         : share->month_days[month];
            s->revenue += share->month_money[month];
            s->documents += s->has_documents ? 0 : share->month_days[month];
        }
    for (int i = 0; i < t->threads; i++) s->documents += t->share[i].documents + t->feed[i].numbers.documents;
}

static void client_put(Summary *s, ptrdiff_t to, const TallyShare *share, uint32_t client)
{
    const TallyClient *c = &share->client[client];
    s->client[to]    = (Str){ c->name, c->name_n };
    s->in_period[to] = c->in_period;
    s->days[to]      = c->days;
    s->first[to]     = c->first;
    s->last[to]      = c->last;
    int32_t days     = 0;
    for (uint32_t i = share->cell_from[client]; i < share->cell_from[client + 1]; i++) {
        if (!cell_in_period(share, &share->cell[i])) continue;
        s->money[to] += cell_money(&share->cell[i]);
        days += __builtin_popcount(share->cell[i].days);
    }
    s->client_documents[to] = s->has_documents ? c->documents : days;
}

static void clients_reserve(Tally *t, Summary *s)
{
    ptrdiff_t n = 0;
    for (int i = 0; i < t->threads; i++) n += t->share[i].clients;
    s->clients          = n;
    s->client           = NEW_RAW(&t->summary_mem, Str, n);
    s->money            = NEW_N(&t->summary_mem, Money, n);
    s->client_documents = NEW_RAW(&t->summary_mem, int32_t, n);
    s->days             = NEW_RAW(&t->summary_mem, int32_t, n);
    s->first            = NEW_RAW(&t->summary_mem, Day, n);
    s->last             = NEW_RAW(&t->summary_mem, Day, n);
    s->in_period        = NEW_RAW(&t->summary_mem, bool, n);
    t->owner            = NEW_RAW(&t->summary_mem, uint32_t, n);
}

/* Each share is sorted by first appearance; the earliest of their heads comes next. */
static void clients_merge(Tally *t, Summary *s)
{
    uint32_t *next = NEW_N(&t->summary_mem, uint32_t, t->threads);
    for (ptrdiff_t to = 0; to < s->clients; to++) {
        int     from  = 0;
        int64_t first = INT64_MAX;
        for (int i = 0; i < t->threads; i++) {
            const TallyShare *share = &t->share[i];
            if (next[i] == share->clients || share->client[share->order[next[i]]].at >= first) continue;
            first = share->client[share->order[next[i]]].at;
            from  = i;
        }
        uint32_t client = t->share[from].order[next[from]++];
        t->owner[to]    = client * (uint32_t)t->threads + (uint32_t)from;
        client_put(s, to, &t->share[from], client);
    }
}

/* All into the first thread's products. */
static void products_merge(Tally *t, Summary *s)
{
    Feed *all   = &t->feed[0];
    Wide  named = 0;
    for (int i = 1; i < t->threads; i++)
        for (uint32_t p = 0; p < t->feed[i].products; p++) {
            const Product *q = &t->feed[i].product[p];
            feed_product(all, q->hash, q->name, q->at, q->money);
        }
    s->products       = all->products;
    s->product        = NEW_RAW(&t->summary_mem, Str, s->products);
    s->product_money  = NEW_RAW(&t->summary_mem, Money, s->products);
    Arena       mem   = t->summary_mem;
    TallyPlace *place = NEW_RAW(&mem, TallyPlace, s->products);
    for (uint32_t p = 0; p < all->products; p++) place[p] = (TallyPlace){ all->product[p].at, p };
    places_sort(place, all->products, mem);
    for (ptrdiff_t p = 0; p < s->products; p++) {
        s->product[p]       = all->product[place[p].what].name;
        s->product_money[p] = all->product[place[p].what].money;
        named += s->product_money[p];
    }
    s->nameless = s->products ? s->revenue - named : 0;
}

static void client_months(const Summary *s, ptrdiff_t client, XyzMonths of, Money *out, bool *bought)
{
    const Tally      *t     = s->cells;
    const TallyShare *share = &t->share[t->owner[client] % (uint32_t)t->threads];
    uint32_t          own   = t->owner[client] / (uint32_t)t->threads;
    for (int m = 0; m < of.count; m++) out[m] = 0;
    for (int m = 0; bought && m < of.count; m++) bought[m] = false;
    for (uint32_t i = share->cell_from[own]; i < share->cell_from[own + 1]; i++) {
        int m = TALLY_MONTH0 + cell_calendar(share, &share->cell[i]) - of.first;
        if (m < 0 || m >= of.count) continue;
        out[m] += cell_money(&share->cell[i]);
        if (bought) bought[m] |= share->cell[i].days != 0;
    }
}

/* The cells of a month may be several, side by side; the days before the period stand behind all others. */
static ptrdiff_t client_history(const Summary *s, ptrdiff_t client, MonthBought *out)
{
    const Tally      *t     = s->cells;
    const TallyShare *share = &t->share[t->owner[client] % (uint32_t)t->threads];
    uint32_t          own   = t->owner[client] / (uint32_t)t->threads;
    ptrdiff_t         n     = 0;
    for (uint32_t i = share->cell_from[own]; i < share->cell_from[own + 1]; i++) {
        MonthBought bought = { TALLY_MONTH0 + cell_calendar(share, &share->cell[i]), share->cell[i].days,
                               cell_money(&share->cell[i]) };
        ptrdiff_t at = n;
        while (at > 0 && out[at - 1].month > bought.month) at--;
        if (at > 0 && out[at - 1].month == bought.month) {
            out[at - 1].days |= bought.days;
            out[at - 1].money += bought.money;
            continue;
        }
        for (ptrdiff_t k = n++; k > at; k--) out[k] = out[k - 1];
        out[at] = bought;
    }
    return n;
}

Err tally_summary(Tally *t, Summary *out)
{
    *out = (Summary){ .client_months = client_months, .client_history = client_history, .cells = t };
    TRY(totals(t, out));
    t->summary_mem = arena_new((ptrdiff_t)1 << 34);
    months_sum(t, out);
    clients_reserve(t, out);
    clients_merge(t, out);
    products_merge(t, out);
    return OK;
}
