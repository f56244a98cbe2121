/* What a field can hold, and its way between a record, the base, text and JSON. */
#include "core/calendar.h"
#include "core/utf8.h"
#include "entity/entity.h"

#include <string.h>

#define SAFE_INT INT64_C(9007199254740991) /* 2^53 - 1: beyond it a browser rounds */
#define EQUALS   (OP_is | OP_is_not | OP_in | OP_empty | OP_not_empty)
#define ORDERED  (EQUALS | OP_from | OP_to)

const char *const op_names[OP_COUNT] = { "is",   "is_not", "in",        "has",  "starts",
                                         "from", "to",     "empty",     "not_empty", "under", "of" };

#define DECIMAL_SCHEMA "{\"type\":\"string\",\"pattern\":\"^-?[0-9]+([.][0-9]+)?$\"}"

const Type types[TYPE_COUNT] = {
    [TYPE_text] = { .name = "text",
                    .column = "text",
                    .typescript = "string",
                    .schema = "{\"type\":\"string\"}",
                    .widget = "text",
                    .ops = EQUALS | OP_has | OP_starts,
                    .most = 1 << 20 },
    [TYPE_int] = { .name = "int",
                   .column = "int",
                   .typescript = "number",
                   .schema = "{\"type\":\"integer\"}",
                   .widget = "number",
                   .ops = ORDERED,
                   .least = -SAFE_INT,
                   .most = SAFE_INT },
    [TYPE_bool] = { .name = "bool",
                    .column = "bool",
                    .typescript = "boolean",
                    .schema = "{\"type\":\"boolean\"}",
                    .widget = "switch",
                    .ops = OP_is,
                    .most = 1 },
    [TYPE_money] = { .name = "money",
                     .column = "int",
                     .typescript = "string",
                     .schema = DECIMAL_SCHEMA,
                     .widget = "money",
                     .ops = ORDERED,
                     .places = 2,
                     .least = -MONEY_MAX,
                     .most = MONEY_MAX,
                     .sums = true },
    [TYPE_price] = { .name = "price",
                     .column = "int",
                     .typescript = "string",
                     .schema = DECIMAL_SCHEMA,
                     .widget = "price",
                     .ops = ORDERED,
                     .places = 6,
                     .least = -PRICE_MAX,
                     .most = PRICE_MAX },
    [TYPE_qty] = { .name = "qty",
                   .column = "int",
                   .typescript = "string",
                   .schema = DECIMAL_SCHEMA,
                   .widget = "qty",
                   .ops = ORDERED,
                   .places = 3,
                   .least = -QTY_MAX,
                   .most = QTY_MAX,
                   .sums = true },
    [TYPE_ratio] = { .name = "ratio",
                     .column = "int",
                     .typescript = "string",
                     .schema = DECIMAL_SCHEMA,
                     .widget = "ratio",
                     .ops = ORDERED,
                     .places = 6,
                     .least = -SAFE_INT,
                     .most = SAFE_INT },
    [TYPE_degree] = { .name = "degree",
                      .column = "int",
                      .typescript = "string",
                      .schema = DECIMAL_SCHEMA,
                      .widget = "degree",
                      .ops = ORDERED,
                      .places = 6,
                      .least = -180000000,
                      .most = 180000000 },
    [TYPE_day] = { .name = "day",
                   .column = "int",
                   .typescript = "string",
                   .schema = "{\"type\":\"string\",\"format\":\"date\"}",
                   .widget = "day",
                   .ops = ORDERED,
                   .least = DAY_MIN,
                   .most = DAY_MAX },
    [TYPE_moment] = { .name = "moment",
                      .column = "int",
                      .typescript = "string",
                      .schema = "{\"type\":\"string\",\"format\":\"date-time\"}",
                      .widget = "moment",
                      .ops = ORDERED,
                      .least = DAY_MIN * INT64_C(86400000),
                      .most = (DAY_MAX + 1) * INT64_C(86400000) - 1 },
    [TYPE_choice] = { .name = "choice", .column = "int", .widget = "choice", .ops = EQUALS, .least = 1, .most = 1000 },
    [TYPE_ref] = { .name = "ref",
                   .column = "id",
                   .typescript = "number",
                   .schema = "{\"type\":\"integer\",\"format\":\"int64\"}",
                   .widget = "ref",
                   .ops = EQUALS,
                   .least = 1,
                   .most = SAFE_INT },
    [TYPE_link] = { .name = "link",
                    .column = "text",
                    .typescript = "`${EntityName}:${number}`",
                    .schema = "{\"type\":\"string\",\"pattern\":\"^[a-z_]+:[1-9][0-9]*$\"}",
                    .widget = "link",
                    .ops = EQUALS | OP_of,
                    .least = 1,
                    .most = SAFE_INT },
    [TYPE_rhythm] = { .name = "rhythm",
                      .column = "text",
                      .typescript = "string",
                      .schema = "{\"type\":\"string\",\"examples\":[\"workdays 08:00\",\"each 15 min\"]}",
                      .widget = "rhythm",
                      .ops = EQUALS,
                      .most = CALENDAR_TEXT },
    [TYPE_span] = { .name = "span",
                    .column = "text",
                    .typescript = "string",
                    .schema = "{\"type\":\"string\",\"pattern\":\"^-?[0-9]{1,5} (min|h|wh|d|wd|w|m)$\"}",
                    .widget = "span",
                    .ops = EQUALS,
                    .most = CALENDAR_TEXT },
    [TYPE_filter] = { .name = "filter",
                      .column = "text",
                      .typescript = "import(\"@/api/shapes\").Filter",
                      .schema = "{\"type\":\"object\"}",
                      .widget = "filter",
                      .ops = OP_empty | OP_not_empty,
                      .most = 64 << 10 }, /* the door keeps no more than FILTER_TEXT of it */
};

