/* JSON (RFC 8259): a writer that streams into a Buf and cannot produce a wrong comma, quote or byte, and a reader that
 * takes only what has one meaning.
 *
 *     JsonOut j = js_to(&buf);
 *     js_object(&j);
 *     js_key(&j, "id");      js_i64(&j, 7);
 *     js_key(&j, "revenue"); js_money(&j, 1234500);
 *     js_key(&j, "months");  js_array(&j);
 *     js_end(&j);
 *     js_end(&j);                                     {"id":7,"revenue":"12345.00","months":[]}
 *
 * Money, prices, quantities and ratios are strings of decimal digits, so that no browser rounds them; the empty value
 * of a type (NONE, DAY_NONE) is null.  A text that is not UTF-8 is written with U+FFFD in the place of each wrong
 * byte. */
#ifndef FORMAT_JSON_H
#define FORMAT_JSON_H

#include "core/problem.h"

typedef struct {
    Buf     *to;
    uint64_t arrays; /* bit d: the level d is an array     */
    int      depth;  /* open levels, at most 63            */
    bool     after;  /* a value stands before on this level */
} JsonOut;

JsonOut js_to(Buf *to);

void js_object(JsonOut *j);
void js_array(JsonOut *j);
void js_end(JsonOut *j);                            /* closes the innermost object or array         */
void js_items(JsonOut *j);                          /* {"items":[ of a list: closed by two js_end   */
void js_key(JsonOut *j, const char *key);
void js_key_str(JsonOut *j, Str key);               /* a key that is data                           */

void js_str(JsonOut *j, Str s);
void js_c(JsonOut *j, const char *s);               /* null pointer: null                           */
void js_i64(JsonOut *j, int64_t v);                 /* a number; NONE: null                         */
void js_bool(JsonOut *j, bool v);
void js_null(JsonOut *j);
void js_scaled(JsonOut *j, int64_t v, int places);  /* "12.500"; NONE: null                         */
void js_money(JsonOut *j, Money v);                 /* "123.45"                                     */
void js_wide_money(JsonOut *j, Wide v);
void js_wide_qty(JsonOut *j, Wide v);
void js_price(JsonOut *j, Price v);                 /* trimmed: "12.5"                              */
void js_qty(JsonOut *j, Qty v);
void js_ratio(JsonOut *j, Ratio v);
void js_share(JsonOut *j, Wide part, Wide whole);   /* a number: percent with six decimals          */
void js_day(JsonOut *j, Day v);                     /* "2026-03-04"                                 */
void js_month(JsonOut *j, Month v);                 /* "2026-03"                                    */
void js_moment(JsonOut *j, Moment v);               /* "2026-03-04T05:06:07.089Z"; NONE: null       */
void js_raw(JsonOut *j, Str value);                 /* one whole value that is JSON already         */

/* A member of an object: its key and its value. */
void js_put_text(JsonOut *j, const char *key, Str text); /* empty: null                               */
void js_put_i64(JsonOut *j, const char *key, int64_t v);
void js_put_bool(JsonOut *j, const char *key, bool v);
void js_put_day(JsonOut *j, const char *key, Day v);
void js_put_moment(JsonOut *j, const char *key, Moment v);
void js_put_choice(JsonOut *j, const char *key, const char *const *keys, int64_t place); /* from 1; 0: null */
void js_put_named(JsonOut *j, const char *key, int64_t id, Str title); /* {"id", "title"}; id 0: null */

/* What was read.  A child of an object has a key; `first` and `next` keep the order of the text. */
typedef enum {
    JSON_IS_NULL,
    JSON_IS_BOOL,
    JSON_IS_INT,
    JSON_IS_REAL,
    JSON_IS_TEXT,
    JSON_IS_ARRAY,
    JSON_IS_OBJECT
} JsonKind;

typedef struct Json Json;

struct Json {
    JsonKind  kind;
    Str       key, text;
    int64_t   number; /* of an INT, exact; of a BOOL 0 or 1 */
    double    real;
    ptrdiff_t count;  /* children                           */
    Json     *first, *next;
};

typedef struct {
    ptrdiff_t bytes;  /* 0: 1 MiB   */
    ptrdiff_t values; /* 0: 100,000 */
    int       depth;  /* 0: 32      */
} JsonLimits;

/* Reads one object or array.  INVALID with one problem (key json.*, arguments `line` and `column` from 1) for anything
 * else: broken text, a key twice in one object, an integer beyond int64, a number beyond double, bytes that are not
 * UTF-8, U+0000, text behind the end, or more than the limits allow.  What is read stays in mem. */
Err json_read(Arena *mem, Str text, JsonLimits limits, Problems *problems, const Json **out);

/* The member of that name; null when there is none or `object` is null or no object. */
const Json *json_get(const Json *object, const char *name);

/* The member as what it should be; false (and *out untouched) when it is missing or of another kind. */
bool json_get_text(const Json *object, const char *name, Str *out);
bool json_get_i64(const Json *object, const char *name, int64_t *out);
bool json_get_bool(const Json *object, const char *name, bool *out);

/* Writes what was read; reading that again gives the same. */
void js_copy(JsonOut *j, const Json *value);

#endif
