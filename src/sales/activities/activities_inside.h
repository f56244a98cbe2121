/* What the files of this folder say to each other. */
#ifndef SALES_ACTIVITIES_ACTIVITIES_INSIDE_H
#define SALES_ACTIVITIES_ACTIVITIES_INSIDE_H

#include "sales/activities/activities.h"

/* Handlers of activity.saved, .archived and .restored; and of .removed. */
Err contacts_saved(Work *w, const Event *event);
Err contacts_removed(Work *w, const Event *event);

/* Handlers of activity.saved, .archived and .restored, and of .removed: clients are lent to whoever is given work about
 * them, for as long as it is that (activity_lend.c). */
Err activities_lend(Work *w, const Event *event);
Err activities_unlend(Work *w, const Event *event);

/* These clients have another keeper: they are lent to whoever has open work there and does not see them any more. */
Err activities_lend_at(Work *w, const int64_t *clients, ptrdiff_t n);

/* A handler of client.saved: open work of who kept a client goes to who keeps it now (activity_follow.c). */
Err activities_follow(Work *w, const Event *event);

/* Another one: the steps of deals whose work is done are closed (activity_step.c). */
Err activities_close_steps(Work *w, const Event *event);

#endif
