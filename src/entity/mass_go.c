/* One deed at many records: done and taken back in works of two hundred, what is refused left out with its sentence. */
#include "access/firm.h"
#include "access/session.h"
#include "entity/ids.h"
#include "entity/mass_inside.h"
#include "entity/mass_sql.h"
#include "entity/reach.h"
#include "entity/undo.h"

#include <string.h>

typedef struct {
    Mass        m;
    Arena      *mem;
    const Json *patch;
    int64_t     id[MASS_CHUNK]; /* of the records at hand */
    ptrdiff_t   n;
    bool        last;           /* none are behind those at hand */
    bool        over;           /* and that is written down      */
    bool        back;           /* it is being taken back        */
    Str         why;            /* the one at hand is refused for */
    ChangeMark  below, next;
    int64_t     above;
} Deed;

static Fate fate_refused(const Deed *d) { return d->back ? FATE_KEPT : FATE_REFUSED; }

static Err state_put(Work *w, int64_t id, MassState state)
{
    return db_run(w->db, SQL_MASS_STATE, VALS(val_int(id), val_int(state)), NULL);
}

/* With the last of them, so that whoever dies afterwards leaves nothing that seems to run. */
static Err over_write(Work *w, const Deed *d)
{
    return d->last ? state_put(w, d->m.id, d->back ? MASS_UNDONE : MASS_DONE) : OK;
}

/* ---- fates ---- */

static Err fates_write(Work *w, const Deed *d, const int64_t *ids, const Fate *fate, const Str *why, ptrdiff_t n)
{
    Val *vals = NEW_RAW(w->mem, Val, n * 4), *v = vals;
    for (ptrdiff_t i = 0; i < n; i++, v += 4) {
        v[0] = val_int(d->m.id);
        v[1] = val_int(ids[i]);
        v[2] = val_int(fate[i]);
        v[3] = why[i].n ? val_text(why[i]) : val_null();
    }
    return db_many(w->db, S("update mass_edit_row set fate = $3, why = $4 where mass_id = $1 and record_id = $2"), vals,
                   4, n, NULL);
}

static Err sentence(Work *w, const Problem *p, Str *out)
{
    Firm firm;
    Buf  b = buf_new(w->mem, 200);
    TRY(firm_read(w, &firm));
    if (p) problem_put(&b, (Voice){ work_lang(w), str_c(w->mem, firm.currency) }, p);
    else SAY(&b, ((Voice){ work_lang(w), NULL }), "mass.refused");
    *out = buf_str(&b);
    return OK;
}

/* ---- one work ---- */

typedef struct {
    Deed     *d;
    int64_t  *id;    /* of the records that are still to be saved */
    ptrdiff_t n;
    char     *record;
    int64_t  *version;
    Ids       place; /* record -> place in the chunk */
    Fate     *fate;
    Str      *why;
} Batch;

static Err batch_refuse(Work *w, Batch *b, int64_t id, const Problem *p)
{
    ptrdiff_t at = ids_at(&b->place, id);
    Fate      fate = fate_refused(b->d);
    if (b->fate[at] == fate) return OK;
    b->fate[at] = fate;
    return sentence(w, p, &b->why[at]);
}

/* Those that are there, as they stand, with the values put to them. */
static Err batch_load(Work *w, Batch *b)
{
    const Entity *e     = b->d->m.e;
    bool         *found = NEW_N(w->mem, bool, b->n);
    ptrdiff_t     n     = 0;
    Problem       gone  = { .err = NOT_FOUND, .key = "record.not_found" };
    b->record           = arena_take_raw(w->mem, e->size, 16, b->n);
    TRY(record_fetch(w, e, b->id, b->n, false, b->record, found));
    for (ptrdiff_t i = 0; i < b->n; i++) {
        char *to = b->record + n * e->size;
        if (!found[i]) {
            TRY(batch_refuse(w, b, b->id[i], &gone));
            continue;
        }
        memmove(to, b->record + i * e->size, (size_t)e->size);
        const Record *r = (const void *)to;
        b->version[n]   = r->version;
        if (!b->d->patch && r->archived_at != NONE) {
            b->fate[ids_at(&b->place, b->id[i])] = FATE_SAME;
            continue;
        }
        b->id[n++]    = b->id[i];
        if (b->d->patch) TRY(record_apply(w, e, b->d->patch, false, to));
    }
    b->n = n;
    return OK;
}