TypeId type_named(Str name)
{
    for (int i = 0; i < TYPE_COUNT; i++)
        if (str_eq(name, str_of(types[i].name))) return (TypeId)i;
    return TYPE_COUNT;
}

Value value_none(void)      { return (Value){ .empty = true }; }
Value value_int(int64_t n)  { return (Value){ .n = n == NONE ? 0 : n, .empty = n == NONE }; }
Value value_text(Str s)     { return (Value){ .s = s, .empty = s.n == 0 }; }

static bool in_calendar(const Field *f) { return f->type == TYPE_rhythm || f->type == TYPE_span; }

static bool in_one_column(const Field *f) { return f->type == TYPE_text || f->type == TYPE_filter || in_calendar(f); }

bool value_is_text(const Field *f) { return f->type == TYPE_link || in_one_column(f); }

/* A bool is never empty: nothing is false. */
static Value settled(const Field *f, Value v)
{
    return f->type == TYPE_bool && v.empty ? value_int(0) : v;
}

bool value_same(const Field *f, Value a, Value b)
{
    a = settled(f, a);
    b = settled(f, b);
    if (a.empty || b.empty) return a.empty == b.empty;
    if (f->type == TYPE_link) return a.n == b.n && str_eq(a.s, b.s);
    return value_is_text(f) ? str_eq(a.s, b.s) : a.n == b.n;
}

/* ---- a record's member ---- */

static Value choice_value(const Field *f, int64_t place)
{
    for (int64_t i = 0; f->options && f->options[i]; i++)
        if (i + 1 == place) return (Value){ .n = place, .s = str_of(f->options[i]) };
    return value_none();
}

static Value link_value(Link link)
{
    return (Value){ .n = link.id, .s = link.entity, .empty = link.id == 0 };
}

static Value own_get(const Field *f, const void *record)
{
    const Record *r = record;
    return f->offset < r->own_count ? settled(f, r->own[f->offset]) : settled(f, value_none());
}

