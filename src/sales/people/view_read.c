/* What of a view its reader may have: each condition is asked in his rights, each column looked for among his. */
#include "sales/people/view_read.h"

#include "access/access.h"
#include "entity/figure.h"
#include "entity/filter.h"

#include <string.h>

typedef struct {
    Work         *w;
    const Entity *e;
    int64_t      *hidden; /* records out of reach that the condition names */
    ptrdiff_t     n;
} Reading;

/* ---- the records it names ---- */

static Err hidden_of(Reading *r, const Entity *to, const UsesList *uses)
{
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

/* The condition without the hidden records of its lists; *whole false: it names one by itself. */
static void copy_seen(const Reading *r, JsonOut *to, const Json *node, bool *whole)
{
    if (node->kind != JSON_IS_OBJECT && node->kind != JSON_IS_ARRAY) {
        js_copy(to, node);
        return;
    }
    if (node->kind == JSON_IS_OBJECT) js_object(to);
    else js_array(to);
    for (const Json *at = node->first; at; at = at->next) {
        bool hidden = is_hidden(r, at);
        if (hidden && node->kind == JSON_IS_ARRAY) continue;
        *whole = *whole && !(hidden && str_eq(at->key, S("value")));
        if (node->kind == JSON_IS_OBJECT) js_key_str(to, at->key);
        copy_seen(r, to, at, whole);
    }
    js_end(to);
}

/* ---- one condition ---- */

/* True: it stands in *out, in his rights. */
static Err condition_read(Work *w, const Entity *e, const Json *node, Str *out, bool *good)
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
    Reading r = { .w = w, .e = e, .hidden = NEW_RAW(w->mem, int64_t, uses.n) };
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (!entity_at(i)->parent) TRY(hidden_of(&r, entity_at(i), &uses));
    b = buf_new(w->mem, text.n + 16);
    j = js_to(&b);
    copy_seen(&r, &j, node, good);
    *out = buf_str(&b);
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
        Str  text;
        bool good;
        TRY(condition_read(w, e, at, &text, &good));
        out->conditions += !good;
        if (!good) continue;
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

Err view_read(Work *w, const Entity *e, Str filter, Str columns, Str sort, ViewRead *out)
{
    *out         = (ViewRead){ 0 };
    out->columns = names_read(w, e, columns, &out->names);
    out->sort    = names_read(w, e, sort, &out->names);
    return filter_read(w, e, filter, out);
}
