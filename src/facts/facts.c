/* The facts of a base while the server runs: their states, who holds one, and the ids they know. */
#include "facts/inside.h"

#include "facts/file.h"

#include <stdlib.h>
#include <string.h>

enum { RECENT_LINES = 50000 }; /* at the least, before the main part is written anew */

Facts *facts_new(FactsSource source, const char *file)
{
    Facts *f  = heap_take(sizeof *f);
    f->source = source;
    f->file   = file ? strdup(file) : NULL;
    f->names  = facts_names_new();
    pthread_mutex_init(&f->refresh, NULL);
    pthread_mutex_init(&f->hold, NULL);
    return f;
}

/* ---- states ---- */

SharedPart *facts_part_share(FactsPart part)
{
    SharedPart *shared = heap_take(sizeof *shared);
    *shared            = (SharedPart){ part, 1 };
    arena_lasts(&part.mem);
    return shared;
}

static void part_leave(SharedPart *shared)
{
    if (!shared || --shared->holders) return;
    facts_part_drop(&shared->part);
    free(shared);
}

/* Call with `hold` locked. */
void facts_state_leave(FactsState *s)
{
    if (!s || --s->holders) return;
    part_leave(s->main);
    part_leave(s->recent);
    arena_drop(&s->mem);
    free(s);
}

FactsState *facts_state_new(const Facts *f, SharedPart *main, SharedPart *recent, ChangeMark mark)
{
    ptrdiff_t   words = (ptrdiff_t)main->part.sales / 64 + 1;
    Arena       mem   = arena_new(words * 8 + 64);
    uint64_t   *gone  = NEW_N(&mem, uint64_t, words);
    FactsState *s     = heap_take(sizeof *s); /* the last that may run out: nothing guards it */
    arena_lasts(&mem);
    s->main     = main;
    s->recent   = recent;
    s->clients  = f->names.client.count;
    s->products = f->names.product.count;
    s->mark     = mark;
    s->holders  = 1;
    s->mem      = mem;
    s->gone     = gone;
    return s;
}

void facts_state_publish(Facts *f, FactsState *s)
{
    pthread_mutex_lock(&f->hold);
    FactsState *old = f->state;
    f->state        = s;
    f->progress     = (FactsProgress){ .ready = s != NULL };
    facts_state_leave(old);
    pthread_mutex_unlock(&f->hold);
}

static FactsView view_of(const Facts *f, const FactsState *s)
{
    return (
        FactsView){ &f->names, &s->main->part, s->recent ? &s->recent->part : NULL, s->gone, s->clients, s->products };
}

void facts_free(Facts *f)
{
    if (!f) return;
    facts_state_publish(f, NULL);
    facts_names_drop(&f->names);
    pthread_mutex_destroy(&f->refresh);
    pthread_mutex_destroy(&f->hold);
    free(f->waiting);
    free(f->file);
    free(f);
}

FactsProgress facts_progress(Facts *f)
{
    pthread_mutex_lock(&f->hold);
    FactsProgress p = f->progress;
    pthread_mutex_unlock(&f->hold);
    return p;
}

/* ---- holding ---- */

static Err call_run(void *call)
{
    return ((const FactsCall *)call)->run(call);
}

Err facts_refreshing(FactsCall *call)
{
    pthread_mutex_lock(&call->f->refresh);
    Err err = guarded(call_run, call);
    pthread_mutex_unlock(&call->f->refresh);
    return err;
}

static Err hold(const FactsCall *call)
{
    Facts *f = call->f;
    if (!f->state) return BUSY;
    TRY(facts_catch_up(f, call->db));
    pthread_mutex_lock(&f->hold);
    f->state->holders++;
    *(FactsHold *)call->to = (FactsHold){ view_of(f, f->state), f->state };
    pthread_mutex_unlock(&f->hold);
    return OK;
}

Err facts_hold(Facts *f, Db *db, FactsHold *out)
{
    return facts_refreshing(&(FactsCall){ .f = f, .db = db, .run = hold, .to = out });
}

void facts_release(Facts *f, FactsHold *hold)
{
    pthread_mutex_lock(&f->hold);
    facts_state_leave(hold->state);
    pthread_mutex_unlock(&f->hold);
    *hold = (FactsHold){ 0 };
}

static Err tidy(const FactsCall *call)
{
    Facts      *f     = call->f;
    FactsState *s     = f->state;
    uint32_t    limit = s && s->main->part.lines / 16 > RECENT_LINES ? s->main->part.lines / 16 : RECENT_LINES;
    if (!s || !s->recent || s->recent->part.lines <= limit || f->waiting_count) return OK;
    FactsView   view   = view_of(f, s);
    FactsState *merged = facts_state_new(f, facts_part_share(facts_merge(&view)), NULL, s->mark);
    facts_state_publish(f, merged);
    return facts_file_keep(f, call->db, &merged->main->part, merged->mark);
}

Err facts_tidy(Facts *f, Db *db)
{
    return facts_refreshing(&(FactsCall){ .f = f, .db = db, .run = tidy });
}

/* ---- ids as the facts number them ---- */

void facts_client_numbers(Facts *f, const int64_t *ids, ptrdiff_t n, uint32_t *out)
{
    pthread_mutex_lock(&f->refresh);
    for (ptrdiff_t i = 0; i < n; i++) out[i] = facts_known(&f->names.client, ids[i]);
    pthread_mutex_unlock(&f->refresh);
}

uint64_t *facts_client_bits(Facts *f, const FactsView *view, const int64_t *ids, ptrdiff_t n, Arena *mem)
{
    uint64_t *bits = NEW_N(mem, uint64_t, (ptrdiff_t)view->clients / 64 + 1);
    pthread_mutex_lock(&f->refresh);
    for (ptrdiff_t i = 0; i < n; i++) {
        uint32_t number = facts_known(&f->names.client, ids[i]);
        if (number && number < view->clients) bits[number / 64] |= 1ull << number % 64;
    }
    pthread_mutex_unlock(&f->refresh);
    return bits;
}

static bool *known_set(Facts *f, const FactsIds *kind, ptrdiff_t places, const int64_t *ids, ptrdiff_t n, Arena *mem)
{
    bool *set = NEW_N(mem, bool, places);
    pthread_mutex_lock(&f->refresh);
    for (ptrdiff_t i = 0; i < n; i++) {
        uint32_t number = facts_known(kind, ids[i]);
        if (number && (ptrdiff_t)number < places) set[number] = true;
    }
    pthread_mutex_unlock(&f->refresh);
    return set;
}

bool *facts_seller_set(Facts *f, const int64_t *ids, ptrdiff_t n, Arena *mem)
{
    return known_set(f, &f->names.seller, FACTS_SELLERS_MAX + 1, ids, n, mem);
}

bool *facts_channel_set(Facts *f, const int64_t *ids, ptrdiff_t n, Arena *mem)
{
    return known_set(f, &f->names.channel, FACTS_CHANNELS_MAX + 1, ids, n, mem);
}

bool *facts_product_set(Facts *f, const FactsView *view, const int64_t *ids, ptrdiff_t n, Arena *mem)
{
    return known_set(f, &f->names.product, view->products, ids, n, mem);
}
