/* The facts of a base while the server runs. */
#include "facts/facts.h"

#include "core/log.h"
#include "core/map.h"
#include "facts/file.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A state is immutable; whoever holds it keeps it alive.  Parts are shared between states, each with its own count. */
typedef struct {
    FactsPart part;
    int       holders;
} SharedPart;

struct FactsState {
    SharedPart *main, *recent;
    uint64_t   *gone;      /* of main */
    Arena       mem;       /* holds gone */
    uint32_t    clients, products;
    ChangeMark  mark;
    int         holders;
};

/* A change of an import that is still running: looked at again when it is done. */
typedef struct {
    int64_t work, sale;
} Waiting;

struct Facts {
    FactsSource     source;
    char           *file;
    FactsNames      names;
    pthread_mutex_t refresh; /* one at a time takes in changes; also guards names and waiting */
    pthread_mutex_t hold;    /* guards state, its holders and progress                        */
    FactsState     *state;
    Waiting        *waiting;
    ptrdiff_t       waiting_count, waiting_room;
    FactsProgress   progress;
};

enum {
    RECENT_LINES = 50000,  /* at the least, before the main part is written anew */
    CHECK_TRIES  = 3,
    PORTION      = 1000,   /* sales read back at a time                          */
    DRAFT_LINES  = 1 << 28, /* of a recent part; addresses, not memory           */
};

Facts *facts_new(FactsSource source, const char *file)
{
    Facts *f  = calloc(1, sizeof *f);
    f->source = source;
    f->file   = file ? strdup(file) : NULL;
    f->names  = facts_names_new();
    pthread_mutex_init(&f->refresh, NULL);
    pthread_mutex_init(&f->hold, NULL);
    return f;
}

/* ---- states ---- */

static SharedPart *part_share(FactsPart part)
{
    SharedPart *shared = calloc(1, sizeof *shared);
    *shared            = (SharedPart){ part, 1 };
    return shared;
}

static void part_leave(SharedPart *shared)
{
    if (!shared || --shared->holders) return;
    facts_part_drop(&shared->part);
    free(shared);
}

/* Call with `hold` locked. */
static void state_leave(FactsState *s)
{
    if (!s || --s->holders) return;
    part_leave(s->main);
    part_leave(s->recent);
    arena_drop(&s->mem);
    free(s);
}

static FactsState *state_new(const Facts *f, SharedPart *main, SharedPart *recent, ChangeMark mark)
{
    FactsState *s = calloc(1, sizeof *s);
    ptrdiff_t words = (ptrdiff_t)main->part.sales / 64 + 1;
    s->main     = main;
    s->recent   = recent;
    s->clients  = f->names.client.count;
    s->products = f->names.product.count;
    s->mark     = mark;
    s->holders  = 1;
    s->mem      = arena_new(words * 8 + 64);
    s->gone     = NEW_N(&s->mem, uint64_t, words);
    return s;
}

static void state_publish(Facts *f, FactsState *s)
{
    pthread_mutex_lock(&f->hold);
    FactsState *old = f->state;
    f->state        = s;
    f->progress     = (FactsProgress){ .ready = s != NULL };
    state_leave(old);
    pthread_mutex_unlock(&f->hold);
}

static FactsView view_of(const Facts *f, const FactsState *s)
{
    return (FactsView){ &f->names, &s->main->part, s->recent ? &s->recent->part : NULL, s->gone, s->clients, s->products };
}

