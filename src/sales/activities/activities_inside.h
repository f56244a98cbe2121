/* What the files of this folder say to each other. */
#ifndef SALES_ACTIVITIES_ACTIVITIES_INSIDE_H
#define SALES_ACTIVITIES_ACTIVITIES_INSIDE_H

#include "sales/activities/activities.h"

/* Handlers of activity.saved, .archived and .restored; and of .removed. */
Err contacts_saved(Work *w, const Event *event);
Err contacts_removed(Work *w, const Event *event);

/* A handler of activity.saved: clients are lent to whoever is given work about them (activity_lend.c). */
Err activities_lend(Work *w, const Event *event);

#endif
