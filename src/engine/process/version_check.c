/* Can a version be gone: has it a way out, does each step lead on and have somebody to take it, can its conditions be
 * asked? */
#include "engine/process/process_sql.h"
#include "engine/process/version.h"
#include "entity/ids.h"

#define WRONG(w, list, i, name, key_, ...)                                                                             \
    PROBLEM(&(w)->problems, INVALID, str_c((w)->mem, str_fmt((w)->mem, "%s.%td.%s", list, (ptrdiff_t)(i), name)),      \
            key_, ##__VA_ARGS__)

typedef struct {
    Work                 *w;
    const ProcessVersion *v;
    const Entity         *subject;
    const Stages         *stages;
} Checking;

/* ---- codes ---- */

static void codes_check(const Checking *c)
{
    const ProcessVersion *v = c->v;
    for (ptrdiff_t i = 0; i < v->steps.n; i++)
        if (version_step(v, v->steps.at[i].code) < i) WRONG(c->w, "steps", i, "code", "process_version.code_twice");
    for (ptrdiff_t i = 0; i < v->gates.n; i++) {
        for (ptrdiff_t k = 0; k < i; k++)
            if (str_eq(v->gates.at[k].code, v->gates.at[i].code)) {
                WRONG(c->w, "gates", i, "code", "process_version.code_twice");
                break;
            }
        if (version_step(v, v->gates.at[i].step) < 0) WRONG(c->w, "gates", i, "step", "process_version.no_such_step");
    }
    for (ptrdiff_t i = 0; i < v->outcomes.n; i++) {
        const ProcessOutcome *o = &v->outcomes.at[i];
        for (ptrdiff_t k = 0; k < i; k++)
            if (str_eq(v->outcomes.at[k].code, o->code) && str_eq(v->outcomes.at[k].step, o->step)) {
                WRONG(c->w, "outcomes", i, "code", "process_version.code_twice");
                break;
            }
        if (version_step(v, o->step) < 0) WRONG(c->w, "outcomes", i, "step", "process_version.no_such_step");
    }
}

/* ---- who takes it ---- */

/* Of the roles and people that steps name, those who can: a role that somebody holds, a person who is let in. */
static Err able_read(const Checking *c, Ids *able)
{
    const ProcessVersion *v = c->v;
    int64_t              *ids = NEW_RAW(c->w->mem, int64_t, 2 * v->steps.n + 1);
    ptrdiff_t             n = 0;
    Rows                  rows;
    for (ptrdiff_t i = 0; i < v->steps.n; i++) {
        if (v->steps.at[i].role_id) ids[n++] = v->steps.at[i].role_id;
        if (v->steps.at[i].user_id) ids[n++] = v->steps.at[i].user_id;
    }
    *able = ids_new(c->w->mem, n);
    if (!n) return OK;
    TRY(db_query(c->w->db, SQL_ABLE_OF, VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) ids_put(able, row_int(&rows, 0), 0);
    return rows_end(&rows);
}

static bool somebody_takes(const ProcessStep *s, const Ids *able)
{
    if (s->performer == STEP_BY_ROLE) return s->role_id && ids_at(able, s->role_id) >= 0;
    if (s->performer == STEP_BY_USER) return s->user_id && ids_at(able, s->user_id) >= 0;
    return s->performer != STEP_PERFORMER_NONE;
}

/* ---- the way ---- */

static const StageRow *stage_here(const Checking *c, int64_t id)
{
    const StageRow *stage = stage_found(c->stages, id);
    return stage && stage->process == c->v->process_id && stage->living ? stage : NULL;
}

/* Its codes all stand for steps that are reached. */
static bool after_reached(const Checking *c, Str codes, const bool *reached)
{
    for (ptrdiff_t i = 0; i < c->v->steps.n; i++)
        if (!reached[i] && code_among(codes, c->v->steps.at[i].code)) return false;
    return true;
}

static bool after_known(const Checking *c, Str codes)
{
    ptrdiff_t said = 0, found = 0;
    for (ptrdiff_t i = 0; i < codes.n; i++) said += codes.s[i] != ' ' && (i == 0 || codes.s[i - 1] == ' ');
    for (ptrdiff_t i = 0; i < c->v->steps.n; i++) found += code_among(codes, c->v->steps.at[i].code);
    return found >= said;
}

/* Steps that wait for each other are reached by nobody. */
static void reached_find(const Checking *c, bool *reached)
{
    for (bool more = true; more;) {
        more = false;
        for (ptrdiff_t i = 0; i < c->v->steps.n; i++) {
            if (reached[i] || !after_reached(c, c->v->steps.at[i].after, reached)) continue;
            reached[i] = more = true;
        }
    }
}

static Err steps_check(const Checking *c)
{
    const ProcessVersion *v = c->v;
    bool                 *reached = NEW_N(c->w->mem, bool, v->steps.n + 1);
    Ids                   able;
    TRY(able_read(c, &able));
    reached_find(c, reached);
    for (ptrdiff_t i = 0; i < v->steps.n; i++) {
        const ProcessStep *s = &v->steps.at[i];
        const StageRow    *stage = stage_here(c, s->stage_id);
        if (!stage) WRONG(c->w, "steps", i, "stage_id", "process_version.stage_elsewhere");
        else if (stage->kind != STAGE_OPEN) WRONG(c->w, "steps", i, "stage_id", "process_version.after_the_end");
        if (!somebody_takes(s, &able)) WRONG(c->w, "steps", i, "performer", "process_version.nobody_takes");
        if (!after_known(c, s->after)) WRONG(c->w, "steps", i, "after", "process_version.no_such_step");
        else if (!reached[i]) WRONG(c->w, "steps", i, "after", "process_version.not_reached");
    }
    return OK;
}

static void way_out_check(const Checking *c)
{
    bool open = false, won = false;
    for (ptrdiff_t i = 0; i < c->stages->n; i++) {
        const StageRow *s = &c->stages->at[i];
        if (s->process != c->v->process_id || !s->living) continue;
        open |= s->kind == STAGE_OPEN;
        won |= s->kind == STAGE_WON;
    }
    if (!c->v->steps.n) PROBLEM(&c->w->problems, INVALID, "steps", "process_version.no_steps");
    if (!open || !won) PROBLEM(&c->w->problems, INVALID, "steps", "process_version.no_way_out");
}

/* A step that may come to several things comes to what it is for by one of them. */
static void outcomes_check(const Checking *c)
{
    const ProcessVersion *v = c->v;
    for (ptrdiff_t i = 0; i < v->steps.n; i++) {
        bool any = false, meets = false;
        for (ptrdiff_t k = 0; k < v->outcomes.n; k++) {
            bool his = str_eq(v->outcomes.at[k].step, v->steps.at[i].code);
            any |= his;
            meets |= his && v->outcomes.at[k].meets;
        }
        if (any && !meets) WRONG(c->w, "steps", i, "name", "process_version.nothing_meets");
    }
}

/* ---- conditions ---- */

static void tree_write(JsonOut *j, const ProcessGate *gate)
{
    js_object(j);
    if (gate->needs == GATE_FIELD) {
        js_key(j, "not");
        js_object(j);
        js_key(j, "field"), js_str(j, gate->path);
        js_key(j, "op"), js_c(j, "empty");
        js_end(j);
    } else {
        js_key(j, "some"), js_str(j, gate->path);
        js_key(j, "where");
        js_array(j);
        if (gate->filter.n) js_raw(j, gate->filter);
        js_end(j);
    }
    js_end(j);
}

Err gate_tree(Work *w, const ProcessGate *gate, const Json **out)
{
    Str text = gate->filter;
    if (gate->filter.n) TRY(json_read(w->mem, gate->filter, (JsonLimits){ 0 }, &w->problems, out));
    if (gate->needs != GATE_FILTER) {
        Buf     b = buf_new(w->mem, 300 + gate->filter.n);
        JsonOut j = js_to(&b);
        tree_write(&j, gate);
        text = buf_str(&b);
    } else if (!text.n) return fail(w, INVALID, "filter", "process_version.no_condition");
    return json_read(w->mem, text, (JsonLimits){ 0 }, &w->problems, out);
}

/* Read and written as it will be asked, and forgotten; before, as his own who publishes: of what he may not see, no
 * answer comes to him by a gate. */
static Err gate_asked(const Checking *c, const ProcessGate *gate)
{
    FilterAsk   own = { .w = c->w, .mem = c->w->mem, .e = c->subject }, ask = own;
    Buf         sql = buf_new(c->w->mem, 400);
    Binds       binds = { 0 };
    const Json *tree;
    ask.published = true;
    TRY(gate_tree(c->w, gate, &tree));
    TRY(filter_write(&own, tree, "t", &sql, &binds, NULL));
    return filter_write(&ask, tree, "t", &sql, &binds, NULL);
}

/* Each move of a record asks them all, in the lane that writes. */
static void gates_weigh(const Checking *c)
{
    ptrdiff_t bytes = 0;
    for (ptrdiff_t i = 0; i < c->v->gates.n; i++) bytes += c->v->gates.at[i].filter.n;
    if (bytes > CONDITIONS_MOST)
        PROBLEM(&c->w->problems, INVALID, "gates", "process_version.conditions_too_long",
                arg_count("limit", CONDITIONS_MOST / 1000));
}

/* What is ticked off is ticked off at an open step: before it is come to there is nothing to tick. */
static Err gates_check(const Checking *c)
{
    gates_weigh(c);
    for (ptrdiff_t i = 0; i < c->v->gates.n; i++) {
        const ProcessGate *gate = &c->v->gates.at[i];
        if (gate->needs == GATE_TICK && gate->at == GATE_ENTER)
            WRONG(c->w, "gates", i, "at", "process_version.ticked_too_early");
        if (gate->needs == GATE_TICK) continue;
        Err err = gate_asked(c, gate);
        if (err != OK && err != INVALID) return err;
        if (err == INVALID && c->w->problems.last)
            c->w->problems.last->field = str_c(
                c->w->mem, str_fmt(c->w->mem, "gates.%td.%s", i, gate->needs == GATE_FILTER ? "filter" : "path"));
    }
    return OK;
}

Err version_check(Work *w, const ProcessVersion *v, const Entity *subject, const Stages *stages)
{
    Checking  c = { w, v, subject, stages };
    ptrdiff_t before = w->problems.count;
    way_out_check(&c);
    codes_check(&c);
    TRY(steps_check(&c));
    outcomes_check(&c);
    TRY(gates_check(&c));
    return w->problems.count > before ? INVALID : OK;
}
