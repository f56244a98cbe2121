/* The summary that answers a question: its period, its threads, and what they found put together. */
#include "facts/share.h"

/* ---- the period: open ends are the first and the last day of what is asked about ---- */

/* A client's sales are sorted, so his first and last are enough.  A sale that is gone may still stretch it. */
Span facts_span(const FactsView *view)
{
    Span span = { DAY_MAX, DAY_MIN };
    const FactsPart *part[2] = { view->main, view->recent };
    for (int i = 0; i < 2; i++) {
        for (uint32_t c = 0; part[i] && c < part[i]->clients; c++) {
            uint32_t a = part[i]->client_sales[c], b = part[i]->client_sales[c + 1];
            if (a == b) continue;
            if (part[i]->sale_day[a] < span.low) span.low = part[i]->sale_day[a];
            if (part[i]->sale_day[b - 1] > span.high) span.high = part[i]->sale_day[b - 1];
        }
    }
    return span;
}

/* ---- do the sums fit? ---- */

static Wide step_moved(const FactsQuestion *q, const Step *s)
{
    const FactsPart *p   = s->part;
    Wide             sum = 0;
    for (uint32_t l = p->sale_lines[s->sale]; l < p->sale_lines[s->sale + 1]; l++)
        if (line_asked(q, p, l)) sum += line_moved(p->line_amount[l], p->line_cost[l], p->line_qty[l]);
    return sum;
}

bool facts_fit(const FactsView *view, const FactsQuestion *q)
{
    Wide sum = view->main->moved + (view->recent ? view->recent->moved : 0);
    Step s;
    if (sum <= MONEY_SUM_MAX) return true;
    sum = 0;
    for (uint32_t c = 0; c < view->clients && sum <= MONEY_SUM_MAX; c++) {
        if (!client_asked(q, c)) continue;
        for (Walk w = walk_of(view, c); walk_next(&w, &s);)
            if (step_asked(q, &s)) sum += step_moved(q, &s);
    }
    return sum <= MONEY_SUM_MAX;
}

/* ---- the threads ---- */

/* Cuts the clients so that every share has about as many sales. */
static void cut_shares(const FactsView *view, Share *share, int shares)
{
    uint32_t c = 0;
    for (int i = 0; i < shares; i++) {
        uint64_t upto = (uint64_t)view->main->sales * (uint64_t)(i + 1) / (uint64_t)shares;
        share[i].first_client = c;
        while (c < view->clients &&
               (i == shares - 1 || (c < view->main->clients && view->main->client_sales[c + 1] <= upto)))
            c++;
        share[i].end_client = c;
    }
}

/* An open end is the last sale of all: nothing comes after it.  A month that is half in the period is seen no
 * further. */
static Day last_seen(const FactsQuestion *q, Day to)
{
    return q->to != DAY_NONE && q->seen && q->seen > to && to == month_last(month_of(to)) ? q->seen : to;
}

/* As many months as a share can have at most: one a sale. */
static ptrdiff_t sales_of(const Share *sh)
{
    const FactsPart *part[2] = { sh->view->main, sh->view->recent };
    ptrdiff_t        n       = 0;
    for (int i = 0; i < 2; i++) {
        if (!part[i] || sh->first_client >= part[i]->clients) continue;
        uint32_t end = sh->end_client < part[i]->clients ? sh->end_client : part[i]->clients;
        n += part[i]->client_sales[end] - part[i]->client_sales[sh->first_client];
    }
    return n;
}

static Share *count_all(const FactsView *view, const FactsQuestion *q, Span span, int shares, Arena *mem)
{
    Share  common = { .view = view, .q = q, .from = span.low, .to = span.high, .seen = last_seen(q, span.high),
                      .low = DAY_MAX, .high = DAY_MIN };
    uint32_t n    = view->clients;
    common.month0    = month_of(span.low);
    common.months    = month_of(span.high) - common.month0 + 1;
    common.has       = NEW_N(mem, bool, n);
    common.in_period = NEW_N(mem, bool, n);
    common.money     = NEW_N(mem, Money, n);
    common.documents = NEW_N(mem, int32_t, n);
    common.days      = NEW_N(mem, int32_t, n);
    common.first     = NEW_RAW(mem, Day, n);
    common.last      = NEW_RAW(mem, Day, n);
    common.row       = NEW_N(mem, MonthBought *, n);
    common.rows      = NEW_N(mem, uint32_t, n);
    if (q->margins) {
        common.margin = NEW_N(mem, Money, n);
        common.costed = NEW_N(mem, Money, n);
    }
    Share *share = NEW_N(mem, Share, shares);
    for (int i = 0; i < shares; i++) {
        share[i] = common;
        share[i].product_money   = NEW_N(mem, Money, view->products);
        share[i].product_seen    = NEW_N(mem, uint8_t, view->products);
        share[i].month_money     = NEW_N(mem, Money, common.months);
        share[i].month_documents = NEW_N(mem, int32_t, common.months);
        share[i].month_clients   = NEW_N(mem, int32_t, common.months);
    }
    cut_shares(view, share, shares);
    for (int i = 0; i < shares; i++) share[i].free_row = NEW_RAW(mem, MonthBought, q->sums ? 0 : sales_of(&share[i]));
    int helpers = 0;
    while (helpers < shares - 1 &&
           pthread_create(&share[helpers + 1].thread, NULL, count_share, &share[helpers + 1]) == 0)
        helpers++;
    count_share(&share[0]);
    for (int i = helpers + 1; i < shares; i++) count_share(&share[i]);
    for (int i = 1; i <= helpers; i++) pthread_join(share[i].thread, NULL);
    return share;
}

