/* Which deals the example firm has had within a year, and which it has. */
#include "sales/example/example_deals.h"

#include "sales/example/example_dice.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR = 365, DEALS_MOST = 600, WON_OF = 70, LOST = 70, LARGE_EACH = 7, SPLIT_EACH = 4 };

typedef struct {
    const ExampleFirm *firm;
    ExampleDeals      *out;
    Dice               dice;
    Day                today;
} Making;

static const char *const names[][LANGS] = {
    { "%: поставка на склад", "%: for the stock" },    { "%: комплектация объекта", "%: for a building site" },
    { "%: закупка на квартал", "%: for the quarter" }, { "%: ремонт цеха", "%: repair of a shop floor" },
    { "%: договор на год", "%: a year’s contract" },   { "%: замена поставщика", "%: change of supplier" },
};

static const char *const reasons[] = { "price", "rival", "no_need", "no_money", "late", "no_stock", "silent", "rival" };
static const char *const rivals[] = { "ЭлектроСнаб-Восток", "Ампер-Опт", "Уралсветторг", "База «Контакт»" };

/* Where an open deal can stand, and how likely it is to be won there. */
static const struct {
    const char *stage;
    bool        repeat;
    int         weight;
} stages[] = {
    { "lead", false, -1 },     { "qualification", false, -1 }, { "needs", false, 25 },
    { "proposal", false, 50 }, { "terms", false, 70 },         { "contract", false, 90 },
    { "again", true, 30 },     { "again_proposal", true, 60 }, { "again_order", true, 80 },
};

static Day on_workday(Day day, int towards)
{
    while (weekday_of(day) > 4) day += towards;
    return day;
}

static Day earlier(Day a, Day b) { return a < b ? a : b; }

/* How they came, by where they know us from. */
static const char *inbound_of(const char *source)
{
    if (strcmp(source, "Холодный обзвон") == 0 || strcmp(source, "Справочник") == 0) return "cold";
    return strcmp(source, "Выставка") == 0 ? "visit" : "inbound";
}

static ExampleDeal *add(Making *m, int client, const char *stage, Day opened)
{
    if (m->out->n == DEALS_MOST) return NULL;
    const ExampleClient *c = &m->firm->client[client];
    ExampleDeal         *d = &m->out->at[m->out->n++];
    *d = (ExampleDeal){ .client = client,
                        .keeper = c->keeper,
                        .stage = stage,
                        .inbound = inbound_of(c->source),
                        .opened = opened,
                        .qualified = opened,
                        .since = opened,
                        .closed = DAY_NONE,
                        .expected = DAY_NONE,
                        .weight = -1,
                        .contract_on = DAY_NONE,
                        .paid_on = DAY_NONE,
                        .shipped_on = DAY_NONE };
    memcpy(d->name, names[dice_below(&m->dice, (int)COUNT(names))], sizeof d->name);
    return d;
}

static void add_line(ExampleDeal *d, int product, Qty qty, Money amount, Money cost)
{
    d->amount += amount;
    d->cost += cost;
    if (d->lines < EXAMPLE_DEAL_LINES_MOST)
        d->line[d->lines++] = (ExampleDealLine){ .product = product, .qty = qty, .amount = amount };
    else d->line[d->lines - 1].amount += amount; /* the rest is one line with the last */
}

/* ---- won: what was sold ---- */

/* Recent ones are paid in part; of some of these as much again is to be shipped. */
static void settle(Making *m, ExampleDeal *d, int nth)
{
    int age = m->today - d->closed;
    d->contract = d->shipped = d->paid = d->amount;
    d->contract_on = d->closed;
    d->shipped_on = d->closed;
    d->paid_on = earlier(on_workday(d->closed + dice_between(&m->dice, 0, 25), 1), m->today - 1);
    if (age > 60) return;
    d->paid = age > 10 ? d->amount * dice_between(&m->dice, 3, 7) / 10 : 0;
    if (nth % SPLIT_EACH) return;
    for (int i = 0; i < d->lines; i++) d->line[i].qty *= 2, d->line[i].amount *= 2;
    d->amount *= 2;
    d->cost *= 2;
    d->contract = d->amount;
}

