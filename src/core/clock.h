/* What time it is.  One reading serves a whole work; nobody else asks.
 *
 * With a file (`serve --clock FILE`, for tests) the time is what stands in it: `2026-03-04T05:06:07Z`, read anew each
 * time and never running by itself.  Without one there is no way to tell the program the time. */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include "core/day.h"

typedef struct {
    const char *file; /* null: the system's clock */
} Clock;

Moment  clock_now(const Clock *clock); /* an unreadable file gives the system's time and a line in the log */
int64_t clock_ticks(void);             /* milliseconds of a clock that never jumps: for durations and deadlines */

/* Milliseconds for waits and limits that people meet: clock_ticks, whatever happens to the system's clock.  With a file
 * what the file's time has gone forward in all; where it is set back nothing passes. */
int64_t clock_steady(const Clock *clock);

#endif
