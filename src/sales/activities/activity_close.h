/* What is asked of activities beside the usual: closing one, a client's line, a person's chain. */
#ifndef SALES_ACTIVITIES_ACTIVITY_CLOSE_H
#define SALES_ACTIVITIES_ACTIVITY_CLOSE_H

#include "api/lists.h"

extern const Route activity_routes[];
extern const Route timeline_routes[];
extern const Route contact_routes[];

#endif
