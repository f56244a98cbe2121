/* What comes next for one record, told as a card needs it: its steps, what the open ones ask for, what a move lacks. */
#include "core/words.h"
#include "engine/process/process_sql.h"
#include "engine/process/way.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "entity/record.h"

typedef struct {
    Request   *r;
    const Way *way;
    Ids        named;
    Str       *name; /* of roles and people that are told */
} Telling;

/* ---- names ---- */

static Err names_read(Telling *t)
{
    Work     *w = t->r->w;
    Ids       ids = ids_new(w->mem, 3 * t->way->n + 1);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < t->way->n; i++) {
        const WayStep *s = &t->way->steps[i];
        if (s->step->role_id) ids_put(&ids, s->step->role_id, 0);
        if (s->step->user_id) ids_put(&ids, s->step->user_id, 0);
        if (s->override_by) ids_put(&ids, s->override_by, 0);
    }
    int64_t *all = ids_all(w->mem, &ids, &n);
    t->named = ids_new(w->mem, n);
    t->name = NEW_N(w->mem, Str, n + 1);
    if (!n) return OK;
    TRY(db_query(w->db, SQL_WAY_NAMES, VALS(val_ids(all, n)), &rows));
    while (t->named.n < n && rows_next(&rows)) {
        t->name[t->named.n] = str_copy(w->mem, row_text(&rows, 1));
        ids_put(&t->named, row_int(&rows, 0), t->named.n);
    }
    return rows_end(&rows);
}

static Str name_of(const Telling *t, int64_t id)
{
    ptrdiff_t at = id ? ids_at(&t->named, id) : -1;
    return at < 0 ? (Str){ 0 } : t->name[at];
}

/* ---- steps ---- */

static void put_meaning(const Telling *t, const ProcessStep *s)
{
    JsonOut *j = &t->r->out;
    js_put_text(j, "purpose", s->purpose);
    js_put_text(j, "input", s->input);
    js_put_text(j, "action", s->action);
    js_put_text(j, "result", s->result);
    js_put_text(j, "document", s->document);
    js_put_choice(j, "channel", step_channels, s->channel);
    js_put_choice(j, "performer", step_performers, s->performer);
    js_put_text(j, "performer_name", name_of(t, s->performer == STEP_BY_USER ? s->user_id : s->role_id));
}

static void put_step(const Telling *t, const WayStep *s)
{
    static const char *const states[] = { NULL, "open", "done", "skipped" };
    JsonOut                 *j = &t->r->out;
    js_object(j);
    js_key(j, "code"), js_str(j, s->step->code);
    js_key(j, "name"), js_str(j, s->step->name);
    js_key(j, "number"), js_i64(j, s->number);
    js_key(j, "stage_id"), js_i64(j, s->step->stage_id);
    js_key(j, "state"), js_c(j, states[s->state]);
    js_key(j, "must"), js_bool(j, s->step->must);
    js_key(j, "due_at"), js_moment(j, s->state == PASSAGE_OPEN ? s->due_at : NONE);
    js_key(j, "left_at"), js_moment(j, s->left_at);
    js_put_text(j, "outcome", s->outcome);
    js_key(j, "deviation"), js_bool(j, s->deviation);
    js_put_text(j, "override_by", name_of(t, s->override_by));
    js_put_text(j, "why", s->why);
    put_meaning(t, s->step);
    js_end(j);
}

/* Why a condition cannot be asked, in words. */
static void put_fault(const Telling *t, const char *key)
{
    Buf b = buf_new(t->r->w->mem, 100);
    js_key(&t->r->out, "fault");
    if (!key) {
        js_null(&t->r->out);
        return;
    }
    SAY(&b, (Voice){ .lang = work_lang(t->r->w) }, "run.gate_faulty");
    js_str(&t->r->out, buf_str(&b));
}

static void put_gate(const Telling *t, ptrdiff_t g)
{
    const ProcessGate *gate = &t->way->version->gates.at[g];
    JsonOut           *j = &t->r->out;
    js_object(j);
    js_key(j, "code"), js_str(j, gate->code);
    js_key(j, "step"), js_str(j, gate->step);
    js_put_choice(j, "at", gate_places, gate->at);
    js_put_choice(j, "needs", gate_needs, gate->needs);
    js_put_choice(j, "how", gate_hows, gate->how);
    js_key(j, "says"), js_str(j, gate->says);
    js_put_text(j, "path", gate->path);
    js_key(j, "met"), js_bool(j, t->way->met[g]);
    put_fault(t, t->way->fault[g]);
    js_end(j);
}

static void put_outcome(JsonOut *j, const ProcessOutcome *o)
{
    js_object(j);
    js_key(j, "step"), js_str(j, o->step);
    js_key(j, "code"), js_str(j, o->code);
    js_key(j, "name"), js_str(j, o->name);
    js_key(j, "meets"), js_bool(j, o->meets);
    js_key(j, "deviation"), js_bool(j, o->deviation);
    js_end(j);
}

