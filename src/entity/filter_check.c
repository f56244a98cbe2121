/* What is kept of a filter: its one text, and what it reads. */
#include "entity/filter_inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- values ---- */

static void form_open(JsonOut *j, const char *name)
{
    js_object(j);
    js_key(j, name);
}

static void value_say(FilterReader *r, const FilterNode *node, const FilterValue *v, JsonOut *j)
{
    static const char *const form[] = { [FILTER_ME] = "me",   [FILTER_TEAM] = "team",      [FILTER_DAY_OF] = "day",
                                        [FILTER_NOW] = "now", [FILTER_SAME_ROW] = "field", [FILTER_OUTER_ROW] = "row" };
    Buf                      text = buf_new(r->ask->mem, 64);
    switch (v->kind) {
    case FILTER_LITERAL:
        if (node->op == OP_of) js_str(j, v->literal.s);
        else value_json(j, &node->compared, v->literal);
        return;
    case FILTER_DATE: js_day(j, (Day)v->literal.n); return;
    default: break;
    }
    form_open(j, form[v->kind]);
    if (v->kind == FILTER_ME || v->kind == FILTER_TEAM) js_i64(j, 1);
    else if (v->kind == FILTER_SAME_ROW || v->kind == FILTER_OUTER_ROW) js_str(j, v->path.name);
    else {
        if (v->kind == FILTER_DAY_OF) filter_day_write(&text, v->day);
        else filter_now_write(&text, v->now);
        js_str(j, buf_str(&text));
    }
    js_end(j);
}

/* ---- texts in order, each once ---- */

