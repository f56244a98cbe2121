/* ABC, Lorenz and concentration; the figures are worked out by hand, the first base is row SEG-03 of the mission. */
#include "analysis/abc.h"
#include "analysis/concentration.h"
#include "analysis/lorenz.h"
#include "analysis/order.h"
#include "tests/test.h"

#include <string.h>

typedef struct {
    const Money *amount;
    ptrdiff_t    n;
    uint32_t    *order;
    char        *classes; /* ends in NUL */
    AbcClass     sums[3];
} Base;

static Base base_of(Test *t, const Money *amount, ptrdiff_t n)
{
    Base b = { .amount = amount, .n = n, .order = NEW_N(&t->mem, uint32_t, n), .classes = NEW_N(&t->mem, char, n + 1) };
    order_largest(amount, n, b.order, t->scratch);
    EQUAL(abc_classify(amount, b.order, n, ABC_USUAL, b.classes), OK);
    abc_sum(amount, b.order, n, b.classes, b.sums);
    return b;
}

static unsigned deviations(Base b)
{
    Concentration c = concentration_of(b.amount, b.order, b.n, -1);
    return abc_deviations(b.sums, concentration_one(&c, 300000));
}

static const Money usual[] = { 500, 300, 80, 40, 30, 20, 12, 8, 6, 4 };

TESTS(test_abc)
{
    CASE("ten clients of the mission's case are 2 in A with 80 %, 3 in B with 15 %, 5 in C with 5 %") {
        Base b = base_of(t, usual, COUNT(usual));
        TEXT(b.classes, "AABBBCCCCC");
        EQUAL(b.sums[0].amount, 800);
        EQUAL(b.sums[1].amount, 150);
        EQUAL(b.sums[2].amount, 50);
        EQUAL(deviations(b), ABC_ONE);
    }
    CASE("the item that crosses a cut keeps the better class") {
        TEXT(base_of(t, (Money[]){ 5, 50, 15, 30 }, 4).classes, "CABA");
    }
    CASE("an item that begins exactly at a cut is in the class below") {
        TEXT(base_of(t, (Money[]){ 80, 15, 5 }, 3).classes, "ABC");
    }
    CASE("a client who only sent goods back is C, and so is one whose purchases and returns are even") {
        TEXT(base_of(t, (Money[]){ 10, -1, 0 }, 3).classes, "ACC");
    }
    CASE("of equal clients the first to appear is served first") {
        TEXT(base_of(t, (Money[]){ 20, 20, 20, 20, 20 }, 5).classes, "AAAAB");
    }
    CASE("when nobody brings anything everybody is C") {
        TEXT(base_of(t, (Money[]){ 0, -5 }, 2).classes, "CC");
        EQUAL(base_of(t, (Money[]){ 0 }, 0).n, 0);
    }
    CASE("cuts out of order are refused and touch nothing") {
        uint32_t order[] = { 0 };
        char     out[]   = "?";
        EQUAL(abc_classify((Money[]){ 5 }, order, 1, (AbcCuts){ 950000, 800000 }, out), INVALID);
        EQUAL(abc_classify((Money[]){ 5 }, order, 1, (AbcCuts){ 800000, 1000001 }, out), INVALID);
        EQUAL(abc_classify((Money[]){ 5 }, order, 1, (AbcCuts){ -1, 950000 }, out), INVALID);
        TEXT(out, "?");
    }
    CASE("amounts near the end of the range are summed without overflow") {
        Money huge = INT64_MAX / 2;
        TEXT(base_of(t, (Money[]){ huge, huge, huge, huge, huge }, 5).classes, "AAAAB");
    }

    CASE("one client with 90 % is an imbalance") {
        Base b = base_of(t, (Money[]){ 900, 12, 12, 11, 11, 11, 11, 11, 11, 10 }, 10);
        CHECK(deviations(b) & ABC_ONE);
    }
    CASE("ten equal clients show no key clients: A is too wide, B and C too small") {
        Base b = base_of(t, (Money[]){ 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 }, 10); /* 8 in A, 2 in B */
        EQUAL(deviations(b), ABC_A_WIDE | ABC_C_SHORT);
    }
    CASE("a long tail is named") {
        Money m[20] = { 800, 150 };
        for (int i = 2; i < 20; i++) m[i] = 2;
        EQUAL(deviations(base_of(t, m, 20)), ABC_A_NARROW | ABC_B_NARROW | ABC_C_LONG | ABC_ONE);
    }
    CASE("a class that lies half away from the usual share is none yet, a client more is") {
        AbcClass at[3] = { { 10, 0 }, { 15, 0 }, { 75, 0 } };
        EQUAL(abc_deviations(at, false), 0);
        at[0].items = 9, at[2].items = 76;
        EQUAL(abc_deviations(at, false), ABC_A_NARROW | ABC_C_LONG);
        AbcClass wide[3] = { { 30, 0 }, { 45, 0 }, { 25, 0 } };
        EQUAL(abc_deviations(wide, false), 0);
        wide[0].items = 31, wide[2].items = 24;
        EQUAL(abc_deviations(wide, true), ABC_A_WIDE | ABC_C_SHORT | ABC_ONE);
    }
    CASE("a base of four has no shape to speak of") {
        EQUAL(deviations(base_of(t, (Money[]){ 25, 25, 25, 25 }, 4)), 0);
    }
}

