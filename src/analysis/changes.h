/* What changed lately and who changed it: the marked falls with their makers, the clients that fall against their own past, and
 * those who are late.  One walk over the month tables of a summary, beside analysis/report.h. */
#ifndef ANALYSIS_CHANGES_H
#define ANALYSIS_CHANGES_H

#include "analysis/dynamics.h"
#include "analysis/falling.h"
#include "analysis/report.h"

enum { CHANGES_FALLS = 3, LEADERS = 20 };

/* The clients with the largest sums, most first; equal ones in the order of first appearance. */
typedef struct {
    int       count;
    ptrdiff_t client[LEADERS];
    Money     sum[LEADERS];
} Leaders;

typedef struct {
    Fall    fall;
    Month   month;
    Leaders makers; /* by what their month lies under the average of their three before */
} MarkedFall;

typedef struct {
    XyzMonths  whole;              /* the whole months of the period                                      */
    bool       compares;           /* they are two years or more: year and year_before are set            */
    Wide       year, year_before;  /* the last twelve whole months, and the twelve before                 */
    bool       has_season;
    Ratio      season[12];

    MarkedFall fall[CHANGES_FALLS]; /* the latest, in order of time                                       */
    int        falls;

    int64_t    falling_clients;    /* who still buy, but less; the lost ones are not among them           */
    Wide       falling_stake;      /* a month                                                             */
    Leaders    falling;            /* by what is missing a month; client_falling says more                */

    int64_t    late_clients[3];    /* at risk: silent for over two rhythms, not yet lost; of A, B and C    */
    Wide       late_money[3];      /* of the period                                                       */
    Leaders    late;               /* by money of the period; client_late says more                       */

    int64_t    once_clients;       /* a single purchase day, no longer new                                */
    Wide       once_money;
} Changes;

/* scratch holds the months of one client. */
void changes_find(const Report *r, FallingSettings set, Arena scratch, Changes *out);

/* One client by itself, as the walk saw it. */
bool client_falling(const Report *r, FallingSettings set, ptrdiff_t client, Falling *out, Arena scratch);
Late client_late(const Report *r, ptrdiff_t client);

#endif
