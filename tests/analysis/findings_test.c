/* What the base says and what it is worth, on small histories of two years whose prices are worked out by hand. */
#include "analysis/findings.h"
#include "tests/test.h"

#include <string.h>

/* A purchase, or a return where the money is negative: of a client, in a month of 2024 (0 .. 11) or 2025 (12 .. 23), on
 * its first day. */
typedef struct {
    int   client, month;
    Money money;
} Sold;

enum { MOST = 40, MONTHS = 24, JANUARY_2024 = 2024 * 12 };

typedef struct {
    Summary     summary; /* of 2025, looked at on 1 January 2026 */
    int         clients;
    MonthBought row[MOST][MONTHS];
    int         rows[MOST];
    Money       margin[MOST];
} Base;

static ptrdiff_t client_history(const Summary *s, ptrdiff_t client, MonthBought *out)
{
    const Base *b = s->cells;
    memcpy(out, b->row[client], (size_t)b->rows[client] * sizeof *out);
    return b->rows[client];
}

static void client_months(const Summary *s, ptrdiff_t client, XyzMonths of, Money *out, bool *bought)
{
    const Base *b = s->cells;
    for (int m = 0; m < of.count; m++) out[m] = 0;
    for (int m = 0; bought && m < of.count; m++) bought[m] = false;
    for (int i = 0; i < b->rows[client]; i++) {
        int at = b->row[client][i].month - of.first;
        if (at < 0 || at >= of.count) continue;
        out[at] += b->row[client][i].money;
        if (bought) bought[at] = b->row[client][i].days != 0;
    }
}

static void sold_add(Base *b, const Sold *sold)
{
    MonthBought *row = b->row[sold->client];
    int          n = b->rows[sold->client];
    if (!n || row[n - 1].month != JANUARY_2024 + sold->month)
        row[n++] = (MonthBought){ .month = JANUARY_2024 + sold->month };
    row[n - 1].money += sold->money;
    row[n - 1].days |= sold->money > 0;
    b->rows[sold->client] = n;
    if (sold->client >= b->clients) b->clients = sold->client + 1;
}

static void client_sum(Summary *s, const Base *b, int client)
{
    s->first[client] = s->last[client] = DAY_NONE;
    for (int i = 0; i < b->rows[client]; i++) {
        const MonthBought *row = &b->row[client][i];
        if (row->days) {
            Day day = month_first(row->month);
            if (s->first[client] == DAY_NONE) s->first[client] = day;
            s->last[client] = day;
            s->days[client]++;
        }
        if (row->month < s->month0) continue;
        s->in_period[client] = true;
        s->money[client] += row->money;
        s->client_documents[client] += row->days != 0;
        s->month_money[row->month - s->month0] += row->money;
        s->revenue += row->money;
    }
}

/* Sales of each client in the order of their months. */
static Base *base_of(Test *t, const Sold *sold, int n)
{
    Base    *b = NEW(&t->mem, Base);
    Summary *s = &b->summary;
    for (int i = 0; i < n; i++) sold_add(b, &sold[i]);
    *s = (Summary){ .from = month_first(JANUARY_2024 + 12),
                    .to = month_last(JANUARY_2024 + 23),
                    .judged = month_last(JANUARY_2024 + 23),
                    .month0 = JANUARY_2024 + 12,
                    .months = 12,
                    .clients = b->clients,
                    .client_months = client_months,
                    .client_history = client_history,
                    .cells = b };
    s->seen = s->to;
    s->as_of = s->to + 1;
    s->begins = DAY_NONE;
    for (int i = 0; i < n; i++) {
        Day day = month_first(JANUARY_2024 + sold[i].month);
        if (s->begins == DAY_NONE || day < s->begins) s->begins = day;
    }
    s->in_period = NEW_N(&t->mem, bool, MOST);
    s->money = NEW_N(&t->mem, Money, MOST);
    s->client_documents = NEW_N(&t->mem, int32_t, MOST);
    s->days = NEW_N(&t->mem, int32_t, MOST);
    s->first = NEW_N(&t->mem, Day, MOST);
    s->last = NEW_N(&t->mem, Day, MOST);
    s->month_money = NEW_N(&t->mem, Money, 12);
    for (int c = 0; c < b->clients; c++) client_sum(s, b, c);
    return b;
}

