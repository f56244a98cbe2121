/* The answer: what is asked of each source at once, rows that meet by their grains, and ratios reckoned a row. */
#include "engine/metric/metric.h"

#include "format/json.h"

/* What is counted: a metric, or a part of one; `sample` is the leaf that counts its records, -1: itself. */
typedef struct {
    const MetricRow *m;
    GroupHow         how;
    int              sample;
} Leaf;

typedef struct {
    GroupKey   key[GROUP_BYS];
    GroupCell *cell; /* [2][leaves]; one that no source told is empty */
} Row;

typedef struct {
    Work            *w;
    const MetricAsk *ask;
    MetricTable     *out;
    Metrics          all;
    Leaf             leaf[2 * METRIC_LEAVES];
    Field            field[2 * METRIC_LEAVES];
    int              leaves;
    int              of[METRICS_ASKED], under[METRICS_ASKED]; /* the leaf of each, of a ratio of both parts */
    Row             *row;
    int              rows;
    Row              total;
    bool             cut[2][2 * METRIC_LEAVES]; /* of these only the largest rows came */
} Answer;

/* ---- what is counted ---- */

static int leaf_put(Answer *a, const MetricRow *m, GroupHow how)
{
    for (int i = 0; i < a->leaves; i++)
        if (a->leaf[i].m == m && a->leaf[i].how == how) return i;
    a->leaf[a->leaves] = (Leaf){ .m = m, .how = how, .sample = -1 };
    return a->leaves++;
}

static int leaf_of(Answer *a, const MetricRow *m)
{
    int i = leaf_put(a, m, (GroupHow)(m->how - METRIC_HOW_COUNT));
    if (m->least_sample && a->leaf[i].how != GROUP_COUNT) a->leaf[i].sample = leaf_put(a, m, GROUP_COUNT);
    return i;
}

static Err metric_refuse(Answer *a, Str code)
{
    Str name = str_upto(code, code.n < 60 ? code.n : 60);
    return fail(a->w, INVALID, "metrics", "metric.none_such", arg_text("name", name));
}

static Err metrics_find(Answer *a)
{
    MetricTable *out = a->out;
    TRY(metrics_read(a->w, &a->all));
    for (int i = 0; i < a->ask->metrics; i++) {
        const MetricRow *m = metric_coded(&a->all, a->ask->metric[i]);
        if (!m) return metric_refuse(a, a->ask->metric[i]);
        out->metric[i] = m;
        out->over[i] = m->how == METRIC_HOW_RATIO ? metric_found(&a->all, m->over_id) : m;
        out->under[i] = m->how == METRIC_HOW_RATIO ? metric_found(&a->all, m->under_id) : NULL;
        bool whole = out->over[i] && out->over[i]->source && (m->how != METRIC_HOW_RATIO || out->under[i]);
        if (!whole || (out->under[i] && !out->under[i]->source)) return metric_refuse(a, m->code);
        a->of[i] = leaf_of(a, out->over[i]);
        a->under[i] = out->under[i] ? leaf_of(a, out->under[i]) : -1;
    }
    out->metrics = a->ask->metrics;
    return OK;
}

/* ---- the condition ---- */

static void days_json(JsonOut *to, Str on_day, MetricSpan span)
{
    Day day[] = { span.from, span.to };
    for (int i = 0; i < 2; i++) {
        if (!on_day.n || day[i] == DAY_NONE) continue;
        js_object(to);
        js_key(to, "field");
        js_str(to, on_day);
        js_key(to, "op");
        js_c(to, i ? "to" : "from");
        js_key(to, "value");
        js_day(to, day[i]);
        js_end(to);
    }
}

/* A null means those without one. */
static void grain_leaf(JsonOut *to, const char *path, const Json *value)
{
    bool none = value->kind == JSON_IS_NULL;
    js_object(to);
    js_key(to, "field");
    js_c(to, path);
    js_key(to, "op");
    js_c(to, none ? "empty" : value->kind == JSON_IS_ARRAY ? "in" : "is");
    if (!none) js_key(to, "value"), js_copy(to, value);
    js_end(to);
}

