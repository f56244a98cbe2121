/* Whether the gates of ways hold, in one statement a version, and what is missing for a move. */
#include "engine/process/way.h"

#include <string.h>

/* ---- gates ---- */

typedef struct {
    Ways                 *ways;
    const ProcessVersion *v;
    FilterAsk             ask;
    Binds                 binds;
    Buf                   sql;
    ptrdiff_t            *gate, gates; /* that are asked of the base, by column */
    const char          **fault; /* by gate                               */
} Asking;

/* One that cannot be asked is told by its name, and the others go on. */
static Err gate_write(Asking *a, ptrdiff_t g)
{
    Work       *w = a->ways->w;
    Problems    before = w->problems;
    Buf         said = buf_new(w->mem, 400);
    int         binds = a->binds.n;
    const Json *tree;
    w->problems = (Problems){ .mem = w->mem };
    Err err = gate_tree(w, &a->v->gates.at[g], &tree);
    if (err == OK) err = filter_write(&a->ask, tree, "t", &said, &a->binds, NULL);
    const char *why = w->problems.first ? w->problems.first->key : "filter.not_a_tree";
    w->problems = before;
    if (err != OK && err != INVALID) return err;
    if (err == INVALID) {
        a->fault[g] = why;
        a->binds.n = binds;
        return OK;
    }
    buf_fmt(&a->sql, ", case when (%.*s) then 1 else 0 end", (int)said.len, said.data);
    a->gate[a->gates++] = g;
    return OK;
}

static Err gates_write(Asking *a)
{
    for (ptrdiff_t g = 0; g < a->v->gates.n; g++)
        if (a->v->gates.at[g].needs != GATE_TICK) TRY(gate_write(a, g));
    return OK;
}

static Err gates_read(Asking *a, const int64_t *ids, ptrdiff_t n)
{
    Ways *ways = a->ways;
    Rows  rows;
    int   at = bind_val(ways->w->mem, &a->binds, val_ids(ids, n));
    buf_fmt(&a->sql, " from %s t where t.id in {ids $%d}", entity_table(ways->e), at);
    TRY(db_query(ways->w->db, buf_str(&a->sql), a->binds.at, a->binds.n, &rows));
    while (rows_next(&rows))
        for (ptrdiff_t k = 0; k < ways->n; k++) {
            if (ways->at[k].record != row_int(&rows, 0) || ways->at[k].version != a->v) continue;
            for (ptrdiff_t c = 0; c < a->gates; c++) ways->at[k].met[a->gate[c]] = row_int(&rows, (int)c + 1) == 1;
        }
    return rows_end(&rows);
}

static void ticks_look(Way *way)
{
    const ProcessVersion *v = way->version;
    for (ptrdiff_t g = 0; g < v->gates.n; g++)
        for (ptrdiff_t i = 0; v->gates.at[g].needs == GATE_TICK && i < way->n; i++)
            if (str_eq(way->steps[i].step->code, v->gates.at[g].step))
                way->met[g] = code_among(way->steps[i].ticks, v->gates.at[g].code);
}

static Err version_ask(Ways *ways, const ProcessVersion *v)
{
    Arena    *mem = ways->w->mem;
    int64_t  *ids = NEW_RAW(mem, int64_t, ways->n);
    ptrdiff_t n = 0;
    Asking    a = { .ways = ways,
                    .v = v,
                    .ask = { .w = ways->w, .mem = mem, .e = ways->e, .published = true },
                    .sql = buf_new(mem, 1000),
                    .gate = NEW_RAW(mem, ptrdiff_t, v->gates.n + 1),
                    .fault = NEW_N(mem, const char *, v->gates.n + 1) };
    for (ptrdiff_t k = 0; k < ways->n; k++)
        if (ways->at[k].version == v) ids[n++] = ways->at[k].record;
    buf_c(&a.sql, "select t.id");
    TRY(gates_write(&a));
    if (a.gates && n) TRY(gates_read(&a, ids, n));
    for (ptrdiff_t k = 0; k < ways->n; k++) {
        if (ways->at[k].version != v) continue;
        memcpy(ways->at[k].fault, a.fault, (size_t)v->gates.n * sizeof *a.fault);
        ticks_look(&ways->at[k]);
    }
    return OK;
}

