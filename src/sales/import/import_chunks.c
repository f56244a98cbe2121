/* An import in chunks: each is written or only tried, and what was wrong with its rows is kept. */
#include "sales/import/import_run.h"

#include "format/kept_args.h"
#include "sales/import/import_sql.h"
#include "sales/orders/orders.h"

/* ---- what is wrong with rows ---- */

enum { PLACES = 1000 }; /* problems of a row, then warnings */

/* Problems without arguments of their own have one, {what}: what stood in the cell. */
static void fault_add(ImportRun *run, RowFault found)
{
    bool warning = found.warning;
    for (RowFault *f = run->fault_first; f; f = f->next) /* a work that was run again says it again */
        if (f->row == found.row && f->key == found.key && str_eq(f->field, found.field)) return;
    RowFault *f = NEW(&run->memory, RowFault);
    if (found.row != run->fault_row) run->fault_place = 0;
    run->fault_row = found.row;
    found.place    = (run->taking_back ? IMPORT_LEFT_PLACE
                 : run->writing   ? 2 * PLACES
                                  : 0) +
                (warning ? PLACES : 0) + run->fault_place++;
    found.field    = str_copy(&run->memory, found.field);
    found.text     = str_copy(&run->memory, str_short(found.text, 200));
    *f             = found;
    if (run->fault_last) run->fault_last->next = f;
    else run->fault_first = f;
    run->fault_last = f;
    if (warning) run->count.warned++;
    else if (found.row != run->bad_row) {
        run->bad_row = found.row;
        run->count.bad++;
    }
}

void row_problem(ImportRun *run, int64_t row, Str field, const char *key, Str text)
{
    fault_add(run, (RowFault){ .row = row, .field = field, .key = key, .text = text });
}

void row_warning(ImportRun *run, int64_t row, Str field, const char *key, Str text)
{
    fault_add(run, (RowFault){ .row = row, .field = field, .key = key, .text = text, .warning = true });
}

bool row_odd(ImportRun *run, int64_t row, Str field, const char *key, Str text)
{
    bool stays = import_stays_blank(&run->plan, field);
    if (stays) row_warning(run, row, field, key, text);
    else row_problem(run, row, field, key, text);
    return stays;
}

/* Of its texts the first is what stood in the cell. */
void row_told(ImportRun *run, int64_t row, const Problem *p, bool warning)
{
    Str text = { 0 };
    for (int i = p->arg_count - 1; i >= 0; i--)
        if (p->args[i].kind == ARG_TEXT) text = p->args[i].text;
    fault_add(run, (RowFault){ .row = row,
                               .field = str_of(p->field),
                               .key = p->key,
                               .text = text,
                               .args = args_keep(&run->memory, p->args, p->arg_count),
                               .warning = warning });
}

typedef struct {
    ImportRun *run;
    ptrdiff_t  n;
} Faults;

static Err faults_write(Work *w, void *to)
{
    enum { COLUMNS = 8 };
    Faults    *f    = to;
    Val       *vals = NEW_N(w->mem, Val, f->n * COLUMNS), *v = vals;
    for (const RowFault *r = f->run->fault_first; r; r = r->next, v += COLUMNS) {
        v[0] = val_int(f->run->id);
        v[1] = val_int(r->row);
        v[2] = val_int(r->place);
        v[3] = val_int(r->warning);
        v[4] = r->field.n ? val_text(r->field) : val_null();
        v[5] = val_text(str_of(r->key));
        v[6] = r->text.n ? val_text(r->text) : val_null();
        v[7] = r->args.n ? val_text(r->args) : val_null();
    }
    return db_many(w->db, SQL_IMPORT_BAD_ADD, vals, COLUMNS, f->n, NULL);
}

