/* Rows become runs, and runs go to the thread that owns the client.  What becomes of them there is told in tally_share.c. */
#include "analysis/tally_inside.h"

#include <string.h>

#define TALLY_INLINE static inline __attribute__((always_inline))

TALLY_INLINE uint64_t fold(uint64_t a, uint64_t b)
{
    unsigned __int128 p = (unsigned __int128)a * b;
    return (uint64_t)p ^ (uint64_t)(p >> 64);
}

TALLY_INLINE uint64_t bytes8(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
    return word;
}

TALLY_INLINE uint64_t bytes4(const char *p)
{
    uint32_t word;
    memcpy(&word, p, 4);
    return word;
}

/* Never 0.  Texts of up to 16 bytes, nearly all, are two overlapping words; the mixing is that of wyhash (Wang Yi, public domain). */
TALLY_INLINE uint64_t key_hash(Str s, const uint64_t seed[2])
{
    uint64_t a = 0, b = 0, n = (uint64_t)s.n;
    if (n > 16) a = str_hash(s, seed[0]), b = str_hash(s, seed[1]);
    else if (n >= 8) a = bytes8(s.s), b = bytes8(s.s + n - 8);
    else if (n >= 4) a = bytes4(s.s), b = bytes4(s.s + n - 4);
    else if (n) a = (uint64_t)(unsigned char)s.s[0] << 16 | (uint64_t)(unsigned char)s.s[n / 2] << 8 | (unsigned char)s.s[n - 1];
    uint64_t h = fold(seed[1] ^ n, fold(a ^ seed[0], b ^ seed[1]));
    return h ? h : 1;
}

static void feed_begin(Tally *t, int thread)
{
    Feed *f       = &t->feed[thread];
    f->index_mask = 1023;
    f->index_mem  = arena_new((f->index_mask + 1) * (ptrdiff_t)sizeof(uint32_t));
    f->index      = NEW_N(&f->index_mem, uint32_t, f->index_mask + 1);
    f->product_mem = arena_new((ptrdiff_t)1 << 34);
    f->product     = (Product *)(void *)f->product_mem.beg;
    f->out         = NEW_N(&t->mem, Batch *, t->threads);
    for (int i = 0; i < t->threads; i++) f->out[i] = NEW(&t->mem, Batch);
}

static void box_begin(Tally *t, Box *box)
{
    box->full_end = &box->full;
    for (int i = 0; t->threads > 1 && i < BATCHES; i++) {
        Batch *b   = NEW(&t->mem, Batch);
        b->next    = box->empty;
        box->empty = b;
    }
}

Tally *tally_new(TallySettings settings, int threads)
{
    Arena  mem = arena_new((ptrdiff_t)threads * (threads + BATCHES + 1) * (ptrdiff_t)sizeof(Batch) + threads * (ptrdiff_t)sizeof(TallyShare) + (1 << 20));
    Tally *t   = NEW(&mem, Tally);
    if (settings.to == DAY_NONE) settings.to = INT32_MAX;
    t->settings = settings;
    t->threads  = threads;
    t->mem      = mem;
    t->seed[0]  = settings.seed ^ UINT64_C(0x2D358DCCAA6C78A5);
    t->seed[1]  = settings.seed * UINT64_C(0x9E3779B97F4A7C15) ^ UINT64_C(0x8BB84B93962EACC9);
    t->feed     = NEW_N(&t->mem, Feed, threads);
    t->share    = NEW_N(&t->mem, TallyShare, threads);
    t->box      = NEW_N(&t->mem, Box, threads);
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->changed, NULL);
    for (int i = 0; i < threads; i++) {
        feed_begin(t, i);
        box_begin(t, &t->box[i]);
        share_begin(&t->share[i], settings);
    }
    return t;
}

void tally_drop(Tally *t)
{
    for (int i = 0; i < t->threads; i++) {
        share_drop(&t->share[i]);
        arena_drop(&t->feed[i].index_mem);
        arena_drop(&t->feed[i].product_mem);
    }
    arena_drop(&t->summary_mem);
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->changed);
    Arena mem = t->mem;
    arena_drop(&mem);
}

bool tally_shared(const Tally *t)
{
    for (int i = 0; i < t->threads; i++)
        if (t->share[i].shared) return true;
    return false;
}

static void box_put(Box *box, Batch *b)
{
    b->next       = NULL;
    *box->full_end = b;
    box->full_end  = &b->next;
}

/* Takes the next full batch of this thread's box, if there is one.  The lock is held before and after, not while it works. */
static bool box_work(Tally *t, int thread)
{
    Box   *box = &t->box[thread];
    Batch *b   = box->full;
    if (!b) return false;
    box->full = b->next;
    if (!box->full) box->full_end = &box->full;
    pthread_mutex_unlock(&t->lock);
    share_take(&t->share[thread], b->run, b->n);
    b->n = 0;
    pthread_mutex_lock(&t->lock);
    b->next    = box->empty;
    box->empty = b;
    pthread_cond_broadcast(&t->changed);
    return true;
}

/* Hands a full batch to its owner and comes back with an empty one. */
static Batch *batch_send(Tally *t, int thread, int owner, Batch *b)
{
    Box *box = &t->box[owner];
    if (owner == thread) {
        share_take(&t->share[thread], b->run, b->n);
        b->n = 0;
        return b;
    }
    pthread_mutex_lock(&t->lock);
    box_put(box, b);
    pthread_cond_broadcast(&t->changed);
    while (box_work(t, thread)) {}
    while (!box->empty)
        if (!box_work(t, thread)) pthread_cond_wait(&t->changed, &t->lock);
    b          = box->empty;
    box->empty = b->next;
    pthread_mutex_unlock(&t->lock);
    return b;
}

