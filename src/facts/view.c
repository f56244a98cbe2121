/* What is asked of the facts, and the summary that answers it. */
#include "facts/view.h"

#include <pthread.h>
#include <string.h>

/* ---- walking: the sales of a client in the order of their days, from both parts ---- */

Walk walk_of(const FactsView *view, uint32_t client)
{
    Walk w = { .view = view };
    const FactsPart *part[2] = { view->main, view->recent };
    for (int i = 0; i < 2; i++) {
        if (!part[i] || client >= part[i]->clients) continue;
        w.at[i]  = part[i]->client_sales[client];
        w.end[i] = part[i]->client_sales[client + 1];
    }
    return w;
}

bool walk_next(Walk *w, Step *step)
{
    const FactsView *v = w->view;
    while (w->at[0] < w->end[0] && v->gone && v->gone[w->at[0] / 64] >> w->at[0] % 64 & 1) w->at[0]++;
    bool old = w->at[0] < w->end[0], recent = w->at[1] < w->end[1];
    if (!old && !recent) return false;
    if (old && (!recent || v->main->sale_day[w->at[0]] <= v->recent->sale_day[w->at[1]])) *step = (Step){ v->main, w->at[0]++ };
    else *step = (Step){ v->recent, w->at[1]++ };
    return true;
}

/* ---- one sale under a question ---- */

typedef struct {
    Money   money, revenue, costed;
    int32_t lines;
} SaleSum;

bool step_asked(const FactsQuestion *q, const Step *s)
{
    return (!q->sellers || q->sellers[s->part->sale_seller[s->sale]]) && (!q->channels || q->channels[s->part->sale_channel[s->sale]]) &&
           !(q->ignore_returns && s->part->sale_return[s->sale]);
}

Money line_measure(const FactsPart *p, uint32_t l, Measure measure)
{
    if (measure == MEASURE_QUANTITY) return p->line_qty[l];
    if (measure == MEASURE_MARGIN) return p->line_cost[l] == NONE ? 0 : p->line_amount[l] - p->line_cost[l];
    return p->line_amount[l];
}

/* The usual question, revenue of every product, reads two columns and no more. */
static SaleSum sale_revenue(const Step *s, Money *product_money, uint8_t *product_seen)
{
    const FactsPart *p     = s->part;
    uint32_t         begin = p->sale_lines[s->sale], end = p->sale_lines[s->sale + 1];
    Money            sum   = 0;
    for (uint32_t l = begin; l < end; l++) sum += p->line_amount[l];
    for (uint32_t l = begin; product_money && l < end; l++) {
        product_money[p->line_product[l]] += p->line_amount[l];
        product_seen[p->line_product[l]] = 1;
    }
    return (SaleSum){ .money = sum, .revenue = sum, .lines = (int32_t)(end - begin) };
}

static SaleSum sale_sum(const FactsQuestion *q, const Step *s, Money *product_money, uint8_t *product_seen)
{
    const FactsPart *p   = s->part;
    SaleSum          sum = { 0 };
    if (!q->products && q->measure == MEASURE_REVENUE) return sale_revenue(s, product_money, product_seen);
    for (uint32_t l = p->sale_lines[s->sale]; l < p->sale_lines[s->sale + 1]; l++) {
        if (!line_asked(q, p, l)) continue;
        Money m = line_measure(p, l, q->measure);
        sum.money += m;
        sum.revenue += p->line_amount[l];
        if (q->measure == MEASURE_MARGIN) sum.costed += p->line_cost[l] == NONE ? 0 : p->line_amount[l];
        sum.lines++;
        if (product_money) {
            product_money[p->line_product[l]] += m;
            product_seen[p->line_product[l]] = 1;
        }
    }
    return sum;
}

/* ---- one thread's share of the clients ---- */

typedef struct {
    const FactsView     *view;
    const FactsQuestion *q;
    Day       from, to;
    Month     month0;
    int       months;
    uint32_t  first_client, end_client;
    bool     *has;              /* by client number: a line ever */
    bool     *in_period;
    Money    *money;
    int32_t  *documents, *days;
    Day      *first, *last;
    Money    *product_money;    /* own */
    uint8_t  *product_seen;
    Money    *month_money;      /* own */
    int32_t  *month_documents, *month_clients;
    int64_t   lines, sales, all_documents;
    Wide      total, revenue, costed;
    Day       low, high;        /* of all lines asked about */
    pthread_t thread;
} Share;

static void count_in_period(Share *sh, uint32_t client, const Step *s, const SaleSum *sum, Month month, Month *last_month)
{
    int  at = month - sh->month0;
    bool is_return = s->part->sale_return[s->sale];
    sh->in_period[client] = true;
    sh->money[client] += sum->money;
    sh->month_money[at] += sum->money;
    sh->lines += sum->lines;
    sh->sales++;
    sh->total += sum->money;
    sh->revenue += sum->revenue;
    sh->costed += sum->costed;
    if (is_return) return;
    sh->documents[client]++;
    sh->all_documents++;
    sh->month_documents[at]++;
    if (*last_month != month) sh->month_clients[at]++;
    *last_month = month;
}

