/* Counts failures in tables of fixed size, addressed by hash; a newcomer takes the oldest place of its set of eight.
 * Those who have signed in stand in a table of their own, in the set of their login: whoever fails takes no place
 * there, and whoever signs in from many addresses takes only his own. */
#include "access/throttle.h"

#include <pthread.h>

#define SETS      1024
#define PLACES    8 /* of a set */
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
    Moment   last;
    Bucket   bucket;
} Place;

struct Throttle {
    pthread_mutex_t lock;
    uint64_t        seed;
    Bucket          server;
    Place           known[SETS][PLACES], pair[SETS][PLACES], address[SETS][PLACES];
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

static Place *place_of(Place table[SETS][PLACES], uint64_t set, uint64_t key, bool make)
{
    Place *row = table[set >> 32 & (SETS - 1)], *oldest = row;
    for (int i = 0; i < PLACES; i++) {
        if (row[i].key == key) return &row[i];
        if (row[i].last < oldest->last) oldest = &row[i];
    }
    if (!make) return NULL;
    *oldest = (Place){ .key = key };
    return oldest;
}

static Place *known_pair(Throttle *t, Str login, uint64_t key, bool make)
{
    return place_of(t->known, str_hash(login, t->seed), key, make);
}

static Place *address_place(Throttle *t, Str address, bool make)
{
    uint64_t key = str_hash(address, t->seed) | 1;
    return place_of(t->address, key, key, make);
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
    uint64_t key = pair_key(t, login, address);
    pthread_mutex_lock(&t->lock);
    Place  *known = known_pair(t, login, key, false), *pair = known ? known : place_of(t->pair, key, key, false);
    int64_t wait  = pair ? pair_wait(pair, now) : 0;
    if (!known) {
        Place *from = address_place(t, address, false);
        if (from) wait = longer(wait, address_wait(from, now));
        wait = longer(wait, server_wait(&t->server, now));
    }
    pthread_mutex_unlock(&t->lock);
    return wait;
}

void throttle_failed(Throttle *t, Str login, Str address, Moment now)
{
    uint64_t key = pair_key(t, login, address);
    pthread_mutex_lock(&t->lock);
    Place *known = known_pair(t, login, key, false), *pair = known ? known : place_of(t->pair, key, key, true);
    if (now - pair->last > FORGET_MS) pair->failures = 0;
    pair->failures++;
    pair->last  = now;
    Place *from = address_place(t, address, true);
    address_wait(from, now);
    from->last = now;
    from->bucket.level_ms += 500;
    server_wait(&t->server, now);
    t->server.level_ms += 200;
    pthread_mutex_unlock(&t->lock);
}

void throttle_passed(Throttle *t, Str login, Str address, Moment now)
{
    uint64_t key = pair_key(t, login, address);
    pthread_mutex_lock(&t->lock);
    Place *known    = known_pair(t, login, key, true), *failed = place_of(t->pair, key, key, false);
    known->failures = 0;
    known->last     = now;
    if (failed) *failed = (Place){ 0 };
    pthread_mutex_unlock(&t->lock);
}
