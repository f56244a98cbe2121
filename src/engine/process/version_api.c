/* A version is published, asked what keeps it from that, and copied into a new draft. */
#include "api/lists.h"
#include "core/words.h"
#include "engine/process/process_sql.h"
#include "engine/process/version.h"
#include "entity/reach.h"
#include "entity/record.h"

typedef struct {
    ProcessVersion *v;
    const Entity   *subject;
    Stages          stages;
} Versioned;

static Err versioned_read(Request *r, Versioned *out)
{
    Work    *w = r->w;
    Process *process = NEW(w->mem, Process);
    bool     found;
    out->v = NEW(w->mem, ProcessVersion);
    TRY(reach_need(w, &process_version_entity, "view", r->id));
    TRY(record_fetch(w, &process_version_entity, &r->id, 1, true, out->v, &found));
    if (!found) return fail(w, NOT_FOUND, NULL, "record.not_found");
    TRY(record_fetch(w, &process_entity, &out->v->process_id, 1, false, process, &found));
    out->subject = found ? entity_named(process->subject) : NULL;
    if (!out->subject) return fail(w, CONFLICT, "process_id", "filter.no_such_entity");
    return stages_read(w, process->subject, &out->stages);
}

/* ---- what keeps it ---- */

static void problems_put(Request *r, Problems *said)
{
    js_items(&r->out);
    for (const Problem *p = said->first; p; p = p->next) {
        Buf b = buf_new(r->w->mem, 120);
        problem_put(&b, (Voice){ .lang = work_lang(r->w) }, p);
        js_object(&r->out);
        js_key(&r->out, "field"), js_c(&r->out, p->field);
        js_key(&r->out, "key"), js_c(&r->out, p->key);
        js_key(&r->out, "says"), js_str(&r->out, buf_str(&b));
        js_end(&r->out);
    }
    js_end(&r->out);
    js_end(&r->out);
}

static Err check_run(Request *r)
{
    Versioned of;
    TRY(asked_only(r));
    TRY(versioned_read(r, &of));
    Err err = version_check(r->w, of.v, of.subject, &of.stages);
    if (err != OK && err != INVALID) return err;
    Problems said = r->w->problems;
    r->w->problems = (Problems){ .mem = said.mem, .limit = said.limit };
    problems_put(r, &said);
    return OK;
}

/* ---- publishing ---- */

static Err past_put(Work *w, int64_t process)
{
    SaveHow         how = { .trusted = true };
    ProcessVersion *old = NEW(w->mem, ProcessVersion);
    int64_t         id = 0;
    bool            found;
    Err             err = db_int(w->db, SQL_VERSION_IN_FORCE, VALS(val_int(process)), &id);
    if (err == NOT_FOUND) return OK;
    TRY(err);
    TRY(record_fetch(w, &process_version_entity, &id, 1, true, old, &found));
    old->state = VERSION_PAST;
    return record_save_many(w, &process_version_entity, old, 1, &how);
}

static Err publish_run(Request *r)
{
    SaveHow   how = { .trusted = true, .verb = "publish" };
    Versioned of;
    TRY(versioned_read(r, &of));
    if (of.v->state != VERSION_DRAFT || of.v->base.archived_at != NONE)
        return fail(r->w, CONFLICT, "state", "process_version.not_a_draft");
    TRY(version_check(r->w, of.v, of.subject, &of.stages));
    TRY(past_put(r->w, of.v->process_id));
    of.v->state = VERSION_IN_FORCE;
    of.v->since = r->w->today;
    TRY(record_save_many(r->w, &process_version_entity, of.v, 1, &how));
    return answer_record(r, &process_version_entity, of.v, NULL);
}

/* ---- a new draft ---- */

#define FORGET_IDS(rows)                                                                                               \
    for (ptrdiff_t i = 0; i < (rows).n; i++) (rows).at[i].base = (ChildHead)                                           \
        {                                                                                                              \
            0                                                                                                          \
        }

static Err copy_run(Request *r)
{
    Versioned of;
    TRY(versioned_read(r, &of));
    ProcessVersion *next = NEW(r->w->mem, ProcessVersion);
    record_empty(r->w, &process_version_entity, next);
    next->process_id = of.v->process_id;
    next->note = of.v->note;
    next->steps.at = of.v->steps.at, next->steps.n = of.v->steps.n;
    next->gates.at = of.v->gates.at, next->gates.n = of.v->gates.n;
    next->outcomes.at = of.v->outcomes.at, next->outcomes.n = of.v->outcomes.n;
    FORGET_IDS(next->steps);
    FORGET_IDS(next->gates);
    FORGET_IDS(next->outcomes);
    TRY(record_save(r->w, &process_version_entity, next));
    return answer_record(r, &process_version_entity, next, NULL);
}

const Route version_routes[] = {
    { .method = GET,
      .path = "/api/process_version/{id}/check",
      .run = check_run,
      .needs = { "process_version", "view" },
      .gives = "items: [{field: text, key: text, says: text}]",
      .says = "route.process_version.check" },
    { .method = POST,
      .path = "/api/process_version/{id}/publish",
      .run = publish_run,
      .needs = { "process_version", "publish" },
      .writes = true,
      .gives = "process_version",
      .says = "route.process_version.publish" },
    { .method = POST,
      .path = "/api/process_version/{id}/copy",
      .run = copy_run,
      .needs = { "process_version", "add" },
      .writes = true,
      .makes = true,
      .gives = "process_version",
      .says = "route.process_version.copy" },
    { 0 },
};
