/* Jobs: how one is taken up, kept alive and asked to stop; how it ends is told in job_ends.c.
 *
 * There is a slot for each slow thread but one, so that a long import never keeps somebody from a report, and one each
 * for what the firm's day needs and for brief jobs.  The keeper calls jobs_tick ten times a second; whatever it wants
 * from the base it hands to the writer and goes on. */
#include "work/job_slots.h"

#include "core/log.h"
#include "work/job_sql.h"

#include <string.h>
#include <sys/random.h>

enum { ATTEMPTS = 2, LIMIT_S = 3600, BRIEF_S = 60 };

static const JobKind *kind_named(const Lanes *lanes, Str name)
{
    const JobKind *k = lanes->options.jobs;
    while (k && k->name && !str_eq(str_of(k->name), name)) k++;
    return k && k->name ? k : NULL;
}

/* ---- wanting and cancelling ---- */

/* Unfinished under this key already: that one is given. */
static Err job_known(Work *w, const JobWanted *j, int64_t *id)
{
    if (!j->key.s) return NOT_FOUND;
    return db_int(w->db, SQL_JOB_WITH_KEY, VALS(val_text(str_of(j->kind)), val_text(j->key)), id);
}

Err job_want(Work *w, const JobWanted *j, int64_t *id)
{
    if (!kind_named(w->lanes, str_of(j->kind)))
        return fail(w, BROKEN, NULL, "job.no_kind", arg_text("kind", str_of(j->kind)));
    Err known = job_known(w, j, id);
    if (known != NOT_FOUND) return known;
    TRY(ids_take(w, 1, id));
    w->job_added = true;
    return db_run(w->db, SQL_JOB_INSERT,
                  VALS(val_int(*id), val_text(str_of(j->kind)), val_text(j->argument), val_int(w->actor),
                       val_text(w->language), val_int(w->now), val_int(j->due_at), val_text(j->key),
                       val_int(j->occurrence)),
                  NULL);
}

Err job_add(Work *w, const char *kind, Str argument, int64_t *id)
{
    return job_want(w, &(JobWanted){ .kind = kind, .argument = argument, .occurrence = NONE }, id);
}

Err job_cancel(Work *w, int64_t id)
{
    int64_t changed, state;
    TRY(db_run(w->db, SQL_JOB_CANCEL_WAITING, VALS(val_int(id), val_int(w->now)), &changed));
    if (!changed) TRY(db_run(w->db, SQL_JOB_CANCEL_RUNNING, VALS(val_int(id)), &changed));
    if (changed) return OK;
    Err err = db_int(w->db, SQL_JOB_STATE, VALS(val_int(id)), &state);
    return err ? err : fail(w, CONFLICT, NULL, "job.ended");
}

Err job_step(Work *w, int64_t done, int64_t total)
{
    if (w->job) {
        atomic_store(&w->job->done, done);
        atomic_store(&w->job->total, total);
    }
    return work_pulse(w);
}

/* ---- running ---- */

static void slot_worker(Slot *s, Worker *k)
{
    pthread_mutex_lock(&s->jobs->mutex);
    s->worker = k;
    pthread_mutex_unlock(&s->jobs->mutex);
}

typedef struct {
    Work *w;
    Slot *s;
} Turn;

static Err kind_run(void *to)
{
    const Turn *turn  = to;
    Slot       *s     = turn->s;
    bool        again = s->job.attempt > 1 || s->job.tries > 0 || s->runs++ > 0;
    return again && s->kind->resume ? s->kind->resume(turn->w, &s->job) : s->kind->run(turn->w, &s->job);
}

/* Guarded by itself: whatever becomes of the job, nobody is to halt this worker for its sake afterwards. */
static Err slot_run(Work *w, void *to)
{
    Slot *s    = to;
    Turn  turn = { w, s };
    TRY(work_pulse(w));
    w->job = &s->job;
    atomic_store(&s->job.done, 0); /* until now it stood where the attempt before left it */
    atomic_store(&s->job.total, 0);
    slot_worker(s, w->worker);
    Err err = guarded(kind_run, &turn);
    slot_worker(s, NULL);
    return err;
}

