/* XYZ, RFM and status; worked out by hand, XYZ after row SEG-05 of the mission, status after SEG-10 and PRD-12. */
#include "analysis/rfm.h"
#include "analysis/status.h"
#include "analysis/xyz.h"
#include "tests/test.h"

static Day day(int y, int m, int d)
{
    return day_of((Civil){ y, m, d });
}

TESTS(test_xyz)
{
    CASE("the same every month is X, a fifth up and down is Y, a month without is Z") {
        EQUAL(xyz_class((Money[]){ 100, 100, 100, 100 }, 4, XYZ_USUAL), 'X');
        EQUAL(xyz_class((Money[]){ 80, 120, 80, 120 }, 4, XYZ_USUAL), 'Y');
        EQUAL(xyz_class((Money[]){ 100, 0, 200, 100 }, 4, XYZ_USUAL), 'Z');
        EQUAL(xyz_variation((Money[]){ 100, 100, 100, 100 }, 4), 0);
        EQUAL(xyz_variation((Money[]){ 80, 120, 80, 120 }, 4), 200000);
        EQUAL(xyz_variation((Money[]){ 100, 0, 200, 100 }, 4), 707107); /* half the root of two */
    }
    CASE("exactly at a cut is the better class, a kopeck beyond is not") {
        EQUAL(xyz_class((Money[]){ 9000, 11000 }, 2, XYZ_USUAL), 'X');
        EQUAL(xyz_class((Money[]){ 8999, 11000 }, 2, XYZ_USUAL), 'Y');
        EQUAL(xyz_class((Money[]){ 7500, 12500 }, 2, XYZ_USUAL), 'Y');
        EQUAL(xyz_class((Money[]){ 7500, 12501 }, 2, XYZ_USUAL), 'Z');
    }
    CASE("a mean of zero or less is Z and has no coefficient") {
        EQUAL(xyz_class((Money[]){ 5, -5 }, 2, XYZ_USUAL), 'Z');
        EQUAL(xyz_class((Money[]){ -5, -5 }, 2, XYZ_USUAL), 'Z');
        EQUAL(xyz_variation((Money[]){ 5, -5 }, 2), NONE);
        EQUAL(xyz_class((Money[]){ 0, 0 }, 2, XYZ_USUAL), 'Z'); /* bought and brought back the same month */
    }
    CASE("quadrillions are classed as kopecks are") {
        Money m = INT64_C(1000000000000000000);
        EQUAL(xyz_class((Money[]){ m / 10 * 9, m / 10 * 11 }, 2, XYZ_USUAL), 'X');
        EQUAL(xyz_class((Money[]){ m / 10 * 8, m / 10 * 11 }, 2, XYZ_USUAL), 'Y');
    }
    CASE("one purchase of forty quadrillion in forty months varies by the root of 39") {
        Money month[40] = { INT64_C(4000000000000000000) };
        EQUAL(xyz_variation(month, 40), 6244998);
        EQUAL(xyz_class(month, 40, (XyzCuts){ 100000, 6244997 }), 'Z');
        EQUAL(xyz_class(month, 40, (XyzCuts){ 100000, 6244999 }), 'Y');
    }
    CASE("only months that lie wholly in the period count") {
        XyzMonths m = xyz_months(day(2010, 12, 1), day(2011, 12, 9));
        EQUAL(m.count, 12);
        EQUAL(m.first, 2010 * 12 + 11);
        EQUAL(xyz_months(day(2011, 1, 2), day(2011, 2, 28)).count, 1);
        EQUAL(xyz_months(day(2012, 2, 1), day(2012, 2, 28)).count, 0); /* a leap year */
        EQUAL(xyz_months(day(2011, 5, 10), day(2011, 5, 20)).count, 0);
        EQUAL(xyz_months(day(2011, 5, 10), day(2011, 6, 20)).count, 0);
    }
    CASE("a month of the future is not judged, nor one that runs today until its last day has a sale") {
        Day march = day(2026, 3, 31), february = day(2026, 2, 28);
        EQUAL(months_judged(day(2026, 3, 4), day(2026, 3, 4), day(2026, 3, 3)), february);
        EQUAL(months_judged(day(2027, 1, 1), day(2026, 3, 4), day(2026, 3, 3)), february);
        EQUAL(months_judged(march, march, day(2026, 3, 30)), february);
        EQUAL(months_judged(march, march, march), march);
        EQUAL(months_judged(day(2026, 4, 1), day(2026, 4, 1), day(2026, 3, 3)), march);
        EQUAL(months_judged(day(2026, 2, 11), day(2026, 6, 1), day(2026, 2, 10)), february); /* a history that ended */
        EQUAL(months_judged(day(2026, 3, 1), DAY_MAX, february), february);
    }
    CASE("months before the first sale of all are no months, and the month it was in counts where it is whole") {
        XyzMonths m = xyz_months_since(day(2025, 9, 1), day(2025, 3, 1), day(2026, 2, 28));
        EQUAL(m.first, 2025 * 12 + 8);
        EQUAL(m.count, 6);
        EQUAL(xyz_months_since(day(2025, 9, 5), day(2025, 3, 1), day(2026, 2, 28)).count, 5);
        EQUAL(xyz_months_since(day(2025, 9, 5), day(2025, 9, 1), day(2026, 2, 28)).count, 6); /* so the period says */
        EQUAL(xyz_months_since(day(2024, 9, 5), day(2025, 9, 1), day(2026, 2, 28)).count, 6);
        EQUAL(xyz_months_since(DAY_NONE, day(2025, 9, 1), day(2026, 2, 28)).count, 6);
        EQUAL(xyz_months_since(day(2026, 9, 5), day(2025, 9, 1), day(2026, 2, 28)).count, 0);
    }
    CASE("the reserve is what the best month had over the average one") {
        EQUAL(xyz_reserve((Money[]){ 100, 0, 200, 100 }, 4), 100);
        EQUAL(xyz_reserve((Money[]){ 1, 2 }, 2), 0);     /* average 1.5 is rounded to 2  */
        EQUAL(xyz_reserve((Money[]){ -1, -2 }, 2), 1);   /* average -1.5 is rounded to -2 */
    }
    CASE("cuts out of order are not cuts") {
        CHECK(!xyz_cuts_valid((XyzCuts){ 250000, 100000 }));
        CHECK(!xyz_cuts_valid((XyzCuts){ -1, 100000 }));
        CHECK(xyz_cuts_valid(XYZ_USUAL));
    }
}

