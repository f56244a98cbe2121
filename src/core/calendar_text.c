/* Rhythms and spans as texts, and in words. */
#include "core/calendar.h"

#include <string.h>

typedef struct {
    Str            all, rest;
    CalendarFault *fault;
} Reader;

static bool refuse(Reader *r, const char *key)
{
    *r->fault = (CalendarFault){ key, r->all.n - r->rest.n };
    return false;
}

static void skip(Reader *r)
{
    while (r->rest.n && *r->rest.s == ' ') r->rest = str_from(r->rest, 1);
}

/* The word ends with it. */
static bool take(Reader *r, const char *word)
{
    Str w = str_of(word);
    if (!str_starts(r->rest, w) || (r->rest.n > w.n && r->rest.s[w.n] != ' ')) return false;
    r->rest = str_from(r->rest, w.n);
    skip(r);
    return true;
}

static bool digits(Reader *r, int least, int most, int *out)
{
    int n = 0, i = 0;
    for (; i < r->rest.n && i < 6 && r->rest.s[i] >= '0' && r->rest.s[i] <= '9'; i++) n = n * 10 + r->rest.s[i] - '0';
    if (!i || n < least || n > most) return false;
    r->rest = str_from(r->rest, i);
    *out    = n;
    return true;
}

static bool sign(Reader *r, char c)
{
    if (!r->rest.n || *r->rest.s != c) return false;
    r->rest = str_from(r->rest, 1);
    return true;
}

static bool number(Reader *r, int least, int most, int *out)
{
    Reader was = *r;
    if (digits(r, least, most, out) && sign(r, ' ')) {
        skip(r);
        return true;
    }
    r->rest = was.rest;
    return refuse(r, "rhythm.number");
}

static bool end(Reader *r) { return !r->rest.n || refuse(r, "rhythm.tail"); }

static bool time_take(Reader *r, CalendarRhythm *out)
{
    Reader was = *r;
    int    hour, minute;
    if (digits(r, 0, 23, &hour) && sign(r, ':') && r->rest.n >= 2 && digits(r, 0, 59, &minute)) {
        skip(r);
        out->minute = hour * 60 + minute;
        return end(r);
    }
    r->rest = was.rest;
    return refuse(r, "rhythm.time");
}

/* Midnight where nothing is said. */
static bool time_maybe(Reader *r, CalendarRhythm *out) { return !r->rest.n || time_take(r, out); }

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

static bool weekday_take(Reader *r, CalendarRhythm *out)
{
    for (unsigned i = 0; i < COUNT(weekdays); i++) {
        if (!str_starts(r->rest, str_of(weekdays[i]))) continue;
        r->rest = str_from(r->rest, 3);
        out->week |= 1u << i;
        return true;
    }
    return refuse(r, "rhythm.weekday");
}

static bool weekly(Reader *r, CalendarRhythm *out)
{
    do {
        if (!weekday_take(r, out)) return false;
    } while (sign(r, ','));
    if (r->rest.n && *r->rest.s != ' ') return refuse(r, "rhythm.weekday");
    skip(r);
    return time_take(r, out);
}

static bool monthly(Reader *r, CalendarRhythm *out)
{
    bool workday = take(r, "workday");
    if (workday) out->kind = RHYTHM_MONTHLY_WORKDAY;
    return number(r, 1, workday ? 23 : 31, &out->n) && time_take(r, out);
}

static bool quarterly(Reader *r, CalendarRhythm *out)
{
    if (!take(r, "workday")) return refuse(r, "rhythm.workday");
    return number(r, 1, 66, &out->n) && time_take(r, out);
}

static bool yearly(Reader *r, CalendarRhythm *out)
{
    Reader was = *r;
    if (digits(r, 1, 12, &out->month) && sign(r, '-') && digits(r, 1, 31, &out->day) &&
        day_valid((Civil){ 2024, out->month, out->day }) && (!r->rest.n || *r->rest.s == ' ')) {
        skip(r);
        return time_maybe(r, out);
    }
    r->rest = was.rest;
    return refuse(r, "rhythm.date");
}