static Findings *found(Test *t, Base *b, bool whole)
{
    Report   *r = NEW(&t->mem, Report);
    Changes  *c = NEW(&t->mem, Changes);
    Findings *f = NEW(&t->mem, Findings);
    EQUAL(report_make(&b->summary, REPORT_USUAL, &t->mem, t->scratch, r), OK);
    changes_find(r, FALLING_USUAL, t->scratch, c);
    findings_find((FindingsOf){ r, c, whole, b->margin, b->summary.money }, &t->mem, t->scratch, f);
    return f;
}

/* The claim of that name in any finding; `of` is where it stands. */
static const FindingClaim *said(const Findings *f, FindingName name, const Finding **of)
{
    for (int i = 0; i < f->count; i++)
        for (int k = 0; k < f->at[i].claims; k++)
            if (f->at[i].claim[k].name == name) {
                if (of) *of = &f->at[i];
                return &f->at[i].claim[k];
            }
    return NULL;
}

/* Five clients bought 100 in January and 100 in February 2024 and were lost a year ago; a sixth keeps the base going.
 */
#define FIVE_LOST                                                                                                      \
    { 0, 0, 100 }, { 0, 1, 100 }, { 1, 0, 100 }, { 1, 1, 100 }, { 2, 0, 100 }, { 2, 1, 100 }, { 3, 0, 100 },           \
        { 3, 1, 100 }, { 4, 0, 100 },                                                                                  \
    {                                                                                                                  \
        4, 1, 100                                                                                                      \
    }

#define BASE(...) base_of(t, (const Sold[]){ __VA_ARGS__ }, (int)(sizeof((const Sold[]){ __VA_ARGS__ }) / sizeof(Sold)))

