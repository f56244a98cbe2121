/* How the client base grows, month by month and by source.  Row CDB-15. */
#ifndef ANALYSIS_GROWTH_H
#define ANALYSIS_GROWTH_H

#include "core/day.h"
#include "core/number.h"

typedef struct {
    int64_t  before;  /* clients who were there before the first day                                  */
    int64_t  after;   /* clients by the end of the last day                                           */
    int64_t  added;   /* after - before                                                               */
    Ratio    times;   /* after / before: 3000000 is threefold; NONE from nothing                      */
} Growth;

/*   joined[n]    the day since when each client is there (joined_on); DAY_NONE is not counted
 *   source[n]    where each client came from, 0 .. sources - 1; null: all from source 0
 *   from, to     the period: who joined before `from` was there before it, whatever the month
 *   came         [calendar months touched by from..to][sources], filled with the clients who joined in that month */
Growth growth_of_base(const Day *joined, const int32_t *source, ptrdiff_t n, int sources, Day from, Day to,
                      int64_t *came);

/* A company is in the base from the day it was entered, or from its first purchase where that came before: a history
 * that was brought in later.  Either may be DAY_NONE: not known, never. */
Day joined_on(Day entered, Day first_purchase);

#endif
