/* Keeping up: the sales that have changed since, less those of imports that still run, become a new recent part. */
#include "facts/inside.h"

#include "core/bounds.h"
#include "core/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PORTION     = 1000,    /* sales read back at a time                */
    DRAFT_LINES = 1 << 28, /* of a recent part; addresses, not memory  */
};

/* ---- what waits for its import ---- */

void facts_wait_for(Facts *f, Waiting w)
{
    if (f->waiting_count == f->waiting_room) {
        ptrdiff_t room  = f->waiting_room ? f->waiting_room * 2 : 256;
        Waiting  *wider = realloc(f->waiting, (size_t)room * sizeof *f->waiting);
        if (!wider) memory_over();
        f->waiting      = wider;
        f->waiting_room = room;
    }
    f->waiting[f->waiting_count++] = w;
}

/* A mark on each sale of the main part that is among the ids (ascending). */
void facts_mark_gone(const FactsPart *p, uint64_t *gone, const int64_t *ids, ptrdiff_t n)
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

ptrdiff_t facts_sorted_once(int64_t *ids, ptrdiff_t n)
{
    if (n) qsort(ids, (size_t)n, sizeof *ids, by_id);
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (!kept || ids[kept - 1] != ids[i]) ids[kept++] = ids[i];
    return kept;
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

/* Reads the changes behind the mark.  Those of running imports join what waits; what waited for an import that is done
 * joins the changed. */
static Err read_changes(Facts *f, Db *db, ChangeMark *mark, Arena *mem, Changed *changed)
{
    for (;;) {
        Change   *change;
        ptrdiff_t n;
        TRY(change_read(db, mem, mark, 4096, false, &change, &n));
        for (ptrdiff_t i = 0; i < n; i++)
            if (str_eq(change[i].entity, str_of(f->source.entity)))
                facts_wait_for(f, (Waiting){ change[i].work, change[i].record });
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
    changed->count   = facts_sorted_once(changed->ids, changed->count);
    return OK;
}

static Err read_sales(const Facts *f, Db *db, const Changed *changed, FactsDraft *d)
{
    for (ptrdiff_t at = 0; at < changed->count; at += PORTION) {
        ptrdiff_t n = changed->count - at < PORTION ? changed->count - at : PORTION;
        Rows      rows;
        TRY(db_query(db, f->source.some, VALS(val_ids(changed->ids + at, n)), &rows));
        TRY(facts_draft_rows(&rows, d, NULL));
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
        facts_mark_gone(before, gone, changed->ids, changed->count);
        facts_draft_part(d, &f->names, before, gone);
    }
    Err       err = read_sales(f, db, changed, d);
    FactsPart recent;
    if (err) {
        facts_draft_drop(d);
        return err;
    }
    TRY(facts_part_make(d, &f->names, &recent));
    FactsState *s = facts_state_new(f, old->main, facts_part_share(recent), mark);
    pthread_mutex_lock(&f->hold);
    old->main->holders++;
    pthread_mutex_unlock(&f->hold);
    memcpy(s->gone, old->gone, ((size_t)s->main->part.sales / 64 + 1) * sizeof *s->gone);
    facts_mark_gone(&s->main->part, s->gone, changed->ids, changed->count);
    facts_state_publish(f, s);
    return OK;
}

/* After an error nothing is lost: the sales wait for the next round under a work that nobody holds. */
static void changes_again(Facts *f, const Changed *changed)
{
    for (ptrdiff_t i = 0; i < changed->count; i++) facts_wait_for(f, (Waiting){ 0, changed->ids[i] });
}

/* A reader whose snapshot is older than the state must take nothing in: it would not see an import that holds its sales
 * back. */
static bool is_older(ChangeMark reader, ChangeMark state)
{
    return reader.tx < state.tx || (reader.tx == state.tx && reader.id < state.id);
}

typedef struct {
    Facts         *f;
    Db            *db;
    const Changed *changed;
    ChangeMark     mark;
    Arena         *mem;
} TakingIn;

static Err taking_in(void *to)
{
    const TakingIn *t = to;
    return take_in(t->f, t->db, t->changed, t->mark, t->mem);
}

/* Call with `refresh` locked.  Where memory runs out while changes are read, the mark has not moved and they come
 * again; while they are taken in, they wait. */
Err facts_catch_up(Facts *f, Db *db)
{
    Changed    changed = { 0 };
    ChangeMark mark    = f->state->mark, now;
    TRY(change_mark(db, &now));
    if (is_older(now, mark)) return OK;
    Arena mem = arena_new(BOUND_FACTS);
    Err   err = read_changes(f, db, &mark, &mem, &changed);
    if (!err && changed.count) err = guarded(taking_in, &(TakingIn){ f, db, &changed, mark, &mem });
    if (!err) f->state->mark = mark;
    else changes_again(f, &changed);
    arena_drop(&mem);
    return err;
}