static int limit_of(const JobKind *kind)
{
    return kind->limit_s ? kind->limit_s : kind->sort == JOB_BRIEF ? BRIEF_S : LIMIT_S;
}

static void slot_start(Slot *s)
{
    static const Lane lanes[JOB_SORTS] = { [JOB_LONG] = LANE_SLOW, [JOB_HOUSE] = LANE_HOUSE, [JOB_BRIEF] = LANE_BRIEF };
    LaneWork lw = { .run = slot_run,
                    .done = slot_done,
                    .to = s,
                    .actor = s->actor,
                    .language = s->language,
                    .name = s->kind,
                    .limit_ms = limit_of(s->kind) * 1000 };
    s->began   = clock_ticks();
    s->renewed = s->began;
    s->runs    = 0;
    atomic_store(&s->state, SLOT_RUNS);
    if (!lanes_push(s->jobs->lanes, lanes[s->sort], &lw, true)) return;
    look_later(s->jobs);
    slot_ends(s, (Ending){ .goes_back = true });
}

/* Ended like one that failed, by the server that took it: if that one dies meanwhile, the next finds it as it was. */
static void slot_set_aside(Slot *s)
{
    log_line("jobs", "%s %lld stopped the server twice: it is set aside", s->kind->name, (long long)s->job.id);
    slot_ends(s, (Ending){ .err = CONFLICT, .problem = "job.too_many_attempts" });
}

/* ---- taking one up ---- */

static void slot_fill(Slot *s, const Rows *rows)
{
    arena_reset(&s->mem, 1 << 16);
    s->job.id       = row_int(rows, 0);
    s->kind         = kind_named(s->jobs->lanes, row_text(rows, 1));
    s->job.argument = str_copy(&s->mem, row_text(rows, 2));
    s->actor        = row_int(rows, 3);
    s->language     = str_c(&s->mem, row_text(rows, 4));
    s->job.attempt  = (int)row_int(rows, 5) + 1;
    s->job.tries    = (int)row_int(rows, 9);
    s->job.occurrence = row_int(rows, 10);
    s->job.result   = (Str){ 0 };
    atomic_store(&s->job.done, row_int(rows, 7));
    atomic_store(&s->job.total, row_int(rows, 8));
    atomic_store(&s->cancelled, false);
    s->sets_aside = row_int(rows, 6) == JOB_RUNNING && s->job.attempt > ATTEMPTS;
}

/* A server that died, or was taken for dead, may have left a transaction that is committed yet: what it wrote would
 * stand beside what goes on here.  So each of a job's transactions holds the job's row, and a claim waits for it. */
Err job_holds(Work *w, Job *job)
{
    const Slot *s = (const Slot *)(const void *)job;
    int64_t     held;
    Err err = db_int(w->db, SQL_JOB_HELD, VALS(val_int(job->id), val_int(s->jobs->server)), &held);
    return err == NOT_FOUND ? fail(w, CONFLICT, NULL, "work.cancelled") : err;
}

/* Two claims that watch at once see the same. */
static Err leases_watch(Work *w, Jobs *j, int64_t *over, ptrdiff_t *dead)
{
    pthread_mutex_lock(&j->mutex);
    Leases seen = j->leases;
    pthread_mutex_unlock(&j->mutex);
    TRY(leases_over(w, &seen, over, dead));
    pthread_mutex_lock(&j->mutex);
    j->leases = seen;
    pthread_mutex_unlock(&j->mutex);
    return OK;
}

