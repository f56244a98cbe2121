/* The calendar of the firm and of its units: which days are worked, and from when to when. */
#include "access/calendar.h"
#include "app/rounds.h"

static const char *const weekdays[]   = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
static const char *const kind_names[] = { "usual", "work", "short", "off", NULL };
static const char *const holidays[]   = { "none", "russia", NULL };

static int place_of(const char *const *names, Str name)
{
    for (int i = 0; names[i]; i++)
        if (str_eq(name, str_of(names[i]))) return i;
    return -1;
}

/* ---- telling ---- */

static void time_put(JsonOut *j, const char *key, int minute)
{
    char room[12];
    Buf  b = { .data = room, .cap = sizeof room };
    buf_fmt(&b, "%02d:%02d", minute / 60, minute % 60);
    js_key(j, key);
    js_str(j, buf_str(&b));
}

static void week_put(JsonOut *j, const Calendar *c)
{
    js_key(j, "week");
    js_array(j);
    for (int i = 0; weekdays[i]; i++)
        if (c->week >> i & 1) js_c(j, weekdays[i]);
    js_end(j);
    time_put(j, "from", c->from);
    time_put(j, "to", c->to);
    time_put(j, "pause_from", c->pause_from);
    time_put(j, "pause_to", c->pause_to);
    js_key(j, "holidays");
    js_c(j, holidays[c->russia]);
}

static bool is_own(const Calendar *c, Day day)
{
    for (ptrdiff_t i = 0; i < c->n; i++)
        if (c->days[i].day == day) return true;
    return false;
}

/* The days of a year that are not as the usual week has them, and those that are `said` by whose calendar it is: the
 * firm, or a unit. */
static void days_put(JsonOut *j, const Calendar *c, const Calendar *said, int year)
{
    js_key(j, "days");
    js_array(j);
    for (Day day = day_of((Civil){ year, 1, 1 }), end = day_of((Civil){ year + 1, 1, 1 }); day < end; day++) {
        CalendarKind kind = calendar_kind(c, day);
        CalendarKind usual = c->week >> weekday_of(day) & 1 ? CALENDAR_WORK : CALENDAR_OFF;
        bool         own   = is_own(said, day);
        if (kind == usual && !own) continue;
        js_object(j);
        js_key(j, "day");
        js_day(j, day);
        js_key(j, "kind");
        js_c(j, kind_names[kind]);
        js_key(j, "own");
        js_bool(j, own);
        js_end(j);
    }
    js_end(j);
}

static void months_put(JsonOut *j, const Calendar *c, int year)
{
    js_key(j, "months");
    js_array(j);
    for (Month m = year * 12; m < year * 12 + 12; m++) {
        int minutes = 0;
        for (Day day = month_first(m); day <= month_last(m); day++) minutes += calendar_minutes(c, day);
        js_object(j);
        js_key(j, "month");
        js_month(j, m);
        js_key(j, "workdays");
        js_i64(j, calendar_workdays(c, month_first(m), month_last(m)));
        js_key(j, "minutes");
        js_i64(j, minutes);
        js_end(j);
    }
    js_end(j);
}

static Err calendar_json(Request *r, const Calendar *c, const Calendar *said, int year)
{
    js_object(&r->out);
    js_key(&r->out, "year");
    js_i64(&r->out, year);
    week_put(&r->out, c);
    days_put(&r->out, c, said, year);
    months_put(&r->out, c, year);
    js_end(&r->out);
    return OK;
}

/* `unit` 0: the firm's. */
static Err calendar_put(Request *r, int64_t unit, int year)
{
    Calendar c, said = { 0 };
    if (unit) TRY(unit_calendar(r->w, unit, &c));
    else TRY(firm_calendar(r->w, &c, NULL));
    if (unit) TRY(unit_days(r->w, unit, &said));
    return calendar_json(r, &c, unit ? &said : &c, year);
}

