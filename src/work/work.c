/* The stations of a work: it begins, runs, settles, gets words for its error, is answered, and lets go of what it
 * owns. */
#include "work/inside.h"

#include "core/log.h"
#include "core/pulse.h"

#include <string.h>
#include <time.h>

struct Owned {
    Owned *next;
    void  *thing;
    void (*free_)(void *);
};

int64_t ticks_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void work_begin(Work *w, Worker *worker, const LaneWork *lw)
{
    Lanes *lanes = worker->lanes;
    *w = (Work){
        .mem = &worker->mem, .scratch = worker->scratch, .db = worker->db, .writes = worker->lane == LANE_WRITER,
        .actor = lw->actor, .who = lw->who, .language = str_of(lw->language ? lw->language : "en"),
        .now = clock_now(&lanes->options.clock), .zone = atomic_load(&lanes->zone), .lanes = lanes, .worker = worker,
        .problems = { .mem = &worker->mem, .limit = 1000 }, .notes = { .mem = &worker->mem, .limit = NOTES_MOST },
    };
    w->today = zone_day(w->zone, w->now);
}

int64_t work_steady(const Work *w) { return clock_steady(&w->lanes->options.clock); }

/* ---- what it owns ---- */

void *work_own(Work *w, void *thing, void (*free_)(void *))
{
    Owned *o = NEW(w->mem, Owned);
    *o       = (Owned){ .next = w->owned, .thing = thing, .free_ = free_ };
    w->owned = o;
    return thing;
}

static void let_go(Work *w)
{
    for (; w->owned; w->owned = w->owned->next) w->owned->free_(w->owned->thing);
}

Err work_clear(Work *w, char *mark)
{
    let_go(w);
    w->mem->beg    = mark;
    w->problems    = (Problems){ .mem = w->mem, .limit = 1000 };
    w->notes       = (Problems){ .mem = w->mem, .limit = NOTES_MOST };
    w->confirmed   = NULL;
    w->id          = 0;
    w->own         = NULL;
    w->job_added   = false;
    work_events_clear(w);
    return OK;
}

typedef struct {
    Work           *w;
    const LaneWork *lw;
    Err             err;
} Reply;

static Err reply(void *to)
{
    const Reply *r = to;
    r->lw->done(r->lw->to, r->err, r->w);
    return OK;
}

/* Whoever is told sees to it himself that he can be told; here it is only not the end of the lane. */
void work_answer(Work *w, const LaneWork *lw, Err err)
{
    Reply r = { w, lw, err };
    if (lw->done && guarded(reply, &r) == TOO_LARGE) log_line("work", "an answer found no memory");
    let_go(w);
}

/* ---- running ---- */

/* Of what somebody has asked, with what he can do about it. */
static Err answer_too_late(int limit_ms, Problems *to)
{
    return PROBLEM(to, INVALID, NULL, "work.asked_too_long", arg_count("limit", limit_ms / 1000));
}

static Err halt_told(const Worker *worker, Problems *to)
{
    static const struct {
        Err         err;
        const char *key;
    } reasons[] = {
        [HALT_NONE] = { OK, NULL },
        [HALT_CANCELLED] = { CONFLICT, "work.cancelled" },
        [HALT_TOO_LONG] = { CONFLICT, "work.too_long" },
        [HALT_STEP_TOO_LONG] = { CONFLICT, "work.too_long" },
        [HALT_LEFT] = { CONFLICT, "work.cancelled" },
        [HALT_SERVER_STOPS] = { BUSY, "work.server_stops" },
    };
    int why = atomic_load_explicit(&worker->halt, memory_order_relaxed);
    if (why == HALT_TOO_LONG && worker->lane == LANE_FAST)
        return PROBLEM(to, INVALID, NULL, "work.question_too_hard");
    if (why == HALT_TOO_LONG && worker->left) return answer_too_late(worker->limit_ms, to);
    if (why == HALT_STEP_TOO_LONG && worker->left) return answer_too_late(worker->step_ms, to);
    return why ? PROBLEM(to, reasons[why].err, NULL, reasons[why].key) : OK;
}

/* What knows nothing of works asks by its thread. */
static Err pulse_of_worker(void *worker, Problems *to)
{
    return halt_told(worker, to);
}

typedef struct {
    Work           *w;
    const LaneWork *lw;
} Turn;

static Err turn_run(void *to)
{
    const Turn *turn = to;
    if (turn->lw->job) TRY(job_holds(turn->w, turn->lw->job));
    TRY(turn->lw->run(turn->w, turn->lw->to));
    return work_settle(turn->w);
}

const void *work_name(const LaneWork *lw)
{
    return lw->name ? lw->name : (const void *)lw->run;
}

Err work_run_once(Work *w, Worker *worker, const LaneWork *lw)
{
    char *mark = worker->mem.beg;
    Turn  turn = { w, lw };
    w->scratch = worker->scratch;
    Pulse before = pulse_begin((Pulse){ pulse_of_worker, worker });
    Err   err    = guarded_as(work_name(lw), turn_run, &turn);
    pulse_begin(before);
    if (err != TOO_LARGE) return err;
    work_clear(w, mark); /* whatever it held or had said stands in memory that is given up */
    return fail(w, TOO_LARGE, NULL, "work.too_large");
}

Err work_before(Work *w, Worker *worker, const LaneWork *lw)
{
    LaneWork first = *lw;
    w->settled     = false;
    if (!lw->before) return OK;
    first.run  = lw->before;
    first.name = NULL; /* it is tried by itself */
    return work_run_once(w, worker, &first);
}

/* ---- words ---- */

/* Words for a database error about one field, or about the whole. */
Err work_fault(Work *w, const char *field)
{
    const DbFault *f = db_fault(w->db);
    if (!f->kind) return fail(w, BROKEN, field, "store.broken");
    return fail(w, f->err, field, f->key, arg_text("column", str_of(f->columns)));
}

Err work_pulse(Work *w)
{
    return halt_told(w->worker, &w->problems);
}

bool work_halted(const Work *w) { return atomic_load(&w->worker->halt) != HALT_NONE; }

bool work_cancelled(const Work *w)
{
    return atomic_load(&w->worker->halt) == HALT_CANCELLED;
}

/* A statement that was stopped says only that; who stopped it is known here.  A stop that nobody ordered was meant for
 * the work before, and arrived late: again. */
Err work_reason(Work *w, Err err)
{
    if (!err) return OK;
    bool stopped = db_fault(w->db)->kind == FAULT_STOPPED && err == CONFLICT && !w->problems.count;
    if (stopped && !atomic_load(&w->worker->halt)) return BUSY;
    if (stopped) return work_pulse(w);
    if (!w->problems.count && db_fault(w->db)->err == err) work_fault(w, NULL);
    if (!w->problems.count) fail(w, err, NULL, err == BUSY ? "store.busy" : "work.failed");
    return err;
}

Err work_id(Work *w, int64_t *id)
{
    if (!w->id) TRY(ids_take(w, 1, &w->id));
    *id = w->id;
    return OK;
}
