/* Calling another program, without a shell, with the way to PostgreSQL in its environment and not in its arguments
 * (which others can see). */
#ifndef WORK_CHILD_H
#define WORK_CHILD_H

#include "core/str.h"

/* `words` ends with null; words[0] is looked for in PATH.  `address` empty: no database.  `stop` (may be null) is asked
 * ten times a second; when it says true the program is ended.  OK when it ended with 0, NOT_FOUND when there is no such
 * program, CONFLICT when it was stopped.  It is killed where we are. */
Err child_run(Arena *mem, Str address, const char *const *words, bool (*stop)(void));

#endif
