/* What is asked of metrics over HTTP, and how it is told. */
#include "engine/metric/metric.h"

/* ---- the question ---- */

static Err asked_wrong(Request *r, const char *field) { return fail(r->w, INVALID, field, "metric.no_question"); }

static Err texts_read(Request *r, const char *field, Str *out, int most, int *n)
{
    const Json *list = json_get(r->body, field);
    if (!list) return OK;
    if (list->kind != JSON_IS_ARRAY) return asked_wrong(r, field);
    for (const Json *at = list->first; at; at = at->next) {
        if (at->kind != JSON_IS_TEXT) return asked_wrong(r, field);
        if (*n == most) return fail(r->w, INVALID, field, "metric.asks_most", arg_count("limit", most));
        out[(*n)++] = at->text;
    }
    return OK;
}

static Err span_read(Request *r, const char *field, MetricSpan *out)
{
    const Json *span = json_get(r->body, field);
    *out = (MetricSpan){ DAY_NONE, DAY_NONE };
    if (!span || span->kind == JSON_IS_NULL) return OK;
    if (span->kind != JSON_IS_OBJECT) return asked_wrong(r, field);
    for (const Json *at = span->first; at; at = at->next) {
        bool  from = str_eq(at->key, S("from"));
        Value day;
        bool  good = (from || str_eq(at->key, S("to"))) && at->kind == JSON_IS_TEXT &&
                    value_of_json(r->w->mem, &(Field){ .type = TYPE_day }, at, &day) && !day.empty;
        if (!good) return asked_wrong(r, field);
        *(from ? &out->from : &out->to) = (Day)day.n;
    }
    return OK;
}

static Err ask_read(Request *r, MetricAsk *ask)
{
    *ask = (MetricAsk){ .where = json_get(r->body, "where") };
    TRY(texts_read(r, "metrics", ask->metric, METRICS_ASKED, &ask->metrics));
    TRY(texts_read(r, "by", ask->by, GROUP_BYS, &ask->bys));
    TRY(span_read(r, "period", &ask->period));
    TRY(span_read(r, "than", &ask->than));
    ask->compared = json_get(r->body, "than") && json_get(r->body, "than")->kind == JSON_IS_OBJECT;
    if (!ask->metrics) return asked_wrong(r, "metrics");
    if (ask->where && ask->where->kind != JSON_IS_OBJECT) return asked_wrong(r, "where");
    return OK;
}

/* ---- the answer ---- */

static void cell_json(JsonOut *to, Arena *mem, const MetricCell *cell)
{
    Buf whole = buf_new(mem, 48);
    if (cell->empty) js_null(to);
    else if (cell->field.type == TYPE_money) js_wide_money(to, cell->n);
    else if (cell->field.type == TYPE_qty) js_wide_qty(to, cell->n);
    else if (cell->field.type == TYPE_int) {
        buf_trimmed(&whole, cell->n, 0);
        js_raw(to, buf_str(&whole));
    } else value_json(to, &cell->field, value_int((int64_t)cell->n));
}

static void cells_json(JsonOut *to, Arena *mem, const MetricTable *t, const MetricLine *line, bool compared)
{
    js_key(to, "cells");
    js_array(to);
    for (int i = 0; i < t->metrics; i++) {
        js_object(to);
        js_key(to, "value");
        cell_json(to, mem, &line->cell[i]);
        if (line->cell[i].few) js_put_bool(to, "few", true);
        if (compared) {
            const MetricCell *than = &line->cell[t->metrics + i];
            js_key(to, "than");
            cell_json(to, mem, than);
            if (than->few) js_put_bool(to, "than_few", true);
        }
        js_end(to);
    }
    js_end(to);
}

/* The condition under which a record stands in this row, by the name that its source has for each grain. */
static void key_json(JsonOut *to, const GroupBy *by, const GroupKey *key, Str path)
{
    bool from = by->step != GROUP_BY_VALUE && !key->value.empty;
    for (int i = 0; i < (from ? 2 : 1); i++) {
        js_object(to);
        js_key(to, "field");
        js_str(to, path);
        js_key(to, "op");
        js_c(to, key->value.empty ? "empty" : !from ? "is" : i ? "to" : "from");
        if (!key->value.empty) {
            js_key(to, "value");
            value_json(to, &by->field, i ? value_int(key->last) : key->value);
        }
        js_end(to);
    }
}

