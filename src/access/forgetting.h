/* Sessions that are over and answers nobody will ask for again go, once a day, and what else is handed in.
 *
 * By the clock of the calendar, which may run ahead: so nothing goes by one look at it.  What was over at one look goes
 * at the next, most of a day later, and a look that turns out to have been in the future is none. */
#ifndef ACCESS_FORGETTING_H
#define ACCESS_FORGETTING_H

#include "access/access.h"

/* `also`: what else goes so, of what was over at the moment of the look before. */
Err forget_what_is_over(Work *w, Err (*also)(Work *w, Moment looked));

#endif
