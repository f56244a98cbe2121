/* The firm's own past as a measure: where each client stood a year ago and what it has brought since.
 *
 * "A year ago" is the last day of the month twelve before the last whole month of the period, so that the year since
 * is twelve whole calendar months.  The same rules that say today where a client stands (status, ABC, XYZ, the fall
 * against its own past) say it of that day, from what had been sold up to then. */
#ifndef ANALYSIS_PAST_H
#define ANALYSIS_PAST_H

#include "analysis/falling.h"
#include "analysis/report.h"

/* What a client's months come to, seen from the end of a month. */
typedef struct {
    Money year;   /* of the twelve calendar months that end with that of the last purchase, never below 0    */
    Money twelve; /* of the twelve months before the end, returns and all                                     */
    Money lack;   /* what a year lacks where the client buys less than it used to: twelve times what is missing a month,
                     at most what the twelve months of its own past had brought; 0: it does not fall        */
} Worth;

typedef struct {
    Month  end;         /* the last whole month                                                              */
    Day    day;         /* a year ago                                                                        */
    bool   reaches;     /* somebody had bought by then: there is a past                                      */

    /* By client, in the order of the summary. */
    Worth   *now;       /* `year` to the last purchase of all, the others up to the end of `end`             */
    Worth   *then;      /* up to `day`                                                                       */
    uint8_t *status;    /* a Status, on the day after `day`                                                  */
    int32_t *days;      /* different purchase days up to `day`                                               */
    char    *abc;       /* of the twelve months up to `day`; 0: nothing or less was brought in them          */
    char    *xyz;       /* of class A alone: of the twelve months up to `day`; 0: the others                 */
    char    *xyz_since; /* of the same clients, of the twelve months since                                   */
    Money   *since;     /* of the twelve months since                                                        */
    Money   *regained;  /* how much of `then->lack` was bought again in them                                 */
} Past;

/* Fills *out, which points into mem.  Without a whole month in the period there is no past: everything of `then` is
 * nothing.
 *
 * 100 bytes a client stay in mem; scratch holds 40 bytes a client and 32 a month of the history.  One walk over the
 * history, and a second one over that of class A. */
void past_find(const Report *r, FallingSettings set, Arena *mem, Arena scratch, Past *out);

#endif
