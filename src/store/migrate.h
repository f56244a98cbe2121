/* The shape of the base, from one version to the next.
 *
 * `migrations/0001_ground.sql` and its followers are embedded in the program, written in the project's own types
 * (store/ddl.h), each applied once, in order, in a transaction of its own, and noted in the table `migration` with the
 * SHA-256 of its text.  Two servers that start at once on one PostgreSQL do it once: the second waits and finds it
 * done.  A base that knows more than this program, or another text under a number, is refused.  What is already done
 * costs one small query, however large the base is. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

typedef struct {
    int         number;
    const char *name;     /* "ground"                         */
    Str         text;
    const char *checksum; /* SHA-256 of the file, hexadecimal */
} Migration;

extern const Migration migrations[]; /* ends with a row whose number is 0 */

/* Brings the base to the last of `list`.  `applied` (may be null) counts what was done now.
 * INVALID with `store.newer_base` or `store.migration_changed` in *why when the base does not fit this program. */
Err migrate(Db *db, const Migration *list, Moment now, int *applied, DbFault *why);

/* Is the base at the last of `list`?  OK, NOT_FOUND (something is to be done) or INVALID as above. */
Err migrate_check(Db *db, const Migration *list, DbFault *why);

#endif