TESTS(test_lorenz)
{
    CASE("20 % of the mission's ten clients give 80 %") {
        Base b = base_of(t, usual, COUNT(usual));
        EQUAL(lorenz_top(b.amount, b.order, b.n, 20), 800);
    }
    CASE("of ten equal clients 20 % give 20 %") {
        Base b = base_of(t, (Money[]){ 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 }, 10);
        EQUAL(lorenz_top(b.amount, b.order, b.n, 20), 14);
    }
    CASE("a part of a client counts as a whole one: a fifth of six is two") {
        Base b = base_of(t, (Money[]){ 6, 5, 4, 3, 2, 1 }, 6);
        EQUAL(lorenz_top(b.amount, b.order, b.n, 20), 11);
    }
    CASE("a debt of returns does not eat what the others bring") {
        Base b = base_of(t, (Money[]){ 10, -4 }, 2);
        EQUAL(lorenz_top(b.amount, b.order, b.n, 100), 10);
    }
    CASE("the curve of four clients rises from nothing to everything") {
        Base  b = base_of(t, (Money[]){ 10, 40, 20, 30 }, 4);
        Ratio curve[5];
        lorenz_curve(b.amount, b.order, b.n, 4, curve);
        EQUAL(curve[0], 0);
        EQUAL(curve[1], 400000);
        EQUAL(curve[2], 700000);
        EQUAL(curve[3], 900000);
        EQUAL(curve[4], 1000000);
    }
}

