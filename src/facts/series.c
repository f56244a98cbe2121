/* Facts day by day, and client by product. */
#include "facts/series.h"

void facts_days(const FactsView *view, const FactsQuestion *q, Money *money, int32_t *documents)
{
    for (Day d = q->from; d <= q->to; d++) money[d - q->from] = documents[d - q->from] = 0;
    for (uint32_t c = 0; c < view->clients; c++) {
        Step s;
        if (!client_asked(q, c)) continue;
        for (Walk w = walk_of(view, c); walk_next(&w, &s);) {
            Day day = s.part->sale_day[s.sale];
            if (day > q->to) break;
            if (day < q->from || !step_asked(q, &s)) continue;
            int lines = 0;
            for (uint32_t l = s.part->sale_lines[s.sale]; l < s.part->sale_lines[s.sale + 1]; l++) {
                if (!line_asked(q, s.part, l)) continue;
                money[day - q->from] += line_measure(q, s.part, l);
                lines++;
            }
            documents[day - q->from] += lines && !s.part->sale_return[s.sale];
        }
    }
}

/* A client's pairs are gathered under the numbers of the products and then put in a row. */
typedef struct {
    SoldPair *of;      /* by product number; touched ones are listed in `product` */
    uint32_t *product;
    uint32_t  count;
} Gather;

/* One line whose quantity nobody knows makes that of all unknown. */
static Qty quantity_with(Qty sum, Qty more) { return sum == NONE || more == NONE ? NONE : sum + more; }

static void gather_sale(Gather *g, const FactsQuestion *q, const Step *s, bool after)
{
    const FactsPart *p = s->part;
    for (uint32_t l = p->sale_lines[s->sale]; l < p->sale_lines[s->sale + 1]; l++) {
        if (!line_asked(q, p, l)) continue;
        SoldPair *pair = &g->of[p->line_product[l]];
        if (!pair->before && !pair->after) g->product[g->count++] = p->line_product[l];
        if (after) {
            pair->after = true;
            pair->money_after += p->line_amount[l];
            pair->quantity_after = quantity_with(pair->quantity_after, p->line_qty[l]);
        } else {
            pair->before = true;
            pair->money_before += p->line_amount[l];
            pair->quantity_before = quantity_with(pair->quantity_before, p->line_qty[l]);
        }
    }
}

static void gather_client(Gather *g, const FactsView *view, const FactsQuestion *q, TwoPeriods when, uint32_t client)
{
    Step s;
    for (Walk w = walk_of(view, client); walk_next(&w, &s);) {
        Day  day    = s.part->sale_day[s.sale];
        bool before = day >= when.before_from && day <= when.before_to,
             after = day >= when.after_from && day <= when.after_to;
        if ((before || after) && step_asked(q, &s)) gather_sale(g, q, &s, after);
    }
}

/* Adds the gathered pairs at the end of the row: nothing else may be taken from mem in between. */
static void put_pairs(Gather *g, FactsPairs *out, Arena *mem)
{
    SoldPair *at = NEW_RAW(mem, SoldPair, g->count);
    if (!out->pair) out->pair = at;
    for (uint32_t i = 0; i < g->count; i++) {
        at[i]         = g->of[g->product[i]];
        at[i].client  = (uint32_t)out->clients;
        at[i].product = g->product[i];
        g->of[g->product[i]] = (SoldPair){ 0 };
    }
    out->n += g->count;
    out->clients++;
    g->count = 0;
}

FactsPairs facts_pairs(const FactsView *view, const FactsQuestion *q, TwoPeriods when, Arena *mem, Arena scratch)
{
    int64_t   *ids = NEW_RAW(mem, int64_t, view->clients);
    Gather     g   = { NEW_N(&scratch, SoldPair, view->products), NEW_RAW(&scratch, uint32_t, view->products), 0 };
    FactsPairs out = { .client_id = ids };
    for (uint32_t c = 0; c < view->clients; c++) {
        if (!client_asked(q, c)) continue;
        gather_client(&g, view, q, when, c);
        if (!g.count) continue;
        ids[out.clients] = view->names->client.id[c];
        put_pairs(&g, &out, mem);
    }
    return out;
}
