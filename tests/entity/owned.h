/* Rows that are several people's, on both databases: a visit is its doer's, his helper's, the client's keeper's, whose
 * the stop is, and whose what it is about; a stop is its route's, a route its client's.  A photo keeps the third step.
 *
 *     user <- client.keeper_id <- route.client_keeper <- stop.route_owner <- visit.stop_owner, photo.stop_owner */
#ifndef TESTS_ENTITY_OWNED_H
#define TESTS_ENTITY_OWNED_H

#include "sales/catalog/catalog.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#define ROUTE(FIELD) FIELD(client_id, ref, .to = "client") FIELD(note, text)
#define STOP(FIELD)  FIELD(route_id, ref, .to = "route") FIELD(note, text)
#define PHOTO(FIELD) FIELD(stop_id, ref, .to = "stop") FIELD(note, text)
#define VISIT(FIELD)                                         \
    FIELD(day, day, .required = true, .sort = true)          \
    FIELD(doer_id, ref, .to = "user")                        \
    FIELD(helper_id, ref, .to = "user")                      \
    FIELD(queue_id, ref, .to = "role")                       \
    FIELD(client_id, ref, .to = "client")                    \
    FIELD(stop_id, ref, .to = "stop")                        \
    FIELD(about, link, .to = "client product route")

typedef struct { Record base; ROUTE(AS_MEMBER) } Route_;
typedef struct { Record base; STOP(AS_MEMBER) } Stop;
typedef struct { Record base; PHOTO(AS_MEMBER) } Photo;
typedef struct { Record base; VISIT(AS_MEMBER) } Visit;

extern const Entity route_entity, stop_entity, photo_entity, visit_entity;
extern const Entity *const owned_entities[]; /* with clients and products; of users there are ids alone */

/* The firm with their tables. */
Firm owned_open(Base *base, Test *t);

/* A client of this keeper, saved in a work of its own; 0: nobody's. */
int64_t owned_client(Firm *firm, int64_t keeper);

#endif
