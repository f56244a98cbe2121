/* Requests and their kinds as entities. */
#include "core/calendar.h"
#include "sales/requests/requests.h"

CHOICE_KEYS(REQUEST_SIDES, request_sides);
CHOICE_KEYS(REQUEST_STATES, request_states);

static const Field request_kind_fields[] = {
#define FIELD(...) AS_ROW(RequestKind, __VA_ARGS__)
#include "sales/requests/request_kind.def"
};

static const Field request_fields[] = {
#define FIELD(...) AS_ROW(Asked, __VA_ARGS__)
#include "sales/requests/request.def"
};

/* A standard of no time, or of a time that is past, is none. */
static Err kind_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const RequestKind *now = s->now[i];
        CalendarSpan       term;
        CalendarFault      fault;
        if (now->term.n && span_read(now->term, &term, &fault) && term.n < 1)
            saving_fail(w, s, i, INVALID, "term", "request_kind.no_time");
    }
    return w->problems.count > before ? INVALID : OK;
}

const Entity request_kind_entity = {
    .name = "request_kind",
    .title = "name",
    .order = "name",
    .known = true,
    .rule = kind_rule,
    ENTITY_FIELDS(RequestKind, request_kind_fields),
};

static const char *const request_verbs[] = { "give", "term", NULL };

/* It is his who answers it, or theirs who hold the role for which it waits, and his who asked; his before whom it has
 * come for being late; whose the client is looks at it. */
const Entity request_entity = {
    .name = "request",
    .title = "subject",
    .owners = { { "performer_id" },
                { "queue_id" },
                { "author_id" },
                { "client_id", "client_keeper" },
                { "escalated_id" },
    },
    .doers = "performer_id queue_id author_id escalated_id",
    .order = "-asked_at",
    .verbs = request_verbs,
    .rule = request_rule,
    ENTITY_FIELDS(Asked, request_fields),
};