static int text_cmp(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

static ptrdiff_t texts_sort(Str *at, ptrdiff_t n)
{
    ptrdiff_t kept = 0;
    if (n) qsort(at, (size_t)n, sizeof *at, text_cmp);
    for (ptrdiff_t i = 0; i < n; i++)
        if (!kept || !str_eq(at[kept - 1], at[i])) at[kept++] = at[i];
    return kept;
}

static void texts_put(JsonOut *j, Str *at, ptrdiff_t n)
{
    n = texts_sort(at, n);
    js_array(j);
    for (ptrdiff_t i = 0; i < n; i++) js_raw(j, at[i]);
    js_end(j);
}

static void values_say(FilterReader *r, const FilterNode *node, JsonOut *j)
{
    if (node->op == OP_empty || node->op == OP_not_empty) return;
    js_key(j, "value");
    if (node->op != OP_in) {
        value_say(r, node, node->value, j);
        return;
    }
    Str *text = NEW_RAW(r->ask->mem, Str, node->values);
    for (ptrdiff_t i = 0; i < node->values; i++) {
        Buf     one = buf_new(r->ask->mem, 32);
        JsonOut to = js_to(&one);
        value_say(r, node, &node->value[i], &to);
        text[i] = buf_str(&one);
    }
    texts_put(j, text, node->values);
}

/* ---- nodes ---- */

static const char *op_name(FilterOp op)
{
    int i = 0;
    while (op != (FilterOp)(1 << i)) i++;
    return op_names[i];
}

static void compared_say(FilterReader *r, const FilterNode *node, JsonOut *j)
{
    js_key(j, "op");
    js_c(j, op_name(node->op));
    values_say(r, node, j);
}

/* A condition in its one form.  What stands in it is in its own, so that what repetition leaves alone is taken for what
 * it then is. */
typedef struct Form Form;

typedef struct {
    Form     *at;
    ptrdiff_t n;
} Forms;

struct Form {
    FilterKind kind;
    Str        text;
    Forms      of; /* of all and any: in order, each once; of not: the one */
};

static Form node_form(FilterReader *r, const FilterNode *node);

static int form_cmp(const void *a, const void *b) { return str_cmp(((const Form *)a)->text, ((const Form *)b)->text); }

static void forms_add(Arena *mem, Forms *to, const Form *at, ptrdiff_t n)
{
    Form *all = NEW_RAW(mem, Form, to->n + n);
    if (to->n) memcpy(all, to->at, sizeof *all * (size_t)to->n);
    if (n) memcpy(all + to->n, at, sizeof *all * (size_t)n);
    *to = (Forms){ all, to->n + n };
}

static void forms_sort(Forms *forms)
{
    ptrdiff_t kept = 0;
    if (forms->n) qsort(forms->at, (size_t)forms->n, sizeof *forms->at, form_cmp);
    for (ptrdiff_t i = 0; i < forms->n; i++)
        if (!kept || !str_eq(forms->at[kept - 1].text, forms->at[i].text)) forms->at[kept++] = forms->at[i];
    forms->n = kept;
}

/* What stands in a list, and of one of its own kind what stands in that: all of all is all. */
static Forms forms_of(FilterReader *r, const FilterNode *list, FilterKind kind)
{
    Forms out = { 0 };
    for (const FilterNode *at = list->first; at; at = at->next) {
        Form form = node_form(r, at);
        if (form.kind == kind) forms_add(r->ask->mem, &out, form.of.at, form.of.n);
        else forms_add(r->ask->mem, &out, &form, 1);
    }
    forms_sort(&out);
    return out;
}

static void forms_put(JsonOut *j, Forms forms)
{
    js_array(j);
    for (ptrdiff_t i = 0; i < forms.n; i++) js_raw(j, forms.at[i].text);
    js_end(j);
}

/* A list of one is that one. */
static Form list_form(FilterReader *r, const FilterNode *node)
{
    Forms   of = forms_of(r, node, node->kind);
    Buf     text = buf_new(r->ask->mem, 128);
    JsonOut j = js_to(&text);
    if (of.n == 1) return of.at[0];
    form_open(&j, node->kind == FILTER_ALL ? "all" : "any");
    forms_put(&j, of);
    js_end(&j);
    return (Form){ node->kind, buf_str(&text), of };
}

/* No to a no is the thing itself. */
static Form not_form(FilterReader *r, const FilterNode *node)
{
    Form   *inner = NEW(r->ask->mem, Form);
    Buf     text = buf_new(r->ask->mem, 128);
    JsonOut j = js_to(&text);
    *inner = node_form(r, node->first);
    if (inner->kind == FILTER_NOT) return inner->of.at[0];
    form_open(&j, "not");
    js_raw(&j, inner->text);
    js_end(&j);
    return (Form){ FILTER_NOT, buf_str(&text), { inner, 1 } };
}

static Form leaf_form(FilterReader *r, const FilterNode *node)
{
    Buf     text = buf_new(r->ask->mem, 128);
    JsonOut j = js_to(&text);
    form_open(&j, "field");
    js_str(&j, node->path.name);
    compared_say(r, node, &j);
    js_end(&j);
    return (Form){ FILTER_LEAF, buf_str(&text), { 0 } };
}

static Form rows_form(FilterReader *r, const FilterNode *node)
{
    static const char *const form[] = {
        [FILTER_SOME] = "some", [FILTER_NONE] = "none", [FILTER_COUNT] = "count", [FILTER_SUM] = "sum"
    };
    Buf     text = buf_new(r->ask->mem, 128);
    JsonOut j = js_to(&text);
    Forms   where = forms_of(r, node, FILTER_ALL);
    form_open(&j, form[node->kind]);
    js_str(&j, node->many.name);
    if (where.n) {
        js_key(&j, "where");
        forms_put(&j, where);
    }
    if (node->kind == FILTER_COUNT || node->kind == FILTER_SUM) compared_say(r, node, &j);
    js_end(&j);
    return (Form){ node->kind, buf_str(&text), { 0 } };
}

static Form node_form(FilterReader *r, const FilterNode *node)
{
    switch (node->kind) {
    case FILTER_ALL:
    case FILTER_ANY: return list_form(r, node);
    case FILTER_NOT: return not_form(r, node);
    case FILTER_LEAF: return leaf_form(r, node);
    default: return rows_form(r, node);
    }
}

/* ---- the check ---- */

/* It is written as well, into nothing: what would be refused when it is asked is refused when it is kept. */
static Err written(const FilterAsk *ask, const Json *tree)
{
    Binds binds = { 0 };
    Buf   sql = buf_new(ask->mem, 1000);
    return filter_write(ask, tree, "t", &sql, &binds, NULL);
}

Err filter_check(Work *w, const Entity *e, Str tree, Str *canonical, UsesList *uses)
{
    FilterAsk    ask = { .w = w, .mem = w->mem, .e = e };
    FilterReader r = { .ask = &ask, .keeps = true };
    const Json  *json;
    FilterNode  *node;
    *canonical = S("");
    *uses = (UsesList){ 0 };
    if (!str_trim(tree).n) return OK;
    TRY(json_read(w->mem, tree, (JsonLimits){ .bytes = FILTER_BYTES }, &w->problems, &json));
    TRY(filter_read(&r, json, &node));
    TRY(written(&ask, json));
    *canonical = node_form(&r, node).text;
    *uses = r.uses;
    if (str_eq(*canonical, S("{\"all\":[]}"))) *canonical = S("");
    return canonical->n > FILTER_TEXT ? filter_refuse(&r, S(""), "filter.too_long") : OK;
}
