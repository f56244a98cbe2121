/* What the firm has set for its analyses. */
#include "sales/insight/rule.h"

#include "format/number.h"
#include "sales/insight/rule_sql.h"

Err analysis_rule(Work *w, AnalysisRule *out)
{
    Rows row;
    *out = (AnalysisRule){ 300000, NONE };
    TRY(db_query(w->db, SQL_ANALYSIS_RULE, NO_VALS, &row));
    if (rows_next(&row)) *out = (AnalysisRule){ row_int(&row, 0), row_null(&row, 1) ? NONE : row_int(&row, 1) };
    return rows_end(&row);
}

Money fixed_costs(const AnalysisRule *rule, Day from, Day to)
{
    Wide sum = 0;
    if (rule->fixed_month == NONE) return NONE;
    for (Month m = month_of(from); m <= month_of(to); m++) {
        Day first = month_first(m), last = month_last(m), begin = from > first ? from : first,
            end = to < last ? to : last;
        sum += round_div((Wide)rule->fixed_month * (end - begin + 1), last - first + 1);
    }
    return sum > MONEY_MAX ? MONEY_MAX : (Money)sum;
}

/* ---- the addresses ---- */

static bool knows_costs(const Work *w)
{
    return access_scope(w->who, "analysis", "view") != SCOPE_NONE &&
           !access_hides(w->who, "analysis", "view", "finance");
}

static Err rule_put(Request *r)
{
    AnalysisRule rule;
    Buf          limit = buf_new(r->w->mem, 16);
    TRY(analysis_rule(r->w, &rule));
    buf_trimmed(&limit, rule.one_limit, 4);
    js_object(&r->out);
    js_key(&r->out, "one_limit");
    js_str(&r->out, buf_str(&limit));
    if (knows_costs(r->w)) {
        js_key(&r->out, "fixed_month");
        if (rule.fixed_month == NONE) js_null(&r->out);
        else js_money(&r->out, rule.fixed_month);
    }
    js_end(&r->out);
    return OK;
}

/* "30" or "12.5" percent, above nothing. */
static Err limit_take(Request *r, Ratio *out)
{
    Str text = { 0 };
    TRY(body_text_maybe(r, "one_limit", 12, &text));
    if (!text.s) return OK;
    bool good = number_read(text, (NumberForm){ .decimal = '.' }, 4, out) == CELL_READ && *out > 0 && *out <= RATIO_ONE;
    return good ? OK : fail(r->w, INVALID, "one_limit", "analysis_rule.no_limit");
}

/* Money a month; an empty text: nobody says. */
static Err fixed_take(Request *r, Money *out)
{
    Str text = { 0 };
    TRY(body_text_maybe(r, "fixed_month", 24, &text));
    if (!text.s) return OK;
    if (!knows_costs(r->w)) return fail(r->w, DENIED, "fixed_month", "analysis.margin_hidden");
    *out = NONE;
    if (!text.n) return OK;
    bool good = number_read(text, (NumberForm){ .decimal = '.' }, 2, out) == CELL_READ && *out >= 0 &&
                *out <= MONEY_MAX;
    return good ? OK : fail(r->w, INVALID, "fixed_month", "analysis_rule.no_money");
}

static Err rule_change(Request *r)
{
    AnalysisRule rule;
    TRY(analysis_rule(r->w, &rule));
    TRY(limit_take(r, &rule.one_limit));
    TRY(fixed_take(r, &rule.fixed_month));
    Val fixed = rule.fixed_month == NONE ? val_null() : val_int(rule.fixed_month);
    TRY(db_run(r->w->db, SQL_ANALYSIS_RULE_PUT, VALS(val_int(rule.one_limit), fixed), NULL));
    return rule_put(r);
}

const Route analysis_rule_routes[] = {
    { .method = GET,
      .path = "/api/analysis_rule",
      .run = rule_put,
      .needs = { "analysis", "view" },
      .snapshot = true,
      .gives = "one_limit: text, fixed_month: money?",
      .says = "route.analysis_rule" },
    { .method = PATCH,
      .path = "/api/analysis_rule",
      .run = rule_change,
      .needs = { "firm", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "one_limit: text?, fixed_month: text?",
      .gives = "one_limit: text, fixed_month: money?",
      .says = "route.analysis_rule_change" },
    { 0 },
};
