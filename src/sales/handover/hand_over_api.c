/* Routes: what handing over would do, doing it, how far it is, stopping it, giving back. */
#include "api/call.h"
#include "entity/mass.h"
#include "sales/handover/hand_over.h"
#include "sales/handover/hand_over_sql.h"

/* {rule, to: [ids], until: day?, dismiss: bool?} */
static Err plan_take(Request *r, HandPlan *p)
{
    const Json *to = json_get(r->body, "to");
    Str         rule;
    int         at = 0;
    *p = (HandPlan){ .from = r->id, .until = DAY_NONE };
    TRY(body_only(r));
    TRY(hand_over_need(r->w, p->from));
    TRY(body_text(r, "rule", 20, &rule));
    while (share_rules[at] && !str_eq(rule, str_of(share_rules[at]))) at++;
    if (!share_rules[at]) return fail(r->w, INVALID, "rule", "request.no_choice");
    p->rule = (ShareRule)at;
    TRY(body_bool(r, "dismiss", &p->dismiss));
    const Json *until = json_get(r->body, "until");
    if (until && until->kind != JSON_IS_NULL) TRY(body_day(r, "until", &p->until));
    if (!to || to->kind != JSON_IS_ARRAY || to->count > HAND_TO_MOST)
        return fail(r->w, INVALID, "to", "hand_over.to_whom");
    for (const Json *id = to->first; id; id = id->next) {
        if (id->kind != JSON_IS_INT) return fail(r->w, INVALID, "to", "field.wrong_type");
        p->to[p->n_to++] = id->number;
    }
    return plan_make(r->w, p);
}

static void counts_json(JsonOut *j, const HandPlan *p, int to)
{
    js_key(j, "held");
    js_object(j);
    for (int h = 0; h < HOLDINGS; h++) {
        int64_t n = 0;
        for (ptrdiff_t i = 0; i < p->n; i++) n += p->held[i].holding == h && p->held[i].to == to;
        js_key(j, holdings[h].entity->name);
        js_i64(j, n);
    }
    js_end(j);
}

static Err preview(Request *r)
{
    HandPlan *p = NEW(r->w->mem, HandPlan);
    JsonOut  *j = &r->out;
    TRY(plan_take(r, p));
    js_object(j);
    js_key(j, "beyond");
    js_i64(j, p->beyond);
    js_key(j, "to");
    js_array(j);
    for (int i = 0; i < p->n_to; i++) {
        js_object(j);
        js_key(j, "id");
        js_i64(j, p->to[i]);
        js_key(j, "name");
        js_str(j, p->name[i]);
        counts_json(j, p, i);
        js_key(j, "revenue");
        if (p->money) js_money(j, p->share[i].revenue);
        else js_null(j);
        js_key(j, "load");
        js_i64(j, p->share[i].load);
        js_end(j);
    }
    js_end(j);
    js_end(j);
    return OK;
}

/* ---- deeds ---- */

typedef struct {
    HandPlan *plan; /* null: it is given back */
    int64_t   of, id;
} Wanted;

static Err wanted_write(Work *w, void *to)
{
    Wanted *m = to;
    return m->plan ? hand_over_begin(w, m->plan, &m->id) : hand_over_back(w, m->of, 0, &m->id);
}

static Err wanted_go(Request *r, Wanted *m)
{
    TRY(work_write(r->w, wanted_write, m));
    js_object(&r->out);
    js_key(&r->out, "id");
    js_i64(&r->out, m->id);
    js_end(&r->out);
    return OK;
}

static Err go(Request *r)
{
    Wanted m = { .plan = NEW(r->w->mem, HandPlan) };
    TRY(plan_take(r, m.plan));
    return wanted_go(r, &m);
}

/* {hand_over}: one of this person's. */
static Err handed_take(Request *r, int64_t *id, int64_t *job)
{
    int64_t user = 0;
    Rows    rows;
    TRY(hand_over_need(r->w, r->id));
    TRY(body_i64(r, "hand_over", 1, INT64_C(9007199254740991), id));
    TRY(db_query(r->w->db, SQL_HAND_OVER_OF, VALS(val_int(*id)), &rows));
    if (rows_next(&rows)) {
        user = row_int(&rows, 0);
        *job = row_null(&rows, 5) ? 0 : row_int(&rows, 5);
    }
    TRY(rows_end(&rows));
    return user == r->id ? OK : fail(r->w, NOT_FOUND, NULL, "record.not_found");
}

static Err back(Request *r)
{
    Wanted  m = { 0 };
    int64_t job;
    TRY(handed_take(r, &m.of, &job));
    return wanted_go(r, &m);
}

static Err told(Request *r)
{
    TRY(hand_over_need(r->w, r->id));
    return hand_overs_json(r->w, &r->out, r->id);
}

static Err stop(Request *r)
{
    int64_t id, job;
    TRY(handed_take(r, &id, &job));
    return job ? job_cancel(r->w, job) : fail(r->w, CONFLICT, NULL, "mass.nothing_runs");
}

#define PLAN_TAKES "rule: one|territory|load|revenue, to: list, until: day?, dismiss: bool?"

const Route hand_over_routes[] = {
    { .method = POST,
      .path = "/api/user/{id}/hand_over/preview",
      .run = preview,
      .needs = { "user", "hand_over" },
      .slow = true,
      .body = BODY_JSON,
      .takes = PLAN_TAKES,
      .gives = "beyond: int, to: [{id: int, name: text, held: object, revenue: money?, load: int}]",
      .says = "route.hand_over.preview" },
    { .method = POST,
      .path = "/api/user/{id}/hand_over",
      .run = go,
      .needs = { "user", "hand_over" },
      .writes = true,
      .slow = true,
      .later = true,
      .body = BODY_JSON,
      .takes = PLAN_TAKES,
      .gives = "id: int",
      .says = "route.hand_over" },
    { .method = GET,
      .path = "/api/user/{id}/hand_over",
      .run = told,
      .needs = { "user", "hand_over" },
      .gives = "items: [{id: int, at: moment, by: object?, rule: text?, until: day?, dismissed: bool, back_of: int?, "
               "back: int?, parts: list, state: running|done|stopped, total: int, waiting: int, left: list}]",
      .says = "route.hand_over.told" },
    { .method = POST,
      .path = "/api/user/{id}/hand_over/stop",
      .run = stop,
      .needs = { "user", "hand_over" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "hand_over: int",
      .says = "route.hand_over.stop" },
    { .method = POST,
      .path = "/api/user/{id}/hand_over/back",
      .run = back,
      .needs = { "user", "hand_over" },
      .writes = true,
      .slow = true,
      .later = true,
      .body = BODY_JSON,
      .takes = "hand_over: int",
      .gives = "id: int",
      .says = "route.hand_over.back" },
    { 0 },
};
