/* How often a password may be guessed.
 *
 * Failures are counted in memory (a fixed table, nothing grows) for the pair login + address, for the address, and for
 * the whole server.  A pair has 5 free failures; each further one doubles the wait from 1 second up to 15 minutes.  An
 * address and the server have a bucket of failures that refills with time: 30 and 2 a second for an address, 300 and 5
 * a second for the server.  A pair that has signed in before (of a login the last eight) passes both buckets, so a
 * flood cannot lock out those who work here.  A pair is forgotten an hour after its last failure.
 *
 * Throttling happens before anything is computed or queued: a refused attempt costs no memory and no time of the lane
 * of signing in. Times are ms of a clock that never goes back (work_steady): a clock of the machine that is put right
 * keeps nobody out. */
#ifndef ACCESS_THROTTLE_H
#define ACCESS_THROTTLE_H

#include "core/day.h"

typedef struct Throttle Throttle;

Throttle *throttle_new(Arena *mem, uint64_t seed);

/* 0: go on.  Otherwise how many ms to wait; nothing is counted. */
int64_t throttle_wait(Throttle *t, Str login, Str address, Moment now);

void    throttle_failed(Throttle *t, Str login, Str address, Moment now);
void    throttle_passed(Throttle *t, Str login, Str address, Moment now);

#endif
