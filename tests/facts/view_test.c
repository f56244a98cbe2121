/* Facts answer as a plain walk over the same lines does; the walk here knows nothing of columns. */
#include "facts/series.h"
#include "tests/test.h"

#include <string.h>

typedef struct {
    FactSale sale;
    FactLine line[4];
    int      lines;
} Known;

enum { KNOWN = 3000, CLIENTS = 40, PRODUCTS = 25 };

static uint64_t roll(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* Clients 100.., products 500.., in no order of days; clients from 135 on only send goods back. */
static Known *history(Arena *mem, uint64_t seed)
{
    Known *k = NEW_N(mem, Known, KNOWN);
    for (int i = 0; i < KNOWN; i++) {
        int client = (int)(roll(&seed) % CLIENTS);
        bool back  = client >= 35 || roll(&seed) % 12 == 0;
        k[i].sale = (FactSale){ 10000 + i,
                                100 + client,
                                (int64_t)(roll(&seed) % 4),
                                (int64_t)(roll(&seed) % 3),
                                (Day)(19000 + roll(&seed) % 500),
                                back };
        k[i].lines = 1 + (int)(roll(&seed) % 4);
        for (int l = 0; l < k[i].lines; l++) {
            int sign = back ? -1 : 1;
            Money amount = sign * (Money)(1 + roll(&seed) % 100000);
            k[i].line[l] = (FactLine){ 500 + (int64_t)(roll(&seed) % PRODUCTS), amount,
                                       roll(&seed) % 5 ? amount * 3 / 4 : NONE,
                                       sign * 1000 * (Qty)(1 + roll(&seed) % 9) };
        }
    }
    return k;
}

static void draft_known(FactsDraft *d, const Known *k, int from, int to)
{
    for (int i = from; i < to; i++) {
        facts_draft_sale(d, k[i].sale);
        for (int l = 0; l < k[i].lines; l++) facts_draft_line(d, k[i].line[l]);
    }
}

static FactsPart part_of(FactsNames *names, const Known *k, int from, int to)
{
    FactsPart   part;
    FactsDraft *d = facts_draft_new(KNOWN * 4);
    draft_known(d, k, from, to);
    facts_part_make(d, names, &part);
    return part;
}

typedef struct {
    Wide    money;
    int64_t documents, lines, clients, days_of_105;
    Wide    money_of_105, ever_of_105, march, product_510;
} Plain;

static bool asked(const FactsQuestion *q, const FactsNames *names, const Known *k)
{
    uint32_t channel = facts_known(&names->channel, k->sale.channel),
             client = facts_known(&names->client, k->sale.client);
    return (!q->channels || q->channels[channel]) && (!q->clients || q->clients[client / 64] >> client % 64 & 1) &&
           !(q->ignore_returns && k->sale.is_return);
}

static Money measured(const FactsQuestion *q, const FactLine *line)
{
    if (q->measure != MEASURE_MARGIN) return line->amount;
    return line->cost == NONE ? 0 : line->amount - line->cost;
}

static Plain plainly(const Known *k, const FactsQuestion *q, const FactsNames *names, int skip_each)
{
    Plain p = { 0 };
    bool  seen[CLIENTS] = { 0 }, day[500] = { 0 };
    for (int i = 0; i < KNOWN; i++) {
        if ((skip_each && i % skip_each == 0) || !asked(q, names, &k[i])) continue;
        if (q->to != DAY_NONE && k[i].sale.day > q->to) continue;
        if (k[i].sale.client == 105 && !k[i].sale.is_return)
            p.days_of_105 += !day[k[i].sale.day - 19000], day[k[i].sale.day - 19000] = true;
        for (int l = 0; l < k[i].lines && k[i].sale.client == 105; l++) p.ever_of_105 += measured(q, &k[i].line[l]);
        if (q->from != DAY_NONE && k[i].sale.day < q->from) continue;
        seen[k[i].sale.client - 100] = true;
        p.documents += !k[i].sale.is_return;
        p.lines += k[i].lines;
        for (int l = 0; l < k[i].lines; l++) {
            Money m = q->measure == MEASURE_MARGIN
                          ? (k[i].line[l].cost == NONE ? 0 : k[i].line[l].amount - k[i].line[l].cost)
                          : k[i].line[l].amount;
            p.money += m;
            if (k[i].sale.client == 105) p.money_of_105 += m;
            if (month_of(k[i].sale.day) == month_of(19100)) p.march += m;
            if (k[i].line[l].product == 510) p.product_510 += m;
        }
    }
    for (int c = 0; c < CLIENTS; c++) p.clients += seen[c];
    return p;
}

static void compare(Test *t, const FactsAnswer *a, const Plain *p)
{
    const Summary *s = &a->summary;
    int64_t clients = 0;
    ptrdiff_t at = -1, product = -1;
    for (ptrdiff_t c = 0; c < s->clients; c++) {
        clients += s->in_period[c];
        if (a->client_id[c] == 105) at = c;
    }
    for (ptrdiff_t c = 0; c < s->products; c++)
        if (a->product_id[c] == 510) product = c;
    CHECK(s->revenue == p->money);
    EQUAL(s->documents, p->documents);
    EQUAL(s->lines, p->lines);
    EQUAL(clients, p->clients);
    CHECK(at >= 0 && product >= 0);
    if (at < 0 || product < 0) return;
    EQUAL(s->money[at], p->money_of_105);
    EQUAL(s->days[at], p->days_of_105);
    EQUAL(s->product_money[product], p->product_510);
    EQUAL(s->month_money[month_of(19100) - s->month0], p->march);

    XyzMonths of = { month_of(s->begins), month_of(s->to) - month_of(s->begins) + 1 };
    Money     months[64], sum = 0;
    bool      bought[64];
    s->client_months(s, at, of, months, bought);
    for (int m = 0; m < of.count; m++) sum += months[m];
    EQUAL(sum, p->ever_of_105);
}

/* Counts lines and those with a cost. */
static void line_seen(void *to, const FactSale *sale, const FactLine *line)
{
    ptrdiff_t **count = to;
    (void)sale;
    ++*count[0];
    *count[1] += line->cost != NONE;
}

TESTS(test_facts_view)
{
    const FactsQuestion all = { .reach = &facts_everything, .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE };

    CASE("every figure is what a plain walk over the lines finds, in one thread and in three") {
        Known     *k     = history(&t->scratch, 7);
        FactsNames names = facts_names_new();
        FactsPart  main  = part_of(&names, k, 0, KNOWN);
        FactsView  view  = { &names, &main, NULL, NULL, names.client.count, names.product.count };
        for (int threads = 1; threads <= 3; threads += 2) {
            FactsQuestion q = all;
            q.threads = threads;
            FactsAnswer a = facts_ask(&view, &q, &t->mem);
            Plain       p = plainly(k, &q, &names, 0);
            compare(t, &a, &p);
        }
        facts_part_drop(&main);
        facts_names_drop(&names);
    }
    CASE("a period limits money, while purchase days before it still count") {
        Known     *k     = history(&t->scratch, 8);
        FactsNames names = facts_names_new();
        FactsPart  main  = part_of(&names, k, 0, KNOWN);
        FactsView  view  = { &names, &main, NULL, NULL, names.client.count, names.product.count };
        FactsQuestion q  = all;
        q.from = 19080, q.to = 19200;
        FactsAnswer a = facts_ask(&view, &q, &t->mem);
        Plain       p = plainly(k, &q, &names, 0);
        compare(t, &a, &p);
        EQUAL(a.summary.from, 19080);
        EQUAL(a.summary.to, 19200);
        facts_part_drop(&main);
        facts_names_drop(&names);
    }
    CASE("purchases since the period has ended tell where a client stands, and are no money of it") {
        Known     *k     = history(&t->scratch, 8);
        FactsNames names = facts_names_new();
        FactsPart  main  = part_of(&names, k, 0, KNOWN);
        FactsView  view  = { &names, &main, NULL, NULL, names.client.count, names.product.count };
        FactsQuestion q  = all, later = all;
        q.from = 19080, q.to = month_last(month_of(19200)), q.seen = 19400;
        later.to      = q.seen;
        FactsAnswer a = facts_ask(&view, &q, &t->mem), seen = facts_ask(&view, &later, &t->mem);
        Plain       p = plainly(k, &q, &names, 0);
        CHECK(a.summary.revenue == p.money);
        EQUAL(a.summary.documents, p.documents);
        EQUAL(a.summary.seen, 19400);
        EQUAL(a.summary.clients, seen.summary.clients);
        for (ptrdiff_t c = 0; c < a.summary.clients; c++) {
            EQUAL(a.summary.days[c], seen.summary.days[c]);
            EQUAL(a.summary.last[c], seen.summary.last[c]);
        }
        q.to = 19200; /* in the middle of a month: seen no further, as its money is not the month's */
        a    = facts_ask(&view, &q, &t->mem);
        EQUAL(a.summary.seen, 19200);
        facts_part_drop(&main);
        facts_names_drop(&names);
    }
    CASE("a client's months hold all days and money up to what is seen; asked for sums alone there are none") {
        Known     *k     = history(&t->scratch, 8);
        FactsNames names = facts_names_new();
        FactsPart  main = part_of(&names, k, 0, 2000), recent = part_of(&names, k, 2000, KNOWN);
        FactsView  view = { &names, &main, &recent, NULL, names.client.count, names.product.count };
        FactsQuestion q = all;
        q.from = 19080, q.to = month_last(month_of(19200)), q.seen = 19400;
        FactsAnswer a = facts_ask(&view, &q, &t->mem);
        q.to          = q.seen;
        Plain         p = plainly(k, &q, &names, 0);
        MonthBought   month[64];
        for (ptrdiff_t c = 0; c < a.summary.clients; c++) {
            ptrdiff_t n = a.summary.client_history(&a.summary, c, month), days = 0;
            Wide      money = 0;
            for (ptrdiff_t i = 0; i < n; i++) {
                CHECK(i == 0 || month[i].month > month[i - 1].month);
                days += __builtin_popcount(month[i].days);
                money += month[i].money;
            }
            EQUAL(days, a.summary.days[c]);
            if (a.client_id[c] == 105) CHECK(money == p.ever_of_105);
        }
        q.sums = true;
        FactsAnswer sums = facts_ask(&view, &q, &t->mem);
        EQUAL(sums.summary.client_history(&sums.summary, 0, month), 0);
        EQUAL(sums.summary.days[0], a.summary.days[0]);
        facts_part_drop(&main);
        facts_part_drop(&recent);
        facts_names_drop(&names);
    }
    CASE("what clients leave, asked for beside revenue, is what a question about margin finds; without costs nothing") {
        Known     *k     = history(&t->scratch, 10);
        FactsNames names = facts_names_new();
        FactsPart  main  = part_of(&names, k, 0, KNOWN);
        FactsView  view  = { &names, &main, NULL, NULL, names.client.count, names.product.count };
        FactsQuestion beside = all, margin = all;
        FactsReach    costless = facts_everything;
        beside.from = margin.from = 19080;
        beside.margins = true;
        margin.measure = MEASURE_MARGIN;
        FactsAnswer a = facts_ask(&view, &beside, &t->mem), b = facts_ask(&view, &margin, &t->mem);
        Wide        costed = 0;
        for (ptrdiff_t c = 0; c < a.summary.clients; c++) {
            EQUAL(a.margin[c], b.summary.money[c]);
            costed += a.costed[c];
        }
        CHECK(costed == b.covered && costed != 0);
        CHECK(b.margin == NULL);
        costless.cost = false;
        beside.reach  = &costless;
        a             = facts_ask(&view, &beside, &t->mem);
        for (ptrdiff_t c = 0; c < a.summary.clients; c++) EQUAL(a.margin[c] | a.costed[c], 0);
        facts_part_drop(&main);
        facts_names_drop(&names);
    }
    CASE("what came since and what is gone are told apart from the main part by nothing in the answer") {
        Known     *k     = history(&t->scratch, 9);
        FactsNames names = facts_names_new();
        FactsPart  main = part_of(&names, k, 0, 2000), recent = part_of(&names, k, 2000, KNOWN);
        uint64_t  *gone = NEW_N(&t->scratch, uint64_t, 64);
        for (uint32_t s = 0; s < main.sales; s++)
            if ((main.sale_id[s] - 10000) % 5 == 0) gone[s / 64] |= 1ull << s % 64;
        FactsView   view = { &names, &main, &recent, gone, names.client.count, names.product.count };
        FactsAnswer a    = facts_ask(&view, &all, &t->mem);
        Known *living = NEW_N(&t->scratch, Known, KNOWN);
        memcpy(living, k, KNOWN * sizeof *k);
        for (int i = 0; i < 2000; i += 5) living[i].lines = 0, living[i].sale.day = 99999;
        FactsQuestion before = all;
        before.to = 99998;
        Plain p = plainly(living, &before, &names, 0);
        compare(t, &a, &p);

        FactsPart merged = facts_merge(&view);
        FactsView whole = { &names, &merged, NULL, NULL, names.client.count, names.product.count };
        FactsAnswer b   = facts_ask(&whole, &all, &t->mem);
        compare(t, &b, &p);
        facts_part_drop(&main);
        facts_part_drop(&recent);
        facts_part_drop(&merged);
        facts_names_drop(&names);
    }
    CASE("channel, clients and margin are asked for together") {
        Known     *k     = history(&t->scratch, 10);
        FactsNames names = facts_names_new();
        FactsPart  main  = part_of(&names, k, 0, KNOWN);
        FactsView  view  = { &names, &main, NULL, NULL, names.client.count, names.product.count };
        bool       channels[FACTS_CHANNELS_MAX + 1] = { 0 };
        uint64_t   clients[2] = { 0 };
        channels[facts_known(&names.channel, 1)] = true;
        for (int64_t id = 100; id < 120; id++)
            clients[facts_known(&names.client, id) / 64] |= 1ull << facts_known(&names.client, id) % 64;
        FactsQuestion q = all;
        q.measure = MEASURE_MARGIN, q.channels = channels, q.clients = clients;
        FactsAnswer a = facts_ask(&view, &q, &t->mem);
        Plain       p = plainly(k, &q, &names, 0);
        compare(t, &a, &p);
        CHECK(a.covered > 0 && a.covered < a.revenue);
        facts_part_drop(&main);
        facts_names_drop(&names);
    }
    CASE("a question without a reach counts nobody, one with a reach nobody beyond it, and without costs no line has"
         " one") {
        Known     *k     = history(&t->scratch, 7);
        FactsNames names = facts_names_new();
        FactsPart  main  = part_of(&names, k, 0, KNOWN);
        FactsView  view  = { &names, &main, NULL, NULL, names.client.count, names.product.count };
        uint32_t   number = facts_known(&names.client, 105);
        uint64_t   clients[2] = { 0 }, others[2] = { ~0ull, ~0ull };
        clients[number / 64] |= 1ull << number % 64;
        others[number / 64] &= ~clients[number / 64];
        FactsQuestion q = all;
        q.reach = NULL, q.clients = clients;
        FactsAnswer nobody = facts_ask(&view, &q, &t->mem);
        EQUAL(nobody.summary.clients, 0);
        CHECK(nobody.revenue == 0 && nobody.summary.revenue == 0);
        q.reach = &(FactsReach){ .clients = others };
        EQUAL(facts_ask(&view, &q, &t->mem).summary.clients, 0);
        ptrdiff_t lines = 0, costed = 0;
        facts_client_lines(&view, &q, number, line_seen, (ptrdiff_t *[]){ &lines, &costed });
        EQUAL(lines, 0);
        q.reach = &(FactsReach){ .clients = clients }, q.clients = NULL, q.measure = MEASURE_MARGIN;
        FactsAnswer one = facts_ask(&view, &q, &t->mem);
        EQUAL(one.summary.clients, 1);
        CHECK(one.summary.revenue == 0 && one.covered == 0 && one.revenue > 0);
        facts_client_lines(&view, &q, number, line_seen, (ptrdiff_t *[]){ &lines, &costed });
        CHECK(lines > 0);
        EQUAL(costed, 0);
        q.reach = &(FactsReach){ .clients = clients, .cost = true };
        CHECK(facts_ask(&view, &q, &t->mem).covered > 0);
        facts_client_lines(&view, &q, number, line_seen, (ptrdiff_t *[]){ &lines, &costed });
        CHECK(costed > 0);
        facts_part_drop(&main);
        facts_names_drop(&names);
    }
    CASE("sales of a thousand channels are told apart") {
        FactsNames  names = facts_names_new();
        FactsDraft *d     = facts_draft_new(1000);
        for (int64_t i = 1; i <= 1000; i++) {
            facts_draft_sale(d, (FactSale){ .id = i, .client = 5, .channel = i, .day = 19000 });
            facts_draft_line(d, (FactLine){ 9, i, NONE, 1000 });
        }
        FactsPart part;
        EQUAL(facts_part_make(d, &names, &part), OK);
        FactsView view     = { &names, &part, NULL, NULL, names.client.count, names.product.count };
        bool     *channels = NEW_N(&t->mem, bool, FACTS_CHANNELS_MAX + 1);
        channels[facts_known(&names.channel, 777)] = true;
        FactsQuestion q = all;
        q.channels = channels;
        EQUAL(facts_ask(&view, &q, &t->mem).revenue, 777);
        facts_part_drop(&part);
        facts_names_drop(&names);
    }
    CASE("a base without a sale has an answer, and so has a period without one") {
        FactsNames  names = facts_names_new();
        FactsPart   empty = part_of(&names, NULL, 0, 0);
        FactsView   view  = { &names, &empty, NULL, NULL, names.client.count, names.product.count };
        FactsAnswer a     = facts_ask(&view, &all, &t->mem);
        EQUAL(a.summary.clients, 0);
        EQUAL(a.summary.lines, 0);
        EQUAL(a.summary.months, 1);
        facts_part_drop(&empty);
        facts_names_drop(&names);
    }
    CASE("a sale without lines is not there, and a line takes 28 bytes") {
        FactsNames  names = facts_names_new();
        FactsDraft *d     = facts_draft_new(10);
        facts_draft_sale(d, (FactSale){ .id = 1, .client = 5, .day = 19000 });
        facts_draft_sale(d, (FactSale){ .id = 2, .client = 5, .day = 19001 });
        facts_draft_line(d, (FactLine){ 9, 100, NONE, 1000 });
        facts_draft_sale(d, (FactSale){ .id = 3, .client = 5, .day = 19002 });
        FactsPart part;
        EQUAL(facts_part_make(d, &names, &part), OK);
        EQUAL(part.sales, 1);
        EQUAL(part.sale_id[0], 2);
        EQUAL(facts_part_bytes(&part), 28 + 21 + 4 + (int64_t)(part.clients + 1) * 4);
        facts_part_drop(&part);
        facts_names_drop(&names);
    }
}

static bool in(Day day, Day from, Day to)
{
    return day >= from && day <= to;
}

TESTS(test_facts_series)
{
    const FactsQuestion all = { .reach = &facts_everything, .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE };

    CASE("the days of a period add up to what a plain walk finds on each of them") {
        Known     *k     = history(&t->scratch, 11);
        FactsNames names = facts_names_new();
        FactsPart  main = part_of(&names, k, 0, 1500), recent = part_of(&names, k, 1500, KNOWN);
        FactsView  view = { &names, &main, &recent, NULL, names.client.count, names.product.count };
        FactsQuestion q = all;
        q.from = 19050, q.to = 19250;
        Money   *money     = NEW_N(&t->mem, Money, 201);
        int32_t *documents = NEW_N(&t->mem, int32_t, 201);
        facts_days(&view, &q, money, documents);
        for (int i = 0; i < KNOWN; i++) {
            if (!in(k[i].sale.day, q.from, q.to)) continue;
            for (int l = 0; l < k[i].lines; l++) money[k[i].sale.day - q.from] -= k[i].line[l].amount;
            documents[k[i].sale.day - q.from] -= !k[i].sale.is_return;
        }
        bool nothing = true;
        for (int d = 0; d < 201; d++) nothing &= money[d] == 0 && documents[d] == 0;
        CHECK(nothing);
        facts_part_drop(&main);
        facts_part_drop(&recent);
        facts_names_drop(&names);
    }
    CASE("pairs of client and product hold all the money of both periods and nothing of the days between") {
        Known     *k     = history(&t->scratch, 12);
        FactsNames names = facts_names_new();
        FactsPart  main  = part_of(&names, k, 0, KNOWN);
        FactsView  view  = { &names, &main, NULL, NULL, names.client.count, names.product.count };
        TwoPeriods when  = { 19000, 19100, 19200, 19320 };
        FactsPairs pairs = facts_pairs(&view, &all, when, &t->mem, t->scratch);
        Wide before = 0, after = 0, plain_before = 0, plain_after = 0;
        Qty  quantity = 0, plain_quantity = 0;
        int  twice = 0;
        for (ptrdiff_t i = 0; i < pairs.n; i++) {
            before += pairs.pair[i].money_before;
            after += pairs.pair[i].money_after;
            quantity += pairs.pair[i].quantity_after;
            twice += pairs.pair[i].before && pairs.pair[i].after;
        }
        for (int i = 0; i < KNOWN; i++) {
            for (int l = 0; l < k[i].lines; l++) {
                if (in(k[i].sale.day, 19000, 19100)) plain_before += k[i].line[l].amount;
                if (in(k[i].sale.day, 19200, 19320))
                    plain_after += k[i].line[l].amount, plain_quantity += k[i].line[l].qty;
            }
        }
        CHECK(before == plain_before && after == plain_after);
        EQUAL(quantity, plain_quantity);
        CHECK(twice > 100);
        EQUAL(pairs.clients, CLIENTS);
        Variance v = variance_of(pairs.pair, pairs.n, pairs.clients, t->scratch);
        CHECK(v.new_clients + v.lost_clients + v.price + v.quantity + v.assortment == after - before);
        facts_part_drop(&main);
        facts_names_drop(&names);
    }
    CASE("sums that do not fit in 64 bits are known before they are made, under the filters of the question") {
        FactsNames  names = facts_names_new();
        FactsDraft *d     = facts_draft_new(20);
        for (int i = 0; i < 12; i++) {
            facts_draft_sale(
                d,
                (FactSale){ .id = i + 1, .client = i ? 100 : 200, .seller = 7, .day = 19000 + i, .is_return = i % 2 });
            facts_draft_line(d, (FactLine){ 500, i ? (i % 2 ? -MONEY_MAX : MONEY_MAX) : 5, NONE, NONE });
        }
        FactsPart part;
        EQUAL(facts_part_make(d, &names, &part), OK);
        CHECK(part.moved == (Wide)MONEY_MAX * 11 + 5);
        FactsView view = {
            .names = &names, .main = &part, .clients = names.client.count, .products = names.product.count
        };
        FactsQuestion every = { .reach = &facts_everything,
                                .from = 19000,
                                .to = 19000,
                                .as_of = DAY_NONE,
                                .threads = 1 },
                      small = every;
        CHECK(!facts_fit(&view, &every));
        uint64_t *bits = NEW_N(&t->mem, uint64_t, 1);
        small.clients  = bits;
        bits[0]        = (uint64_t)1 << facts_known(&names.client, 200);
        CHECK(facts_fit(&view, &small));
        EQUAL(facts_ask(&view, &small, &t->mem).summary.revenue, 5);
        FactsPart merged = facts_merge(&view);
        CHECK(merged.moved == part.moved);
        view.gone = (const uint64_t[]){ UINT64_MAX };
        CHECK(facts_fit(&view, &every));
        facts_part_drop(&merged);
        facts_part_drop(&part);
        facts_names_drop(&names);
    }
}
