/* XYZ: how evenly a client buys, month by month, and what its best month says about the others.
 *
 * Source of the measure: coefficient of variation, K. Pearson, "Mathematical contributions to the theory of evolution III",
 * Phil. Trans. R. Soc. A 187 (1896); the deviation is that of the population, as all months are known. */
#ifndef ANALYSIS_XYZ_H
#define ANALYSIS_XYZ_H

#include "core/day.h"
#include "core/number.h"

typedef struct {
    Ratio x, y; /* coefficients of variation, parts per million, 0 <= x < y */
} XyzCuts;

#define XYZ_USUAL ((XyzCuts){ 100000, 250000 })

bool xyz_cuts_valid(XyzCuts cuts);

/* The calendar months that lie wholly in from..to: `first` and how many (0: none). */
typedef struct {
    Month first;
    int   count;
} XyzMonths;

XyzMonths xyz_months(Day from, Day to);

/* The class of one client: 'X' steady, 'Y' uneven, 'Z' irregular.
 *
 *   month[n]  money of each month, minor units, 0 where nothing was bought; n >= 1, the sum of absolutes below 2^62
 *
 * The better class is taken where the coefficient equals a cut.  A mean of zero or less is Z.  Exact: nothing is rounded while the
 * absolutes sum to less than 2^57 minor units (a million milliards of roubles), beyond that to 17 digits. */
char xyz_class(const Money *month, ptrdiff_t n, XyzCuts cuts);

/* The coefficient itself, parts per million, rounded; NONE where the mean is zero or less. */
Ratio xyz_variation(const Money *month, ptrdiff_t n);

/* What the best month had over the average one (rounded half away from zero): the reserve of a client, a month. n >= 1. */
Money xyz_reserve(const Money *month, ptrdiff_t n);

#endif