static Err where_json(Answer *a, JsonOut *to, const Entity *source)
{
    int n = 0;
    for (const Json *at = a->ask->where ? a->ask->where->first : NULL; at; at = at->next) {
        const char *path = metric_grain_path(source, at->key);
        if (!path || n++ == METRIC_WHERE)
            return fail(a->w, INVALID, "where", "metric.no_grain", arg_text("name", at->key));
        grain_leaf(to, path, at);
    }
    return OK;
}

/* Of the records of a source in a period; `own`: with the condition of the metric itself. */
static Err condition(Answer *a, const MetricRow *m, MetricSpan span, bool own, Buf *text)
{
    JsonOut to = js_to(text);
    js_object(&to);
    js_key(&to, "all");
    js_array(&to);
    days_json(&to, m->on_day, span);
    TRY(where_json(a, &to, m->source));
    if (own && m->filter) js_copy(&to, m->filter);
    js_end(&to);
    js_end(&to);
    return OK;
}

static Err doors_write(Answer *a)
{
    for (int i = 0; i < a->out->metrics; i++)
        for (int p = 0; p <= a->ask->compared; p++) {
            Buf              text = buf_new(a->w->mem, 400);
            const MetricRow *m = a->out->under[i] ? a->out->under[i] : a->out->over[i];
            TRY(condition(a, m, p ? a->ask->than : a->ask->period, true, &text));
            a->out->door[p][i] = buf_str(&text);
        }
    return OK;
}

/* ---- rows that meet ---- */

static bool is_step(Str grain)
{
    static const char *const steps[] = { "day", "week", "month", "quarter", "year" };
    for (int i = 0; i < COUNT(steps); i++)
        if (str_eq(grain, str_of(steps[i]))) return true;
    return false;
}

static bool is_met(const Answer *a, const GroupKey *x, const GroupKey *y)
{
    for (int k = 0; k < a->out->bys; k++) {
        if (x[k].value.empty != y[k].value.empty) return false;
        if (!x[k].value.empty && !value_same(&a->out->by[k].field, x[k].value, y[k].value)) return false;
    }
    return true;
}

static Row row_new(Answer *a)
{
    Row row = { .cell = NEW_N(a->w->mem, GroupCell, 2 * a->leaves) };
    for (int i = 0; i < 2 * a->leaves; i++) row.cell[i].empty = true;
    return row;
}

/* Null: there is no room. */
static Row *row_at(Answer *a, const GroupKey *key)
{
    for (int i = 0; i < a->rows; i++)
        if (is_met(a, a->row[i].key, key)) return &a->row[i];
    if (a->rows == METRIC_ROWS) return NULL;
    a->row[a->rows] = row_new(a);
    for (int k = 0; k < a->out->bys; k++) a->row[a->rows].key[k] = key[k];
    return &a->row[a->rows++];
}

static void cells_take(Answer *a, int period, const int *leaf, int n, const GroupCell *cell, Row *row)
{
    for (int i = 0; i < n; i++) row->cell[period * a->leaves + leaf[i]] = cell[i];
}

/* ---- one source, one day, one period ---- */

static Err by_names(Answer *a, const MetricRow *m, GroupQuestion *q)
{
    for (int k = 0; k < a->ask->bys; k++) {
        Str         grain = a->ask->by[k];
        const char *path = metric_grain_path(m->source, grain);
        if (is_step(grain) && m->on_day.n)
            q->by[q->bys++] = str_fmt(a->w->mem, "%.*s:%.*s", (int)m->on_day.n, m->on_day.s, (int)grain.n, grain.s);
        else if (path) q->by[q->bys++] = str_of(path);
        else return fail(a->w, INVALID, "by", "metric.no_grain", arg_text("name", grain));
    }
    return OK;
}

