/* Which days are worked, and what is some working days or hours later. */
#include "core/calendar.h"

enum { SHORTER = 60, YEAR = 366, DAY_SECONDS = 86400 };

const Calendar calendar_usual = {
    .week = 0x1f, .from = 9 * 60, .to = 18 * 60, .pause_from = 13 * 60, .pause_to = 14 * 60, .russia = true
};

static const CalendarDay *correction(const Calendar *c, Day day)
{
    ptrdiff_t low = 0, high = c->n;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (c->days[middle].day < day) low = middle + 1;
        else high = middle;
    }
    return low < c->n && c->days[low].day == day ? &c->days[low] : NULL;
}

CalendarKind calendar_kind(const Calendar *c, Day day)
{
    const CalendarDay *own    = correction(c, day);
    bool               worked = c->week >> weekday_of(day) & 1;
    if (own) return own->kind;
    if (c->russia) return calendar_russia(day, worked);
    return worked ? CALENDAR_WORK : CALENDAR_OFF;
}

int calendar_workdays(const Calendar *c, Day from, Day to)
{
    int n = 0;
    for (Day day = from; day <= to; day++) n += calendar_kind(c, day) != CALENDAR_OFF;
    return n;
}

/* The nearest working day from `day` on, itself included, in steps of one. */
static Day workday_from(const Calendar *c, Day day, int step)
{
    for (int i = 0; i <= YEAR; i++, day += step)
        if (calendar_kind(c, day) != CALENDAR_OFF) return day;
    return DAY_NONE;
}

Day calendar_workday(const Calendar *c, Day day, int n)
{
    int step = n < 0 ? -1 : 1;
    if (n == 0) return workday_from(c, day, 1);
    for (; n && day != DAY_NONE && day >= DAY_MIN && day <= DAY_MAX; n -= step) day = workday_from(c, day + step, step);
    return n ? DAY_NONE : day;
}

/* ---- hours that are worked ---- */

typedef struct {
    int from, to; /* seconds since midnight */
} Stretch;

/* The stretches of a day; how many. */
static int stretches(const Calendar *c, Day day, Stretch out[2])
{
    CalendarKind kind = calendar_kind(c, day);
    int          to   = c->to - (kind == CALENDAR_SHORT ? SHORTER : 0), n = 0;
    if (kind == CALENDAR_OFF) return 0;
    int before = c->pause_from < to ? c->pause_from : to;
    if (before > c->from) out[n++] = (Stretch){ c->from * 60, before * 60 };
    if (to > c->pause_to) out[n++] = (Stretch){ c->pause_to * 60, to * 60 };
    return n;
}

int calendar_minutes(const Calendar *c, Day day)
{
    Stretch s[2];
    int     n = stretches(c, day, s), seconds = 0;
    for (int i = 0; i < n; i++) seconds += s[i].to - s[i].from;
    return seconds / 60;
}

Moment calendar_moment(const Zone *zone, Day day, int second)
{
    Moment at     = zone_moment(zone, day, second);
    int    offset = zone_offset(zone, at);
    if (zone_day(zone, at) == day && zone_second(zone, at) == second) return at;
    Moment low = at - DAY_SECONDS * INT64_C(1000), high = at; /* the jump lies between */
    while (high - low > 1000) {
        Moment middle = low + (high - low) / 2000 * 1000;
        if (zone_offset(zone, middle) == offset) high = middle;
        else low = middle;
    }
    return high;
}

static bool within(Day day) { return day >= DAY_MIN && day <= DAY_MAX; }

/* `left` seconds of work later: the day's stretches are used up from `second` on. */
static Moment work_later(const Calendar *c, const Zone *zone, Day day, int second, int64_t left)
{
    Stretch s[2];
    for (int idle = 0; within(day) && idle <= YEAR; day++, second = 0) {
        int n = stretches(c, day, s);
        idle  = n ? 0 : idle + 1;
        for (int i = 0; i < n; i++) {
            int from = s[i].from > second ? s[i].from : second;
            if (from >= s[i].to) continue;
            if (left <= s[i].to - from) return calendar_moment(zone, day, from + (int)left);
            left -= s[i].to - from;
        }
    }
    return NONE;
}

static Moment work_earlier(const Calendar *c, const Zone *zone, Day day, int second, int64_t left)
{
    Stretch s[2];
    for (int idle = 0; within(day) && idle <= YEAR; day--, second = DAY_SECONDS) {
        int n = stretches(c, day, s);
        idle  = n ? 0 : idle + 1;
        for (int i = n - 1; i >= 0; i--) {
            int to = s[i].to < second ? s[i].to : second;
            if (to <= s[i].from) continue;
            if (left <= to - s[i].from) return calendar_moment(zone, day, to - (int)left);
            left -= to - s[i].from;
        }
    }
    return NONE;
}

/* ---- spans ---- */

static Day month_plus(Day day, int n)
{
    Month m    = month_of(day) + n;
    Day   last = month_last(m), same = month_first(m) + civil_of(day).day - 1;
    return same < last ? same : last;
}

Day calendar_day_plus(const Calendar *c, Day day, CalendarSpan s)
{
    Day to = DAY_NONE;
    if (s.kind == SPAN_DAY) to = day + s.n;
    if (s.kind == SPAN_WEEK) to = day + 7 * s.n;
    if (s.kind == SPAN_MONTH) to = month_plus(day, s.n);
    if (s.kind == SPAN_WORKDAY) to = calendar_workday(c, day, s.n);
    return to != DAY_NONE && within(to) ? to : DAY_NONE;
}

Moment calendar_plus(const Calendar *c, const Zone *zone, Moment at, CalendarSpan s)
{
    Day day    = zone_day(zone, at);
    int second = zone_second(zone, at);
    if (s.kind == SPAN_MIN || s.kind == SPAN_HOUR) {
        at += s.n * (s.kind == SPAN_MIN ? INT64_C(60000) : INT64_C(3600000));
        return within(zone_day(zone, at)) ? at : NONE;
    }
    if (s.kind == SPAN_WORK_HOUR)
        return s.n < 0 ? work_earlier(c, zone, day, second, -s.n * INT64_C(3600))
                       : work_later(c, zone, day, second, s.n * INT64_C(3600));
    day = calendar_day_plus(c, day, s);
    return day == DAY_NONE ? NONE : calendar_moment(zone, day, second) + (at % 1000 + 1000) % 1000;
}
