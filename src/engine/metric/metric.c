/* What a metric is, and what may be one. */
#include "engine/metric/metric.h"

#include "engine/metric/metric_sql.h"
#include "entity/filter.h"
#include "entity/ids.h"

CHOICE_KEYS(METRIC_UNITS, metric_units);
CHOICE_KEYS(METRIC_DIRECTIONS, metric_directions);
CHOICE_KEYS(METRIC_HOWS, metric_hows);

/* ---- grains ---- */

static const MetricGrain *const *grains;

void metric_grains_set(const MetricGrain *const *lists) { grains = lists; }

const char *metric_grain_path(const Entity *source, Str grain)
{
    for (const MetricGrain *const *list = grains; list && *list; list++)
        for (const MetricGrain *g = *list; g->source; g++)
            if (str_eq(grain, str_of(g->grain)) && str_eq(str_of(source->name), str_of(g->source))) return g->path;
    return NULL;
}

/* ---- the rule ---- */

/* Letters, digits, points and dashes: codes stand in addresses and in other programs. */
static bool is_code(Str code)
{
    for (ptrdiff_t i = 0; i < code.n; i++) {
        char c = code.s[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.' && c != '-') return false;
    }
    return code.n > 0;
}

/* Can a condition of this kind be asked of the path?  Its words point at the filter: here they are the field's. */
static bool path_takes(Work *w, const Entity *e, Str path, const char *op, const char *value, int64_t number)
{
    Problems said = w->problems;
    Str      canonical;
    UsesList uses;
    Buf      text = buf_new(w->mem, 200);
    JsonOut  to = js_to(&text);
    js_object(&to);
    js_key(&to, "field");
    js_str(&to, path);
    js_key(&to, "op");
    js_c(&to, op);
    if (value) js_key(&to, "value"), js_c(&to, value);
    else if (number != NONE) js_key(&to, "value"), js_i64(&to, number);
    js_end(&to);
    bool takes = filter_check(w, e, buf_str(&text), &canonical, &uses) == OK;
    w->problems = said;
    return takes;
}

/* What is added up or compared has an order; of names and references there is nothing but how many. */
static bool path_fits(Work *w, const Entity *e, const Metric *m)
{
    bool extreme = m->how == METRIC_HOW_LEAST || m->how == METRIC_HOW_MOST;
    if (m->how == METRIC_HOW_DISTINCT) return path_takes(w, e, m->path, "not_empty", NULL, NONE);
    return path_takes(w, e, m->path, "from", "1", NONE) || path_takes(w, e, m->path, "from", NULL, 1) ||
           (extreme && path_takes(w, e, m->path, "from", "2026-01-01", NONE));
}

static void ratio_rule(Work *w, Saving *s, ptrdiff_t i, Metric *now)
{
    now->source = now->path = now->on_day = now->filter = (Str){ 0 };
    if (!now->over_id) saving_fail(w, s, i, INVALID, "over_id", "metric.no_part");
    if (!now->under_id) saving_fail(w, s, i, INVALID, "under_id", "metric.no_part");
}

static void counted_rule(Work *w, Saving *s, ptrdiff_t i, Metric *now)
{
    const Entity *e = entity_named(now->source);
    now->over_id = now->under_id = 0;
    if (!e) {
        saving_fail(w, s, i, INVALID, "source", "filter.no_such_entity");
        return;
    }
    if (now->how == METRIC_HOW_COUNT) now->path = (Str){ 0 };
    else if (!path_fits(w, e, now)) saving_fail(w, s, i, INVALID, "path", "metric.no_path");
    if (now->on_day.n && !path_takes(w, e, now->on_day, "from", "2026-01-01", NONE))
        saving_fail(w, s, i, INVALID, "on_day", "metric.no_day");
}

/* What is over a ratio, or under one, is none itself: so no ratio leads to itself. */
static Err parts_rule(Work *w, Saving *s)
{
    int64_t *ids = NEW_RAW(w->mem, int64_t, 2 * s->n);
    Rows     rows;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        ids[2 * i] = ((Metric *)s->now[i])->over_id;
        ids[2 * i + 1] = ((Metric *)s->now[i])->under_id;
    }
    TRY(db_query(w->db, SQL_METRICS_PARTS, VALS(val_ids(ids, 2 * s->n)), &rows));
    while (rows_next(&rows))
        for (ptrdiff_t k = 0; k < 2 * s->n; k++)
            if (ids[k] == row_int(&rows, 0))
                saving_fail(w, s, k / 2, INVALID, k % 2 ? "under_id" : "over_id", "metric.part_is_ratio");
    return rows_end(&rows);
}

static Err used_rule(Work *w, Saving *s, bool leaving)
{
    int64_t *ids = NEW_RAW(w->mem, int64_t, s->n);
    Rows     rows;
    for (ptrdiff_t i = 0; i < s->n; i++) ids[i] = ((Metric *)s->now[i])->base.id;
    TRY(db_query(w->db, SQL_METRICS_USED, VALS(val_ids(ids, s->n)), &rows));
    while (rows_next(&rows))
        for (ptrdiff_t i = 0; i < s->n; i++) {
            const Metric *now = s->now[i];
            bool          used = ids[i] && (ids[i] == row_int(&rows, 0) || ids[i] == row_int(&rows, 1));
            if (used && leaving) saving_fail(w, s, i, CONFLICT, "name", "metric.is_used");
            else if (used && now->how == METRIC_HOW_RATIO) saving_fail(w, s, i, INVALID, "how", "metric.is_used");
        }
    return rows_end(&rows);
}

static Err codes_rule(Work *w, Saving *s)
{
    int64_t kept = 0;
    Rows    rows;
    if (s->archive > 0) return OK;
    TRY(db_query(w->db, SQL_METRIC_CODES_TAKEN, VALS(val_int(METRICS_MOST)), &rows));
    while (rows_next(&rows)) {
        kept++;
        for (ptrdiff_t i = 0; i < s->n; i++) {
            const Metric *now = s->now[i];
            if (now->base.id != row_int(&rows, 0) && str_eq(now->code, row_text(&rows, 1)))
                saving_fail(w, s, i, CONFLICT, "code", "metric.code_taken");
        }
    }
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < s->n; i++) kept += !s->was[i] || s->archive < 0;
    return kept <= METRICS_MOST
               ? OK
               : saving_fail(w, s, 0, INVALID, "name", "metric.keeps_most", arg_count("limit", METRICS_MOST));
}

static Err metric_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Metric *now = s->now[i];
        if (!is_code(now->code)) saving_fail(w, s, i, INVALID, "code", "metric.no_code");
        if (now->how == METRIC_HOW_RATIO) ratio_rule(w, s, i, now);
        else counted_rule(w, s, i, now);
    }
    TRY(parts_rule(w, s));
    TRY(used_rule(w, s, s->archive > 0));
    TRY(codes_rule(w, s));
    return w->problems.count > before ? w->problems.last->err : OK;
}

static const Field metric_fields[] = {
#define FIELD(...) AS_ROW(Metric, __VA_ARGS__)
#include "engine/metric/metric.def"
};

const Entity metric_entity = { .name = "metric",
                               .title = "name",
                               .order = "name",
                               .known = true,
                               .rule = metric_rule,
                               ENTITY_FIELDS(Metric, metric_fields) };