static bool is_together(const MetricRow *x, const MetricRow *y)
{
    return x->source == y->source && str_eq(x->on_day, y->on_day);
}

static Err batch_ask(Answer *a, const int *leaf, int n, int period)
{
    const MetricRow *m = a->leaf[leaf[0]].m;
    GroupQuestion    q = { .sums = n };
    GroupRows        got;
    Ask              ask = { 0 };
    Buf              text = buf_new(a->w->mem, 400);
    TRY(by_names(a, m, &q));
    TRY(condition(a, m, period ? a->ask->than : a->ask->period, false, &text));
    TRY(json_read(a->w->mem, buf_str(&text), (JsonLimits){ .bytes = FILTER_BYTES }, &a->w->problems, &ask.filter));
    for (int i = 0; i < n; i++) {
        const Leaf *l = &a->leaf[leaf[i]];
        q.sum[i] = (GroupSum){ .how = l->how,
                               .path = l->how == GROUP_COUNT ? (Str){ 0 } : l->m->path,
                               .filter = l->m->filter };
    }
    TRY(group_rows(a->w, m->source, &ask, &q, &got));
    if (!a->out->bys) {
        a->out->bys = got.bys;
        for (int k = 0; k < got.bys; k++) a->out->by[k] = got.by[k], a->out->grain[k] = a->ask->by[k];
    }
    for (int k = 0; k < got.bys; k++)
        if (got.by[k].field.type != a->out->by[k].field.type)
            return fail(a->w, INVALID, "by", "metric.no_grain", arg_text("name", a->ask->by[k]));
    for (int i = 0; i < n; i++) a->field[leaf[i]] = got.sum[i];
    for (int i = 0; i < got.n; i++) {
        Row *row = row_at(a, got.at[i].key);
        if (row) cells_take(a, period, leaf, n, got.at[i].cell, row);
        else a->out->more = true;
    }
    cells_take(a, period, leaf, n, got.all.cell, &a->total);
    for (int i = 0; i < n; i++) a->cut[period][leaf[i]] = got.more;
    a->out->more |= got.more;
    return OK;
}

static void reach_note(Answer *a, const Entity *source)
{
    const Entity *e = entity_above(source);
    Scope         far = entity_owned(e) ? access_scope(a->w->who, e->name, "view") : SCOPE_ALL;
    if (far < a->out->within) a->out->within = far;
}

static Err sources_ask(Answer *a)
{
    bool done[2 * METRIC_LEAVES] = { 0 };
    for (int i = 0; i < a->leaves; i++) {
        int leaf[GROUP_SUMS], n = 0;
        if (done[i]) continue;
        reach_note(a, a->leaf[i].m->source);
        for (int k = i; k < a->leaves && n < GROUP_SUMS; k++) {
            if (done[k] || !is_together(a->leaf[i].m, a->leaf[k].m)) continue;
            done[k] = true;
            leaf[n++] = k;
        }
        for (int p = 0; p <= a->ask->compared; p++) TRY(batch_ask(a, leaf, n, p));
    }
    return OK;
}

/* Of a row that a source does not have there is nothing; what was cut off is not known. */
static void rows_fill(Answer *a)
{
    for (int r = 0; r < a->rows; r++)
        for (int i = 0; i < 2 * a->leaves; i++) {
            GroupCell *cell = &a->row[r].cell[i];
            int        leaf = i % a->leaves;
            GroupHow   how = a->leaf[leaf].how;
            bool       adds = how == GROUP_COUNT || how == GROUP_SUM || how == GROUP_DISTINCT;
            if (cell->empty && adds && !a->cut[i / a->leaves][leaf]) *cell = (GroupCell){ 0 };
        }
}

/* ---- what a row tells ---- */

static Wide unit_of(const Field *f) { return f->type == TYPE_int ? 1 : f->type == TYPE_money ? 100 : 1000; }

