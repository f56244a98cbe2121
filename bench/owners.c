/* What bench/owners measures: chores that are their doer's, the client's keeper's, and the bargain's keeper's. */
#include "entity/entity.h"
#define BARGAIN(FIELD) FIELD(name, text, .find = true) FIELD(keeper_id, ref, .to = "user")
#define CHORE(FIELD)                                      \
    FIELD(day, day, .required = true, .sort = true)          \
    FIELD(doer_id, ref, .to = "user")                        \
    FIELD(client_id, ref, .to = "client")                    \
    FIELD(bargain_id, ref, .to = "bargain")                        \
    FIELD(note, text)
typedef struct { Record base; BARGAIN(AS_MEMBER) } Bargain;
typedef struct { Record base; CHORE(AS_MEMBER) } Chore;
#define BARGAIN_ROW(...)     AS_ROW(Bargain, __VA_ARGS__)
#define CHORE_ROW(...) AS_ROW(Chore, __VA_ARGS__)
static const Field  bargain_fields[] = { BARGAIN(BARGAIN_ROW) }, chore_fields[] = { CHORE(CHORE_ROW) };
extern const Entity bargain_entity, chore_entity;
const Entity bargain_entity = { .name = "bargain", .title = "name", .owners = { { "keeper_id" } },
                             ENTITY_FIELDS(Bargain, bargain_fields) };
const Entity chore_entity = { .name = "chore", .title = "day", .order = "-day",
                                 .owners = { { "doer_id" }, { "client_id", "client_keeper" },
                                             { "bargain_id", "bargain_keeper" } },
                                 ENTITY_FIELDS(Chore, chore_fields) };
