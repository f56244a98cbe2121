/* The firm's calendar in the base. */
#include "access/calendar.h"

#include "access/access_sql.h"
#include "access/firm.h"
#include "work/schedule.h"

#include <string.h>

enum { DAYS_MOST = 4000, DAY_MINUTES = 24 * 60 };

static Err week_read(Work *w, Calendar *out)
{
    Rows row;
    *out = calendar_usual;
    TRY(db_query(w->db, SQL_CALENDAR_WEEK, NO_VALS, &row));
    if (rows_next(&row))
        *out = (Calendar){ .week = (unsigned)row_int(&row, 0),
                           .from = (int)row_int(&row, 1),
                           .to = (int)row_int(&row, 2),
                           .pause_from = (int)row_int(&row, 3),
                           .pause_to = (int)row_int(&row, 4),
                           .russia = row_int(&row, 5) == 1 };
    return rows_end(&row);
}

static Err days_read(Work *w, Calendar *out)
{
    int64_t n;
    Rows    rows;
    TRY(db_int(w->db, SQL_CALENDAR_DAYS_COUNT, NO_VALS, &n));
    CalendarDay *days = NEW_N(w->mem, CalendarDay, n);
    out->days = days;
    TRY(db_query(w->db, SQL_CALENDAR_DAYS, NO_VALS, &rows));
    for (; out->n < n && rows_next(&rows); out->n++)
        days[out->n] = (CalendarDay){ row_day(&rows, 0), (CalendarKind)row_int(&rows, 1) };
    return rows_end(&rows);
}

Err firm_calendar(Work *w, Calendar *out, const Zone **zone)
{
    Firm firm;
    TRY(week_read(w, out));
    TRY(days_read(w, out));
    if (!zone) return OK;
    TRY(firm_read(w, &firm));
    const Zone *own = zone_load(w->mem, NULL, firm.zone);
    *zone           = own ? own : w->zone;
    return OK;
}

/* ---- of a unit ---- */

/* What is said of single days nearer, before what is said farther away: both by day. */
static void days_over(Work *w, Calendar *c, const CalendarDay *near, ptrdiff_t n)
{
    CalendarDay *all = NEW_RAW(w->mem, CalendarDay, c->n + n);
    ptrdiff_t    a = 0, b = 0, to = 0;
    while (a < n || b < c->n) {
        bool first = b == c->n || (a < n && near[a].day <= c->days[b].day);
        if (first && b < c->n && near[a].day == c->days[b].day) b++;
        all[to++] = first ? near[a++] : c->days[b++];
    }
    c->days = all;
    c->n = to;
}

/* `above`: what those say that the unit belongs to as well. */
static Err unit_days_read(Work *w, int64_t unit, bool above, CalendarDay **out, ptrdiff_t *n)
{
    ptrdiff_t room = 64;
    Rows      rows;
    *n = 0;
    *out = NEW_RAW(w->mem, CalendarDay, room);
    TRY(db_query(w->db, SQL_CALENDAR_UNIT_DAYS, VALS(val_int(unit)), &rows));
    while (rows_next(&rows)) {
        Day day = row_day(&rows, 0);
        if ((!above && row_int(&rows, 2)) || (*n && (*out)[*n - 1].day == day)) continue;
        if (*n == room) {
            CalendarDay *more = NEW_RAW(w->mem, CalendarDay, room *= 2);
            memcpy(more, *out, (size_t)*n * sizeof *more);
            *out = more;
        }
        (*out)[(*n)++] = (CalendarDay){ day, (CalendarKind)row_int(&rows, 1) };
    }
    return rows_end(&rows);
}

static Err unit_need(Work *w, int64_t unit)
{
    int64_t there;
    TRY(db_int(w->db, SQL_CALENDAR_UNIT_THERE, VALS(val_int(unit)), &there));
    return there ? OK : fail(w, INVALID, "unit", "field.points_nowhere");
}

Err unit_calendar(Work *w, int64_t unit, Calendar *out)
{
    CalendarDay *days;
    ptrdiff_t    n;
    TRY(unit_need(w, unit));
    TRY(firm_calendar(w, out, NULL));
    TRY(unit_days_read(w, unit, true, &days, &n));
    if (n) days_over(w, out, days, n);
    return OK;
}

Err unit_days(Work *w, int64_t unit, Calendar *own)
{
    CalendarDay *days;
    TRY(unit_days_read(w, unit, false, &days, &own->n));
    own->days = days;
    return OK;
}

Err user_calendar(Work *w, int64_t user, Calendar *out)
{
    CalendarDay *days;
    ptrdiff_t    n = 0;
    int64_t      unit = 0;
    Rows         row;
    TRY(firm_calendar(w, out, NULL));
    TRY(db_query(w->db, SQL_CALENDAR_UNIT_OF, VALS(val_int(user)), &row));
    if (rows_next(&row) && !row_null(&row, 0)) unit = row_int(&row, 0);
    TRY(rows_end(&row));
    if (unit) TRY(unit_days_read(w, unit, true, &days, &n));
    if (n) days_over(w, out, days, n);
    return OK;
}

Err unit_calendar_day(Work *w, int64_t unit, Day day, CalendarKind kind)
{
    int64_t n;
    TRY(unit_need(w, unit));
    if (!kind) return db_run(w->db, SQL_CALENDAR_UNIT_DAY_REMOVE, VALS(val_int(unit), val_day(day)), NULL);
    TRY(db_int(w->db, SQL_CALENDAR_UNIT_DAYS_COUNT, VALS(val_int(unit)), &n));
    if (n >= DAYS_MOST) return fail(w, CONFLICT, "day", "calendar.too_many_days", arg_count("most", DAYS_MOST));
    return db_run(w->db, SQL_CALENDAR_UNIT_DAY_PUT, VALS(val_int(unit), val_day(day), val_int(kind)), NULL);
}

/* ---- changing the firm's ---- */

Err firm_calendar_week(Work *w, const Calendar *c)
{
    if (!(c->week & 0x7f)) return fail(w, INVALID, "week", "calendar.no_working_day");
    if (c->from < 0 || c->from >= c->to) return fail(w, INVALID, "from", "calendar.hours");
    if (c->to > DAY_MINUTES) return fail(w, INVALID, "to", "calendar.hours");
    if (c->pause_from < c->from || c->pause_to > c->to || c->pause_from > c->pause_to)
        return fail(w, INVALID, "pause_from", "calendar.pause");
    TRY(db_run(w->db, SQL_CALENDAR_WEEK_PUT,
               VALS(val_int(c->week & 0x7f), val_int(c->from), val_int(c->to), val_int(c->pause_from),
                    val_int(c->pause_to), val_int(c->russia)), NULL));
    return schedule_reckon(w);
}

Err firm_calendar_day(Work *w, Day day, CalendarKind kind)
{
    int64_t n;
    TRY(db_int(w->db, SQL_CALENDAR_DAYS_COUNT, NO_VALS, &n));
    if (kind && n >= DAYS_MOST) return fail(w, CONFLICT, "day", "calendar.too_many_days", arg_count("most", DAYS_MOST));
    if (kind) TRY(db_run(w->db, SQL_CALENDAR_DAY_PUT, VALS(val_day(day), val_int(kind)), NULL));
    else TRY(db_run(w->db, SQL_CALENDAR_DAY_REMOVE, VALS(val_day(day)), NULL));
    return schedule_reckon(w);
}
