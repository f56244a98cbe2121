/* The firm's calendar in the base. */
#include "access/calendar.h"

#include "access/access_sql.h"
#include "access/firm.h"
#include "work/schedule.h"

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
