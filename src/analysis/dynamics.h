/* How sales move from month to month: growth, season, and the months that fell more than the season explains.
 *
 * Everything here is given whole calendar months (analysis/xyz.h, xyz_months): half a month is no fall.  Row SEG-02.
 * Source of the season: W. M. Persons, "Indices of business conditions", Review of Economic Statistics 1 (1919): each
 * month against the moving average of the twelve around it. */
#ifndef ANALYSIS_DYNAMICS_H
#define ANALYSIS_DYNAMICS_H

#include "core/day.h"
#include "core/number.h"

/* By how much `now` differs from `before`: parts per million of `before`; NONE where `before` is zero or less. */
Ratio growth_of(Wide now, Wide before);

/* The usual shape of a year: factor[0] is January, parts per million of an average month.
 *
 *   month[n]   money of n months one after another, `first` the first of them
 *
 * False (and all factors 1000000) with fewer than 36 months or with an average of zero or less: from two years a season
 * cannot be told from a single good or bad month. */
bool season_of(const Money *month, int n, Month first, Ratio factor[12]);

/* What was to be expected of a month, judged by the months before it:
 *
 *   the average of the three months before (fewer at the beginning), lowered in the proportion in which the same month
 * of the year before lay under the average of its own three (a season excuses a fall, it does not ask for a rise).
 *
 *   at   1 or more.  The result is rounded half away from zero. */
Money month_expected(const Money *month, int at);

typedef struct {
    int   at;        /* which of the months                                        */
    Money expected;
    Money fact;
    Money missing;   /* expected less fact: what the fall cost                     */
} Fall;

/* The marked falls: months that lie at least `limit` (parts per million, usually 200000) under what was expected, in
 * order of time. Those before the month `from` are judged by and not told: a fall is seen by the history that led to
 * it. Returns how many there are; fills at most `max` of them, the latest. */
int falls_find(const Money *month, int n, int from, Ratio limit, Fall *out, int max);

#define FALL_USUAL 200000

enum { FALL_BEFORE = 3 }; /* months whose average is expected */

/* What one client or product did to a fall: its month less the average of the three months before it (fewer at the
 * beginning), rounded. */
Money fall_part(const Money *month, int at);

#endif
