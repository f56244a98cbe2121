/* Parameters and members of the body as what they should be, or a sentence at their name. */
#include "api/call.h"

#include <string.h>

/* ---- behind the question mark ---- */

Str asked_text(const Request *r, const char *name)
{
    const Call *c = r->more;
    for (int i = 0; i < c->arg_count; i++)
        if (str_eq(c->arg[i].name, str_of(name))) return c->arg[i].value;
    return (Str){ 0 };
}

bool asked(const Request *r, const char *name) { return asked_text(r, name).s != NULL; }

Str asked_header(const Request *r, const char *name)
{
    const Call *c = r->more;
    return http_header(c->http, name);
}

static Err wrong(Request *r, const char *name, const char *key) { return fail(r->w, INVALID, name, key); }

static Err number_within(Request *r, const char *name, int64_t v, int64_t least, int64_t most, int64_t *out)
{
    if (v < least || v > most)
        return fail(r->w, INVALID, name, "request.not_within", arg_count("least", least), arg_count("most", most));
    *out = v;
    return OK;
}

Err asked_i64(Request *r, const char *name, int64_t least, int64_t most, int64_t *out)
{
    int64_t v;
    Str     text = asked_text(r, name);
    if (!text.s) return OK;
    if (!str_i64(text, &v)) return wrong(r, name, "request.no_number");
    return number_within(r, name, v, least, most, out);
}

Err asked_day(Request *r, const char *name, Day *out)
{
    Str text = asked_text(r, name);
    if (!text.s || day_read(text, out)) return OK;
    return wrong(r, name, "request.no_day");
}

Err asked_bool(Request *r, const char *name, bool *out)
{
    Str  text = asked_text(r, name);
    bool yes  = str_eq(text, S("true")) || str_eq(text, S("1"));
    if (!text.s) return OK;
    if (!yes && !str_eq(text, S("false")) && !str_eq(text, S("0"))) return wrong(r, name, "request.no_yes_or_no");
    *out = yes;
    return OK;
}

Err asked_choice(Request *r, const char *name, const char *const *keys, int *out)
{
    Str text = asked_text(r, name);
    if (!text.s) return OK;
    for (int i = 0; keys[i]; i++) {
        if (!str_eq(text, str_of(keys[i]))) continue;
        *out = i;
        return OK;
    }
    return wrong(r, name, "request.no_choice");
}

Err asked_json(Request *r, const char *name, const Json **out)
{
    Str text = asked_text(r, name);
    *out     = NULL;
    if (text.n == 0) return OK;
    return json_read(r->w->mem, text, (JsonLimits){ .bytes = 16 * 1024, .values = 1000, .depth = 12 }, &r->w->problems,
                     out);
}

static bool is_taken(const Route *route, Str name)
{
    Str rest = str_of(route->takes);
    while (rest.n) {
        Str one = str_cut(&rest, ',');
        if (str_eq(str_trim(str_cut(&one, ':')), name)) return true;
    }
    return false;
}

Err asked_only(Request *r)
{
    const Call *c = r->more;
    for (int i = 0; i < c->arg_count; i++) {
        Str name = c->arg[i].name;
        if (!is_taken(r->route, name))
            return fail(r->w, INVALID, str_c(r->w->mem, name), "request.unknown", arg_text("name", name));
    }
    return OK;
}

Err body_only(Request *r)
{
    for (const Json *at = r->body ? r->body->first : NULL; at; at = at->next)
        if (!is_taken(r->route, at->key))
            return fail(r->w, INVALID, str_c(r->w->mem, str_upto(at->key, 100)), "request.unknown",
                        arg_text("name", at->key));
    return OK;
}

Err asked_version(Request *r, int64_t *out)
{
    Str text = asked_header(r, "If-Match");
    *out     = 0;
    if (!text.s) return OK;
    if (text.n >= 2 && text.s[0] == '"' && text.s[text.n - 1] == '"') text = (Str){ text.s + 1, text.n - 2 };
    if (str_i64(text, out) && *out > 0) return OK;
    return wrong(r, "If-Match", "request.no_version");
}

/* ---- members of the body ---- */

static Err text_of(Request *r, const char *name, ptrdiff_t max, bool required, Str *out)
{
    const Json *member = json_get(r->body, name);
    if (!member && !required) return OK;
    if (!member || (required && member->kind == JSON_IS_TEXT && str_trim(member->text).n == 0))
        return wrong(r, name, "field.required");
    if (member->kind != JSON_IS_TEXT) return wrong(r, name, "request.no_text");
    if (member->text.n > max) return fail(r->w, INVALID, name, "request.too_long", arg_count("most", max));
    *out = member->text;
    return OK;
}

Err body_text(Request *r, const char *name, ptrdiff_t max, Str *out) { return text_of(r, name, max, true, out); }
Err body_text_maybe(Request *r, const char *name, ptrdiff_t max, Str *out) { return text_of(r, name, max, false, out); }

static Err i64_of(Request *r, const char *name, int64_t least, int64_t most, bool required, int64_t *out)
{
    const Json *member = json_get(r->body, name);
    if (!member) return required ? wrong(r, name, "field.required") : OK;
    if (member->kind != JSON_IS_INT) return wrong(r, name, "request.no_number");
    return number_within(r, name, member->number, least, most, out);
}

Err body_i64(Request *r, const char *name, int64_t least, int64_t most, int64_t *out)
{
    return i64_of(r, name, least, most, true, out);
}

Err body_i64_maybe(Request *r, const char *name, int64_t least, int64_t most, int64_t *out)
{
    return i64_of(r, name, least, most, false, out);
}

Err body_day(Request *r, const char *name, Day *out)
{
    Str text;
    TRY(text_of(r, name, 10, true, &text));
    return day_read(text, out) ? OK : wrong(r, name, "request.no_day");
}

Err body_bool(Request *r, const char *name, bool *out)
{
    const Json *member = json_get(r->body, name);
    if (!member) return OK;
    if (member->kind != JSON_IS_BOOL) return wrong(r, name, "request.no_yes_or_no");
    *out = member->number != 0;
    return OK;
}
