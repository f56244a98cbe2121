/* The JSON writer: commas, quotes and bytes that are always right. */
#include "format/json.h"
#include "core/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

JsonOut js_to(Buf *to)
{
    return (JsonOut){ .to = to };
}

static void before_value(JsonOut *j)
{
    if (j->after) buf_char(j->to, ',');
    j->after = true;
}

static void open_level(JsonOut *j, char mark, bool array)
{
    before_value(j);
    buf_char(j->to, mark);
    j->depth++;
    j->arrays = array ? j->arrays | UINT64_C(1) << j->depth : j->arrays & ~(UINT64_C(1) << j->depth);
    j->after  = false;
}

void js_object(JsonOut *j) { open_level(j, '{', false); }
void js_array(JsonOut *j)  { open_level(j, '[', true); }

void js_end(JsonOut *j)
{
    buf_char(j->to, j->arrays >> j->depth & 1 ? ']' : '}');
    j->depth--;
    j->after = true;
}

/* Eight bytes at once: does one of them need a look?  (Below 0x20, a quote, a backslash, or beyond ASCII.) */
static bool all_plain(const char *p)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t       w;
    memcpy(&w, p, 8);
    uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');
    return !(((w - ones * 0x20) | (quote - ones) | (slash - ones) | w) & tops);
}

/* A letter of two bytes, as those of Cyrillic are. */
static bool is_pair(const char *p)
{
    return (unsigned char)p[0] >= 0xC2 && (unsigned char)p[0] < 0xE0 && ((unsigned char)p[1] & 0xC0) == 0x80;
}

/* How many bytes from `at` stand as they are. */
static ptrdiff_t plain_run(Str s, ptrdiff_t at)
{
    ptrdiff_t from = at;
    while (at < s.n) {
        while (s.n - at >= 8 && all_plain(s.s + at)) at += 8;
        while (s.n - at >= 2 && is_pair(s.s + at)) at += 2;
        if (at == s.n) break;
        unsigned char c = (unsigned char)s.s[at];
        if (c < 0x20 || c == '"' || c == '\\') break;
        ptrdiff_t was = at;
        if (c < 0x80) at++;
        else if (utf8_next(s, &at) == 0xFFFD && at == was + 1) return was - from;
    }
    return at - from;
}

