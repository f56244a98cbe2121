/* How records go their ways: steps are opened with their terms, closed, passed over; and it is written down. */
#include "engine/process/process_sql.h"
#include "engine/process/way.h"

enum { PASSAGE_COLUMNS = 13, RUN_COLUMNS = 6 };

Err going_begin(Work *w, Going *g)
{
    *g = (Going){ .w = w };
    return firm_calendar(w, &g->calendar, &g->zone);
}

/* ---- one step ---- */

void way_step_open(const Going *g, Way *way, ptrdiff_t step)
{
    WayStep      *s = &way->steps[step];
    CalendarSpan  norm;
    CalendarFault fault;
    s->state = PASSAGE_OPEN;
    s->entered_at = g->w->now;
    s->due_at = NONE;
    s->changed = true;
    if (s->step->norm.n && span_read(s->step->norm, &norm, &fault))
        s->due_at = calendar_plus(&g->calendar, g->zone, g->w->now, norm);
}

static const ProcessOutcome *outcome_of(const Way *way, Str step, Str code)
{
    for (ptrdiff_t o = 0; o < way->version->outcomes.n; o++) {
        const ProcessOutcome *at = &way->version->outcomes.at[o];
        if (str_eq(at->step, step) && str_eq(at->code, code)) return at;
    }
    return NULL;
}

void way_step_close(const Going *g, Way *way, ptrdiff_t step, Str outcome)
{
    WayStep              *s = &way->steps[step];
    const ProcessOutcome *came_to = outcome_of(way, s->step->code, outcome);
    s->state = PASSAGE_DONE;
    s->left_at = g->w->now;
    s->by = g->w->actor;
    s->outcome = outcome;
    s->deviation = came_to && came_to->deviation;
    s->changed = true;
}

static void step_pass_over(const Going *g, WayStep *s)
{
    s->state = PASSAGE_SKIPPED;
    s->left_at = g->w->now;
    s->override_by = s->step->must ? g->override_by : 0;
    s->why = s->override_by ? g->why : (Str){ 0 };
    s->changed = true;
}

/* ---- a move ---- */

/* Nothing keeps it, so leaving its stage closes it. */
static bool closes_itself(const Way *way, const WayStep *s)
{
    if (s->stage != way->at) return false;
    for (ptrdiff_t o = 0; o < way->version->outcomes.n; o++)
        if (str_eq(way->version->outcomes.at[o].step, s->step->code)) return false;
    for (ptrdiff_t g = 0; g < way->version->gates.n; g++) {
        const ProcessGate *gate = &way->version->gates.at[g];
        if (gate->at == GATE_LEAVE && gate->how == GATE_REFUSES && !way->met[g] && str_eq(gate->step, s->step->code))
            return false;
    }
    return true;
}

void way_go(const Going *g, Way *way, const StageRow *to)
{
    bool back = to->kind == STAGE_OPEN && way->at->kind == STAGE_OPEN && to < way->at;
    for (ptrdiff_t i = 0; i < way->n && to->kind != STAGE_LOST; i++) {
        WayStep *s = &way->steps[i];
        bool     before = s->stage && (to->kind == STAGE_WON || s->stage < to);
        if (s->stage == to && s->state == PASSAGE_NONE) way_step_open(g, way, i);
        if (back || !before || s->state == PASSAGE_DONE || s->state == PASSAGE_SKIPPED) continue;
        if (closes_itself(way, s)) way_step_close(g, way, i, (Str){ 0 });
        else step_pass_over(g, s);
    }
    way->at = to;
}

/* ---- writing ---- */

static Err runs_begin(Ways *ways)
{
    int64_t   begin = 0, id;
    ptrdiff_t n = 0;
    for (ptrdiff_t k = 0; k < ways->n; k++) begin += ways->at[k].version && !ways->at[k].run;
    if (!begin) return OK;
    Val *vals = NEW_RAW(ways->w->mem, Val, begin * RUN_COLUMNS), *v = vals;
    TRY(ids_take(ways->w, begin, &id));
    for (ptrdiff_t k = 0; k < ways->n; k++) {
        Way *way = &ways->at[k];
        if (!way->version || way->run) continue;
        way->run = id++;
        *v++ = val_int(way->run);
        *v++ = val_text(str_of(ways->e->name));
        *v++ = val_int(way->record);
        *v++ = val_int(way->version->process_id);
        *v++ = val_int(way->version->base.id);
        *v++ = val_int(ways->w->now);
        n++;
        for (ptrdiff_t i = 0; i < way->n; i++) way->steps[i].changed |= way->steps[i].state != PASSAGE_NONE;
    }
    return db_many(ways->w->db, SQL_RUN_BEGIN, vals, RUN_COLUMNS, n, NULL);
}

static Val or_null(int64_t id) { return id ? val_int(id) : val_null(); }
static Val said_or_null(Str s) { return s.n ? val_text(s) : val_null(); }

static void passage_bind(const Way *way, const WayStep *s, Val *v)
{
    *v++ = val_int(way->run);
    *v++ = val_text(s->step->code);
    *v++ = val_int(way->record);
    *v++ = val_int(s->state);
    *v++ = val_int(s->entered_at);
    *v++ = val_int(s->due_at);
    *v++ = val_int(s->left_at);
    *v++ = or_null(s->by);
    *v++ = said_or_null(s->outcome);
    *v++ = said_or_null(s->ticks);
    *v++ = val_int(s->deviation);
    *v++ = or_null(s->override_by);
    *v++ = said_or_null(s->why);
}

Err ways_write(Ways *ways)
{
    ptrdiff_t most = 0, n = 0;
    TRY(runs_begin(ways));
    for (ptrdiff_t k = 0; k < ways->n; k++) most += ways->at[k].version ? ways->at[k].n : 0;
    Val *vals = NEW_RAW(ways->w->mem, Val, most * PASSAGE_COLUMNS + 1);
    for (ptrdiff_t k = 0; k < ways->n; k++)
        for (ptrdiff_t i = 0; ways->at[k].version && i < ways->at[k].n; i++) {
            WayStep *s = &ways->at[k].steps[i];
            if (!s->changed) continue;
            passage_bind(&ways->at[k], s, vals + n++ * PASSAGE_COLUMNS);
            s->changed = false;
        }
    return n ? db_many(ways->w->db, SQL_PASSAGE_KEEP, vals, PASSAGE_COLUMNS, n, NULL) : OK;
}

Err ways_forget(Work *w, const int64_t *ids, ptrdiff_t n)
{
    TRY(db_run(w->db, SQL_PASSAGES_FORGET, VALS(val_ids(ids, n)), NULL));
    return db_run(w->db, SQL_RUNS_FORGET, VALS(val_ids(ids, n)), NULL);
}
