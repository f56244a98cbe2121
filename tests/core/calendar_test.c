/* Working days, rhythms and spans.  Working days of each month: the tables that go with decrees No 1335 of 4.10.2024,
 * No 1466 of 24.09.2025 and No 1187 of 17.09.2026 (247 days and 1,972 hours a year at 40 a week).  Rhythms are compared
 * with a walk over every minute of a year that knows nothing but what the wall clock shows. */
#include "core/calendar.h"
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

static Day day(int y, int m, int d) { return day_of((Civil){ y, m, d }); }

static Moment at(const Zone *z, int y, int m, int d, int hour, int minute)
{
    return zone_moment(z, day(y, m, d), hour * 3600 + minute * 60);
}

/* The text in its one form, or the place and the key of what is wrong. */
static Str rhythm_told(Test *t, const char *text)
{
    CalendarRhythm r;
    CalendarFault  fault;
    Buf            b = buf_new(&t->mem, 64);
    if (rhythm_read(str_of(text), &r, &fault)) rhythm_write(&b, &r);
    else buf_fmt(&b, "%d %s", (int)fault.at, fault.key);
    return buf_str(&b);
}

static Str span_told(Test *t, const char *text)
{
    CalendarSpan  s;
    CalendarFault fault;
    Buf           b = buf_new(&t->mem, 64);
    if (span_read(str_of(text), &s, &fault)) span_write(&b, s);
    else buf_fmt(&b, "%d %s", (int)fault.at, fault.key);
    return buf_str(&b);
}

static CalendarRhythm rhythm(const char *text)
{
    CalendarRhythm r;
    CalendarFault  fault;
    return rhythm_read(str_of(text), &r, &fault) ? r : (CalendarRhythm){ 0 };
}

static Moment later(const Calendar *c, const Zone *z, Moment from, const char *text)
{
    CalendarSpan  s;
    CalendarFault fault;
    return span_read(str_of(text), &s, &fault) ? calendar_plus(c, z, from, s) : NONE;
}

static Str moment_text(Test *t, const Zone *z, Moment m)
{
    Buf b = buf_new(&t->mem, 40);
    if (m == NONE) return S("never");
    buf_day(&b, zone_day(z, m));
    buf_fmt(&b, " %02d:%02d", zone_second(z, m) / 3600, zone_second(z, m) / 60 % 60);
    return buf_str(&b);
}

static Str next_text(Test *t, const Zone *z, const Calendar *c, const char *text, Moment after)
{
    CalendarRhythm r = rhythm(text);
    return moment_text(t, z, rhythm_next(&r, c, z, after));
}

/* ---- every minute of some months, as the wall shows it ---- */

enum { DAYS = 420, MINUTES = DAYS * 1440 };

typedef struct {
    Moment from;
    Day   *day;
    short *minute;
} Walk;

static Walk walk_of(Test *t, const Zone *z, Day from)
{
    Walk w = { .from = (Moment)from * 86400000, .day = NEW_N(&t->mem, Day, MINUTES),
               .minute = NEW_N(&t->mem, short, MINUTES) };
    for (int i = 0; i < MINUTES; i++) {
        w.day[i]    = zone_day(z, w.from + i * INT64_C(60000));
        w.minute[i] = (short)(zone_second(z, w.from + i * INT64_C(60000)) / 60);
    }
    return w;
}

static int nth_workday(const Calendar *c, Day in, int months, int n, Day *out)
{
    Civil of = civil_of(in);
    int   first = months == 3 ? (of.month - 1) / 3 * 3 + 1 : of.month, seen = 0;
    Day   d = day(of.year, first, 1);
    *out = DAY_NONE;
    for (; civil_of(d).year == of.year && civil_of(d).month < first + months; d++) {
        if (calendar_kind(c, d) == CALENDAR_OFF) continue;
        if (++seen <= n) *out = d;
    }
    return seen;
}

static int length_of(Civil c)
{
    int n = 28;
    while (n < 31 && day_valid((Civil){ c.year, c.month, n + 1 })) n++;
    return n;
}