TESTS(test_rfm)
{
    CASE("one to ten fall into fifths of two") {
        /* cuts by interpolation: 2.8 4.6 6.4 8.2 */
        int64_t v[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
        uint8_t out[11] = { 0 };
        rfm_fifths(v, 10, out, t->scratch);
        for (int i = 0; i < 10; i++) out[i] = (uint8_t)(out[i] + '0');
        TEXT((char *)out, "1122334455");
    }
    CASE("equals score alike, and a value at a cut has not exceeded it") {
        int64_t v[] = { 1, 1, 1, 1, 9 }; /* cuts 1 1 1 2.6 */
        uint8_t out[5];
        rfm_fifths(v, 5, out, t->scratch);
        EQUAL(out[0], 1);
        EQUAL(out[3], 1);
        EQUAL(out[4], 5);
    }
    CASE("values below zero and at the ends of the range score by their order") {
        int64_t v[] = { INT64_MIN + 1, -3, 0, 3, INT64_MAX };
        uint8_t out[5];
        rfm_fifths(v, 5, out, t->scratch);
        for (int i = 0; i < 5; i++) EQUAL(out[i], i + 1);
    }
    CASE("who bought last scores best, who did not buy has no score") {
        int32_t ago[] = { 40, 1, 0, 10, 20, 30 }, documents[] = { 1, 9, 0, 7, 5, 3 };
        Money   money[] = { 10, 50, -7, 40, 30, 20 };
        Rfm     out[6];
        rfm_score(ago, documents, money, 6, out, t->scratch);
        EQUAL(rfm_cell(out[1]), 0);   /* 5 5 5 */
        EQUAL(rfm_cell(out[0]), 124); /* 1 1 1 */
        EQUAL(out[2].r, 0);
        EQUAL(out[3].r * 100 + out[3].f * 10 + out[3].m, 444);
    }
    CASE("one client alone was here lately and has exceeded nobody") {
        Rfm out;
        rfm_score((int32_t[]){ 3 }, (int32_t[]){ 2 }, (Money[]){ 100 }, 1, &out, t->scratch);
        EQUAL(out.r * 100 + out.f * 10 + out.m, 511);
    }
    CASE("a cell and a score are the same thing") {
        for (int c = 0; c < RFM_CELLS; c++) EQUAL(rfm_cell(rfm_of_cell(c)), c);
    }
    CASE("moves are counted by the sum of the scores") {
        Rfm before[] = { { 5, 5, 5 }, { 1, 1, 1 }, { 3, 2, 2 }, { 0 }, { 4, 4, 4 }, { 0 } };
        Rfm after[]  = { { 5, 5, 4 }, { 1, 2, 1 }, { 2, 3, 2 }, { 5, 1, 1 }, { 0 }, { 0 } };
        RfmMoves m = rfm_moves(before, after, 6);
        EQUAL(m.down, 1);
        EQUAL(m.up, 1);
        EQUAL(m.same, 1);
        EQUAL(m.came, 1);
        EQUAL(m.left, 1);
    }
}

enum { FIRST = 10000 };

static Status at(int32_t days, Day first, Day last, Day as_of)
{
    return status_of(days, first, last, as_of, (Rhythm){ 30, 1 }, STATUS_USUAL);
}

TESTS(test_status)
{
    CASE("a client that buys every 30 days slips on day 31, is at risk on 61 and lost on 91") {
        EQUAL(at(4, FIRST, FIRST + 90, FIRST + 90), STATUS_ACTIVE);
        EQUAL(at(4, FIRST, FIRST + 90, FIRST + 120), STATUS_ACTIVE);
        EQUAL(at(4, FIRST, FIRST + 90, FIRST + 121), STATUS_SLIPPING);
        EQUAL(at(4, FIRST, FIRST + 90, FIRST + 150), STATUS_SLIPPING);
        EQUAL(at(4, FIRST, FIRST + 90, FIRST + 151), STATUS_AT_RISK);
        EQUAL(at(4, FIRST, FIRST + 90, FIRST + 90 + 75), STATUS_AT_RISK); /* row PRD-12 */
        EQUAL(at(4, FIRST, FIRST + 90, FIRST + 180), STATUS_AT_RISK);
        EQUAL(at(4, FIRST, FIRST + 90, FIRST + 181), STATUS_LOST);
    }
    CASE("a rhythm of two and a half days is not rounded") {
        EQUAL(at(3, FIRST, FIRST + 5, FIRST + 7), STATUS_ACTIVE);
        EQUAL(at(3, FIRST, FIRST + 5, FIRST + 8), STATUS_SLIPPING);
        EQUAL(at(3, FIRST, FIRST + 5, FIRST + 12), STATUS_AT_RISK); /* 7 of 5 .. 7.5 */
        EQUAL(at(3, FIRST, FIRST + 5, FIRST + 13), STATUS_LOST);
    }
    CASE("a first purchase is new for 30 days, then goes by the usual rhythm") {
        EQUAL(at(1, FIRST, FIRST, FIRST + 10), STATUS_NEW);
        EQUAL(at(1, FIRST, FIRST, FIRST + 30), STATUS_NEW);
        EQUAL(at(1, FIRST, FIRST, FIRST + 31), STATUS_SLIPPING);
        EQUAL(status_of(1, FIRST, FIRST, FIRST + 31, (Rhythm){ 45, 1 }, STATUS_USUAL), STATUS_ACTIVE);
    }
    CASE("who never bought is potential") {
        EQUAL(at(0, DAY_NONE, DAY_NONE, FIRST), STATUS_POTENTIAL);
    }
    CASE("the usual rhythm is the median of those who came back; of two it is their mean") {
        int32_t days[]  = { 2, 1, 3, 0, 2 };
        Day     first[] = { 100, 100, 100, DAY_NONE, 100 }, last[] = { 110, 100, 141, DAY_NONE, 190 };
        Rhythm  three = rhythm_usual(days, first, last, 5, (Rhythm){ 30, 1 }, t->scratch); /* 10, 20.5, 90 */
        EQUAL(three.num * 2, three.den * 41);
        Rhythm two = rhythm_usual(days, first, last, 4, (Rhythm){ 30, 1 }, t->scratch); /* 10, 20.5 */
        EQUAL(two.num * 4, two.den * 61);
    }
    CASE("where nobody came back the usual rhythm is 30 days") {
        Rhythm none = rhythm_usual((int32_t[]){ 1 }, (Day[]){ 5 }, (Day[]){ 5 }, 1, (Rhythm){ 30, 1 }, t->scratch);
        EQUAL(none.num, 30);
        EQUAL(none.den, 1);
    }
    CASE("all statuses of a base at once") {
        int32_t days[]  = { 2, 1, 0 };
        Day     first[] = { 100, 120, DAY_NONE }, last[] = { 110, 120, DAY_NONE };
        uint8_t out[3];
        status_find(days, first, last, 3, 125, STATUS_USUAL, out, t->scratch);
        EQUAL(out[0], STATUS_SLIPPING);
        EQUAL(out[1], STATUS_NEW);
        EQUAL(out[2], STATUS_POTENTIAL);
    }
}
