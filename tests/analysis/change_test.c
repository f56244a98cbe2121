/* Dynamics, variance, falling, growth of the base and misleading ranks; by hand, the cases are those of the mission's
 * rows SEG-02, PLN-08, CRS-01, PRD-12, CDB-15 and SEG-16. */
#include "analysis/concentration.h"
#include "analysis/dynamics.h"
#include "analysis/falling.h"
#include "analysis/growth.h"
#include "analysis/misleads.h"
#include "analysis/variance.h"
#include "tests/test.h"

static void flat(Money *month, int n, Money each)
{
    for (int i = 0; i < n; i++) month[i] = each;
}

TESTS(test_dynamics)
{
    CASE("growth is counted from what was") {
        EQUAL(growth_of(120, 100), 200000);
        EQUAL(growth_of(70, 100), -300000);
        EQUAL(growth_of(70, 0), NONE);
        EQUAL(growth_of(-20, 80), -1250000);
    }
    CASE("of 24 even months with a fall by 30 % in the 14th the 14th is marked, and only it") {
        Money month[24];
        Fall  fall[4];
        flat(month, 24, 10000);
        month[13] = 7000;
        EQUAL(falls_find(month, 24, 0, FALL_USUAL, fall, 4), 1);
        EQUAL(fall[0].at, 13);
        EQUAL(fall[0].expected, 10000);
        EQUAL(fall[0].missing, 3000);
    }
    CASE("a fall that comes every year is a season and not marked again") {
        Money month[36];
        Fall  fall[4];
        flat(month, 36, 10000);
        month[6] = month[18] = month[30] = 5000;
        EQUAL(falls_find(month, 36, 0, FALL_USUAL, fall, 4), 1);
        EQUAL(fall[0].at, 6); /* the first time nobody could know */
    }
    CASE("a fall deeper than the season's is marked by what the season does not explain") {
        Money month[24];
        Fall  fall[4];
        flat(month, 24, 10000);
        month[6]  = 8500;
        month[18] = 6000;
        EQUAL(falls_find(month, 24, 0, FALL_USUAL, fall, 4), 1);
        EQUAL(fall[0].expected, 8500);
        EQUAL(fall[0].missing, 2500);
    }
    CASE("a year ago when only returns came excuses nothing") {
        Money month[14] = { -10, -10, -10, -50, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100 };
        EQUAL(month_expected(month, 13), 100);
        Money later[16] = { -10, -10, -10, -50, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 60 };
        EQUAL(month_expected(later, 15), 100);
    }
    CASE("a fall of exactly the limit is marked, one kopeck less is not") {
        Fall fall[1];
        EQUAL(falls_find((Money[]){ 10000, 8000 }, 2, 0, FALL_USUAL, fall, 1), 1);
        EQUAL(falls_find((Money[]){ 10000, 8001 }, 2, 0, FALL_USUAL, fall, 1), 0);
        EQUAL(falls_find((Money[]){ 0, 0, -5 }, 3, 0, FALL_USUAL, fall, 1), 0);
    }
    CASE("a season seen in the history excuses the same month of the period shown") {
        Money month[36];
        Fall  fall[4];
        flat(month, 36, 10000);
        month[10] = month[22] = month[34] = 5000; /* each January of 36 months from March on */
        EQUAL(falls_find(month, 36, 24, FALL_USUAL, fall, 4), 0);
        month[24] = 6000; /* of 8333; the first month shown has its three before it in the history */
        EQUAL(falls_find(month, 36, 24, FALL_USUAL, fall, 4), 1);
        EQUAL(fall[0].at, 24);
    }
    CASE("of many falls the latest are kept") {
        Money month[] = { 1000, 500, 1000, 1000, 1000, 400, 1000, 1000, 1000, 300 };
        Fall  fall[2];
        EQUAL(falls_find(month, 10, 0, FALL_USUAL, fall, 2), 3);
        EQUAL(fall[0].at, 5);
        EQUAL(fall[1].at, 9);
    }
    CASE("who made a fall: each client's month against its own three before") {
        EQUAL(fall_part((Money[]){ 40, 50, 60, 10 }, 3), -40);
        EQUAL(fall_part((Money[]){ 50, 50, 40, 60 }, 3), 13); /* 60 less 46.67 */
    }
    CASE("three years that double in December have that season; two years tell nothing") {
        Money month[36];
        Ratio factor[12];
        flat(month, 36, 11000);
        month[11] = month[23] = month[35] = 22000;
        CHECK(season_of(month, 36, 2023 * 12, factor));
        EQUAL(factor[11], 1846154); /* 24 / 13 */
        EQUAL(factor[0], 923077);   /* 12 / 13 */
        CHECK(!season_of(month, 24, 2023 * 12, factor));
        EQUAL(factor[11], 1000000);
    }
}

