/* Rounds as people see and change them. */
#include "work/schedule_inside.h"

#include "work/job_slots.h"
#include "work/schedule_sql.h"

#include <string.h>

Err schedule_check(Work *w, const ScheduleWall *wall, Str rhythm, Str *told)
{
    CalendarFault  fault;
    CalendarRhythm r;
    Buf            b = buf_new(w->mem, CALENDAR_TEXT);
    if (!rhythm_read(rhythm, &r, &fault))
        return fail(w, INVALID, "rhythm", fault.key, arg_count("limit", fault.at + 1));
    if (rhythm_next(&r, &wall->calendar, wall->zone, w->now) == NONE)
        return fail(w, INVALID, "rhythm", "schedule.never_due");
    rhythm_write(&b, &r);
    *told = buf_str(&b);
    return OK;
}

static Err row_of(Work *w, int64_t id, ScheduleKept *out)
{
    Err err = schedule_named(w, SQL_SCHEDULE_ROW, val_int(id), out);
    return err == NOT_FOUND ? fail(w, NOT_FOUND, NULL, "schedule.not_found") : err;
}

/* Who has changed what is kept. */
static Err changed_keep(Work *w, const ScheduleKept *was, Str rhythm, bool off)
{
    int64_t id;
    if (str_eq(was->text, rhythm) && was->off == off) return OK;
    TRY(ids_take(w, 1, &id));
    return db_run(w->db, SQL_SCHEDULE_CHANGED_ADD,
                  VALS(val_int(id), val_int(was->id), val_int(w->now), w->actor ? val_int(w->actor) : val_null(),
                       val_text(was->text), val_text(rhythm), val_int(was->off), val_int(off)), NULL);
}

/* What it missed while it was off is not made up for. */
Err schedule_change(Work *w, int64_t id, Str rhythm, bool off)
{
    ScheduleWall wall;
    ScheduleKept k;
    Str          told;
    TRY(schedule_wall(w, &wall));
    TRY(row_of(w, id, &k));
    bool stays = !rhythm.s && k.off == off;
    TRY(schedule_check(w, &wall, !rhythm.s ? k.text : rhythm.n ? rhythm : k.usual, &told));
    TRY(changed_keep(w, &k, told, off));
    schedule_rhythm(&k, told);
    Moment next = stays ? k.next_at : schedule_next_of(&wall, &k, w->now);
    return db_run(w->db, SQL_SCHEDULE_SET, VALS(val_int(id), val_text(k.text), val_int(off), val_int(next)), NULL);
}

static bool is_here(const Jobs *j, Str kind)
{
    for (int i = 0; j && i < j->first[JOB_SORTS]; i++)
        if (str_eq(j->kinds[i], kind)) return true;
    return false;
}

/* Its job that is not over: 0 where there is none. */
static Err unfinished_of(Work *w, int64_t id, int64_t *job, JobState *state)
{
    Rows rows;
    *job = 0;
    TRY(db_query(w->db, SQL_SCHEDULE_UNFINISHED, VALS(val_int(id)), &rows));
    if (rows_next(&rows)) {
        *job   = row_int(&rows, 0);
        *state = (JobState)row_int(&rows, 1);
    }
    return rows_end(&rows);
}

/* One that failed and waits to be tried again does not wait any longer. */
static Err hurry(Work *w, int64_t job, JobState state)
{
    if (state == JOB_RUNNING) return fail(w, CONFLICT, NULL, "schedule.runs");
    w->job_added = true;
    return db_run(w->db, SQL_SCHEDULE_HURRY, VALS(val_int(job), val_int(w->now)), NULL);
}

Err schedule_run_now(Work *w, int64_t id, int64_t *job)
{
    ScheduleWall wall;
    ScheduleKept k;
    JobState     state = JOB_WAITING;
    TRY(row_of(w, id, &k));
    if (!is_here(atomic_load(&w->lanes->jobs), k.job)) return fail(w, CONFLICT, NULL, "schedule.not_here");
    TRY(unfinished_of(w, id, job, &state));
    if (*job) return hurry(w, *job, state);
    TRY(schedule_wall(w, &wall));
    TRY(schedule_job(w, &wall, &k, w->now, job));
    return db_run(w->db, SQL_SCHEDULE_RAN, VALS(val_int(id), val_int(*job)), NULL);
}

static ScheduleRow told_of(Work *w, const Rows *rows)
{
    ScheduleRow r = { .id = row_int(rows, 0),
                      .name = str_copy(w->mem, row_text(rows, 1)),
                      .job = str_copy(w->mem, row_text(rows, 2)),
                      .rhythm = str_copy(w->mem, row_text(rows, 3)),
                      .usual = str_copy(w->mem, row_text(rows, 4)),
                      .next_at = row_int(rows, 5),
                      .off = row_int(rows, 6) == 1,
                      .last_for = row_int(rows, 7),
                      .state = row_null(rows, 8) ? -1 : (int)row_int(rows, 8),
                      .tries = row_null(rows, 9) ? 0 : (int)row_int(rows, 9),
                      .began_at = row_int(rows, 10),
                      .ended_at = row_int(rows, 11),
                      .again_at = NONE,
                      .problem = str_copy(w->mem, row_text(rows, 13)),
                      .said = str_copy(w->mem, row_text(rows, 14)) };
    if (r.state == JOB_WAITING && r.tries) r.again_at = row_int(rows, 12);
    r.here = is_here(atomic_load(&w->lanes->jobs), r.job);
    return r;
}

Err schedule_list(Work *w, int most, ScheduleRow *out, int *n)
{
    Rows rows;
    *n = 0;
    TRY(db_query(w->db, SQL_SCHEDULE_TOLD, VALS(val_int(most)), &rows));
    while (*n < most && rows_next(&rows)) out[(*n)++] = told_of(w, &rows);
    return rows_end(&rows);
}

Err schedule_one(Work *w, int64_t id, ScheduleRow *out)
{
    Rows rows;
    TRY(db_query(w->db, SQL_SCHEDULE_TOLD_ONE, VALS(val_int(id)), &rows));
    bool found = rows_next(&rows);
    if (found) *out = told_of(w, &rows);
    TRY(rows_end(&rows));
    return found ? OK : fail(w, NOT_FOUND, NULL, "schedule.not_found");
}

Err schedule_forget(Work *w, Moment before, int most, int64_t *n)
{
    return db_run(w->db, SQL_SCHEDULE_FORGET, VALS(val_int(before), val_int(most)), n);
}