void facts_free(Facts *f)
{
    if (!f) return;
    state_publish(f, NULL);
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

/* ---- lines from the base ---- */

typedef struct {
    Facts  *f;
    bool  (*tick)(void *);
    void   *to;
} Reading;

static bool reading_tick(const Reading *r, int64_t done)
{
    if (!r || done % 4096) return true;
    pthread_mutex_lock(&r->f->hold);
    r->f->progress.done = done;
    pthread_mutex_unlock(&r->f->hold);
    return !r->tick || r->tick(r->to);
}

static Err draft_rows(Rows *rows, FactsDraft *d, const Reading *r)
{
    int64_t sale = 0, done = 0;
    while (rows_next(rows)) {
        if (!reading_tick(r, done++)) return CONFLICT;
        if (row_int(rows, 0) != sale) {
            sale = row_int(rows, 0);
            facts_draft_sale(d, (FactSale){ sale, row_int(rows, 1), row_int(rows, 2), row_int(rows, 3), row_day(rows, 4), row_int(rows, 5) == 1 });
        }
        facts_draft_line(d, (FactLine){ row_int(rows, 6), row_int(rows, 7), row_int(rows, 8), row_null(rows, 9) ? 0 : row_int(rows, 9) });
    }
    return rows_end(rows);
}

static Err base_sums(const Facts *f, Db *db, int64_t *lines, Money *amount)
{
    Rows rows;
    TRY(db_query(db, f->source.sums, NO_VALS, &rows));
    bool got = rows_next(&rows);
    *lines   = got ? row_int(&rows, 0) : 0;
    *amount  = got && !row_null(&rows, 1) ? row_int(&rows, 1) : 0;
    return rows_end(&rows);
}

static Err load_base(Facts *f, Db *db, const Reading *r, FactsPart *part)
{
    int64_t lines;
    Money   amount;
    TRY(base_sums(f, db, &lines, &amount));
    pthread_mutex_lock(&f->hold);
    f->progress.total = lines;
    pthread_mutex_unlock(&f->hold);

    Rows rows;
    TRY(db_stream(db, f->source.all, NO_VALS, &rows));
    FactsDraft *d   = facts_draft_new(lines * 2 + (1 << 24)); /* others may add while this reads; addresses, not memory */
    Err         err = draft_rows(&rows, d, r);
    rows_end(&rows);
    if (!err) return facts_part_make(d, &f->names, part);
    facts_draft_drop(d);
    return err;
}

/* A hash over the last change up to the mark; each has random bytes of its own, so another base, or this one brought back to an earlier
 * moment, has another seal there.  0: there is no change yet. */
static Err seal_of(Db *db, ChangeMark mark, uint64_t *seal)
{
    Rows rows;
    *seal = 0;
    TRY(db_query(db,
                 S("select c.id, c.digest from change c\n"
                   "-- sqlite\n"
                   " where c.id <= $2 and cast($1 as integer) >= 0 order by c.id desc limit 1\n"
                   "-- postgres\n"
                   " where (c.tx, c.id) <= ($1, $2) order by c.tx desc, c.id desc limit 1\n"),
                 VALS(val_int(mark.tx), val_int(mark.id)), &rows));
    if (rows_next(&rows)) *seal = str_hash(row_blob(&rows, 1), (uint64_t)row_int(&rows, 0)) | 1;
    return rows_end(&rows);
}

static Err write_file(const Facts *f, Db *db, const FactsPart *part, ChangeMark mark)
{
    FactsStamp stamp = { mark.tx, mark.id, part->lines, 0 };
    if (!f->file) return OK;
    TRY(seal_of(db, mark, &stamp.seal));
    return facts_file_write(f->file, &f->names, part, stamp);
}

static Err load_file(Facts *f, Db *db, FactsPart *part, ChangeMark *mark)
{
    FactsStamp stamp;
    uint64_t   seal = 0;
    if (!f->file) return NOT_FOUND;
    TRY(facts_file_open(f->file, &f->names, part, &stamp));
    *mark   = (ChangeMark){ stamp.tx, stamp.id };
    Err err = seal_of(db, *mark, &seal);
    if (!err && seal == stamp.seal && (seal || !stamp.lines)) return OK;
    facts_part_drop(part);
    return err ? err : INVALID;
}

/* ---- what waits for its import ---- */

static void wait_for(Facts *f, Waiting w)
{
    if (f->waiting_count == f->waiting_room) {
        f->waiting_room = f->waiting_room ? f->waiting_room * 2 : 256;
        f->waiting      = realloc(f->waiting, (size_t)f->waiting_room * sizeof *f->waiting);
    }
    f->waiting[f->waiting_count++] = w;
}

/* A mark on each sale of the main part that is among the ids (ascending). */
static void mark_gone(const FactsPart *p, uint64_t *gone, const int64_t *ids, ptrdiff_t n)
{
    if (!n) return;
    for (uint32_t s = 0; s < p->sales; s++) {
        int64_t id = p->sale_id[s];
        if (id < ids[0] || id > ids[n - 1]) continue;
        ptrdiff_t low = 0, high = n - 1;
        while (low < high) {
            ptrdiff_t middle = (low + high) / 2;
            if (ids[middle] < id) low = middle + 1;
            else high = middle;
        }
        if (ids[low] == id) gone[s / 64] |= 1ull << s % 64;
    }
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static ptrdiff_t sorted_once(int64_t *ids, ptrdiff_t n)
{
    if (n) qsort(ids, (size_t)n, sizeof *ids, by_id);
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (!kept || ids[kept - 1] != ids[i]) ids[kept++] = ids[i];
    return kept;
}

/* Sales of imports that still run were read with the rest; they are taken out and looked at again when the import is done. */
static Err hold_back_running(Facts *f, Db *db, FactsState *s)
{
    Rows rows;
    TRY(db_query(db, f->source.held_sales, NO_VALS, &rows));
    while (rows_next(&rows)) wait_for(f, (Waiting){ row_int(&rows, 0), row_int(&rows, 1) });
    TRY(rows_end(&rows));
    Arena    mem = arena_new((f->waiting_count + 1) * 8 + 64);
    int64_t *ids = NEW_RAW(&mem, int64_t, f->waiting_count);
    for (ptrdiff_t i = 0; i < f->waiting_count; i++) ids[i] = f->waiting[i].sale;
    mark_gone(&s->main->part, s->gone, ids, sorted_once(ids, f->waiting_count));
    arena_drop(&mem);
    return OK;
}

Err facts_load(Facts *f, Db *db, bool (*tick)(void *to), void *to)
{
    Reading    r = { f, tick, to };
    FactsPart  part;
    ChangeMark mark;
    pthread_mutex_lock(&f->refresh);
    Err  err       = load_file(f, db, &part, &mark);
    bool from_file = err == OK;
    if (err == NOT_FOUND || err == INVALID) {
        facts_names_drop(&f->names);
        f->names = facts_names_new();
        err      = change_mark(db, &mark);
        if (!err) err = load_base(f, db, &r, &part);
    }
    if (!err) {
        FactsState *s = state_new(f, part_share(part), NULL, mark);
        if (!from_file) err = hold_back_running(f, db, s);
        if (!err && !from_file && !f->waiting_count) write_file(f, db, &part, mark); /* without the file the next start is slower, no more */
        if (err) state_leave(s);
        else state_publish(f, s);
    }
    pthread_mutex_unlock(&f->refresh);
    return err;
}

typedef struct {
    int64_t lines;
    Money   amount;
} Sums;

static Err held_sums(Facts *f, Db *db, Sums *out)
{
    FactsHold hold;
    TRY(facts_hold(f, db, &hold));
    FactsQuestion everything = { .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE, .threads = 1 };
    Arena         mem        = arena_new((ptrdiff_t)1 << 32);
    FactsAnswer   answer     = facts_ask(&hold.view, &everything, &mem);
    *out = (Sums){ answer.summary.lines, (Money)answer.revenue };
    arena_drop(&mem);
    facts_release(f, &hold);
    return OK;
}

Err facts_check(Facts *f, Db *db)
{
    Sums held = { 0 }, base = { 0 };
    for (int tries = 0; tries < CHECK_TRIES; tries++) { /* somebody may save a sale between the two */
        TRY(held_sums(f, db, &held));
        TRY(base_sums(f, db, &base.lines, &base.amount));
        if (f->waiting_count || (held.lines == base.lines && held.amount == base.amount)) return OK;
    }
    log_line("facts", "memory holds %lld lines, the base %lld: they are read anew at the next start", (long long)held.lines, (long long)base.lines);
    if (f->file) unlink(f->file);
    return CONFLICT;
}

/* ---- keeping up ---- */

typedef struct {
    int64_t  *ids; /* of sales to be read again */
    ptrdiff_t count;
} Changed;

static Err works_held(const Facts *f, Db *db, Arena *mem, Map **held)
{
    Rows rows;
    TRY(db_query(db, f->source.held, NO_VALS, &rows));
    while (rows_next(&rows)) *map_at(held, str_fmt(mem, "%lld", (long long)row_int(&rows, 0)), mem) = 1;
    return rows_end(&rows);
}

static bool is_held(Map **held, int64_t work)
{
    char  text[24];
    int   n = snprintf(text, sizeof text, "%lld", (long long)work);
    return map_at(held, (Str){ text, n }, NULL) != NULL;
}

/* Reads the changes behind the mark.  Those of running imports join what waits; what waited for an import that is done joins the changed. */
static Err read_changes(Facts *f, Db *db, ChangeMark *mark, Arena *mem, Changed *changed)
{
    for (;;) {
        Change   *change;
        ptrdiff_t n;
        TRY(change_read(db, mem, mark, 4096, &change, &n));
        for (ptrdiff_t i = 0; i < n; i++)
            if (str_eq(change[i].entity, str_of(f->source.entity))) wait_for(f, (Waiting){ change[i].work, change[i].record });
        if (n < 4096) break;
    }
    if (!f->waiting_count) return OK;
    Map *held = NULL;
    TRY(works_held(f, db, mem, &held));
    ptrdiff_t still = 0;
    changed->ids = NEW_RAW(mem, int64_t, f->waiting_count);
    for (ptrdiff_t i = 0; i < f->waiting_count; i++) {
        if (is_held(&held, f->waiting[i].work)) f->waiting[still++] = f->waiting[i];
        else changed->ids[changed->count++] = f->waiting[i].sale;
    }
    f->waiting_count = still;
    changed->count   = sorted_once(changed->ids, changed->count);
    return OK;
}

static Err read_sales(const Facts *f, Db *db, const Changed *changed, FactsDraft *d)
{
    for (ptrdiff_t at = 0; at < changed->count; at += PORTION) {
        ptrdiff_t n = changed->count - at < PORTION ? changed->count - at : PORTION;
        Rows      rows;
        TRY(db_query(db, f->source.some, VALS(val_ids(changed->ids + at, n)), &rows));
        TRY(draft_rows(&rows, d, NULL));
    }
    return OK;
}

/* A new recent part: what the old one held less what changed, and what changed as it is now. */
static Err take_in(Facts *f, Db *db, const Changed *changed, ChangeMark mark, Arena *mem)
{
    FactsState *old    = f->state;
    FactsPart  *before = old->recent ? &old->recent->part : NULL;
    FactsDraft *d      = facts_draft_new(DRAFT_LINES);
    if (before) {
        uint64_t *gone = NEW_N(mem, uint64_t, (ptrdiff_t)before->sales / 64 + 1);
        mark_gone(before, gone, changed->ids, changed->count);
        facts_draft_part(d, &f->names, before, gone);
    }
    Err       err = read_sales(f, db, changed, d);
    FactsPart recent;
    if (err) {
        facts_draft_drop(d);
        return err;
    }
    TRY(facts_part_make(d, &f->names, &recent));
    pthread_mutex_lock(&f->hold);
    old->main->holders++;
    pthread_mutex_unlock(&f->hold);
    FactsState *s = state_new(f, old->main, part_share(recent), mark);
    memcpy(s->gone, old->gone, ((size_t)s->main->part.sales / 64 + 1) * sizeof *s->gone);
    mark_gone(&s->main->part, s->gone, changed->ids, changed->count);
    state_publish(f, s);
    return OK;
}

/* After an error nothing is lost: the sales wait for the next round under a work that nobody holds. */
static void changes_again(Facts *f, const Changed *changed)
{
    for (ptrdiff_t i = 0; i < changed->count; i++) wait_for(f, (Waiting){ 0, changed->ids[i] });
}

/* A reader whose snapshot is older than the state must take nothing in: it would not see an import that holds its sales back. */
static bool is_older(ChangeMark reader, ChangeMark state)
{
    return reader.tx < state.tx || (reader.tx == state.tx && reader.id < state.id);
}

/* Call with `refresh` locked. */
static Err catch_up(Facts *f, Db *db)
{
    Changed    changed = { 0 };
    ChangeMark mark    = f->state->mark, now;
    TRY(change_mark(db, &now));
    if (is_older(now, mark)) return OK;
    Arena mem = arena_new((ptrdiff_t)1 << 32);
    Err   err = read_changes(f, db, &mark, &mem, &changed);
    if (!err && changed.count) err = take_in(f, db, &changed, mark, &mem);
    if (!err) f->state->mark = mark;
    else changes_again(f, &changed);
    arena_drop(&mem);
    return err;
}

Err facts_hold(Facts *f, Db *db, FactsHold *out)
{
    pthread_mutex_lock(&f->refresh);
    Err err = f->state ? catch_up(f, db) : BUSY;
    if (!err) {
        pthread_mutex_lock(&f->hold);
        f->state->holders++;
        *out = (FactsHold){ view_of(f, f->state), f->state };
        pthread_mutex_unlock(&f->hold);
    }
    pthread_mutex_unlock(&f->refresh);
    return err;
}

void facts_release(Facts *f, FactsHold *hold)
{
    pthread_mutex_lock(&f->hold);
    state_leave(hold->state);
    pthread_mutex_unlock(&f->hold);
    *hold = (FactsHold){ 0 };
}

Err facts_tidy(Facts *f, Db *db)
{
    pthread_mutex_lock(&f->refresh);
    FactsState *s = f->state;
    uint32_t    limit = s && s->main->part.lines / 16 > RECENT_LINES ? s->main->part.lines / 16 : RECENT_LINES;
    Err         err = OK;
    if (s && s->recent && s->recent->part.lines > limit && !f->waiting_count) {
        FactsView view = view_of(f, s);
        FactsState *merged = state_new(f, part_share(facts_merge(&view)), NULL, s->mark);
        state_publish(f, merged);
        err = write_file(f, db, &merged->main->part, merged->mark);
    }
    pthread_mutex_unlock(&f->refresh);
    return err;
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
