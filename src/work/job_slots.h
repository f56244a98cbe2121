/* The slots: what jobs.c and job_ends.c share.  Nobody else includes this. */
#ifndef WORK_JOB_SLOTS_H
#define WORK_JOB_SLOTS_H

#include "work/inside.h"
#include "work/job_leases.h"

enum { SLOTS_MOST = 9, RENEW_MS = 1000, LOOK_MS = 1000 };

/* ENDS: it has run, or is not to, and how it ended is not written yet. */
typedef enum { SLOT_FREE, SLOT_CLAIMS, SLOT_RUNS, SLOT_ENDS } SlotState;

/* What is written of an end: how it ended, and its kind hears of a failure; that alone, its kind does not; only that
 * nobody runs it. */
typedef enum { END_TOLD, END_UNTOLD, END_LEFT } EndHow;

typedef struct {
    Err         err;
    bool        goes_back;
    const char *problem;
    Str         said;    /* what its sentence was said with (format/kept_args.h) */
    EndHow      how;
    bool        tells;   /* the kind's given_up has begun */
    int         refused; /* times, written so */
} Ending;

typedef struct {
    Job            job;
    Ending         ending;
    Jobs          *jobs;
    Arena          mem;       /* argument, language */
    const JobKind *kind;
    JobSort        sort;      /* of what it takes up */
    int64_t        actor;
    const char    *language;
    int            runs;      /* in this process */
    bool           sets_aside; /* what was claimed is not run: it took its servers down */
    atomic_int     state;
    Worker        *worker;    /* under the mutex of jobs */
    atomic_bool    renews, cancelled, ends; /* ends: its end is being written */
    _Atomic int64_t renewed;  /* ticks; by the keeper while it runs, by its worker when it ends */
    int64_t        began;     /* ticks */
} Slot;

struct Jobs {
    Lanes          *lanes;
    /* The keeper's look at the schedule (schedule.c): one at a time, while `looks`. */
    atomic_bool     looks;
    int64_t         schedule_at;             /* ticks: the next look                                  */
    Moment          clock_seen;              /* by the lanes' clock; 0: not yet                       */
    bool            due, waits, set_back;    /* a round is due; a job is; the clock was set back      */
    Leases          leases;   /* under the mutex */
    int64_t         server;   /* a random number that is this process */
    Str            *kinds;    /* that this process takes up, sort by sort */
    int             first[JOB_SORTS + 1]; /* of each sort; at the end how many there are */
    int             slot_count;
    Slot            slots[SLOTS_MOST];
    pthread_mutex_t mutex;
    atomic_bool     works;   /* this is a server, or a command that has added one itself */
    atomic_bool     look[JOB_SORTS];
    int64_t         looked[JOB_SORTS];
    _Atomic int64_t look_after; /* ticks: the base took no writes, or there was no room for a job */
};

/* jobs.c: looks for a job a second later. */
void look_later(Jobs *j);

/* job_ends.c */
void slot_done(void *to, Err err, Work *w);          /* LaneWork.done of what ran in it */
void slot_ends(Slot *s, Ending ending);              /* from now on it is being ended; free when that is written */
void slot_end_again(Slot *s, int64_t ticks);         /* from the keeper: one that could not be written */

#endif
