/* From the file or the base into memory at the start, and whether memory still holds what the base holds. */
#include "facts/inside.h"

#include "core/bounds.h"
#include "core/log.h"
#include "facts/file.h"

#include <unistd.h>

enum { CHECK_TRIES = 3 };

/* ---- lines from the base ---- */

static bool reading_tick(const Reading *r, int64_t done)
{
    if (!r || done % 4096) return true;
    pthread_mutex_lock(&r->f->hold);
    r->f->progress.done = done;
    pthread_mutex_unlock(&r->f->hold);
    return !r->tick || r->tick(r->to);
}

Err facts_draft_rows(Rows *rows, FactsDraft *d, const Reading *r)
{
    int64_t sale = 0, done = 0;
    while (rows_next(rows)) {
        if (!reading_tick(r, done++)) return CONFLICT;
        if (row_int(rows, 0) != sale) {
            sale = row_int(rows, 0);
            facts_draft_sale(d, (FactSale){ sale, row_int(rows, 1), row_int(rows, 2), row_int(rows, 3),
                                            row_day(rows, 4), row_int(rows, 5) == 1 });
        }
        facts_draft_line(d, (FactLine){ row_int(rows, 6), row_int(rows, 7), row_int(rows, 8),
                                        row_int(rows, 9) });
    }
    return rows_end(rows);
}

static Err base_sums(const Facts *f, Db *db, int64_t *lines, Wide *amount)
{
    Rows rows;
    TRY(db_query(db, f->source.sums, NO_VALS, &rows));
    bool got = rows_next(&rows);
    *lines   = got ? row_int(&rows, 0) : 0;
    *amount  = got ? row_wide(&rows, 1) : 0;
    return rows_end(&rows);
}

static Err load_base(Facts *f, Db *db, const Reading *r, FactsPart *part)
{
    int64_t lines;
    Wide    amount;
    TRY(base_sums(f, db, &lines, &amount));
    pthread_mutex_lock(&f->hold);
    f->progress.total = lines;
    pthread_mutex_unlock(&f->hold);

    Rows rows;
    TRY(db_stream(db, f->source.all, NO_VALS, &rows));
    FactsDraft *d   = facts_draft_new(lines * 2 + (1 << 24)); /* others may add while this reads; addresses, not
                                                                 memory */
    Err         err = facts_draft_rows(&rows, d, r);
    rows_end(&rows);
    if (!err) return facts_part_make(d, &f->names, part);
    facts_draft_drop(d);
    return err;
}

/* A hash over the last change up to the mark: another base, or this one brought back to an earlier moment, has another
 * one there.  0: there is no change yet.  The mark becomes that of this change: what it was beyond it counted
 * transactions of the cluster the file was made in, and the base may have come into another. */
static Err seal_of(Db *db, ChangeMark *mark, uint64_t *seal)
{
    Rows rows;
    *seal = 0;
    TRY(db_query(db,
                 S("select c.tx, c.id, c.at, c.work, c.record, c.digest from change c\n"
                   "-- sqlite\n"
                   " where c.id <= $2 and cast($1 as integer) >= 0 order by c.id desc limit 1\n"
                   "-- postgres\n"
                   " where (c.tx, c.id) <= ($1, $2) order by c.tx desc, c.id desc limit 1\n"),
                 VALS(val_int(mark->tx), val_int(mark->id)), &rows));
    if (rows_next(&rows)) {
        int64_t of[] = { row_int(&rows, 1), row_int(&rows, 2), row_int(&rows, 3), row_int(&rows, 4) };
        *mark = (ChangeMark){ row_int(&rows, 0), of[0] };
        *seal = str_hash(row_blob(&rows, 5), str_hash((Str){ (const char *)of, sizeof of }, 0)) | 1;
    } else {
        *mark = (ChangeMark){ 0 };
    }
    return rows_end(&rows);
}

Err facts_file_keep(const Facts *f, Db *db, const FactsPart *part, ChangeMark mark)
{
    FactsStamp stamp = { .lines = part->lines };
    if (!f->file) return OK;
    TRY(seal_of(db, &mark, &stamp.seal));
    stamp.tx = mark.tx;
    stamp.id = mark.id;
    return facts_file_write(f->file, &f->names, part, stamp);
}

