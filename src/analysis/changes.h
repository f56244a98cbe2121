/* What changed lately and who changed it: the marked falls with their makers, the clients that fall against their own
 * past, and those who are late.
 *
 * Everything is judged by the whole history up to the end of the period: the season of a month of this year is seen
 * from last year's, whatever period is shown.  Only which falls are told, and the money of the period, go by the
 * period. Two walks over the months of the clients, beside analysis/report.h. */
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

/* Those who are late by ABC class; the last: who bought nothing in the period and has none. */
enum { LATE_A, LATE_B, LATE_C, LATE_NO_CLASS, LATE_CLASSES };

typedef struct {
    XyzMonths  whole;              /* the whole months from the first sale of all to the end of the period */
    bool       compares;           /* they are two years or more: year and year_before are set            */
    Wide       year, year_before;  /* the last twelve whole months, and the twelve before                 */
    bool       has_season;
    Ratio      season[12];

    MarkedFall fall[CHANGES_FALLS]; /* the latest of the period, in order of time; fall.at counts from whole.first */
    int        falls;

    int64_t    falling_clients;    /* who still buy, but less; the lost ones are not among them           */
    Wide       falling_stake;      /* a month                                                             */
    Leaders    falling;            /* by what is missing a month; client_falling says more                */

    int64_t    late_clients[LATE_CLASSES];
    Wide       late_money[LATE_CLASSES]; /* of the period                                                 */
    Leaders    late;               /* by money of the period; client_late says more                       */

    int64_t    once_clients;       /* a single purchase day, no longer new                                */
    Wide       once_money;
} Changes;

/* scratch holds the months of two clients and of all. */
void changes_find(const Report *r, FallingSettings set, Arena scratch, Changes *out);

/* Does one client buy less than it used to?  As the walk saw it; false for who is lost or has never bought. */
bool client_falling(const Report *r, FallingSettings set, ptrdiff_t client, Falling *out, Arena scratch);
Late client_late(const Report *r, ptrdiff_t client);

/* How many are late, of every class and of none. */
int64_t changes_late(const Changes *c);

#endif
