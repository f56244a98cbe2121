/* The lanes as a whole: how they start, take works, watch their limits and stop. */
#include "work/inside.h"

#include "core/bounds.h"

#include <unistd.h>

enum { STOP_AGAIN_MS = 1000 };

static int between(int low, int n, int high)
{
    return n < low ? low : n > high ? high : n;
}

/* ---- starting ---- */

static void options_fill(LanesOptions *o, DbEngine engine)
{
    static const int rooms[LANE_COUNT] = {
        [LANE_FAST] = 1024, [LANE_SLOW] = 256, [LANE_SIGN_IN] = 64, [LANE_WRITER] = 4096,
        [LANE_HOUSE] = 16,  [LANE_BRIEF] = 16,
    };
    int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    int threads[LANE_COUNT] = { [LANE_FAST] = between(2, 2 * cores, 16),
                                [LANE_SLOW] = between(2, cores - 1, 8),
                                [LANE_SIGN_IN] = between(2, cores / 2, 4),
                                [LANE_HOUSE] = 1,
                                [LANE_BRIEF] = 1,
                                [LANE_WRITER] = between(4, 4 * cores, 16) };
    for (int i = 0; i < LANE_COUNT; i++) {
        if (!o->threads[i]) o->threads[i] = threads[i];
        if (!o->queue[i]) o->queue[i] = rooms[i];
    }
    if (o->threads[LANE_SLOW] < 2) o->threads[LANE_SLOW] = 2;
    o->threads[LANE_HOUSE] = o->threads[LANE_BRIEF] = 1;
    if (engine == DB_SQLITE) o->threads[LANE_WRITER] = 1;
    o->group_works = o->group_works ? between(1, o->group_works, 256) : 256;
    if (!o->group_ms) o->group_ms = 20;
    if (!o->stop_ms) o->stop_ms = 10000;
}

static Err worker_open(Lanes *lanes, Lane lane, Worker *k, DbFault *why)
{
    static const ptrdiff_t memory[LANE_COUNT] = {
        [LANE_FAST] = BOUND_FAST,       [LANE_SLOW] = BOUND_SLOW,   [LANE_SIGN_IN] = BOUND_SIGN_IN,
        [LANE_WRITER] = BOUND_WRITER, [LANE_HOUSE] = BOUND_SLOW, [LANE_BRIEF] = BOUND_SLOW,
    };
    *k = (Worker){ .lanes = lanes, .lane = lane, .mem = arena_new(memory[lane]), .scratch = arena_new(memory[lane]) };
    arena_lasts(&k->mem);
    arena_lasts(&k->scratch);
    pthread_mutex_init(&k->mutex, NULL);
    return db_open(lanes->options.address, lane == LANE_WRITER ? DB_WRITE : DB_READ, &k->db, why);
}

static Err workers_open(Lanes *lanes, DbFault *why)
{
    for (Lane lane = 0; lane < LANE_COUNT; lane++) {
        int n                = lanes->options.threads[lane];
        lanes->workers[lane] = NEW_N(&lanes->mem, Worker, n);
        for (int i = 0; i < n; i++) {
            lanes->threads[lane]++;
            TRY(worker_open(lanes, lane, &lanes->workers[lane][i], why));
        }
    }
    return OK;
}

static void workers_start(Lanes *lanes)
{
    for (Lane lane = 0; lane < LANE_COUNT; lane++)
        for (int i = 0; i < lanes->threads[lane]; i++) {
            Worker *k     = &lanes->workers[lane][i];
            bool    group = lane == LANE_WRITER && lanes->engine == DB_SQLITE;
            pthread_create(&k->thread, NULL, group ? lane_group : lane_each, k);
        }
}

static void lanes_free(Lanes *lanes)
{
    for (Lane lane = 0; lane < LANE_COUNT; lane++)
        for (int i = 0; i < lanes->threads[lane]; i++) {
            Worker *k = &lanes->workers[lane][i];
            db_close(k->db);
            arena_drop(&k->mem);
            arena_drop(&k->scratch);
        }
    db_close(lanes->ids_db);
    jobs_close(lanes);
    Arena mem = lanes->mem; /* holds the lanes themselves */
    arena_drop(&mem);
}

