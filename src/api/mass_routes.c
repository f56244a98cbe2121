/* One deed at many records of a list: looked at beforehand, done, watched, stopped and taken back. */
#include "api/lists.h"

#include "access/access.h"
#include "api/call.h"
#include "entity/mass.h"

/* {archive: bool?, values: object?, ids: list?, filter: object?, search: text?} */
static Err mass_take(Request *r, MassAsk *ask)
{
    const Json *ids = json_get(r->body, "ids"), *filter = json_get(r->body, "filter");
    *ask            = (MassAsk){ .values = json_get(r->body, "values") };
    TRY(body_only(r)); /* a misspelt condition would be none */
    TRY(asked_entity(r, &ask->e));
    TRY(body_bool(r, "archive", &ask->archive));
    TRY(body_text_maybe(r, "search", 200, &ask->ask.search));
    if (filter && filter->kind != JSON_IS_OBJECT && filter->kind != JSON_IS_NULL)
        return fail(r->w, INVALID, "filter", "filter.not_a_tree");
    ask->ask.filter = filter;
    if (!ids || ids->kind == JSON_IS_NULL) return OK;
    if (ids->kind != JSON_IS_ARRAY || ids->count > MASS_MOST)
        return fail(r->w, INVALID, "ids", "mass.too_many", arg_count("limit", MASS_MOST));
    int64_t *at = NEW_RAW(r->w->mem, int64_t, ids->count);
    for (const Json *id = ids->first; id; id = id->next) {
        if (id->kind != JSON_IS_INT) return fail(r->w, INVALID, "ids", "field.wrong_type");
        at[ask->id_count++] = id->number;
    }
    ask->ids = at;
    return OK;
}

static Err preview(Request *r)
{
    MassAsk ask;
    int64_t in_sight, may;
    TRY(mass_take(r, &ask));
    TRY(mass_check(r->w, &ask));
    TRY(mass_count(r->w, &ask, &in_sight, &may));
    js_object(&r->out);
    js_key(&r->out, "count");
    js_i64(&r->out, in_sight);
    js_key(&r->out, "may");
    js_i64(&r->out, may);
    js_key(&r->out, "most");
    js_i64(&r->out, MASS_MOST);
    js_end(&r->out);
    return OK;
}

/* ---- done and taken back: while one waits, or by a job ---- */

typedef struct {
    MassAsk       ask;
    const Entity *e;
    bool          back;
    int64_t       id, total, job;
} Wanted;

static Err wanted_write(Work *w, void *to)
{
    Wanted *m = to;
    if (m->back) TRY(mass_undo_begin(w, m->e, m->id, &m->total));
    else TRY(mass_begin(w, &m->ask, &m->id, &m->total));
    if (m->total <= MASS_CHUNK) return OK;
    Str id = str_fmt(w->mem, "%lld", (long long)m->id);
    TRY(job_add(w, m->back ? "mass_undo" : "mass", id, &m->job));
    return mass_by(w, m->id, m->job);
}

static Err wanted_go(Request *r, Wanted *m)
{
    TRY(work_write(r->w, wanted_write, m));
    if (!m->job) TRY(m->back ? mass_back(r->w, m->id) : mass_go(r->w, m->id));
    return mass_json(r->w, &r->out, m->e, m->id);
}

static Err change(Request *r)
{
    Wanted m = { 0 };
    TRY(mass_take(r, &m.ask));
    m.e = m.ask.e;
    TRY(mass_check(r->w, &m.ask));
    TRY(mass_choose(r->w, &m.ask));
    return wanted_go(r, &m);
}

static Err back(Request *r)
{
    Wanted m = { .back = true, .id = r->id };
    TRY(asked_entity(r, &m.e));
    return wanted_go(r, &m);
}

static Err told(Request *r)
{
    const Entity *e;
    TRY(asked_entity(r, &e));
    return mass_json(r->w, &r->out, e, r->id);
}

static Err lately(Request *r)
{
    const Entity *e;
    TRY(asked_entity(r, &e));
    return mass_lately_json(r->w, &r->out, e);
}

static Err stop(Request *r)
{
    const Entity *e;
    TRY(asked_entity(r, &e));
    TRY(mass_stop(r->w, e, r->id));
    return mass_json(r->w, &r->out, e, r->id);
}

#define MASS_TAKES "archive: bool?, values: object?, ids: list?, filter: object?, search: text?"
#define MASS_GIVES                                                                                                     \
    "id: int, archive: bool, state: running|done|undoing|undone, total: int, waiting: int, changed: int, same: int,"   \
    " refused: int, kept: int, left: list"

const Route mass_routes[] = {
    { .method = POST,
      .path = "/api/{entity}/mass/preview",
      .run = preview,
      .needs = { "{entity}", "change" },
      .slow = true,
      .limit_s = 10,
      .body = BODY_JSON,
      .takes = MASS_TAKES,
      .gives = "count: int, may: int, most: int",
      .says = "api.mass_preview" },
    { .method = POST,
      .path = "/api/{entity}/mass",
      .run = change,
      .needs = { "{entity}", "change" },
      .writes = true,
      .slow = true,
      .limit_s = 30,
      .body = BODY_JSON,
      .takes = MASS_TAKES,
      .gives = MASS_GIVES,
      .says = "api.mass" },
    { .method = GET,
      .path = "/api/{entity}/mass",
      .run = lately,
      .needs = { "{entity}", "change" },
      .gives = "items: list",
      .says = "api.mass_lately" },
    { .method = GET,
      .path = "/api/{entity}/mass/{id}",
      .run = told,
      .needs = { "{entity}", "change" },
      .gives = MASS_GIVES,
      .says = "api.mass_told" },
    { .method = POST,
      .path = "/api/{entity}/mass/{id}/stop",
      .run = stop,
      .needs = { "{entity}", "change" },
      .writes = true,
      .gives = MASS_GIVES,
      .says = "api.mass_stop" },
    { .method = POST,
      .path = "/api/{entity}/mass/{id}/undo",
      .run = back,
      .needs = { "{entity}", "change" },
      .writes = true,
      .slow = true,
      .gives = MASS_GIVES,
      .says = "api.mass_undo" },
    { 0 },
};
