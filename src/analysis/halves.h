/* Work on many clients cut in two, each part in a thread of its own where that pays. */
#ifndef ANALYSIS_HALVES_H
#define ANALYSIS_HALVES_H

#include "core/arena.h"

/* One of the two parts; `half` is 0 or 1 and `scratch` its half of what was lent. */
typedef void HalfWork(void *of, int half, Arena scratch);

/* Runs both parts at once, or one after the other where there are few clients or no second thread.  A part that runs
 * out of memory ends the caller's work as its own would, once both have let go of what they share. */
void halves_run(void *of, HalfWork *one, HalfWork *other, ptrdiff_t clients, Arena scratch);

/* The clients of one half: from..to, without the end. */
typedef struct {
    ptrdiff_t from, to;
} HalfRange;

static inline HalfRange half_range(ptrdiff_t n, int half)
{
    return half ? (HalfRange){ n / 2, n } : (HalfRange){ 0, n / 2 };
}

#endif