static void put_lists(const Telling *t)
{
    JsonOut   *j = &t->r->out;
    const Way *way = t->way;
    js_key(j, "steps");
    js_array(j);
    for (ptrdiff_t i = 0; i < way->n; i++) put_step(t, &way->steps[i]);
    js_end(j);
    js_key(j, "gates");
    js_array(j);
    for (ptrdiff_t g = 0; g < way->version->gates.n; g++) put_gate(t, g);
    js_end(j);
    js_key(j, "outcomes");
    js_array(j);
    for (ptrdiff_t o = 0; o < way->version->outcomes.n; o++) put_outcome(j, &way->version->outcomes.at[o]);
    js_end(j);
}

/* ---- a move ---- */

static Err may_override(Work *w, const Entity *e, int64_t record, bool *may)
{
    *may = false;
    if (access_scope(w->who, e->name, "override") == SCOPE_NONE) return OK;
    return reach_rows(w, w->scratch, e, "override", &record, 1, may);
}

static void put_codes(JsonOut *j, const char *key, const Way *way, const ptrdiff_t *at, ptrdiff_t n, bool steps)
{
    js_key(j, key);
    js_array(j);
    for (ptrdiff_t k = 0; k < n; k++)
        js_str(j, steps ? way->steps[at[k]].step->code : way->version->gates.at[at[k]].code);
    js_end(j);
}

static Err put_move(const Telling *t, const Ways *ways, int64_t to)
{
    JsonOut        *j = &t->r->out;
    const StageRow *stage = to ? stage_found(&ways->stages, to) : NULL;
    Missing         m;
    bool            may;
    js_key(j, "to");
    if (!stage || stage->process != t->way->at->process) {
        js_null(j);
        return OK;
    }
    way_missing(t->r->w, t->way, stage, &m);
    TRY(may_override(t->r->w, ways->e, t->way->record, &may));
    js_object(j);
    js_key(j, "stage_id"), js_i64(j, to);
    put_codes(j, "steps", t->way, m.step, m.steps, true);
    put_codes(j, "gates", t->way, m.gate, m.gates, false);
    put_codes(j, "meant", t->way, m.asked, m.confirms, false);
    js_key(j, "may_override"), js_bool(j, may);
    js_end(j);
    return OK;
}

/* ---- another version ---- */

/* The version that has come into force since, and the open steps that it does not know. */
static Err put_newer(const Telling *t)
{
    Work           *w = t->r->w;
    JsonOut        *j = &t->r->out;
    ProcessVersion *next = NEW(w->mem, ProcessVersion);
    int64_t         id = 0;
    bool            found = false;
    Err             err = db_int(w->db, SQL_VERSION_IN_FORCE, VALS(val_int(t->way->version->process_id)), &id);
    if (err != OK && err != NOT_FOUND) return err;
    if (err == OK && t->way->run && id != t->way->version->base.id)
        TRY(record_fetch(w, &process_version_entity, &id, 1, true, next, &found));
    js_key(j, "newer");
    if (!found) {
        js_null(j);
        return OK;
    }
    js_object(j);
    js_key(j, "id"), js_i64(j, id);
    js_key(j, "number"), js_i64(j, next->number);
    js_key(j, "unknown");
    js_array(j);
    for (ptrdiff_t i = 0; i < t->way->n; i++)
        if (t->way->steps[i].state == PASSAGE_OPEN && version_step(next, t->way->steps[i].step->code) < 0)
            js_str(j, t->way->steps[i].step->name);
    js_end(j);
    js_key(j, "added");
    js_array(j);
    for (ptrdiff_t i = 0; i < next->steps.n; i++)
        if (version_step(t->way->version, next->steps.at[i].code) < 0) js_str(j, next->steps.at[i].name);
    js_end(j);
    js_end(j);
    return OK;
}

Err way_answer(Request *r, const Entity *e, int64_t record, int64_t stage, int64_t to)
{
    Ways    ways;
    Telling t = { .r = r };
    TRY(ways_read(r->w, e, &record, &stage, 1, &ways));
    t.way = &ways.at[0];
    js_object(&r->out);
    js_key(&r->out, "led"), js_bool(&r->out, t.way->version != NULL);
    if (t.way->version) {
        TRY(ways_ask(&ways));
        TRY(names_read(&t));
        js_key(&r->out, "version_id"), js_i64(&r->out, t.way->version->base.id);
        js_key(&r->out, "number"), js_i64(&r->out, t.way->version->number);
        js_key(&r->out, "stage_id"), js_i64(&r->out, stage);
        put_lists(&t);
        TRY(put_move(&t, &ways, to));
        TRY(put_newer(&t));
    }
    js_end(&r->out);
    return OK;
}
