/* The job of an import, and the job that takes one back. */
#include "access/session.h"
#include "core/bounds.h"
#include "entity/reach.h"
#include "format/mapped.h"
#include "sales/exchange/import_run.h"
#include "sales/exchange/import_sql.h"
#include "sales/insight/classes.h"
#include "sales/orders/orders.h"

void import_facts_source(FactsSource *source)
{
    source->held       = SQL_IMPORT_HELD;
    source->held_sales = SQL_IMPORT_HELD_SALES;
}

/* ---- what is wrong with rows ---- */

enum { PLACES = 1000 }; /* problems of a row, then warnings */

static void fault_add(ImportRun *run, int64_t row, Str field, const char *key, Str text, bool warning)
{
    for (RowFault *f = run->fault_first; f; f = f->next) /* a work that was run again says it again */
        if (f->row == row && f->key == key && str_eq(f->field, field)) return;
    RowFault *f = NEW(&run->memory, RowFault);
    if (row != run->fault_row) run->fault_place = 0;
    run->fault_row = row;
    int place = (run->taking_back ? IMPORT_LEFT_PLACE : run->writing ? 2 * PLACES : 0) + (warning ? PLACES : 0) + run->fault_place++;
    *f = (RowFault){ .row = row, .place = place, .warning = warning, .key = key, .field = str_copy(&run->memory, field), .text = str_copy(&run->memory, str_short(text, 200)) };
    if (run->fault_last) run->fault_last->next = f;
    else run->fault_first = f;
    run->fault_last = f;
    if (warning) run->count.warned++;
    else if (row != run->bad_row) {
        run->bad_row = row;
        run->count.bad++;
    }
}

void row_problem(ImportRun *run, int64_t row, Str field, const char *key, Str text)
{
    fault_add(run, row, field, key, text, false);
}

void row_warning(ImportRun *run, int64_t row, Str field, const char *key, Str text)
{
    fault_add(run, row, field, key, text, true);
}

typedef struct {
    ImportRun *run;
    ptrdiff_t  n;
} Faults;

