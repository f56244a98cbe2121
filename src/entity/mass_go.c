/* One deed at many records: done in works of two hundred, what is refused left out with its sentence; and taken back.
 */
#include "access/firm.h"
#include "access/session.h"
#include "entity/ids.h"
#include "entity/mass_inside.h"
#include "entity/mass_sql.h"
#include "entity/undo.h"

#include <string.h>

typedef struct {
    Mass        m;
    Arena      *mem;
    const Json *patch;
    int64_t     id[MASS_CHUNK]; /* of the records at hand */
    ptrdiff_t   n;
    Str         why;            /* the one at hand is refused for */
    ChangeMark  below;
    int64_t     above;
} Deed;

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
    if (b->fate[at] != FATE_WAITING) return OK;
    b->fate[at] = FATE_REFUSED;
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

static Err batch_save(Work *w, Batch *b)
{
    SaveHow how = { .work = b->d->m.id };
    if (!b->n) return OK;
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
    for (ptrdiff_t i = 0; i < b->n; i++) {
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
    for (ptrdiff_t i = 0; i < d->n; i++) ids_put(&b.place, b.id[i] = d->id[i], i);
    do {
        w->problems = (Problems){ .mem = w->mem };
        TRY(work_pulse(w));
        TRY(batch_load(w, &b));
        err = batch_save(w, &b);
        if (err != OK && !is_refusal(err)) return err;
        if (err != OK) TRY(batch_drop(w, &b));
    } while (err != OK && b.n);
    w->problems = before;
    batch_done(&b);
    return fates_write(w, d, d->id, b.fate, b.why, d->n);
}

static Err refused_write(Work *w, void *to)
{
    const Deed *d    = to;
    Fate        fate = FATE_REFUSED;
    return fates_write(w, d, d->id, &fate, &d->why, 1);
}

/* What is refused only when all that follows a save is done takes its whole work back: then each goes by itself. */
static Err chunk_singly(Work *w, Deed *d)
{
    Deed *one = NEW_RAW(d->mem, Deed, 1);
    for (ptrdiff_t i = 0; i < d->n; i++) {
        Problems before = w->problems;
        *one            = *d;
        one->n          = 1;
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

static Err chunk_next(Work *w, Deed *d)
{
    Rows rows;
    TRY(db_query(w->db, SQL_MASS_WAITING, VALS(val_int(d->m.id), val_int(MASS_CHUNK)), &rows));
    for (d->n = 0; d->n < MASS_CHUNK && rows_next(&rows); d->n++) d->id[d->n] = row_int(&rows, 0);
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
    return db_run(w->db, SQL_MASS_STATE, VALS(val_int(t->id), val_int(t->state)), NULL);
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
        done += d->n;
        TRY(job_step(w, done, d->m.total));
    } while (d->n);
    return OK;
}

/* A job that ends early is told so (mass_given_up), or goes on elsewhere. */
Err mass_go(Work *w, int64_t id)
{
    Deed *d;
    Told  told = { id, MASS_DONE };
    TRY(deed_open(w, id, &d));
    Err err = d->m.state == MASS_RUNNING ? deed_go(w, d) : OK;
    if (err != OK && w->job) return err;
    TRY(work_write(w, state_write, &told));
    return err;
}

/* ---- taken back ---- */

static Err back_write(Work *w, void *to)
{
    Deed    *d    = to;
    UndoDone done = { .mem = w->mem };
    TRY(undo_chunk(w, d->m.id, d->below, MASS_CHUNK, NULL, NULL, &done));
    d->below          = done.below;
    int64_t  *id      = NEW_RAW(w->mem, int64_t, done.left_count);
    Fate     *fate    = NEW_RAW(w->mem, Fate, done.left_count);
    Str      *why     = NEW_N(w->mem, Str, done.left_count);
    ptrdiff_t n       = 0;
    for (ptrdiff_t i = 0; i < done.left_count; i++) {
        Problem p = { .key = done.left[i].why };
        if (n && id[n - 1] == done.left[i].record) continue;
        id[n]   = done.left[i].record;
        fate[n] = FATE_KEPT;
        TRY(sentence(w, &p, &why[n++]));
    }
    return fates_write(w, d, id, fate, why, n);
}

static Err restore_write(Work *w, void *to)
{
    Deed   *d   = to;
    SaveHow how = { .trusted = true, .verb = "undone", .quiet = true };
    return record_restore_many(w, d->m.e, d->id, d->n, &how);
}

static Err restore_next(Work *w, Deed *d)
{
    Rows rows;
    TRY(db_query(w->db, SQL_MASS_DONE, VALS(val_int(d->m.id), val_int(d->above), val_int(MASS_CHUNK)), &rows));
    for (d->n = 0; d->n < MASS_CHUNK && rows_next(&rows); d->n++) d->id[d->n] = row_int(&rows, 0);
    if (d->n) d->above = d->id[d->n - 1];
    return rows_end(&rows);
}

static Err values_back(Work *w, Deed *d)
{
    do {
        TRY(work_write(w, back_write, d));
        TRY(work_pulse(w));
    } while (d->below.id);
    return OK;
}

static Err archive_back(Work *w, Deed *d)
{
    do {
        TRY(restore_next(w, d));
        if (d->n) TRY(work_write(w, restore_write, d));
        TRY(work_pulse(w));
    } while (d->n);
    return OK;
}

Err mass_back(Work *w, int64_t id)
{
    Deed *d;
    Told  told = { id, MASS_UNDONE };
    TRY(deed_open(w, id, &d));
    if (d->m.state != MASS_UNDOING) return OK;
    Err err = d->patch ? values_back(w, d) : archive_back(w, d);
    if (err != OK && w->job) return err;
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