TESTS(test_finding_prices)
{
    CASE("lost: a year of today's three times what came back of five a year ago, at most what each had brought") {
        Base               *b = BASE(FIVE_LOST, { 0, 14, 120 }, { 1, 23, 300 });
        const FindingClaim *c = said(found(t, b, true), FINDING_LOST, NULL);
        CHECK(c != NULL);
        if (!c) continue;
        EQUAL(c->clients, 3);
        EQUAL(c->base, 600);
        EQUAL(c->of, 5);
        EQUAL(c->before, 1000);
        EQUAL(c->turners, 2);
        EQUAL(c->turned, 320);
        EQUAL(c->worth, 192); /* 600 x 320 / 1000 */
        EQUAL(c->pricing, PRICED);
    }
    CASE("one large client is no measure: today's is a finding of his own, that of a year ago is in no price") {
        /* Six of 200 and one of 5000 were lost a year ago; the large one came back with all of it, one of the six with
         * 120.  Today five of them are lost, and another of 5000. */
        Base *b = BASE(FIVE_LOST, { 5, 0, 100 }, { 5, 1, 100 }, { 6, 0, 2500 }, { 6, 1, 2500 }, { 7, 12, 2500 },
                       { 7, 13, 2500 }, { 0, 14, 120 }, { 6, 20, 5000 });
        Findings           *f = found(t, b, false);
        const FindingClaim *c = &f->of_name[FINDING_LOST];
        Finding             large;
        Money               amount;
        EQUAL(c->clients, 5);
        EQUAL(c->base, 1000);
        EQUAL(c->of, 6);
        EQUAL(c->before, 1200);
        EQUAL(c->turners, 1);
        EQUAL(c->turned, 120);
        CHECK(!finding_member(f, FINDING_LOST, BEHIND_NOW, 7, &amount));
        CHECK(!finding_member(f, FINDING_LOST, BEHIND_THEN, 6, &amount));
        CHECK(!finding_member(f, FINDING_LOST, BEHIND_TURNED, 6, &amount));
        int about_many = 0, about_him = 0;
        for (int i = 0; i < f->count; i++) {
            if (f->at[i].claim[0].name != FINDING_LOST) continue;
            about_many += f->at[i].client < 0 && f->at[i].claim[0].worth == 100; /* 1000 x 120 / 1200 */
            about_him += f->at[i].client == 7 && f->at[i].claim[0].worth == 500;
        }
        EQUAL(about_many, 1);
        EQUAL(about_him, 1);
        CHECK(findings_of_client(f, 7, &large) && large.claim[0].worth == 500 && large.claim[0].clients == 1);
    }
    CASE("of three the largest does not stand apart, nor does anybody of seven alike") {
        Base     *b = BASE({ 0, 0, 100 }, { 0, 1, 100 }, { 1, 0, 100 }, { 1, 1, 100 }, { 2, 0, 900 }, { 2, 1, 900 });
        Findings *few = found(t, b, false);
        EQUAL(few->of_name[FINDING_LOST].clients, 3);
        Findings *alike = found(t, BASE(FIVE_LOST, { 5, 0, 100 }, { 5, 1, 100 }, { 6, 0, 100 }, { 6, 1, 100 }), false);
        EQUAL(alike->of_name[FINDING_LOST].clients, 7);
        EQUAL(alike->of_name[FINDING_LOST].before, 1400);
    }
    CASE("four who stood the same way are too few for a price") {
        Base *b = BASE({ 0, 0, 100 }, { 0, 1, 100 }, { 1, 0, 100 }, { 1, 1, 100 }, { 2, 0, 100 }, { 2, 1, 100 },
                       { 3, 0, 100 }, { 3, 1, 100 }, { 3, 23, 10 });
        const FindingClaim *c = said(found(t, b, true), FINDING_LOST, NULL);
        CHECK(c && c->pricing == PRICE_FEW && c->of == 4 && c->worth == 0);
    }
    CASE("where nobody came back the past promises nothing, and says so") {
        Base               *b = BASE(FIVE_LOST);
        const FindingClaim *c = said(found(t, b, true), FINDING_LOST, NULL);
        CHECK(c && c->pricing == PRICE_NOTHING && c->of == 5 && c->turners == 0 && c->worth == 0);
    }
    CASE("a base that is younger than a year has no past") {
        Base               *b = BASE({ 0, 12, 100 }, { 0, 13, 100 }, { 1, 12, 50 }, { 1, 13, 50 });
        const FindingClaim *c = said(found(t, b, true), FINDING_LOST, NULL);
        CHECK(c && c->pricing == PRICE_NO_PAST && c->worth == 0);
    }
    CASE("once: who bought once is no lost client, and is priced by others who had bought once") {
        Base     *b = BASE({ 0, 3, 100 }, { 1, 3, 100 }, { 2, 3, 100 }, { 3, 3, 100 }, { 4, 3, 100 }, { 0, 20, 50 },
                           { 5, 13, 40 });
        Findings *f = found(t, b, true);
        const FindingClaim *c = said(f, FINDING_ONCE, NULL);
        CHECK(c != NULL && !said(f, FINDING_LOST, NULL));
        if (!c) continue;
        EQUAL(c->clients, 5); /* 1 2 3 4 and 5 */
        EQUAL(c->base, 440);
        EQUAL(c->before, 500);
        EQUAL(c->turned, 50);
        EQUAL(c->worth, 44);
    }
    CASE("late is a risk: what left with those who bought nothing after being as silent, of class A and B") {
        /* 1 July, August, September and October 2024: 92 days in three gaps.  On 1 January, 92 days later, that is
         * three rhythms and no more: at risk, not yet lost. */
        static const int months[] = { 6, 7, 8, 9 };
        Sold             sold[6 * COUNT(months) + 1];
        int              n = 0;
        for (int c = 0; c < 6; c++)
            for (int k = 0; k < COUNT(months); k++) sold[n++] = (Sold){ c, months[k], 100 };
        sold[n++] = (Sold){ 0, 13, 400 };
        Base               *b = base_of(t, sold, n);
        Findings           *f = found(t, b, true);
        const FindingClaim *c = &f->of_name[FINDING_LATE];
        EQUAL(c->of, 6);
        EQUAL(c->before, 2400);
        EQUAL(c->turners, 5); /* all but the one who bought in February */
        EQUAL(c->turned, 2000);
    }
    CASE("falling: a year lacks twelve times what is missing a month, at most what the year before had brought") {
        Sold sold[6 * MONTHS];
        int  n = 0;
        for (int c = 0; c < 6; c++)
            for (int m = 0; m < MONTHS; m++) {
                /* 0 .. 4 fell in October 2024 from 100 to 50; 0 came back to 100, the others stayed.  5 fell in October
                 * 2025. */
                Money money = c < 5 ? m < 9 || (c == 0 && m >= 12) ? 100 : 50 : m < 21 ? 100 : 40;
                sold[n++] = (Sold){ c, m, money };
            }
        Findings           *f = found(t, base_of(t, sold, n), true);
        const FindingClaim *c = &f->of_name[FINDING_FALLING];
        EQUAL(c->of, 5);
        EQUAL(c->before, 3000); /* 5 x 12 x 50, of the 900 that each had brought in nine months */
        EQUAL(c->turners, 1);
        EQUAL(c->turned, 600); /* 1200 in the year since, 600 at the level it had fallen to */
        const Finding *one;
        c = said(f, FINDING_FALLING, &one);
        CHECK(c && one->client == 5);
        if (!c) continue;
        EQUAL(c->base, 720);
        EQUAL(c->worth, 144); /* 720 x 600 / 3000 */
    }
}

