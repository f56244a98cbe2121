/* How a deal is led: what comes next for it, its steps ticked off and closed, the version in force taken over; and
 * whose terms run out today. */
#include "access/viewing.h"
#include "engine/process/way.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "sales/deals/deals.h"
#include "sales/deals/deals_sql.h"

enum { STEPS_DUE_MOST = 50 };

static Err deal_read(Request *r, const char *verb, Deal *out)
{
    bool found, in;
    TRY(reach_need(r->w, &deal_entity, "view", r->id));
    TRY(reach_rows(r->w, r->w->scratch, &deal_entity, verb, &r->id, 1, &in));
    if (!in) return fail(r->w, DENIED, NULL, "record.not_yours");
    TRY(record_fetch(r->w, &deal_entity, &r->id, 1, false, out, &found));
    return found ? OK : fail(r->w, NOT_FOUND, NULL, "record.not_found");
}

static Err next_run(Request *r)
{
    Deal   *deal = NEW(r->w->mem, Deal);
    int64_t to = 0;
    TRY(asked_only(r));
    TRY(asked_i64(r, "stage", 1, INT64_MAX, &to));
    TRY(deal_read(r, "view", deal));
    TRY(viewing_card(r->w, "deal", r->id));
    return way_answer(r, &deal_entity, r->id, deal->stage_id, to);
}

static Err step_run(Request *r)
{
    Deal *deal = NEW(r->w->mem, Deal);
    TRY(body_only(r));
    TRY(deal_read(r, "change", deal));
    if (deal->base.archived_at != NONE) return fail(r->w, CONFLICT, NULL, "run.archived");
    TRY(way_step_take(r, &deal_entity, r->id, deal->stage_id));
    return way_answer(r, &deal_entity, r->id, deal->stage_id, 0);
}

static Err adopt_run(Request *r)
{
    Deal *deal = NEW(r->w->mem, Deal);
    TRY(deal_read(r, "change", deal));
    TRY(way_adopt(r->w, &deal_entity, r->id, deal->stage_id));
    return way_answer(r, &deal_entity, r->id, deal->stage_id, 0);
}

/* ---- what runs out today ---- */

static void put_named(JsonOut *j, const char *key, const Rows *rows, int column)
{
    js_key(j, key);
    if (row_null(rows, column)) {
        js_null(j);
        return;
    }
    js_object(j);
    js_key(j, "id"), js_i64(j, row_int(rows, column));
    js_key(j, "title"), js_str(j, row_text(rows, column + 1));
    js_end(j);
}

static Err steps_due(Request *r)
{
    Work       *w = r->w;
    const Zone *own = w->who->zone.n ? zone_load(w->mem, NULL, w->who->zone) : NULL;
    const Zone *zone = own ? own : w->zone;
    Moment      until = zone_moment(zone, zone_day(zone, w->now) + 1, 0);
    int64_t     deal[STEPS_DUE_MOST], client[STEPS_DUE_MOST];
    ptrdiff_t   deals = 0, clients = 0;
    Rows        rows;
    TRY(asked_only(r));
    TRY(scope_query(w, SQL_DEAL_STEPS_DUE, VALS(val_int(w->actor), val_int(until), val_int(STEPS_DUE_MOST)), &rows));
    js_items(&r->out);
    while (deals < STEPS_DUE_MOST && rows_next(&rows)) {
        deal[deals++] = row_int(&rows, 0);
        if (!row_null(&rows, 2)) client[clients++] = row_int(&rows, 2);
        js_object(&r->out);
        put_named(&r->out, "deal", &rows, 0);
        put_named(&r->out, "client", &rows, 2);
        js_key(&r->out, "step"), js_str(&r->out, row_text(&rows, 4));
        js_key(&r->out, "due_at"), js_moment(&r->out, row_int(&rows, 5));
        js_end(&r->out);
    }
    js_end(&r->out);
    js_end(&r->out);
    TRY(rows_end(&rows));
    TRY(viewing_count(w, "deal", VIEWED_BESIDE, deal, deals));
    return viewing_count(w, "client", VIEWED_BESIDE, client, clients);
}

#define WAY_GIVES                                                                                                      \
    "led: bool, version_id: int?, number: int?, stage_id: int?, steps: list?, gates: list?, outcomes: list?, to: "     \
    "object?, newer: object?"

const Route deal_way_routes[] = {
    { .method = GET,
      .path = "/api/deal/steps_due",
      .run = steps_due,
      .needs = { "deal", "view" },
      .gives = "items: [{deal: object, client: object?, step: text, due_at: moment}]",
      .says = "route.deal.steps_due" },
    { .method = GET,
      .path = "/api/deal/{id}/next",
      .run = next_run,
      .needs = { "deal", "view" },
      .takes = "stage: int?",
      .gives = WAY_GIVES,
      .says = "route.deal.next" },
    { .method = POST,
      .path = "/api/deal/{id}/step",
      .run = step_run,
      .needs = { "deal", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "step: text, ticks: list?, was: list?, outcome: text?, close: bool?",
      .gives = WAY_GIVES,
      .says = "route.deal.step" },
    { .method = POST,
      .path = "/api/deal/{id}/adopt",
      .run = adopt_run,
      .needs = { "deal", "change" },
      .writes = true,
      .gives = WAY_GIVES,
      .says = "route.deal.adopt" },
    { 0 },
};
