/* What of a view its reader may have: each condition is asked in his rights, each column looked for among his. */
#include "sales/people/view_read.h"

#include "access/access.h"
#include "entity/figure.h"
#include "entity/filter.h"

#include <string.h>

typedef struct {
    Work           *w;
    const UsesList *uses; /* what the condition reads */
    int64_t        *hidden; /* records out of reach that it names */
    ptrdiff_t       n;
    ptrdiff_t       cut; /* of them those that stood in lists of values */
} Reading;

/* ---- the records it names ---- */

static Err hidden_of(Reading *r, const Entity *to)
{
    const UsesList *uses = r->uses;
    int64_t  *id = NEW_RAW(r->w->mem, int64_t, uses->n);
    bool     *in = NEW_N(r->w->mem, bool, uses->n);
    ptrdiff_t n  = 0;
    for (ptrdiff_t k = 0; k < uses->n; k++)
        if (uses->at[k].to_id && str_eq(uses->at[k].entity, str_of(to->name))) id[n++] = uses->at[k].to_id;
    if (n == 0 || to->known) return OK;
    TRY(reach_rows(r->w, r->w->scratch, to, "view", id, n, in));
    for (ptrdiff_t k = 0; k < n; k++)
        if (!in[k]) r->hidden[r->n++] = id[k];
    return OK;
}

static bool is_hidden(const Reading *r, const Json *value)
{
    int64_t id  = value->number;
    Str     tail = value->text;
    if (value->kind == JSON_IS_TEXT) {
        str_cut(&tail, ':');
        if (!str_i64(tail, &id)) return false;
    }
    for (ptrdiff_t k = 0; k < r->n && (value->kind == JSON_IS_INT || value->kind == JSON_IS_TEXT); k++)
        if (r->hidden[k] == id) return true;
    return false;
}

/* Does a field or figure that is compared, `about` or `client_id.keeper_id`, say a record?  Any other may have the
 * number of a hidden one and mean something else. */
static bool points(const Reading *r, const Json *path)
{
    Str name = path && path->kind == JSON_IS_TEXT ? path->text : S("");
    for (ptrdiff_t dot; (dot = str_find(name, S("."))) >= 0;) name = str_from(name, dot + 1);
    for (ptrdiff_t k = 0; k < r->uses->n; k++) {
        const Use    *use = &r->uses->at[k];
        const Entity *e = entity_named(use->entity);
        if (!e || !str_eq(use->name, name)) continue;
        if (use->what == USES_FIELD && field_points(field_named(r->w, e, name))) return true;
        if (use->what == USES_FIGURE && figure_named(e, name)->type == TYPE_ref) return true;
    }
    return false;
}

/* What a condition compares with; *whole false: a hidden record by itself. */
static void value_seen(Reading *r, JsonOut *to, const Json *value, bool *whole)
{
    if (is_hidden(r, value)) *whole = false;
    if (value->kind != JSON_IS_ARRAY) {
        js_copy(to, value);
        return;
    }
    js_array(to);
    for (const Json *at = value->first; at; at = at->next) {
        if (is_hidden(r, at)) r->cut++;
        else js_copy(to, at);
    }
    js_end(to);
}

/* The condition without the hidden records of its lists; *whole false: it names one by itself. */
static void copy_seen(Reading *r, JsonOut *to, const Json *node, bool *whole)
{
    bool pointing = node->kind == JSON_IS_OBJECT && points(r, json_get(node, "field"));
    if (node->kind != JSON_IS_OBJECT && node->kind != JSON_IS_ARRAY) {
        js_copy(to, node);
        return;
    }
    if (node->kind == JSON_IS_OBJECT) js_object(to);
    else js_array(to);
    for (const Json *at = node->first; at; at = at->next) {
        if (node->kind == JSON_IS_OBJECT) js_key_str(to, at->key);
        if (pointing && str_eq(at->key, S("value"))) value_seen(r, to, at, whole);
        else copy_seen(r, to, at, whole);
    }
    js_end(to);
}

