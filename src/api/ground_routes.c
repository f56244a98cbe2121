/* What the browser needs before any screen: health, words, the list of entities, the firm's own fields, and the description for programs. */
#include "api/call.h"
#include "api/lists.h"
#include "api/openapi.h"
#include "core/words.h"
#include "entity/meta.h"
#include "entity/own.h"

static Err health(Request *r)
{
    js_object(&r->out);
    js_key(&r->out, "ok");
    js_bool(&r->out, true);
    js_end(&r->out);
    return OK;
}

static Err words(Request *r)
{
    Lang lang;
    if (!lang_read(r->part[0], &lang) || r->part[0].n != 2) return NOT_FOUND;
    js_object(&r->out);
    for (ptrdiff_t i = 0; i < words_count; i++) {
        if (!words_table[i].text[lang]) continue;
        js_key(&r->out, words_table[i].key);
        js_c(&r->out, words_table[i].text[lang]);
    }
    js_end(&r->out);
    return OK;
}

static Err meta(Request *r)
{
    meta_json(r->w, &r->out);
    return OK;
}

static Err openapi(Request *r)
{
    openapi_json(server_of(r), &r->out);
    return OK;
}

static Err fields(Request *r) { return own_list_json(r->w, &r->out); }

static Err field_add(Request *r)
{
    int64_t id;
    TRY(own_add_json(r->w, r->body, &id));
    js_object(&r->out);
    js_key(&r->out, "id");
    js_i64(&r->out, id);
    js_end(&r->out);
    return OK;
}

static Err field_archive(Request *r) { return own_archive(r->w, r->id); }

/* The stream begins when this has been answered with OK, see call_done. */
static Err events(Request *r)
{
    Call *c    = call_of(r);
    c->listens = true;
    return live_listener(r->w, &c->listener);
}

const Route ground_routes[] = {
    { .method = GET, .path = "/api/health", .run = health, .audience = FOR_ANYBODY, .gives = "ok: bool", .says = "api.health" },
    { .method = GET, .path = "/api/words/{language}", .run = words, .audience = FOR_ANYBODY, .gives = "object", .says = "api.words" },
    { .method = GET, .path = "/api/meta", .run = meta, .gives = "entities: list", .says = "api.meta" },
    { .method = GET, .path = "/api/openapi.json", .run = openapi, .gives = "object", .says = "api.openapi" },
    { .method = GET, .path = "/api/field", .run = fields, .needs = { "field", "view" }, .gives = "items: list", .says = "api.fields" },
    { .method = POST, .path = "/api/field", .run = field_add, .needs = { "field", "add" }, .writes = true, .makes = true, .body = BODY_JSON,
      .takes = "entity: text, type: text, label_ru: text, label_en: text, to: text?, options: list?, required: bool?, find: bool?, sort: bool?",
      .gives = "id: int", .says = "api.field_add" },
    { .method = POST, .path = "/api/field/{id}/archive", .run = field_archive, .needs = { "field", "archive" }, .writes = true, .says = "api.field_archive" },
    { .method = GET, .path = "/api/events", .run = events, .gives = "event stream", .says = "api.events" },
    { 0 },
};
