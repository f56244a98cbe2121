/* The schedule: rounds that come by themselves.
 *
 * A round is a row of `schedule`: a kind of job, its argument, a rhythm (core/calendar.h), and what becomes of those
 * that were missed while no server ran.  The keeper of the lanes looks once a second, by the lanes' clock.  Whoever
 * moves `next_at` of a row that is due adds its job in the same work: once, with any number of servers.  The job knows
 * its occurrence, the moment it was due, however late it runs; a round whose job is not over yet waits for it.
 *
 * A clock that is set back for less than a day repeats nothing: what has run has run.  One that turns out to have been
 * more than a day ahead counts as never having been there: a round of MISSES_LAST runs at once, the others when they
 * are due. */
#ifndef WORK_SCHEDULE_H
#define WORK_SCHEDULE_H

#include "core/calendar.h"
#include "work/jobs.h"

typedef enum { MISSES_EACH = 1, MISSES_LAST, MISSES_NONE } ScheduleMisses;

/* A round that is more than this late was missed. */
enum { SCHEDULE_LATE_MS = 60000 };

/* What the program comes with: LanesOptions.rounds, ends with a row without a name.  Written when a server starts; a
 * rhythm that somebody has changed stays.  What was due before a round was written has not been missed. */
struct ScheduleRound {
    const char    *name, *job, *argument, *rhythm;
    ScheduleMisses misses;
    bool           at_once; /* the first time is when it is written down */
};

/* From writing works.  `name` known: job, argument, usual rhythm and misses are as said now, and the rhythm follows if
 * nobody has changed it.  INVALID with the place for a rhythm that is none, or that is never due. */
Err schedule_put(Work *w, const ScheduleRound *round);
Err schedule_remove(Work *w, Str name);

/* The firm's zone or calendar has changed: when each comes next is reckoned anew. */
Err schedule_reckon(Work *w);

/* For people, and who has changed what is kept in schedule_changed.  NOT_FOUND; INVALID at `rhythm` as above. */
Err schedule_change(Work *w, int64_t id, Str rhythm, bool off); /* rhythm s null: as it is; empty: the usual one */
Err schedule_run_now(Work *w, int64_t id, int64_t *job); /* CONFLICT: it runs; or its job is not run by this server */

typedef struct {
    int64_t  id;
    Str      name, job, rhythm, usual;
    Moment   next_at;  /* NONE: never                                    */
    bool     off, here; /* here: this server takes up its jobs            */
    int      state;     /* JobState of the last one; -1: it has never run */
    int      tries;
    Moment   last_for, began_at, ended_at, again_at; /* NONE: not, or not yet */
    Str      problem;   /* a key of words/; empty: none                   */
    Str      said;      /* what its sentence was said with (format/kept_args.h) */
} ScheduleRow;

/* By name, the first `most`; *n is how many there are in out. */
Err schedule_list(Work *w, int most, ScheduleRow *out, int *n);
Err schedule_one(Work *w, int64_t id, ScheduleRow *out); /* NOT_FOUND */

/* Jobs of rounds that ended well before a moment, at most `most` of them; *n: how many went. */
Err schedule_forget(Work *w, Moment before, int most, int64_t *n);

#endif
