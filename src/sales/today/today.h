/* Today: what somebody must do now, in order, each with its reason; and of a head's people, who has nothing to do, who
 * is behind, who has done what.  Owns no table. */
#ifndef SALES_TODAY_TODAY_H
#define SALES_TODAY_TODAY_H

#include "api/route.h"

/* Lines of one kind that are read, and people of a team; of what is offered and of how much is counted a person. */
enum { TODAY_MOST = 200, TODAY_OFFERS = 30, TODAY_COUNTED = 1000 };

extern const Route today_routes[];

#endif
