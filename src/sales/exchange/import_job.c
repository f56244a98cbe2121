/* The job of an import, and the job that takes one back. */
#include "access/session.h"
#include "entity/undo.h"
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

static void fault_add(ImportRun *run, int64_t row, Str field, const char *key, Str text, bool warning)
{
    for (RowFault *f = run->fault_first; f; f = f->next) /* a work that was run again says it again */
        if (f->row == row && f->key == key && str_eq(f->field, field)) return;
    RowFault *f = NEW(&run->memory, RowFault);
    if (row != run->fault_row) run->fault_place = 0;
    run->fault_row = row;
    *f = (RowFault){ .row = row, .place = run->fault_place++, .warning = warning, .key = key, .field = str_copy(&run->memory, field), .text = str_copy(&run->memory, str_upto(text, 200)) };
    if (run->fault_last) run->fault_last->next = f;
    else run->fault_first = f;
    run->fault_last = f;
    if (f->place == 0 && !warning) run->count.bad++;
    if (warning) run->count.warned++;
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

Err import_chunk(ImportRun *run, Err (*write)(Work *w, void *to), void *to)
{
    Chunk c   = { write, to, run->plan.dry, false };
    Err   err = work_write(run->w, chunk_write, &c);
    if (c.dry && c.tried && err == CONFLICT) err = OK;
    TRY(err);
    return import_faults(run);
}

Err import_pulse(ImportRun *run)
{
    if (run->count.rows % 4096) return OK;
    return job_step(run->w, run->count.rows, 0);
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

static Err run_file(ImportRun *run)
{
    Str bytes, name;
    TRY(file_bring(run->w, run->plan.file, &bytes, &name));
    Err err = table_rows_open(&run->rows, bytes, &run->plan.form, &run->w->problems);
    if (!err) err = str_eq(str_of(run->plan.target->name), S("sale")) ? import_sales(run) : import_records(run);
    if (!err) err = import_faults(run);
    table_rows_close(&run->rows);
    mapped_close(bytes);
    return err;
}

static Err take_back(ImportRun *run);

/* Why an import ended before its end stands among its rows, at row 0. */
static Err tell_why(ImportRun *run)
{
    const Problem *p = run->w->problems.first;
    if (!p) return OK;
    row_warning(run, p->row, str_of(p->field), p->key, p->arg_count && p->args[0].kind == ARG_TEXT ? p->args[0].text : (Str){ 0 });
    return import_faults(run);
}

Err import_run(Work *w, Job *job)
{
    ImportRun run = { .w = w, .job = job, .memory = arena_new((ptrdiff_t)1 << 32) };
    str_i64(job->argument, &run.id);
    Err err = acts_as_asked(w);
    if (!err) err = import_plan_of(w, run.id, &run.plan);
    if (!err) err = work_write(w, clear_bad, &run.id);
    if (!err) err = tell_state(&run, run.plan.dry ? IMPORT_CHECKING : IMPORT_RUNNING, true);
    if (!err) err = run_file(&run);
    Err ended = err;
    if (err && err != BUSY) {
        bool cancelled = err == CONFLICT;
        tell_why(&run);
        ended = run.plan.dry ? OK : take_back(&run);
        if (!ended) ended = tell_state(&run, cancelled ? IMPORT_CANCELLED : IMPORT_FAILED, false);
    } else if (!err) {
        ended = tell_state(&run, IMPORT_DONE, false);
        if (!ended && !run.plan.dry && access_scope(w->who, "sale", "import") != SCOPE_NONE) ended = work_write(w, classes_wanted, NULL);
    }
    arena_drop(&run.memory);
    return ended;
}

/* ---- taking back ---- */

enum { UNDO_CHUNK = 200, SHARED_CHUNK = 50 };

static Err mark_ids(Work *w, Str sql, const Val *vals, int n, const int64_t *ids, ptrdiff_t count, bool *keep)
{
    Rows rows;
    TRY(db_query(w->db, sql, vals, n, &rows));
    while (rows_next(&rows))
        for (ptrdiff_t i = 0; i < count; i++)
            if (ids[i] == row_int(&rows, 0)) keep[i] = true;
    return rows_end(&rows);
}

/* What another import, which stands, brought too stays as it is; so do the clients and products that it needs. */
static Err keep_shared(Work *w, void *to, const Entity *e, const int64_t *ids, ptrdiff_t n, bool *keep)
{
    const ImportRun *run  = to;
    Str              name = str_of(e->name);
    if (str_eq(name, S("sale"))) return mark_ids(w, SQL_IMPORT_SALES_STAYING, VALS(val_ids(ids, n), val_int(run->id)), ids, n, keep);
    if (str_eq(name, S("client"))) return mark_ids(w, SQL_IMPORT_USED_CLIENTS, VALS(val_ids(ids, n)), ids, n, keep);
    if (str_eq(name, S("product"))) return mark_ids(w, SQL_IMPORT_USED_PRODUCTS, VALS(val_ids(ids, n)), ids, n, keep);
    return OK;
}

typedef struct {
    ImportRun *run;
    int64_t    after; /* sale */
    bool       more;
    ChangeMark below;
    UndoDone   done;
} Undoing;

static bool among(const int64_t *list, ptrdiff_t n, int64_t id)
{
    for (ptrdiff_t i = 0; i < n; i++)
        if (list[i] == id) return true;
    return false;
}

/* Sales that stay lose the lines that nobody else brought. */
static Err shared_chunk(Work *w, void *to)
{
    Undoing *u = to;
    int64_t  sale[SHARED_CHUNK];
    ptrdiff_t n = 0, lines = 0, room = 4096;
    Rows     rows;
    TRY(db_query(w->db, SQL_IMPORT_SALES_SHARED, VALS(val_int(u->run->id), val_int(u->after), val_int(SHARED_CHUNK)), &rows));
    while (rows_next(&rows)) sale[n++] = row_int(&rows, 0);
    TRY(rows_end(&rows));
    u->more = n == SHARED_CHUNK;
    if (n == 0) return OK;
    u->after = sale[n - 1];

    int64_t *line = NEW_RAW(w->mem, int64_t, room);
    TRY(db_query(w->db, SQL_IMPORT_LINES_ALONE, VALS(val_int(u->run->id), val_ids(sale, n)), &rows));
    while (rows_next(&rows)) {
        if (lines == room) {
            int64_t *wider = NEW_RAW(w->mem, int64_t, room * 2);
            for (ptrdiff_t i = 0; i < lines; i++) wider[i] = line[i];
            line = wider;
            room *= 2;
        }
        line[lines++] = row_int(&rows, 1);
    }
    TRY(rows_end(&rows));
    if (lines == 0) return OK;

    Sale   *sales = NEW_N(w->mem, Sale, n);
    bool   *found = NEW_N(w->mem, bool, n);
    SaveHow how   = { .trusted = true, .verb = "undone" };
    TRY(record_fetch(w, &sale_entity, sale, n, true, sales, found));
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t kept = 0;
        for (ptrdiff_t l = 0; l < sales[i].lines.n; l++)
            if (!among(line, lines, sales[i].lines.at[l].base.id)) sales[i].lines.at[kept++] = sales[i].lines.at[l];
        sales[i].lines.n = kept;
    }
    return record_save_many(w, &sale_entity, sales, n, &how);
}

static Err undo_write(Work *w, void *to)
{
    Undoing *u = to;
    u->done    = (UndoDone){ .mem = &u->run->memory };
    return undo_chunk(w, u->run->id, u->below, UNDO_CHUNK, keep_shared, u->run, &u->done);
}

/* The known lines: shared ones pass to the other import, the rest are forgotten. */
static Err lines_forget(Work *w, void *to)
{
    int64_t id = *(int64_t *)to;
    TRY(db_run(w->db, SQL_IMPORT_LINES_PASS, VALS(val_int(id)), NULL));
    TRY(db_run(w->db, SQL_IMPORT_AGAIN_OWNED, NO_VALS, NULL));
    TRY(db_run(w->db, SQL_IMPORT_AGAIN_CLEAR, VALS(val_int(id)), NULL));
    return db_run(w->db, SQL_IMPORT_LINES_CLEAR, VALS(val_int(id)), NULL);
}

/* What could not be taken back is listed with both values. */
static void list_left(ImportRun *run, const UndoDone *done)
{
    for (ptrdiff_t i = 0; i < done->left_count; i++) {
        const UndoLeft *l = &done->left[i];
        Str text = str_fmt(&run->memory, "%.*s: %.*s → %.*s", (int)l->title.n, l->title.s, (int)l->ours.n, l->ours.s, (int)l->theirs.n, l->theirs.s);
        row_warning(run, l->record, l->field, l->why, text);
    }
}

static Err take_back(ImportRun *run)
{
    Undoing u = { .run = run };
    Work   *w = run->w;
    if (w->problems.count) { /* said already: what follows is another matter */
        w->problems.first = w->problems.last = NULL;
        w->problems.count = 0;
    }
    do {
        TRY(work_write(w, shared_chunk, &u));
    } while (u.more);
    do {
        TRY(work_write(w, undo_write, &u));
        u.below = u.done.below;
        list_left(run, &u.done);
        TRY(import_faults(run));
    } while (u.below.id);
    return work_write(w, lines_forget, &run->id);
}

Err import_undo_run(Work *w, Job *job)
{
    ImportRun run = { .w = w, .job = job, .memory = arena_new((ptrdiff_t)1 << 32) };
    str_i64(job->argument, &run.id);
    Err err = acts_as_asked(w);
    if (!err) err = take_back(&run);
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

Err import_undo_begin(Work *w, int64_t id)
{
    Import  i;
    SaveHow how = { .trusted = true };
    int64_t job;
    TRY(record_load(w, &import_entity, id, &i));
    if (i.dry || i.state != IMPORT_DONE) return fail(w, CONFLICT, "state", "import.only_done_is_undone");
    i.state = IMPORT_UNDOING;
    TRY(record_save_many(w, &import_entity, &i, 1, &how));
    TRY(job_add(w, "import_undo", str_fmt(w->mem, "%lld", (long long)id), &job));
    return db_run(w->db, SQL_IMPORT_PLAN_JOB, VALS(val_int(id), val_int(job)), NULL);
}