TESTS(test_concentration)
{
    CASE("one client is everything: HHI 10000, no inequality") {
        Base          b = base_of(t, (Money[]){ 77 }, 1);
        Concentration c = concentration_of(b.amount, b.order, 1, -1);
        EQUAL(c.hhi, 10000000000);
        EQUAL(c.gini, 0);
        EQUAL(c.top1, 77);
    }
    CASE("four equal clients have HHI 2500 and no inequality") {
        Base          b = base_of(t, (Money[]){ 5, 5, 5, 5 }, 4);
        Concentration c = concentration_of(b.amount, b.order, 4, -1);
        EQUAL(c.hhi, 2500000000);
        EQUAL(c.gini, 0);
        EQUAL(c.largest, 0);
    }
    CASE("10 and 30: shares 25 and 75 give HHI 6250, Gini a quarter") {
        /* Gini: 2 (1 x 10 + 2 x 30) / (2 x 40) - 3 / 2 = 0.25 */
        Base          b = base_of(t, (Money[]){ 10, 30 }, 2);
        Concentration c = concentration_of(b.amount, b.order, 2, -1);
        EQUAL(c.hhi, 6250000000);
        EQUAL(c.gini, 250000);
        EQUAL(c.largest, 1);
    }
    CASE("who sent back more than he bought is not there") {
        Base          b = base_of(t, (Money[]){ 10, -100, 30, 0 }, 4);
        Concentration c = concentration_of(b.amount, b.order, 4, -1);
        EQUAL(c.items, 2);
        EQUAL(c.positive, 40);
        EQUAL(c.gini, 250000);
    }
    CASE("without the client with 55 % the revenue falls to 45 %") { /* row SEG-17 */
        Base          b = base_of(t, (Money[]){ 25, 55, 20 }, 3);
        Concentration c = concentration_of(b.amount, b.order, 3, 1);
        EQUAL(c.positive, 45);
        EQUAL(c.largest, 0);
        EQUAL(c.hhi, 5061728395); /* (500/9)^2 + (400/9)^2 = 410000/81 = 5061.728395 */
        CHECK(deviations(b) & ABC_ONE);
    }
    CASE("the ten largest of eleven leave out the smallest, wherever it stands") {
        Base b = base_of(t, (Money[]){ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 11);
        EQUAL(concentration_of(b.amount, b.order, 11, -1).top10, 65);
    }
    CASE("an exact half of the sixth decimal is rounded up") {
        /* shares 1/64 and 63/64: 10000 x 3970 / 4096 = 9692.3828125 */
        Base b = base_of(t, (Money[]){ 1, 63 }, 2);
        EQUAL(concentration_of(b.amount, b.order, 2, -1).hhi, 9692382813);
    }
    CASE("sums near the end of the range stay right") {
        Base          b = base_of(t, (Money[]){ INT64_MAX / 4, INT64_MAX / 4, INT64_MAX / 4, INT64_MAX / 4 }, 4);
        Concentration c = concentration_of(b.amount, b.order, 4, -1);
        EQUAL(c.hhi, 2500000000);
        EQUAL(c.gini, 0);
    }
    CASE("a base where nobody brings anything has nobody at its top") {
        Base          b = base_of(t, (Money[]){ -3, 0 }, 2);
        Concentration c = concentration_of(b.amount, b.order, 2, -1);
        EQUAL(c.largest, -1);
        EQUAL(c.hhi, 0);
        EQUAL(c.gini, 0);
    }
}

TESTS(test_order)
{
    CASE("from the largest down, equals as they came, below zero last") {
        Money    m[] = { 3, -7, 1000000007, 3, 0, INT64_MIN + 1, INT64_MAX };
        uint32_t order[7], want[] = { 6, 2, 0, 3, 4, 1, 5 };
        order_largest(m, 7, order, t->scratch);
        CHECK(memcmp(order, want, sizeof want) == 0);
    }
    CASE("ten thousand amounts with many equal ones stand as a stable sort by hand would put them") {
        enum { N = 10000 };
        Money    *m     = NEW_N(&t->mem, Money, N);
        uint32_t *order = NEW_N(&t->mem, uint32_t, N);
        uint64_t  x     = 7;
        for (int i = 0; i < N; i++) {
            x    = x * UINT64_C(6364136223846793005) + 1;
            m[i] = (int64_t)(x >> 33) % 700 * ((x >> 20 & 1) ? 1 : -1000000007);
        }
        order_largest(m, N, order, t->scratch);
        for (int i = 1; i < N; i++)
            CHECK(m[order[i - 1]] > m[order[i]] || (m[order[i - 1]] == m[order[i]] && order[i - 1] < order[i]));
    }
    CASE("values rise from the far below zero to the far above") {
        int64_t v[] = { 5, -1, INT64_MAX, 0, INT64_MIN, 300, 5 }, want[] = { INT64_MIN, -1, 0, 5, 5, 300, INT64_MAX };
        order_values(v, 7, t->scratch);
        CHECK(memcmp(v, want, sizeof want) == 0);
    }
}