static Err load_file(Facts *f, Db *db, FactsPart *part, ChangeMark *mark)
{
    FactsStamp stamp;
    uint64_t   seal = 0;
    if (!f->file) return NOT_FOUND;
    TRY(facts_file_open(f->file, &f->names, part, &stamp));
    *mark   = (ChangeMark){ stamp.tx, stamp.id };
    Err err = seal_of(db, mark, &seal);
    if (!err && seal == stamp.seal && (seal || !stamp.lines)) return OK;
    facts_part_drop(part);
    return err ? err : INVALID;
}

/* ---- the start ---- */

/* Sales of imports that still run were read with the rest; they are taken out and looked at again when the import is
 * done. */
static Err hold_back_running(Facts *f, Db *db, FactsState *s)
{
    Rows rows;
    TRY(db_query(db, f->source.held_sales, NO_VALS, &rows));
    while (rows_next(&rows)) facts_wait_for(f, (Waiting){ row_int(&rows, 0), row_int(&rows, 1) });
    TRY(rows_end(&rows));
    Arena    mem = arena_new((f->waiting_count + 1) * 8 + 64);
    int64_t *ids = NEW_RAW(&mem, int64_t, f->waiting_count);
    for (ptrdiff_t i = 0; i < f->waiting_count; i++) ids[i] = f->waiting[i].sale;
    facts_mark_gone(&s->main->part, s->gone, ids, facts_sorted_once(ids, f->waiting_count));
    arena_drop(&mem);
    return OK;
}

static Err load(const FactsCall *call)
{
    const Reading *r  = call->to;
    Facts         *f  = call->f;
    Db            *db = call->db;
    FactsPart      part;
    ChangeMark     mark;
    Err  err       = load_file(f, db, &part, &mark);
    bool from_file = err == OK;
    if (err == NOT_FOUND || err == INVALID) {
        facts_names_drop(&f->names);
        f->names = facts_names_new();
        err      = change_mark(db, &mark);
        if (!err) err = load_base(f, db, r, &part);
    }
    if (!err) {
        FactsState *s = facts_state_new(f, facts_part_share(part), NULL, mark);
        if (!from_file) err = hold_back_running(f, db, s);
        /* without the file the next start is slower, no more */
        if (!err && !from_file && !f->waiting_count) facts_file_keep(f, db, &part, mark);
        if (err) facts_state_leave(s);
        else facts_state_publish(f, s);
    }
    return err;
}

Err facts_load(Facts *f, Db *db, bool (*tick)(void *to), void *to)
{
    Reading r = { f, tick, to };
    return facts_refreshing(&(FactsCall){ .f = f, .db = db, .run = load, .to = &r });
}

typedef struct {
    int64_t lines;
    Wide    amount;
} Sums;

typedef struct {
    FactsHold hold;
    Sums     *out;
} Summing;

static Err sum_up(void *to)
{
    const Summing *s          = to;
    FactsQuestion  everything = {
         .reach = &facts_everything, .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE, .threads = 1
    };
    Arena          mem        = arena_new(BOUND_FACTS);
    FactsAnswer    answer     = facts_ask(&s->hold.view, &everything, &mem);
    *s->out = (Sums){ answer.summary.lines, answer.revenue };
    arena_drop(&mem);
    return OK;
}

/* Guarded, so that what is held is let go of where the count runs out of memory. */
static Err held_sums(Facts *f, Db *db, Sums *out)
{
    Summing s = { .out = out };
    TRY(facts_hold(f, db, &s.hold));
    Err err = guarded(sum_up, &s);
    facts_release(f, &s.hold);
    return err;
}

Err facts_check(Facts *f, Db *db)
{
    Sums held = { 0 }, base = { 0 };
    for (int tries = 0; tries < CHECK_TRIES; tries++) { /* somebody may save a sale between the two */
        TRY(held_sums(f, db, &held));
        TRY(base_sums(f, db, &base.lines, &base.amount));
        if (f->waiting_count || (held.lines == base.lines && held.amount == base.amount)) return OK;
    }
    log_line("facts", "memory holds %lld lines, the base %lld: they are read anew at the next start",
             (long long)held.lines, (long long)base.lines);
    if (f->file) unlink(f->file);
    return CONFLICT;
}
