/* How much each person writes.
 *
 * What is written stays, with what it was before, in the history of the base: so there is a bound for a person and for
 * the firm (core/bounds.h), far above what people and programs at work send, which empties within a day.  It is counted
 * by what a request that changes something sends, in memory, by a clock that never goes back, so that no request pays
 * for it.  Behind that it is written in stretches, a row a person: a start reads it, and a server that writes its own
 * learns what others have written of the same people.  So several servers together pass a bound by no more than a
 * stretch and a second each, and a server that is killed forgets no more.  Imports have the room for files as their
 * bound (files/files.h).
 */
#ifndef ACCESS_CHANGING_H
#define ACCESS_CHANGING_H

#include "access/access.h"

/* What is written at once; less than that with the next minute, and when the server stops. */
enum { CHANGING_STRETCH = 4 << 20 };

/* May the actor write so many bytes more?  DENIED with `change.too_much` or `change.too_much_firm`; *wait_ms: until
 * when.  The program itself is not counted. */
Err  changing_need(Work *w, int64_t bytes, int64_t *wait_ms);
void changing_count(Work *w, int64_t bytes);

/* The same of one person (0: the firm) at a moment, without a work: what has not emptied yet. */
int64_t changing_level(int64_t user, int64_t ms);
void    changing_add(int64_t user, int64_t bytes, int64_t ms);

/* What has been counted and not yet written. */
typedef struct {
    int64_t  *user, *bytes, *level; /* level: what the base holds of each, with these */
    ptrdiff_t count;
    int64_t   at; /* of the clock that never goes back: when it was written */
} Changed;

/* Takes out of memory whoever has `least` bytes or more to be written; write it in a writing work (`to` is a Changed);
 * then say whether that went well. */
Changed changing_take(Arena *mem, int64_t least);
Err     changing_write(Work *w, void *to);
void    changing_written(const Changed *c, bool good);

/* What the base holds of everybody, at a start; from any lane. */
Err changing_read(Work *w, void *to);

#endif
