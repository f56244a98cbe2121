/* The firm's calendar as the base has it: its usual week and hours, whose holidays it keeps, and what it says itself of
 * single days. */
#ifndef ACCESS_CALENDAR_H
#define ACCESS_CALENDAR_H

#include "core/calendar.h"
#include "work/work.h"

/* The days are in w->mem.  `zone` (may be null) is the firm's as the base has it now. */
Err firm_calendar(Work *w, Calendar *out, const Zone **zone);

/* The same as those have it who belong to a unit: what it says of a day goes before what those above it and the firm
 * say.  Rounds go by the firm's.  INVALID at `unit` where there is none. */
Err unit_calendar(Work *w, int64_t unit, Calendar *out);

/* Of the unit that a person belongs to; of who has none the firm's. */
Err user_calendar(Work *w, int64_t user, Calendar *out);

/* Of `own` only what the unit itself says of single days is filled in. */
Err unit_days(Work *w, int64_t unit, Calendar *own);

/* From writing works; when rounds come next is reckoned anew.  INVALID at `week`, `from`, `to`, `pause_from`: no
 * working day, hours that do not follow each other. */
Err firm_calendar_week(Work *w, const Calendar *c);
Err firm_calendar_day(Work *w, Day day, CalendarKind kind); /* 0: as the calendar has it by itself */
Err unit_calendar_day(Work *w, int64_t unit, Day day, CalendarKind kind); /* 0: as those above it have it */

#endif