/* What opens to the records of a row: the condition of its keys for this source.  Nothing where it has no keys. */
static void opens_json(JsonOut *to, const MetricTable *t, const MetricLine *line, const Entity *source, Str on_day)
{
    for (int k = 0; k < t->bys; k++) {
        const char *path = metric_grain_path(source, t->grain[k]);
        key_json(to, &t->by[k], &line->key[k], t->by[k].step == GROUP_BY_VALUE && path ? str_of(path) : on_day);
    }
}

/* Where the figures of a metric come from: beside `filter` of the metric `keys` of a row are what opens to its cell. */
static const MetricRow *opens(const MetricTable *t, int i) { return t->under[i] ? t->under[i] : t->over[i]; }

static void keys_json(JsonOut *to, const MetricTable *t, const MetricLine *line)
{
    js_key(to, "keys");
    js_array(to);
    for (int k = 0; k < t->bys; k++) {
        const GroupKey *key = &line->key[k];
        js_object(to);
        js_key(to, "value");
        if (key->value.empty) js_null(to);
        else value_json(to, &t->by[k].field, key->value);
        if (key->title.n) js_key(to, "title"), js_str(to, key->title);
        js_end(to);
    }
    js_end(to);
    js_key(to, "opens");
    js_array(to);
    for (int i = 0; i < t->metrics; i++) {
        js_array(to);
        opens_json(to, t, line, opens(t, i)->source, opens(t, i)->on_day);
        js_end(to);
    }
    js_end(to);
}

static void metric_json(JsonOut *to, const MetricTable *t, int i, bool compared)
{
    const MetricRow *m = t->metric[i];
    js_object(to);
    js_key(to, "code"), js_str(to, m->code);
    js_key(to, "name"), js_str(to, m->name);
    js_key(to, "unit"), js_c(to, metric_units[m->unit - 1]);
    js_key(to, "direction"), js_c(to, metric_directions[m->direction - 1]);
    js_key(to, "entity"), js_c(to, opens(t, i)->source->name);
    js_key(to, "filter"), js_raw(to, t->door[0][i]);
    if (compared) js_key(to, "than_filter"), js_raw(to, t->door[1][i]);
    js_key(to, "of");
    js_array(to);
    if (t->under[i]) js_str(to, t->over[i]->code), js_str(to, t->under[i]->code);
    js_end(to);
    js_end(to);
}

static Err answer(Request *r)
{
    static const char *const within[] = { "none", "own", "team", "all" };
    MetricAsk                ask;
    MetricTable              t;
    TRY(ask_read(r, &ask));
    TRY(metric_answer(r->w, &ask, &t));
    js_object(&r->out);
    js_key(&r->out, "metrics");
    js_array(&r->out);
    for (int i = 0; i < t.metrics; i++) metric_json(&r->out, &t, i, ask.compared);
    js_end(&r->out);
    js_key(&r->out, "items");
    js_array(&r->out);
    for (int i = 0; i < t.n; i++) {
        js_object(&r->out);
        keys_json(&r->out, &t, &t.at[i]);
        cells_json(&r->out, r->w->mem, &t, &t.at[i], ask.compared);
        js_end(&r->out);
    }
    js_end(&r->out);
    js_key(&r->out, "all");
    js_object(&r->out);
    cells_json(&r->out, r->w->mem, &t, &t.all, ask.compared);
    js_end(&r->out);
    js_put_bool(&r->out, "more", t.more);
    js_key(&r->out, "within"), js_c(&r->out, within[t.within]);
    js_end(&r->out);
    return OK;
}

const Route metric_routes[] = {
    { .method = POST,
      .path = "/api/metric/answer",
      .run = answer,
      .needs = { "metric", "view" },
      .slow = true,
      .body = BODY_JSON,
      .takes = "metrics: array, by: array?, period: object?, than: object?, where: object?",
      .gives = "metrics: array, items: array, all: object, more: bool, within: text",
      .says = "route.metric.answer" },
    { 0 },
};
