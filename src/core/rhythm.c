/* Rhythms: when something comes round. */
#include "core/calendar.h"

enum { EVERY_FROM = 4 /* Monday, 5 January 1970 */, DAYS_MOST = 4000 };

/* Is it the n-th working day of the months from `first` to `last`, or their last where there are fewer? */
static bool is_workday(const Calendar *c, Day day, Month first, Month last, int n)
{
    if (calendar_kind(c, day) == CALENDAR_OFF) return false;
    int until = calendar_workdays(c, month_first(first), day);
    return until == n || (until < n && !calendar_workdays(c, day + 1, month_last(last)));
}

static int month_day(Month m, int n)
{
    int last = month_last(m) - month_first(m) + 1;
    return n < last ? n : last;
}

static bool falls_on(const CalendarRhythm *r, const Calendar *c, Day day)
{
    Civil d     = civil_of(day);
    Month m     = month_of(day), first = m - (d.month - 1) % 3;
    int   since = (day - EVERY_FROM) % (r->n > 0 ? r->n : 1);
    switch (r->kind) {
    case RHYTHM_DAILY:             return true;
    case RHYTHM_WORKDAYS:          return calendar_kind(c, day) != CALENDAR_OFF;
    case RHYTHM_WEEKLY:            return r->week >> weekday_of(day) & 1;
    case RHYTHM_MONTHLY:           return d.day == month_day(m, r->n);
    case RHYTHM_MONTHLY_WORKDAY:   return is_workday(c, day, m, m, r->n);
    case RHYTHM_QUARTERLY_WORKDAY: return is_workday(c, day, first, first + 2, r->n);
    case RHYTHM_YEARLY:            return d.month == r->month && d.day == month_day(m, r->day);
    case RHYTHM_EVERY:             return since == 0;
    default:                       return false;
    }
}

static bool within(Day day) { return day >= DAY_MIN && day <= DAY_MAX; }

/* ---- EACH: by minutes from midnight ---- */

/* The day that the moment belongs to: its midnight was, the next one's has not come yet.  A clock set back over
 * midnight shows the day before once more, but midnight was. */
static Day day_begun(const Zone *zone, Moment at)
{
    Day day = zone_day(zone, at);
    if (calendar_moment(zone, day + 1, 0) <= at) day++;
    return calendar_moment(zone, day, 0) > at ? day - 1 : day;
}

static Moment each_next(const CalendarRhythm *r, const Zone *zone, Moment after)
{
    Day    day  = day_begun(zone, after);
    Moment step = r->n * INT64_C(60000), from = calendar_moment(zone, day, 0), to = calendar_moment(zone, day + 1, 0);
    Moment next = from + ((after - from) / step + 1) * step;
    if (!within(day + 1)) return NONE;
    return next < to ? next : to;
}

static Moment each_last(const CalendarRhythm *r, const Zone *zone, Moment at)
{
    Moment step = r->n * INT64_C(60000), from = calendar_moment(zone, day_begun(zone, at), 0);
    return from + (at - from) / step * step;
}

/* ---- the others: by days ---- */

Moment rhythm_next(const CalendarRhythm *r, const Calendar *c, const Zone *zone, Moment after)
{
    Day day = zone_day(zone, after) - 1;
    if (r->kind == RHYTHM_EACH) return each_next(r, zone, after);
    for (int i = 0; i < DAYS_MOST && within(day); i++, day++) {
        if (!falls_on(r, c, day)) continue;
        Moment at = calendar_moment(zone, day, r->minute * 60);
        if (at > after) return at;
    }
    return NONE;
}

Moment rhythm_last(const CalendarRhythm *r, const Calendar *c, const Zone *zone, Moment at)
{
    Day day = zone_day(zone, at) + 1;
    if (r->kind == RHYTHM_EACH) return each_last(r, zone, at);
    for (int i = 0; i < DAYS_MOST && within(day); i++, day--) {
        if (!falls_on(r, c, day)) continue;
        Moment then = calendar_moment(zone, day, r->minute * 60);
        if (then <= at) return then;
    }
    return NONE;
}