/* ---- one condition ---- */

/* *good: it stands in *out, in his rights, without so many records of its lists. */
static Err condition_read(Work *w, const Entity *e, const Json *node, Str *out, bool *good, ptrdiff_t *cut)
{
    Problems before = w->problems;
    UsesList uses;
    Str      text, canonical;
    Buf      b = buf_new(w->mem, 256);
    JsonOut  j = js_to(&b);
    js_copy(&j, node);
    text     = buf_str(&b);
    Err err  = filter_check(w, e, text, &canonical, &uses);
    *good    = err == OK;
    if (err != OK) w->problems = before;
    if (err != OK) return err == INVALID ? OK : err;
    Reading r = { .w = w, .uses = &uses, .hidden = NEW_RAW(w->mem, int64_t, uses.n) };
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (!entity_at(i)->parent) TRY(hidden_of(&r, entity_at(i)));
    b = buf_new(w->mem, text.n + 16);
    j = js_to(&b);
    copy_seen(&r, &j, node, good);
    *out = buf_str(&b);
    *cut = r.cut;
    return OK;
}

static Err filter_read(Work *w, const Entity *e, Str filter, ViewRead *out)
{
    Problems    unheard = { 0 };
    const Json *tree;
    if (!filter.n || json_read(w->mem, filter, (JsonLimits){ 0 }, &unheard, &tree) != OK) return OK;
    const Json *all   = json_get(tree, "all");
    Buf         kept  = buf_new(w->mem, filter.n + 32);
    ptrdiff_t   n     = 0;
    for (const Json *at = all ? all->first : tree; at; at = all ? at->next : NULL) {
        Str       text;
        bool      good;
        ptrdiff_t cut = 0;
        TRY(condition_read(w, e, at, &text, &good, &cut));
        out->conditions += !good;
        if (!good) continue;
        out->records += cut;
        buf_c(&kept, n++ ? "," : "");
        buf_put(&kept, text);
    }
    if (n == 1) out->filter = buf_str(&kept);
    else if (n) out->filter = str_fmt(w->mem, "{\"all\":[%.*s]}", (int)buf_str(&kept).n, buf_str(&kept).s);
    return OK;
}

/* ---- columns and order ---- */

/* Hidden from him, or gone: the firm's own fields are called by their numbers.  What no field or figure is called is a
 * column of the screen's own. */
static bool name_hidden(Work *w, const Entity *e, Str name)
{
    const Field  *f      = field_named(w, e, name);
    const Figure *figure = f ? NULL : figure_named(e, name);
    bool          own    = name.n > 1 && name.s[0] == 'x' && name.s[1] >= '0' && name.s[1] <= '9';
    if (!f && own) return true;
    if (figure) return !figure_known(w->who, e, figure, "view");
    return f && access_hides(w->who, e->name, "view", f->mask);
}

static Str names_read(Work *w, const Entity *e, Str names, ptrdiff_t *left)
{
    Buf b = buf_new(w->mem, names.n + 1);
    while (names.n) {
        Str name = str_cut(&names, ' '), bare = str_starts(name, S("-")) ? str_from(name, 1) : name;
        if (!name.n) continue;
        if (name_hidden(w, e, bare)) {
            ++*left;
            continue;
        }
        if (b.len) buf_char(&b, ' ');
        buf_put(&b, name);
    }
    return buf_str(&b);
}

Err view_read(Work *w, const Entity *e, Str filter, Str columns, Str sort, Str by, ViewRead *out)
{
    *out         = (ViewRead){ 0 };
    out->columns = names_read(w, e, columns, &out->names);
    out->sort    = names_read(w, e, sort, &out->names);
    out->shape_by = names_read(w, e, by, &out->names);
    return filter_read(w, e, filter, out);
}