/* ---- the keeper ---- */

void worker_halt(Worker *k, Halt why)
{
    pthread_mutex_lock(&k->mutex);
    if (k->running && !atomic_load(&k->halt)) {
        atomic_store(&k->halt, why);
        k->stopped_at = clock_ticks();
        db_stop(k->db);
    }
    pthread_mutex_unlock(&k->mutex);
}

static bool is_over(int64_t ends_at, int64_t ticks) { return ends_at && ticks > ends_at; }

static Halt must_end(const Worker *k, int64_t ticks)
{
    if (!k->running) return HALT_NONE;
    if (k->left && k->left(k->to)) return HALT_LEFT;
    if (is_over(k->ends_at, ticks)) return HALT_TOO_LONG;
    return is_over(k->step_ends_at, ticks) ? HALT_STEP_TOO_LONG : HALT_NONE;
}

/* A stop that comes between two statements of PostgreSQL stops neither, so it is said again. */
static void stop_again(Worker *k, int64_t ticks)
{
    bool deaf = k->running && atomic_load(&k->halt) && ticks - k->stopped_at > STOP_AGAIN_MS;
    if (!deaf) return;
    k->stopped_at = ticks;
    db_stop(k->db);
}

static void stop_late_works(Lanes *lanes, int64_t ticks)
{
    for (Lane lane = 0; lane < LANE_COUNT; lane++)
        for (int i = 0; i < lanes->threads[lane]; i++) {
            Worker *k = &lanes->workers[lane][i];
            pthread_mutex_lock(&k->mutex);
            Halt why = must_end(k, ticks);
            stop_again(k, ticks);
            pthread_mutex_unlock(&k->mutex);
            if (why) worker_halt(k, why);
        }
}

static void drop_waiting(Lanes *lanes, Lane lane)
{
    Queued gone[64];
    for (int n; (n = queue_drain(&lanes->queue[lane], gone, 64)) > 0;)
        for (int i = 0; i < n; i++) {
            Arena mem = arena_new(1 << 20);
            Work  w   = { .mem = &mem, .scratch = mem, .lanes = lanes, .problems = { .mem = &mem } };
            fail(&w, BUSY, NULL, "work.server_stops");
            work_answer(&w, &gone[i].work, BUSY);
            arena_drop(&mem);
        }
}

/* When the lanes have had their time to stop, nobody goes on and nobody begins. */
static void stop_all_works(Lanes *lanes)
{
    for (Lane lane = 0; lane < LANE_COUNT; lane++) {
        drop_waiting(lanes, lane);
        for (int i = 0; i < lanes->threads[lane]; i++) worker_halt(&lanes->workers[lane][i], HALT_SERVER_STOPS);
    }
}

/* While the lanes stop, limits hold as before. */
static void *keep(void *to)
{
    Lanes *lanes = to;
    pthread_mutex_lock(&lanes->keeper_mutex);
    while (!lanes->keeper_ends) {
        pthread_mutex_unlock(&lanes->keeper_mutex);
        int64_t ticks = clock_ticks();
        stop_late_works(lanes, ticks);
        if (!lanes->stops_at) jobs_tick(lanes, ticks);
        else if (ticks > lanes->stops_at) stop_all_works(lanes);
        struct timespec until = { (ticks + 100) / 1000, (ticks + 100) % 1000 * 1000000 };
        pthread_mutex_lock(&lanes->keeper_mutex);
        if (!lanes->keeper_ends) pthread_cond_timedwait(&lanes->keeper_wake, &lanes->keeper_mutex, &until);
    }
    pthread_mutex_unlock(&lanes->keeper_mutex);
    return NULL;
}

static void keeper_start(Lanes *lanes)
{
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&lanes->keeper_mutex, NULL);
    pthread_cond_init(&lanes->keeper_wake, &steady);
    pthread_condattr_destroy(&steady);
    pthread_create(&lanes->keeper, NULL, keep, lanes);
}

