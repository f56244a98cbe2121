/* The writer of SQLite: one thread, one transaction for all that waits, each work in a savepoint of its own.
 *
 * A commit costs a trip to the disk, however much it holds.  So works that come while one is under way are gathered and
 * committed together; each is answered after the commit that holds it.  A work that fails is undone alone.  Where the
 * engine itself gives up the whole transaction (a statement stopped in its middle, a full disk), those before it in the
 * group have lost their changes through no fault of theirs and run again. */
#include "work/inside.h"

enum { GROUP_MOST = 256, MEMORY_MOST = 64 << 20 };

typedef struct {
    Worker *k;
    Lanes  *lanes;
    int     n;
    bool    lost;                /* the engine gave up the transaction */
    int64_t began_us;
    Queued  queued[GROUP_MOST];
    Work    work[GROUP_MOST];
    Err     err[GROUP_MOST];
} Group;

static void ids_settled(Lanes *lanes)
{
    lanes->ids_fresh = false;
}

/* One run in a savepoint; false when the transaction is gone. */
static bool run_in_savepoint(Group *g, Work *w, const LaneWork *lw, Err *err)
{
    Db *db = g->k->db;
    if ((*err = work_reason(w, db_savepoint(db)))) return false;
    *err = work_before(w, g->k, lw);
    if (!*err && !w->settled) *err = work_run_once(w, g->k, lw);
    if (!*err) {
        db_settle(db);
        *err = db_savepoint_keep(db);
    }
    if (!*err) {
        ids_settled(g->lanes);
        return true;
    }
    *err = work_reason(w, *err);
    ids_undone(g->lanes);
    return db_savepoint_undo(db) == OK;
}

static void run_one(Group *g, const Queued *q)
{
    Work *w    = &g->work[g->n];
    char *mark = g->k->mem.beg;
    bool  kept;
    g->queued[g->n] = *q;
    turn_begin(g->k, &q->work);
    work_begin(w, g->k, &q->work);
    kept = run_in_savepoint(g, w, &q->work, &g->err[g->n]);
    for (int i = 0; kept && g->err[g->n] == BUSY && i < RERUNS && !atomic_load(&g->k->halt); i++) {
        work_clear(w, mark);
        kept = run_in_savepoint(g, w, &q->work, &g->err[g->n]);
    }
    turn_end(g->k);
    g->lost = !kept;
    g->n++;
}

/* Others are likely to follow at once when a commit has just answered many: wait for them a little, far less than a
 * commit takes. */
static bool next_for_group(Group *g, int last, Queued *next)
{
    const LanesOptions *o = &g->lanes->options;
    int64_t now = ticks_us();
    if (g->n >= o->group_works || now - g->began_us > o->group_ms * 1000) return false;
    if (g->k->mem.beg - g->k->mem.floor > MEMORY_MOST) return false;
    return queue_try(&g->lanes->queue[LANE_WRITER], next, g->n < last ? now + 300 : 0);
}

static void answer(Group *g, int i)
{
    work_answer(&g->work[i], &g->queued[i].work, g->err[i]);
    queue_over(&g->lanes->queue[LANE_WRITER], g->queued[i].work.line);
}

static void answer_all(Group *g)
{
    bool added = false;
    for (int i = 0; i < g->n; i++) added |= !g->err[i] && g->work[i].job_added;
    if (added) jobs_kick(g->lanes);
    for (int i = 0; i < g->n; i++) answer(g, i);
    atomic_fetch_add(&g->lanes->works[LANE_WRITER], g->n);
}

/* Nothing of the group is on the disk: who had succeeded is told why not. */
static void fail_all(Group *g, Err err)
{
    for (int i = 0; i < g->n; i++)
        if (!g->err[i]) {
            work_clear(&g->work[i], g->k->mem.beg);
            g->err[i] = work_reason(&g->work[i], err);
        }
}

/* The last one took the transaction with it: it is answered, those before it that had succeeded go back to the
 * front. */
static void group_lost(Group *g)
{
    Queued again[GROUP_MOST];
    int    n = 0;
    db_rollback(g->k->db);
    ids_forget(g->lanes);
    for (int i = 0; i < g->n; i++) {
        bool again_ok = !g->err[i] || g->err[i] == BUSY;
        if (!again_ok || g->queued[i].reruns >= RERUNS) {
            if (again_ok) g->err[i] = fail(&g->work[i], BUSY, NULL, "store.busy");
            answer(g, i);
            continue;
        }
        work_clear(&g->work[i], g->k->mem.beg);
        again[n] = g->queued[i];
        again[n++].reruns++;
    }
    atomic_fetch_add(&g->lanes->reruns, n);
    queue_back(&g->lanes->queue[LANE_WRITER], again, n);
}

static void group_end(Group *g)
{
    if (g->lost) {
        group_lost(g);
        return;
    }
    Err err = db_commit(g->k->db);
    if (err) {
        ids_forget(g->lanes);
        fail_all(g, err);
    } else {
        atomic_fetch_add(&g->lanes->commits, 1);
    }
    answer_all(g);
}

/* The lock may be held by a command that stands alone; SQLite waits ten seconds for it by itself. */
static Err group_begin(Group *g)
{
    Err err = db_begin(g->k->db, DB_WRITE);
    for (int i = 1; err == BUSY && i < RERUNS; i++) err = db_begin(g->k->db, DB_WRITE);
    g->began_us = ticks_us();
    return err;
}

static void one_group(Group *g, Queued *next, int last)
{
    g->n    = 0;
    g->lost = false;
    Err err = group_begin(g);
    if (err) {
        g->queued[0] = *next;
        work_begin(&g->work[0], g->k, &next->work);
        g->err[0] = work_reason(&g->work[0], err);
        answer(g, 0);
        return;
    }
    do run_one(g, next);
    while (!g->lost && next_for_group(g, last, next));
    group_end(g);
}

void *lane_group(void *worker)
{
    Worker *k = worker;
    Arena   own = arena_new(1 << 20);
    Group  *g   = NEW(&own, Group);
    Queued  next;
    g->k      = k;
    g->lanes  = k->lanes;
    while (queue_take(&k->lanes->queue[LANE_WRITER], &next)) {
        one_group(g, &next, g->n);
        give_back(k);
    }
    arena_drop(&own);
    return NULL;
}
