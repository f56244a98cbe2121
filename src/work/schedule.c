/* Rounds: how they are written down, and taken when they are due. */
#include "work/schedule_inside.h"

#include "work/job_slots.h"
#include "work/schedule_sql.h"

enum { DAY_MS = 86400000, DUE_MOST = 64, ROWS_MOST = 10000 };

Err schedule_wall(Work *w, ScheduleWall *out)
{
    *out = (ScheduleWall){ calendar_usual, w->zone };
    return w->lanes->options.calendar ? w->lanes->options.calendar(w, &out->calendar, &out->zone) : OK;
}

Moment schedule_next_of(const ScheduleWall *wall, const ScheduleKept *k, Moment after)
{
    return k->sound ? rhythm_next(&k->rhythm, &wall->calendar, wall->zone, after) : NONE;
}

static Moment last_of(const ScheduleWall *wall, const ScheduleKept *k, Moment at)
{
    return k->sound ? rhythm_last(&k->rhythm, &wall->calendar, wall->zone, at) : NONE;
}

/* After a clock that was wrong: a round that makes up for the last one begins with that. */
static Moment first_of(const ScheduleWall *wall, const ScheduleKept *k, Moment now)
{
    Moment last = k->misses == MISSES_LAST ? last_of(wall, k, now) : NONE;
    return last != NONE ? last : schedule_next_of(wall, k, now);
}

void schedule_rhythm(ScheduleKept *k, Str text)
{
    CalendarFault fault;
    k->text  = text;
    k->sound = rhythm_read(text, &k->rhythm, &fault);
}

ScheduleKept schedule_kept(Arena *mem, const Rows *rows)
{
    ScheduleKept k = { .id = row_int(rows, 0),
                       .name = str_copy(mem, row_text(rows, 1)),
                       .job = str_copy(mem, row_text(rows, 2)),
                       .argument = str_copy(mem, row_text(rows, 3)),
                       .misses = (ScheduleMisses)row_int(rows, 5),
                       .next_at = row_int(rows, 6),
                       .last_for = row_int(rows, 7),
                       .usual = str_copy(mem, row_text(rows, 8)),
                       .off = row_int(rows, 9) == 1 };
    schedule_rhythm(&k, str_copy(mem, row_text(rows, 4)));
    return k;
}

/* ---- what is due ---- */

/* For which moment it runs now; NONE: for none. */
static Moment occurrence_of(const ScheduleWall *wall, const ScheduleKept *k, Moment now)
{
    if (k->misses == MISSES_LAST) return last_of(wall, k, now);
    return k->misses == MISSES_NONE && now - k->next_at > SCHEDULE_LATE_MS ? NONE : k->next_at;
}

