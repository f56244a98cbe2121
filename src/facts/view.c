/* Walking through the sales: each client's in the order of their days, counted under a question. */
#include "facts/share.h"

#include <string.h>

const FactsReach facts_everything = { .everyone = true, .cost = true };

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
    if (old && (!recent || v->main->sale_day[w->at[0]] <= v->recent->sale_day[w->at[1]]))
        *step = (Step){ v->main, w->at[0]++ };
    else *step = (Step){ v->recent, w->at[1]++ };
    return true;
}

/* ---- one sale under a question ---- */

typedef struct {
    Money   money, revenue, covered;
    int32_t lines;
} SaleSum;

bool step_asked(const FactsQuestion *q, const Step *s)
{
    return (!q->sellers || q->sellers[s->part->sale_seller[s->sale]]) &&
           (!q->channels || q->channels[s->part->sale_channel[s->sale]]) &&
           !(q->ignore_returns && s->part->sale_return[s->sale]);
}

Money line_measure(const FactsQuestion *q, const FactsPart *p, uint32_t l)
{
    if (q->measure == MEASURE_QUANTITY) return p->line_qty[l] == NONE ? 0 : p->line_qty[l];
    if (q->measure == MEASURE_REVENUE) return p->line_amount[l];
    Money cost = line_cost(q, p, l);
    return cost == NONE ? 0 : p->line_amount[l] - cost;
}

/* Is what the measure is made of known of the line?  Of revenue it always is, and nobody asks. */
static bool line_covered(const FactsQuestion *q, const FactsPart *p, uint32_t l)
{
    return q->measure == MEASURE_QUANTITY ? p->line_qty[l] != NONE
                                          : q->measure == MEASURE_MARGIN && line_cost(q, p, l) != NONE;
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
        Money m = line_measure(q, p, l);
        sum.money += m;
        sum.revenue += p->line_amount[l];
        if (line_covered(q, p, l)) sum.covered += p->line_amount[l];
        sum.lines++;
        if (product_money) {
            product_money[p->line_product[l]] += m;
            product_seen[p->line_product[l]] = 1;
        }
    }
    return sum;
}

/* ---- one thread's share of the clients ---- */

static void count_in_period(Share *sh, uint32_t client, const Step *s, const SaleSum *sum, Month month,
                            Month *last_month)
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
    sh->covered += sum->covered;
    if (is_return) return;
    sh->documents[client]++;
    sh->all_documents++;
    sh->month_documents[at]++;
    if (*last_month != month) sh->month_clients[at]++;
    *last_month = month;
}

static void month_keep(Share *sh, uint32_t client, const Step *s, Month month, Day first, Money money)
{
    if (!sh->rows[client]) sh->row[client] = sh->free_row;
    if (!sh->rows[client] || sh->free_row[-1].month != month) {
        *sh->free_row++ = (MonthBought){ .month = month };
        sh->rows[client]++;
    }
    sh->free_row[-1].money += money;
    if (!s->part->sale_return[s->sale]) sh->free_row[-1].days |= UINT32_C(1) << (s->part->sale_day[s->sale] - first);
}

static void margin_add(Share *sh, uint32_t client, const Step *s)
{
    const FactsPart *p = s->part;
    for (uint32_t l = p->sale_lines[s->sale]; l < p->sale_lines[s->sale + 1]; l++) {
        Money cost = line_asked(sh->q, p, l) ? line_cost(sh->q, p, l) : NONE;
        if (cost == NONE) continue;
        sh->margin[client] += p->line_amount[l] - cost;
        sh->costed[client] += p->line_amount[l];
    }
}

