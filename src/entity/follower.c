/* The follower: one thread that reads what has become visible in `change` and hands it on, and seals the journal. */
#include "entity/change.h"

#include "core/bounds.h"
#include "core/clock.h"
#include "core/log.h"
#include "work/lanes.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum { PAGE = 200, BEAT_MS = 50, REST_MS = 250, SEAL_MS = 1000, MOST = 16 };

struct Follower {
    Lanes          *lanes;
    Db             *db;
    Arena           mem;
    Subscriber      list[MOST];
    int             n;
    ptrdiff_t       page;
    bool            seal, ends, woken;
    int64_t         sealed_at; /* ticks */
    pthread_t       thread;
    pthread_mutex_t mutex;
    pthread_cond_t  wake;
};

/* One page for one subscriber; true: there may be more. */
static bool serve_one(Follower *f, Subscriber *s)
{
    ChangeMark mark = s->from;
    Change    *changes;
    ptrdiff_t  n;
    Arena      mem = f->mem;
    bool       alone = f->page == 0; /* one whose diff alone is too large */
    if (change_read(f->db, &mem, &mark, alone ? 1 : f->page, !alone, &changes, &n) != OK || n == 0) return false;
    if (s->take(s->to, f->db, changes, n) != OK) return false;
    s->from = mark;
    return alone || n == f->page;
}

static Err seal_write(Work *w, void *block) { return journal_seal(w, block); }

/* At most once a second, or a full block at once: a block a commit would make the journal longer than what it
 * covers. */
static void seal_some(Follower *f)
{
    JournalBlock block;
    if (!f->seal || clock_ticks() - f->sealed_at < SEAL_MS) return;
    f->sealed_at = clock_ticks();
    while (journal_next(f->db, &block) == OK) {
        LaneWork work = { .run = seal_write, .to = &block };
        if (lanes_run(f->lanes, LANE_WRITER, &work, NULL) != OK || block.rows < JOURNAL_BLOCK) return;
    }
}

typedef struct {
    Follower *f;
    bool      more; /* at once again */
} Round;

static Err round_go(void *to)
{
    Round    *r = to;
    Follower *f = r->f;
    TRY(db_heal(f->db));
    for (int i = 0; i < f->n; i++) r->more |= serve_one(f, &f->list[i]);
    seal_some(f);
    return OK;
}

/* A round that finds no memory has moved no mark: the next one takes fewer at a time, and in the end one without its
 * diff. */
static bool round_of(Follower *f)
{
    Round r = { f, false };
    Err   err = guarded_as(f, round_go, &r);
    db_settle(f->db);
    if (err == TOO_LARGE) log_line("follower", "%td changes at once are too many for its memory", f->page);
    f->page = err == TOO_LARGE ? f->page / 2 : PAGE;
    return r.more;
}

static bool rest(Follower *f, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&f->mutex);
    if (!f->woken && !f->ends) pthread_cond_timedwait(&f->wake, &f->mutex, &until);
    f->woken  = false;
    bool ends = f->ends;
    pthread_mutex_unlock(&f->mutex);
    return !ends;
}

static void *follow(void *to)
{
    Follower *f = to;
    int       ms;
    do {
        int64_t before = clock_ticks();
        bool    more   = round_of(f);
        int64_t took   = clock_ticks() - before;
        ms             = more ? 0 : took < BEAT_MS ? BEAT_MS : REST_MS;
    } while (rest(f, ms));
    return NULL;
}

Err follower_start(Lanes *lanes, const Subscriber *list, int n, bool seal, Follower **out)
{
    DbFault why;
    Arena   mem = arena_new(BOUND_FOLLOWER);
    *out        = NULL;
    if (n > MOST) return INVALID;
    Follower *f = NEW(&mem, Follower);
    arena_lasts(&mem);
    *f = (Follower){ .lanes = lanes, .n = n, .page = PAGE, .seal = seal };
    TRY(db_open(lanes_options(lanes)->address, DB_READ, &f->db, &why));
    for (int i = 0; i < n; i++) {
        f->list[i] = list[i];
        if (!list[i].from.id && !list[i].from.tx) TRY(change_mark(f->db, &f->list[i].from));
    }
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&f->mutex, NULL);
    pthread_cond_init(&f->wake, &steady);
    pthread_condattr_destroy(&steady);
    f->mem = mem;
    if (pthread_create(&f->thread, NULL, follow, f) != 0) return BROKEN;
    *out = f;
    return OK;
}

void follower_wake(Follower *f)
{
    pthread_mutex_lock(&f->mutex);
    f->woken = true;
    pthread_cond_signal(&f->wake);
    pthread_mutex_unlock(&f->mutex);
}

void follower_stop(Follower *f)
{
    if (!f) return;
    pthread_mutex_lock(&f->mutex);
    f->ends = true;
    pthread_cond_signal(&f->wake);
    pthread_mutex_unlock(&f->mutex);
    pthread_join(f->thread, NULL);
    db_close(f->db);
    Arena mem = f->mem;
    mem.beg   = mem.floor;
    arena_drop(&mem);
}
