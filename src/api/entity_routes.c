/* The routes every entity has, from its list of fields: list, count, one, create, change, archive, restore, history,
 * export. */
#include "api/lists.h"

#include "access/viewing.h"
#include "api/call.h"
#include "entity/change.h"
#include "entity/check.h"
#include "entity/group.h"
#include "entity/list.h"
#include "entity/may.h"
#include "entity/reach.h"
#include "entity/record.h"

#include <string.h>

/* The entity of the path.  Children have no address of their own. */
Err asked_entity(Request *r, const Entity **e)
{
    *e = entity_named(r->part[0]);
    return *e && !(*e)->parent ? OK : NOT_FOUND;
}

/* Children are listed too, with the rights of what they belong to; but for those of records that are listed only with
 * what they hang on. */
Err asked_rows(Request *r, const Entity **e)
{
    *e = entity_named(r->part[0]);
    return !*e || ((*e)->parent && entity_above(*e)->follows) ? NOT_FOUND : OK;
}

Err ask_take(Request *r, Ask *ask)
{
    int64_t limit = 0;
    *ask = (Ask){ .search = asked_text(r, "search"), .order = asked_text(r, "sort"), .after = asked_text(r, "after"),
                   .figures = asked_text(r, "figures") };
    TRY(asked_json(r, "filter", &ask->filter));
    TRY(asked_bool(r, "archived", &ask->archived));
    TRY(asked_i64(r, "limit", 1, LIST_LIMIT, &limit));
    ask->limit = (int)limit;
    return OK;
}

/* ---- reading ---- */

static Err list(Request *r)
{
    const Entity *e;
    Ask           ask;
    TRY(asked_rows(r, &e));
    TRY(ask_take(r, &ask));
    return list_json(r->w, &r->out, e, &ask);
}

static Err count(Request *r)
{
    const Entity *e;
    Ask           ask;
    TRY(asked_rows(r, &e));
    TRY(ask_take(r, &ask));
    return list_count_json(r->w, &r->out, e, &ask);
}

static Err groups(Request *r)
{
    const Entity *e;
    Ask           ask;
    const Json   *sums;
    GroupQuestion question;
    TRY(asked_rows(r, &e));
    TRY(asked_only(r));
    TRY(ask_take(r, &ask));
    TRY(asked_json(r, "sums", &sums));
    TRY(group_question(r->w, asked_text(r, "by"), sums, &question));
    return group_json(r->w, &r->out, e, &ask, &question);
}

static Err titles(Request *r)
{
    const Entity *e;
    TRY(asked_entity(r, &e));
    js_object(&r->out);
    js_key(&r->out, "items");
    TRY(list_titles_json(r->w, &r->out, e, asked_text(r, "search")));
    js_end(&r->out);
    return OK;
}

Err answer_record(Request *r, const Entity *e, const void *record, const char *by)
{
    const Record *head = record;
    r->tag             = str_fmt(r->w->mem, "%lld", (long long)head->version);
    r->shown           = e->name;
    r->shown_id        = head->id;
    record_json_open(r->w, &r->out, e, record);
    TRY(may_json(r->w, &r->out, e, head->id, by));
    if (!r->notes.n && r->w->notes.count) r->notes = notes_text(call_of(r), r->w);
    if (r->notes.n) js_key(&r->out, "notes"), js_raw(&r->out, r->notes);
    js_end(&r->out);
    return OK;
}

static Err one(Request *r)
{
    const Entity *e;
    TRY(asked_entity(r, &e));
    void *record = arena_take(r->w->mem, e->size, 16, 1);
    TRY(record_load(r->w, e, r->id, record));
    return answer_record(r, e, record, "view");
}

static Err history(Request *r)
{
    const Entity *e;
    int64_t       limit = 50;
    TRY(asked_entity(r, &e));
    TRY(asked_i64(r, "limit", 1, LIST_LIMIT, &limit));
    return change_history_json(r->w, &r->out, e, r->id, asked_text(r, "after"), limit);
}

/* ---- writing ---- */

/* What handlers did stands in the answer, and is refused before anything is answered.  Where they have put the record
 * out of sight, whoever saved it sees what he saved. */
static Err record_settled(Request *r, const Entity *e, void *record)
{
    Work   *w      = r->w;
    Record *head   = record;
    int64_t id     = head->id, before = w->handled;
    bool    in     = false, found, known = head->known;
    TRY(work_settle(w));
    if (w->handled == before) return OK;
    TRY(reach_rows(w, w->scratch, e, "view", &id, 1, &in));
    if (in) TRY(record_fetch(w, e, &id, 1, true, record, &found));
    head->known = known;
    return OK;
}

/* What was saved is in reach by that verb, unless a handler has moved it. */
static const char *saved_by(const Request *r, const char *verb) { return r->w->handled ? NULL : verb; }

/* What was there already under origin and key was not made, and is a card that is looked at. */
static Err made_answer(Request *r, const Entity *e, void *record)
{
    const Record *head = record;
    if (head->known) {
        TRY(viewing_card(r->w, e->name, head->id));
        r->status = 200;
    }
    return answer_record(r, e, record, head->known ? "view" : saved_by(r, "add"));
}

static Err create(Request *r)
{
    const Entity *e;
    TRY(asked_entity(r, &e));
    void *record = arena_take(r->w->mem, e->size, 16, 1);
    TRY(record_patch(r->w, e, 0, 0, r->body, record));
    TRY(record_save(r->w, e, record));
    TRY(record_settled(r, e, record));
    return made_answer(r, e, record);
}