static Wide parts(Variance v)
{
    return v.new_clients + v.lost_clients + v.price + v.quantity + v.assortment;
}

/* Do the shares of the pairs add up to each part, and do as many clients stand behind it as are counted? */
static bool shares_make(const SoldPair *pair, int n, int clients, Variance v)
{
    const Wide    part[]    = { v.before, v.new_clients, v.lost_clients, v.price, v.quantity, v.assortment, v.after };
    const int64_t counted[] = { v.clients_before,   v.clients_new,        v.clients_lost, v.clients_price,
                                v.clients_quantity, v.clients_assortment, v.clients_after };
    uint8_t       seen[60]  = { 0 };
    variance_seen(pair, n, seen);
    for (int p = 0; p < VARIANCE_PARTS; p++) {
        bool    is[60] = { 0 };
        Wide    sum    = 0, share;
        int64_t behind = 0;
        for (int i = 0; i < n; i++) {
            if (!variance_share(&pair[i], seen[pair[i].client], (VariancePart)p, &share)) continue;
            is[pair[i].client] = true;
            sum += share;
        }
        for (int c = 0; c < clients; c++) behind += is[c];
        if (sum != part[p] || behind != counted[p]) return false;
    }
    return true;
}

TESTS(test_variance)
{
    CASE("May 100, June 120: 30 from new clients, 15 with lost ones, 5 by price") {
        SoldPair pair[] = {
            { 0, true, true, 1000, 1000, 8500, 9000, 0 },
            { 1, true, false, 3000, 0, 1500, 0, 0 },
            { 2, false, true, 0, 2000, 0, 3000, 0 },
        };
        Variance v = variance_of(pair, 3, 3, t->scratch);
        EQUAL(v.before, 10000);
        EQUAL(v.after, 12000);
        EQUAL(v.new_clients, 3000);
        EQUAL(v.lost_clients, -1500);
        EQUAL(v.price, 500);
        EQUAL(v.quantity, 0);
        EQUAL(v.assortment, 0);
        EQUAL(v.clients_new * 100 + v.clients_lost * 10 + v.clients_both, 111);
    }
    CASE("10 at 5.00 and then 12 at 6.00 are 12.00 by price and 10.00 by quantity") {
        SoldPair pair = { 0, true, true, 10000, 12000, 5000, 7200, 0 };
        Variance v    = variance_of(&pair, 1, 1, t->scratch);
        EQUAL(v.price, 1200);
        EQUAL(v.quantity, 1000);
    }
    CASE("a product begun and a product dropped by one who stayed are assortment") {
        SoldPair pair[] = {
            { 0, true, true, 1000, 1000, 100, 100, 0 },
            { 0, true, false, 1000, 0, 700, 0, 0 },
            { 0, false, true, 0, 1000, 0, 250, 0 },
        };
        Variance v = variance_of(pair, 3, 1, t->scratch);
        EQUAL(v.assortment, -450);
        EQUAL(parts(v), v.after - v.before);
    }
    CASE("rounding leaves nothing over: 3 for 1.00 and then 1 for 0.34") {
        SoldPair pair = { 0, true, true, 3000, 1000, 100, 34, 0 };
        Variance v    = variance_of(&pair, 1, 1, t->scratch);
        EQUAL(v.quantity, -67); /* 33 at the old price */
        EQUAL(v.price, 1);
        EQUAL(parts(v), -66);
    }
    CASE("the parts of any two periods add up to the kopeck") {
        SoldPair pair[60];
        uint64_t seed = 1;
        for (int times = 0; times < 500; times++) {
            for (int i = 0; i < 60; i++) {
                uint64_t x = seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
                x >>= 20;
                pair[i] = (SoldPair){ (uint32_t)(x % 20),
                                      x >> 5 & 1,
                                      x >> 6 & 1,
                                      (Qty)(x >> 7 & 0xFFF) - 300,
                                      (Qty)(x >> 13 & 0xFFF) - 300,
                                      (Money)(x >> 19 & 0xFFFFF) - 9999,
                                      (Money)(x >> 11 & 0xFFFFF) - 9999,
                                      0 };
                if (!pair[i].before) pair[i].money_before = 0;
                if (!pair[i].after) pair[i].money_after = 0;
            }
            Variance v = variance_of(pair, 60, 20, t->scratch);
            CHECK(parts(v) == v.after - v.before);
            CHECK(shares_make(pair, 60, 20, v));
        }
    }
    CASE("each part names its clients: a price that moved, a quantity that moved, a product begun") {
        SoldPair pair[] = {
            { 0, true, true, 1000, 1000, 100, 120, 0 }, /* dearer              */
            { 1, true, true, 1000, 2000, 100, 200, 0 }, /* more                */
            { 2, true, true, 1000, 1000, 100, 100, 0 }, /* the same, and more: */
            { 2, false, true, 0, 1000, 0, 50, 1 },
            { 3, false, true, 0, 1000, 0, 50, 1 },
        };
        Variance v = variance_of(pair, 5, 4, t->scratch);
        EQUAL(v.clients_price * 100 + v.clients_quantity * 10 + v.clients_assortment, 111);
        EQUAL(v.clients_before * 100 + v.clients_after * 10 + v.clients_new, 341);
    }
    CASE("where quantities say nothing the change is quantity") {
        SoldPair pair[] = { { 0, true, true, NONE, NONE, 100, 90, 0 }, { 1, true, true, -1000, 2000, -50, 80, 0 } };
        Variance v      = variance_of(pair, 2, 2, t->scratch);
        EQUAL(v.price, 0);
        EQUAL(v.quantity, 120);
    }
}

