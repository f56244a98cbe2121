/* Facts in groups are what a plain walk over the same lines finds: by lot, by every name, over maps and under filters.
 * The walk here knows nothing of columns, and finds the cell of a line by looking at each. */
#include "facts/group.h"
#include "tests/test.h"

#include <string.h>

enum { SALES = 800, LINES = 3, CLIENTS = 30, PRODUCTS = 12, CELLS = 4000 };

typedef struct {
    FactSale sale;
    FactLine line[LINES];
    int      lines;
} Known;

static uint64_t roll(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static Known *history(Arena *mem, uint64_t *seed)
{
    Known *k = NEW_N(mem, Known, SALES);
    for (int i = 0; i < SALES; i++) {
        bool back = roll(seed) % 9 == 0;
        k[i].sale = (FactSale){ 5000 + i,
                                100 + (int64_t)(roll(seed) % CLIENTS),
                                (int64_t)(roll(seed) % 4),
                                (int64_t)(roll(seed) % 3),
                                (Day)(19000 + roll(seed) % 700),
                                back };
        k[i].lines = 1 + (int)(roll(seed) % LINES);
        for (int l = 0; l < k[i].lines; l++) {
            int   sign = back ? -1 : 1;
            Money amount = sign * (Money)(1 + roll(seed) % 9000);
            k[i].line[l] = (FactLine){ (int64_t)(roll(seed) % PRODUCTS), amount, roll(seed) % 4 ? amount / 2 : NONE,
                                       roll(seed) % 5 ? sign * 1000 : NONE };
        }
    }
    return k;
}

static FactsPart part_of(FactsNames *names, const Known *k, int from, int to)
{
    FactsPart   part;
    FactsDraft *d = facts_draft_new(SALES * LINES);
    for (int i = from; i < to; i++) {
        facts_draft_sale(d, k[i].sale);
        for (int l = 0; l < k[i].lines; l++) facts_draft_line(d, k[i].line[l]);
    }
    facts_part_make(d, names, &part);
    return part;
}

static Day first_of(FactsGrain grain, Day day)
{
    Civil c = civil_of(day);
    if (grain == FACTS_BY_DAY) return day;
    if (grain == FACTS_BY_WEEK) return day - weekday_of(day);
    if (grain == FACTS_BY_QUARTER) c.month = c.month < 4 ? 1 : c.month < 7 ? 4 : c.month < 10 ? 7 : 10;
    if (grain == FACTS_BY_YEAR) c.month = 1;
    c.day = 1;
    return day_of(c);
}

static uint32_t key_of(const FactsNames *names, const FactsBy *by, const Known *k, int l)
{
    const int64_t   id[] = { k->sale.client, k->line[l].product, k->sale.seller, k->sale.channel };
    const FactsIds *ids[] = { &names->client, &names->product, &names->seller, &names->channel };
    if (by->grain >= FACTS_BY_DAY) return (uint32_t)first_of(by->grain, k->sale.day);
    uint32_t number = facts_known(ids[by->grain], id[by->grain]);
    return by->map ? by->map[number] : number;
}

typedef struct {
    FactsCell cell;
    bool      client[CLIENTS], sale[SALES];
} Plain;

/* Adds the line to the cell of its key, a new one where there is none yet. */
static void plainly(Plain *cell, int *n, const uint32_t *key, const Known *k, int i, int l)
{
    const FactLine *line = &k[i].line[l];
    int             at = 0;
    while (at < *n && memcmp(cell[at].cell.key, key, sizeof cell[at].cell.key) != 0) at++;
    if (at == *n) memcpy(cell[(*n)++].cell.key, key, sizeof cell[at].cell.key);
    Plain *p = &cell[at];
    p->cell.revenue += line->amount;
    p->cell.lines++;
    if (line->qty != NONE) p->cell.quantity += line->qty;
    if (line->cost != NONE) p->cell.cost += line->cost, p->cell.costed += line->amount;
    p->cell.buyers += !p->client[k[i].sale.client - 100];
    p->cell.sales += !p->sale[i];
    p->client[k[i].sale.client - 100] = p->sale[i] = true;
}

static bool same(const FactsCells *found, const Plain *plain, int n)
{
    if (found->n != n) return false;
    for (ptrdiff_t i = 0; i < found->n; i++) {
        int at = 0;
        while (at < n && memcmp(&found->at[i], &plain[at].cell, sizeof(FactsCell)) != 0) at++;
        if (at == n) return false;
    }
    return true;
}

static FactsBy drawn(Arena *mem, const FactsView *view, uint64_t *seed)
{
    const uint32_t members[] = { view->clients, view->products, FACTS_SELLERS_MAX + 1, FACTS_CHANNELS_MAX + 1 };
    FactsBy        by = { .grain = (FactsGrain)(roll(seed) % (FACTS_BY_YEAR + 1)) };
    if (by.grain >= FACTS_BY_DAY || roll(seed) % 2) return by;
    uint32_t *map = NEW_N(mem, uint32_t, members[by.grain]);
    by.groups = 3;
    for (uint32_t i = 0; i < members[by.grain]; i++) map[i] = (uint32_t)(roll(seed) % by.groups);
    by.map = map;
    return by;
}

TESTS(test_facts_group)
{
    CASE("facts in groups are what a plain walk finds, by lot: members, maps and steps, in two parts, under a period")
    {
        uint64_t   seed = 11;
        Known     *k = history(&t->mem, &seed);
        FactsNames names = facts_names_new();
        FactsPart  main = part_of(&names, k, 0, 600), recent = part_of(&names, k, 600, SALES);
        FactsView  view = { &names, &main, &recent, NULL, names.client.count, names.product.count };
        for (int round = 0; round < 60; round++) {
            Arena         mem = t->mem;
            FactsBy       by[FACTS_BYS];
            FactsCells    cells;
            Plain        *plain = NEW_N(&mem, Plain, CELLS);
            int           n = (int)(roll(&seed) % (FACTS_BYS + 1)), told = 0;
            FactsQuestion q = { .reach = &facts_everything, .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE };
            if (round % 3 == 0) q.from = 19100, q.to = 19400;
            q.ignore_returns = round % 4 == 0;
            for (int i = 0; i < n; i++) by[i] = drawn(&mem, &view, &seed);
            for (int i = 0; i < SALES; i++) {
                if ((q.ignore_returns && k[i].sale.is_return) || (q.from != DAY_NONE && k[i].sale.day < q.from))
                    continue;
                if (q.to != DAY_NONE && k[i].sale.day > q.to) continue;
                for (int l = 0; l < k[i].lines; l++) {
                    uint32_t key[FACTS_BYS] = { 0 };
                    for (int b = 0; b < n; b++) key[b] = key_of(&names, &by[b], &k[i], l);
                    plainly(plain, &told, key, k, i, l);
                }
            }
            EQUAL(facts_group(&view, &q, by, n, &mem, &cells), OK);
            CHECK(same(&cells, plain, told));
        }
        facts_part_drop(&recent);
        facts_part_drop(&main);
        facts_names_drop(&names);
    }
    CASE("a question without a reach has no cell, and one without costs no cost")
    {
        uint64_t      seed = 4;
        Known        *k = history(&t->mem, &seed);
        FactsNames    names = facts_names_new();
        FactsPart     part = part_of(&names, k, 0, SALES);
        FactsView     view = { &names, &part, NULL, NULL, names.client.count, names.product.count };
        FactsReach    blind = { .everyone = true };
        FactsQuestion q = { .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE };
        FactsCells    cells;
        EQUAL(facts_group(&view, &q, NULL, 0, &t->mem, &cells), OK);
        EQUAL(cells.n, 0);
        q.reach = &blind;
        EQUAL(facts_group(&view, &q, NULL, 0, &t->mem, &cells), OK);
        EQUAL(cells.n, 1);
        CHECK(cells.at[0].revenue != 0 && cells.at[0].cost == 0 && cells.at[0].costed == 0);
        EQUAL(cells.at[0].sales, SALES);
        facts_part_drop(&part);
        facts_names_drop(&names);
    }
}
