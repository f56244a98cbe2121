/* A link by which somebody outside fetches a file that hangs on a record.
 *
 * It is a random token of 256 bits; the base holds its SHA-256, so neither a copy of the base nor a log opens anything.
 * A link ends at its moment, after so many times, or when somebody ends it, and it opens only what its maker may view
 * and share at this very moment: whoever loses the record, the right, or his place takes his links with him.  A loan
 * makes no link and keeps none open, and while the record is archived nothing of it opens. */
#ifndef FILES_SHARE_H
#define FILES_SHARE_H

#include "files/attachment.h"

enum { SHARE_DAYS_MOST = 365, SHARE_TIMES_MOST = 1000, SHARES_MOST = 100, SHARE_DAYS_TOLD = 90, SHARE_TOKEN_SIZE = 44 };

/* From a writing work, of an attachment in the actor's sight: `times` NONE: as often as one likes.  DENIED where he has
 * it in sight by a loan alone; CONFLICT where it has SHARES_MOST links that are open.  All three with words. */
Err share_make(Work *w, int64_t attachment, Moment until, int64_t times, char token[SHARE_TOKEN_SIZE], int64_t *id);

/* From a writing work: it opens nothing from now on.  NOT_FOUND with words where it is not a link of this one, DENIED
 * where another has made it and the actor may not change, without a loan, what it is of. */
Err share_end(Work *w, int64_t attachment, int64_t id);

/* Of an attachment all that are open and then the others, the newest first, SHARES_MOST together: id, made_at, made_by,
 * until, times, fetched, fetched_at, ended_at. */
Err shares_of(Work *w, int64_t attachment, Rows *rows);

/* May the actor end those that others have made?  His own are his to end. */
Err shares_may_end(Work *w, int64_t attachment, bool *others);

/* From a writing work: those go that had opened nothing for SHARE_DAYS_TOLD at that moment. */
Err shares_forget(Work *w, Moment at);

typedef struct {
    int64_t id;
    Moment  until;
    Str     name;
    File    file;
} Shared;

/* What the token opens now, by the rights of whoever made it; w acts as nobody behind it.  Without words: NOT_FOUND
 * where no link ever had this token, DENIED where one has that opens nothing now, whatever the reason. */
Err share_open(Work *w, Str token, Shared *out);

/* From a writing work: it is fetched once more.  NOT_FOUND where it was the last time for somebody else. */
Err share_fetched(Work *w, void *shared);

#endif
