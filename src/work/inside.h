/* What the files of work/ share: threads, queues and the way of one work through its lane.  Nobody outside includes
 * this. */
#ifndef WORK_INSIDE_H
#define WORK_INSIDE_H

#include "work/jobs.h"

#include <pthread.h>

typedef struct Worker Worker;
typedef struct Jobs   Jobs;

/* Why a running work is to end. */
typedef enum { HALT_NONE, HALT_CANCELLED, HALT_TOO_LONG, HALT_STEP_TOO_LONG, HALT_LEFT,
               HALT_SERVER_STOPS } Halt;

enum { NOTES_MOST = 1000 }; /* of one work; more are counted */

struct Worker {
    Lanes          *lanes;
    Lane            lane;
    pthread_t       thread;
    Db             *db;
    Arena           mem, scratch;
    int64_t         turns;
    pthread_mutex_t mutex;   /* over what is below: it changes hands between the thread and whoever halts it */
    bool            running;
    int64_t         ends_at, step_ends_at; /* ticks; 0: no limit */
    int             limit_ms, step_ms;
    bool          (*left)(void *to);       /* of the work that runs */
    void           *to;
    int64_t         stopped_at;            /* ticks: when the database was last told to stop */
    atomic_int      halt;
};

typedef struct {
    LaneWork work;
    int      reruns;
} Queued;

typedef struct Waiting Waiting;

struct Waiting {
    Queued   work;
    Waiting *next;
};

/* Whoever waits or is served: works of one person, in the order in which they came. */
typedef struct {
    int64_t  who;
    Waiting *first, *last;
    int      waiting, served;
} Line;

typedef struct {
    pthread_mutex_t mutex;
    pthread_cond_t  filled;
    Waiting        *slot, *spare;
    Line           *line;
    int             lines, turn;       /* line[turn] is looked at first */
    int             most, room, count; /* at most `most` are accepted; there is room for those that go back */
    int             share;             /* workers that one line may have at once; 0: all of them */
    bool            closed;            /* nothing more comes: takers leave when it is empty */
} Queue;

/* A stretch of the series of ids. */
typedef struct {
    int64_t next, end;
} IdBlock;

struct Lanes {
    LanesOptions     options;
    DbEngine         engine;
    _Atomic(const Zone *) zone;
    Queue            queue[LANE_COUNT];
    Worker          *workers[LANE_COUNT];
    int              threads[LANE_COUNT];
    atomic_bool      stopping;   /* slow works end, and none begins */
    atomic_bool      closing;    /* no work is taken any more       */
    Arena            mem;        /* lives as long as the lanes */
    struct Map      *hearers;    /* by the name of an event: its handlers, a list that ends with null */
    _Atomic int64_t  works[LANE_COUNT], refused[LANE_COUNT], commits, reruns;

    pthread_mutex_t  ids_mutex;
    IdBlock          ids;        /* for every lane; on SQLite not for the writer */
    IdBlock          ids_writer; /* SQLite: taken inside the writer's transaction */
    bool             ids_fresh;  /* ids_writer was taken by the work that runs now */
    Db              *ids_db;     /* PostgreSQL: so that no writing transaction touches the series */

    pthread_t        keeper;     /* watches limits, keeps the jobs */
    pthread_mutex_t  keeper_mutex;
    pthread_cond_t   keeper_wake;
    bool             keeper_ends;
    int64_t          stops_at;   /* ticks; 0: the lanes do not stop */
    _Atomic(Jobs *)  jobs;
};

/* Its works run at low priority, and end first when the lanes stop. */
static inline bool lane_yields(Lane lane) { return lane == LANE_SLOW || lane == LANE_HOUSE || lane == LANE_BRIEF; }

/* events.c */
void work_events_open(Lanes *lanes);
void work_events_clear(Work *w); /* nothing has been raised yet */

/* lanes.c */
Err  lanes_push(Lanes *lanes, Lane lane, const LaneWork *work, bool internal);
Err  lanes_wait(Lanes *lanes, Lane lane, const LaneWork *work, Problems *problems, bool internal);
void worker_halt(Worker *worker, Halt why);

/* queue.c */
void queue_new(Queue *q, Arena *mem, int most, int back, int workers);
Err  queue_put(Queue *q, const LaneWork *work);
void queue_back(Queue *q, const Queued *first, int n);     /* to the front again, in this order */
bool queue_take(Queue *q, Queued *out);                     /* waits; false: closed and empty    */
void queue_over(Queue *q, int64_t who);                     /* a work that was taken is done     */
bool queue_try(Queue *q, Queued *out, int64_t until_us);    /* waits until then at most          */
int  queue_drain(Queue *q, Queued *out, int most);
void queue_close(Queue *q);

/* work.c: the stations of a work */
void work_begin(Work *w, Worker *worker, const LaneWork *lw);
Err  work_before(Work *w, Worker *worker, const LaneWork *lw);    /* LaneWork.before, guarded like a run */
Err  work_run_once(Work *w, Worker *worker, const LaneWork *lw);  /* run and handlers; TOO_LARGE with words when
                                                                     memory ran out */
const void *work_name(const LaneWork *lw);
Err  work_reason(Work *w, Err err);                                /* words for an error without words; STOPPED by
                                                                      whom */
void work_answer(Work *w, const LaneWork *lw, Err err);            /* done, then what it owns */
Err  work_clear(Work *w, char *mark);                               /* empty again, for a rerun */
int64_t ticks_us(void);

/* lane_each.c, lane_group.c: the threads, and what both need */
enum { RERUNS = 5, RERUN_MS = 1000 }; /* at least so often where others were faster, and for so long */
void  turn_begin(Worker *k, const LaneWork *lw); /* from here on it can be halted */
void  turn_end(Worker *k);
void  give_back(Worker *k);
void *lane_each(void *worker);
void *lane_group(void *worker);

/* ids.c */
Err  ids_open(Lanes *lanes, DbFault *why);
void ids_undone(Lanes *lanes); /* what the running work took in SQLite's transaction is not taken any more */
void ids_forget(Lanes *lanes); /* the whole transaction is gone */

/* jobs.c */
Err  job_holds(Work *w, Job *job); /* first in a transaction that writes for the job; CONFLICT: another server has it */
Err  jobs_open(Lanes *lanes);
void jobs_close(Lanes *lanes);
void jobs_tick(Lanes *lanes, int64_t ticks);
void jobs_kick(Lanes *lanes); /* one was added */

/* schedule.c */
void schedule_tick(Jobs *jobs, int64_t ticks);
Err  schedule_begin(Work *w, void *nothing); /* writes down what the program comes with */

#endif
