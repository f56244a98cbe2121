/* The job of an import, and the job that takes one back. */
#include "access/session.h"
#include "core/bounds.h"
#include "entity/reach.h"
#include "format/mapped.h"
#include "sales/import/import_run.h"
#include "sales/import/import_sql.h"
#include "sales/insight/classes.h"
#include "sales/orders/orders.h"

void import_facts_source(FactsSource *source)
{
    source->held       = SQL_IMPORT_HELD;
    source->held_sales = SQL_IMPORT_HELD_SALES;
}

/* ---- the record ---- */

typedef struct {
    ImportRun  *run;
    ImportState state;
    bool        over; /* it had come to its end before */
} Told;

static void count_tell(Import *i, const ImportRun *run)
{
    const ImportCount *c = &run->count;
    i->rows_read = c->rows;
    i->made      = c->made;
    i->changed   = c->changed;
    i->known     = c->known;
    i->bad       = c->bad;
    i->warned    = c->warned;
    if (run->plan.target != &sale_entity) return;
    i->sales       = c->sales;
    i->clients     = c->clients;
    i->new_clients = c->new_clients;
    i->amount      = c->amount > INT64_MIN && c->amount <= INT64_MAX ? (Money)c->amount : NONE;
}

static Err told_record(Work *w, const Told *told, Import *i)
{
    bool found = false;
    TRY(record_fetch(w, &import_entity, &told->run->id, 1, false, i, &found));
    return found ? OK : NOT_FOUND;
}

static Err told_save(Work *w, Import *i)
{
    SaveHow how = { .trusted = true };
    return record_save_many(w, &import_entity, i, 1, &how);
}

/* A server may die after the end of an import was written and before that of its job was: such a one does not begin
 * again. */
static Err tell_begun(Work *w, void *to)
{
    Told  *told = to;
    Import i;
    TRY(told_record(w, told, &i));
    told->over = i.state != IMPORT_RUNNING && i.state != IMPORT_CHECKING;
    if (told->over) return OK;
    told->run->plan.dry = i.dry; /* the plan may not be to read any more */
    i.started_at        = w->now;
    TRY(db_run(w->db, SQL_IMPORT_BAD_CLEAR, VALS(val_int(i.base.id)), NULL));
    return told_save(w, &i);
}

static Err tell_ended(Work *w, void *to)
{
    const Told *told  = to;
    bool        wrote = told->state == IMPORT_DONE && !told->run->plan.dry;
    Import      i;
    TRY(told_record(w, told, &i));
    i.state    = told->state;
    i.ended_at = w->now;
    count_tell(&i, told->run);
    TRY(told_save(w, &i));
    return wrote && access_scope(w->who, "sale", "import") != SCOPE_NONE ? classes_wanted(w, NULL) : OK;
}

/* What it has written goes back by a job of its own: whoever is cut off amid that goes on with it, and not with the
 * import. */
static Err tell_gives_up(Work *w, void *to)
{
    const Told *told = to;
    Import      i;
    TRY(told_record(w, told, &i));
    count_tell(&i, told->run);
    return import_goes_back(w, &i, told->state);
}

static Err tell_taken_back(Work *w, void *to)
{
    const Told *told = to;
    Import      i;
    TRY(told_record(w, told, &i));
    i.state    = told->state;
    i.ended_at = w->now;
    TRY(told_save(w, &i));
    return classes_wanted(w, NULL);
}

/* ---- running ---- */

/* A job acts with the rights of whoever asked for it, as they are now; where he may nothing any more, the program tells
 * so. */
static Err acts_as_asked(Work *w)
{
    w->who = &actor_program;
    return w->actor ? actor_of(w, w->actor) : OK;
}

Err import_plan_of(Work *w, int64_t import, ImportPlan *out)
{
    Rows        rows;
    Str         text = { 0 };
    const Json *json;
    TRY(db_query(w->db, SQL_IMPORT_PLAN_ONE, VALS(val_int(import)), &rows));
    if (rows_next(&rows)) text = str_copy(w->mem, row_text(&rows, 0));
    TRY(rows_end(&rows));
    if (!text.n) return fail(w, NOT_FOUND, NULL, "import.no_such_import");
    TRY(json_read(w->mem, text, (JsonLimits){ 0 }, &w->problems, &json));
    return import_plan_read(w, json, out);
}

static Err run_rows(void *to)
{
    ImportRun *run = to;
    TRY(table_rows_open(&run->rows, run->bytes, &run->plan.form, &run->w->problems));
    TRY(run->plan.target == &sale_entity ? import_sales(run) : import_records(run));
    return import_faults(run);
}

