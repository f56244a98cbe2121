/* The example firm's deals, and what its clients need, put into the base. */
#include "sales/example/example_deals.h"

#include "entity/record.h"
#include "sales/deals/deals.h"
#include "sales/example/example_told.h"

typedef struct {
    Work                 *w;
    const ExampleDealing *x;
    ExampleTold           told;
} Writing;

static Str name_of(Work *w, const char *form, Str bought)
{
    Buf b = buf_new(w->mem, 160);
    for (; *form; form++) {
        if (*form == '%') buf_put(&b, bought);
        else buf_char(&b, *form);
    }
    return buf_str(&b);
}

static void lines_fill(Writing *t, const ExampleDeal *from, Deal *d)
{
    d->lines.n = from->lines;
    d->lines.at = NEW_N(t->w->mem, DealLine, from->lines);
    for (int i = 0; i < from->lines; i++)
        d->lines.at[i] = (DealLine){ .product_id = t->x->product[from->line[i].product],
                                     .qty = from->line[i].qty,
                                     .amount = from->line[i].amount };
}

static void settlements_fill(Writing *t, const ExampleDeal *from, Deal *d)
{
    const DealSettlement each[] = {
        { .kind = SETTLED_CONTRACT, .day = from->contract_on, .amount = from->contract },
        { .kind = SETTLED_SHIPMENT, .day = from->shipped_on, .amount = from->shipped },
        { .kind = SETTLED_PAYMENT, .day = from->paid_on, .amount = from->paid },
    };
    d->settlements.at = NEW_N(t->w->mem, DealSettlement, COUNT(each));
    for (size_t i = 0; i < COUNT(each); i++)
        if (each[i].amount) d->settlements.at[d->settlements.n++] = each[i];
}

/* Who decides at the client's, and of every second open deal a technician of ours; a rival where one is known. */
static void others_fill(Writing *t, int i, Deal *d)
{
    static const char *const decides[LANGS] = { "Принимает решение", "Decides" };
    static const char *const advises[LANGS] = { "Консультирует по товару", "Advises on the goods" };
    const ExampleDeal       *from = &t->x->list.at[i];
    d->participants.at = NEW_N(t->w->mem, DealParticipant, 2);
    d->participants.at[d->participants.n++] = (DealParticipant){ .who = { S("person"), d->person_id },
                                                                 .part = str_of(decides[t->told.lang]) };
    if (from->closed == DAY_NONE && i % 2 == 0)
        d->participants.at[d->participants.n++] = (DealParticipant){
            .who = { S("user"), t->x->user[EXAMPLE_USERS - 1] }, .part = str_of(advises[t->told.lang])
        };
    if (!from->rival) return;
    d->rivals.at = NEW(t->w->mem, DealRival);
    d->rivals.at[d->rivals.n++] = (DealRival){ .name = str_of(from->rival) };
}

static void deal_fill(Writing *t, int i, Deal *d)
{
    const ExampleDealing *x = t->x;
    const ExampleDeal    *from = &x->list.at[i];
    int                   group = x->firm->product[from->line[0].product].group;
    record_empty(t->w, &deal_entity, d);
    d->base.origin = S("example");
    d->base.key = str_fmt(t->w->mem, "deal %d", i);
    d->name = name_of(t->w, from->name[t->told.lang], str_of(example_groups[group]));
    d->client_id = x->client[from->client];
    d->person_id = x->person[from->client];
    d->keeper_id = x->user[from->keeper];
    d->source_id = x->source[from->client];
    d->channel_id = x->channel[x->firm->client[from->client].channel];
    d->inbound = example_told_choice(deal_inbounds, from->inbound);
    d->stage_id = example_told_id(t->w, &t->told, "stage", from->stage);
    d->lost_at_id = example_told_id(t->w, &t->told, "stage", from->lost_at);
    d->reason_id = example_told_id(t->w, &t->told, "reason", from->reason);
    if (from->rival) d->rival = str_of(from->rival);
    d->opened_on = from->opened;
    d->qualified_on = from->qualified;
    d->stage_since = from->since;
    d->closed_on = from->closed;
    d->expected_on = from->expected;
    d->probability = from->weight < 0 ? NONE : from->weight * RATIO_ONE / 100;
    d->margin = from->amount - from->cost;
    lines_fill(t, from, d);
    settlements_fill(t, from, d);
    others_fill(t, i, d);
}

static Err deals_write(Writing *t)
{
    const ExampleDeals *all = &t->x->list;
    Deal               *deals = NEW_N(t->w->mem, Deal, all->n);
    int                *at = NEW_RAW(t->w->mem, int, all->n);
    SaveHow             how = { .trusted = true, .bulk = true };
    ptrdiff_t           n = 0;
    for (int i = 0; i < all->n; i++) {
        if (!example_told_id(t->w, &t->told, "stage", all->at[i].stage)) continue; /* put away by the firm */
        deal_fill(t, i, &deals[n]);
        at[n++] = i;
    }
    TRY(record_save_many(t->w, &deal_entity, deals, n, &how));
    for (ptrdiff_t k = 0; k < n; k++) t->x->id[at[k]] = deals[k].base.id;
    return OK;
}

/* So much a month of what the deal is about. */
static Err needs_write(Writing *t)
{
    const ExampleDeals *all = &t->x->list;
    Need               *needs = NEW_N(t->w->mem, Need, all->n);
    SaveHow             how = { .trusted = true, .bulk = true };
    ptrdiff_t           n = 0;
    for (int i = 0; i < all->n; i++) {
        const ExampleDeal *from = &all->at[i];
        if (!from->needed || !t->x->id[i]) continue;
        Need *need = &needs[n++];
        record_empty(t->w, &need_entity, need);
        need->base.origin = S("example");
        need->base.key = str_fmt(t->w->mem, "need %d", i);
        need->client_id = t->x->client[from->client];
        need->product_id = t->x->product[from->line[0].product];
        need->volume = from->line[0].qty;
        need->term = from->expected;
        need->source = (Link){ S("deal"), t->x->id[i] };
    }
    return record_save_many(t->w, &need_entity, needs, n, &how);
}

Err example_deals_write(Work *w, void *example_dealing)
{
    Writing t = { .w = w, .x = example_dealing };
    TRY(example_told(w, &t.told));
    TRY(deals_write(&t));
    return needs_write(&t);
}
