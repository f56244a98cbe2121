/* The JSON reader: Jansson checks the text, the arena keeps what it says. */
#include "format/json.h"

#include <jansson.h>
#include <string.h>

typedef struct {
    ptrdiff_t line, column;
} Place;

/* Counted before anything is allocated.  Inside well-formed text this sees every level and every value; text that is
 * not well-formed is refused by the parser at the first wrong byte, and up to there the counts are right. */
static const char *beyond(Str s, JsonLimits limits, Place *place)
{
    ptrdiff_t values = 1, line_from = 0;
    int       depth = 0;
    bool      quoted = false;
    place->line = 1;
    if (s.n > limits.bytes) return "json.too_large";
    for (ptrdiff_t at = 0; at < s.n; at++) {
        char c = s.s[at];
        place->column = at - line_from + 1;
        if (c == '\n') place->line++, line_from = at + 1;
        else if (c == '"') quoted = !quoted;
        else if (quoted) at += c == '\\';
        else if (c == ',' || c == '[' || c == '{') values++;
        else if (c == ']' || c == '}') depth--;
        if (!quoted && (c == '[' || c == '{') && ++depth > limits.depth) return "json.too_deep";
        if (values > limits.values) return "json.too_many";
    }
    return NULL;
}

static const struct {
    enum json_error_code code;
    const char          *key;
} reasons[] = {
    { json_error_duplicate_key, "json.duplicate_key" },
    { json_error_invalid_utf8, "json.not_utf8" },
    { json_error_null_character, "json.zero" },
    { json_error_null_byte_in_key, "json.zero" },
    { json_error_numeric_overflow, "json.number" },
    { json_error_premature_end_of_input, "json.cut" },
    { json_error_end_of_input_expected, "json.more" },
};

static const char *reason_of(const json_error_t *e)
{
    for (ptrdiff_t i = 0; i < COUNT(reasons); i++)
        if (reasons[i].code == json_error_code(e)) return reasons[i].key;
    return "json.syntax";
}

static Json *keep(Arena *mem, json_t *from);

static void keep_child(Arena *mem, Json *parent, Json ***end, Str key, json_t *from)
{
    Json *child = keep(mem, from);
    child->key  = key;
    **end       = child;
    *end        = &child->next;
    parent->count++;
}

static void keep_children(Arena *mem, Json *to, json_t *from)
{
    Json **end = &to->first;
    if (json_is_array(from)) {
        for (size_t i = 0; i < json_array_size(from); i++)
            keep_child(mem, to, &end, (Str){ 0 }, json_array_get(from, i));
        return;
    }
    for (void *at = json_object_iter(from); at; at = json_object_iter_next(from, at))
        keep_child(mem, to, &end, str_copy(mem, str_of(json_object_iter_key(at))), json_object_iter_value(at));
}

static Json *keep(Arena *mem, json_t *from)
{
    Json *to = NEW(mem, Json);
    switch (json_typeof(from)) {
    case JSON_NULL: to->kind = JSON_IS_NULL; break;
    case JSON_TRUE:
    case JSON_FALSE: to->kind = JSON_IS_BOOL, to->number = json_is_true(from); break;
    case JSON_INTEGER: to->kind = JSON_IS_INT, to->number = json_integer_value(from); break;
    case JSON_REAL: to->kind = JSON_IS_REAL, to->real = json_real_value(from); break;
    case JSON_STRING:
        to->kind = JSON_IS_TEXT;
        to->text = str_copy(mem, (Str){ json_string_value(from), (ptrdiff_t)json_string_length(from) });
        break;
    case JSON_ARRAY: to->kind = JSON_IS_ARRAY, keep_children(mem, to, from); break;
    case JSON_OBJECT: to->kind = JSON_IS_OBJECT, keep_children(mem, to, from); break;
    }
    return to;
}

static Err refuse(Problems *problems, const char *key, Place place)
{
    return PROBLEM(problems, INVALID, NULL, key, arg_count("line", place.line), arg_count("column", place.column));
}

typedef struct {
    Arena  *mem;
    json_t *tree;
    Json   *kept;
} Keeping;

static Err keep_all(void *to)
{
    Keeping *k = to;
    k->kept    = keep(k->mem, k->tree);
    return OK;
}

Err json_read(Arena *mem, Str text, JsonLimits limits, Problems *problems, const Json **out)
{
    if (!limits.bytes) limits.bytes = 1 << 20;
    if (!limits.values) limits.values = 100000;
    if (!limits.depth) limits.depth = 32;
    Place       place = { 0 };
    const char *over  = beyond(text, limits, &place);
    if (over) return refuse(problems, over, place);
    json_error_t error;
    json_t      *tree = json_loadb(text.n ? text.s : "", (size_t)text.n, JSON_REJECT_DUPLICATES, &error);
    if (!tree) return refuse(problems, reason_of(&error), (Place){ error.line, error.column });
    Keeping k   = { mem, tree, NULL };
    Err     err = guarded(keep_all, &k);
    *out        = k.kept;
    json_decref(tree);
    if (err == TOO_LARGE) memory_over();
    return err;
}

const Json *json_get(const Json *object, const char *name)
{
    if (!object || object->kind != JSON_IS_OBJECT) return NULL;
    for (const Json *child = object->first; child; child = child->next)
        if (str_eq(child->key, str_of(name))) return child;
    return NULL;
}

static const Json *get_kind(const Json *object, const char *name, JsonKind kind)
{
    const Json *child = json_get(object, name);
    return child && child->kind == kind ? child : NULL;
}

bool json_get_text(const Json *object, const char *name, Str *out)
{
    const Json *child = get_kind(object, name, JSON_IS_TEXT);
    if (child) *out = child->text;
    return child != NULL;
}

bool json_get_i64(const Json *object, const char *name, int64_t *out)
{
    const Json *child = get_kind(object, name, JSON_IS_INT);
    if (child) *out = child->number;
    return child != NULL;
}

bool json_get_bool(const Json *object, const char *name, bool *out)
{
    const Json *child = get_kind(object, name, JSON_IS_BOOL);
    if (child) *out = child->number != 0;
    return child != NULL;
}
