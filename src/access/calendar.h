/* The firm's calendar as the base has it: its usual week and hours, whose holidays it keeps, and what it says itself of
 * single days. */
#ifndef ACCESS_CALENDAR_H
#define ACCESS_CALENDAR_H

#include "core/calendar.h"
#include "work/work.h"

/* The days are in w->mem.  `zone` (may be null) is the firm's as the base has it now. */
Err firm_calendar(Work *w, Calendar *out, const Zone **zone);

/* From writing works; when rounds come next is reckoned anew.  INVALID at `week`, `from`, `to`, `pause_from`: no
 * working day, hours that do not follow each other. */
Err firm_calendar_week(Work *w, const Calendar *c);
Err firm_calendar_day(Work *w, Day day, CalendarKind kind); /* 0: as the calendar has it by itself */

#endif