/* The first of a client's documents, or a later one of somebody who had bought by then. */
static void won_make(Making *m, int from, int end, Day first)
{
    const ExampleLine *head = &m->firm->line[from];
    bool               repeat = first != DAY_NONE;
    Day opened = on_workday(head->day - (repeat ? dice_between(&m->dice, 2, 30) : dice_between(&m->dice, 10, 75)), -1);
    if (repeat && opened <= first) return;
    ExampleDeal *d = add(m, head->client, repeat ? "again_won" : "won", opened);
    if (!d) return;
    for (int i = from; i < end; i++) {
        const ExampleLine *l = &m->firm->line[i];
        add_line(d, l->product, l->qty, l->amount, l->cost);
    }
    d->keeper = head->seller;
    d->since = d->closed = d->expected = head->day;
    settle(m, d, m->out->n);
}

static void all_won_make(Making *m, Arena scratch)
{
    const ExampleFirm *firm = m->firm;
    Day               *first = NEW_RAW(&scratch, Day, EXAMPLE_CLIENTS);
    for (int i = 0; i < EXAMPLE_CLIENTS; i++) first[i] = DAY_NONE;
    for (int from = 0, end; from < EXAMPLE_LINES; from = end) {
        const ExampleLine *head = &firm->line[from];
        Day                before = first[head->client];
        for (end = from; end < EXAMPLE_LINES && firm->line[end].document == head->document;) end++;
        if (before == DAY_NONE) first[head->client] = head->day;
        if (head->is_return || head->day < m->today - YEAR) continue;
        if (dice_below(&m->dice, before == DAY_NONE ? 2 : WON_OF) == 0) won_make(m, from, end, before);
    }
}

/* ---- lost, and open ---- */

/* What the client would take: some things of one group, many of them where the deal is a large one. */
static void would_take(Making *m, ExampleDeal *d, bool large)
{
    enum { WIDTH = EXAMPLE_PRODUCTS / EXAMPLE_GROUPS };
    int   group = dice_below(&m->dice, EXAMPLE_GROUPS), lines = dice_between(&m->dice, 1, EXAMPLE_DEAL_LINES_MOST);
    Money wanted = (large ? 90 : 4) * 1000000 / lines; /* of a line: a large one comes to a million and more */
    for (int i = 0; i < lines; i++) {
        int                   product = group * WIDTH + (i * 3 + dice_below(&m->dice, 3)) % WIDTH;
        const ExampleProduct *p = &m->firm->product[product];
        int64_t pieces = 1 + wanted * dice_between(&m->dice, large ? 130 : 40, large ? 300 : 250) / 100 / p->price;
        add_line(d, product, pieces * 1000, pieces * p->price, pieces * p->cost);
    }
}

/* Somebody who has never bought, or who has for years. */
static int somebody(Making *m, bool bought)
{
    int client = dice_below(&m->dice, EXAMPLE_CLIENTS);
    for (int tried = 0; tried < EXAMPLE_CLIENTS; tried++, client = (client + 1) % EXAMPLE_CLIENTS) {
        const ExampleClient *c = &m->firm->client[client];
        bool                 buys = c->story == STORY_STEADY || c->story == STORY_GROWS || c->story == STORY_SHRINKS;
        if (bought ? buys && c->since <= m->firm->from : c->story == STORY_NEVER) return client;
    }
    return 0;
}

/* A lead that came to nothing was lost as one; of the others most late, where the price is talked about. */
static const char *lost_at(int nth, bool repeat, bool lead)
{
    static const char *const first[] = { "qualification", "needs", "terms", "proposal", "terms", "needs", "proposal" };
    static const char *const again[] = { "again_proposal", "again_order", "again_proposal", "again" };
    if (lead) return repeat ? "again" : "lead";
    return repeat ? again[nth / 3 % (int)COUNT(again)] : first[nth % (int)COUNT(first)];
}