TESTS(test_falling)
{
    CASE("100 a month and now 60 is a fall by 40 %, 40 a month are missing") {
        Money   month[] = { 100, 100, 100, 100, 60, 60, 60 };
        Falling f;
        CHECK(falling_find(month, 7, 0, FALLING_USUAL, &f));
        EQUAL(f.was, 100);
        EQUAL(f.now, 60);
        EQUAL(f.stake, 40);
        EQUAL(f.change, -400000);
    }
    CASE("a client's past begins with its first purchase") {
        Money   month[] = { 0, 0, 0, 0, 90, 90, 90, 30, 30, 30 };
        Falling f;
        CHECK(falling_find(month, 10, 4, FALLING_USUAL, &f));
        EQUAL(f.was, 90);
        CHECK(!falling_find(month, 10, -30, FALLING_USUAL, &f)); /* of one who began long before: 270 in seven months */
    }
    CASE("late is who is at risk: not yet who slips, no more who is lost") {
        for (int s = 0; s < STATUSES; s++) EQUAL(is_late((Status)s), s == STATUS_AT_RISK);
    }
    CASE("two months are no habit, and a quarter less is no fall") {
        Falling f;
        CHECK(!falling_find((Money[]){ 100, 100, 0, 0, 0 }, 5, 0, FALLING_USUAL, &f));
        CHECK(!falling_find((Money[]){ 100, 100, 100, 75, 75, 75 }, 6, 0, FALLING_USUAL, &f));
        CHECK(!falling_find((Money[]){ 1 }, 1, 0, FALLING_USUAL, &f));
        EQUAL(f.stake, 0);
    }
    CASE("a fall of exactly 30 % is listed, and a kopeck less is not") {
        Falling f;
        CHECK(falling_find((Money[]){ 100, 100, 100, 70, 70, 70 }, 6, 0, FALLING_USUAL, &f));
        CHECK(!falling_find((Money[]){ 100, 100, 100, 71, 71, 71 }, 6, 0, FALLING_USUAL, &f));
    }
    CASE("only the last twelve months before count as past") {
        Money month[18];
        flat(month, 18, 100);
        month[0] = month[1] = month[2] = 100000;
        Falling f;
        CHECK(!falling_find(month, 18, 0, FALLING_USUAL, &f));
    }
    CASE("who buys every 30 days and is silent for 75 is 45 days late") {
        Late late = late_of(1000, (Rhythm){ 30, 1 }, 1075);
        EQUAL(late.due, 1030);
        EQUAL(late.days_late, 45);
    }
}

TESTS(test_growth)
{
    CASE("from 300 to 900 in half a year is 600 more, threefold, by month and by source") {
        Day     first[901];
        int32_t source[901];
        for (int i = 0; i < 900; i++) {
            Month m   = i < 300 ? 2025 * 12 + 11 : 2026 * 12 + (i - 300) / 100;
            first[i]  = month_first(m);
            source[i] = i % 2;
        }
        first[900]  = DAY_NONE;
        source[900] = 0;
        int64_t came[12];
        Growth  g = growth_of_base(first, source, 901, 2, month_first(2026 * 12), month_last(2026 * 12 + 5), came);
        EQUAL(g.before, 300);
        EQUAL(g.after, 900);
        EQUAL(g.added, 600);
        EQUAL(g.times, 3000000);
        for (int i = 0; i < 12; i++) EQUAL(came[i], 50);
    }
    CASE("growth from nothing has no number of times") {
        Day     first[] = { 0 };
        int64_t came[1];
        EQUAL(growth_of_base(first, NULL, 1, 1, 0, 30, came).times, NONE);
        EQUAL(came[0], 1);
    }
}

