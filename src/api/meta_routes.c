/* Which records and fields there are: for the browser, for programs, and the firm's own ones. */
#include "api/call.h"
#include "api/lists.h"
#include "api/openapi.h"
#include "entity/meta.h"
#include "entity/own.h"

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

const Route meta_routes[] = {
    { .method = GET, .path = "/api/meta", .run = meta, .gives = "entities: list", .says = "api.meta" },
    { .method = GET, .path = "/api/openapi.json", .run = openapi, .gives = "object", .says = "api.openapi" },
    { .method = GET,
      .path = "/api/field",
      .run = fields,
      .needs = { "field", "view" },
      .gives = "items: list",
      .says = "api.fields" },
    { .method = POST,
      .path = "/api/field",
      .run = field_add,
      .needs = { "field", "add" },
      .writes = true,
      .makes = true,
      .body = BODY_JSON,
      .takes =
          "entity: text, type: text, label_ru: text, label_en: text, to: text?, options: list?, required: bool?, find:"
          " bool?, sort: bool?",
      .gives = "id: int",
      .says = "api.field_add" },
    { .method = POST,
      .path = "/api/field/{id}/archive",
      .run = field_archive,
      .needs = { "field", "archive" },
      .writes = true,
      .says = "api.field_archive" },
    { 0 },
};