TESTS(test_findings)
{
    CASE("what concerns one client is one finding: the largest is served at a loss, and said so in the same breath") {
        Base *b = BASE({ 0, 12, 600 }, { 0, 23, 600 }, { 1, 12, 100 }, { 1, 23, 100 }, { 2, 23, 50 });
        b->margin[0] = -70;
        b->margin[1] = 20;
        Findings *f = found(t, b, true);
        EQUAL(f->one, 0);
        int about = 0;
        for (int i = 0; i < f->count; i++) about += f->at[i].client == 0;
        EQUAL(about, 1);
        const Finding *of = NULL;
        CHECK(said(f, FINDING_ONE, &of) && of->claims == 2 && of->claim[1].name == FINDING_LOSS);
        EQUAL(of->claim[1].base, 70);
        EQUAL(of->claim[1].worth, 70);
        EQUAL(of->claim[1].pricing, PRICE_KNOWN);
    }
    CASE("a loss of two years is worth half of it a year") {
        Base *b = BASE({ 0, 0, 600 }, { 0, 23, 600 }, { 1, 12, 500 }, { 1, 23, 500 }, { 2, 23, 500 });
        b->margin[0]      = -73100;
        b->summary.from   = month_first(JANUARY_2024);
        b->summary.month0 = JANUARY_2024;
        b->summary.months = MONTHS;
        b->summary.month_money = NEW_N(&t->mem, Money, MONTHS);
        const FindingClaim *c = said(found(t, b, true), FINDING_LOSS, NULL);
        CHECK(c && c->base == 73100 && c->worth == 36500); /* 731 days */
    }
    CASE("who keeps a part of the clients is not told that the firm depends on one of them") {
        Base *b = BASE({ 0, 12, 600 }, { 0, 23, 600 }, { 1, 12, 100 }, { 1, 23, 100 });
        CHECK(said(found(t, b, true), FINDING_ONE, NULL));
        CHECK(!said(found(t, b, false), FINDING_ONE, NULL));
    }
    CASE("losses come before risks, risks before chances, notes last; within a kind the dearest first") {
        Base *b = BASE(FIVE_LOST, { 0, 14, 120 }, { 1, 23, 300 }, { 5, 12, 900 }, { 5, 23, 900 });
        b->margin[1] = -5;
        Findings *f = found(t, b, true);
        CHECK(f->count >= 3);
        for (int i = 1; i < f->count; i++) {
            const FindingClaim *x = &f->at[i - 1].claim[0], *y = &f->at[i].claim[0];
            CHECK(finding_kind(x->name) <= finding_kind(y->name));
            if (finding_kind(x->name) == finding_kind(y->name)) CHECK(x->worth >= y->worth);
        }
    }
    CASE("what is found of one client is priced for it alone") {
        Base     *b = BASE(FIVE_LOST, { 0, 14, 120 }, { 1, 14, 300 }, { 5, 21, 10 }, { 5, 22, 10 }, { 5, 23, 10 });
        Findings *f = found(t, b, false);
        Finding   one;
        CHECK(findings_of_client(f, 2, &one));
        EQUAL(one.claim[0].clients, 1);
        EQUAL(one.claim[0].base, 200);
        EQUAL(one.claim[0].worth, 64); /* 200 x 320 / 1000 */
        CHECK(!findings_of_client(f, 5, &one)); /* new, and even */
    }
}