Value value_get(const Field *f, const void *record)
{
    if (f->own) return own_get(f, record);
    const char *at = (const char *)record + f->offset;
    switch (f->type) {
    case TYPE_text:
    case TYPE_rhythm:
    case TYPE_span:
    case TYPE_filter: return value_text(*(const Str *)at);
    case TYPE_bool:   return value_int(*(const C_bool *)at);
    case TYPE_day:    return *(const C_day *)at == DAY_NONE ? value_none() : value_int(*(const C_day *)at);
    case TYPE_choice: return choice_value(f, *(const C_choice *)at);
    case TYPE_ref:    return *(const C_ref *)at ? value_int(*(const C_ref *)at) : value_none();
    case TYPE_link:   return link_value(*(const C_link *)at);
    default:          return value_int(*(const int64_t *)at);
    }
}

void value_set(const Field *f, void *record, Value v)
{
    if (f->own) {
        Record *r = record;
        if (f->offset < r->own_count) r->own[f->offset] = v;
        return;
    }
    char *at = (char *)record + f->offset;
    switch (f->type) {
    case TYPE_text:
    case TYPE_rhythm:
    case TYPE_span:
    case TYPE_filter: *(Str *)at = v.empty ? (Str){ 0 } : v.s; break;
    case TYPE_bool:   *(C_bool *)at = !v.empty && v.n; break;
    case TYPE_day:    *(C_day *)at = v.empty ? DAY_NONE : (Day)v.n; break;
    case TYPE_choice: *(C_choice *)at = v.empty ? 0 : (int)v.n; break;
    case TYPE_ref:    *(C_ref *)at = v.empty ? 0 : v.n; break;
    case TYPE_link:   *(C_link *)at = v.empty ? (Link){ 0 } : (Link){ v.s, v.n }; break;
    default:          *(int64_t *)at = v.empty ? NONE : v.n; break;
    }
}

/* ---- the base ---- */

Val value_bind(const Field *f, Value v)
{
    if (f->type == TYPE_bool) return val_int(!v.empty && v.n);
    if (v.empty) return val_null();
    return in_one_column(f) ? val_text(v.s) : val_int(v.n);
}

Value value_row(Arena *mem, const Field *f, const Rows *rows, int column)
{
    if (row_null(rows, column)) return settled(f, value_none());
    Value v = value_none();
    switch (f->type) {
    case TYPE_text:
    case TYPE_rhythm:
    case TYPE_span:
    case TYPE_filter: return value_text(str_copy(mem, row_text(rows, column)));
    case TYPE_link:   value_read(mem, f, row_text(rows, column), &v); return v;
    case TYPE_choice: return choice_value(f, row_int(rows, column));
    default:          return value_int(row_int(rows, column));
    }
}

/* ---- text ---- */

void value_write(Buf *to, const Field *f, Value v)
{
    v = settled(f, v);
    if (v.empty) return;
    switch (f->type) {
    case TYPE_text:
    case TYPE_rhythm:
    case TYPE_span:
    case TYPE_filter:
    case TYPE_choice: buf_put(to, v.s); break;
    case TYPE_bool:   buf_c(to, v.n ? "true" : "false"); break;
    case TYPE_money:  buf_money(to, v.n); break;
    case TYPE_price:
    case TYPE_qty:
    case TYPE_ratio:
    case TYPE_degree: buf_trimmed(to, v.n, types[f->type].places); break;
    case TYPE_day:    buf_day(to, (Day)v.n); break;
    case TYPE_moment: buf_moment(to, v.n); break;
    case TYPE_link:   buf_put(to, v.s); buf_char(to, ':'); buf_i64(to, v.n); break;
    default:          buf_i64(to, v.n); break;
    }
}

/* `-12.5` with at most `places` digits behind the point; exact or nothing. */
static bool scaled_read(Str text, int places, int64_t *out)
{
    Str  rest = text, whole = str_cut(&rest, '.');
    bool minus = str_starts(whole, S("-")), point = text.n > whole.n;
    if (point && (rest.n == 0 || rest.n > places || *rest.s == '-')) return false;
    int64_t units, part = 0;
    if (!str_i64(whole, &units) || (rest.n && !str_i64(rest, &part))) return false;
    for (int i = 0; i < places; i++)
        if (__builtin_mul_overflow(units, 10, &units)) return false;
    for (ptrdiff_t i = rest.n; i < places; i++) part *= 10;
    return !__builtin_add_overflow(units, minus ? -part : part, out);
}

