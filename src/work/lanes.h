/* Who does the work: lanes of threads between the network and the database.
 *
 *     FAST     a page or a record: workers with a read connection each; whoever is not done in 3 s is stopped
 *     SLOW     reports, imports, mail: at nice 10, fewer than the cores but at least two, one of which jobs leave free
 *     SIGN_IN  passwords, which take a core for a moment: at nice 10 as well, so that nobody waits behind a report to
 *              be let in
 *     HOUSE    what the firm's day needs (work/jobs.h: copies, classes), whatever people have begun: one thread at
 *              nice 10
 *     BRIEF    jobs of a minute at most, which so never wait behind a long one: one thread at nice 10
 *     WRITER   everything that changes the base.  On SQLite one thread: works queue up, each runs in a savepoint of its
 *              own, all that ran are committed together and answered after (one fsync for all of them).  On PostgreSQL
 *              several threads at serializable, which run a work again after a serialization failure or a deadlock
 *              until it holds or a second has passed, and once where what it added was there already.
 *
 * Queues are bounded: a full one says BUSY at once.  In a lane everybody stands in a line of his own and the lines are
 * served in turn; a line has at most half of the lane's workers, and at most as many places as it leaves free to
 * others.  So nobody waits long behind one who asks much.
 *
 * What a fast work reads on SQLite is one state of the base; on PostgreSQL each statement reads for itself, unless
 * `snapshot` is asked for.  What a slow work wants to write it hands to the writer with work_write. */
#ifndef WORK_LANES_H
#define WORK_LANES_H

#include "work/work.h"

typedef enum { LANE_FAST, LANE_SLOW, LANE_WRITER, LANE_SIGN_IN, LANE_HOUSE, LANE_BRIEF, LANE_COUNT } Lane;

/* Whose line a work stands in: a user's id, everybody whom nobody knows, or the program itself, which is not held
 * back. */
enum { LINE_OWN = 0, LINE_STRANGERS = -1 };

typedef struct JobKind       JobKind;
typedef struct ScheduleRound ScheduleRound;
typedef struct Calendar      Calendar;

typedef struct {
    Err (*before)(Work *w,
                  void *to); /* may be null.  Called ahead of each run; on PostgreSQL outside the transaction, so that
                                what it reads makes no writer run again.  With w->settled it is all there was to do */
    Err       (*run)(Work *w, void *to);
    void (*done)(void *to, Err err,
                 Work *w); /* may be null.  On the lane's thread, once, after the commit: w->mem and w->problems still
                              live, w->db must not be used.  Quick: others wait behind it                    */
    void       *to;
    int64_t     line;       /* LINE_…, a user's id; below LINE_STRANGERS whatever tells strangers apart */
    int64_t     actor;
    const struct Actor *who; /* for Work.who; must live until done */
    const char         *language; /* null: "en" */
    const void *name;       /* under which it is known where memory is tried out (core/arena.h); null: `run` */
    Job        *job;        /* WRITER: it writes for this job; null: none */
    bool        snapshot;   /* FAST and SLOW: all statements see one state of the base */
    bool (*left)(void *to); /* FAST and SLOW; may be null: nobody waits for what it reads.  Asked ten times a second by
                               another thread while it runs; it is stopped then, or never begins */
    int         limit_ms;   /* stopped after so long in its lane; 0: the lane's own (FAST 3 s, SIGN_IN 30 s, WRITER
                               60 s, SLOW none) */
} LaneWork;

typedef struct {
    Str            address;      /* as for db_open                                                        */
    Clock          clock;
    const Zone    *zone;         /* null: UTC                                                             */
    int            threads[LANE_COUNT]; /* 0: by the number of cores; WRITER on SQLite is always 1        */
    int            queue[LANE_COUNT];   /* 0: 1,024, 256, 4,096, 64, 16 and 16                           */
    int            group_works;  /* how many works one commit holds at most; 0: 256                       */
    int            group_ms;     /* no work joins a group that is older; 0: 20                            */
    const Handler *handlers;     /* ends with a row without a name; null: none                             */
    const JobKind *jobs;         /* the same (work/jobs.h); null: no jobs are run here                    */
    int            stop_ms;      /* how long running and waiting works have once the lanes stop; 0: 10 s  */
    int            lease_ms;     /* how long a job's server must not be heard of before another takes it over; 0: 30
                                    s */
    bool           served;   /* this is a server, which takes up whatever job there is; others, the commands, none
                                before they have added one, and none that needs a server */
    const char    *without;      /* a kind of job that is not taken up here; null: all are                */
    const ScheduleRound *rounds; /* what comes by itself (work/schedule.h); null: nothing                 */
    /* the firm's calendar and zone as the base has them now, in w->mem; null: the usual one, and `zone`   */
    Err (*calendar)(Work *w, Calendar *calendar, const Zone **zone);
} LanesOptions;

/* Opens the connections and starts the threads; the base must be migrated.  On an error *lanes is null. */
Err  lanes_start(const LanesOptions *options, Lanes **lanes, DbFault *why);

/* The beginning of a stop, for a server that answers first whoever waits: slow works are told to end, no further one
 * begins (BUSY); the other lanes go on. */
void lanes_slow_ends(Lanes *lanes);

/* Takes no new works, finishes what waits in FAST and WRITER, drops what waits in SLOW (answered BUSY), tells running
 * slow works to stop and waits for them.  Their jobs go on at the next start.  What is not done after stop_ms is told
 * to end and dropped too, in every lane. */
void lanes_stop(Lanes *lanes);

/* Copies *work.  BUSY when the queue is full or the lanes stop: then done is not called. */
Err  lanes_submit(Lanes *lanes, Lane lane, const LaneWork *work);

/* Submits and waits.  Problems are copied to `problems` (may be null).  Never from a lane's own thread: see
 * work_write. */
Err  lanes_run(Lanes *lanes, Lane lane, const LaneWork *work, Problems *problems);

/* From a FAST or SLOW work: runs `run` in the writer lane as the same actor, waits, and takes over its problems.  What
 * it leaves in its own w->mem is gone afterwards: results belong into `to`. */
Err  work_write(Work *w, Err (*run)(Work *w, void *to), void *to);

/* The firm's zone, changed while running (it must live as long as the lanes). */
void lanes_zone(Lanes *lanes, const Zone *zone);
const LanesOptions *lanes_options(const Lanes *lanes);

/* How it goes, for /metrics and the tests. */
typedef struct {
    int64_t works[LANE_COUNT], refused[LANE_COUNT], waiting[LANE_COUNT];
    int64_t commits, reruns;
} LanesCount;

LanesCount lanes_count(Lanes *lanes);

#endif
