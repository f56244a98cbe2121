/* What the files of the PostgreSQL engine share.  Nobody outside includes this. */
#ifndef STORE_POSTGRES_H
#define STORE_POSTGRES_H

#include "store/engine.h"

#include <libpq-fe.h>

/* Types as PostgreSQL numbers them (catalog pg_type, fixed for built-in types). */
enum {
    PG_BOOL = 16,
    PG_BYTEA = 17,
    PG_INT8 = 20,
    PG_INT2 = 21,
    PG_INT4 = 23,
    PG_TEXT = 25,
    PG_OID = 26,
    PG_FLOAT4 = 700,
    PG_FLOAT8 = 701,
    PG_VARCHAR = 1043,
    PG_NUMERIC = 1700,
    PG_XID8 = 5069,
};

/* Parameters of one call: numbers and texts travel as text, whatever type the server has guessed; bytes travel as they
 * are. */
typedef struct {
    const char **value;
    int         *length, *format;
} PgParams;

PgParams pg_params(Arena *mem, const Val *vals, int n);

/* Takes the error of a result (null: of the connection), frees the result. */
Err pg_blame(Db *db, PGresult *result);

/* Checks a result and frees it; rows changed are added. */
Err pg_finish(Db *db, PGresult *result, int64_t *changed);

Err pg_prepare(Db *db, Prepared *p);
Err pg_many(Db *db, Prepared *p, const Val *vals, int per_row, ptrdiff_t rows, int64_t *changed);

/* Reading one cell of a binary result (store/postgres_cell.c). */
ValKind     pg_kind(const Rows *rows, int column);
int64_t     pg_number(const Rows *rows, int column);
Wide        pg_wide(const Rows *rows, int column);
double      pg_real(const Rows *rows, int column);
Str         pg_bytes(const Rows *rows, int column);
const char *pg_name(const Rows *rows, int column);

/* `insert into t (a, b) values ($1, $2)` over arrays: the rewritten text, or an empty one when the shape is another.
 * types[i] is the array type's name of parameter i + 1. */
Str many_rewrite(Arena *mem, Str sql, const char *const *types, int n);

#endif