/* A file whose rows take more memory than there is ends its import like one that cannot be read: what it has written is
 * taken back. */
static Err run_file(ImportRun *run)
{
    Str name;
    TRY(file_bring(run->w, run->plan.file, run->w->actor, &run->bytes, &name));
    Err err = guarded(run_rows, run);
    if (err == TOO_LARGE) { /* the book and the cells are gone with their memory */
        run->rows.book  = NULL;
        run->rows.cells = run->rows.kept = run->rows.planned = (Arena){ 0 };
    }
    table_rows_close(&run->rows);
    mapped_close(run->bytes);
    if (err != TOO_LARGE) return err;
    run->fault_first = run->fault_last = NULL;
    problems_forget(run->w);
    return fail(run->w, TOO_LARGE, NULL, "import.rows_too_large");
}

static Err brought_again(ImportRun *run)
{
    Rows rows;
    Str  client = S("client");
    TRY(db_int(run->w->db, SQL_IMPORT_MADE, VALS(val_int(run->id), val_texts(&client, 1)), &run->count.new_clients));
    TRY(db_query(run->w->db, SQL_IMPORT_BROUGHT, VALS(val_int(run->id)), &rows));
    if (rows_next(&rows)) {
        run->count.sales   = row_int(&rows, 0);
        run->count.clients = row_int(&rows, 1);
        run->count.amount  = row_null(&rows, 2) ? 0 : row_wide(&rows, 2);
    }
    return rows_end(&rows);
}

/* An import that was cut off and taken up again tells what all its attempts did. */
static Err count_again(ImportRun *run)
{
    bool sales = run->plan.target == &sale_entity;
    Str  made[] = { str_of(run->plan.target->name), S("client"), S("product") };
    if (run->plan.dry) return OK;
    TRY(db_int(run->w->db, SQL_IMPORT_MADE, VALS(val_int(run->id), val_texts(made, sales ? 3 : 1)), &run->count.made));
    TRY(db_int(run->w->db, SQL_IMPORT_CHANGED, VALS(val_int(run->id), val_text(made[0])), &run->count.changed));
    if (sales) return brought_again(run);
    run->count.known = run->count.rows - run->count.bad - run->count.made - run->count.changed;
    return OK;
}

/* Why an import ended before its end stands among its rows, at row 0. */
static Err tell_why(ImportRun *run)
{
    const Problem *p = run->w->problems.first;
    if (!p) return OK;
    row_told(run, p->row, p, true);
    return import_faults(run);
}

static Err run_ended(ImportRun *run, Err err)
{
    Told told = { .run = run,
                  .state = !err                     ? IMPORT_DONE
                           : work_cancelled(run->w) ? IMPORT_CANCELLED
                                                    : IMPORT_FAILED };
    if (err == BUSY) return err;
    if (err) TRY(tell_why(run));
    else if (run->job->attempt > 1) TRY(count_again(run));
    return work_write(run->w, err && !run->plan.dry ? tell_gives_up : tell_ended, &told);
}

static Err run_begun(ImportRun *run)
{
    Told told = { .run = run };
    Err  err  = acts_as_asked(run->w);
    TRY(work_write(run->w, tell_begun, &told));
    if (told.over) return OK;
    if (!err) err = import_plan_of(run->w, run->id, &run->plan);
    if (!err) err = run_file(run);
    return run_ended(run, work_reason(run->w, err));
}

Err import_run(Work *w, Job *job)
{
    ImportRun run = { .w = w, .job = job, .memory = arena_new(BOUND_IMPORT) };
    str_i64(job->argument, &run.id);
    Err err = run_begun(&run);
    arena_drop(&run.memory);
    return err;
}

/* ---- taking back ---- */

/* Whoever wanted it was asked then; what is not his to see any more goes all the same. */
static Err undo_begun(ImportRun *run, ImportState ends_as)
{
    Told   told = { .run = run, .state = ends_as };
    Import i;
    run->w->who = &actor_program;
    TRY(told_record(run->w, &told, &i));
    run->plan.target = entity_named(i.target);
    TRY(import_take_back(run));
    return work_write(run->w, tell_taken_back, &told);
}

Err import_undo_run(Work *w, Job *job)
{
    ImportRun   run     = { .w = w, .job = job, .memory = arena_new(BOUND_IMPORT) };
    ImportState ends_as = import_undo_asked(job, &run.id);
    Err         err     = undo_begun(&run, ends_as);
    arena_drop(&run.memory);
    return err;
}