/* Of these records those that nothing has happened to since the deed. */
static Err untouched(Work *w, const Deed *d, const int64_t *ids, ptrdiff_t n, bool *out)
{
    Ids  place = ids_new(w->mem, n);
    Rows rows;
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&place, ids[i], i);
    TRY(db_query(w->db, SQL_MASS_UNTOUCHED, VALS(val_int(d->m.id), val_ids(ids, n)), &rows));
    while (rows_next(&rows)) out[ids_at(&place, row_int(&rows, 0))] = true;
    return rows_end(&rows);
}

/* Those that are to come out of the archive again: what somebody has done since stays, and what has left the actor's
 * reach is no longer his to restore. */
static Err back_load(Work *w, Batch *b)
{
    const Entity *e       = b->d->m.e;
    char         *record  = arena_take_raw(w->mem, e->size, 16, b->n);
    bool         *found   = NEW_N(w->mem, bool, b->n), *same = NEW_N(w->mem, bool, b->n);
    bool         *in      = NEW_N(w->mem, bool, b->n);
    Problem       since   = { .err = CONFLICT, .key = "undo.changed_since" };
    Problem       not_his = { .err = DENIED, .key = "record.not_yours" };
    ptrdiff_t     n       = 0;
    TRY(record_fetch(w, e, b->id, b->n, false, record, found));
    TRY(untouched(w, b->d, b->id, b->n, same));
    TRY(reach_rows(w, w->scratch, e, mass_verb(true), b->id, b->n, in));
    for (ptrdiff_t i = 0; i < b->n; i++) {
        const Record *r = (const void *)(record + i * e->size);
        if (!found[i] || r->archived_at == NONE) continue;
        if (same[i] && in[i]) b->id[n++] = b->id[i];
        else TRY(batch_refuse(w, b, b->id[i], in[i] ? &since : &not_his));
    }
    b->n = n;
    return OK;
}

static Err batch_save(Work *w, Batch *b)
{
    static const SaveHow restored = { .trusted = true, .verb = "undone", .quiet = true };
    SaveHow how = { .work = b->d->m.id };
    if (!b->n) return OK;
    if (b->d->back) return record_restore_many(w, b->d->m.e, b->id, b->n, &restored);
    return b->d->patch ? record_save_many(w, b->d->m.e, b->record, b->n, &how)
                       : record_archive_many(w, b->d->m.e, b->id, b->n, &how);
}

/* The door numbers the records of a batch from 1, and does not number a single one. */
static Err batch_drop(Work *w, Batch *b)
{
    bool     *out = NEW_N(w->mem, bool, b->n);
    ptrdiff_t n   = 0, left = 0;
    for (const Problem *p = w->problems.first; p; p = p->next) {
        ptrdiff_t i = p->row ? (ptrdiff_t)p->row - 1 : 0;
        if ((!p->row && b->n > 1) || i >= b->n) continue;
        TRY(batch_refuse(w, b, b->id[i], p));
        out[i] = true;
        n++;
    }
    for (ptrdiff_t i = 0; n == 0 && i < b->n; i++) TRY(batch_refuse(w, b, b->id[i], w->problems.first));
    for (ptrdiff_t i = 0; n && i < b->n; i++)
        if (!out[i]) b->id[left++] = b->id[i];
    b->n = left;
    return OK;
}

static void batch_done(Batch *b)
{
    const Entity *e = b->d->m.e;
    for (ptrdiff_t i = 0; i < b->n && !b->d->back; i++) {
        const Record *r = (const void *)(b->record + i * e->size);
        bool same = b->d->patch && r->version == b->version[i];
        b->fate[ids_at(&b->place, b->id[i])] = same ? FATE_SAME : FATE_CHANGED;
    }
}

static bool is_refusal(Err err) { return err == INVALID || err == CONFLICT || err == DENIED || err == NOT_FOUND; }

