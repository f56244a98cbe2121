/* Trying out how the server bears the want of memory.
 *
 * For tests: SBYT_TEST_MEMORY="routes 1 100" makes every route run out at its first taking of memory, the next time a
 * hundred takings later and so on until it comes through (core/arena.h); "jobs 100 100" does the same, from the
 * hundredth on, with everything that is not a route: jobs, what they hand to the writer, the keeper of jobs, the
 * follower.  The names are the tables of contents themselves, so that a new row is swept without being listed
 * anywhere.
 */
#ifndef APP_SWEEP_H
#define APP_SWEEP_H

void sweep_as_told(void);

#endif
