/* Days and moments by the clock, as a condition writes them: `-14`, `quarter.start-1 d`, `-4 h`. */
#include "entity/filter_inside.h"

enum { DAYS_AWAY = 36600, WORKDAYS_AWAY = 5000, MONTHS_AWAY = 1200 };

static const char *const anchors[] = { "today", "week", "month", "quarter", "year" };

static bool within(CalendarSpan s)
{
    return s.n <= (s.kind == SPAN_DAY ? DAYS_AWAY : s.kind == SPAN_WORKDAY ? WORKDAYS_AWAY : MONTHS_AWAY);
}

/* A number alone is one of days; weeks are days, so that what means the same has one text. */
static bool unsigned_read(Str text, CalendarSpan *out)
{
    CalendarFault fault;
    int64_t       days;
    if (!text.n || text.s[0] < '0' || text.s[0] > '9') return false;
    if (str_i64(text, &days)) {
        *out = (CalendarSpan){ SPAN_DAY, days <= DAYS_AWAY ? (int)days : DAYS_AWAY + 1 };
        return within(*out);
    }
    if (!span_read(text, out, &fault)) return false;
    if (out->kind == SPAN_WEEK) *out = (CalendarSpan){ SPAN_DAY, out->n * 7 };
    return (out->kind == SPAN_DAY || out->kind == SPAN_WORKDAY || out->kind == SPAN_MONTH) && within(*out);
}

static bool away_read(Str text, CalendarSpan *out)
{
    bool minus = str_starts(text, S("-"));
    if (minus || str_starts(text, S("+"))) text = str_trim(str_from(text, 1));
    if (!unsigned_read(text, out)) return false;
    if (minus) out->n = -out->n;
    return true;
}

/* month.start, and what stands behind it. */
static bool anchor_read(Str *rest, FilterDay *out)
{
    for (int i = 0; i < COUNT(anchors); i++) {
        Str name = str_of(anchors[i]);
        if (!str_starts(*rest, name)) continue;
        out->anchor = (FilterAnchor)i;
        *rest = str_from(*rest, name.n);
        if (i == FILTER_DAY_TODAY) return true;
        out->end = str_starts(*rest, S(".end"));
        if (!out->end && !str_starts(*rest, S(".start"))) return false;
        *rest = str_from(*rest, out->end ? 4 : 6);
        return true;
    }
    return false;
}

bool filter_day_read(Str text, FilterDay *out)
{
    Str rest = str_trim(text);
    *out = (FilterDay){ .span = { SPAN_DAY, 0 } };
    bool anchor = anchor_read(&rest, out);
    rest = str_trim(rest);
    if (!rest.n) return anchor;
    if (anchor && rest.s[0] != '-' && rest.s[0] != '+') return false;
    return away_read(rest, &out->span);
}

/* A span of none is the day itself, whatever it is a span of. */
void filter_day_write(Buf *to, FilterDay day)
{
    bool anchored = day.anchor != FILTER_DAY_TODAY;
    if (anchored) buf_fmt(to, "%s.%s", anchors[day.anchor], day.end ? "end" : "start");
    if (anchored && !day.span.n) return;
    if (anchored && day.span.n > 0) buf_char(to, '+');
    if (!day.span.n || (!anchored && day.span.kind == SPAN_DAY)) buf_i64(to, day.span.n);
    else span_write(to, day.span);
}

bool filter_now_read(Str text, CalendarSpan *out)
{
    CalendarFault fault;
    text = str_trim(text);
    *out = (CalendarSpan){ SPAN_MIN, 0 };
    if (str_eq(text, S("0"))) return true;
    bool minus = str_starts(text, S("-"));
    if (minus || str_starts(text, S("+"))) text = str_trim(str_from(text, 1));
    if (!text.n || text.s[0] < '0' || text.s[0] > '9' || !span_read(text, out, &fault)) return false;
    if (minus) out->n = -out->n;
    return true;
}

void filter_now_write(Buf *to, CalendarSpan span)
{
    if (span.n) span_write(to, span);
    else buf_char(to, '0');
}

/* ---- what day that is ---- */

static Day anchored(Day today, FilterDay day)
{
    static const int months[] = { [FILTER_DAY_MONTH] = 1, [FILTER_DAY_QUARTER] = 3, [FILTER_DAY_YEAR] = 12 };
    if (day.anchor == FILTER_DAY_TODAY) return today;
    if (day.anchor == FILTER_DAY_WEEK) return today - weekday_of(today) + (day.end ? 6 : 0);
    int   whole = months[day.anchor];
    Month first = month_of(today) - month_of(today) % whole;
    return day.end ? month_last(first + whole - 1) : month_first(first);
}

Day filter_day_of(const Calendar *c, Day today, FilterDay day)
{
    Day at = anchored(today, day);
    return day.span.n ? calendar_day_plus(c, at, day.span) : at;
}
