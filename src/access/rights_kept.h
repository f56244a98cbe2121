/* The rights of roles, kept in memory between requests.
 *
 * `firm.rights` is the edition of all rights; every session look-up brings it.  As long as it is the one under which a
 * role was read, the copy in memory is right; after that the role is read again.  So a change made through one server
 * counts at the next request to any other. */
#ifndef ACCESS_RIGHTS_KEPT_H
#define ACCESS_RIGHTS_KEPT_H

#include "access/access.h"

/* Sets rights, role_name and view_limit of the actor from his role; what they point to lives in w->mem. */
Err rights_kept(Work *w, Actor *actor, int64_t edition);

#endif
