/* A unit of work: one request, one command, one step of a job.  It owns everything that lives as long as it does, so
 * leaving early is always safe: `TRY`, never `goto`.
 *
 * Only the dispatcher (work/lanes.h) begins and ends transactions.  A work that returns OK from a writing lane is
 * committed, anything else is rolled back.  After BUSY it is run again from the start with empty memory and without
 * problems, so `run` must not have changed anything outside of `mem` and the database. */
#ifndef WORK_WORK_H
#define WORK_WORK_H

#include "core/clock.h"
#include "core/problem.h"
#include "core/words.h"
#include "core/zone.h"
#include "store/db.h"

typedef struct Lanes Lanes;
typedef struct Job   Job;
typedef struct Event Event;
typedef struct Owned Owned;

typedef struct Work Work;

struct Work {
    Arena   *mem;       /* what must live until the work has been answered                          */
    Arena    scratch;   /* what is borrowed: hand it on by value                                    */
    Db      *db;        /* in a writing lane a transaction is open; else a connection for reading   */
    bool     writes;
    int64_t  actor;     /* the user who acts; 0: the program itself                                 */
    const struct Actor *who; /* with his rights (access/access.h); whoever begins the work sets it; null may do
                                nothing */
    Str      language;  /* "ru" or "en"                                                             */
    Moment   now;       /* the one clock reading                                                    */
    Day      today;     /* the firm's day at that moment                                            */
    const Zone *zone;   /* the firm's                                                               */
    Problems problems;
    Lanes   *lanes;
    Job     *job;       /* the row this work belongs to; null: none (work/jobs.h)                   */
    int64_t  id;        /* see work_id                                                              */
    const struct OwnFields *own; /* the firm's own fields as this work sees them; null: not read yet (entity/own.h) */
    Problems notes;     /* what is said of it though it passes (entity/check.h)                     */
    struct Confirmed *confirmed; /* what whoever asked for it has said "save anyway" to; null: nothing */
    Event   *event_first, *event_last;
    const Event *event; /* that is being handled; null: none                                        */
    const struct Handler *handler; /* by whom                                                       */
    int64_t  handled;   /* how often a handler was called: whether a record may have moved on       */
    bool     unsettled; /* something has been raised since it settled                               */
    Owned   *owned;
    struct Worker *worker; /* whose thread this is                                                  */
    bool     job_added;    /* a job waits for this work's commit                                    */
    bool     settled;      /* set by LaneWork.before: there is nothing left to run                  */
};

static inline Lang work_lang(const Work *w) { return str_eq(w->language, S("ru")) ? LANG_RU : LANG_EN; }

/* Records words and returns err: `return fail(w, CONFLICT, "number", "order.number_taken", arg_text("number", n));` */
#define fail(w, ...) PROBLEM(&(w)->problems, __VA_ARGS__)

/* Turns the last database error into words about `field` (null: the whole) and returns its Err.  A work that ends with
 * an error and without words gets these from the dispatcher. */
Err work_fault(Work *w, const char *field);

/* `thing` is given to `free_` when the work ends, the latest first.  For what a library allocates. */
void *work_own(Work *w, void *thing, void (*free_)(void *));

/* Has somebody cancelled this work, is its time over (CONFLICT), or does the server stop (BUSY)?  Asked each 4,096
 * items. */
Err work_pulse(Work *w);

/* From now on until it is said again the work has so long, whatever its lane allows; 0: what its lane allows.  For
 * works of many steps, each of which is short where all together may be long. */
void work_step(Work *w, int most_ms);

/* For a work that goes on after an error: what it came to.  A statement that was stopped says only that; this says by
 * whom, with words, BUSY where it was the end of the server. */
Err work_reason(Work *w, Err err);

/* The same without words, for what asks often. */
bool work_halted(const Work *w);

/* Was it somebody who asked for that? */
bool work_cancelled(const Work *w);

/* ---- ids ---- */

/* n ids in a row, from *first: one series for the firm, below 2^53, never given twice, known before anything is
 * written.  From any lane. Numbers taken by a work that fails are lost. */
Err ids_take(Work *w, int64_t n, int64_t *first);

/* The id of this work itself, taken when first asked for; it ties together the change rows of one work. */
Err work_id(Work *w, int64_t *id);

/* ---- events: how a lower layer tells a higher one ---- */

typedef struct Handler Handler;

/* Something happened to a record.  Handlers run when the work settles, inside the same transaction, in the order of the
 * list in app/; what they raise themselves follows, at most five deep, and one handler meets one record at most twice
 * in a row of causes.  A handler that returns an Err refuses the whole work. */
struct Event {
    const char *name;   /* "order.shipped" */
    const char *entity; /* "order"         */
    int64_t     record;
    const void *what;   /* whatever raiser and handler agreed on; in w->mem */
    bool        bulk;   /* by an import, or its undo                        */
    /* filled in by work_raise */
    Event         *next;
    const Event   *cause;           /* while which was handled, */
    const Handler *by;              /* and by whom              */
    const Handler *const *hearers;
    int            depth;
};

/* `event` names one, or that of every entity: `*.saved`, `*.archived`, `*.restored`, `*.removed`.  `work.settled` comes
 * last of all, when what was raised before has been handled: what must hold then is asked there, once for all saves. */
struct Handler {
    const char *event;
    Err       (*handle)(Work *w, const Event *event);
    bool        bulk; /* of `*.…`: hears of what imports do as well */
};

/* Milliseconds for waits and limits: of a clock that never goes back (core/clock.h). */
int64_t work_steady(const Work *w);

/* Costs a look where nobody hears of it. */
Err work_raise(Work *w, Event event);

/* Runs the handlers of what has been raised so far now, at last those of `work.settled`: for a work that answers with
 * what they did, or wants to know whether they refuse it.  The dispatcher does so after every work. */
Err work_settle(Work *w);

#endif
