/* Every statement of every `.sql` file, for the standing tests: each prepares on both databases, each scoped table is
 * read with its scope.  The program itself does not hold this table; it uses the constants of the headers that
 * tools/sql_embed makes. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include "core/str.h"

typedef struct {
    const char *file, *name; /* "job.sql", "job_claim" */
    Str         sql;         /* with its markers       */
} Statement;

extern const Statement statements[]; /* ends with a row without a name */

#endif
