/* How a deal is led: what comes next for it, its steps ticked off and closed, and the version in force taken over. */
#include "engine/process/way.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "sales/deals/deals.h"

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
    TRY(asked_i64(r, "to", 1, INT64_MAX, &to));
    TRY(deal_read(r, "view", deal));
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

#define WAY_GIVES                                                                                                      \
    "led: bool, version_id: int?, number: int?, stage_id: int?, steps: list?, gates: list?, outcomes: list?, to: "     \
    "object?, newer: object?"

const Route deal_way_routes[] = {
    { .method = GET,
      .path = "/api/deal/{id}/next",
      .run = next_run,
      .needs = { "deal", "view" },
      .takes = "to: int?",
      .gives = WAY_GIVES,
      .says = "route.deal.next" },
    { .method = POST,
      .path = "/api/deal/{id}/step",
      .run = step_run,
      .needs = { "deal", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "step: text, ticks: list?, outcome: text?, close: bool?",
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
