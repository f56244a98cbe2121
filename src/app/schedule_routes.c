/* What runs when: for whoever looks after the firm. */
#include "app/rounds.h"

#include "app/rounds_sql.h"
#include "core/words.h"
#include "format/kept_args.h"

enum { ROWS_MOST = 500, CHANGES_MOST = 100 };

static const char *const state_names[] = { [JOB_WAITING] = "waiting", [JOB_RUNNING] = "running", [JOB_DONE] = "done",
                                           [JOB_FAILED] = "failed", [JOB_STOPPED] = "stopped" };

/* Why it failed, in words. */
static void why_put(Request *r, const ScheduleRow *row)
{
    Arg args[COUNT(((Problem *)0)->args)];
    Buf said = buf_new(r->w->mem, 200);
    int n    = args_kept(r->w->mem, row->said, args, COUNT(args));
    if (row->problem.n)
        words_put(&said, (Voice){ .lang = work_lang(r->w) }, str_c(r->w->mem, row->problem), args, n);
    js_put_text(&r->out, "problem", buf_str(&said));
}

static void row_put(Request *to, const ScheduleRow *r)
{
    JsonOut *j = &to->out;
    js_object(j);
    js_key(j, "id");
    js_i64(j, r->id);
    js_put_text(j, "name", r->name);
    js_put_text(j, "rhythm", r->rhythm);
    js_put_text(j, "usual", r->usual);
    js_key(j, "off");
    js_bool(j, r->off);
    js_key(j, "here");
    js_bool(j, r->here);
    js_put_moment(j, "next_at", r->off ? NONE : r->next_at);
    js_key(j, "state");
    js_c(j, r->state < 0 ? NULL : state_names[r->state]);
    js_key(j, "tries");
    js_i64(j, r->tries);
    js_put_moment(j, "last_for", r->last_for);
    js_put_moment(j, "began_at", r->began_at);
    js_put_moment(j, "ended_at", r->ended_at);
    js_put_moment(j, "again_at", r->again_at);
    why_put(to, r);
    js_end(j);
}

static Err list(Request *r)
{
    ScheduleRow *rows = NEW_N(r->w->mem, ScheduleRow, ROWS_MOST);
    int          n;
    TRY(schedule_list(r->w, ROWS_MOST, rows, &n));
    js_items(&r->out);
    for (int i = 0; i < n; i++) row_put(r, &rows[i]);
    js_end(&r->out);
    js_end(&r->out);
    return OK;
}

static Err change(Request *r)
{
    ScheduleRow row;
    Str         rhythm = { 0 };
    TRY(schedule_one(r->w, r->id, &row));
    bool off = row.off;
    TRY(body_text_maybe(r, "rhythm", 60, &rhythm));
    TRY(body_bool(r, "off", &off));
    TRY(schedule_change(r->w, r->id, rhythm, off));
    TRY(schedule_one(r->w, r->id, &row));
    row_put(r, &row);
    return OK;
}

static Err run_now(Request *r)
{
    int64_t job;
    TRY(schedule_run_now(r->w, r->id, &job));
    js_object(&r->out);
    js_key(&r->out, "job");
    js_i64(&r->out, job);
    js_end(&r->out);
    return OK;
}

static void stood_put(JsonOut *j, Str rhythm, bool off)
{
    js_put_text(j, "rhythm", rhythm);
    js_key(j, "off");
    js_bool(j, off);
}

static Err changes(Request *r)
{
    ScheduleRow row;
    Rows        rows;
    JsonOut    *j = &r->out;
    TRY(schedule_one(r->w, r->id, &row));
    TRY(db_query(r->w->db, SQL_ROUNDS_CHANGED, VALS(val_int(r->id), val_int(CHANGES_MOST)), &rows));
    js_items(j);
    while (rows_next(&rows)) {
        js_object(j);
        js_put_moment(j, "at", row_int(&rows, 0));
        js_put_text(j, "by", row_text(&rows, 2));
        js_key(j, "was");
        js_object(j);
        stood_put(j, row_text(&rows, 3), row_int(&rows, 5));
        js_end(j);
        stood_put(j, row_text(&rows, 4), row_int(&rows, 6));
        js_end(j);
    }
    js_end(j);
    js_end(j);
    return rows_end(&rows);
}

const Route schedule_routes[] = {
    { .method = GET,
      .path = "/api/schedule",
      .run = list,
      .needs = { "firm", "change" },
      .gives = "items: list",
      .says = "route.schedule" },
    { .method = PATCH,
      .path = "/api/schedule/{id}",
      .run = change,
      .needs = { "firm", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "rhythm: text?, off: bool?",
      .gives = "id: int, name: text, rhythm: text, usual: text, off: bool, here: bool, next_at: text?, state: text?, "
               "tries: int, last_for: text?, began_at: text?, ended_at: text?, again_at: text?, problem: text?",
      .says = "route.schedule.change" },
    { .method = GET,
      .path = "/api/schedule/{id}/changes",
      .run = changes,
      .needs = { "firm", "change" },
      .gives = "items: [{at: text, by: text?, was: object, rhythm: text, off: bool}]",
      .says = "route.schedule.changes" },
    { .method = POST,
      .path = "/api/schedule/{id}/run",
      .run = run_now,
      .needs = { "firm", "change" },
      .writes = true,
      .later = true,
      .gives = "job: int",
      .says = "route.schedule.run" },
    { 0 },
};
