/* Processes and their stages: what they are, and what may become of them. */
#include "engine/process/process.h"

#include "engine/process/process_sql.h"

CHOICE_KEYS(STAGE_KINDS, stage_kinds);

Err stages_read(Work *w, Str subject, Stages *out)
{
    Rows rows;
    *out = (Stages){ .at = NEW_RAW(w->mem, StageRow, STAGES_MOST) };
    TRY(db_query(w->db, SQL_STAGES_OF, VALS(val_text(subject)), &rows));
    while (out->n < STAGES_MOST && rows_next(&rows))
        out->at[out->n++] = (StageRow){ .id = row_int(&rows, 0),
                                        .process = row_int(&rows, 1),
                                        .process_code = str_copy(w->mem, row_text(&rows, 2)),
                                        .kind = (StageKind)row_int(&rows, 3),
                                        .lead = row_int(&rows, 4) == 1,
                                        .living = row_int(&rows, 5) == 1 };
    return rows_end(&rows);
}

const StageRow *stage_found(const Stages *all, int64_t id)
{
    for (ptrdiff_t i = 0; i < all->n; i++)
        if (all->at[i].id == id) return &all->at[i];
    return NULL;
}

const StageRow *stage_first(const Stages *all, Str process_code)
{
    const StageRow *any = NULL;
    for (ptrdiff_t i = 0; i < all->n; i++) {
        const StageRow *s = &all->at[i];
        if (!s->living || s->kind != STAGE_OPEN) continue;
        if (str_eq(s->process_code, process_code)) return s;
        if (!any) any = s;
    }
    return any;
}

/* ---- rules ---- */

/* What records go it, and no child's: a child goes with its parent. */
static bool is_subject(Str name)
{
    const Entity *e = entity_named(name);
    return e && !e->parent;
}

/* No more than there is room for wherever they are read. */
static Err count_judge(Work *w, Saving *s, Str sql, int64_t most, const char *key)
{
    int64_t there = -1;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        if (s->was[i]) continue;
        if (there < 0) TRY(db_int(w->db, sql, NO_VALS, &there));
        if (++there > most) saving_fail(w, s, i, CONFLICT, "name", key, arg_count("limit", most));
    }
    return OK;
}

/* A process goes with its stages gone. */
static Err stages_gone(Work *w, Saving *s)
{
    int64_t *ids = NEW_RAW(w->mem, int64_t, s->n);
    Rows     rows;
    for (ptrdiff_t i = 0; i < s->n; i++) ids[i] = ((Process *)s->now[i])->base.id;
    TRY(db_query(w->db, SQL_STAGES_LIVING, VALS(val_ids(ids, s->n)), &rows));
    while (rows_next(&rows))
        for (ptrdiff_t i = 0; i < s->n; i++)
            if (ids[i] == row_int(&rows, 0)) {
                saving_fail(w, s, i, CONFLICT, "name", "process.has_stages");
                ids[i] = 0;
            }
    return rows_end(&rows);
}

static Err process_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Process *now = s->now[i];
        if (!is_subject(now->subject)) saving_fail(w, s, i, INVALID, "subject", "filter.no_such_entity");
    }
    if (s->archive > 0) TRY(stages_gone(w, s));
    TRY(count_judge(w, s, SQL_PROCESSES_COUNT, PROCESSES_MOST, "process.too_many"));
    return w->problems.count > before ? w->problems.last->err : OK;
}

/* What a version in force leads by stays. */
static Err stages_led(Work *w, Saving *s)
{
    int64_t *ids = NEW_RAW(w->mem, int64_t, s->n);
    Rows     rows;
    for (ptrdiff_t i = 0; i < s->n; i++) ids[i] = ((Stage *)s->now[i])->base.id;
    TRY(db_query(w->db, SQL_STAGES_LED, VALS(val_ids(ids, s->n)), &rows));
    while (rows_next(&rows))
        for (ptrdiff_t i = 0; i < s->n; i++)
            if (ids[i] == row_int(&rows, 0)) saving_fail(w, s, i, CONFLICT, "name", "stage.led");
    return rows_end(&rows);
}

static Err stage_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    if (s->archive > 0) TRY(stages_led(w, s));
    TRY(count_judge(w, s, SQL_STAGES_COUNT, STAGES_MOST, "stage.too_many"));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Stage *now = s->now[i];
        if (now->lead && now->kind != STAGE_OPEN) saving_fail(w, s, i, INVALID, "lead", "stage.lead_is_open");
    }
    return w->problems.count > before ? w->problems.last->err : OK;
}

/* ---- descriptions ---- */

static const Field process_fields[] = {
#define FIELD(...) AS_ROW(Process, __VA_ARGS__)
#include "engine/process/process.def"
};

static const Field stage_fields[] = {
#define FIELD(...) AS_ROW(Stage, __VA_ARGS__)
#include "engine/process/stage.def"
};

const Entity process_entity = { .name = "process",
                                .title = "name",
                                .order = "place",
                                .known = true,
                                .rule = process_rule,
                                ENTITY_FIELDS(Process, process_fields) };
const Entity stage_entity = { .name = "stage",
                              .title = "name",
                              .order = "place",
                              .known = true,
                              .rule = stage_rule,
                              ENTITY_FIELDS(Stage, stage_fields) };