/* What the door refuses is left out, and the rest is asked again. */
static Err chunk_write(Work *w, void *to)
{
    Deed    *d      = to;
    Problems before = w->problems;
    Batch    b      = { .d = d, .n = d->n, .id = NEW_RAW(w->mem, int64_t, d->n), .place = ids_new(w->mem, d->n),
                        .version = NEW_RAW(w->mem, int64_t, d->n), .fate = NEW_N(w->mem, Fate, d->n),
                        .why = NEW_N(w->mem, Str, d->n) };
    Err      err;
    for (ptrdiff_t i = 0; i < d->n; i++) {
        ids_put(&b.place, b.id[i] = d->id[i], i);
        b.fate[i] = d->back ? FATE_CHANGED : FATE_WAITING;
    }
    do {
        w->problems = (Problems){ .mem = w->mem };
        TRY(work_pulse(w));
        if (b.n) TRY(d->back ? back_load(w, &b) : batch_load(w, &b));
        err = batch_save(w, &b);
        if (err != OK && !is_refusal(err)) return err;
        if (err != OK) TRY(batch_drop(w, &b));
    } while (err != OK && b.n);
    w->problems = before;
    batch_done(&b);
    TRY(fates_write(w, d, d->id, b.fate, b.why, d->n));
    return over_write(w, d);
}

static Err refused_write(Work *w, void *to)
{
    const Deed *d    = to;
    Fate        fate = fate_refused(d);
    TRY(fates_write(w, d, d->id, &fate, &d->why, 1));
    return over_write(w, d);
}

/* What is refused only when all that follows a save is done takes its whole work back: then each goes by itself. */
static Err chunk_singly(Work *w, Deed *d)
{
    Deed *one = NEW_RAW(d->mem, Deed, 1);
    for (ptrdiff_t i = 0; i < d->n; i++) {
        Problems before = w->problems;
        *one            = *d;
        one->n          = 1;
        one->last       = d->last && i == d->n - 1;
        one->id[0]      = d->id[i];
        w->problems     = (Problems){ .mem = w->mem };
        Err err         = work_write(w, chunk_write, one);
        if (err != OK && !is_refusal(err)) return err;
        if (err != OK) TRY(sentence(w, w->problems.first, &one->why));
        w->problems = before;
        if (err != OK) TRY(work_write(w, refused_write, one));
        TRY(work_pulse(w));
    }
    return OK;
}

/* One more is read than is done, to know whether these are the last. */
static Err chunk_next(Work *w, Deed *d)
{
    Str  sql = d->back ? SQL_MASS_CHANGED : SQL_MASS_WAITING;
    Rows rows;
    TRY(db_query(w->db, sql, VALS(val_int(d->m.id), val_int(d->above), val_int(MASS_CHUNK + 1)), &rows));
    for (d->n = 0; d->n < MASS_CHUNK && rows_next(&rows); d->n++) d->id[d->n] = row_int(&rows, 0);
    d->last = d->n < MASS_CHUNK || !rows_next(&rows);
    if (d->n) d->above = d->id[d->n - 1];
    return rows_end(&rows);
}

static Err chunk_do(Work *w, Deed *d)
{
    Problems before = w->problems;
    Err      err    = work_write(w, chunk_write, d);
    if (!is_refusal(err) || work_cancelled(w)) return err;
    w->problems = before;
    return chunk_singly(w, d);
}

/* ---- the whole ---- */

typedef struct {
    int64_t   id;
    MassState state;
} Told;

static Err state_write(Work *w, void *to)
{
    const Told *t = to;
    return state_put(w, t->id, t->state);
}

static Err deed_open(Work *w, int64_t id, Deed **out)
{
    Deed *d = *out = NEW(w->mem, Deed);
    d->mem         = w->mem;
    TRY(mass_read(w, id, &d->m));
    return d->m.patch.n ? json_read(w->mem, d->m.patch, (JsonLimits){ 0 }, &w->problems, &d->patch) : OK;
}

static Err deed_go(Work *w, Deed *d)
{
    int64_t done = 0;
    do {
        TRY(chunk_next(w, d));
        if (d->n) TRY(chunk_do(w, d));
        d->over = d->n && d->last;
        done += d->n;
        TRY(job_step(w, done, d->m.total));
    } while (!d->last);
    return OK;
}