static bool two_digits(Str text, ptrdiff_t at, int most, int *out)
{
    if (at + 2 > text.n) return false;
    int a = text.s[at] - '0', b = text.s[at + 1] - '0';
    *out = a * 10 + b;
    return a >= 0 && a <= 9 && b >= 0 && b <= 9 && *out <= most;
}

/* `5` is 500, `05` is 50. */
static bool thousandths_read(Str digits, int64_t *out)
{
    if (digits.n == 0 || *digits.s == '-' || !str_i64(digits, out)) return false;
    for (ptrdiff_t i = digits.n; i < 3; i++) *out *= 10;
    return true;
}

/* `2026-03-04T05:06:07Z`, with up to three digits of a second. */
static bool moment_read(Str text, int64_t *out)
{
    Day day;
    int hour, minute, second;
    int64_t thousandths = 0;
    if (!day_read(str_upto(text, 10), &day) || text.n < 20 || text.s[10] != 'T' || text.s[13] != ':' ||
        text.s[16] != ':')
        return false;
    if (!two_digits(text, 11, 23, &hour) || !two_digits(text, 14, 59, &minute) || !two_digits(text, 17, 59, &second))
        return false;
    Str tail = str_from(text, 19);
    if (!str_ends(tail, S("Z"))) return false;
    tail.n--;
    if (tail.n && (*tail.s != '.' || tail.n > 4 || !thousandths_read(str_from(tail, 1), &thousandths))) return false;
    *out = ((day * INT64_C(24) + hour) * 60 + minute) * 60000 + second * INT64_C(1000) + thousandths;
    return true;
}

static bool choice_read(const Field *f, Str key, Value *out)
{
    for (int64_t i = 0; f->options && f->options[i]; i++) {
        if (!str_eq(key, str_of(f->options[i]))) continue;
        *out = choice_value(f, i + 1);
        return true;
    }
    return false;
}

static bool link_read(Str text, Value *out)
{
    Str id = text, entity = str_cut(&id, ':');
    int64_t n;
    if (!str_i64(id, &n) || n <= 0 || entity.n == 0 || entity.n > 64) return false;
    *out = (Value){ .n = n, .s = entity };
    return true;
}

static bool bool_read(Str text, Value *out)
{
    bool yes = str_eq(text, S("true"));
    *out     = value_int(yes);
    return yes || str_eq(text, S("false"));
}

static bool day_value(Str text, Value *out)
{
    Day  day;
    bool good = day_read(text, &day);
    if (good) *out = value_int(day);
    return good;
}

/* In its one form; a wrong one as it stands, for value_check to say where. */
static Value calendar_value(Arena *mem, const Field *f, Str text)
{
    CalendarRhythm r;
    CalendarSpan   s;
    CalendarFault  fault;
    Buf            b = buf_new(mem, CALENDAR_TEXT);
    if (f->type == TYPE_rhythm && rhythm_read(text, &r, &fault)) rhythm_write(&b, &r);
    else if (f->type == TYPE_span && span_read(text, &s, &fault)) span_write(&b, s);
    else return value_text(str_copy(mem, text));
    return value_text(buf_str(&b));
}

static bool filter_value(Arena *mem, const Json *tree, Value *out)
{
    if (tree->kind != JSON_IS_OBJECT) return false;
    Buf     b = buf_new(mem, 256);
    JsonOut j = js_to(&b);
    js_copy(&j, tree);
    *out = value_text(buf_str(&b));
    return true;
}

static bool filter_read(Arena *mem, Str text, Value *out)
{
    Problems    unheard = { 0 };
    const Json *tree;
    return json_read(mem, text, (JsonLimits){ 0 }, &unheard, &tree) == OK && filter_value(mem, tree, out);
}

