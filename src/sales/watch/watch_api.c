/* A watch is switched on and off, and a finding excused. */
#include "api/lists.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "sales/watch/watch.h"

/* What the verb itself allows, it saves. */
static Err verb_load(Request *r, const Entity *e, const char *verb, void *record)
{
    bool in;
    TRY(record_load(r->w, e, r->id, record));
    TRY(reach_rows(r->w, r->w->scratch, e, verb, &r->id, 1, &in));
    return in ? OK : fail(r->w, DENIED, NULL, "record.not_yours");
}

static Err verb_save(Request *r, const Entity *e, void *record)
{
    SaveHow how = { .trusted = true };
    TRY(record_save_many(r->w, e, record, 1, &how));
    TRY(work_settle(r->w));
    TRY(record_load(r->w, e, r->id, record));
    return answer_record(r, e, record, NULL);
}

/* It is looked at once, by the program: what is found is nobody's making. */
static Err look_want(Work *w)
{
    JobWanted look = { .kind = "watches", .argument = S(""), .key = S("switched"), .occurrence = NONE };
    int64_t   actor = w->actor, id;
    w->actor = 0;
    Err err = job_want(w, &look, &id);
    w->actor = actor;
    return err;
}

static Err switch_run(Request *r)
{
    Watch *watch = NEW(r->w->mem, Watch);
    bool   on = true;
    TRY(body_only(r));
    TRY(body_bool(r, "on", &on));
    TRY(verb_load(r, &watch_entity, "switch", watch));
    if (watch->base.archived_at != NONE) return fail(r->w, CONFLICT, NULL, "watch.archived");
    watch->active = on;
    TRY(look_want(r->w));
    return verb_save(r, &watch_entity, watch);
}

static Err excuse_run(Request *r)
{
    Found *found = NEW(r->w->mem, Found);
    Str    reason;
    TRY(body_only(r));
    TRY(body_text(r, "reason", 4 * 500, &reason));
    TRY(verb_load(r, &finding_entity, "excuse", found));
    if (found->state != FINDING_OPEN) return fail(r->w, CONFLICT, NULL, "finding.not_open");
    found->state = FINDING_EXCUSED;
    found->reason = reason;
    TRY(finding_tasks_cancel(r->w, &r->id, 1, reason));
    return verb_save(r, &finding_entity, found);
}

const Route watch_routes[] = {
    { .method = POST,
      .path = "/api/watch/{id}/switch",
      .run = switch_run,
      .needs = { "watch", "switch" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "on: bool",
      .gives = "watch",
      .says = "route.watch.switch" },
    { .method = POST,
      .path = "/api/finding/{id}/excuse",
      .run = excuse_run,
      .needs = { "finding", "excuse" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "reason: text",
      .gives = "finding",
      .says = "route.finding.excuse" },
    { 0 },
};
