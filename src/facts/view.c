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

Money line_measure(const FactsQuestion *q, const FactsPart *p, uint32_t l)
{
    if (q->measure == MEASURE_QUANTITY) return p->line_qty[l] == NONE ? 0 : p->line_qty[l];
    if (q->measure == MEASURE_REVENUE) return p->line_amount[l];
    Money cost = line_cost(q, p, l);
    if (cost == NONE) return 0;
    return q->measure == MEASURE_MARGIN ? p->line_amount[l] - cost : p->line_amount[l];
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
        if (q->measure == MEASURE_MARGIN) sum.costed += line_cost(q, p, l) == NONE ? 0 : p->line_amount[l];
        sum.lines++;
        if (product_money) {
            product_money[p->line_product[l]] += m;
            product_seen[p->line_product[l]] = 1;
        }
    }
    return sum;
}

/* ---- one thread's share of the clients ---- */

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

void client_months(const Summary *s, ptrdiff_t client, Money *out, bool *bought)
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

void facts_client_lines(const FactsView *view, const FactsQuestion *q, uint32_t number,
                        void (*take)(void *, const FactSale *, const FactLine *), void *to)
{
    Step    s;
    int64_t client = view->names->client.id[number];
    if (!number || !client_asked(q, number)) return;
    for (Walk w = walk_of(view, number); walk_next(&w, &s);) {
        const FactsPart *p   = s.part;
        Day              day = p->sale_day[s.sale];
        if ((q->from != DAY_NONE && day < q->from) || (q->to != DAY_NONE && day > q->to) || !step_asked(q, &s)) continue;
        FactSale sale = { p->sale_id[s.sale], client, view->names->seller.id[p->sale_seller[s.sale]],
                          view->names->channel.id[p->sale_channel[s.sale]], day, p->sale_return[s.sale] };
        for (uint32_t l = p->sale_lines[s.sale]; l < p->sale_lines[s.sale + 1]; l++) {
            FactLine line = { view->names->product.id[p->line_product[l]], p->line_amount[l], line_cost(q, p, l), p->line_qty[l] };
            take(to, &sale, &line);
        }
    }
}