Err ways_ask(Ways *ways)
{
    for (ptrdiff_t v = 0; v < ways->version_n; v++) TRY(version_ask(ways, &ways->versions[v]));
    return OK;
}

/* ---- what is missing ---- */

static Missing missing_new(Work *w, const Way *way)
{
    return (Missing){ .step = NEW_RAW(w->mem, ptrdiff_t, way->n + 1),
                      .gate = NEW_RAW(w->mem, ptrdiff_t, way->version->gates.n + 1),
                      .asked = NEW_RAW(w->mem, ptrdiff_t, way->version->gates.n + 1) };
}

static void gates_miss(const Way *way, Str step, GatePlace at, Missing *m)
{
    for (ptrdiff_t g = 0; g < way->version->gates.n; g++) {
        const ProcessGate *gate = &way->version->gates.at[g];
        if (way->met[g] || gate->at != (C_choice)at || !str_eq(gate->step, step)) continue;
        if (gate->how == GATE_CONFIRMS) m->asked[m->confirms++] = g;
        else m->gate[m->gates++] = g;
    }
}

static bool has_outcomes(const Way *way, Str step)
{
    for (ptrdiff_t o = 0; o < way->version->outcomes.n; o++)
        if (str_eq(way->version->outcomes.at[o].step, step)) return true;
    return false;
}

static bool is_over(const WayStep *s) { return s->state == PASSAGE_DONE || s->state == PASSAGE_SKIPPED; }

void way_missing(Work *w, const Way *way, const StageRow *to, Missing *out)
{
    *out = missing_new(w, way);
    bool back = to->kind == STAGE_OPEN && way->at->kind == STAGE_OPEN && to < way->at;
    if (to->kind == STAGE_LOST || to == way->at || back) return;
    for (ptrdiff_t i = 0; i < way->n; i++) {
        const WayStep *s = &way->steps[i];
        bool           before = s->stage && (to->kind == STAGE_WON || s->stage < to);
        if (s->stage == to) gates_miss(way, s->step->code, GATE_ENTER, out);
        if (!before || !s->step->must || is_over(s)) continue;
        if (s->stage != way->at || has_outcomes(way, s->step->code)) out->step[out->steps++] = i;
        if (s->stage == way->at) gates_miss(way, s->step->code, GATE_LEAVE, out);
    }
}

void way_step_missing(Work *w, const Way *way, ptrdiff_t step, Missing *out)
{
    *out = missing_new(w, way);
    Str after = way->steps[step].step->after;
    for (ptrdiff_t i = 0; i < way->n; i++) {
        const WayStep *s = &way->steps[i];
        bool           asked = after.n ? code_among(after, s->step->code) : i < step && s->step->must;
        if (asked && !is_over(s)) out->step[out->steps++] = i;
    }
    gates_miss(way, way->steps[step].step->code, GATE_LEAVE, out);
}

/* ---- in words ---- */

enum { SAID_MOST = 1500 };

static void listed(Buf *b, const char *between, Str one)
{
    if (b->len > SAID_MOST) return;
    if (b->len) buf_c(b, between);
    buf_put(b, one);
}

bool missing_steps_say(Work *w, const Way *way, const Missing *m, Problem *out)
{
    Buf b = buf_new(w->mem, 200);
    for (ptrdiff_t k = 0; k < m->steps; k++) {
        const WayStep *s = &way->steps[m->step[k]];
        listed(&b, ", ", str_fmt(w->mem, "%td %.*s", s->number, (int)s->step->name.n, s->step->name.s));
    }
    *out = (Problem){ .key = "run.steps_missing", .args = { arg_text("steps", buf_str(&b)) }, .arg_count = 1 };
    return m->steps > 0;
}

bool missing_gates_say(Work *w, const Way *way, const Missing *m, bool meant, Problem *out)
{
    Buf              b = buf_new(w->mem, 200);
    ptrdiff_t        n = meant ? m->confirms : m->gates;
    const ptrdiff_t *at = meant ? m->asked : m->gate;
    for (ptrdiff_t k = 0; k < n; k++) listed(&b, "; ", way->version->gates.at[at[k]].says);
    *out = (Problem){ .key = meant ? "run.gates_meant" : "run.gates_missing",
                      .args = { arg_text("gates", buf_str(&b)) },
                      .arg_count = 1 };
    return n > 0;
}