static void all_lost_make(Making *m)
{
    for (int i = 0; i < LOST; i++) {
        bool         repeat = i % 3 == 0;
        Day          closed = on_workday(m->today - dice_between(&m->dice, 2, YEAR - 1), -1);
        Day          opened = on_workday(closed - dice_between(&m->dice, 4, 60), -1);
        ExampleDeal *d = add(m, somebody(m, repeat), repeat ? "again_lost" : "lost", opened);
        if (!d) return;
        would_take(m, d, false);
        d->since = d->closed = closed;
        d->expected = on_workday(closed + dice_between(&m->dice, -5, 20), 1);
        d->reason = reasons[i % (int)COUNT(reasons)];
        if (strcmp(d->reason, "rival") == 0) d->rival = rivals[i % (int)COUNT(rivals)];
        d->lost_at = lost_at(i, repeat, i % 4 == 1);
        if (i % 4 == 1) d->qualified = DAY_NONE;
    }
}

/* The last stage before the end: the contract is signed, a part is paid ahead and, now and then, shipped. */
static void paid_ahead(Making *m, ExampleDeal *d, int nth)
{
    d->contract = d->amount;
    d->contract_on = d->since;
    if (nth % 2) return;
    d->paid = d->amount * dice_between(&m->dice, 3, 6) / 10;
    d->paid_on = earlier(on_workday(d->since + 2, 1), m->today - 1);
    if (d->paid_on < d->contract_on) d->paid_on = d->contract_on;
    d->shipped = nth % 4 ? 0 : d->amount * 2 / 10;
    d->shipped_on = d->paid_on;
}

static void all_open_make(Making *m)
{
    for (int i = 0; i < EXAMPLE_DEALS_OPEN; i++) {
        size_t       at = (size_t)i % COUNT(stages);
        bool         large = i % LARGE_EACH == 3, stands = i % LARGE_EACH == 3 ? i % 2 == 0 : i % 4 == 0;
        bool         begins = strcmp(stages[at].stage, "lead") == 0 || strcmp(stages[at].stage, "again") == 0;
        int          age = stands ? dice_between(&m->dice, 16, 45) : dice_between(&m->dice, 1, 11);
        Day          since = on_workday(m->today - age, -1);
        Day          opened = begins ? since : on_workday(since - dice_between(&m->dice, 5, 40), -1);
        ExampleDeal *d = add(m, somebody(m, stages[at].repeat), stages[at].stage, opened);
        if (!d) return;
        would_take(m, d, large);
        d->since = since;
        d->weight = stages[at].weight;
        d->expected = on_workday(
            m->today + (i % 6 == 5 ? -dice_between(&m->dice, 2, 20) : dice_between(&m->dice, 3, 60)), 1);
        d->needed = i % 3 != 1;
        if (at == 0) d->qualified = DAY_NONE;
        if (stages[at].weight >= 80) paid_ahead(m, d, i / (int)COUNT(stages));
    }
}

static int by_day(const void *a, const void *b)
{
    const ExampleDeal *x = a, *y = b;
    if (x->opened != y->opened) return x->opened < y->opened ? -1 : 1;
    if (x->client != y->client) return x->client < y->client ? -1 : 1;
    return (x->amount > y->amount) - (x->amount < y->amount);
}

ExampleDeals example_deals(Arena *mem, const ExampleFirm *firm)
{
    ExampleDeals out = { .at = NEW_RAW(mem, ExampleDeal, DEALS_MOST) };
    Making       m = { .firm = firm, .out = &out, .dice = { 21 }, .today = firm->to + 1 };
    all_won_make(&m, *mem);
    all_lost_make(&m);
    all_open_make(&m);
    qsort(out.at, (size_t)out.n, sizeof *out.at, by_day);
    return out;
}