static bool each(Reader *r, CalendarRhythm *out)
{
    Reader was = *r;
    if (!number(r, 1, 1440, &out->n)) return false;
    bool hours = take(r, "h");
    if (!hours && !take(r, "min")) return refuse(r, "rhythm.min_or_h");
    if (hours) out->n *= 60;
    if (out->n <= 1440) return end(r);
    r->rest = was.rest;
    return refuse(r, "rhythm.number");
}

static bool every(Reader *r, CalendarRhythm *out)
{
    Reader was = *r;
    if (!number(r, 1, 3660, &out->n)) return false;
    bool weeks = take(r, "w");
    if (!weeks && !take(r, "d")) return refuse(r, "rhythm.d_or_w");
    if (weeks) out->n *= 7;
    if (out->n <= 3660) return time_maybe(r, out);
    r->rest = was.rest;
    return refuse(r, "rhythm.number");
}

static bool so_often(Reader *r, CalendarRhythm *out)
{
    if (!number(r, 1, 99, &out->n)) return false;
    if (!take(r, "a")) return refuse(r, "rhythm.a_week");
    out->kind = RHYTHM_A_WEEK;
    if (take(r, "week")) return end(r);
    out->kind = RHYTHM_A_MONTH;
    return take(r, "month") ? end(r) : refuse(r, "rhythm.a_week");
}

static const struct {
    const char        *word;
    CalendarRhythmKind kind;
    bool (*rest)(Reader *r, CalendarRhythm *out);
} kinds[] = {
    { "daily", RHYTHM_DAILY, time_take },       { "workdays", RHYTHM_WORKDAYS, time_take },
    { "weekly", RHYTHM_WEEKLY, weekly },        { "monthly", RHYTHM_MONTHLY, monthly },
    { "quarterly", RHYTHM_QUARTERLY_WORKDAY, quarterly },
    { "yearly", RHYTHM_YEARLY, yearly },        { "each", RHYTHM_EACH, each },
    { "every", RHYTHM_EVERY, every },
};

bool rhythm_read(Str text, CalendarRhythm *out, CalendarFault *fault)
{
    Reader r = { text, text, fault };
    *out     = (CalendarRhythm){ 0 };
    skip(&r);
    for (ptrdiff_t i = 0; i < COUNT(kinds); i++) {
        if (!take(&r, kinds[i].word)) continue;
        out->kind = kinds[i].kind;
        return kinds[i].rest(&r, out);
    }
    if (r.rest.n && *r.rest.s >= '0' && *r.rest.s <= '9') return so_often(&r, out);
    return refuse(&r, "rhythm.kind");
}

/* ---- writing ---- */

static void weekdays_write(Buf *to, unsigned week)
{
    const char *between = "";
    for (unsigned i = 0; i < COUNT(weekdays); i++) {
        if (!(week >> i & 1)) continue;
        buf_fmt(to, "%s%s", between, weekdays[i]);
        between = ",";
    }
}

static void time_write(Buf *to, int minute) { buf_fmt(to, " %02d:%02d", minute / 60, minute % 60); }

static void time_write_maybe(Buf *to, int minute)
{
    if (minute) time_write(to, minute);
}

void rhythm_write(Buf *to, const CalendarRhythm *r)
{
    bool hours = r->n % 60 == 0;
    switch (r->kind) {
    case RHYTHM_DAILY:             buf_c(to, "daily"); break;
    case RHYTHM_WORKDAYS:          buf_c(to, "workdays"); break;
    case RHYTHM_WEEKLY:            buf_c(to, "weekly "); weekdays_write(to, r->week); break;
    case RHYTHM_MONTHLY:           buf_fmt(to, "monthly %d", r->n); break;
    case RHYTHM_MONTHLY_WORKDAY:   buf_fmt(to, "monthly workday %d", r->n); break;
    case RHYTHM_QUARTERLY_WORKDAY: buf_fmt(to, "quarterly workday %d", r->n); break;
    case RHYTHM_YEARLY:  buf_fmt(to, "yearly %02d-%02d", r->month, r->day); time_write_maybe(to, r->minute); return;
    case RHYTHM_EACH:    buf_fmt(to, "each %d %s", hours ? r->n / 60 : r->n, hours ? "h" : "min"); return;
    case RHYTHM_EVERY:   buf_fmt(to, "every %d d", r->n); time_write_maybe(to, r->minute); return;
    case RHYTHM_A_WEEK:  buf_fmt(to, "%d a week", r->n); return;
    case RHYTHM_A_MONTH: buf_fmt(to, "%d a month", r->n); return;
    default:             return;
    }
    time_write(to, r->minute);
}

