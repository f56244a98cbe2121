/* Is a file a whole copy of a base of this program?  Asked when a copy has been made, and before anything is restored from one.
 *
 * SQLite: the pages are sound, the migrations are the first of this program's, and each table has the columns that a fresh base of those migrations has
 * (and may have more: the firm's own fields).  PostgreSQL: pg_restore reads the dump to its end, and its list names each of those tables
 * with its rows; the columns are those of its migrations. */
#ifndef APP_COPY_CHECK_H
#define APP_COPY_CHECK_H

#include "core/problem.h"

/* INVALID in words: not whole, a table is missing (which), of a newer program, of another one. */
Err copy_check(Problems *problems, Arena *mem, Str address, const char *path);

#endif
