/* The facts of a server: loaded in the slow lane after the start, tidied now and then.  Each server has its own, so
 * this is no round of the schedule. */
#ifndef APP_FACTS_KEEP_H
#define APP_FACTS_KEEP_H

#include "app/program.h"
#include "facts/facts.h"

typedef struct FactsKeep FactsKeep;

FactsKeep *facts_keep_begin(Program *p);

/* Does the file of the facts hold what the base holds?  NOT_FOUND: there is no file yet, or an import comes in or goes
 * back and would be counted in the middle; CONFLICT: it does not, and is gone now. */
Err    facts_keep_check(Work *w, const Program *p);

void   facts_keep_beat(FactsKeep *k); /* once a second */

/* What stays when the lanes have stopped and the program's memory is gone, and how it goes. */
Facts *facts_keep_lasts(const FactsKeep *k);
void   facts_keep_end(Facts *facts);

#endif
