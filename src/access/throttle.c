/* Counts failures in two tables of fixed size, addressed by hash; a newcomer takes the oldest place of its set of four. */
#include "access/throttle.h"

#include <pthread.h>

#define SETS      1024 /* of four places each */
#define FREE      5
#define WAIT_MAX  (15 * 60 * 1000)
#define FORGET_MS (60 * 60 * 1000)

/* A bucket of failures: `level` falls by `per_second` and may not pass `size`. */
typedef struct {
    int64_t level_ms; /* failures x ms of one failure */
    Moment  at;
} Bucket;

typedef struct {
    uint64_t key; /* 0: free */
    int      failures;
    bool     known; /* has signed in before */
    Moment   last;
    Bucket   bucket;
} Place;

struct Throttle {
    pthread_mutex_t lock;
    uint64_t        seed;
    Bucket          server;
    Place           pair[SETS][4], address[SETS][4];
};

Throttle *throttle_new(Arena *mem, uint64_t seed)
{
    Throttle *t = NEW(mem, Throttle);
    t->seed     = seed;
    pthread_mutex_init(&t->lock, NULL);
    return t;
}

static uint64_t pair_key(Throttle *t, Str login, Str address)
{
    return str_hash(login, str_hash(address, t->seed) | 1) | 1;
}

static Place *place_of(Place set[SETS][4], uint64_t key, bool make)
{
    Place *row = set[key >> 32 & (SETS - 1)], *oldest = row;
    for (int i = 0; i < 4; i++) {
        if (row[i].key == key) return &row[i];
        if (row[i].last < oldest->last) oldest = &row[i];
    }
    if (!make) return NULL;
    *oldest = (Place){ .key = key };
    return oldest;
}

static int64_t bucket_wait(Bucket *b, Moment now, int64_t one_ms, int64_t size)
{
    int64_t passed = now - b->at;
    b->level_ms    = b->level_ms > passed ? b->level_ms - passed : 0;
    b->at          = now;
    int64_t over   = b->level_ms + one_ms - size * one_ms;
    return over > 0 ? over : 0;
}

static int64_t address_wait(Place *p, Moment now) { return bucket_wait(&p->bucket, now, 500, 30); }
static int64_t server_wait(Bucket *b, Moment now) { return bucket_wait(b, now, 200, 300); }

static int64_t pair_wait(const Place *p, Moment now)
{
    if (p->failures < FREE || now - p->last > FORGET_MS) return 0;
    int     doublings = p->failures - FREE < 20 ? p->failures - FREE : 20;
    int64_t wait      = INT64_C(1000) << doublings;
    if (wait > WAIT_MAX) wait = WAIT_MAX;
    return p->last + wait > now ? p->last + wait - now : 0;
}

static int64_t longer(int64_t a, int64_t b) { return a > b ? a : b; }

int64_t throttle_wait(Throttle *t, Str login, Str address, Moment now)
{
    pthread_mutex_lock(&t->lock);
    Place  *pair = place_of(t->pair, pair_key(t, login, address), false);
    int64_t wait = pair ? pair_wait(pair, now) : 0;
    if (!pair || !pair->known) {
        Place *from = place_of(t->address, str_hash(address, t->seed) | 1, false);
        if (from) wait = longer(wait, address_wait(from, now));
        wait = longer(wait, server_wait(&t->server, now));
    }
    pthread_mutex_unlock(&t->lock);
    return wait;
}

void throttle_failed(Throttle *t, Str login, Str address, Moment now)
{
    pthread_mutex_lock(&t->lock);
    Place *pair = place_of(t->pair, pair_key(t, login, address), true);
    if (now - pair->last > FORGET_MS) pair->failures = 0;
    pair->failures++;
    pair->last  = now;
    Place *from = place_of(t->address, str_hash(address, t->seed) | 1, true);
    address_wait(from, now);
    from->last = now;
    from->bucket.level_ms += 500;
    server_wait(&t->server, now);
    t->server.level_ms += 200;
    pthread_mutex_unlock(&t->lock);
}

void throttle_passed(Throttle *t, Str login, Str address, Moment now)
{
    pthread_mutex_lock(&t->lock);
    Place *pair    = place_of(t->pair, pair_key(t, login, address), true);
    pair->failures = 0;
    pair->known    = true;
    pair->last     = now;
    pthread_mutex_unlock(&t->lock);
}
