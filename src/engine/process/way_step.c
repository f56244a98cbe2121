/* One step of one record: ticked off, closed with what it came to; and a record that goes over to another version. */
#include "engine/process/process_sql.h"
#include "engine/process/way.h"
#include "entity/ids.h"
#include "entity/record.h"

enum { TICKS_MOST = 200 };

static ptrdiff_t step_found(const Way *way, Str code)
{
    for (ptrdiff_t i = 0; i < way->n; i++)
        if (str_eq(way->steps[i].step->code, code)) return i;
    return -1;
}

static Err led_read(Work *w, const Entity *e, int64_t record, int64_t stage, Ways *ways)
{
    TRY(ways_read(w, e, &record, &stage, 1, ways));
    return ways->at[0].version ? OK : fail(w, CONFLICT, NULL, "run.not_led");
}

/* What begins by this has its terms from now on. */
static void terms_set(const Going *g, Way *way)
{
    for (ptrdiff_t i = 0; !way->run && i < way->n; i++)
        if (way->steps[i].state == PASSAGE_OPEN) way_step_open(g, way, i);
}

/* ---- ticks ---- */

static bool is_tick_of(const Way *way, Str step, Str code)
{
    for (ptrdiff_t g = 0; g < way->version->gates.n; g++) {
        const ProcessGate *gate = &way->version->gates.at[g];
        if (gate->needs == GATE_TICK && str_eq(gate->step, step) && str_eq(gate->code, code)) return true;
    }
    return false;
}

/* Codes with blanks between, each once; *said: they are there at all. */
static Err codes_take(Request *r, const char *name, const Way *way, const WayStep *s, Str *out, bool *said)
{
    const Json *list = json_get(r->body, name);
    Buf         b = buf_new(r->w->mem, 200);
    *out = (Str){ 0 };
    *said = list && list->kind != JSON_IS_NULL;
    if (!*said) return OK;
    if (list->kind != JSON_IS_ARRAY || list->count > TICKS_MOST) return fail(r->w, INVALID, name, "field.wrong_type");
    for (const Json *one = list->first; one; one = one->next) {
        if (one->kind != JSON_IS_TEXT || !is_tick_of(way, s->step->code, one->text))
            return fail(r->w, INVALID, name, "run.no_such_tick");
        if (code_among(buf_str(&b), one->text)) continue;
        if (b.len) buf_char(&b, ' ');
        buf_put(&b, one->text);
    }
    *out = buf_str(&b);
    return OK;
}

/* What differs from what was seen is put on or off; of the rest stands what another has ticked since. */
static Str ticks_merge(Work *w, const Way *way, const WayStep *s, Str now, Str seen)
{
    Buf b = buf_new(w->mem, 200);
    for (ptrdiff_t g = 0; g < way->version->gates.n; g++) {
        Str code = way->version->gates.at[g].code;
        if (!is_tick_of(way, s->step->code, code)) continue;
        bool on = code_among(now, code);
        if (on == code_among(seen, code)) on = code_among(s->ticks, code);
        if (!on) continue;
        if (b.len) buf_char(&b, ' ');
        buf_put(&b, code);
    }
    return buf_str(&b);
}

static Err ticks_take(Request *r, Way *way, ptrdiff_t step)
{
    WayStep *s = &way->steps[step];
    Str      now, seen;
    bool     said, merged;
    TRY(codes_take(r, "ticks", way, s, &now, &said));
    TRY(codes_take(r, "was", way, s, &seen, &merged));
    if (!said) return OK;
    s->ticks = merged ? ticks_merge(r->w, way, s, now, seen) : now;
    s->changed = true;
    return OK;
}

/* ---- closing ---- */

static bool has_outcome(const Way *way, Str step, Str code, bool *any)
{
    *any = false;
    for (ptrdiff_t o = 0; o < way->version->outcomes.n; o++) {
        const ProcessOutcome *at = &way->version->outcomes.at[o];
        if (!str_eq(at->step, step)) continue;
        *any = true;
        if (str_eq(at->code, code)) return true;
    }
    return !*any && !code.n;
}

static Err missing_fail(Work *w, const Way *way, const Missing *m)
{
    Problem p;
    Err     err = OK;
    if (missing_steps_say(w, way, m, &p)) p.err = CONFLICT, p.field = "step", err = problem_add(&w->problems, p);
    if (missing_gates_say(w, way, m, false, &p)) p.err = CONFLICT, p.field = "step", err = problem_add(&w->problems, p);
    return err;
}

static Err step_close(Work *w, const Going *g, Way *way, ptrdiff_t step, Str outcome)
{
    bool    any;
    Missing m;
    way_step_missing(w, way, step, &m);
    TRY(missing_fail(w, way, &m));
    if (way->steps[step].state != PASSAGE_OPEN) return fail(w, CONFLICT, "step", "run.step_not_open");
    if (!has_outcome(way, way->steps[step].step->code, outcome, &any))
        return fail(w, INVALID, "outcome", any ? "run.outcome_missing" : "run.no_such_outcome");
    way_step_close(g, way, step, outcome);
    return OK;
}