static void count_client(Share *sh, uint32_t client)
{
    Walk  w = walk_of(sh->view, client);
    Step  s;
    Month last_month = -1, month = 0;
    Day   month_begin = 0, month_end = DAY_NONE; /* the month is computed once a month, not once a sale */
    while (walk_next(&w, &s)) {
        Day day = s.part->sale_day[s.sale];
        if (day > sh->seen) break;
        if (!step_asked(sh->q, &s)) continue;
        bool    in  = day >= sh->from && day <= sh->to;
        SaleSum sum = { .lines = 1 }; /* where no months are kept, of a sale out of the period its day counts alone */
        if (in || !sh->q->sums || sh->q->products)
            sum = sale_sum(sh->q, &s, in ? sh->product_money : NULL, sh->product_seen);
        if (!sum.lines) continue;
        if (day > month_end) {
            month       = month_of(day);
            month_begin = month_first(month);
            month_end   = month_last(month);
        }
        if (!sh->q->sums) month_keep(sh, client, &s, month, month_begin, sum.money);
        sh->has[client] = true;
        if (day < sh->low) sh->low = day;
        if (day > sh->high) sh->high = day;
        if (!s.part->sale_return[s.sale]) {
            if (sh->last[client] != day) sh->days[client]++;
            if (sh->first[client] == DAY_NONE) sh->first[client] = day;
            sh->last[client] = day;
        }
        if (in && sh->margin) margin_add(sh, client, &s);
        if (in) count_in_period(sh, client, &s, &sum, month, &last_month);
    }
}

void *count_share(void *share)
{
    Share *sh = share;
    for (uint32_t c = sh->first_client; c < sh->end_client; c++) {
        sh->first[c] = sh->last[c] = DAY_NONE;
        if (client_asked(sh->q, c)) count_client(sh, c);
    }
    return NULL;
}

/* ---- one client again ---- */

ptrdiff_t client_history(const Summary *s, ptrdiff_t client, MonthBought *out)
{
    const Cells *cells = s->cells;
    uint32_t     number = cells->number[client];
    if (cells->rows[number]) memcpy(out, cells->row[number], cells->rows[number] * sizeof *out);
    return cells->rows[number];
}

void client_months(const Summary *s, ptrdiff_t client, XyzMonths of, Money *out, bool *bought)
{
    const Cells       *cells = s->cells;
    uint32_t           number = cells->number[client];
    const MonthBought *row = cells->row[number], *end = row + cells->rows[number];
    memset(out, 0, (size_t)of.count * sizeof *out);
    if (bought) memset(bought, 0, (size_t)of.count * sizeof *bought);
    for (; row < end && row->month <= cells->to; row++) {
        int at = row->month - of.first;
        if (at < 0 || at >= of.count) continue;
        out[at] += row->money;
        if (bought) bought[at] = row->days != 0;
    }
}

static void client_lines(const FactsView *view, const FactsQuestion *q, uint32_t number,
                         void (*take)(void *, const FactSale *, const FactLine *), void *to)
{
    Step    s;
    int64_t client = view->names->client.id[number];
    for (Walk w = walk_of(view, number); walk_next(&w, &s);) {
        const FactsPart *p   = s.part;
        Day              day = p->sale_day[s.sale];
        bool             out = (q->from != DAY_NONE && day < q->from) || (q->to != DAY_NONE && day > q->to);
        if (out || !step_asked(q, &s)) continue;
        FactSale sale = { p->sale_id[s.sale], client, view->names->seller.id[p->sale_seller[s.sale]],
                          view->names->channel.id[p->sale_channel[s.sale]], day, p->sale_return[s.sale] };
        for (uint32_t l = p->sale_lines[s.sale]; l < p->sale_lines[s.sale + 1]; l++) {
            if (!line_asked(q, p, l)) continue;
            FactLine line = { view->names->product.id[p->line_product[l]], p->line_amount[l], line_cost(q, p, l),
                              p->line_qty[l] };
            take(to, &sale, &line);
        }
    }
}

void facts_client_lines(const FactsView *view, const FactsQuestion *q, uint32_t number,
                        void (*take)(void *, const FactSale *, const FactLine *), void *to)
{
    if (number && client_asked(q, number)) client_lines(view, q, number, take, to);
}

void facts_lines(const FactsView *view, const FactsQuestion *q,
                 void (*take)(void *, const FactSale *, const FactLine *), void *to)
{
    for (uint32_t c = 1; c < view->clients; c++)
        if (client_asked(q, c)) client_lines(view, q, c, take, to);
}
