/* The sales of the example firm: who comes on which day, and what he takes. */
#include "sales/example/example_sales.h"

#include <string.h>

/* How much more or less a month brings, in percent: building stops in winter, shops fill up before spring. */
static int season(int channel, int month)
{
    static const int percent[3][12] = {
        { 62, 68, 85, 102, 118, 126, 128, 130, 122, 108, 88, 70 },
        { 70, 88, 112, 120, 116, 104, 98, 100, 102, 104, 98, 92 },
        { 84, 92, 100, 100, 98, 102, 96, 100, 104, 108, 106, 118 },
    };
    return percent[channel][month];
}

/* Strength of the client's story on a day, in percent of his usual; 0: he does not buy. */
static int story_strength(const ExampleFirm *firm, const ExampleClient *c, Day day, int turn)
{
    int span = firm->to - firm->from, at = day - firm->from;
    switch (c->story) {
    case STORY_GROWS: return 60 + 110 * at / span;
    case STORY_SHRINKS: return at < turn ? 110 : 110 - 75 * (at - turn) / (span - turn + 1);
    case STORY_SLEEPS: return at > turn && at < turn + 250 ? 0 : 100;
    case STORY_LEFT: return at > turn ? 0 : 100;
    case STORY_NEVER: return 0;
    default: return 100;
    }
}

typedef struct {
    int32_t client;
    Day     day;
    int16_t strength; /* percent of the client's usual size */
    int16_t lines;
} Visit;

/* How often a client buys, days: the first clients are the large ones and come weekly. */
static int rhythm_of(Dice *d, const ExampleClient *c, int client)
{
    if (c->story == STORY_RARE) return dice_between(d, 120, 260);
    if (client < 60) return dice_between(d, 7, 14);
    if (client < 300) return dice_between(d, 14, 40);
    return dice_between(d, 30, 110);
}

/* Some of the larger clients buy under a contract: every week the same basket, whatever the season. */
static bool has_contract(const ExampleClient *c, int client)
{
    return c->story == STORY_STEADY && client < 400 && client % 3 == 1;
}

static ptrdiff_t make_visits(const ExampleFirm *firm, Dice *d, Visit *visit, ptrdiff_t room)
{
    ptrdiff_t n = 0;
    for (int i = 0; i < EXAMPLE_CLIENTS; i++) {
        const ExampleClient *c = &firm->client[i];
        bool contract = has_contract(c, i);
        int rhythm = contract ? 7 : rhythm_of(d, c, i), turn = (firm->to - firm->from) * dice_between(d, 25, 85) / 100;
        Day day = (c->since > firm->from ? c->since : firm->from) + dice_below(d, rhythm);
        while (day <= firm->to && n < room) {
            while (weekday_of(day) > 4) day++;
            int strength = contract
                               ? 100
                               : story_strength(firm, c, day, turn) * season(c->channel, civil_of(day).month - 1) / 100;
            if (strength > 0 && day <= firm->to)
                visit[n++] = (Visit){ .client = i, .day = day, .strength = (int16_t)strength };
            int gap = contract ? rhythm : rhythm * dice_around(d, 350) / 1000;
            day += gap < 1 ? 1 : gap;
        }
    }
    return n;
}

static void sort_visits_by_day(Visit *visit, ptrdiff_t n, Day from, Day to, Arena scratch)
{
    ptrdiff_t *place = NEW_N(&scratch, ptrdiff_t, to - from + 2);
    Visit     *copy  = NEW_RAW(&scratch, Visit, n);
    memcpy(copy, visit, (size_t)n * sizeof *visit);
    for (ptrdiff_t i = 0; i < n; i++) place[visit[i].day - from + 1]++;
    for (Day k = 1; k <= to - from + 1; k++) place[k] += place[k - 1];
    for (ptrdiff_t i = 0; i < n; i++) visit[place[copy[i].day - from]++] = copy[i];
}

/* Gives every visit some lines so that all together there are exactly EXAMPLE_LINES. */
static void share_lines(const ExampleFirm *firm, Dice *d, Visit *visit, ptrdiff_t n)
{
    int64_t total = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        int lines = dice_between(d, 1, 6);
        total += visit[i].lines = (int16_t)(has_contract(&firm->client[visit[i].client], visit[i].client) ? 2 : lines);
    }
    while (total != EXAMPLE_LINES) {
        Visit *v = &visit[dice_below(d, (int)n)];
        if (has_contract(&firm->client[v->client], v->client)) continue;
        int more = total < EXAMPLE_LINES ? 1 : v->lines > 1 ? -1 : 0;
        v->lines = (int16_t)(v->lines + more);
        total += more;
    }
}

