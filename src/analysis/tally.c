/* The life of a tally, and how runs of lines travel from the thread that read them to the one that owns their
 * client. */
#include "analysis/tally_inside.h"

static void feed_begin(Tally *t, int thread)
{
    Feed *f       = &t->feed[thread];
    f->index_mask = 2047;
    f->index_mem  = arena_new((f->index_mask + 1) * (ptrdiff_t)sizeof(uint32_t));
    f->index      = NEW_N(&f->index_mem, uint32_t, f->index_mask + 1);
    f->fold_mem    = arena_new((ptrdiff_t)1 << 26);
    f->spelling    = NEW_N(&f->fold_mem, Spelling, SPELLINGS);
    f->product_mem = arena_new((ptrdiff_t)1 << 34);
    f->product     = (Product *)(void *)f->product_mem.beg;
    f->out         = NEW_N(&t->mem, Batch *, t->threads);
    for (int i = 0; i < t->threads; i++) f->out[i] = NEW(&t->mem, Batch);
    f->numbers = number_reader(&t->numbers);
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
    Arena  mem = arena_new((ptrdiff_t)threads * (threads + BATCHES + 1) * (ptrdiff_t)sizeof(Batch) +
                           threads * (ptrdiff_t)sizeof(TallyShare) + threads * (ptrdiff_t)sizeof(Feed) + (1 << 20));
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
    numbers_begin(&t->numbers);
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
        arena_drop(&t->feed[i].fold_mem);
        number_reader_drop(&t->feed[i].numbers);
    }
    arena_drop(&t->summary_mem);
    numbers_drop(&t->numbers);
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->changed);
    Arena mem = t->mem;
    arena_drop(&mem);
}

bool tally_unsure(const Tally *t)
{
    return t->shared || t->numbers.scattered;
}

static void box_put(Box *box, Batch *b)
{
    b->next       = NULL;
    *box->full_end = b;
    box->full_end  = &b->next;
}

/* Takes the next full batch of this thread's box, if there is one.  The lock is held before and after, not while it
 * works. */
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

Batch *batch_send(Tally *t, int thread, int owner, Batch *b)
{
    Box *box = &t->box[owner];
    runs_number(t, thread, b->run, b->n);
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
        runs_number(t, thread, t->feed[thread].out[owner]->run, t->feed[thread].out[owner]->n);
    for (int owner = 0; owner < t->threads; owner++)
        if (owner == thread)
            share_take(&t->share[thread], t->feed[thread].out[owner]->run, t->feed[thread].out[owner]->n);
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
    if (thread == 0) numbers_drop(&t->numbers);
    share_finish(&t->share[thread], tally_first(t));
}
