/* What bench/owners measures: activities that are their doer's, the client's keeper's, and the deal's keeper's. */
#include "entity/entity.h"
#define DEAL(FIELD) FIELD(name, text, .find = true) FIELD(keeper_id, ref, .to = "user")
#define ACTIVITY(FIELD)                                      \
    FIELD(day, day, .required = true, .sort = true)          \
    FIELD(doer_id, ref, .to = "user")                        \
    FIELD(client_id, ref, .to = "client")                    \
    FIELD(deal_id, ref, .to = "deal")                        \
    FIELD(note, text)
typedef struct { Record base; DEAL(AS_MEMBER) } Deal;
typedef struct { Record base; ACTIVITY(AS_MEMBER) } Activity;
#define DEAL_ROW(...)     AS_ROW(Deal, __VA_ARGS__)
#define ACTIVITY_ROW(...) AS_ROW(Activity, __VA_ARGS__)
static const Field  deal_fields[] = { DEAL(DEAL_ROW) }, activity_fields[] = { ACTIVITY(ACTIVITY_ROW) };
extern const Entity deal_entity, activity_entity;
const Entity deal_entity = { .name = "deal", .title = "name", .owners = { { "keeper_id" } },
                             ENTITY_FIELDS(Deal, deal_fields) };
const Entity activity_entity = { .name = "activity", .title = "day", .order = "-day",
                                 .owners = { { "doer_id" }, { "client_id", "client_keeper" },
                                             { "deal_id", "deal_keeper" } },
                                 ENTITY_FIELDS(Activity, activity_fields) };
