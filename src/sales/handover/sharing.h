/* By which rule clients go to several people, and who gets which: arrays to arrays, no base.
 *
 * one        all to the first
 *
 * territory  each to whom the most clients of its city belong already; a city that nobody has, and what has none, to
 *            who has got the fewest, the whole city to one
 *
 * load       the client with the most work first, each to who has the least work then
 *
 * revenue    the client with the most revenue first, each to who has got the least revenue then (longest processing
 *            time first: Graham, Bounds on Multiprocessing Timing Anomalies, 1969: at most a third above the best)
 */
#ifndef SALES_HANDOVER_SHARING_H
#define SALES_HANDOVER_SHARING_H

#include "core/arena.h"
#include "core/number.h"

typedef enum { SHARE_ONE, SHARE_TERRITORY, SHARE_LOAD, SHARE_REVENUE, SHARE_RULES } ShareRule;

typedef struct {
    int64_t client;
    Money   revenue; /* of the year                       */
    int64_t work; /* pieces of open work that go along */
    int     city; /* place in `home`; -1: none         */
    int     to; /* out: who gets it                  */
} ShareItem;

typedef struct {
    int64_t load; /* pieces of open work he has, and with what he gets */
    int64_t clients; /* that he gets  */
    Money   revenue; /* that he gets  */
} ShareTo;

/* home[city]: whose it is, -1: nobody's.  Items come back in another order.  n_to at least 1. */
void share_out(ShareRule rule, ShareItem *items, ptrdiff_t n, ShareTo *to, int n_to, int *home);

/* Who has the least work: for what goes by itself. */
int share_least(const ShareTo *to, int n_to);

#endif
