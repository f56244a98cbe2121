/* How a job ends: its row is written, and what it worked on hears of it.
 *
 * What the base cannot take now, because it is away or there is no room, is offered again each second until it can.
 * What is refused for good must not keep the slot, nor stop the jobs behind it: then less is written.  First without
 * the kind's given_up, whose failure is no reason for the row to go on running; then only that nobody runs it, so that
 * it is taken up again, which counts as an attempt. */
#include "work/job_slots.h"

#include "core/log.h"
#include "format/kept_args.h"
#include "work/job_sql.h"

#include <string.h>

/* So often one end is refused before less is written; a lack of memory may pass. */
enum { REFUSED_MOST = 3, TOO_LARGE_MOST = 12 };

/* What the job worked on is not to wait for it any more. */
static Err slot_given_up(Work *w, Slot *s, JobState state)
{
    if (s->ending.how != END_TOLD) return OK;
    s->ending.tells = true;
    w->actor    = s->actor;
    w->language = str_of(s->language);
    const Event failed = { .name = "job.failed", .entity = "job", .record = s->job.id, .what = &s->job };
    if (state == JOB_FAILED) TRY(work_raise(w, failed));
    return s->kind->given_up ? s->kind->given_up(w, &s->job) : OK;
}

/* In how many seconds it is tried again; 0: not any more. */
static int again_s(const Slot *s, JobState state)
{
    const int *again = state == JOB_FAILED && !s->sets_aside ? s->kind->again : NULL;
    for (int i = 0; again && again[i]; i++)
        if (i == s->job.tries) return again[i];
    return 0;
}

static Err slot_end(Work *w, void *to)
{
    Slot    *s    = to;
    Ending  *e    = &s->ending;
    Job     *j    = &s->job;
    int64_t  me   = s->jobs->server, done = atomic_load(&j->done), total = atomic_load(&j->total);
    JobState state = !e->err ? JOB_DONE : atomic_load(&s->cancelled) ? JOB_STOPPED : JOB_FAILED;
    Val      problem = e->problem ? val_text(str_of(e->problem)) : val_null(), said = val_text(e->said);
    e->tells = false;
    if (e->how == END_LEFT) return db_run(w->db, SQL_JOB_LEAVE, VALS(val_int(j->id), val_int(me)), NULL);
    if (e->goes_back)
        return db_run(w->db, SQL_JOB_BACK, VALS(val_int(j->id), val_int(me), val_int(done), val_int(total), problem,
                           said), NULL);
    if (again_s(s, state))
        return db_run(w->db, SQL_JOB_AGAIN,
                      VALS(val_int(j->id), val_int(me), val_int(w->now + again_s(s, state) * INT64_C(1000)),
                           val_int(done), val_int(total), problem, said), NULL);
    int64_t mine = 0; /* it may have been taken over */
    TRY(db_run(w->db, SQL_JOB_END,
               VALS(val_int(j->id), val_int(me), val_int(state), val_int(w->now), val_int(done), val_int(total),
                    problem, e->err ? said : val_text(j->result)),
               &mine));
    return mine && e->err ? slot_given_up(w, s, state) : OK;
}

static bool no_room(const Problems *why)
{
    return why->last && strcmp(why->last->key, db_fault_key(FAULT_FULL)) == 0;
}

/* Nothing less can be written than that it is left. */
static void slot_refused(Slot *s, Err err, const Problems *why)
{
    Ending *e = &s->ending;
    if (e->how == END_LEFT || ++e->refused < (err == TOO_LARGE ? TOO_LARGE_MOST : REFUSED_MOST)) return;
    log_line("jobs", "%s %lld: %s (%s)", s->kind->name, (long long)s->job.id,
             e->tells ? "it has ended, but what it worked on cannot be told so"
                      : "its end cannot be written: it is left to be taken up again",
             why->last ? why->last->key : "no words");
    e->how     = e->tells ? END_UNTOLD : END_LEFT;
    e->refused = 0;
}

/* `ends` is let go of last: whoever has it finds the state as it is. */
static void slot_ended(void *to, Err err, Work *w)
{
    Slot *s     = to;
    bool  later = err && !atomic_load(&w->lanes->stopping);
    if (later && err != BUSY && !no_room(&w->problems)) slot_refused(s, err, &w->problems);
    if (!later) atomic_store(&s->state, SLOT_FREE);
    atomic_store(&s->ends, false);
    if (!later) jobs_kick(w->lanes);
}

/* The keeper may come with what it saw before the end was written. */
static void end_write(Slot *s)
{
    LaneWork lw = { .run = slot_end, .done = slot_ended, .to = s };
    if (atomic_exchange(&s->ends, true)) return;
    if (atomic_load(&s->state) != SLOT_ENDS || lanes_push(s->jobs->lanes, LANE_WRITER, &lw, true))
        atomic_store(&s->ends, false);
}

void slot_ends(Slot *s, Ending ending)
{
    s->ending  = ending;
    s->renewed = clock_ticks();
    atomic_store(&s->state, SLOT_ENDS);
    end_write(s);
}

/* The work's memory goes on to the next one, so what is to be written is copied.  A full disk, or a base that is away,
 * is no fault of the job: it goes back and is taken up again, so that what it had begun goes on, or is undone. */
void slot_done(void *to, Err err, Work *w)
{
    Slot *s    = to;
    bool  back = err == BUSY || (err && no_room(&w->problems));
    if (s->job.result.n) s->job.result = str_copy(&s->mem, s->job.result);
    if (back) look_later(s->jobs);
    const Problem *why = w->problems.last;
    slot_ends(s, (Ending){ .err = err, .goes_back = back, .problem = why ? why->key : NULL,
                           .said = why ? args_keep(&s->mem, why->args, why->arg_count) : (Str){ 0 } });
}

void slot_end_again(Slot *s, int64_t ticks)
{
    if (ticks - s->renewed < RENEW_MS) return;
    s->renewed = ticks;
    end_write(s);
}