/* The line goes on with the run of the one before. */
TALLY_INLINE bool run_goes_on(TallyRun *run, const SaleRow *row, uint64_t client, uint64_t document)
{
    Money sum;
    if (!run || run->client != client || run->document != document || run->day != row->day || run->is_return != row->is_return ||
        row->at < run->at || __builtin_add_overflow(run->amount, row->amount, &sum))
        return false;
    run->amount = sum;
    run->lines++;
    return true;
}

static void run_begin(Tally *t, int thread, const SaleRow *row, uint64_t client, uint64_t document)
{
    Feed   *f     = &t->feed[thread];
    int     owner = (int)((client >> 32) * (uint64_t)t->threads >> 32);
    Batch **out   = &f->out[owner];
    if ((*out)->n == BATCH) *out = batch_send(t, thread, owner, *out);
    f->run  = &(*out)->run[(*out)->n++];
    *f->run = (TallyRun){ .client = client, .document = document, .amount = row->amount, .at = row->at, .name = row->client.s, .lines = 1,
                          .name_n = (uint32_t)row->client.n, .is_return = row->is_return, .day = row->day };
}

TALLY_INLINE uint64_t document_hash(const Tally *t, const SaleRow *row, uint64_t client)
{
    if (!t->settings.has_documents) return 0;
    if (row->document.n) return key_hash(row->document, t->seed);
    uint64_t h = fold(client ^ t->seed[1], (uint64_t)row->day ^ t->seed[0]);
    return h ? h : 1;
}

TALLY_INLINE void row_add(Tally *t, int thread, const SaleRow *row)
{
    uint64_t client = key_hash(row->client, t->seed), document = document_hash(t, row, client);
    if (!run_goes_on(t->feed[thread].run, row, client, document)) run_begin(t, thread, row, client, document);
}

static void product_index(Feed *f, uint32_t product)
{
    uint32_t at = (uint32_t)f->product[product].hash & f->index_mask;
    while (f->index[at]) at = (at + 1) & f->index_mask;
    f->index[at] = product + 1;
}

static Product *product_new(Feed *f, uint64_t hash, Str name, int64_t at)
{
    Product *p = NEW(&f->product_mem, Product);
    *p         = (Product){ .hash = hash, .name = name, .at = at };
    product_index(f, f->products++);
    if (f->products > f->index_mask / 4 * 3) {
        arena_drop(&f->index_mem);
        f->index_mask = f->index_mask * 2 + 1;
        f->index_mem  = arena_new((f->index_mask + 1) * (ptrdiff_t)sizeof(uint32_t));
        f->index      = NEW_N(&f->index_mem, uint32_t, f->index_mask + 1);
        for (uint32_t i = 0; i < f->products; i++) product_index(f, i);
    }
    return p;
}

TALLY_INLINE void product_pay(Feed *f, uint64_t hash, Str name, int64_t at, Money amount)
{
    uint32_t slot = (uint32_t)hash & f->index_mask;
    while (f->index[slot] && f->product[f->index[slot] - 1].hash != hash) slot = (slot + 1) & f->index_mask;
    Product *p = f->index[slot] ? &f->product[f->index[slot] - 1] : product_new(f, hash, name, at);
    p->money   = (Money)((uint64_t)p->money + (uint64_t)amount); /* wrapping round is found by `moved` */
    if (at >= p->at) return;
    p->at   = at;
    p->name = name;
}

void feed_product(Feed *f, uint64_t hash, Str name, int64_t at, Money amount)
{
    product_pay(f, hash, name, at, amount);
}

void tally_add(Tally *t, int thread, const SaleRow *rows, ptrdiff_t n)
{
    Feed *f = &t->feed[thread];
    for (const SaleRow *row = rows; row < rows + n; row++) {
        if (row->day > t->settings.to || (row->is_return && t->settings.ignore_returns)) continue;
        row_add(t, thread, row);
        if (row->product.n && row->day >= t->settings.from) product_pay(f, key_hash(row->product, t->seed), row->product, row->at, row->amount);
    }
}

/* All threads meet; `round` from 1. */
static void meet(Tally *t, int round)
{
    pthread_mutex_lock(&t->lock);
    t->arrived++;
    pthread_cond_broadcast(&t->changed);
    while (t->arrived < round * t->threads) pthread_cond_wait(&t->changed, &t->lock);
    pthread_mutex_unlock(&t->lock);
}

static void batches_end(Tally *t, int thread)
{
    for (int owner = 0; owner < t->threads; owner++)
        if (owner == thread) share_take(&t->share[thread], t->feed[thread].out[owner]->run, t->feed[thread].out[owner]->n);
    pthread_mutex_lock(&t->lock);
    for (int owner = 0; owner < t->threads; owner++)
        if (owner != thread) box_put(&t->box[owner], t->feed[thread].out[owner]);
    t->done++;
    pthread_cond_broadcast(&t->changed);
    while (t->done < t->threads || t->box[thread].full)
        if (!box_work(t, thread)) pthread_cond_wait(&t->changed, &t->lock);
    pthread_mutex_unlock(&t->lock);
}

Day tally_first(const Tally *t)
{
    Day first = INT32_MAX;
    for (int i = 0; i < t->threads; i++)
        if (t->share[i].first < first) first = t->share[i].first;
    if (t->settings.from != DAY_NONE) return t->settings.from;
    return first == INT32_MAX ? 0 : first;
}

void tally_done(Tally *t, int thread)
{
    batches_end(t, thread);
    meet(t, 1);
    documents_count(t->share, t->threads, thread);
    meet(t, 2);
    documents_drop(&t->share[thread]);
    share_finish(&t->share[thread], tally_first(t));
}