TESTS(test_joining)
{
    CASE("who bought before the first day of the period was there before it, be it in the same month") {
        Day     joined[] = { 4, 19, 40, 60 };
        int64_t came[2];
        Growth  g = growth_of_base(joined, NULL, 4, 1, 9, 50, came); /* 10 January to 20 February 1970 */
        EQUAL(g.before, 1);
        EQUAL(g.after, 3);
        EQUAL(came[0], 1);
        EQUAL(came[1], 1);
    }
    CASE("a company is there from its entry, or from a purchase that came before it") {
        EQUAL(joined_on(100, DAY_NONE), 100);
        EQUAL(joined_on(100, 40), 40);
        EQUAL(joined_on(100, 140), 100);
        EQUAL(joined_on(DAY_NONE, 40), 40);
        EQUAL(joined_on(DAY_NONE, DAY_NONE), DAY_NONE);
    }
}

TESTS(test_danger)
{
    CASE("one client with 30 % is a danger, and so are five that share the whole; forty alike are none") {
        Money    amount[40];
        uint32_t order[40];
        for (uint32_t i = 0; i < 40; i++) order[i] = i, amount[i] = 100;
        Concentration c = concentration_of(amount, order, 40, -1);
        EQUAL(concentration_level(&c, 300000), BASE_SPREAD); /* HHI 250 */
        c = concentration_of(amount, order, 6, -1);
        EQUAL(concentration_level(&c, 300000), BASE_GATHERED); /* HHI 1667 */
        c = concentration_of(amount, order, 5, -1);
        CHECK(!concentration_one(&c, 300000));
        EQUAL(concentration_level(&c, 300000), BASE_IN_DANGER); /* HHI 2000 */
        amount[0] = 1700;                                       /* of 5600: 30.4 %, HHI 921 + 39 x 3.2 = 1046 */
        c = concentration_of(amount, order, 40, -1);
        CHECK(concentration_one(&c, 300000));
        EQUAL(hhi_level(&c), BASE_GATHERED);
        EQUAL(concentration_level(&c, 300000), BASE_IN_DANGER);
    }
}

TESTS(test_misleads)
{
    CASE("the first by volume who brings a loss is last by profit, and the row says so") {
        Money revenue[] = { 900, 100, 80, 60, 40 }, profit[] = { -50, 30, 25, 20, 10 };
        Ranks r[5];
        ranks_compare(revenue, profit, NULL, 5, r, t->scratch);
        EQUAL(r[0].by_volume, 1);
        EQUAL(r[0].by_other, 5);
        CHECK(r[0].misleads);
        EQUAL(r[1].by_other, 1);
        for (int i = 1; i < 5; i++) CHECK(!r[i].misleads);
    }
    CASE("the first by volume who brings a profit, but a small one, misleads too") {
        Ranks r[5];
        ranks_compare((Money[]){ 900, 100, 80, 60, 40 }, (Money[]){ 15, 30, 25, 20, 10 }, NULL, 5, r, t->scratch);
        EQUAL(r[0].by_other, 4);
        CHECK(r[0].misleads);
        ranks_compare((Money[]){ 900, 100, 80, 60, 40 }, (Money[]){ 25, 30, 15, 20, 10 }, NULL, 5, r, t->scratch);
        CHECK(!r[0].misleads);
        CHECK(!r[4].misleads);
    }
    CASE("who has no known profit is neither ranked by it nor said to bring a loss, and lowers nobody") {
        Ranks r[5];
        ranks_compare((Money[]){ 900, 100, 80, 60, 40 }, (Money[]){ NONE, 30, NONE, NONE, 10 }, NULL, 5, r, t->scratch);
        EQUAL(r[0].by_other, NONE);
        CHECK(!r[0].misleads);
        EQUAL(r[4].by_other, 2);
        ranks_compare((Money[]){ 900, 100, 80, 60, 40 }, (Money[]){ 20, 30, NONE, NONE, NONE }, NULL, 5, r, t->scratch);
        EQUAL(r[0].by_other, 2);
        CHECK(r[0].misleads); /* the last of two */
    }
    CASE("below five nobody is compared, and who did not buy in the period is not among them") {
        Money revenue[] = { 900, 100, 80, 60, 0 }, profit[] = { -50, 30, 25, 20, 0 };
        bool  bought[]  = { true, true, true, true, false };
        Ranks r[5];
        ranks_compare(revenue, profit, bought, 5, r, t->scratch);
        for (int i = 0; i < 5; i++) CHECK(!r[i].misleads);
        EQUAL(r[4].by_volume, NONE);
        EQUAL(r[0].by_other, 4);
        revenue[4] = 40, bought[4] = true;
        ranks_compare(revenue, profit, bought, 5, r, t->scratch);
        CHECK(r[0].misleads);
    }
}
