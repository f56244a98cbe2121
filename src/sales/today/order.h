/* In which order the lines of Today stand, and the reason that each gives for standing there.  Arithmetic: no clock, no
 * base.
 *
 * A line belongs to the first band that it fits:
 *
 *     HOUR      a fixed hour that is within 30 minutes, or was missed today
 *     OVERDUE   its day is over
 *     DUE       it is due today, at no hour or at a later one
 *     OFFERED   nothing is set, but the client has not bought when it usually does, or has no next contact
 *
 * Within a band what was called urgent comes first and what may wait last; then the larger stake (a line without one
 * last), the earlier term, the smaller id. */
#ifndef SALES_TODAY_ORDER_H
#define SALES_TODAY_ORDER_H

#include "core/problem.h"
#include "core/zone.h"

typedef enum { TODAY_HOUR = 1, TODAY_OVERDUE, TODAY_DUE, TODAY_OFFERED } TodayBand;

#define TODAY_SOON_MS INT64_C(1800000) /* an hour that is that near is what comes next */

typedef struct {
    int64_t id;           /* of the activity; of what is offered, of the client */
    bool    offered;
    bool    timed;        /* `due` is an hour, not only a day                   */
    Moment  due;          /* NONE: nothing is set                               */
    Day     day;          /* of what is due at no hour: where its doer lives    */
    int     priority;     /* the least first                                    */
    Day     bought_due;   /* of what is offered: when the client was to buy again; DAY_NONE: that is not known */
    Day     last_contact; /* of what is offered; DAY_NONE: there was none       */
    Money   stake;        /* what the client brought in a year; NONE: not known */
    int64_t at;           /* the caller's own, carried along                    */

    TodayBand   band;     /* set by today_order: its band, and the reason as a key of words/ */
    const char *reason;
    Arg         args[2];
    int         arg_count;
} TodayLine;

typedef struct {
    Moment      now;
    const Zone *zone; /* the reader's: his day, his hours */
} TodayClock;

/* Orders n lines.  Texts of reasons are kept in mem. */
void today_order(Arena *mem, const TodayClock *clock, TodayLine *lines, ptrdiff_t n);

#endif
