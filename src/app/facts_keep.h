/* The facts of a server: loaded in the slow lane after the start, tidied now and then, counted into classes each night. */
#ifndef APP_FACTS_KEEP_H
#define APP_FACTS_KEEP_H

#include "app/program.h"
#include "facts/facts.h"

Facts *facts_keep_begin(Program *p);

/* Does the file of the facts hold what the base holds?  NOT_FOUND: there is no file yet, or an import comes in or goes back and
 * would be counted in the middle; CONFLICT: it does not, and is gone now. */
Err    facts_keep_check(Work *w, const Program *p);

/* Once a second.  The nightly count is due from two o'clock of the firm's day on and done once a day, whichever server comes first. */
void   facts_keep_round(Call *call, Program *p, Facts *facts);
void   facts_keep_end(Facts *facts); /* after the lanes have stopped */

#endif