static Err slot_claim(Work *w, void *to)
{
    Slot *s = to;
    Jobs *j = s->jobs;
    Rows  rows;
    bool  found;
    int64_t   over[LEASES_MOST];
    ptrdiff_t dead;
    s->kind   = NULL;
    s->job.id = 0;
    if (atomic_load(&w->lanes->stopping)) return OK;
    TRY(leases_watch(w, j, over, &dead));
    Val kinds = val_texts(j->kinds + j->first[s->sort], j->first[s->sort + 1] - j->first[s->sort]);
    TRY(db_query(w->db, SQL_JOB_NEXT, VALS(val_ids(over, dead), kinds, val_int(w->now)), &rows));
    if ((found = rows_next(&rows))) slot_fill(s, &rows);
    TRY(rows_end(&rows));
    if (!found) return OK;
    TRY(db_int(w->db, SQL_JOB_LET_GO, VALS(val_int(s->job.id)), &s->job.id));
    return db_run(w->db, SQL_JOB_TAKE,
                  VALS(val_int(s->job.id), val_int(w->now), val_int(j->server), val_int(lease_until())), NULL);
}

static void slot_claimed(void *to, Err err, Work *w)
{
    Slot *s = to;
    bool  looks_on = !err && s->job.id; /* one was found: there may be more */
    if (err) look_later(s->jobs);
    if (err || !s->kind) atomic_store(&s->state, SLOT_FREE);
    else if (s->sets_aside) slot_set_aside(s);
    else slot_start(s);
    if (looks_on) jobs_kick(w->lanes);
}

static void look_now(Jobs *j)
{
    for (int sort = 0; sort < JOB_SORTS; sort++) atomic_store(&j->look[sort], true);
}

void look_later(Jobs *j)
{
    atomic_store(&j->look_after, clock_ticks() + LOOK_MS);
    look_now(j);
}

static void look_for_one(Jobs *j, JobSort sort, int64_t ticks)
{
    if (ticks < atomic_load(&j->look_after) || !atomic_load(&j->works)) return;
    /* another server may have added one, or died */
    bool due = ticks - j->looked[sort] >= LOOK_MS && j->lanes->engine == DB_POSTGRES;
    if (!due && !atomic_load(&j->look[sort])) return;
    for (int i = 0; i < j->slot_count; i++) {
        Slot *s = &j->slots[i];
        /* a late renewal speaks of the job before */
        if (s->sort != sort || atomic_load(&s->state) != SLOT_FREE || atomic_load(&s->renews)) continue;
        LaneWork lw = { .run = slot_claim, .done = slot_claimed, .to = s };
        j->looked[sort] = ticks;
        atomic_store(&j->look[sort], false);
        atomic_store(&s->state, SLOT_CLAIMS);
        if (lanes_push(j->lanes, LANE_WRITER, &lw, true)) {
            atomic_store(&s->state, SLOT_FREE);
            atomic_store(&j->look[sort], true);
        }
        return;
    }
}

/* ---- staying alive ---- */

static Err slot_renew(Work *w, void *to)
{
    Slot   *s    = to;
    int64_t done = atomic_load(&s->job.done), ms = clock_ticks() - s->began, cancel = 0;
    int64_t rate = ms > 0 ? done * 1000 / ms : 0;
    Err     err = db_int(w->db, SQL_JOB_RENEW,
                         VALS(val_int(s->job.id), val_int(s->jobs->server), val_int(done),
                              val_int(atomic_load(&s->job.total)), val_int(rate), val_int(lease_until())),
                         &cancel);
    if (err == NOT_FOUND) cancel = 1; /* somebody else has taken it over */
    if (err && err != NOT_FOUND) return err;
    if (cancel) atomic_store(&s->cancelled, true);
    return OK;
}

static void slot_renewed(void *to, Err err, Work *w)
{
    (void)err;
    (void)w;
    atomic_store(&((Slot *)to)->renews, false);
}