static void keeper_end(Lanes *lanes)
{
    pthread_mutex_lock(&lanes->keeper_mutex);
    lanes->keeper_ends = true;
    pthread_cond_signal(&lanes->keeper_wake);
    pthread_mutex_unlock(&lanes->keeper_mutex);
    pthread_join(lanes->keeper, NULL);
}

/* From here on it takes up no job, and watches the end. */
static void keeper_stops(Lanes *lanes)
{
    keeper_end(lanes);
    lanes->keeper_ends = false;
    lanes->stops_at    = clock_ticks() + lanes->options.stop_ms;
    pthread_create(&lanes->keeper, NULL, keep, lanes);
}

Err lanes_start(const LanesOptions *options, Lanes **out, DbFault *why)
{
    Arena  mem   = arena_new((ptrdiff_t)1 << 28);
    Lanes *lanes = NEW(&mem, Lanes);
    arena_lasts(&mem);
    *out           = NULL;
    lanes->mem     = mem;
    lanes->options = *options;
    lanes->engine  = db_engine_of(options->address);
    atomic_store(&lanes->zone, options->zone ? options->zone : zone_utc());
    options_fill(&lanes->options, lanes->engine);
    for (int i = 0; i < LANE_COUNT; i++)
        queue_new(&lanes->queue[i], &lanes->mem, lanes->options.queue[i], lanes->options.group_works,
                  lanes->options.threads[i]);
    work_events_open(lanes);
    Err err = workers_open(lanes, why);
    if (!err) err = ids_open(lanes, why);
    if (err) {
        lanes_free(lanes);
        return err;
    }
    workers_start(lanes);
    keeper_start(lanes);
    err = jobs_open(lanes);
    if (err) {
        *why = (DbFault){ .kind = FAULT_BROKEN, .err = err, .key = db_fault_key(FAULT_BROKEN) };
        lanes_stop(lanes);
        return err;
    }
    *out = lanes;
    return OK;
}

/* ---- taking works ---- */

Err lanes_push(Lanes *lanes, Lane lane, const LaneWork *work, bool internal)
{
    if (!internal && atomic_load(lane_yields(lane) ? &lanes->stopping : &lanes->closing)) return BUSY;
    Err err = queue_put(&lanes->queue[lane], work);
    if (err) atomic_fetch_add(&lanes->refused[lane], 1);
    return err;
}

Err lanes_submit(Lanes *lanes, Lane lane, const LaneWork *work)
{
    return lanes_push(lanes, lane, work, false);
}

typedef struct {
    const LaneWork *work;
    Problems       *problems;
    pthread_mutex_t mutex;
    pthread_cond_t  over;
    bool            is_over;
    Err             err;
} Wait;

static Err wait_run(Work *w, void *to)
{
    Wait *wait = to;
    return wait->work->run(w, wait->work->to);
}

typedef struct {
    Problems       *to;
    const Problems *from;
} Told;

/* The waiting thread stands still, so its memory may be written from here. */
static void problems_copy(Problems *to, const Problems *from)
{
    for (const Problem *p = from->first; to && p; p = p->next) {
        Problem copy = *p;
        if (p->field) copy.field = str_c(to->mem, str_of(p->field));
        copy.next = NULL;
        problem_add(to, copy);
    }
}

static Err problems_tell(void *to)
{
    Told *told = to;
    problems_copy(told->to, told->from);
    return OK;
}

/* Whoever waits is woken in any case: where his memory has no room for words, without them. */
static void wait_done(void *to, Err err, Work *w)
{
    Wait *wait = to;
    Told  told = { wait->problems, &w->problems };
    guarded(problems_tell, &told);
    if (wait->work->done) wait->work->done(wait->work->to, err, w);
    pthread_mutex_lock(&wait->mutex);
    wait->err     = err;
    wait->is_over = true;
    pthread_cond_signal(&wait->over);
    pthread_mutex_unlock(&wait->mutex);
}

