/* How much each person looks at.
 *
 * What reads records out to a person says here which, before it answers: a card, a page of a list, a part of an export,
 * a history, the clients of an analysis.  It is counted in memory per person and entity.  The limit of the role, so
 * many records of an entity in ten minutes, binds all these ways together: a record counts once within ten minutes,
 * however often and by whatever way it is shown, so that a list that is looked at again or a card opened from it costs
 * nothing.  A page of a list costs the rows it has: less than some hundred is no limit to work with. One row per
 * person, entity and minute is written behind.  Several servers count each for itself. */
#ifndef ACCESS_VIEWING_H
#define ACCESS_VIEWING_H

#include "access/access.h"

typedef enum {
    VIEWED_CARD,   /* opened, or its history     */
    VIEWED_ROW,    /* in a list, an export       */
    VIEWED_BESIDE, /* named beside another: bound by the limit, not written down */
} ViewedAs;

/* Counts and checks n different records.  DENIED with `view.too_many` beyond the limit (then nothing is counted).  The
 * program itself is not counted. */
Err viewing_count(Work *w, const char *entity, ViewedAs as, const int64_t *records, ptrdiff_t n);
Err viewing_card(Work *w, const char *entity, int64_t record);

/* What has been counted and not yet written. */
typedef struct {
    Arena    *mem;
    int64_t  *user, *minute, *of_day, *cards, *rows; /* minute: of the counting; of_day: of the calendar */
    Str      *entity;
    ptrdiff_t count;
} Viewed;

/* Takes it out of memory; write it in a writing work (`to` is a Viewed); give it back when that failed. */
Viewed viewing_take(Arena *mem);
Err    viewing_write(Work *w, void *to);
void   viewing_back(const Viewed *viewed);

#endif