static void count_client(Share *sh, uint32_t client)
{
    Walk  w = walk_of(sh->view, client);
    Step  s;
    Month last_month = -1, month = 0;
    Day   month_end  = DAY_NONE; /* the month is computed once a month, not once a sale */
    while (walk_next(&w, &s)) {
        Day day = s.part->sale_day[s.sale];
        if (day > sh->to) break;
        if (!step_asked(sh->q, &s)) continue;
        bool    in  = day >= sh->from;
        SaleSum sum = { .lines = 1 }; /* of a sale before the period nothing counts but its day */
        if (in || sh->q->products) sum = sale_sum(sh->q, &s, in ? sh->product_money : NULL, sh->product_seen);
        if (!sum.lines) continue;
        if (day > month_end) {
            month     = month_of(day);
            month_end = month_last(month);
        }
        sh->has[client] = true;
        if (day < sh->low) sh->low = day;
        if (day > sh->high) sh->high = day;
        if (!s.part->sale_return[s.sale]) {
            if (sh->last[client] != day) sh->days[client]++;
            if (sh->first[client] == DAY_NONE) sh->first[client] = day;
            sh->last[client] = day;
        }
        if (in) count_in_period(sh, client, &s, &sum, month, &last_month);
    }
}

static void *count_share(void *share)
{
    Share *sh = share;
    for (uint32_t c = sh->first_client; c < sh->end_client; c++) {
        sh->first[c] = sh->last[c] = DAY_NONE;
        if (client_asked(sh->q, c)) count_client(sh, c);
    }
    return NULL;
}

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

/* ---- the answer ---- */

typedef struct {
    FactsView     view;
    FactsQuestion q;
    Day           from, to;
    Month         month0;
    int           months;
    const uint32_t *number; /* client number of each client of the summary */
} Cells;

static void client_months(const Summary *s, ptrdiff_t client, Money *out, bool *bought)
{
    const Cells *cells = s->cells;
    Walk         w     = walk_of(&cells->view, cells->number[client]);
    Step         step;
    Month        month = 0;
    Day          month_end = DAY_NONE;
    memset(out, 0, (size_t)cells->months * sizeof *out);
    memset(bought, 0, (size_t)cells->months * sizeof *bought);
    while (walk_next(&w, &step)) {
        Day day = step.part->sale_day[step.sale];
        if (day > cells->to) break;
        if (day < cells->from || !step_asked(&cells->q, &step)) continue;
        SaleSum sum = sale_sum(&cells->q, &step, NULL, NULL);
        if (!sum.lines) continue;
        if (day > month_end) {
            month     = month_of(day);
            month_end = month_last(month);
        }
        out[month - cells->month0] += sum.money;
        if (!step.part->sale_return[step.sale]) bought[month - cells->month0] = true;
    }
}

/* Cuts the clients so that every share has about as many sales. */
static void cut_shares(const FactsView *view, Share *share, int shares)
{
    uint32_t c = 0;
    for (int i = 0; i < shares; i++) {
        uint64_t upto = (uint64_t)view->main->sales * (uint64_t)(i + 1) / (uint64_t)shares;
        share[i].first_client = c;
        while (c < view->clients && (i == shares - 1 || (c < view->main->clients && view->main->client_sales[c + 1] <= upto))) c++;
        share[i].end_client = c;
    }
}

