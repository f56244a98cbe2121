/* FAST, SLOW, and the writers of PostgreSQL: each thread takes one work after the other, in a transaction of its own
 * where it needs one. */
#include "work/inside.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

void turn_begin(Worker *k, const LaneWork *lw)
{
    static const int limits_ms[LANE_COUNT] = { [LANE_FAST] = 3000, [LANE_SIGN_IN] = 30000, [LANE_WRITER] = 60000 };
    int limit = lw->limit_ms ? lw->limit_ms : limits_ms[k->lane];
    pthread_mutex_lock(&k->mutex);
    db_go(k->db);
    atomic_store(&k->halt, HALT_NONE);
    k->limit_ms     = limit;
    k->ends_at      = limit ? clock_ticks() + limit : 0;
    k->step_ends_at = 0;
    k->left         = lw->left;
    k->to           = lw->to;
    k->running      = true;
    pthread_mutex_unlock(&k->mutex);
    if (lane_yields(k->lane) && atomic_load(&k->lanes->stopping)) worker_halt(k, HALT_SERVER_STOPS);
    if (lw->left && lw->left(lw->to)) worker_halt(k, HALT_LEFT);
}

void work_step(Work *w, int most_ms)
{
    Worker *k = w->worker;
    pthread_mutex_lock(&k->mutex);
    k->step_ms      = most_ms;
    k->step_ends_at = most_ms ? clock_ticks() + most_ms : 0;
    pthread_mutex_unlock(&k->mutex);
}

void turn_end(Worker *k)
{
    pthread_mutex_lock(&k->mutex);
    k->running = false;
    db_go(k->db);
    pthread_mutex_unlock(&k->mutex);
}

/* A stop that is under way uses the connection, so it is not exchanged under its hands. */
static Err heal(Worker *k)
{
    pthread_mutex_lock(&k->mutex);
    Err err = db_heal(k->db);
    pthread_mutex_unlock(&k->mutex);
    return err;
}

/* On SQLite a statement alone takes and gives back its locks: all of a fast work together cost as much as one. */
static bool reads_one_state(const Worker *k, const LaneWork *lw)
{
    return lw->snapshot || (k->lane == LANE_FAST && db_engine(k->db) == DB_SQLITE);
}

static Err once(Worker *k, Work *w, const LaneWork *lw)
{
    bool writes = k->lane == LANE_WRITER;
    TRY(heal(k));
    TRY(work_before(w, k, lw));
    if (w->settled) return OK;
    if (writes || reads_one_state(k, lw)) TRY(db_begin(k->db, writes ? DB_WRITE : DB_READ));
    Err err = work_run_once(w, k, lw);
    if (!err && db_in_transaction(k->db)) err = db_commit(k->db);
    if (err) db_rollback(k->db);
    db_settle(k->db);
    if (!err && writes) atomic_fetch_add(&k->lanes->commits, 1);
    return err;
}

/* Another writer has just committed what this one had looked for in vain: run again, it finds it. */
static bool taken_meanwhile(const Worker *k, Err err, int reruns)
{
    return err == CONFLICT && reruns == 0 && k->lane == LANE_WRITER && db_fault(k->db)->kind == FAULT_UNIQUE;
}

/* A conflict is gone as soon as the others are through; a database that is away is not waited for with a thread in
 * hand. */
static bool runs_again(const Worker *k, Err err, int reruns, int64_t began)
{
    if (atomic_load(&k->halt)) return false;
    if (err != BUSY) return taken_meanwhile(k, err, reruns);
    return reruns < RERUNS || (db_fault(k->db)->kind == FAULT_BUSY && clock_ticks() - began < RERUN_MS);
}

/* The pause grows and differs from thread to thread, so that two works that met once do not meet again. */
static void pause_before_rerun(Worker *k, int reruns)
{
    unsigned seed = (unsigned)(ticks_us() ^ (intptr_t)k);
    atomic_fetch_add(&k->lanes->reruns, 1);
    usleep((useconds_t)(500 + rand_r(&seed) % (4000 << (reruns < 4 ? reruns : 4))));
}

static void one_turn(Worker *k, const LaneWork *lw)
{
    Work w;
    char *mark = k->mem.beg;
    turn_begin(k, lw);
    work_begin(&w, k, lw);
    Err err = work_reason(&w, once(k, &w, lw));
    int64_t began = clock_ticks();
    for (int i = 0; runs_again(k, err, i, began); i++) {
        pause_before_rerun(k, i);
        work_clear(&w, mark);
        err = work_reason(&w, once(k, &w, lw));
    }
    if (err == BUSY && !w.problems.count) fail(&w, BUSY, NULL, "store.busy");
    turn_end(k);
    if (!err && w.job_added) jobs_kick(k->lanes);
    atomic_fetch_add(&k->lanes->works[k->lane], 1);
    work_answer(&w, lw, err);
}

/* Memory a large work has touched goes back to the system; small works keep what they will touch again. */
void give_back(Worker *k)
{
    arena_reset(&k->mem, 1 << 20);
    if (!lane_yields(k->lane) && ++k->turns % 256) return;
    k->scratch.beg = k->scratch.end;
    arena_reset(&k->scratch, 1 << 18);
}

void *lane_each(void *worker)
{
    Worker *k = worker;
    Queued  next;
    if (lane_yields(k->lane) || k->lane == LANE_SIGN_IN) setpriority(PRIO_PROCESS, (id_t)gettid(), 10);
    while (queue_take(&k->lanes->queue[k->lane], &next)) {
        one_turn(k, &next.work);
        queue_over(&k->lanes->queue[k->lane], next.work.line);
        give_back(k);
    }
    return NULL;
}