static bool is_on(const CalendarRhythm *r, const Calendar *c, Day d)
{
    Civil of = civil_of(d);
    Day   nth;
    switch (r->kind) {
    case RHYTHM_DAILY:    return true;
    case RHYTHM_WORKDAYS: return calendar_minutes(c, d) > 0;
    case RHYTHM_WEEKLY:   return r->week & 1u << weekday_of(d);
    case RHYTHM_MONTHLY:  return of.day == (r->n > length_of(of) ? length_of(of) : r->n);
    case RHYTHM_MONTHLY_WORKDAY: nth_workday(c, d, 1, r->n, &nth); return nth == d;
    case RHYTHM_QUARTERLY_WORKDAY: nth_workday(c, d, 3, r->n, &nth); return nth == d;
    case RHYTHM_YEARLY: return of.month == r->month && of.day == (r->day > length_of(of) ? length_of(of) : r->day);
    case RHYTHM_EVERY: return (d - day(1970, 1, 5)) % r->n == 0;
    default: return false;
    }
}

/* By minute: does it come round then?  A day's moment is the first at which the wall shows that time or later. */
static char *marks_of(Test *t, const Walk *w, const Calendar *c, const CalendarRhythm *r)
{
    char *mark = NEW_N(&t->mem, char, MINUTES);
    int   since = -1;
    for (int i = 1; i < MINUTES; i++) {
        bool begins = w->day[i] > w->day[i - 1];
        for (int back = 1; begins && back <= 180 && back <= i; back++) begins = w->day[i - back] < w->day[i];
        if (begins) since = 0;
        else if (since >= 0) since++;
        if (r->kind == RHYTHM_EACH) mark[i] = since >= 0 && since % r->n == 0;
    }
    Day done = w->day[0];
    for (int i = 0; i < MINUTES && r->kind != RHYTHM_EACH; i++) {
        if (w->day[i] <= done || w->minute[i] < r->minute) continue;
        done    = w->day[i];
        mark[i] = is_on(r, c, done);
    }
    return mark;
}

static bool walks_the_same(Test *t, const Walk *w, const Zone *z, const Calendar *c, const CalendarRhythm *r)
{
    enum { MARGIN = 3 * 1440 };
    Arena before = t->mem;
    char *mark   = marks_of(t, w, c, r);
    int   last   = -1;
    bool  same   = true;
    for (int i = 0; i < MINUTES - MARGIN && same; i++) {
        Moment m = w->from + i * INT64_C(60000);
        if (i > MARGIN && last > MARGIN && (mark[i] || i % 977 == 0))
            same = rhythm_last(r, c, z, m) == w->from + (mark[i] ? i : last) * INT64_C(60000) &&
                   rhythm_last(r, c, z, m + 59999) == w->from + (mark[i] ? i : last) * INT64_C(60000);
        if (mark[i] && i > MARGIN && last > MARGIN)
            same = same && rhythm_next(r, c, z, w->from + last * INT64_C(60000)) == m &&
                   rhythm_next(r, c, z, m - 1) == m;
        if (mark[i]) last = i;
    }
    t->mem = before;
    return same;
}

static CalendarRhythm any_rhythm(unsigned *seed)
{
    CalendarRhythm r = { .kind   = (CalendarRhythmKind)(rand_r(seed) % RHYTHM_A_WEEK),
                         .minute = rand_r(seed) % 1440,
                         .week   = 1u + (unsigned)rand_r(seed) % 127,
                         .month  = 1 + rand_r(seed) % 12,
                         .day    = 1 + rand_r(seed) % 28 };
    int most[] = { [RHYTHM_MONTHLY] = 31, [RHYTHM_MONTHLY_WORKDAY] = 23, [RHYTHM_QUARTERLY_WORKDAY] = 66,
                   [RHYTHM_EACH] = 1440, [RHYTHM_EVERY] = 40 };
    if (rand_r(seed) % 3 == 0) r.minute = rand_r(seed) % 240; /* where clocks jump */
    r.n = r.kind < RHYTHM_A_WEEK && most[r.kind] ? 1 + rand_r(seed) % most[r.kind] : 0;
    return r;
}

