/* How the client base grows, month by month and by source.  Row CDB-15. */
#ifndef ANALYSIS_GROWTH_H
#define ANALYSIS_GROWTH_H

#include "core/day.h"
#include "core/number.h"

typedef struct {
    int64_t  before;  /* clients whose first purchase lies before the first month                     */
    int64_t  after;   /* clients by the end of the last month                                         */
    int64_t  added;   /* after - before                                                               */
    Ratio    times;   /* after / before: 3000000 is threefold; NONE from nothing                      */
} Growth;

/*   first[n]     day of the first purchase of each client (or of its entry); DAY_NONE is not counted
 *   source[n]    where each client came from, 0 .. sources - 1; null: all from source 0
 *   month0       the first month; months of them
 *   came         [months][sources], filled with the clients whose first purchase lies in the month */
Growth growth_of_base(const Day *first, const int32_t *source, ptrdiff_t n, int sources, Month month0, int months, int64_t *came);

#endif
