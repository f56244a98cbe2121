/* What is asked of activities beside the usual. */
#ifndef SALES_ACTIVITIES_ACTIVITY_CLOSE_H
#define SALES_ACTIVITIES_ACTIVITY_CLOSE_H

#include "api/lists.h"

extern const Route activity_routes[];

#endif