static void add_up(Share *sum, const Share *more, uint32_t products)
{
    for (uint32_t p = 0; p < products; p++) {
        sum->product_money[p] += more->product_money[p];
        sum->product_seen[p] |= more->product_seen[p];
    }
    for (int m = 0; m < sum->months; m++) {
        sum->month_money[m] += more->month_money[m];
        sum->month_documents[m] += more->month_documents[m];
        sum->month_clients[m] += more->month_clients[m];
    }
    sum->lines += more->lines;
    sum->sales += more->sales;
    sum->all_documents += more->all_documents;
    sum->total += more->total;
    sum->revenue += more->revenue;
    sum->covered += more->covered;
    if (more->low < sum->low) sum->low = more->low;
    if (more->high > sum->high) sum->high = more->high;
}

/* Moves the clients that have a line to the front of each array. */
static ptrdiff_t pack_clients(Share *sh, const FactsView *view, Cells *cells, int64_t **ids, Arena *mem)
{
    uint32_t *number = NEW_RAW(mem, uint32_t, view->clients);
    *ids = NEW_RAW(mem, int64_t, view->clients);
    ptrdiff_t n = 0;
    for (uint32_t c = 0; c < view->clients; c++) {
        if (!sh->has[c]) continue;
        number[n]        = c;
        (*ids)[n]        = view->names->client.id[c];
        sh->in_period[n] = sh->in_period[c];
        sh->money[n]     = sh->money[c];
        sh->documents[n] = sh->documents[c];
        sh->days[n]      = sh->days[c];
        sh->first[n]     = sh->first[c];
        sh->last[n]      = sh->last[c];
        if (sh->margin) sh->margin[n] = sh->margin[c];
        if (sh->margin) sh->costed[n] = sh->costed[c];
        n++;
    }
    cells->number = number;
    return n;
}

static ptrdiff_t pack_products(Share *sh, const FactsView *view, int64_t **ids, uint32_t **numbers, Arena *mem)
{
    *ids     = NEW_RAW(mem, int64_t, view->products);
    *numbers = NEW_RAW(mem, uint32_t, view->products);
    ptrdiff_t n = 0;
    for (uint32_t p = 1; p < view->products; p++) { /* number 0 is "no product" */
        if (!sh->product_seen[p]) continue;
        (*ids)[n]              = view->names->product.id[p];
        (*numbers)[n]          = p;
        sh->product_money[n++] = sh->product_money[p];
    }
    return n;
}

static Share *count_span(const FactsView *view, const FactsQuestion *q, Span span, Arena *mem)
{
    int    shares = q->threads ? q->threads : view->main->sales > 20000 ? 2 : 1;
    Share *share  = count_all(view, q, span, shares, mem);
    for (int i = 1; i < shares; i++) add_up(&share[0], &share[i], view->products);
    return &share[0];
}

/* The ends as asked; an open one is the first or last day of what was found. */
static Span span_asked(const FactsQuestion *q, Span found)
{
    Span span = { q->from == DAY_NONE ? found.low : q->from, q->to == DAY_NONE ? found.high : q->to };
    if (span.low <= span.high) return span;
    Day only = q->from != DAY_NONE ? q->from : q->to != DAY_NONE ? q->to : 0; /* nothing was found between the ends */
    return (Span){ only, only };
}

FactsAnswer facts_ask(const FactsView *view, const FactsQuestion *question, Arena *mem)
{
    FactsQuestion q    = *question;
    Span          all  = facts_span(view), span = span_asked(&q, all);
    Share        *sum  = count_span(view, &q, span, mem);
    Span          tight = span_asked(&q, (Span){ sum->low, sum->high });
    if (tight.low != span.low || tight.high != span.high) sum = count_span(view, &q, span = tight, mem);

    Cells *cells = NEW(mem, Cells);
    int64_t  *client_ids, *product_ids;
    uint32_t *product_numbers;
    Wide      nameless = sum->product_money[0]; /* packing writes over it */
    ptrdiff_t clients = pack_clients(sum, view, cells, &client_ids, mem),
              products = pack_products(sum, view, &product_ids, &product_numbers, mem);
    Day as_of = q.as_of != DAY_NONE ? q.as_of : sum->high >= sum->low ? sum->high + 1 : span.high + 1;
    const uint32_t *number = cells->number;
    *cells = (Cells){ month_of(span.high), sum->row, sum->rows, number };
    return (FactsAnswer){
        .summary = {
            .from = span.low, .to = span.high, .as_of = as_of, .seen = sum->seen, .judged = span.high,
            .begins = all.low <= all.high ? all.low : DAY_NONE,
            .month0 = sum->month0, .months = sum->months, .has_documents = true,
            .lines = sum->lines, .documents = sum->all_documents, .revenue = sum->total,
            .clients = clients, .in_period = sum->in_period, .money = sum->money,
            .client_documents = sum->documents, .days = sum->days,
            .first = sum->first, .last = sum->last,
            .products = products, .product_money = sum->product_money, .nameless = nameless,
            .month_money = sum->month_money,
            .month_documents = sum->month_documents, .month_clients = sum->month_clients,
            .client_months = client_months, .client_history = client_history, .cells = cells,
        },
        .client_id = client_ids, .client_number = number, .product_id = product_ids, .product_number = product_numbers,
        .revenue = sum->revenue, .covered = sum->covered, .sales = sum->sales,
        .margin = sum->margin, .costed = sum->costed,
    };
}
