/* A hand-over as it is asked for, and what it would do: who gets how many of what. */
#ifndef SALES_HANDOVER_PLAN_H
#define SALES_HANDOVER_PLAN_H

#include "core/day.h"
#include "sales/handover/holdings.h"
#include "sales/handover/sharing.h"

enum { HAND_TO_MOST = 20, ABSENT_DAYS_MOST = 366 };

extern const char *const share_rules[]; /* one territory load revenue */

typedef struct {
    int64_t   from;
    ShareRule rule;
    int64_t   to[HAND_TO_MOST];
    int       n_to;
    bool      dismiss;
    Day       until; /* his last day of absence; DAY_NONE: for good */
    /* what follows */
    Str       name[HAND_TO_MOST];
    ShareTo   share[HAND_TO_MOST];
    Held     *held;
    ptrdiff_t n;
    int64_t   beyond; /* of the held ones those that the actor may not change: they stay */
    bool      money; /* revenue is in the actor's sight */
} HandPlan;

/* Reads what he holds and says who gets it; nothing is written.  What belongs to a client goes where the client goes;
 * what goes by itself, to who has the least work.  INVALID with words about `to`, `rule`, `until`; DENIED at `dismiss`
 * where the actor may not change all that would be left without an owner. */
Err plan_make(Work *w, HandPlan *p);

#endif
