/* How an import begins, is taken back, given up and cancelled: what is written before and behind its jobs. */
#include "entity/reach.h"
#include "sales/import/import.h"
#include "sales/import/import_sql.h"

enum { WAITING_MOST = 20 };

/* Who checks a file again and again takes no more of the jobs' time than that ahead. */
static Err may_wait(Work *w)
{
    int64_t n;
    if (!w->actor) return OK;
    TRY(db_int(w->db, SQL_IMPORT_WAITING, VALS(val_int(w->actor)), &n));
    return n < WAITING_MOST ? OK : fail(w, CONFLICT, NULL, "import.many_wait", arg_count("most", WAITING_MOST));
}

Err import_begin(Work *w, const ImportPlan *plan, Str file_name, int64_t *id)
{
    Import  i;
    SaveHow how = { .trusted = true };
    int64_t job;
    TRY(may_wait(w));
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
    return db_run(w->db, SQL_IMPORT_PLAN_ADD,
                  VALS(val_int(*id), val_int(plan->file), val_text(buf_str(&text)), val_int(job)), NULL);
}

Err import_goes_back(Work *w, Import *i, ImportState ends_as)
{
    SaveHow how = { .trusted = true };
    int64_t job;
    i->state = IMPORT_UNDOING;
    TRY(record_save_many(w, &import_entity, i, 1, &how));
    TRY(job_add(w, "import_undo", str_fmt(w->mem, "%lld %d", (long long)i->base.id, (int)ends_as), &job));
    return db_run(w->db, SQL_IMPORT_PLAN_JOB, VALS(val_int(i->base.id), val_int(job)), NULL);
}

ImportState import_undo_asked(const Job *job, int64_t *id)
{
    int64_t ends_as = IMPORT_UNDONE;
    Str     rest    = job->argument, first = str_cut(&rest, ' ');
    str_i64(first, id);
    str_i64(rest, &ends_as);
    return (ImportState)ends_as;
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
    return import_goes_back(w, &i, IMPORT_UNDONE);
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
    import_undo_asked(job, &id);
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
    return import_goes_back(w, &i, IMPORT_UNDONE);
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
static Err never_began(Work *w, Import *i)
{
    SaveHow how = { .trusted = true };
    i->state     = IMPORT_CANCELLED;
    i->ended_at  = w->now;
    i->rows_read = i->made = i->changed = i->known = i->bad = i->warned = 0;
    return record_save_many(w, &import_entity, i, 1, &how);
}

Err import_cancel(Work *w, int64_t id)
{
    Import  i;
    Rows    rows;
    int64_t job = 0, state;
    TRY(reach_need(w, &import_entity, "change", id));
    TRY(record_load(w, &import_entity, id, &i));
    if (i.state != IMPORT_RUNNING && i.state != IMPORT_CHECKING) return fail(w, CONFLICT, "state", "job.ended");
    TRY(db_query(w->db, SQL_IMPORT_PLAN_ONE, VALS(val_int(id)), &rows));
    if (rows_next(&rows)) job = row_int(&rows, 1);
    TRY(rows_end(&rows));
    TRY(job_cancel(w, job));
    TRY(db_int(w->db, SQL_IMPORT_JOB_STATE, VALS(val_int(id)), &state));
    return state == JOB_STOPPED ? never_began(w, &i) : OK;
}
