/* ABC classes: which items bring most of the money, and where the shape of a base differs from the usual one.
 *
 * The items are clients or products; the amounts revenue, margin or quantity.
 * Source: the Pareto rule as H. F. Dickie applied it to stock, "ABC inventory analysis shoots for dollars, not
 * pennies", Factory Management and Maintenance 109 (1951); the usual shape is the mission's worked case (row
 * SEG-03). */
#ifndef ANALYSIS_ABC_H
#define ANALYSIS_ABC_H

#include "core/number.h"

typedef struct {
    Ratio a, b; /* shares of the positive sum, parts per million, 0 <= a < b <= 1000000 */
} AbcCuts;

#define ABC_USUAL ((AbcCuts){ 800000, 950000 })

/* Classes of n items.
 *
 *   amount     total of each item over the period, minor units; may be negative after returns
 *   order[n]   places in `amount` of the items to be classed, from the largest down (analysis/order.h)
 *   out        'A', 'B' or 'C' at the places named by `order`; other places are left alone
 *
 * An item is A while the items before it cover less than cuts.a: the item that crosses a cut keeps the better class.
 * A total of zero or less is C.
 *
 * INVALID   cuts out of order; out is untouched
 * Sums are 128-bit. */
Err abc_classify(const Money *amount, const uint32_t *order, ptrdiff_t n, AbcCuts cuts, char *out);

typedef struct {
    int64_t items;
    Wide    amount; /* returns and all: the three classes add up to the total */
} AbcClass;

/* Adds the items up by class: sums[0] is A, [1] B, [2] C. */
void abc_sum(const Money *amount, const uint32_t *order, ptrdiff_t n, const char *classes, AbcClass sums[3]);

/* In what way a base differs from the usual shape, where A is 20 % of the clients, B 30 % and C 50 %. */
typedef enum {
    ABC_A_NARROW = 1 << 0, /* under 10 % in A: a few hold the firm                             */
    ABC_A_WIDE   = 1 << 1, /* over 30 %: no key clients are visible, all are alike             */
    ABC_B_NARROW = 1 << 2, /* under 15 %: nobody grows up to replace A                         */
    ABC_B_WIDE   = 1 << 3, /* over 45 %: the middle is not led up                              */
    ABC_C_SHORT  = 1 << 4, /* under 25 %: few small and new ones                               */
    ABC_C_LONG   = 1 << 5, /* over 75 %: a long tail takes the work and brings little          */
    ABC_ONE      = 1 << 6, /* one client brings the limit or more                              */
} AbcDeviation;

enum { ABC_DEVIATIONS = 7 };

/* Which of them hold, as a set of bits.  A class deviates when its share of the items lies more than half away from the
 * usual one; a base under five items has no shape, only ABC_ONE is looked at (and that from two items on).
 *
 *   one   a single one brings the limit or more (concentration_one, row SEG-17) */
unsigned abc_deviations(const AbcClass sums[3], bool one);

#endif
