/* Closing an activity in one answer: what it came to, the contact that follows it, and what was learnt about the client
 * and the person while speaking, and what it needs.
 *
 *     {"result": "…", "next": {"kind_id": 7, "due_at": "…"}, "client": {"city": "Омск"}, "needs": [{"what": "копир"}]}
 *
 * All of it stands or none; what is refused of a part is told as `next.due_at`.  The next contact is with the same
 * client and person, for the same aim, by the same performer, unless it says otherwise. */
#include "sales/activities/activity_close.h"

#include "access/access.h"
#include "entity/record.h"
#include "sales/activities/activities.h"
#include "sales/deals/deals.h"
#include "sales/parties/parties.h"

enum { NEEDS_MOST = 50 };

/* Of the body those members alone, as a patch. */
static Json patch_of(Arena *mem, const Json *body, const char *const *names)
{
    Json   patch = { .kind = JSON_IS_OBJECT };
    Json **last = &patch.first;
    for (; *names; names++) {
        const Json *member = json_get(body, *names);
        if (!member) continue;
        Json *copy = NEW(mem, Json);
        *copy = *member;
        copy->next = NULL;
        *last = copy;
        last = &copy->next;
        patch.count++;
    }
    return patch;
}

/* What has been said since belongs to a part of the request. */
static Err of_part(Work *w, const char *part, const Problem *before, Err err)
{
    for (Problem *p = before ? before->next : w->problems.first; p; p = p->next)
        p->field = p->field ? str_c(w->mem, str_fmt(w->mem, "%s.%s", part, p->field)) : part;
    return err;
}

/* ---- corrections ---- */

static Err corrected(Work *w, const Entity *e, int64_t id, const Json *patch)
{
    void *record = arena_take(w->mem, e->size, 16, 1);
    if (!id) return fail(w, INVALID, NULL, "activity.nothing_to_correct");
    TRY(record_patch(w, e, id, 0, patch, record));
    return record_save(w, e, record);
}

static Err correct(Request *r, const char *part, const Entity *e, int64_t id)
{
    const Json    *patch = json_get(r->body, part);
    const Problem *before = r->w->problems.last;
    return patch ? of_part(r->w, part, before, corrected(r->w, e, id, patch)) : OK;
}

/* ---- the next contact ---- */

static void next_begin(const Activity *from, const Json *said, Activity *next)
{
    if (!json_get(said, "kind_id")) next->kind_id = from->kind_id;
    if (!json_get(said, "aim_id")) next->aim_id = from->aim_id;
    if (!json_get(said, "client_id")) next->client_id = from->client_id;
    if (!json_get(said, "person_id")) next->person_id = from->person_id;
    if (!json_get(said, "about")) next->about = from->about;
    if (!json_get(said, "performer_id") && !json_get(said, "queue_id")) next->performer_id = from->performer_id;
}

static Err next_made(Work *w, const Activity *from, const Json *said, int64_t *id)
{
    Activity *next = NEW(w->mem, Activity);
    TRY(record_patch(w, &activity_entity, 0, 0, said, next));
    next_begin(from, said, next);
    if (next->state != ACTIVITY_OPEN) return fail(w, INVALID, "state", "activity.next_is_open");
    TRY(record_save(w, &activity_entity, next));
    *id = next->base.id;
    return OK;
}

static Err next_make(Request *r, Activity *closing)
{
    const Json    *said = json_get(r->body, "next");
    const Problem *before = r->w->problems.last;
    return said ? of_part(r->w, "next", before, next_made(r->w, closing, said, &closing->next_id)) : OK;
}

/* ---- what is needed ---- */

/* Of the client, and known by the deal it was heard about, or by the activity. */
static Err needs_made(Work *w, const Activity *from, const Json *said)
{
    Need     *needs;
    ptrdiff_t n = 0;
    SaveHow   how = { 0 };
    if (said->kind != JSON_IS_ARRAY || said->count > NEEDS_MOST)
        return fail(w, INVALID, NULL, "activity.needs_list", arg_count("most", NEEDS_MOST));
    needs = NEW_N(w->mem, Need, said->count);
    for (const Json *one = said->first; one; one = one->next, n++) {
        TRY(record_patch(w, &need_entity, 0, 0, one, &needs[n]));
        if (!json_get(one, "client_id")) needs[n].client_id = from->client_id;
        if (!json_get(one, "source"))
            needs[n].source = from->about.id ? from->about : (Link){ S("activity"), from->base.id };
    }
    return record_save_many(w, &need_entity, needs, n, &how);
}

static Err needs_make(Request *r, const Activity *closing)
{
    const Json    *said = json_get(r->body, "needs");
    const Problem *before = r->w->problems.last;
    return said ? of_part(r->w, "needs", before, needs_made(r->w, closing, said)) : OK;
}

/* ---- the whole ---- */

static const char *const says[] = { "kind_id", "aim_id",  "person_id",    "outcome",  "result",  "minutes",
                                    "place",   "done_at", "participants", "_confirm", "_reason", NULL };

static Err closing_read(Request *r, Activity *a)
{
    Work   *w = r->w;
    int64_t version;
    Json    patch = patch_of(w->mem, r->body, says);
    TRY(asked_version(r, &version));
    TRY(record_patch(w, &activity_entity, r->id, version, &patch, a));
    if (a->state != ACTIVITY_OPEN) return fail(w, CONFLICT, "state", "activity.not_open");
    a->state = ACTIVITY_DONE;
    return OK;
}

/* Corrections first: they may be what the rest is judged by. */
static Err close_run(Request *r)
{
    Activity *a = NEW(r->w->mem, Activity);
    bool      found;
    TRY(body_only(r));
    TRY(closing_read(r, a));
    TRY(correct(r, "client", &client_entity, a->client_id));
    TRY(correct(r, "person", &person_entity, a->person_id));
    TRY(next_make(r, a));
    TRY(needs_make(r, a));
    TRY(record_save(r->w, &activity_entity, a));
    TRY(work_settle(r->w));
    TRY(record_fetch(r->w, &activity_entity, &r->id, 1, true, a, &found));
    return answer_record(r, &activity_entity, a, NULL);
}

const Route activity_routes[] = {
    { .method = POST,
      .path = "/api/activity/{id}/close",
      .run = close_run,
      .needs = { "activity", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "kind_id: int?, aim_id: int?, person_id: int?, outcome: text?, result: text?, minutes: int?, "
               "place: text?, done_at: moment?, participants: list?, next: object?, client: object?, person: object?, "
               "needs: list?, "
               "_confirm: list?, _reason: text?",
      .gives = "activity",
      .says = "route.activity.close" },
    { 0 },
};
