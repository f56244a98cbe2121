/* Deals, and what clients need.
 *
 * A deal stands on a stage of a pipeline (engine/process): its state is the kind of that stage, and each move is dated
 * by the clock.  Its direction is a new client's until the client has bought, a sale or a deal that was won, and an
 * existing one's from then on; it is reckoned when the deal is made and again when it is won, so that the first deal a
 * client closes is primary and each later one repeat.  A new deal begins at the first stage of its direction's
 * pipeline, one on an import's stage at that, with the days the import brings.
 *
 * Where its pipeline has a version in force, a deal moves as that says (engine/process/way.h); else freely.
 *
 * Whoever loses a deal says why, and to whom where the reason is a rival; imports bring history and are not asked.
 *
 * Contracts, payments and shipments are lines of the deal; what is left to pay and to ship is reckoned from them.  With
 * each change the table deal_day keeps where the deal stood at the end of that day. */
#ifndef SALES_DEALS_DEALS_H
#define SALES_DEALS_DEALS_H

#include "api/route.h"
#include "engine/metric/metric.h"
#include "engine/process/process.h"
#include "entity/check.h"
#include "entity/entity.h"

#define DEAL_STATES(X)      X(DEAL_OPEN, open) X(DEAL_WON, won) X(DEAL_LOST, lost) /* in the order of StageKind */
#define DEAL_DIRECTIONS(X)  X(DEAL_NEW, new) X(DEAL_EXISTING, existing)
#define DEAL_INBOUNDS(X)    X(DEAL_COLD, cold) X(DEAL_INBOUND, inbound) X(DEAL_VISIT, visit)
#define SETTLEMENT_KINDS(X) X(SETTLED_CONTRACT, contract) X(SETTLED_PAYMENT, payment) X(SETTLED_SHIPMENT, shipment)

CHOICE(DealState, DEAL_STATE_NONE, DEAL_STATES, deal_states);
CHOICE(DealDirection, DEAL_DIRECTION_NONE, DEAL_DIRECTIONS, deal_directions);
CHOICE(DealInbound, DEAL_INBOUND_NONE, DEAL_INBOUNDS, deal_inbounds);
CHOICE(SettlementKind, SETTLEMENT_KIND_NONE, SETTLEMENT_KINDS, settlement_kinds);

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/deals/deal_line.def"
} DealLine;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/deals/deal_settlement.def"
} DealSettlement;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/deals/deal_participant.def"
} DealParticipant;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/deals/deal_rival.def"
} DealRival;

typedef struct {
    Record base;
#define FIELD    AS_MEMBER
#define CHILDREN AS_MEMBERS
#include "sales/deals/deal.def"
} Deal;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/deals/reason.def"
} Reason;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/deals/need.def"
} Need;

extern const Entity deal_entity, deal_line_entity, deal_settlement_entity, deal_participant_entity, deal_rival_entity;
extern const Entity reason_entity, need_entity;

/* For the lists in app/; each ends with an empty row.  The check keeps stages on which deals stand. */
extern const Handler deals_handlers[];
extern const Check   deals_checks[];

/* The amount from which on a deal is large: looked at by whoever sees deals, set by whoever may change the firm. */
extern const Route deal_limit_routes[];

/* The funnel of a process, and what figures of deals are cut by. */
extern const Route       deal_funnel_routes[];
extern const MetricGrain deals_grains[];

/* What comes next for a deal by the version that leads it, its steps, another version. */
extern const Route deal_way_routes[];

/* ---- inside the folder ---- */

Err deal_rule(Work *w, Saving *s);

/* Sets the direction of those deals of a batch whose client has become another or that are won by it. */
Err deal_directions_set(Work *w, const Saving *s);

/* What was written: deals whose client now proves to have bought before are repeat. */
Err deal_directions_mend(Work *w, const Saving *s);

#endif