static Share *count_all(const FactsView *view, const FactsQuestion *q, Span span, int shares, Arena *mem)
{
    Share  common = { .view = view, .q = q, .from = span.low, .to = span.high, .low = DAY_MAX, .high = DAY_MIN };
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
    int helpers = 0;
    while (helpers < shares - 1 && pthread_create(&share[helpers + 1].thread, NULL, count_share, &share[helpers + 1]) == 0) helpers++;
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
    sum->costed += more->costed;
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

/* The ends as asked; an open one is the first or last day of the lines found (`sum` null: of all that could be found). */
static Span span_asked(const FactsView *view, const FactsQuestion *q, const Share *sum)
{
    Span found = sum ? (Span){ sum->low, sum->high } : facts_span(view);
    Span span  = { q->from == DAY_NONE ? found.low : q->from, q->to == DAY_NONE ? found.high : q->to };
    if (span.low <= span.high) return span;
    Day only = q->from != DAY_NONE ? q->from : q->to != DAY_NONE ? q->to : 0; /* nothing was found between the ends */
    return (Span){ only, only };
}

FactsAnswer facts_ask(const FactsView *view, const FactsQuestion *question, Arena *mem)
{
    FactsQuestion q    = *question;
    Span          span = span_asked(view, &q, NULL);
    Share        *sum  = count_span(view, &q, span, mem);
    Span          tight = span_asked(view, &q, sum);
    if (tight.low != span.low || tight.high != span.high) sum = count_span(view, &q, span = tight, mem);

    Cells *cells = NEW(mem, Cells);
    int64_t  *client_ids, *product_ids;
    uint32_t *product_numbers;
    ptrdiff_t clients = pack_clients(sum, view, cells, &client_ids, mem), products = pack_products(sum, view, &product_ids, &product_numbers, mem);
    Day as_of = q.as_of != DAY_NONE ? q.as_of : sum->high >= sum->low ? sum->high + 1 : span.high + 1;
    const uint32_t *number = cells->number;
    *cells = (Cells){ *view, q, span.low, span.high, sum->month0, sum->months, number };
    return (FactsAnswer){
        .summary = {
            .from = span.low, .to = span.high, .as_of = as_of, .month0 = sum->month0, .months = sum->months, .has_documents = true,
            .lines = sum->lines, .documents = sum->all_documents, .revenue = sum->total,
            .clients = clients, .in_period = sum->in_period, .money = sum->money, .client_documents = sum->documents, .days = sum->days,
            .first = sum->first, .last = sum->last,
            .products = products, .product_money = sum->product_money,
            .month_money = sum->month_money, .month_documents = sum->month_documents, .month_clients = sum->month_clients,
            .client_months = client_months, .cells = cells,
        },
        .client_id = client_ids, .client_number = number, .product_id = product_ids, .product_number = product_numbers,
        .revenue = sum->revenue, .costed = sum->costed, .sales = sum->sales,
    };
}

void facts_client_lines(const FactsView *view, const FactsQuestion *q, uint32_t number,
                        void (*take)(void *, const FactSale *, const FactLine *), void *to)
{
    Step    s;
    int64_t client = view->names->client.id[number];
    if (!number) return;
    for (Walk w = walk_of(view, number); walk_next(&w, &s);) {
        const FactsPart *p   = s.part;
        Day              day = p->sale_day[s.sale];
        if ((q->from != DAY_NONE && day < q->from) || (q->to != DAY_NONE && day > q->to) || !step_asked(q, &s)) continue;
        FactSale sale = { p->sale_id[s.sale], client, view->names->seller.id[p->sale_seller[s.sale]],
                          view->names->channel.id[p->sale_channel[s.sale]], day, p->sale_return[s.sale] };
        for (uint32_t l = p->sale_lines[s.sale]; l < p->sale_lines[s.sale + 1]; l++) {
            FactLine line = { view->names->product.id[p->line_product[l]], p->line_amount[l], p->line_cost[l], p->line_qty[l] };
            take(to, &sale, &line);
        }
    }
}

/* ---- one part of two ---- */

typedef struct {
    uint32_t sales, lines;
} Size;

static Size living_size(const FactsView *view)
{
    Size size = { 0 };
    Step s;
    for (uint32_t c = 0; c < view->clients; c++)
        for (Walk w = walk_of(view, c); walk_next(&w, &s); size.sales++) size.lines += s.part->sale_lines[s.sale + 1] - s.part->sale_lines[s.sale];
    return size;
}

static void copy_sale(FactsPart *to, uint32_t s, const Step *from, uint32_t *line)
{
    const FactsPart *p = from->part;
    uint32_t         a = p->sale_lines[from->sale], n = p->sale_lines[from->sale + 1] - a;
    to->sale_id[s]      = p->sale_id[from->sale];
    to->sale_day[s]     = p->sale_day[from->sale];
    to->sale_seller[s]  = p->sale_seller[from->sale];
    to->sale_channel[s] = p->sale_channel[from->sale];
    to->sale_return[s]  = p->sale_return[from->sale];
    to->sale_lines[s]   = *line;
    memcpy(to->line_product + *line, p->line_product + a, n * sizeof *p->line_product);
    memcpy(to->line_amount + *line, p->line_amount + a, n * sizeof *p->line_amount);
    memcpy(to->line_cost + *line, p->line_cost + a, n * sizeof *p->line_cost);
    memcpy(to->line_qty + *line, p->line_qty + a, n * sizeof *p->line_qty);
    *line += n;
}

FactsPart facts_merge(const FactsView *view)
{
    Size      size = living_size(view);
    FactsPart to   = facts_part_room(view->clients, size.sales, size.lines);
    uint32_t  s = 0, line = 0;
    Step      step;
    for (uint32_t c = 0; c < view->clients; c++) {
        to.client_sales[c] = s;
        for (Walk w = walk_of(view, c); walk_next(&w, &step);) copy_sale(&to, s++, &step, &line);
    }
    to.client_sales[view->clients] = s;
    to.sale_lines[s]               = line;
    return to;
}
