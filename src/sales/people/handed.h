/* Nobody hands out more than he has: rights of a role, its limit of viewing, and the sight of others' rows.
 *
 * Sight comes with rights, and with a place: a unit, its head, the unit above it say whose rows a right of scope
 * `team` reaches (access_teams_changed).  Whoever changes units and people must have in sight himself what comes into
 * anybody's sight by it; and whoever gives somebody a role, widens a role or takes over an account, what its people
 * have in sight.  So whatever he makes of units, people and roles, no account that he could use sees what he does not.
 *
 * The owner may hand out everything.  DENIED always has a sentence. */
#ifndef SALES_PEOPLE_HANDED_H
#define SALES_PEOPLE_HANDED_H

#include "sales/people/people.h"

bool is_owner(const Work *w);
bool role_is_owners(const Role *role);

/* DENIED for the owner's role and for one's own, unless one is the owner. */
Err role_is_anothers(Work *w, const Role *role);

/* DENIED with `role.beyond` at `field` unless the actor has every right of the role, now and at the start, as wide and
 * with as little hidden, and may look at no less. */
Err role_within_reach(Work *w, int64_t role, const char *field);

/* May the actor make the role what it is to be?  `was` null: it is new. */
Err role_handed(Work *w, Saving *s, ptrdiff_t i, const Role *now, const Role *was);

/* What units and people that have just been written bring into sight; before access_teams_changed. */
Err teams_handed(Work *w, const char *field);

/* May the actor give the person, who had the role `was`, this one?  Asked before access_teams_changed. */
Err sight_handed(Work *w, int64_t user, int64_t was, int64_t now);

/* May the actor have this person's rows come into sight of who is to stand in for him?  One's own, in any case; not
 * those that he sees himself only while he stands in for that person. */
Err stand_in_handed(Work *w, int64_t user, int64_t stand_in);

/* May the actor act as this person: is his role within reach, and all that he has in sight? */
Err account_within_reach(Work *w, const User *user);

#endif
