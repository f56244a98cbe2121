/* The routes that the program has without any area. */
#ifndef API_LISTS_H
#define API_LISTS_H

#include "api/route.h"
#include "entity/list.h"

extern const Route entity_routes[]; /* /api/{entity}…               */
extern const Route ground_routes[]; /* session, words, meta, fields, openapi, health, events */

/* The question of a list as every list route takes it: search, filter, sort, after, limit, archived. */
Err ask_take(Request *r, Ask *ask);

#endif
