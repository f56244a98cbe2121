/* How much each person looks at.
 *
 * Cards and rows shown are counted in memory per person and entity; a limit of the role (cards in ten minutes) is checked there before
 * anything is shown, and one row per person, entity and minute is written behind.  Several servers count each for itself. */
#ifndef ACCESS_VIEWING_H
#define ACCESS_VIEWING_H

#include "access/access.h"

/* Counts and checks: `cards` records opened, `rows` shown in lists or exports.  DENIED with `view.too_many` beyond the limit
 * (then nothing is counted).  The program itself is not counted. */
Err viewing_count(Work *w, const char *entity, int64_t cards, int64_t rows);

/* One record opened, the same one within the same minute once: for each address that shows the record or what stands beside it. */
Err viewing_card(Work *w, const char *entity, int64_t record);

/* What has been counted and not yet written. */
typedef struct {
    Arena    *mem;
    int64_t  *user, *minute, *cards, *rows;
    Str      *entity;
    ptrdiff_t count;
} Viewed;

/* Takes it out of memory; write it in a writing work (`to` is a Viewed); give it back when that failed. */
Viewed viewing_take(Arena *mem);
Err    viewing_write(Work *w, void *to);
void   viewing_back(const Viewed *viewed);

#endif
