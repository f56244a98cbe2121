/* Where records stand on their ways: runs, versions, passages, brought together for many at once. */
#include "engine/process/process_sql.h"
#include "engine/process/way.h"
#include "entity/ids.h"
#include "entity/record.h"

typedef struct {
    int64_t process, version;
} InForce;

typedef struct {
    Ways     *ways;
    InForce  *in_force;
    ptrdiff_t in_force_n;
    int64_t  *version; /* by way: the id of what leads it; 0: nothing */
} Reading;

/* ---- which version ---- */

static Err in_force_read(Reading *r)
{
    Rows rows;
    r->in_force = NEW_RAW(r->ways->w->mem, InForce, PROCESSES_MOST);
    TRY(db_query(r->ways->w->db, SQL_VERSIONS_IN_FORCE, VALS(val_text(str_of(r->ways->e->name))), &rows));
    while (r->in_force_n < PROCESSES_MOST && rows_next(&rows))
        r->in_force[r->in_force_n++] = (InForce){ row_int(&rows, 0), row_int(&rows, 1) };
    return rows_end(&rows);
}

static Err runs_read(Reading *r, const Ids *place, const int64_t *records)
{
    Ways *ways = r->ways;
    Rows  rows;
    TRY(db_query(ways->w->db, SQL_RUNS_OF, VALS(val_ids(records, ways->n)), &rows));
    while (rows_next(&rows)) {
        ptrdiff_t k = ids_at(place, row_int(&rows, 0));
        if (k < 0 || !ways->at[k].at || ways->at[k].at->process != row_int(&rows, 1)) continue;
        ways->at[k].run = row_int(&rows, 2);
        r->version[k] = row_int(&rows, 3);
    }
    return rows_end(&rows);
}

/* What has come to its end without being led is not led back. */
static void begins_find(Reading *r)
{
    for (ptrdiff_t k = 0; k < r->ways->n; k++) {
        const StageRow *at = r->ways->at[k].at;
        if (r->version[k] || !at || at->kind != STAGE_OPEN) continue;
        for (ptrdiff_t p = 0; p < r->in_force_n; p++)
            if (r->in_force[p].process == at->process) r->version[k] = r->in_force[p].version;
    }
}

static Err versions_read(Reading *r)
{
    Ways     *ways = r->ways;
    Ids       ids = ids_new(ways->w->mem, ways->n);
    ptrdiff_t n;
    for (ptrdiff_t k = 0; k < ways->n; k++)
        if (r->version[k]) ids_put(&ids, r->version[k], 0);
    int64_t *all = ids_all(ways->w->mem, &ids, &n);
    if (!n) return OK;
    ProcessVersion *versions = NEW_RAW(ways->w->mem, ProcessVersion, n);
    bool           *found = NEW_N(ways->w->mem, bool, n);
    TRY(record_fetch(ways->w, &process_version_entity, all, n, true, versions, found));
    ways->versions = versions;
    ways->version_n = n;
    for (ptrdiff_t v = 0; v < n; v++)
        for (ptrdiff_t k = 0; found[v] && k < ways->n; k++)
            if (r->version[k] == versions[v].base.id) ways->at[k].version = &versions[v];
    return OK;
}

/* ---- the steps in their order ---- */

static bool goes_before(const WayStep *a, const WayStep *b)
{
    const StageRow *here = a->stage, *there = b->stage; /* stages stand in their order; what has none comes last */
    if (here != there) return here && (!there || here < there);
    int64_t first = a->step->place == NONE ? INT64_MAX : a->step->place;
    int64_t second = b->step->place == NONE ? INT64_MAX : b->step->place;
    return first != second ? first < second : a->step < b->step;
}

static void steps_lay(const Ways *ways, Way *way)
{
    const ProcessVersion *v = way->version;
    way->steps = NEW_N(ways->w->mem, WayStep, v->steps.n + 1);
    for (ptrdiff_t i = 0; i < v->steps.n; i++) {
        WayStep   one = { .step = &v->steps.at[i],
                          .stage = stage_found(&ways->stages, v->steps.at[i].stage_id),
                          .entered_at = NONE,
                          .due_at = NONE,
                          .left_at = NONE };
        ptrdiff_t at = way->n++;
        for (; at > 0 && goes_before(&one, &way->steps[at - 1]); at--) way->steps[at] = way->steps[at - 1];
        way->steps[at] = one;
    }
    for (ptrdiff_t i = 0; i < way->n; i++) way->steps[i].number = i + 1;
    way->met = NEW_N(ways->w->mem, bool, v->gates.n + 1);
    way->fault = NEW_N(ways->w->mem, const char *, v->gates.n + 1);
}

/* What stands here already has come past what lies before. */
static void way_stands(Way *way)
{
    for (ptrdiff_t i = 0; i < way->n; i++) {
        WayStep *s = &way->steps[i];
        if (s->stage == way->at) s->state = PASSAGE_OPEN;
        else if (s->stage && s->stage < way->at) s->state = PASSAGE_SKIPPED;
    }
}

/* ---- what became of them ---- */

static void passage_take(Work *w, Way *way, const Rows *rows)
{
    ptrdiff_t i = 0;
    while (i < way->n && !str_eq(way->steps[i].step->code, row_text(rows, 1))) i++;
    if (i == way->n) return; /* of a version before */
    WayStep *s = &way->steps[i];
    s->state = (PassageState)row_int(rows, 2);
    s->entered_at = row_int(rows, 3);
    s->due_at = row_int(rows, 4);
    s->left_at = row_int(rows, 5);
    s->by = row_int(rows, 6) == NONE ? 0 : row_int(rows, 6);
    s->outcome = str_copy(w->mem, row_text(rows, 7));
    s->ticks = str_copy(w->mem, row_text(rows, 8));
    s->deviation = row_int(rows, 9) == 1;
    s->override_by = row_int(rows, 10) == NONE ? 0 : row_int(rows, 10);
    s->why = str_copy(w->mem, row_text(rows, 11));
}

static Err passages_read(Ways *ways)
{
    Ids       place = ids_new(ways->w->mem, ways->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t k = 0; k < ways->n; k++)
        if (ways->at[k].run && ways->at[k].version) ids_put(&place, ways->at[k].run, k);
    int64_t *all = ids_all(ways->w->mem, &place, &n);
    if (!n) return OK;
    TRY(db_query(ways->w->db, SQL_PASSAGES_OF, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) {
        ptrdiff_t k = ids_at(&place, row_int(&rows, 0));
        if (k >= 0) passage_take(ways->w, &ways->at[k], &rows);
    }
    return rows_end(&rows);
}

Err ways_read(Work *w, const Entity *e, const int64_t *records, const int64_t *stages, ptrdiff_t n, Ways *out)
{
    Reading r = { .ways = out, .version = NEW_N(w->mem, int64_t, n) };
    Ids     place = ids_new(w->mem, n);
    *out = (Ways){ .w = w, .e = e, .at = NEW_N(w->mem, Way, n), .n = n };
    TRY(in_force_read(&r));
    TRY(stages_read(w, str_of(e->name), &out->stages));
    for (ptrdiff_t k = 0; k < n; k++) {
        out->at[k] = (Way){ .record = records[k], .at = stage_found(&out->stages, stages[k]) };
        ids_put(&place, records[k], k);
    }
    TRY(runs_read(&r, &place, records));
    begins_find(&r);
    TRY(versions_read(&r));
    for (ptrdiff_t k = 0; k < n; k++) {
        if (!out->at[k].version) continue;
        steps_lay(out, &out->at[k]);
        if (!out->at[k].run) way_stands(&out->at[k]);
    }
    return passages_read(out);
}