/* ---- spans ---- */

static const char *const units[] = { "min", "h", "wh", "d", "wd", "w", "m" };

bool span_read(Str text, CalendarSpan *out, CalendarFault *fault)
{
    Reader r = { text, text, fault };
    int    n;
    skip(&r);
    bool minus = sign(&r, '-');
    if (!digits(&r, 0, CALENDAR_SPAN_MOST, &n)) return refuse(&r, "span.number");
    skip(&r);
    for (ptrdiff_t i = 0; i < COUNT(units); i++) {
        if (!take(&r, units[i])) continue;
        *out = (CalendarSpan){ (CalendarSpanKind)i, minus ? -n : n };
        return !r.rest.n || refuse(&r, "span.tail");
    }
    return refuse(&r, "span.unit");
}

void span_write(Buf *to, CalendarSpan s) { buf_fmt(to, "%d %s", s.n, units[s.kind]); }

/* ---- in words ---- */

static Str days_say(char *room, ptrdiff_t size, Lang lang, unsigned week)
{
    static const char *const keys[] = { "weekday.mon", "weekday.tue", "weekday.wed", "weekday.thu",
                                        "weekday.fri", "weekday.sat", "weekday.sun" };
    Buf b = { .data = room, .cap = size };
    for (unsigned i = 0; i < COUNT(keys); i++) {
        if (!(week >> i & 1)) continue;
        if (b.len) buf_c(&b, ", ");
        buf_c(&b, words_text(lang, keys[i]));
    }
    return buf_str(&b);
}

static const char *say_key(const CalendarRhythm *r)
{
    static const char *const keys[RHYTHM_KINDS] = {
        [RHYTHM_DAILY] = "rhythm.say.daily",
        [RHYTHM_WORKDAYS] = "rhythm.say.workdays",
        [RHYTHM_WEEKLY] = "rhythm.say.weekly",
        [RHYTHM_MONTHLY] = "rhythm.say.monthly",
        [RHYTHM_MONTHLY_WORKDAY] = "rhythm.say.monthly_workday",
        [RHYTHM_QUARTERLY_WORKDAY] = "rhythm.say.quarterly_workday",
        [RHYTHM_YEARLY] = "rhythm.say.yearly",
        [RHYTHM_EACH] = "rhythm.say.each_min",
        [RHYTHM_EVERY] = "rhythm.say.every",
        [RHYTHM_A_WEEK] = "rhythm.say.a_week",
        [RHYTHM_A_MONTH] = "rhythm.say.a_month",
    };
    return r->kind == RHYTHM_EACH && r->n % 60 == 0 ? "rhythm.say.each_h" : keys[r->kind];
}

void rhythm_say(Buf *to, Voice voice, const CalendarRhythm *r)
{
    char time[8], days[64], month[24];
    Buf  t = { .data = time, .cap = sizeof time }, m = { .data = month, .cap = sizeof month };
    bool hours = r->kind == RHYTHM_EACH && r->n % 60 == 0;
    buf_fmt(&t, "%02d:%02d", r->minute / 60, r->minute % 60);
    buf_fmt(&m, "month.short.%d", r->month ? r->month : 1);
    buf_char(&m, 0);
    const Arg args[] = { arg_text("time", buf_str(&t)), arg_count("n", hours ? r->n / 60 : r->n),
                         arg_count("day", r->day), arg_word("month", month),
                         arg_text("days", days_say(days, sizeof days, voice.lang, r->week)) };
    words_put(to, voice, say_key(r), args, (int)COUNT(args));
}

void span_say(Buf *to, Voice voice, CalendarSpan s)
{
    static const char *const keys[] = { "span.say.min", "span.say.h", "span.say.wh", "span.say.d",
                                        "span.say.wd",  "span.say.w", "span.say.m" };
    SAY(to, voice, keys[s.kind], arg_count("n", s.n));
}