/* What stands in the base goes along with the refusal, so that the screen can show both sides. */
static Err clash(Request *r, const Entity *e, Err err)
{
    bool asks = r->w->problems.first && r->w->problems.first->confirmable;
    if (err != CONFLICT || asks) return err;
    void *stored = arena_take(r->w->mem, e->size, 16, 1);
    if (record_load(r->w, e, r->id, stored) != OK) return err;
    Call   *c   = call_of(r);
    Buf     b   = buf_new(&c->http->mem, 1024);
    JsonOut out = js_to(&b);
    buf_c(&b, "\"record\":");
    record_json(r->w, &out, e, stored);
    c->extra = buf_str(&b);
    return err;
}

static Err change(Request *r)
{
    const Entity *e;
    int64_t       version;
    TRY(asked_entity(r, &e));
    TRY(asked_version(r, &version));
    if (!version) {
        r->status = 428;
        return fail(r->w, INVALID, "If-Match", "request.version_missing");
    }
    void *record = arena_take(r->w->mem, e->size, 16, 1);
    Err err = record_patch(r->w, e, r->id, version, r->body, record);
    if (err == OK) err = record_save(r->w, e, record);
    if (err == OK) TRY(record_settled(r, e, record));
    if (err == OK) TRY(viewing_card(r->w, e->name, r->id)); /* the answer shows it all */
    return err == OK ? answer_record(r, e, record, saved_by(r, "change")) : clash(r, e, err);
}

/* Why it is archived, for an entity that keeps that: {"reason": "…"}. */
static Err reason_keep(Request *r, const Entity *e, int64_t *version)
{
    Str reason = { 0 };
    TRY(body_text_maybe(r, "reason", 2000, &reason));
    if (!reason.n) return OK;
    if (!e->archive_reason) return fail(r->w, INVALID, "reason", "field.unknown");
    Buf     b     = buf_new(r->w->mem, 200);
    JsonOut patch = js_to(&b);
    js_object(&patch);
    js_key(&patch, e->archive_reason);
    js_str(&patch, reason);
    js_end(&patch);
    const Json *json;
    void       *record = arena_take(r->w->mem, e->size, 16, 1);
    TRY(json_read(r->w->mem, buf_str(&b), (JsonLimits){ 0 }, &r->w->problems, &json));
    TRY(record_patch(r->w, e, r->id, *version, json, record));
    TRY(record_save(r->w, e, record));
    *version = ((const Record *)record)->version;
    return OK;
}

static Err move(Request *r, Err (*deed)(Work *, const Entity *, int64_t, int64_t))
{
    const Entity *e;
    int64_t       version;
    TRY(asked_entity(r, &e));
    TRY(asked_version(r, &version));
    TRY(confirm_read(r->w, e, r->id, NULL, r->body));
    if (deed == record_archive) TRY(reason_keep(r, e, &version));
    TRY(deed(r->w, e, r->id, version));
    TRY(work_settle(r->w));
    void *record = arena_take(r->w->mem, e->size, 16, 1);
    TRY(record_load(r->w, e, r->id, record));
    return answer_record(r, e, record, "view");
}

static Err archive(Request *r) { return move(r, record_archive); }
static Err restore(Request *r) { return move(r, record_restore); }

const Route entity_routes[] = {
    { .method = GET,
      .path = "/api/{entity}",
      .run = list,
      .needs = { "{entity}", "view" },
      .children = true,
      .takes = LIST_TAKES,
      .gives = "items: list, next: text?, counted: object?",
      .says = "api.list" },
    { .method = GET,
      .path = "/api/{entity}/count",
      .run = count,
      .needs = { "{entity}", "view" },
      .children = true,
      .takes = LIST_TAKES,
      .gives = "count: int, totals: object",
      .says = "api.count" },
    { .method = GET,
      .path = "/api/{entity}/group",
      .run = groups,
      .needs = { "{entity}", "view" },
      .children = true,
      .takes = "by: text, sums: list?, " WHICH_TAKES,
      .gives = "items: list, more: bool, groups: int, all: object",
      .says = "api.group" },
    { .method = GET,
      .path = "/api/{entity}/titles",
      .run = titles,
      .needs = { "{entity}", "view" },
      .takes = "search: text?",
      .gives = "items: list",
      .says = "api.titles" },
    { .method = GET,
      .path = "/api/{entity}/{id}",
      .run = one,
      .needs = { "{entity}", "view" },
      .gives = "{entity}",
      .says = "api.one" },
    { .method = GET,
      .path = "/api/{entity}/{id}/history",
      .run = history,
      .needs = { "{entity}", "view" },
      .takes = "after: text?, limit: int?",
      .gives = "items: list, next: text?",
      .says = "api.history" },
    { .method = POST,
      .path = "/api/{entity}",
      .run = create,
      .needs = { "{entity}", "add" },
      .writes = true,
      .makes = true,
      .body = BODY_JSON,
      .takes = "{entity}",
      .gives = "{entity}",
      .says = "api.create" },
    { .method = PATCH,
      .path = "/api/{entity}/{id}",
      .run = change,
      .needs = { "{entity}", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "{entity}",
      .gives = "{entity}",
      .says = "api.change" },
    { .method = POST,
      .path = "/api/{entity}/{id}/archive",
      .run = archive,
      .needs = { "{entity}", "archive" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "reason: text?, _confirm: list?, _reason: text?",
      .gives = "{entity}",
      .says = "api.archive" },
    { .method = POST,
      .path = "/api/{entity}/{id}/restore",
      .run = restore,
      .needs = { "{entity}", "archive" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "_confirm: list?, _reason: text?",
      .gives = "{entity}",
      .says = "api.restore" },
    { 0 },
};