/* One over the other, in the unit of the metric. */
static MetricCell ratio_cell(const MetricRow *m, const Field *of, GroupCell x, const Field *by, GroupCell y)
{
    static const TypeId type[] = { [METRIC_COUNT] = TYPE_qty,
                                   [METRIC_MONEY] = TYPE_money,
                                   [METRIC_QTY] = TYPE_qty,
                                   [METRIC_RATIO] = TYPE_ratio,
                                   [METRIC_DAYS] = TYPE_qty };
    MetricCell          cell = { .field = { .type = type[m->unit] }, .empty = x.empty || y.empty || !y.n };
    Wide                scale = m->unit == METRIC_RATIO ? RATIO_ONE : m->unit == METRIC_MONEY ? 100 : 1000;
    if (!cell.empty) cell.n = round_div(x.n * scale * unit_of(by), y.n * unit_of(of));
    return cell;
}

static MetricCell cell_of(const Answer *a, int i, const GroupCell *cells)
{
    const MetricRow *m = a->out->metric[i];
    int              of = a->of[i], under = a->under[i];
    MetricCell       cell = { .n = cells[of].n, .empty = cells[of].empty, .field = a->field[of] };
    GroupCell        counted = cells[a->leaf[of].sample < 0 ? of : a->leaf[of].sample];
    if (under >= 0) {
        cell = ratio_cell(m, &a->field[of], cells[of], &a->field[under], cells[under]);
        counted = cells[under];
        counted.n /= unit_of(&a->field[under]);
    }
    if (m->least_sample && !counted.empty && counted.n < m->least_sample) cell.few = cell.empty = true;
    return cell;
}

static MetricLine line_of(Answer *a, const Row *row)
{
    MetricLine line = { .cell = NEW_N(a->w->mem, MetricCell, 2 * a->out->metrics) };
    for (int k = 0; k < a->out->bys; k++) line.key[k] = row->key[k];
    for (int p = 0; p < 2; p++)
        for (int i = 0; i < a->out->metrics; i++)
            line.cell[p * a->out->metrics + i] = cell_of(a, i, row->cell + p * a->leaves);
    return line;
}

/* Those without a value last, steps in the order of time; else as they came. */
static bool is_before(const Answer *a, const Row *x, const Row *y)
{
    const Value *i = &x->key[0].value, *k = &y->key[0].value;
    if (i->empty != k->empty) return k->empty;
    return a->out->by[0].step != GROUP_BY_VALUE && !i->empty && i->n < k->n;
}

static void rows_order(Answer *a)
{
    for (int i = 1; i < a->rows; i++) {
        Row row = a->row[i];
        int k = i;
        for (; k > 0 && is_before(a, &row, &a->row[k - 1]); k--) a->row[k] = a->row[k - 1];
        a->row[k] = row;
    }
}

static Err asked_right(const Answer *a)
{
    for (int k = 0; k < a->ask->bys; k++)
        if (a->ask->compared && is_step(a->ask->by[k])) return fail(a->w, INVALID, "than", "metric.than_by_time");
    return OK;
}

Err metric_answer(Work *w, const MetricAsk *ask, MetricTable *out)
{
    Answer *a = NEW(w->mem, Answer);
    *out = (MetricTable){ .within = SCOPE_ALL };
    *a = (Answer){ .w = w, .ask = ask, .out = out };
    TRY(access_need(w, "metric", "view"));
    TRY(asked_right(a));
    TRY(metrics_find(a));
    a->row = NEW_N(w->mem, Row, METRIC_ROWS);
    a->total = row_new(a);
    TRY(sources_ask(a));
    rows_fill(a);
    rows_order(a);
    TRY(doors_write(a));
    out->at = NEW_N(w->mem, MetricLine, a->rows);
    for (out->n = 0; out->n < a->rows; out->n++) out->at[out->n] = line_of(a, &a->row[out->n]);
    out->all = line_of(a, &a->total);
    return OK;
}