static uint32_t drawn(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static Base *drawn_base(Test *t, uint32_t seed)
{
    static Sold sold[MOST * MONTHS];
    int         n = 0;
    for (int c = 0; c < MOST; c++) {
        uint32_t often = 1 + drawn(&seed) % 6, ends = drawn(&seed) % MONTHS, size = 1 + drawn(&seed) % 1000;
        for (int m = 0; m < MONTHS; m++) {
            if (drawn(&seed) % often || (drawn(&seed) % 2 && m > (int)ends)) continue;
            Money money = drawn(&seed) % size + 1;
            sold[n++] = (Sold){ c, m, drawn(&seed) % 20 ? money : -money };
        }
        if (!n || sold[n - 1].client != c) sold[n++] = (Sold){ c, (int)ends, 5 };
    }
    Base *b = base_of(t, sold, n);
    for (int c = 0; c < MOST; c++) b->margin[c] = (Money)(drawn(&seed) % 100) - 10;
    return b;
}

/* The amounts of all who stand behind a part come to the part; whoever has a finding of his own is behind no other. */
static void parts_add_up(Test *t, const Findings *f, const Finding *of, const FindingClaim *c)
{
    Money   sum[FINDING_PARTS] = { 0 }, amount;
    int64_t n[FINDING_PARTS] = { 0 };
    for (int part = 0; part < FINDING_PARTS; part++)
        for (ptrdiff_t i = 0; i < f->report->of->clients; i++) {
            if (!finding_member(f, c->name, (FindingPart)part, i, &amount)) continue;
            sum[part] += amount;
            n[part]++;
        }
    bool his_own = of->client >= 0 && !finding_member(f, c->name, BEHIND_NOW, of->client, &amount); /* apart of it */
    CHECK(his_own || (n[BEHIND_NOW] == c->clients && sum[BEHIND_NOW] == c->base));
    CHECK(n[BEHIND_THEN] == c->of && sum[BEHIND_THEN] == c->before);
    CHECK(n[BEHIND_TURNED] == c->turners && sum[BEHIND_TURNED] == c->turned);
}

static Money best_year(const Base *b, ptrdiff_t client)
{
    Money best = 0;
    for (int end = 0; end < MONTHS; end++) {
        Money sum = 0;
        for (int i = 0; i < b->rows[client]; i++) {
            int m = b->row[client][i].month - JANUARY_2024;
            sum += m <= end && m > end - 12 && b->row[client][i].money > 0 ? b->row[client][i].money : 0;
        }
        best = sum > best ? sum : best;
    }
    return best;
}

TESTS(test_finding_bounds)
{
    CASE("of 200 drawn bases no price is above what its clients ever brought in a year, and all parts add up") {
        int prices = 0;
        for (uint32_t seed = 1; seed <= 200; seed++) {
            Base     *b = drawn_base(t, seed);
            Findings *f = found(t, b, true);
            int       told[MOST] = { 0 };
            for (int i = 0; i < f->count; i++)
                for (int k = 0; k < f->at[i].claims; k++) {
                    const FindingClaim *c = &f->at[i].claim[k];
                    Money               bound = 0, amount;
                    if (c->pricing == PRICE_NONE) continue;
                    ptrdiff_t alone = f->at[i].client;
                    for (ptrdiff_t m = 0; m < b->clients; m++)
                        if (m == alone || (alone < 0 && finding_member(f, c->name, BEHIND_NOW, m, &amount)))
                            bound += best_year(b, m);
                    if (c->pricing == PRICED) {
                        CHECK(c->worth <= c->base && c->base <= bound && c->turned <= c->before);
                        EQUAL(c->worth, round_div((Wide)c->base * c->turned, c->before));
                        prices++;
                    }
                    if (c->name != FINDING_TEN) parts_add_up(t, f, &f->at[i], c);
                }
            Changes c;
            changes_find(f->report, FALLING_USUAL, t->scratch, &c);
            int64_t falling = f->of_name[FINDING_FALLING].clients;
            if (f->one >= 0 && f->past.now[f->one].lack > 0) falling += f->report->status_of[f->one] != STATUS_LOST;
            falling += f->apart[FINDING_FALLING][BEHIND_NOW] >= 0;
            EQUAL(falling, c.falling_clients); /* as many as the screen of those who fall lists */
            for (int i = 0; i < f->count; i++)
                if (f->at[i].client >= 0) told[f->at[i].client]++;
            for (int m = 0; m < MOST; m++) CHECK(told[m] <= 1);
        }
        CHECK(prices > 200);
    }
}
