/* Where the two databases differ, and how one text serves both.
 *
 * Outside quotes and comments:
 *     $1               reaches SQLite as ?1 (there a $1 would be a name, numbered by first appearance)
 *     in {ids $1}      a list bound by val_ids:   in (select value from json_each(?1))  |  = any($1::bigint[])
 *     in {texts $1}    a list bound by val_texts: the same with texts; `not in` gives `<> all(…)`
 * and by whole lines:
 *     -- sqlite        from here on for SQLite only
 *     -- postgres      from here on for PostgreSQL only
 *     -- both          from here on for both again
 * strpos(text, part) works on both: on PostgreSQL it counts in characters, on SQLite in bytes, so only `> 0` means the
 * same. A marker that is still there, like `{scope client c}`, is access/'s to expand before; the database refuses
 * it. */
#ifndef STORE_DIALECT_H
#define STORE_DIALECT_H

#include "store/db.h"

Str dialect_sql(Arena *mem, DbEngine engine, Str sql);

/* The parts by whole lines only; used for migrations. */
Str dialect_parts(Arena *mem, DbEngine engine, Str sql);

/* Where the token that begins at `at` ends: a word, a number, a quoted text, a comment, a run of blanks or one sign. */
ptrdiff_t sql_token_end(Str sql, ptrdiff_t at);
bool      sql_token_is_gap(Str token); /* blanks or a comment */

#endif
