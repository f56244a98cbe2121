/* The rounds of the program (work/schedule.h), and their jobs. */
#ifndef APP_ROUNDS_H
#define APP_ROUNDS_H

#include "api/route.h"
#include "work/schedule.h"

extern const ScheduleRound all_rounds[];

Err clearing_run(Work *w, Job *job); /* what is over goes                       */
Err teams_run(Work *w, Job *job);    /* who is in whose team, as of the new day */

extern const Route schedule_routes[]; /* what runs when, and the firm's calendar */
extern const Route calendar_routes[];

#endif