Err way_step_take(Request *r, const Entity *e, int64_t record, int64_t stage)
{
    Work *w = r->w;
    Str   code, outcome = { 0 };
    bool  close = false;
    Ways  ways;
    Going g;
    TRY(body_text(r, "step", 40, &code));
    TRY(body_text_maybe(r, "outcome", 40, &outcome));
    TRY(body_bool(r, "close", &close));
    TRY(led_read(w, e, record, stage, &ways));
    TRY(going_begin(w, &g));
    Way      *way = &ways.at[0];
    ptrdiff_t step = step_found(way, code);
    if (step < 0) return fail(w, INVALID, "step", "process_version.no_such_step");
    terms_set(&g, way);
    if (!close && way->steps[step].state != PASSAGE_OPEN) return fail(w, CONFLICT, "step", "run.step_not_open");
    TRY(ticks_take(r, way, step));
    TRY(ways_ask(&ways));
    if (close) TRY(step_close(w, &g, way, step, outcome));
    return ways_write(&ways);
}

/* false: that step is not being worked at. */
static bool step_done(const Going *g, Way *way, const StepDone *done)
{
    ptrdiff_t step = way->version ? step_found(way, done->step) : -1;
    Missing   m;
    bool      any;
    if (step < 0 || way->steps[step].state != PASSAGE_OPEN) return false;
    way_step_missing(g->w, way, step, &m);
    bool said = has_outcome(way, done->step, done->outcome, &any);
    terms_set(g, way);
    if (!m.steps && !m.gates && (!any || said)) way_step_close(g, way, step, any ? done->outcome : (Str){ 0 });
    return true;
}

Err way_steps_done(Work *w, const Entity *e, const StepDone *done, ptrdiff_t n)
{
    int64_t  *records = NEW_RAW(w->mem, int64_t, n), *stages = NEW_RAW(w->mem, int64_t, n);
    bool     *touched = NEW_N(w->mem, bool, n);
    Ids       place = ids_new(w->mem, n);
    ptrdiff_t led = 0;
    Ways      ways;
    Going     g;
    for (ptrdiff_t k = 0; k < n; k++) {
        if (!ids_put(&place, done[k].record, led)) continue;
        records[led] = done[k].record;
        stages[led++] = done[k].stage;
    }
    TRY(ways_read(w, e, records, stages, led, &ways));
    if (!ways.version_n) return OK;
    TRY(ways_ask(&ways));
    TRY(going_begin(w, &g));
    for (ptrdiff_t k = 0; k < n; k++) {
        ptrdiff_t at = ids_at(&place, done[k].record);
        touched[at] |= step_done(&g, &ways.at[at], &done[k]);
    }
    for (ptrdiff_t k = 0; k < led; k++)
        if (!touched[k]) ways.at[k].version = NULL;
    return ways_write(&ways);
}

/* ---- another version ---- */

Err way_adopt(Work *w, const Entity *e, int64_t record, int64_t stage)
{
    Ways            ways;
    Going           g;
    ProcessVersion *next = NEW(w->mem, ProcessVersion);
    int64_t         id;
    bool            found;
    TRY(led_read(w, e, record, stage, &ways));
    Way *way = &ways.at[0];
    Err  err = db_int(w->db, SQL_VERSION_IN_FORCE, VALS(val_int(way->version->process_id)), &id);
    if (err == NOT_FOUND || !way->run || id == way->version->base.id)
        return fail(w, CONFLICT, NULL, "run.nothing_newer");
    TRY(err);
    TRY(record_fetch(w, &process_version_entity, &id, 1, true, next, &found));
    for (ptrdiff_t i = 0; i < way->n; i++)
        if (way->steps[i].state == PASSAGE_OPEN && version_step(next, way->steps[i].step->code) < 0)
            return fail(w, CONFLICT, NULL, "run.step_unknown", arg_text("step", way->steps[i].step->name));
    TRY(db_run(w->db, SQL_RUN_VERSION, VALS(val_int(way->run), val_int(id)), NULL));
    TRY(going_begin(w, &g));
    TRY(ways_read(w, e, &record, &stage, 1, &ways));
    way = &ways.at[0];
    for (ptrdiff_t i = 0; i < way->n; i++) {
        WayStep *s = &way->steps[i];
        if (s->state != PASSAGE_NONE || !s->stage) continue;
        if (s->stage == way->at) way_step_open(&g, way, i);
        else if (way->at->kind != STAGE_LOST && s->stage < way->at) /* it came by before they were; the lost did not */
            s->state = PASSAGE_SKIPPED, s->changed = true;
    }
    return ways_write(&ways);
}
