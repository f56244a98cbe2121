/* XYZ: how evenly a client buys, month by month, and what its best month says about the others.
 *
 * Source of the measure: coefficient of variation, K. Pearson, "Mathematical contributions to the theory of evolution
 * III", Phil. Trans. R. Soc. A 187 (1896); the deviation is that of the population, as all months are known. */
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

/* Those of a period in a base whose first sale of all was on `begins`: what lies before it is no month without
 * purchases, as nobody could buy.  The month the base began in counts where it is known to be whole: the base began on
 * the first, or the period itself begins in that month and so says that it is. */
XyzMonths xyz_months_since(Day begins, Day from, Day to);

/* The last day of the last month that can be judged.  A month that begins on the day looked from or later is of the
 * future.  The one that runs on `today` is no whole one until its last day has a sale: `latest` is the last sale not
 * behind today. */
Day months_judged(Day as_of, Day today, Day latest);

/* The class of one client: 'X' steady, 'Y' uneven, 'Z' irregular.
 *
 *   month[n]  money of each month, minor units, 0 where nothing was bought; n >= 1, the sum of absolutes below 2^62
 *
 * The better class is taken where the coefficient equals a cut.  A mean of zero or less is Z.  Exact: nothing is
 * rounded while the absolutes sum to less than 2^57 minor units (a million milliards of roubles), beyond that to 17
 * digits. */
char xyz_class(const Money *month, ptrdiff_t n, XyzCuts cuts);

/* The coefficient itself, parts per million, rounded; NONE where the mean is zero or less. */
Ratio xyz_variation(const Money *month, ptrdiff_t n);

/* What the best month had over the average one (rounded half away from zero): the reserve of a client, a month. n >=
 * 1. */
Money xyz_reserve(const Money *month, ptrdiff_t n);

#endif
