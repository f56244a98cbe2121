/* What rights and scopes ask of each other.  Used inside access/ only. */
#ifndef ACCESS_SCOPE_INSIDE_H
#define ACCESS_SCOPE_INSIDE_H

#include "access/access.h"

/* What the rows of his rights say, whatever is counted there. */
Scope scope_right(const Actor *actor, const char *entity, const char *verb);

/* What is counted at this place; null: nothing. */
const ScopeRow *scope_counting(const char *place);

/* All that must be in sight where this is done: itself, and where others' rows are counted, those and whom they follow.
 * Gives how many. */
typedef struct {
    const char *entity, *verb;
} Sight;

int sights_of(const char *entity, const char *verb, Sight out[4]);

#endif
