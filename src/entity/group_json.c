/* Groups as JSON: the question as it comes, and the answer. */
#include "entity/group_inside.h"

/* ---- the question ---- */

static const char *const hows[] = { "count", "sum", "mean", "least", "most", "distinct" };

static Err sum_refuse(Work *w, Str name)
{
    return fail(w, INVALID, "sums", "list.no_such_sum", arg_text("name", str_upto(name, name.n < 100 ? name.n : 100)));
}

static Err sum_read(Work *w, const Json *json, GroupSum *out)
{
    Str how = { 0 };
    *out = (GroupSum){ .filter = json_get(json, "filter") };
    if (json->kind != JSON_IS_OBJECT || !json_get_text(json, "how", &how)) return sum_refuse(w, S(""));
    if (json_get(json, "path") && !json_get_text(json, "path", &out->path)) return sum_refuse(w, S(""));
    for (int i = 0; i < COUNT(hows); i++) {
        if (!str_eq(how, str_of(hows[i]))) continue;
        out->how = (GroupHow)i;
        return OK;
    }
    return sum_refuse(w, how);
}

Err group_question(Work *w, Str by, const Json *sums, GroupQuestion *out)
{
    *out = (GroupQuestion){ 0 };
    if (!by.n) return fail(w, INVALID, "by", "list.no_such_group", arg_text("name", by));
    while (by.n) {
        Str name = str_cut(&by, ',');
        if (out->bys == GROUP_BYS) return fail(w, INVALID, "by", "list.too_many_groups", arg_count("limit", GROUP_BYS));
        out->by[out->bys++] = name;
    }
    if (!sums) return OK;
    if (sums->kind != JSON_IS_ARRAY) return sum_refuse(w, S(""));
    for (const Json *at = sums->first; at; at = at->next) {
        if (out->sums == GROUP_SUMS)
            return fail(w, INVALID, "sums", "list.too_many_sums", arg_count("limit", GROUP_SUMS));
        TRY(sum_read(w, at, &out->sum[out->sums++]));
    }
    return OK;
}

/* ---- the filter of a group ---- */

static void leaf_json(JsonOut *to, const GroupBy *by, const char *op, const Value *v)
{
    js_object(to);
    js_key(to, "field");
    js_str(to, by->path);
    js_key(to, "op");
    js_c(to, op);
    if (v) js_key(to, "value");
    if (v) value_json(to, &by->field, *v);
    js_end(to);
}

/* Of a record that there is none to be seen of a yes or no is neither. */
static void neither_json(JsonOut *to, const GroupBy *by)
{
    js_object(to);
    js_key(to, "not");
    js_object(to);
    js_key(to, "any");
    js_array(to);
    for (int yes = 0; yes < 2; yes++) leaf_json(to, by, "is", &(Value){ .n = yes });
    js_end(to);
    js_end(to);
    js_end(to);
}

static void key_filter(JsonOut *to, const GroupBy *by, const GroupKey *key)
{
    Value last = value_int(key->last);
    if (key->value.empty && by->field.type == TYPE_bool) neither_json(to, by);
    else if (key->value.empty) leaf_json(to, by, "empty", NULL);
    else if (by->step == GROUP_BY_VALUE) leaf_json(to, by, "is", &key->value);
    else {
        leaf_json(to, by, "from", &key->value);
        leaf_json(to, by, "to", &last);
    }
}

static void filter_json(JsonOut *to, const GroupRows *g, const GroupRow *row)
{
    bool one = g->bys == 1 && (row->key[0].value.empty || g->by[0].step == GROUP_BY_VALUE);
    js_key(to, "filter");
    if (!one) {
        js_object(to);
        js_key(to, "all");
        js_array(to);
    }
    for (int k = 0; k < g->bys; k++) key_filter(to, &g->by[k], &row->key[k]);
    if (one) return;
    js_end(to);
    js_end(to);
}

/* ---- rows ---- */

static void key_json(JsonOut *to, const GroupBy *by, const GroupKey *key)
{
    js_key(to, "value");
    if (key->value.empty) js_null(to);
    else value_json(to, &by->field, key->value);
    if (key->title.n) js_key(to, "title"), js_str(to, key->title);
}

static void keys_json(JsonOut *to, const GroupRows *g, const GroupRow *row)
{
    key_json(to, &g->by[0], &row->key[0]);
    if (g->bys == 1) return;
    js_key(to, "values");
    js_array(to);
    for (int k = 0; k < g->bys; k++) {
        js_object(to);
        key_json(to, &g->by[k], &row->key[k]);
        js_end(to);
    }
    js_end(to);
}

static void cell_json(JsonOut *to, Arena *mem, const Field *f, GroupCell cell)
{
    Buf whole = buf_new(mem, 48);
    if (cell.empty) js_null(to);
    else if (f->type == TYPE_money) js_wide_money(to, cell.n);
    else if (f->type == TYPE_qty) js_wide_qty(to, cell.n);
    else if (f->type == TYPE_int) {
        buf_trimmed(&whole, cell.n, 0);
        js_raw(to, buf_str(&whole));
    } else value_json(to, f, value_int((int64_t)cell.n));
}

static void sums_json(JsonOut *to, const Grouping *g, const GroupRow *row)
{
    js_key(to, "count");
    js_i64(to, row->count);
    totals_json(to, &g->totals, row->totals);
    if (!g->out->sums) return;
    js_key(to, "sums");
    js_array(to);
    for (int i = 0; i < g->out->sums; i++) cell_json(to, g->mem, &g->out->sum[i], row->cell[i]);
    js_end(to);
}

Err group_json(Work *w, JsonOut *to, const Entity *e, const Ask *ask, const GroupQuestion *question)
{
    GroupRows out;
    Grouping  g = { .w = w, .mem = w->mem, .e = e, .ask = ask, .question = question, .out = &out };
    TRY(group_find(&g));
    js_items(to);
    for (int i = 0; i < out.n; i++) {
        js_object(to);
        keys_json(to, &out, &out.at[i]);
        sums_json(to, &g, &out.at[i]);
        filter_json(to, &out, &out.at[i]);
        js_end(to);
    }
    js_end(to);
    js_key(to, "more");
    js_bool(to, out.more);
    js_key(to, "groups");
    js_i64(to, out.groups);
    js_key(to, "all");
    js_object(to);
    sums_json(to, &g, &out.all);
    js_end(to);
    js_end(to);
    return OK;
}
