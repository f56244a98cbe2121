/* What the program brings, put into the base of a firm that has it from an earlier version. */
#ifndef APP_SEEDING_H
#define APP_SEEDING_H

#include "app/program.h"

/* Once after an upgrade; costs one statement otherwise.  What cannot be loaded is told in the log and keeps nobody from
 * his work. */
Err seeding_bring(Call *call, Program *p);

#endif
