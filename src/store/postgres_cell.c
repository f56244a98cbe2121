/* Cells of a binary result: big-endian numbers, bytes as they are, and `numeric`, which sums of bigint are. */
#include "store/postgres.h"

#include <stdlib.h>
#include <string.h>

static const PGresult *result_of(const Rows *rows)
{
    return ((Open *)rows->open)->result;
}

ValKind pg_kind(const Rows *rows, int column)
{
    const PGresult *r = result_of(rows);
    if (PQgetisnull(r, (int)rows->row, column)) return VAL_NULL;
    switch (PQftype(r, column)) {
    case PG_BOOL: case PG_INT2: case PG_INT4: case PG_INT8: case PG_OID: case PG_XID8: return VAL_INT;
    case PG_FLOAT4: case PG_FLOAT8: case PG_NUMERIC: return VAL_REAL;
    case PG_BYTEA: return VAL_BLOB;
    }
    return VAL_TEXT;
}

static int64_t number_at(const char *p, int bytes)
{
    int64_t v = (signed char)p[0];
    for (int i = 1; i < bytes; i++) v = (int64_t)((uint64_t)v << 8 | (unsigned char)p[i]);
    return v;
}

/* Binary numeric: ndigits, weight, sign, dscale as int16, then digits of base 10,000; digit i counts 10,000^(weight -
 * i). */
static Wide numeric_whole(const char *p, int bytes)
{
    int64_t digits = number_at(p, 2), weight = number_at(p + 2, 2);
    Wide    v = 0;
    for (int64_t i = 0; i <= weight && weight < 9; i++)
        v = v * 10000 + (i < digits && 8 + 2 * i < bytes ? number_at(p + 8 + 2 * i, 2) : 0);
    return (number_at(p + 4, 2) & 0x4000) ? -v : v;
}

static double numeric_real(const char *p)
{
    int64_t digits = number_at(p, 2), weight = number_at(p + 2, 2);
    double  v = 0;
    for (int64_t i = 0; i < digits; i++) v = v * 10000 + (double)number_at(p + 8 + 2 * i, 2);
    for (int64_t i = digits - 1; i < weight; i++) v *= 10000;
    double part = 1;
    for (int64_t i = digits - 1; i > weight; i--) part *= 10000;
    return ((number_at(p + 4, 2) & 0x4000) ? -v : v) / part;
}

static double float_at(const char *p, int bytes)
{
    uint64_t bits = (uint64_t)number_at(p, bytes);
    uint32_t half = (uint32_t)bits;
    double   whole;
    float    single;
    memcpy(&whole, &bits, sizeof whole);
    memcpy(&single, &half, sizeof single);
    return bytes == 8 ? whole : (double)single;
}

/* A text that holds a number reads as it does in SQLite: its leading number. */
int64_t pg_number(const Rows *rows, int column)
{
    const PGresult *r = result_of(rows);
    const char     *p = PQgetvalue(r, (int)rows->row, column);
    int             n = PQgetlength(r, (int)rows->row, column);
    switch (PQftype(r, column)) {
    case PG_FLOAT4: case PG_FLOAT8: return (int64_t)float_at(p, n);
    case PG_NUMERIC: {
        Wide v = numeric_whole(p, n);
        return v > INT64_MAX || v < INT64_MIN ? NONE : (int64_t)v;
    }
    case PG_OID: return (uint32_t)number_at(p, 4);
    }
    return pg_kind(rows, column) == VAL_INT ? number_at(p, n) : strtoll(p, NULL, 10);
}

Wide pg_wide(const Rows *rows, int column)
{
    const PGresult *r = result_of(rows);
    if (PQftype(r, column) != PG_NUMERIC) return pg_number(rows, column);
    return numeric_whole(PQgetvalue(r, (int)rows->row, column), PQgetlength(r, (int)rows->row, column));
}

double pg_real(const Rows *rows, int column)
{
    const PGresult *r = result_of(rows);
    const char     *p = PQgetvalue(r, (int)rows->row, column);
    switch (PQftype(r, column)) {
    case PG_FLOAT4: return float_at(p, 4);
    case PG_FLOAT8: return float_at(p, 8);
    case PG_NUMERIC: return numeric_real(p);
    }
    return (double)pg_number(rows, column);
}

Str pg_bytes(const Rows *rows, int column)
{
    const PGresult *r = result_of(rows);
    return (Str){ PQgetvalue(r, (int)rows->row, column), PQgetlength(r, (int)rows->row, column) };
}

const char *pg_name(const Rows *rows, int column)
{
    return PQfname(result_of(rows), column);
}
