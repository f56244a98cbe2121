/* Jobs: slow works with a row, so that a person sees how far they are, can stop them, and a restart finds them.
 *
 * A job is a row in `job` (kind, argument, done, total, rate, lease, attempt, cancel flag).  Whoever wants one calls
 * job_add inside a writing work; once that is committed a server takes it up in its slow lane.  While it runs its
 * server holds a lease of 30 s that is renewed every second together with the progress; a job whose lease has run out,
 * or that was running when its server died, is taken up again with attempt + 1 by whoever finds it, and its kind goes
 * on where the base says it was.  One under which a server died twice without getting further is set aside: it has
 * failed, and nobody dies of it again.  A kind that says so is tried again after an error, later and later; when it has
 * failed for good, `job.failed` is raised.  One that ends for want of room on the disk, or because the base is away,
 * waits and is taken up again, which does not count as an attempt; an end that cannot be written is written as soon as
 * it can, and one that is refused leaves the job to be taken up again.  What is written for a job holds its row until
 * the commit, so that on PostgreSQL nobody goes on while something of a dead server may still be committed. */
#ifndef WORK_JOBS_H
#define WORK_JOBS_H

#include "work/lanes.h"

/* as numbers in the column `state` */
typedef enum { JOB_WAITING, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_STOPPED } JobState;

struct Job {
    int64_t    id;
    Str        argument;  /* what job_add was given                                  */
    int        attempt;   /* 1: the first; more: an earlier one was cut off           */
    int        tries;     /* so often it has ended in an error before                 */
    Moment     occurrence; /* of a round: the moment it was due; NONE: of none        */
    Str        result;    /* set by the kind: kept in the row when it has ended well  */
    _Atomic int64_t done, total;
};

/* Which slots take it up: none of them waits for another. */
typedef enum {
    JOB_LONG,  /* what people begin: as many at once as there are slow threads, but for one */
    JOB_HOUSE, /* what the firm's day needs whatever they have begun: one at a time         */
    JOB_BRIEF, /* a minute at most: one at a time                                           */
    JOB_SORTS
} JobSort;

struct JobKind {
    const char *name;     /* "import" */
    Err       (*run)(Work *w, Job *job);    /* the first attempt */
    Err       (*resume)(Work *w, Job *job); /* a later one: finishes or undoes what the base holds of it */
    int         limit_s;  /* stopped after so long; 0: an hour, or, when brief, a minute */
    JobSort     sort;
    const int  *again;    /* after an error so many seconds until each next try; ends with 0.  null: none */
    Err (*given_up)(
        Work *w,
        Job *job); /* may be null.  The job has ended without success, by an error, a stop or the second death under it:
                      what it worked on is told so, in the same transaction.  A writing work of the job's actor, w->who
                      not set. Where it is refused again and again, that is logged and the job ends all the same */
    bool        served;   /* only a server takes it up; a command leaves it to the next one */
};

/* From a writing work.  *id is the job's row. */
Err job_add(Work *w, const char *kind, Str argument, int64_t *id);

/* The same for one that is not wanted just so. */
typedef struct {
    const char *kind;
    Str         argument;
    Str         key;        /* s null: none.  Where one of the kind with this key is not over yet, that one is given */
    Moment      due_at;     /* by the lanes' clock; 0: at once                                                       */
    Moment      occurrence; /* NONE: none                                                                            */
} JobWanted;

Err job_want(Work *w, const JobWanted *wanted, int64_t *id);

/* How far the job is, and whether to go on: call it each 4,096 items.  OK, or what work_pulse says. */
Err job_step(Work *w, int64_t done, int64_t total);

/* From a writing work: asks the job to stop; the server that runs it does so within a second, in the middle of a
 * statement too. NOT_FOUND when there is none, CONFLICT when it has ended. */
Err job_cancel(Work *w, int64_t id);

/* A job that took two servers down without getting further: it is told to the administrator, and does not begin again
 * by itself. */
typedef struct {
    int64_t id, actor;
    Str     kind;
    Moment  at;
} SetAside;

/* Since a moment, the latest first, at most `most`; *n is how many there are in out. */
Err jobs_set_aside(Work *w, Moment since, int most, SetAside *out, int *n);

#endif