Err lanes_wait(Lanes *lanes, Lane lane, const LaneWork *work, Problems *problems, bool internal)
{
    Wait wait = {
        .work = work, .problems = problems, .mutex = PTHREAD_MUTEX_INITIALIZER, .over = PTHREAD_COND_INITIALIZER
    };
    LaneWork outer = *work;
    outer.name     = work_name(work);
    outer.run      = wait_run;
    outer.done     = wait_done;
    outer.to       = &wait;
    outer.left     = NULL; /* whoever calls waits */
    Err err        = lanes_push(lanes, lane, &outer, internal);
    if (err) return problems ? PROBLEM(problems, BUSY, NULL, "work.queue_full") : BUSY;
    pthread_mutex_lock(&wait.mutex);
    while (!wait.is_over) pthread_cond_wait(&wait.over, &wait.mutex);
    pthread_mutex_unlock(&wait.mutex);
    return wait.err;
}

Err lanes_run(Lanes *lanes, Lane lane, const LaneWork *work, Problems *problems)
{
    return lanes_wait(lanes, lane, work, problems, false);
}

Err work_write(Work *w, Err (*run)(Work *, void *), void *to)
{
    if (w->writes) return fail(w, BROKEN, NULL, "work.failed"); /* the writer would wait for itself */
    char language[8] = { 0 };
    for (ptrdiff_t i = 0; i < w->language.n && i < 7; i++) language[i] = w->language.s[i];
    LaneWork lw = { .run = run, .to = to, .actor = w->actor, .who = w->who, .language = language, .job = w->job };
    Err err = lanes_wait(w->lanes, LANE_WRITER, &lw, &w->problems, true);
    if (!err && !w->job) memory_sweep_spares();
    return err;
}

/* ---- stopping ---- */

static void lane_close(Lanes *lanes, Lane lane)
{
    queue_close(&lanes->queue[lane]);
    for (int i = 0; i < lanes->threads[lane]; i++) pthread_join(lanes->workers[lane][i].thread, NULL);
}

void lanes_slow_ends(Lanes *lanes)
{
    atomic_store(&lanes->stopping, true);
    for (Lane lane = 0; lane < LANE_COUNT; lane++) {
        if (!lane_yields(lane)) continue;
        drop_waiting(lanes, lane);
        for (int i = 0; i < lanes->threads[lane]; i++) worker_halt(&lanes->workers[lane][i], HALT_SERVER_STOPS);
    }
}

/* The order matters: what runs in SLOW and FAST may still hand something to the writer. */
void lanes_stop(Lanes *lanes)
{
    if (!lanes) return;
    lanes_slow_ends(lanes);
    atomic_store(&lanes->closing, true);
    keeper_stops(lanes);
    static const Lane first[] = { LANE_SLOW, LANE_HOUSE, LANE_BRIEF, LANE_SIGN_IN },
                      then[]  = { LANE_FAST, LANE_WRITER };
    for (ptrdiff_t i = 0; i < COUNT(first); i++) drop_waiting(lanes, first[i]);
    for (ptrdiff_t i = 0; i < COUNT(first); i++) lane_close(lanes, first[i]);
    for (ptrdiff_t i = 0; i < COUNT(then); i++) lane_close(lanes, then[i]);
    keeper_end(lanes);
    lanes_free(lanes);
}

/* ---- asking ---- */

void lanes_zone(Lanes *lanes, const Zone *zone)
{
    atomic_store(&lanes->zone, zone);
}

const LanesOptions *lanes_options(const Lanes *lanes)
{
    return &lanes->options;
}

LanesCount lanes_count(Lanes *lanes)
{
    LanesCount c = { .commits = atomic_load(&lanes->commits), .reruns = atomic_load(&lanes->reruns) };
    for (int i = 0; i < LANE_COUNT; i++) {
        c.works[i]   = atomic_load(&lanes->works[i]);
        c.refused[i] = atomic_load(&lanes->refused[i]);
        pthread_mutex_lock(&lanes->queue[i].mutex);
        c.waiting[i] = lanes->queue[i].count;
        pthread_mutex_unlock(&lanes->queue[i].mutex);
    }
    return c;
}