static Err show(Request *r)
{
    int64_t  year = civil_of(r->w->today).year, unit = 0;
    bool     mine = false;
    Calendar c;
    TRY(asked_i64(r, "year", 1900, 2198, &year));
    TRY(asked_i64(r, "unit", 1, INT64_MAX, &unit));
    TRY(asked_bool(r, "mine", &mine));
    if (!mine) return calendar_put(r, unit, (int)year);
    TRY(user_calendar(r->w, r->w->actor, &c));
    return calendar_json(r, &c, &c, (int)year);
}

/* ---- changing ---- */

static Err time_take(Request *r, const char *name, int *minute)
{
    Str     text = { 0 }, rest;
    int64_t hour, min;
    TRY(body_text_maybe(r, name, 5, &text));
    if (!text.s) return OK;
    rest = text;
    Str head = str_cut(&rest, ':');
    if (!str_i64(head, &hour) || !str_i64(rest, &min) || rest.n != 2 || hour < 0 || hour > 24 || min < 0 || min > 59)
        return fail(r->w, INVALID, name, "calendar.no_time");
    *minute = (int)(hour * 60 + min);
    return OK;
}

static Err week_take(Request *r, unsigned *week)
{
    Str text = { 0 };
    TRY(body_text_maybe(r, "week", 40, &text));
    if (!text.s) return OK;
    *week = 0;
    while (text.n) {
        int at = place_of(weekdays, str_cut(&text, ','));
        if (at < 0) return fail(r->w, INVALID, "week", "calendar.no_weekday");
        *week |= 1u << at;
    }
    return OK;
}

static Err holidays_take(Request *r, bool *russia)
{
    Str text = str_of(holidays[*russia]);
    TRY(body_text_maybe(r, "holidays", 10, &text));
    int at = place_of(holidays, text);
    if (at < 0) return fail(r->w, INVALID, "holidays", "request.no_choice");
    *russia = at == 1;
    return OK;
}

static Err change(Request *r)
{
    Calendar c;
    TRY(firm_calendar(r->w, &c, NULL));
    TRY(week_take(r, &c.week));
    TRY(time_take(r, "from", &c.from));
    TRY(time_take(r, "to", &c.to));
    TRY(time_take(r, "pause_from", &c.pause_from));
    TRY(time_take(r, "pause_to", &c.pause_to));
    TRY(holidays_take(r, &c.russia));
    TRY(firm_calendar_week(r->w, &c));
    return calendar_put(r, 0, civil_of(r->w->today).year);
}

static Err day_change(Request *r)
{
    Day     day;
    Str     kind;
    int64_t unit = 0;
    TRY(body_day(r, "day", &day));
    TRY(body_text(r, "kind", 10, &kind));
    int at = place_of(kind_names, kind);
    if (at < 0) return fail(r->w, INVALID, "kind", "request.no_choice");
    TRY(body_i64_maybe(r, "unit", 1, INT64_MAX, &unit));
    if (unit) TRY(unit_calendar_day(r->w, unit, day, (CalendarKind)at));
    else TRY(firm_calendar_day(r->w, day, (CalendarKind)at));
    return calendar_put(r, unit, civil_of(day).year);
}

#define CALENDAR_GIVES                                                                                                 \
    "year: int, week: list, from: text, to: text, pause_from: text, pause_to: text, holidays: text, days: list, "      \
    "months: list"

const Route calendar_routes[] = {
    { .method = GET,
      .path = "/api/calendar",
      .run = show,
      .takes = "year: int?, unit: int?, mine: bool?",
      .gives = CALENDAR_GIVES,
      .says = "route.calendar" },
    { .method = PATCH,
      .path = "/api/calendar",
      .run = change,
      .needs = { "firm", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "week: text?, from: text?, to: text?, pause_from: text?, pause_to: text?, holidays: none|russia?",
      .gives = CALENDAR_GIVES,
      .says = "route.calendar.change" },
    { .method = PATCH,
      .path = "/api/calendar/day",
      .run = day_change,
      .needs = { "firm", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "day: day, kind: usual|work|short|off, unit: int?",
      .gives = CALENDAR_GIVES,
      .says = "route.calendar.day" },
    { 0 },
};