Err import_faults(ImportRun *run)
{
    Faults f = { .run = run };
    for (const RowFault *r = run->fault_first; r; r = r->next) f.n++;
    Err err = f.n && run->kept < BAD_ROWS_MAX ? work_write(run->w, faults_write, &f) : OK;
    run->kept += f.n;
    run->fault_first = run->fault_last = NULL;
    arena_reset(&run->memory, 1 << 22);
    return err;
}

/* ---- chunks ---- */

void problems_forget(Work *w)
{
    w->problems.first = w->problems.last = NULL;
    w->problems.count = 0;
}

void notes_forget(Work *w)
{
    w->notes.first = w->notes.last = NULL;
    w->notes.count = 0;
}

void notes_told(Work *w, ImportRun *run, const int64_t *row_of, ptrdiff_t n)
{
    for (const Problem *p = w->notes.first; p; p = p->next) {
        ptrdiff_t at = n == 1 ? 0 : (ptrdiff_t)p->row - 1;
        if (at >= 0 && at < n) row_told(run, row_of[at], p, true);
    }
    notes_forget(w);
}

typedef struct {
    Err (*write)(Work *w, void *to);
    void *to;
    bool  dry, tried, through; /* through: what follows the change has not refused it either */
} Chunk;

static Err chunk_write(Work *w, void *to)
{
    Chunk *c = to;
    c->tried = c->through = false;
    TRY(c->write(w, c->to));
    c->tried = true;
    TRY(work_settle(w));
    c->through = true;
    return c->dry ? CONFLICT : OK; /* a dry run has seen enough: the writer rolls it back */
}

/* Taking back takes room too: an import stops while there is enough of it. */
static Err room_left(ImportRun *run)
{
    enum { ROOM_KEPT = 64 << 20 };
    int64_t room;
    if (run->plan.dry || !db_room(run->w->db, &room) || room >= ROOM_KEPT) return OK;
    return fail(run->w, INVALID, NULL, "import.disk_nearly_full", arg_count("megabytes", room >> 20));
}

/* From an empty base to a full one in seconds: behind chunk 4, 8, 16, 32 ... nobody is to be answered as if it were
 * empty. */
static Err grown_twofold(ImportRun *run)
{
    int64_t n       = ++run->chunks;
    bool    doubled = (n & (n - 1)) == 0;
    return n >= 4 && doubled
               ? db_grown(run->w->db, "client, client_phone, product, sale, sale_line, import_line, change")
               : OK;
}

/* A work that was stopped, or found no room, was not refused. */
static bool refused_together(const Chunk *c, const Problems *said, Err err)
{
    bool for_good = err == INVALID || err == DENIED || err == CONFLICT || err == NOT_FOUND;
    return c->tried && for_good && said->first && !str_starts(str_of(said->first->key), S("work."));
}

Err import_try(ImportRun *run, Err (*write)(Work *w, void *to), void *to, bool *refused)
{
    Chunk c = { .write = write, .to = to, .dry = run->plan.dry };
    TRY(room_left(run));
    Err err = work_write(run->w, chunk_write, &c);
    if (c.dry && c.through && err == CONFLICT) {
        problems_forget(run->w); /* that the writer took it back was meant */
        err = OK;
    }
    *refused = refused_together(&c, &run->w->problems, err);
    return err || c.dry ? err : grown_twofold(run);
}

Err import_chunk(ImportRun *run, Err (*write)(Work *w, void *to), void *to)
{
    bool refused;
    TRY(import_try(run, write, to, &refused));
    return import_faults(run);
}

Err import_row(ImportRun *run, TableRow *row)
{
    TRY(table_rows_next(&run->rows, row, &run->w->problems));
    for (const Problem *p = run->w->problems.first; p; p = p->next)
        row_told(run, row->number, p, true);
    problems_forget(run->w);
    run->count.rows++;
    if (run->count.rows % 4096) return OK;
    if (run->plan.target != &sale_entity) return job_step(run->w, run->count.rows, 0);
    return work_pulse(run->w); /* sales are only read here: done are those that are written */
}
