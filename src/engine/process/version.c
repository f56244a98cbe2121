/* What a version of a process is, and what may be changed of it: a draft's anything, of another nothing. */
#include "engine/process/version.h"

#include "core/words.h"
#include "engine/process/process_sql.h"
#include "entity/ids.h"

CHOICE_KEYS(VERSION_STATES, version_states);
CHOICE_KEYS(STEP_PERFORMERS, step_performers);
CHOICE_KEYS(STEP_CHANNELS, step_channels);
CHOICE_KEYS(GATE_PLACES, gate_places);
CHOICE_KEYS(GATE_NEEDS, gate_needs);
CHOICE_KEYS(GATE_HOWS, gate_hows);

ptrdiff_t version_step(const ProcessVersion *v, Str code)
{
    for (ptrdiff_t i = 0; i < v->steps.n; i++)
        if (str_eq(v->steps.at[i].code, code)) return i;
    return -1;
}

bool code_among(Str codes, Str code)
{
    ptrdiff_t from = 0;
    for (ptrdiff_t i = 0; i <= codes.n; i++) {
        if (i < codes.n && codes.s[i] != ' ') continue;
        if (i > from && str_eq((Str){ codes.s + from, i - from }, code)) return true;
        from = i + 1;
    }
    return false;
}

/* ---- what is refused ---- */

static void list_bound(Work *w, Saving *s, ptrdiff_t i, const char *list, ptrdiff_t n, int most)
{
    if (n > most) saving_fail(w, s, i, INVALID, list, "process_version.too_many", arg_count("limit", most));
}

/* What is in force or was is what records have been led by. */
static void fixed_rule(Work *w, Saving *s, ptrdiff_t i)
{
    const ProcessVersion *was = s->was[i];
    if (s->trusted || !was) return;
    if (s->archive > 0 && was->state == VERSION_IN_FORCE)
        saving_fail(w, s, i, CONFLICT, "state", "process_version.archive_in_force");
    if (s->archive == 0 && was->state != VERSION_DRAFT)
        saving_fail(w, s, i, CONFLICT, "state", "process_version.fixed");
}

/* ---- its number and name ---- */

/* A new one is the next of its process. */
static Err numbers_give(Work *w, Saving *s)
{
    Ids       place = ids_new(w->mem, s->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const ProcessVersion *now = s->now[i];
        if (!s->was[i] && now->process_id) ids_put(&place, now->process_id, place.n);
    }
    if (!place.n) return OK;
    int64_t *all = ids_all(w->mem, &place, &n), *last = NEW_N(w->mem, int64_t, n);
    TRY(db_query(w->db, SQL_VERSIONS_LAST, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) last[ids_at(&place, row_int(&rows, 0))] = row_int(&rows, 1);
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        ProcessVersion *now = s->now[i];
        if (!s->was[i] && now->process_id) now->number = ++last[ids_at(&place, now->process_id)];
    }
    return OK;
}

static Str name_usual(Work *w, int64_t number)
{
    Buf b = buf_new(w->mem, 40);
    SAY(&b, (Voice){ .lang = work_lang(w) }, "process_version.unnamed", arg_count("n", number));
    return buf_str(&b);
}

static Err version_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    TRY(numbers_give(w, s));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        ProcessVersion *now = s->now[i];
        fixed_rule(w, s, i);
        list_bound(w, s, i, "steps", now->steps.n, STEPS_MOST);
        list_bound(w, s, i, "gates", now->gates.n, GATES_MOST);
        list_bound(w, s, i, "outcomes", now->outcomes.n, OUTCOMES_MOST);
        if (!now->name.n) now->name = name_usual(w, now->number);
    }
    return w->problems.count > before ? w->problems.last->err : OK;
}

/* ---- descriptions ---- */

static const Field step_fields[] = {
#define FIELD(...) AS_ROW(ProcessStep, __VA_ARGS__)
#include "engine/process/process_step.def"
};

static const Field gate_fields[] = {
#define FIELD(...) AS_ROW(ProcessGate, __VA_ARGS__)
#include "engine/process/process_gate.def"
};

static const Field outcome_fields[] = {
#define FIELD(...) AS_ROW(ProcessOutcome, __VA_ARGS__)
#include "engine/process/process_outcome.def"
};

static const Field version_fields[] = {
#define FIELD(...) AS_ROW(ProcessVersion, __VA_ARGS__)
#define CHILDREN(...)
#include "engine/process/process_version.def"
};

static const Children version_children[] = {
#define FIELD(...)
#define CHILDREN(...) AS_CHILD_ROW(ProcessVersion, __VA_ARGS__)
#include "engine/process/process_version.def"
};

const Entity process_step_entity = { .name = "process_step",
                                     .parent = "version_id",
                                     ENTITY_FIELDS(ProcessStep, step_fields) };
const Entity process_gate_entity = { .name = "process_gate",
                                     .parent = "version_id",
                                     ENTITY_FIELDS(ProcessGate, gate_fields) };
const Entity process_outcome_entity = { .name = "process_outcome",
                                        .parent = "version_id",
                                        ENTITY_FIELDS(ProcessOutcome, outcome_fields) };

static const HeldBy      version_held[] = { { "run", "version_id" }, { 0 } };
static const char *const version_verbs[] = { "publish", NULL };

const Entity process_version_entity = { .name = "process_version",
                                        .title = "name",
                                        .order = "-number",
                                        .known = true,
                                        .verbs = version_verbs,
                                        .rule = version_rule,
                                        .held = version_held,
                                        ENTITY_FIELDS(ProcessVersion, version_fields),
                                        ENTITY_CHILDREN(version_children) };