/* Each client keeps to a few groups of goods; within them the first products of a range go best. */
static int product_for(Dice *d, int client)
{
    int group = dice_below(d, 10) < 8 ? (client * 7 + dice_below(d, 3) * (1 + client % 4)) % EXAMPLE_GROUPS
                                      : dice_below(d, EXAMPLE_GROUPS);
    int a = dice_below(d, EXAMPLE_PRODUCTS), b = dice_below(d, EXAMPLE_PRODUCTS);
    int from = EXAMPLE_PRODUCTS * group / EXAMPLE_GROUPS, width = EXAMPLE_PRODUCTS / EXAMPLE_GROUPS;
    return from + (a < b ? a : b) % width;
}

/* The client's usual number of pieces of a cheap thing; the largest clients buy by pallets. */
static int64_t usual_pieces(int client)
{
    return 3 + 5200 / (client + 14);
}

static ExampleLine make_line(const ExampleFirm *firm, Dice *d, const Visit *v, int k)
{
    const ExampleClient *c = &firm->client[v->client];
    bool                  contract = has_contract(c, v->client);
    int                   product = contract ? (v->client * 13 + k * 29) % EXAMPLE_PRODUCTS : product_for(d, v->client);
    const ExampleProduct *p       = &firm->product[product];
    Civil   civil = civil_of(v->day), start = civil_of(firm->from);
    int     years = civil.year - start.year;
    Money   price = p->price, cost = p->cost;
    for (int y = 0; y < years; y++) {
        price += price * 7 / 100;
        cost += cost * 8 / 100; /* suppliers raise faster */
    }
    int discount = c->story == STORY_DOMINANT ? 27 : v->client < 60 ? 9 : v->client < 300 ? 4 : 0;
    price = round_div((Wide)price * (100 - discount), 100);
    int64_t pieces = usual_pieces(v->client) * dice_around(d, contract ? v->client % 2 ? 40 : 350 : 450) / 1000 *
                     v->strength / 100;
    if (c->story == STORY_DOMINANT) pieces *= 8;
    pieces = pieces * 60000 / (p->price + 30000); /* of dear things fewer */
    if (pieces < 1) pieces = 1;
    Qty qty = pieces * 1000;
    return (ExampleLine){
        .client = v->client,
        .seller = c->keeper,
        .product = product,
        .day = v->day,
        .channel = (int16_t)c->channel,
        .qty = qty,
        .price = price,
        .amount = round_div((Wide)price * qty, 1000),
        .cost = round_div((Wide)cost * qty, 1000),
    };
}

/* A return sends back a part of an earlier line at its price: every sixtieth document. */
static ExampleLine make_return(Dice *d, const ExampleLine *sold, Day day)
{
    ExampleLine back = *sold;
    back.is_return = true;
    back.day       = day;
    back.qty       = sold->qty / 1000 > 1 ? 1000 * dice_between(d, 1, (int)(sold->qty / 1000) / 2 + 1) : sold->qty;
    back.amount    = round_div((Wide)sold->price * back.qty, 1000);
    back.cost      = round_div((Wide)sold->cost * back.qty, sold->qty);
    return back;
}

static void make_lines(ExampleFirm *firm, Dice *d, const Visit *visit, ptrdiff_t visits)
{
    int32_t n = 0;
    for (ptrdiff_t i = 0; i < visits; i++) {
        const Visit *v = &visit[i];
        firm->documents++;
        bool returns = n > 200 && dice_below(d, 60) == 0;
        const ExampleLine *sold = returns ? &firm->line[n - dice_between(d, 1, 200)] : NULL;
        for (int k = 0; k < v->lines; k++, n++) {
            bool back = returns && k == 0 && !sold->is_return;
            firm->line[n] = back ? make_return(d, sold, v->day) : make_line(firm, d, v, k);
            if (back && v->lines > 1) firm->documents++; /* a return has a document of its own, before the sale's */
            firm->line[n].document = back && v->lines > 1 ? firm->documents - 1 : firm->documents;
        }
    }
}

void example_sales(ExampleFirm *firm, Dice *d, Arena scratch)
{
    const ptrdiff_t room  = 40000;
    Visit          *visit = NEW_N(&scratch, Visit, room);
    ptrdiff_t       n     = make_visits(firm, d, visit, room);
    sort_visits_by_day(visit, n, firm->from, firm->to, scratch);
    share_lines(firm, d, visit, n);
    make_lines(firm, d, visit, n);
}