static void put_escaped(Buf *b, unsigned char c)
{
    static const char short_form[128] = {
        ['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'
    };
    static const char hex[] = "0123456789abcdef";
    if (c >= 0x80) buf_put(b, S("\xEF\xBF\xBD"));
    else if (short_form[c]) buf_put(b, (Str){ (char[]){ '\\', short_form[c] }, 2 });
    else buf_put(b, (Str){ (char[]){ '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] }, 6 });
}

static void put_quoted(Buf *b, Str s)
{
    buf_char(b, '"');
    for (ptrdiff_t at = 0; at < s.n; at++) {
        ptrdiff_t run = plain_run(s, at);
        if (run) buf_put(b, (Str){ s.s + at, run });
        at += run;
        if (at < s.n) put_escaped(b, (unsigned char)s.s[at]);
    }
    buf_char(b, '"');
}

void js_key_str(JsonOut *j, Str key)
{
    before_value(j);
    put_quoted(j->to, key);
    buf_char(j->to, ':');
    j->after = false;
}

void js_key(JsonOut *j, const char *key)
{
    js_key_str(j, str_of(key));
}

void js_items(JsonOut *j)
{
    js_object(j);
    js_key(j, "items");
    js_array(j);
}

void js_str(JsonOut *j, Str s)
{
    before_value(j);
    put_quoted(j->to, s);
}

void js_raw(JsonOut *j, Str value)
{
    before_value(j);
    buf_put(j->to, value);
}

void js_null(JsonOut *j)         { js_raw(j, S("null")); }
void js_bool(JsonOut *j, bool v) { js_raw(j, v ? S("true") : S("false")); }

void js_c(JsonOut *j, const char *s)
{
    if (s) js_str(j, str_of(s));
    else js_null(j);
}

void js_i64(JsonOut *j, int64_t v)
{
    if (v == NONE) return js_null(j);
    before_value(j);
    buf_i64(j->to, v);
}

/* A number as a string: opening quote, digits by one of core's writers, closing quote. */
static bool open_number(JsonOut *j, bool empty)
{
    if (empty) js_null(j);
    else before_value(j), buf_char(j->to, '"');
    return !empty;
}

static void put_trimmed(JsonOut *j, int64_t v, int places)
{
    if (!open_number(j, v == NONE)) return;
    buf_trimmed(j->to, v, places);
    buf_char(j->to, '"');
}

void js_price(JsonOut *j, Price v) { put_trimmed(j, v, 6); }
void js_qty(JsonOut *j, Qty v)     { put_trimmed(j, v, 3); }
void js_ratio(JsonOut *j, Ratio v) { put_trimmed(j, v, 6); }

void js_scaled(JsonOut *j, int64_t v, int places)
{
    if (!open_number(j, v == NONE)) return;
    buf_scaled(j->to, v, places);
    buf_char(j->to, '"');
}

void js_money(JsonOut *j, Money v)
{
    js_scaled(j, v, 2);
}

void js_wide_money(JsonOut *j, Wide v)
{
    open_number(j, false);
    buf_wide_money(j->to, v);
    buf_char(j->to, '"');
}

void js_wide_qty(JsonOut *j, Wide v)
{
    open_number(j, false);
    buf_trimmed(j->to, v, 3);
    buf_char(j->to, '"');
}

void js_share(JsonOut *j, Wide part, Wide whole)
{
    before_value(j);
    buf_share(j->to, part, whole);
}

void js_day(JsonOut *j, Day v)
{
    if (!open_number(j, v == DAY_NONE)) return;
    buf_day(j->to, v);
    buf_char(j->to, '"');
}

void js_month(JsonOut *j, Month v)
{
    open_number(j, false);
    buf_month(j->to, v);
    buf_char(j->to, '"');
}

void js_moment(JsonOut *j, Moment v)
{
    if (!open_number(j, v == NONE)) return;
    buf_moment(j->to, v);
    buf_char(j->to, '"');
}

/* 17 digits bring back the same double; a mark of a real number must stay, or it would be read as an integer. */
static void put_real(JsonOut *j, double v)
{
    char      text[40];
    ptrdiff_t n = snprintf(text, sizeof text - 2, "%.17g", v);
    if (!strpbrk(text, ".e")) n += snprintf(text + n, 3, ".0");
    js_raw(j, (Str){ text, n });
}

void js_copy(JsonOut *j, const Json *value)
{
    switch (value->kind) {
    case JSON_IS_NULL: js_null(j); return;
    case JSON_IS_BOOL: js_bool(j, value->number != 0); return;
    case JSON_IS_INT:
        before_value(j);
        buf_i64(j->to, value->number);
        return;
    case JSON_IS_REAL: put_real(j, value->real); return;
    case JSON_IS_TEXT: js_str(j, value->text); return;
    case JSON_IS_ARRAY: js_array(j); break;
    case JSON_IS_OBJECT: js_object(j); break;
    }
    for (const Json *child = value->first; child; child = child->next) {
        if (value->kind == JSON_IS_OBJECT) js_key_str(j, child->key);
        js_copy(j, child);
    }
    js_end(j);
}

void js_put_text(JsonOut *j, const char *key, Str text)
{
    js_key(j, key);
    if (text.n) js_str(j, text);
    else js_null(j);
}

void js_put_i64(JsonOut *j, const char *key, int64_t v)
{
    js_key(j, key);
    js_i64(j, v);
}

void js_put_bool(JsonOut *j, const char *key, bool v)
{
    js_key(j, key);
    js_bool(j, v);
}

void js_put_day(JsonOut *j, const char *key, Day v)
{
    js_key(j, key);
    js_day(j, v);
}

void js_put_moment(JsonOut *j, const char *key, Moment v)
{
    js_key(j, key);
    js_moment(j, v);
}

void js_put_choice(JsonOut *j, const char *key, const char *const *keys, int64_t place)
{
    js_key(j, key);
    js_c(j, place ? keys[place - 1] : NULL);
}

void js_put_named(JsonOut *j, const char *key, int64_t id, Str title)
{
    js_key(j, key);
    if (!id) {
        js_null(j);
        return;
    }
    js_object(j);
    js_put_i64(j, "id", id);
    js_put_text(j, "title", title);
    js_end(j);
}