/* A job that ends early is told so (mass_given_up), or goes on elsewhere. */
Err mass_go(Work *w, int64_t id)
{
    Deed *d;
    Told  told = { id, MASS_DONE };
    TRY(deed_open(w, id, &d));
    if (d->m.state != MASS_RUNNING) return OK;
    Err err = deed_go(w, d);
    if (d->over || (err != OK && w->job)) return err;
    TRY(work_write(w, state_write, &told));
    return err;
}

/* ---- taken back ---- */

typedef struct {
    const Deed *d;
    int64_t     id[MASS_CHUNK];
    ptrdiff_t   n;
} Beyond;

/* What somebody else has been given since is no longer the actor's to change.  The deed itself gave nothing out of his
 * reach: the door refuses that (door_owners). */
static Err beyond_find(Work *w, void *to, const Entity *e, const int64_t *ids, ptrdiff_t n, bool *keep)
{
    Beyond *b  = to;
    bool   *in = NEW_N(w->mem, bool, n);
    if (e != b->d->m.e) return OK;
    TRY(reach_rows(w, w->scratch, e, mass_verb(false), ids, n, in));
    for (ptrdiff_t i = 0; i < n; i++) {
        keep[i] = !in[i];
        if (keep[i] && b->n < MASS_CHUNK) b->id[b->n++] = ids[i];
    }
    return OK;
}

static Err back_write(Work *w, void *to)
{
    Deed    *d      = to;
    Beyond  *beyond = NEW(w->mem, Beyond);
    UndoDone done   = { .mem = w->mem };
    beyond->d       = d;
    TRY(undo_chunk(w, d->m.id, d->below, MASS_CHUNK, beyond_find, beyond, &done));
    d->next         = done.below;
    d->last         = !done.below.id;
    ptrdiff_t most  = done.left_count + beyond->n, n = 0;
    int64_t  *id    = NEW_RAW(w->mem, int64_t, most);
    Fate     *fate  = NEW_RAW(w->mem, Fate, most);
    Str      *why   = NEW_N(w->mem, Str, most);
    for (ptrdiff_t i = 0; i < most; i++) {
        bool    left   = i < done.left_count;
        int64_t record = left ? done.left[i].record : beyond->id[i - done.left_count];
        Problem p      = { .key = left ? done.left[i].why : "record.not_yours" };
        if (n && id[n - 1] == record) continue;
        id[n]   = record;
        fate[n] = FATE_KEPT;
        TRY(sentence(w, &p, &why[n++]));
    }
    TRY(fates_write(w, d, id, fate, why, n));
    return over_write(w, d);
}

static Err values_back(Work *w, Deed *d)
{
    do {
        TRY(work_write(w, back_write, d));
        d->below = d->next;
        d->over  = d->last;
        TRY(work_pulse(w));
    } while (!d->over);
    return OK;
}

Err mass_back(Work *w, int64_t id)
{
    Deed *d;
    Told  told = { id, MASS_UNDONE };
    TRY(deed_open(w, id, &d));
    if (d->m.state != MASS_UNDOING) return OK;
    d->back = true;
    Err err = d->patch ? values_back(w, d) : deed_go(w, d);
    if (d->over || (err != OK && w->job)) return err;
    if (err != OK) told.state = MASS_DONE;
    TRY(work_write(w, state_write, &told));
    return err;
}

/* ---- jobs ---- */

static Err as_asked(Work *w, Job *job, int64_t *id)
{
    str_i64(job->argument, id);
    return actor_of(w, w->actor);
}

Err mass_run(Work *w, Job *job)
{
    int64_t id = 0;
    TRY(as_asked(w, job, &id));
    return mass_go(w, id);
}

Err mass_undo_run(Work *w, Job *job)
{
    int64_t id = 0;
    TRY(as_asked(w, job, &id));
    return mass_back(w, id);
}

Err mass_given_up(Work *w, Job *job)
{
    Told told = { .state = MASS_DONE };
    return str_i64(job->argument, &told.id) ? state_write(w, &told) : OK;
}