TESTS(test_calendar)
{
    static Zones zones;
    const Zone  *moscow = zones_get(&zones, S("Europe/Moscow"));
    CASE("the production calendar of Russia has the working days and hours of its decrees, month by month") {
        static const int days[3][12] = { { 17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22 },
                                         { 15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22 },
                                         { 15, 19, 22, 22, 19, 21, 22, 22, 22, 21, 20, 22 } };
        for (int y = 2025; y <= 2027; y++) {
            int minutes = 0;
            for (int m = 1; m <= 12; m++)
                EQUAL(calendar_workdays(&calendar_usual, day(y, m, 1), month_last(month_of(day(y, m, 1)))),
                      days[y - 2025][m - 1]);
            for (Day d = day(y, 1, 1); d < day(y + 1, 1, 1); d++) minutes += calendar_minutes(&calendar_usual, d);
            EQUAL(minutes, 1972 * 60);
        }
        EQUAL(calendar_kind(&calendar_usual, day(2025, 11, 1)), CALENDAR_SHORT);
        EQUAL(calendar_kind(&calendar_usual, day(2026, 5, 8)), CALENDAR_SHORT);
        EQUAL(calendar_kind(&calendar_usual, day(2027, 2, 20)), CALENDAR_SHORT);
        EQUAL(calendar_kind(&calendar_usual, day(2027, 2, 22)), CALENDAR_OFF);
    }
    CASE("a year whose decree is not out goes by the Labour Code: 1 May 2032 is a Saturday, so Monday is off") {
        EQUAL(calendar_kind(&calendar_usual, day(2032, 5, 3)), CALENDAR_OFF);
        EQUAL(calendar_kind(&calendar_usual, day(2032, 4, 30)), CALENDAR_SHORT);
        EQUAL(calendar_kind(&calendar_usual, day(2032, 1, 8)), CALENDAR_OFF);
        EQUAL(calendar_kind(&calendar_usual, day(2032, 1, 9)), CALENDAR_WORK);
        EQUAL(calendar_kind(&calendar_usual, day(2033, 1, 10)), CALENDAR_WORK); /* those of January move nothing */
    }
    CASE("what the firm says of a day wins over the holidays and over its week") {
        static const CalendarDay own[] = { { 20585, CALENDAR_WORK }, { 20588, CALENDAR_OFF } };
        Calendar c = calendar_usual;
        c.days = own, c.n = 2;
        EQUAL(day(2026, 5, 12), 20585);
        Calendar none = { .week = 0x3f, .from = 540, .to = 1080, .pause_from = 780, .pause_to = 840 };
        EQUAL(calendar_kind(&c, 20588), CALENDAR_OFF);
        EQUAL(calendar_kind(&calendar_usual, 20588), CALENDAR_WORK);
        EQUAL(calendar_kind(&none, day(2026, 1, 1)), CALENDAR_WORK);
        EQUAL(calendar_kind(&none, day(2026, 1, 3)), CALENDAR_WORK);
        EQUAL(calendar_kind(&none, day(2026, 1, 4)), CALENDAR_OFF);
    }
    CASE("a rhythm is written in one form, and a wrong one says where it goes wrong") {
        static const char *const told[][2] = {
            { "daily 17:00", "daily 17:00" }, { " daily   7:05 ", "daily 07:05" },
            { "workdays 08:00", "workdays 08:00" }, { "weekly thu,mon 09:00", "weekly mon,thu 09:00" },
            { "monthly 1 08:00", "monthly 1 08:00" }, { "monthly workday 1 08:00", "monthly workday 1 08:00" },
            { "quarterly workday 66 08:00", "quarterly workday 66 08:00" }, { "yearly 05-09", "yearly 05-09" },
            { "yearly 2-29 10:00", "yearly 02-29 10:00" }, { "yearly 05-09 00:00", "yearly 05-09" },
            { "each 15 min", "each 15 min" }, { "each 120 min", "each 2 h" }, { "each 24 h", "each 24 h" },
            { "every 14 d", "every 14 d" }, { "every 2 w 09:00", "every 14 d 09:00" },
            { "2 a week", "2 a week" }, { "3 a month", "3 a month" },
            { "", "0 rhythm.kind" }, { "hourly", "0 rhythm.kind" }, { "dailyx 10:00", "0 rhythm.kind" },
            { "daily", "5 rhythm.time" }, { "daily 24:00", "6 rhythm.time" }, { "daily 17:5", "6 rhythm.time" },
            { "daily 17:00 x", "12 rhythm.tail" }, { "weekly mon;tue 09:00", "10 rhythm.weekday" },
            { "weekly mon,", "11 rhythm.weekday" }, { "monthly 0 08:00", "8 rhythm.number" },
            { "monthly 32 08:00", "8 rhythm.number" }, { "monthly workday 24 08:00", "16 rhythm.number" },
            { "quarterly 1 08:00", "10 rhythm.workday" }, { "yearly 02-30", "7 rhythm.date" },
            { "yearly 13-01", "7 rhythm.date" }, { "each 0 min", "5 rhythm.number" },
            { "each 25 h", "5 rhythm.number" },
            { "each 15 d", "8 rhythm.min_or_h" }, { "every 14 h", "9 rhythm.d_or_w" },
            { "every 4000 d", "6 rhythm.number" }, { "every 999 w", "6 rhythm.number" },
            { "2 an week", "2 rhythm.a_week" }, { "2 a year", "4 rhythm.a_week" }, { "2 a week now", "9 rhythm.tail" },
            { "999999999999 a week", "0 rhythm.number" },
        };
        for (ptrdiff_t i = 0; i < COUNT(told); i++) STR(rhythm_told(t, told[i][0]), str_of(told[i][1]));
    }
    CASE("so has a span") {
        static const char *const told[][2] = {
            { "30 min", "30 min" }, { "4h", "4 h" }, { "4 wh", "4 wh" }, { "-3 d", "-3 d" }, { "12 wd", "12 wd" },
            { "2 w", "2 w" }, { "1 m", "1 m" }, { " 0  d ", "0 d" }, { "99999 m", "99999 m" },
            { "", "0 span.number" }, { "d", "0 span.number" }, { "- 3 d", "1 span.number" }, { "3", "1 span.unit" },
            { "3 y", "2 span.unit" }, { "3 days", "2 span.unit" }, { "3 d 4 h", "4 span.tail" },
            { "100000 d", "0 span.number" }, { "99999999999999999999 d", "0 span.number" },
        };
        for (ptrdiff_t i = 0; i < COUNT(told); i++) STR(span_told(t, told[i][0]), str_of(told[i][1]));
    }
    CASE("rhythms and spans are said in both languages") {
        CalendarRhythm workdays = rhythm("workdays 08:00"), weekly = rhythm("weekly mon,thu 9:00"),
                       each = rhythm("each 2 h");
        Buf b = buf_new(&t->mem, 400);
        rhythm_say(&b, (Voice){ LANG_RU, NULL }, &workdays), buf_c(&b, "; ");
        rhythm_say(&b, (Voice){ LANG_RU, NULL }, &weekly), buf_c(&b, "; ");
        rhythm_say(&b, (Voice){ LANG_EN, NULL }, &each), buf_c(&b, "; ");
        span_say(&b, (Voice){ LANG_RU, NULL }, (CalendarSpan){ SPAN_WORKDAY, 3 });
        STR(buf_str(&b), S("по рабочим дням в 08:00; каждую неделю: пн, чт в 09:00;"
                           " every 2 h; 3 рабочих дня"));
    }
    CASE("a rhythm comes round on the days and at the times it says") {
        const Calendar *c = &calendar_usual;
        Moment friday = at(moscow, 2026, 12, 30, 18, 0);
        STR(next_text(t, moscow, c, "daily 17:00", friday), S("2026-12-31 17:00"));
        STR(next_text(t, moscow, c, "daily 18:00", friday), S("2026-12-31 18:00"));
        STR(next_text(t, moscow, c, "workdays 08:00", friday), S("2027-01-11 08:00"));
        STR(next_text(t, moscow, c, "weekly mon,thu 09:00", friday), S("2026-12-31 09:00"));
        STR(next_text(t, moscow, c, "monthly 31 09:00", at(moscow, 2026, 2, 1, 0, 0)), S("2026-02-28 09:00"));
        STR(next_text(t, moscow, c, "monthly workday 1 08:00", friday), S("2027-01-11 08:00"));
        STR(next_text(t, moscow, c, "monthly workday 23 08:00", friday), S("2027-01-29 08:00"));
        STR(next_text(t, moscow, c, "quarterly workday 2 08:00", friday), S("2027-01-12 08:00"));
        STR(next_text(t, moscow, c, "yearly 02-29", friday), S("2027-02-28 00:00"));
        STR(next_text(t, moscow, c, "each 15 min", friday), S("2026-12-30 18:15"));
        STR(next_text(t, moscow, c, "each 7 h", at(moscow, 2026, 12, 30, 21, 0)), S("2026-12-31 00:00"));
        STR(next_text(t, moscow, c, "2 a week", friday), S("never"));
        Calendar idle = { .week = 0, .from = 540, .to = 1080, .pause_from = 780, .pause_to = 840 };
        STR(next_text(t, moscow, &idle, "workdays 08:00", friday), S("never"));
        STR(next_text(t, moscow, &idle, "monthly workday 1 08:00", friday), S("never"));
        STR(next_text(t, moscow, c, "daily 08:00", at(moscow, 2199, 12, 31, 9, 0)), S("never"));
    }
    CASE("an hour that comes twice counts once, and one that never comes is the moment of the jump") {
        const Zone *berlin = zone_load(&t->mem, NULL, S("Europe/Berlin"));
        CalendarRhythm r = rhythm("daily 02:30");
        Moment spring = rhythm_next(&r, &calendar_usual, berlin, at(berlin, 2026, 3, 28, 12, 0));
        EQUAL(spring, ((Moment)day(2026, 3, 29) * 86400 + 3600) * 1000);
        STR(moment_text(t, berlin, spring), S("2026-03-29 03:00"));
        Moment autumn = rhythm_next(&r, &calendar_usual, berlin, at(berlin, 2026, 10, 24, 12, 0));
        EQUAL(autumn, ((Moment)day(2026, 10, 25) * 86400 + 1800) * 1000);
        STR(moment_text(t, berlin, rhythm_next(&r, &calendar_usual, berlin, autumn)), S("2026-10-26 02:30"));
    }
    CASE("rhythms are those of a walk over every minute, whatever the clock on the wall does") {
        static const struct { const char *zone; int year; } walks[] = {
            { "Europe/Moscow", 2026 }, { "Europe/Berlin", 2026 }, { "America/Sao_Paulo", 2017 },
            { "Australia/Lord_Howe", 2026 }, { "Africa/Cairo", 2026 }, { "Asia/Kathmandu", 2026 },
        };
        unsigned seed = 7;
        for (ptrdiff_t i = 0; i < COUNT(walks); i++) {
            const Zone *z = zone_load(&t->mem, NULL, str_of(walks[i].zone));
            Walk        w = walk_of(t, z, day(walks[i].year, 1, 1));
            for (int k = 0; k < 60; k++) {
                CalendarRhythm r    = any_rhythm(&seed);
                Buf            text = buf_new(&t->scratch, 64);
                rhythm_write(&text, &r);
                test_check(t, walks_the_same(t, &w, z, &calendar_usual, &r), __FILE__, __LINE__, "%s in %s",
                           str_c(&t->scratch, buf_str(&text)), walks[i].zone);
            }
        }
    }
    CASE("spans keep the time on the wall, and count what is worked where they say so") {
        const Calendar *c = &calendar_usual;
        const Zone *berlin = zone_load(&t->mem, NULL, S("Europe/Berlin"));
        Moment      then = at(moscow, 2026, 12, 30, 16, 30);
        STR(moment_text(t, moscow, later(c, moscow, then, "30 min")), S("2026-12-30 17:00"));
        STR(moment_text(t, moscow, later(c, moscow, then, "-4 h")), S("2026-12-30 12:30"));
        STR(moment_text(t, moscow, later(c, moscow, then, "4 wh")), S("2027-01-11 11:30"));
        STR(moment_text(t, moscow, later(c, moscow, then, "-4 wh")), S("2026-12-30 11:30"));
        STR(moment_text(t, moscow, later(c, moscow, then, "1 wd")), S("2027-01-11 16:30"));
        STR(moment_text(t, moscow, later(c, moscow, at(moscow, 2027, 1, 5, 10, 0), "0 wd")), S("2027-01-11 10:00"));
        STR(moment_text(t, moscow, later(c, moscow, at(moscow, 2027, 1, 5, 10, 0), "-1 wd")), S("2026-12-30 10:00"));
        STR(moment_text(t, moscow, later(c, moscow, then, "2 w")), S("2027-01-13 16:30"));
        STR(moment_text(t, moscow, later(c, moscow, at(moscow, 2026, 1, 31, 9, 0), "1 m")), S("2026-02-28 09:00"));
        STR(moment_text(t, moscow, later(c, moscow, then, "-10 m")), S("2026-02-28 16:30"));
        STR(moment_text(t, berlin, later(c, berlin, at(berlin, 2026, 3, 28, 12, 0), "1 d")), S("2026-03-29 12:00"));
        STR(moment_text(t, berlin, later(c, berlin, at(berlin, 2026, 3, 28, 12, 0), "24 h")), S("2026-03-29 13:00"));
        STR(moment_text(t, moscow, later(c, moscow, then, "99999 m")), S("never"));
        EQUAL(calendar_day_plus(c, day(2026, 4, 30), (CalendarSpan){ SPAN_WORKDAY, 5 }), day(2026, 5, 8));
        EQUAL(calendar_day_plus(c, day(2026, 4, 30), (CalendarSpan){ SPAN_HOUR, 5 }), DAY_NONE);
        /* eight hours of work are a day; a short one has seven */
        STR(moment_text(t, moscow, later(c, moscow, at(moscow, 2026, 6, 11, 9, 0), "8 wh")), S("2026-06-15 10:00"));
    }
}
