/* A finding begins, with its task, and ends, and its task with it. */
#include "access/access.h"
#include "access/calendar.h"
#include "entity/record.h"
#include "sales/activities/activities.h"
#include "sales/watch/watch_sql.h"
#include "sales/watch/watch_who.h"

static const SaveHow by_program = { .trusted = true };

/* ---- it begins ---- */

typedef struct {
    const Watch    *watch;
    const int64_t  *ids;
    const WatchWho *who;
    ptrdiff_t       n;
    Moment          due;
    int64_t         kind;
} Opening;

static void found_fill(Work *w, const Opening *o, ptrdiff_t i, Found *out)
{
    record_empty(w, &finding_entity, out);
    out->name = o->watch->name;
    out->watch_id = o->watch->base.id;
    out->about = (Link){ o->watch->entity, o->ids[i] };
    out->state = FINDING_OPEN;
    out->owner_id = o->who[i].person;
    out->queue_id = o->who[i].role;
    out->opened_at = w->now;
    out->lasting = 1;
}

static void task_fill(Work *w, const Opening *o, ptrdiff_t i, int64_t finding, Activity *out)
{
    const Field *about = field_of(&activity_entity, "about");
    record_empty(w, &activity_entity, out);
    out->kind_id = o->kind;
    out->subject = o->watch->task;
    out->client_id = o->who[i].client;
    if (field_may_point(about, entity_named(o->watch->entity))) out->about = (Link){ o->watch->entity, o->ids[i] };
    out->performer_id = o->who[i].person;
    out->queue_id = o->who[i].role;
    out->due_at = o->due;
    out->timed = false;
    out->cause = (Link){ S("finding"), finding };
}

static Err due_reckon(Work *w, Opening *o)
{
    Calendar      calendar;
    const Zone   *zone;
    CalendarSpan  span;
    CalendarFault fault;
    TRY(firm_calendar(w, &calendar, &zone));
    o->due = span_read(o->watch->due, &span, &fault) ? calendar_plus(&calendar, zone, w->now, span) : w->now;
    return db_int(w->db, SQL_WATCH_TASK_KIND, VALS(val_int(ACTIVITY_WORK)), &o->kind);
}

/* Where one of them cannot be made, the others are. */
static Err tasks_make(Work *w, const Opening *o, const Found *found, ptrdiff_t *failed)
{
    Problems  before = w->problems;
    Activity *list = NEW_N(w->mem, Activity, o->n);
    for (ptrdiff_t i = 0; i < o->n; i++) task_fill(w, o, i, found[i].base.id, &list[i]);
    Err err = record_save_many(w, &activity_entity, list, o->n, &by_program);
    for (ptrdiff_t i = 0; err == INVALID && i < o->n; i++) {
        Err one = record_save_many(w, &activity_entity, &list[i], 1, &by_program);
        if (one != OK && one != INVALID) return one;
        *failed += one == INVALID;
    }
    if (err == INVALID) w->problems = before;
    return err == INVALID ? OK : err;
}

Err findings_open(Work *w, const Watch *watch, const int64_t *ids, ptrdiff_t n, ptrdiff_t *failed)
{
    WatchWho *who = NEW_N(w->mem, WatchWho, n);
    Found    *list = NEW_N(w->mem, Found, n);
    Opening   o = { .watch = watch, .ids = ids, .who = who, .n = n };
    if (!n) return OK;
    TRY(watch_who(w, watch, ids, n, who));
    for (ptrdiff_t i = 0; i < n; i++) found_fill(w, &o, i, &list[i]);
    TRY(record_save_many(w, &finding_entity, list, n, &by_program));
    if (!watch->task.n) return OK;
    Err err = due_reckon(w, &o);
    if (err == NOT_FOUND) *failed += n; /* the firm has archived every kind of work */
    return err == NOT_FOUND ? OK : err != OK ? err : tasks_make(w, &o, list, failed);
}

/* ---- it ends ---- */

static Str mended_say(Work *w)
{
    Buf text = buf_new(w->mem, 200);
    SAY(&text, ((Voice){ .lang = work_lang(w) }), "finding.mended");
    return buf_str(&text);
}

Err finding_tasks_cancel(Work *w, const int64_t *findings, ptrdiff_t n, Str why)
{
    int64_t  *ids = NEW_RAW(w->mem, int64_t, n);
    bool     *is = NEW_N(w->mem, bool, n);
    Activity *list = NEW_N(w->mem, Activity, n);
    ptrdiff_t tasks = 0;
    Rows      rows;
    TRY(db_query(w->db, SQL_WATCH_TASKS, VALS(val_ids(findings, n)), &rows));
    while (tasks < n && rows_next(&rows)) ids[tasks++] = row_int(&rows, 0);
    TRY(rows_end(&rows));
    if (!tasks) return OK;
    TRY(record_fetch(w, &activity_entity, ids, tasks, false, list, is));
    for (ptrdiff_t i = 0; i < tasks; i++) {
        list[i].state = ACTIVITY_CANCELLED;
        list[i].reason = why;
    }
    return record_save_many(w, &activity_entity, list, tasks, &by_program);
}

/* An excused one stays so, and lasts no more. */
Err findings_close(Work *w, const int64_t *ids, ptrdiff_t n)
{
    Found *list = NEW_N(w->mem, Found, n);
    bool  *is = NEW_N(w->mem, bool, n);
    if (!n) return OK;
    TRY(record_fetch(w, &finding_entity, ids, n, false, list, is));
    for (ptrdiff_t i = 0; i < n; i++) {
        if (list[i].state == FINDING_OPEN) list[i].state = FINDING_CLOSED;
        list[i].closed_at = w->now;
        list[i].lasting = 0;
    }
    TRY(record_save_many(w, &finding_entity, list, n, &by_program));
    return finding_tasks_cancel(w, ids, n, mended_say(w));
}
