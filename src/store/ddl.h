/* Table definitions in the project's own types.
 *
 *     own     SQLite    PostgreSQL         is
 *     id      integer   bigint             the number of a record
 *     int     integer   bigint             a whole number: money, quantities, days, moments, choices
 *     bool    integer   smallint           0 or 1
 *     text    text      text               UTF-8 without NUL
 *     bytes   blob      bytea
 *     real    real      double precision   only for what is measured, never for money
 *
 * Types are translated where they stand: the second word of a column in `create table` and after `alter table … add
 * column`. Tables are STRICT in SQLite; what stands behind the closing bracket (`without rowid`) belongs into a `--
 * sqlite` part. */
#ifndef STORE_DDL_H
#define STORE_DDL_H

#include "store/dialect.h"

Str ddl_translate(Arena *mem, DbEngine engine, Str script);

#endif