static void keep_alive(Slot *s, int64_t ticks)
{
    if (atomic_load(&s->state) == SLOT_ENDS) slot_end_again(s, ticks);
    if (atomic_load(&s->state) != SLOT_RUNS) return;
    pthread_mutex_lock(&s->jobs->mutex);
    if (s->worker && atomic_load(&s->cancelled)) worker_halt(s->worker, HALT_CANCELLED);
    pthread_mutex_unlock(&s->jobs->mutex);
    if (ticks - s->renewed < RENEW_MS || atomic_exchange(&s->renews, true)) return;
    LaneWork lw = { .run = slot_renew, .done = slot_renewed, .to = s };
    s->renewed  = ticks;
    if (lanes_push(s->jobs->lanes, LANE_WRITER, &lw, true)) atomic_store(&s->renews, false);
}

void jobs_tick(Lanes *lanes, int64_t ticks)
{
    if (!lanes->jobs) return;
    for (int i = 0; i < lanes->jobs->slot_count; i++) keep_alive(&lanes->jobs->slots[i], ticks);
    for (JobSort sort = 0; sort < JOB_SORTS; sort++) look_for_one(lanes->jobs, sort, ticks);
    schedule_tick(lanes->jobs, ticks);
}

void jobs_kick(Lanes *lanes)
{
    if (!lanes->jobs) return;
    atomic_store(&lanes->jobs->works, true);
    look_now(lanes->jobs);
    pthread_mutex_lock(&lanes->keeper_mutex);
    pthread_cond_signal(&lanes->keeper_wake);
    pthread_mutex_unlock(&lanes->keeper_mutex);
}

/* ---- starting ---- */

static Err orphans(Work *w, void *to)
{
    (void)to;
    return db_run(w->db, SQL_JOB_ORPHANS, NO_VALS, NULL);
}

static bool taken_up(const Lanes *lanes, const JobKind *k)
{
    const char *without = lanes->options.without;
    return (!k->served || lanes->options.served) && !(without && strcmp(without, k->name) == 0);
}

static void kinds_list(Jobs *j)
{
    const JobKind *kinds = j->lanes->options.jobs;
    int            n     = 0;
    while (kinds[n].name) n++;
    j->kinds = NEW_N(&j->lanes->mem, Str, n);
    n        = 0;
    for (JobSort sort = 0; sort < JOB_SORTS; sort++) {
        for (const JobKind *k = kinds; k->name; k++)
            if (k->sort == sort && taken_up(j->lanes, k)) j->kinds[n++] = str_of(k->name);
        j->first[sort + 1] = n;
    }
}

static void slots_open(Jobs *j)
{
    int slow = j->lanes->threads[LANE_SLOW] - 1, most = SLOTS_MOST - 2, long_slots = slow < most ? slow : most;
    j->slot_count = long_slots + 2;
    for (int i = 0; i < j->slot_count; i++) {
        j->slots[i].jobs  = j;
        j->slots[i].sort = i < long_slots ? JOB_LONG : i == long_slots ? JOB_HOUSE : JOB_BRIEF;
        j->slots[i].mem   = arena_new(1 << 28);
        arena_lasts(&j->slots[i].mem);
    }
}

Err jobs_open(Lanes *lanes)
{
    if (!lanes->options.jobs) return OK;
    Jobs *j  = NEW(&lanes->mem, Jobs);
    j->lanes = lanes;
    kinds_list(j);
    if (getrandom(&j->server, sizeof j->server, 0) != sizeof j->server) return BROKEN;
    j->server &= INT64_MAX;
    slots_open(j);
    pthread_mutex_init(&j->mutex, NULL);
    atomic_store(&j->works, lanes->options.served);
    look_now(j);
    if (lanes->engine == DB_SQLITE) TRY(lanes_wait(lanes, LANE_WRITER, &(LaneWork){ .run = orphans }, NULL, true));
    lanes->jobs = j;
    if (!lanes->options.served || !lanes->options.rounds) return OK;
    return lanes_wait(lanes, LANE_WRITER, &(LaneWork){ .run = schedule_begin }, NULL, true);
}

void jobs_close(Lanes *lanes)
{
    for (int i = 0; lanes->jobs && i < lanes->jobs->slot_count; i++) arena_drop(&lanes->jobs->slots[i].mem);
}
