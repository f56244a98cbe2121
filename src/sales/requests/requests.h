/* Requests: what a client asks of us, and what one of us asks of an adjacent service.
 *
 * The kind says whose queue a request comes to and how soon it is answered by the standard, counted by the firm's
 * calendar.  It waits there until somebody of the service takes it, is answered with words, and accepted by whoever
 * asked, or returned to be answered better, for which the clock is not set back.
 *
 *     waiting ──> taken ──> answered ──> accepted
 *        │          │ <─ returned ─┘
 *        └──────────┴──> cancelled
 *
 * What is to be answered within another time than the standard's needs the right `term` and a reason.  A request is
 * late while due_at is past and it is waiting or taken; then the round `requests` puts it before the head of the unit
 * of who holds it, and another term later before the next one above (escalation.c).
 *
 * It is an entity of its own and no kind of activity: it is asked by one and answered by another, has two ends where
 * work has one, and a term that is a standard. */
#ifndef SALES_REQUESTS_REQUESTS_H
#define SALES_REQUESTS_REQUESTS_H

#include "api/route.h"
#include "entity/entity.h"
#include "work/jobs.h"

#define REQUEST_SIDES(X) X(REQUEST_OF_CLIENT, client) X(REQUEST_OF_SERVICE, service)
#define REQUEST_STATES(X)                                                                                              \
    X(REQUEST_WAITING, waiting)                                                                                        \
    X(REQUEST_TAKEN, taken) X(REQUEST_ANSWERED, answered) X(REQUEST_ACCEPTED, accepted)                                \
        X(REQUEST_CANCELLED, cancelled)

CHOICE(RequestSide, REQUEST_SIDE_NONE, REQUEST_SIDES, request_sides);
CHOICE(RequestState, REQUEST_STATE_NONE, REQUEST_STATES, request_states);

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/requests/request_kind.def"
} RequestKind;

/* Not `Request`, which is what somebody sends to the server. */
typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/requests/request.def"
} Asked;

extern const Entity request_kind_entity, request_entity;

/* For the list in app/. */
extern const Route   request_routes[];
extern const Handler requests_handlers[];

/* Kind of job: requests that are late come before the next head.  Each level once, with any number of servers. */
Err requests_escalate_run(Work *w, Job *job);

/* Is it still to be answered? */
static inline bool request_is_open(C_choice state) { return state == REQUEST_WAITING || state == REQUEST_TAKEN; }

/* ---- inside the folder ---- */

Err request_rule(Work *w, Saving *s);

/* Of requests by which a client is handed to a service: see client_hand_over.c. */
Err hand_over_rule(Work *w, Saving *s);

#endif
