/* Deals, needs and reasons as entities. */
#include "sales/deals/deals.h"

#include "entity/figure.h"

CHOICE_KEYS(DEAL_STATES, deal_states);
CHOICE_KEYS(DEAL_DIRECTIONS, deal_directions);
CHOICE_KEYS(DEAL_INBOUNDS, deal_inbounds);
CHOICE_KEYS(SETTLEMENT_KINDS, settlement_kinds);

static const Field deal_line_fields[] = {
#define FIELD(...) AS_ROW(DealLine, __VA_ARGS__)
#include "sales/deals/deal_line.def"
};

static const Field deal_settlement_fields[] = {
#define FIELD(...) AS_ROW(DealSettlement, __VA_ARGS__)
#include "sales/deals/deal_settlement.def"
};

static const Field deal_participant_fields[] = {
#define FIELD(...) AS_ROW(DealParticipant, __VA_ARGS__)
#include "sales/deals/deal_participant.def"
};

static const Field deal_rival_fields[] = {
#define FIELD(...) AS_ROW(DealRival, __VA_ARGS__)
#include "sales/deals/deal_rival.def"
};

static const Field deal_fields[] = {
#define FIELD(...) AS_ROW(Deal, __VA_ARGS__)
#define CHILDREN(...)
#include "sales/deals/deal.def"
};

static const Children deal_children[] = {
#define FIELD(...)
#define CHILDREN(...) AS_CHILD_ROW(Deal, __VA_ARGS__)
#include "sales/deals/deal.def"
};

static const Field reason_fields[] = {
#define FIELD(...) AS_ROW(Reason, __VA_ARGS__)
#include "sales/deals/reason.def"
};

static const Field need_fields[] = {
#define FIELD(...) AS_ROW(Need, __VA_ARGS__)
#include "sales/deals/need.def"
};

const Entity deal_line_entity = { .name = "deal_line", .parent = "deal_id", ENTITY_FIELDS(DealLine, deal_line_fields) };
const Entity deal_settlement_entity = { .name = "deal_settlement",
                                        .parent = "deal_id",
                                        ENTITY_FIELDS(DealSettlement, deal_settlement_fields) };
const Entity deal_participant_entity = { .name = "deal_participant",
                                         .parent = "deal_id",
                                         ENTITY_FIELDS(DealParticipant, deal_participant_fields) };
const Entity deal_rival_entity = { .name = "deal_rival",
                                   .parent = "deal_id",
                                   ENTITY_FIELDS(DealRival, deal_rival_fields) };

static const Figure deal_figures[] = {
    { .name = "product_id",
      .type = TYPE_ref,
      .to = "product",
      .where = "exists (select 1 from deal_line k where k.deal_id = {row}.id and k.product_id = {value})" },
    { .name = "overridden",
      .type = TYPE_bool,
      .where = "case when exists (select 1 from passage p where p.about_id = {row}.id and p.override_by is not null)"
               " then 1 else 0 end = {value}" },
    { .name = "deviated",
      .type = TYPE_bool,
      .where = "case when exists (select 1 from passage p where p.about_id = {row}.id and p.deviation = 1)"
               " then 1 else 0 end = {value}" },
    { .name = "large",
      .type = TYPE_bool,
      .where = "case when {row}.amount >= (select l.large from deal_limit l) then 1 else 0 end = {value}" },
    { 0 },
};

static const char *const deal_verbs[] = { "give", "override", NULL };

const Entity deal_entity = {
    .name = "deal",
    .title = "name",
    .owners = { { "keeper_id" }, { "client_id", "client_keeper" } },
    .order = "-opened_on",
    .verbs = deal_verbs,
    .rule = deal_rule,
    .figures = deal_figures,
    ENTITY_FIELDS(Deal, deal_fields),
    ENTITY_CHILDREN(deal_children),
};

const Entity reason_entity = {
    .name = "reason", .title = "name", .order = "name", .known = true, ENTITY_FIELDS(Reason, reason_fields)
};

/* What is needed is a product of ours, or what one has none for yet. */
static Err need_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Need *now = s->now[i];
        if (!now->product_id && !now->what.n) saving_fail(w, s, i, INVALID, "product_id", "need.of_what");
    }
    return w->problems.count > before ? INVALID : OK;
}

/* It is theirs whose the client is, and his who has heard of it: an operator notes it for the manager. */
const Entity need_entity = {
    .name = "need",
    .title = "what",
    .owners = { { "client_id", "client_keeper" }, { "created_by" } },
    .order = "term",
    .rule = need_rule,
    ENTITY_FIELDS(Need, need_fields),
};