/* An occurrence is known by what the firm's clock on the wall shows then. */
static Str key_of(Work *w, const ScheduleWall *wall, Str name, Moment at)
{
    Buf b      = buf_new(w->mem, name.n + 24);
    int second = zone_second(wall->zone, at);
    buf_put(&b, name);
    buf_char(&b, '/');
    buf_day(&b, zone_day(wall->zone, at));
    buf_fmt(&b, "T%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    return buf_str(&b);
}

Err schedule_job(Work *w, const ScheduleWall *wall, const ScheduleKept *k, Moment at, int64_t *job)
{
    JobWanted wanted = { .kind = str_c(w->mem, k->job),
                         .argument = k->argument,
                         .key = key_of(w, wall, k->name, at),
                         .occurrence = at };
    return job_want(w, &wanted, job);
}

static Err round_take(Work *w, const ScheduleWall *wall, const ScheduleKept *k)
{
    Moment  at   = occurrence_of(wall, k, w->now);
    Moment  next = schedule_next_of(wall, k, k->misses == MISSES_EACH ? k->next_at : w->now);
    int64_t job, mine;
    if (at == NONE)
        return db_run(w->db, SQL_SCHEDULE_SET_NEXT, VALS(val_int(k->id), val_int(next), val_int(k->last_for)), NULL);
    TRY(schedule_job(w, wall, k, at, &job));
    TRY(db_run(w->db, SQL_SCHEDULE_TAKE,
               VALS(val_int(k->id), val_int(k->next_at), val_int(next), val_int(at), val_int(job)), &mine));
    return mine ? OK : BUSY; /* somebody was faster: what was added goes with this work */
}

static Err rows_read(Work *w, Str sql, const Val *vals, int n, ScheduleKept *out, ptrdiff_t most, ptrdiff_t *count)
{
    Rows rows;
    TRY(db_query(w->db, sql, vals, n, &rows));
    for (*count = 0; *count < most && rows_next(&rows); ++*count) out[*count] = schedule_kept(w->mem, &rows);
    return rows_end(&rows);
}

static Err take_due(Work *w, void *to)
{
    Jobs         *j = to;
    ScheduleKept *k = NEW_N(w->mem, ScheduleKept, DUE_MOST);
    ScheduleWall  wall;
    ptrdiff_t     n;
    Val kinds = val_texts(j->kinds, j->first[JOB_SORTS]);
    TRY(rows_read(w, SQL_SCHEDULE_ROWS_DUE, VALS(val_int(w->now), kinds), k, DUE_MOST, &n));
    if (!n) return OK;
    TRY(schedule_wall(w, &wall));
    for (ptrdiff_t i = 0; i < n; i++) TRY(round_take(w, &wall, &k[i]));
    return OK;
}

/* ---- a clock that was wrong ---- */

/* It waits for a moment beyond its next one, which has not been run for: the clock was ahead, or its rhythm another. */
static bool waits_too_long(const ScheduleWall *wall, const ScheduleKept *k, Moment now)
{
    Moment next = schedule_next_of(wall, k, now);
    if (k->next_at == NONE || next == NONE || k->next_at <= next) return false;
    return k->last_for == NONE || k->last_for < next || k->last_for - now > DAY_MS;
}

static Err settle(Work *w, void *to)
{
    ScheduleKept *k = NEW_N(w->mem, ScheduleKept, ROWS_MOST);
    ScheduleWall  wall;
    ptrdiff_t     n;
    (void)to;
    TRY(schedule_wall(w, &wall));
    TRY(rows_read(w, SQL_SCHEDULE_ROWS, NO_VALS, k, ROWS_MOST, &n));
    for (ptrdiff_t i = 0; i < n; i++)
        if (waits_too_long(&wall, &k[i], w->now))
            TRY(db_run(w->db, SQL_SCHEDULE_SET_NEXT,
                       VALS(val_int(k[i].id), val_int(first_of(&wall, &k[i], w->now)), val_null()), NULL));
    return OK;
}

Err schedule_reckon(Work *w)
{
    ScheduleKept *k = NEW_N(w->mem, ScheduleKept, ROWS_MOST);
    ScheduleWall  wall;
    ptrdiff_t     n;
    TRY(schedule_wall(w, &wall));
    TRY(rows_read(w, SQL_SCHEDULE_ROWS, NO_VALS, k, ROWS_MOST, &n));
    for (ptrdiff_t i = 0; i < n; i++) {
        if (k[i].next_at != NONE && k[i].next_at <= w->now) continue; /* it is due as it is */
        Moment next = schedule_next_of(&wall, &k[i], w->now);
        TRY(db_run(w->db, SQL_SCHEDULE_SET_NEXT, VALS(val_int(k[i].id), val_int(next), val_int(k[i].last_for)), NULL));
    }
    return OK;
}

/* ---- the keeper's look ---- */

/* From one second to the next a clock that runs goes forward; more than this back, it was set. */
enum { SET_BACK_MS = 2000 };

static Err look(Work *w, void *to)
{
    Jobs *j = to;
    Rows  rows;
    j->due = j->waits = false;
    j->set_back = !j->clock_seen || w->now < j->clock_seen - SET_BACK_MS;
    j->clock_seen = w->now;
    TRY(db_query(w->db, SQL_SCHEDULE_DUE, VALS(val_int(w->now), val_texts(j->kinds, j->first[JOB_SORTS])), &rows));
    if (rows_next(&rows)) {
        j->due   = row_int(&rows, 0) > 0;
        j->waits = row_int(&rows, 1) > 0;
    }
    return rows_end(&rows);
}

static Err turn(Work *w, void *to)
{
    Jobs *j = to;
    if (j->set_back) TRY(settle(w, j));
    return take_due(w, j);
}

static void turned(void *to, Err err, Work *w)
{
    Jobs *j = to;
    (void)w;
    if (err) j->clock_seen = 0; /* from the beginning, a second later */
    atomic_store(&j->looks, false);
}

static void looked(void *to, Err err, Work *w)
{
    Jobs    *j    = to;
    LaneWork next = { .run = turn, .done = turned, .to = j };
    if (!err && j->waits) {
        jobs_kick(w->lanes);
        j->waits = false;
    }
    if (err) j->clock_seen = 0;
    if (!err && (j->due || j->set_back) && lanes_push(j->lanes, LANE_WRITER, &next, true) == OK) return;
    atomic_store(&j->looks, false);
}

void schedule_tick(Jobs *j, int64_t ticks)
{
    LaneWork first = { .run = look, .done = looked, .to = j };
    if (!j->lanes->options.served || ticks < j->schedule_at || atomic_exchange(&j->looks, true)) return;
    j->schedule_at = ticks + LOOK_MS;
    if (lanes_push(j->lanes, LANE_FAST, &first, true)) atomic_store(&j->looks, false);
}

/* ---- writing them down ---- */

static Err round_add(Work *w, const ScheduleWall *wall, const ScheduleRound *r)
{
    int64_t      id;
    ScheduleKept k = { .misses = r->misses };
    schedule_rhythm(&k, str_of(r->rhythm));
    TRY(ids_take(w, 1, &id));
    Moment next = r->at_once ? w->now : schedule_next_of(wall, &k, w->now);
    return db_run(w->db, SQL_SCHEDULE_ADD,
                  VALS(val_int(id), val_text(str_of(r->name)), val_text(str_of(r->job)), val_text(str_of(r->argument)),
                       val_text(k.text), val_int(r->misses), val_int(next)), NULL);
}

Err schedule_named(Work *w, Str sql, Val which, ScheduleKept *out)
{
    Rows rows;
    TRY(db_query(w->db, sql, &which, 1, &rows));
    bool found = rows_next(&rows);
    if (found) *out = schedule_kept(w->mem, &rows);
    TRY(rows_end(&rows));
    return found ? OK : NOT_FOUND;
}

/* What is as it was is not written: a start costs one read a round. */
static Err round_say(Work *w, const ScheduleWall *wall, const ScheduleRound *r, ScheduleKept *k)
{
    Str  job = str_of(r->job), argument = str_of(r->argument), rhythm = str_of(r->rhythm);
    bool follows = str_eq(k->text, k->usual) && !str_eq(k->usual, rhythm);
    if (str_eq(k->job, job) && str_eq(k->argument, argument) && str_eq(k->usual, rhythm) && k->misses == r->misses)
        return OK;
    if (follows) schedule_rhythm(k, rhythm);
    return db_run(w->db, SQL_SCHEDULE_SAY,
                  VALS(val_int(k->id), val_text(job), val_text(argument), val_text(rhythm), val_int(r->misses),
                       val_text(k->text), val_int(follows ? schedule_next_of(wall, k, w->now) : k->next_at)), NULL);
}

Err schedule_put(Work *w, const ScheduleRound *r)
{
    ScheduleWall wall;
    ScheduleKept k;
    Str          told;
    TRY(schedule_wall(w, &wall));
    TRY(schedule_check(w, &wall, str_of(r->rhythm), &told));
    ScheduleRound said = *r;
    said.rhythm        = str_c(w->mem, told);
    Err err            = schedule_named(w, SQL_SCHEDULE_NAMED, val_text(str_of(r->name)), &k);
    if (err == NOT_FOUND) return round_add(w, &wall, &said);
    return err ? err : round_say(w, &wall, &said, &k);
}

Err schedule_remove(Work *w, Str name)
{
    return db_run(w->db, SQL_SCHEDULE_DELETE, VALS(val_text(name)), NULL);
}

Err schedule_begin(Work *w, void *to)
{
    (void)to;
    for (const ScheduleRound *r = w->lanes->options.rounds; r && r->name; r++) TRY(schedule_put(w, r));
    return OK;
}
