/* Where each client stands by the rhythm of its purchases: from potential and new over active to lost.
 *
 * The rhythm is the client's own average distance between purchase days, for one with a single purchase the usual one
 * of the others.  Source: the mission, rows SEG-10 and PRD-12 ("должна совпадать со средней периодичностью продаж в
 * Вашей компании"). */
#ifndef ANALYSIS_STATUS_H
#define ANALYSIS_STATUS_H

#include "core/day.h"

typedef enum {
    STATUS_ACTIVE,    /* t <= P: t days since the last purchase, P the rhythm               */
    STATUS_NEW,       /* one purchase day, not long ago                                     */
    STATUS_SLIPPING,  /* P  < t <= 2P                                                       */
    STATUS_AT_RISK,   /* 2P < t <= 3P                                                       */
    STATUS_LOST,      /* 3P < t                                                             */
    STATUS_POTENTIAL, /* never bought                                                       */
    STATUSES
} Status;

extern const char *const status_names[STATUSES]; /* "active", "at_risk" ...                 */

/* Days as a fraction, so that nothing is rounded: 45/2 is twenty-two days and a half.  den > 0. */
typedef struct {
    int64_t num, den;
} Rhythm;

typedef struct {
    int    new_days;            /* a single purchase is new so long                                       */
    Rhythm nobody;              /* the usual rhythm when nobody has bought on two days                    */
    int    slip, risk, lose;    /* how many times the rhythm each better state lasts, rising              */
} StatusSettings;

#define STATUS_USUAL ((StatusSettings){ 30, { 30, 1 }, 1, 2, 3 })

/* A client's own rhythm: (last - first) / (days - 1).  days >= 2 different purchase days. */
Rhythm rhythm_of(int32_t days, Day first, Day last);

/* The median of the rhythms of those with two purchase days or more (an even median is the mean of two), `nobody` when
 * there is none.  scratch holds 16 bytes a client. */
Rhythm rhythm_usual(const int32_t *days, const Day *first, const Day *last, ptrdiff_t n, Rhythm nobody, Arena scratch);

/* The status of one client at `as_of`.
 *
 *   days          different purchase days ever; 0: potential, and first and last are not looked at
 *   first, last   purchase ever; one later than `as_of` is active, or new when it is the only one */
Status status_of(int32_t days, Day first, Day last, Day as_of, Rhythm usual, StatusSettings set);

/* Fills out[n] for all clients and gives the usual rhythm. */
Rhythm status_find(const int32_t *days, const Day *first, const Day *last, ptrdiff_t n, Day as_of, StatusSettings set,
                   uint8_t *out, Arena scratch);

#endif