static Err faults_write(Work *w, void *to)
{
    Faults    *f    = to;
    Val       *vals = NEW_N(w->mem, Val, f->n * 7), *v = vals;
    for (const RowFault *r = f->run->fault_first; r; r = r->next, v += 7) {
        v[0] = val_int(f->run->id);
        v[1] = val_int(r->row);
        v[2] = val_int(r->place);
        v[3] = val_int(r->warning);
        v[4] = r->field.n ? val_text(r->field) : val_null();
        v[5] = val_text(str_of(r->key));
        v[6] = r->text.n ? val_text(r->text) : val_null();
    }
    return db_many(w->db, SQL_IMPORT_BAD_ADD, vals, 7, f->n, NULL);
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

typedef struct {
    Err (*write)(Work *w, void *to);
    void *to;
    bool  dry, tried;
} Chunk;

static Err chunk_write(Work *w, void *to)
{
    Chunk *c = to;
    c->tried = false;
    TRY(c->write(w, c->to));
    c->tried = true;
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

/* From an empty base to a full one in seconds: behind chunk 4, 8, 16, 32 ... nobody is to be answered as if it were empty. */
static Err grown_twofold(ImportRun *run)
{
    int64_t n       = ++run->chunks;
    bool    doubled = (n & (n - 1)) == 0;
    return n >= 4 && doubled ? db_grown(run->w->db, "client, client_phone, product, sale, sale_line, import_line, change") : OK;
}

Err import_chunk(ImportRun *run, Err (*write)(Work *w, void *to), void *to)
{
    Chunk c = { write, to, run->plan.dry, false };
    TRY(room_left(run));
    Err err = work_write(run->w, chunk_write, &c);
    if (c.dry && c.tried && err == CONFLICT) err = OK;
    TRY(err);
    if (!c.dry) TRY(grown_twofold(run));
    return import_faults(run);
}

void problems_forget(Work *w)
{
    w->problems.first = w->problems.last = NULL;
    w->problems.count = 0;
}

Err import_row(ImportRun *run, TableRow *row)
{
    TRY(table_rows_next(&run->rows, row, &run->w->problems));
    for (const Problem *p = run->w->problems.first; p; p = p->next) row_warning(run, row->number, str_of(p->field), p->key, (Str){ 0 });
    problems_forget(run->w);
    run->count.rows++;
    if (run->count.rows % 4096) return OK;
    if (run->plan.target != &sale_entity) return job_step(run->w, run->count.rows, 0);
    return work_pulse(run->w); /* sales are only read here: done are those that are written */
}

/* ---- the record ---- */

typedef struct {
    int64_t     id;
    ImportState state;
    ImportCount count;
    bool        begins;
} Told;

static void told_count(Import *i, const ImportCount *c)
{
    i->rows_read = c->rows;
    i->made      = c->made;
    i->changed   = c->changed;
    i->known     = c->known;
    i->bad       = c->bad;
    i->warned    = c->warned;
}

static Err tell(Work *w, void *to)
{
    Told   *told  = to;
    bool    found = false;
    Import  i;
    SaveHow how = { .trusted = true };
    TRY(record_fetch(w, &import_entity, &told->id, 1, false, &i, &found));
    if (!found) return NOT_FOUND;
    i.state = told->state;
    if (told->begins) i.started_at = w->now;
    else i.ended_at = w->now;
    if (!told->begins && told->state != IMPORT_UNDONE) told_count(&i, &told->count);
    return record_save_many(w, &import_entity, &i, 1, &how);
}

static Err tell_state(ImportRun *run, ImportState state, bool begins)
{
    Told told = { run->id, state, run->count, begins };
    return work_write(run->w, tell, &told);
}

/* ---- running ---- */

/* A job acts with the rights of whoever asked for it, as they are now. */
static Err acts_as_asked(Work *w)
{
    if (w->actor) return actor_of(w, w->actor);
    w->who = &actor_program;
    return OK;
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

static Err clear_bad(Work *w, void *to)
{
    return db_run(w->db, SQL_IMPORT_BAD_CLEAR, VALS(val_int(*(int64_t *)to)), NULL);
}

static Err run_rows(void *to)
{
    ImportRun *run = to;
    TRY(table_rows_open(&run->rows, run->bytes, &run->plan.form, &run->w->problems));
    TRY(run->plan.target == &sale_entity ? import_sales(run) : import_records(run));
    return import_faults(run);
}

/* A file whose rows take more memory than there is ends its import like one that cannot be read: what it has written is taken back. */
static Err run_file(ImportRun *run)
{
    Str name;
    TRY(file_bring(run->w, run->plan.file, run->w->actor, &run->bytes, &name));
    Err err = guarded(run_rows, run);
    if (err == TOO_LARGE) { /* the book and the cells are gone with their memory */
        run->rows.book  = NULL;
        run->rows.cells = (Arena){ 0 };
    }
    table_rows_close(&run->rows);
    mapped_close(run->bytes);
    if (err != TOO_LARGE) return err;
    run->fault_first = run->fault_last = NULL;
    problems_forget(run->w);
    return fail(run->w, TOO_LARGE, NULL, "import.rows_too_large");
}

/* An import that was cut off and taken up again tells what all its attempts did. */
static Err count_again(ImportRun *run)
{
    bool sales = run->plan.target == &sale_entity;
    Str  made[] = { str_of(run->plan.target->name), S("client"), S("product") };
    if (run->plan.dry) return OK;
    TRY(db_int(run->w->db, SQL_IMPORT_MADE, VALS(val_int(run->id), val_texts(made, sales ? 3 : 1)), &run->count.made));
    TRY(db_int(run->w->db, SQL_IMPORT_CHANGED, VALS(val_int(run->id), val_text(made[0])), &run->count.changed));
    if (!sales) run->count.known = run->count.rows - run->count.bad - run->count.made - run->count.changed;
    return OK;
}

/* Why an import ended before its end stands among its rows, at row 0. */
static Err tell_why(ImportRun *run)
{
    const Problem *p = run->w->problems.first;
    if (!p) return OK;
    Str text = { 0 };
    if (p->arg_count && p->args[0].kind == ARG_TEXT) text = p->args[0].text;
    if (p->arg_count && p->args[0].kind == ARG_COUNT) text = str_fmt(run->w->mem, "%lld", (long long)p->args[0].number);
    row_warning(run, p->row, str_of(p->field), p->key, text);
    return import_faults(run);
}

Err import_run(Work *w, Job *job)
{
    ImportRun run = { .w = w, .job = job, .memory = arena_new(BOUND_IMPORT) };
    str_i64(job->argument, &run.id);
    Err err = acts_as_asked(w);
    if (!err) err = import_plan_of(w, run.id, &run.plan);
    if (!err) err = work_write(w, clear_bad, &run.id);
    if (!err) err = tell_state(&run, run.plan.dry ? IMPORT_CHECKING : IMPORT_RUNNING, true);
    if (!err) err = run_file(&run);
    Err ended = err;
    if (err && err != BUSY) {
        bool cancelled = err == CONFLICT;
        work_go_on(w);
        tell_why(&run);
        ended = run.plan.dry ? OK : import_take_back(&run);
        if (!ended) ended = tell_state(&run, cancelled ? IMPORT_CANCELLED : IMPORT_FAILED, false);
    } else if (!err) {
        if (job->attempt > 1) ended = count_again(&run);
        if (!ended) ended = tell_state(&run, IMPORT_DONE, false);
        if (!ended && !run.plan.dry && access_scope(w->who, "sale", "import") != SCOPE_NONE) ended = work_write(w, classes_wanted, NULL);
    }
    arena_drop(&run.memory);
    return ended;
}

/* ---- taking back ---- */

Err import_undo_run(Work *w, Job *job)
{
    ImportRun run = { .w = w, .job = job, .memory = arena_new(BOUND_IMPORT) };
    str_i64(job->argument, &run.id);
    Err err = acts_as_asked(w);
    if (!err) err = import_plan_of(w, run.id, &run.plan);
    if (!err) err = import_take_back(&run);
    if (!err) err = tell_state(&run, IMPORT_UNDONE, false);
    if (!err) err = work_write(w, classes_wanted, NULL);
    arena_drop(&run.memory);
    return err;
}

/* ---- beginning ---- */

Err import_begin(Work *w, const ImportPlan *plan, Str file_name, int64_t *id)
{
    Import  i;
    SaveHow how = { .trusted = true };
    int64_t job;
    record_empty(w, &import_entity, &i);
    i.name   = file_name;
    i.target = str_of(plan->target->name);
    i.state  = plan->dry ? IMPORT_CHECKING : IMPORT_RUNNING;
    i.source = plan->source;
    i.dry    = plan->dry;
    TRY(record_save_many(w, &import_entity, &i, 1, &how));
    *id = i.base.id;
    Buf     text = buf_new(w->mem, 1024);
    JsonOut j    = js_to(&text);
    import_plan_json(&j, plan);
    TRY(job_add(w, "import", str_fmt(w->mem, "%lld", (long long)*id), &job));
    return db_run(w->db, SQL_IMPORT_PLAN_ADD, VALS(val_int(*id), val_int(plan->file), val_text(buf_str(&text)), val_int(job)), NULL);
}

static Err undo_wanted(Work *w, Import *i)
{
    SaveHow how = { .trusted = true };
    int64_t job;
    i->state = IMPORT_UNDOING;
    TRY(record_save_many(w, &import_entity, i, 1, &how));
    TRY(job_add(w, "import_undo", str_fmt(w->mem, "%lld", (long long)i->base.id), &job));
    return db_run(w->db, SQL_IMPORT_PLAN_JOB, VALS(val_int(i->base.id), val_int(job)), NULL);
}

bool import_can_undo(ImportState state, bool dry, int64_t job)
{
    bool stuck = job >= JOB_FAILED && (state == IMPORT_RUNNING || state == IMPORT_UNDOING || state == IMPORT_FAILED);
    return !dry && (state == IMPORT_DONE || stuck);
}

Err import_undo_begin(Work *w, int64_t id)
{
    Import  i;
    int64_t job;
    TRY(reach_need(w, &import_entity, "change", id));
    TRY(record_load(w, &import_entity, id, &i));
    TRY(db_int(w->db, SQL_IMPORT_JOB_STATE, VALS(val_int(id)), &job));
    if (!import_can_undo(i.state, i.dry, job)) return fail(w, CONFLICT, "state", "import.only_done_is_undone");
    return undo_wanted(w, &i);
}

/* ---- giving up ---- */

/* Why stands among its rows, at row 0, behind what was said there before. */
static Err failed_because(Work *w, Import *i, const char *why)
{
    SaveHow how = { .trusted = true };
    i->state    = IMPORT_FAILED;
    i->ended_at = w->now;
    TRY(db_run(w->db, SQL_IMPORT_BAD_WHY, VALS(val_int(i->base.id), val_text(str_of(why))), NULL));
    return record_save_many(w, &import_entity, i, 1, &how);
}

static Err import_of(Work *w, const Job *job, Import *i, bool *found)
{
    int64_t id = 0;
    str_i64(job->argument, &id);
    w->who = &actor_program;
    return record_fetch(w, &import_entity, &id, 1, false, i, found);
}

Err import_given_up(Work *w, Job *job)
{
    Import i;
    bool   found = false;
    TRY(import_of(w, job, &i, &found));
    if (!found || (i.state != IMPORT_RUNNING && i.state != IMPORT_CHECKING)) return OK;
    if (i.dry) return failed_because(w, &i, "import.check_given_up");
    TRY(db_run(w->db, SQL_IMPORT_BAD_WHY, VALS(val_int(i.base.id), val_text(S("import.given_up"))), NULL));
    return undo_wanted(w, &i);
}

Err import_undo_given_up(Work *w, Job *job)
{
    Import i;
    bool   found = false;
    TRY(import_of(w, job, &i, &found));
    return found && i.state == IMPORT_UNDOING ? failed_because(w, &i, "import.undo_given_up") : OK;
}

/* ---- cancelling ---- */

/* One that nobody has begun has nothing to take back. */
Err import_cancel(Work *w, int64_t id)
{
    Import  i;
    Rows    rows;
    int64_t job = 0, state;
    Told    told = { .id = id, .state = IMPORT_CANCELLED };
    TRY(reach_need(w, &import_entity, "change", id));
    TRY(record_load(w, &import_entity, id, &i));
    if (i.state != IMPORT_RUNNING && i.state != IMPORT_CHECKING) return fail(w, CONFLICT, "state", "job.ended");
    TRY(db_query(w->db, SQL_IMPORT_PLAN_ONE, VALS(val_int(id)), &rows));
    if (rows_next(&rows)) job = row_int(&rows, 1);
    TRY(rows_end(&rows));
    TRY(job_cancel(w, job));
    TRY(db_int(w->db, SQL_IMPORT_JOB_STATE, VALS(val_int(id)), &state));
    return state == JOB_STOPPED ? tell(w, &told) : OK;
}
