/* A text as a rhythm and as a span: what was read is written in one form, which is read as the same; what was not says
 * a place within the text.  What comes round next comes after, and is the last at its own moment. */
#include "core/calendar.h"
#include "fuzz/fuzz.h"

static void rhythm_reckoned(const CalendarRhythm *r, Moment at)
{
    Moment next = rhythm_next(r, &calendar_usual, zone_utc(), at);
    if (next == NONE) return;
    CLAIM(next > at && rhythm_last(r, &calendar_usual, zone_utc(), next) == next);
    CLAIM(rhythm_next(r, &calendar_usual, zone_utc(), next - 1) == next);
}

static void rhythm_claims(Str text, Moment at)
{
    CalendarRhythm r, again;
    CalendarFault  fault = { 0 };
    char           room[64], second[64], said[512];
    Buf b = { .data = room, .cap = sizeof room }, c = { .data = second, .cap = sizeof second },
        words = { .data = said, .cap = sizeof said };
    if (!rhythm_read(text, &r, &fault)) {
        CLAIM(fault.key && fault.at >= 0 && fault.at <= text.n);
        return;
    }
    rhythm_write(&b, &r);
    CLAIM(rhythm_read(buf_str(&b), &again, &fault));
    rhythm_write(&c, &again);
    CLAIM(str_eq(buf_str(&b), buf_str(&c)));
    rhythm_say(&words, (Voice){ LANG_RU, NULL }, &r);
    CLAIM(words.len > 0);
    rhythm_reckoned(&r, at);
}

static void span_claims(Str text, Moment at)
{
    CalendarSpan  s, again;
    CalendarFault fault = { 0 };
    char          room[64], said[128];
    Buf           b = { .data = room, .cap = sizeof room }, words = { .data = said, .cap = sizeof said };
    if (!span_read(text, &s, &fault)) {
        CLAIM(fault.key && fault.at >= 0 && fault.at <= text.n);
        return;
    }
    span_write(&b, s);
    CLAIM(span_read(buf_str(&b), &again, &fault) && again.n == s.n && again.kind == s.kind);
    span_say(&words, (Voice){ LANG_EN, NULL }, s);
    Moment to = calendar_plus(&calendar_usual, zone_utc(), at, s);
    if (to != NONE && s.n > 0) CLAIM(to > at);
    if (to != NONE && s.n < 0) CLAIM(to < at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str    text = { (const char *)data, (ptrdiff_t)size };
    Moment at   = INT64_C(1767225600000) + (int64_t)(str_hash(text, 1) % (INT64_C(3) * 365 * 86400000));
    rhythm_claims(text, at);
    span_claims(text, at);
    return 0;
}