bool value_read(Arena *mem, const Field *f, Str text, Value *out)
{
    int64_t n;
    *out = settled(f, value_none());
    if (text.n == 0) return true;
    switch (f->type) {
    case TYPE_text:   *out = value_text(str_copy(mem, text)); return true;
    case TYPE_rhythm:
    case TYPE_span:   *out = calendar_value(mem, f, text); return true;
    case TYPE_choice: return choice_read(f, text, out);
    case TYPE_link:   return link_read(str_copy(mem, text), out);
    case TYPE_filter: return filter_read(mem, text, out);
    case TYPE_bool:   return bool_read(text, out);
    case TYPE_day:    return day_value(text, out);
    case TYPE_moment: if (!moment_read(text, &n)) return false; break;
    default:          if (!scaled_read(text, types[f->type].places, &n)) return false; break;
    }
    *out = value_int(n);
    return true;
}

/* ---- JSON ---- */

static void json_text(JsonOut *to, const Field *f, Value v)
{
    char  room[96];
    Arena mem  = ARENA_ON(room);
    Buf   text = buf_new(&mem, 64);
    value_write(&text, f, v);
    js_str(to, buf_str(&text));
}

void value_json(JsonOut *to, const Field *f, Value v)
{
    v = settled(f, v);
    if (v.empty) {
        js_null(to);
        return;
    }
    switch (f->type) {
    case TYPE_text:
    case TYPE_rhythm:
    case TYPE_span:
    case TYPE_choice: js_str(to, v.s); break;
    case TYPE_bool:   js_bool(to, v.n); break;
    case TYPE_int:
    case TYPE_ref:    js_i64(to, v.n); break;
    case TYPE_filter: js_raw(to, v.s); break;
    default:          json_text(to, f, v); break;
    }
}

bool value_of_json(Arena *mem, const Field *f, const Json *json, Value *out)
{
    *out       = settled(f, value_none());
    bool whole = !value_is_text(f) && f->type != TYPE_choice && f->type != TYPE_bool && f->type != TYPE_day &&
                 f->type != TYPE_moment;
    switch (json->kind) {
    case JSON_IS_NULL: return true;
    case JSON_IS_TEXT:
        return f->type != TYPE_int && f->type != TYPE_ref && f->type != TYPE_bool &&
               value_read(mem, f, str_trim(json->text), out);
    case JSON_IS_INT:  return whole && value_read(mem, f, str_fmt(mem, "%lld", (long long)json->number), out);
    case JSON_IS_BOOL: *out = value_int(json->number); return f->type == TYPE_bool;
    case JSON_IS_OBJECT: return f->type == TYPE_filter && filter_value(mem, json, out);
    default:           return false;
    }
}

/* ---- limits ---- */

static ptrdiff_t text_length(Str s)
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) n += ((unsigned char)s.s[i] & 0xC0) != 0x80;
    return n;
}

static bool text_is_plain(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < ' ' && !strchr("\t\n\r", s.s[i])) return false;
    return true;
}

static Err refuse(const char **key, Value *limit, const char *why, int64_t bound)
{
    *key   = why;
    *limit = value_int(bound);
    return INVALID;
}

static Err calendar_check(const Field *f, Str text, const char **key, Value *limit)
{
    CalendarRhythm r;
    CalendarSpan   s;
    CalendarFault  fault;
    bool good = f->type == TYPE_rhythm ? rhythm_read(text, &r, &fault) : span_read(text, &s, &fault);
    return good ? OK : refuse(key, limit, fault.key, fault.at + 1);
}

Err value_check(const Field *f, Value v, const char **key, Value *limit)
{
    bool    limited = f->min || f->max;
    int64_t least = limited ? f->min : types[f->type].least, most = limited ? f->max : types[f->type].most;
    if (v.empty) return OK;
    if (in_calendar(f)) return calendar_check(f, v.s, key, limit);
    if (f->type == TYPE_filter) return v.s.n > most ? refuse(key, limit, "filter.too_long", most) : OK;
    if (f->type == TYPE_text) {
        int64_t longest = f->max ? f->max : TEXT_MAX;
        if (!text_is_plain(v.s) || !utf8_valid(v.s, NULL)) return refuse(key, limit, "field.odd_character", 0);
        return text_length(v.s) > longest ? refuse(key, limit, "field.too_long", longest) : OK;
    }
    if (v.n < least) return refuse(key, limit, "field.too_small", least);
    if (v.n > most) return refuse(key, limit, "field.too_large", most);
    return OK;
}
