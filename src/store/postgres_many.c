/* One statement for many rows on PostgreSQL: arrays through `unnest` where the statement has a shape that allows it, a
 * pipeline else.
 *
 *     insert into t (a, b) values ($1, $2) on conflict …   ->  insert into t (a, b) select v.v1, v.v2 from
 *                                                          unnest($1::bigint[], $2::text[])
 *                                                              as v(v1, v2) on conflict …
 *     update t set a = $2 where id = $1                     ->  update t set a = v.v2 from unnest(…) as v(v1, v2) where
 *                                                           id = v.v1
 *     delete from t where id = $1                           ->  delete from t using unnest(…) as v(v1) where id =
 *                                                           v.v1 */
#include "store/postgres.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- the shape ---- */

static bool word_is(Str token, const char *word)
{
    return token.n == (ptrdiff_t)strlen(word) && strncasecmp(token.s, word, (size_t)token.n) == 0;
}

/* Where a word stands outside of brackets, or -1; `from` and on. */
static ptrdiff_t word_at(Str sql, ptrdiff_t from, const char *word)
{
    int depth = 0;
    for (ptrdiff_t at = from, end; at < sql.n; at = end) {
        end = sql_token_end(sql, at);
        depth += (sql.s[at] == '(') - (sql.s[at] == ')');
        if (!depth && word_is((Str){ sql.s + at, end - at }, word)) return at;
    }
    return -1;
}

static ptrdiff_t bracket_end(Str sql, ptrdiff_t at)
{
    int depth = 0;
    for (ptrdiff_t end; at < sql.n; at = end) {
        end = sql_token_end(sql, at);
        depth += (sql.s[at] == '(') - (sql.s[at] == ')');
        if (!depth) return end;
    }
    return sql.n;
}

/* The text with v.v1 for $1; false when there is none. */
static bool put_named(Buf *out, Str sql)
{
    bool any = false;
    for (ptrdiff_t at = 0, end; at < sql.n; at = end) {
        end       = sql_token_end(sql, at);
        Str token = { sql.s + at, end - at };
        bool param = token.s[0] == '$' && token.n > 1;
        if (param) buf_c(out, "v.v");
        buf_put(out, param ? str_from(token, 1) : token);
        any |= param;
    }
    return any;
}

static void put_unnest(Buf *out, const char *const *types, int n)
{
    buf_c(out, " unnest(");
    for (int i = 0; i < n; i++) buf_fmt(out, "%s$%d::%s", i ? ", " : "", i + 1, types[i]);
    buf_c(out, ") as v(");
    for (int i = 0; i < n; i++) buf_fmt(out, "%sv%d", i ? ", " : "", i + 1);
    buf_c(out, ") ");
}

static bool rewrite_insert(Buf *out, Str sql, const char *const *types, int n)
{
    ptrdiff_t values = word_at(sql, 0, "values");
    if (values < 0) return false;
    ptrdiff_t open  = values + str_find(str_from(sql, values), S("(")), close = bracket_end(sql, open);
    Str       tuple = { sql.s + open + 1, close - open - 2 }, tail = str_trim(str_from(sql, close));
    if (tail.n && !str_starts(tail, S("on conflict"))) return false;
    buf_put(out, str_upto(sql, values));
    buf_c(out, "select ");
    put_named(out, tuple);
    buf_c(out, " from");
    put_unnest(out, types, n);
    return !put_named(out, tail); /* a parameter behind `on conflict` has no row to come from */
}

static bool rewrite_where(Buf *out, Str sql, const char *joint, const char *const *types, int n)
{
    ptrdiff_t where = word_at(sql, 0, "where");
    if (where < 0 || word_at(sql, 0, "returning") >= 0) return false;
    put_named(out, str_upto(sql, where));
    buf_c(out, joint);
    put_unnest(out, types, n);
    return put_named(out, str_from(sql, where));
}

Str many_rewrite(Arena *mem, Str sql, const char *const *types, int n)
{
    Buf  out  = buf_new(mem, sql.n * 2 + 256);
    Str  verb = str_upto(sql, sql_token_end(sql, 0));
    bool good = false;
    if (word_is(verb, "insert")) good = rewrite_insert(&out, sql, types, n);
    if (word_is(verb, "update")) good = word_at(sql, 0, "from") < 0 && rewrite_where(&out, sql, "from", types, n);
    if (word_is(verb, "delete")) good = word_at(sql, 0, "using") < 0 && rewrite_where(&out, sql, "using", types, n);
    return good ? buf_str(&out) : (Str){ 0 };
}

static const char *array_type(Oid type)
{
    switch (type) {
    case PG_INT8:   return "bigint[]";
    case PG_INT4:   return "integer[]";
    case PG_INT2:   return "smallint[]";
    case PG_TEXT:   return "text[]";
    case PG_BYTEA:  return "bytea[]";
    case PG_FLOAT8: return "double precision[]";
    }
    return NULL;
}

/* Asks the server what the parameters are and keeps the form over arrays in the statement, if there is one. */
static Err find_many_form(Db *db, Prepared *p, int per_row)
{
    Arena     scratch = db->scratch;
    PGresult *r       = PQdescribePrepared(db->at, p->name);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) return pg_blame(db, r);
    const char **types = NEW_N(&scratch, const char *, per_row);
    bool         known = PQnparams(r) == per_row && per_row > 0;
    for (int i = 0; known && i < per_row; i++) known = (types[i] = array_type(PQparamtype(r, i))) != NULL;
    PQclear(r);
    Str form = known ? many_rewrite(&scratch, str_trim(dialect_sql(&scratch, DB_POSTGRES, p->sql)), types, per_row)
                     : (Str){ 0 };
    p->many_known = form.n ? 1 : -1;
    if (!form.n) return OK;
    char *kept = malloc((size_t)form.n);
    memcpy(kept, form.s, (size_t)form.n);
    p->many = (Str){ kept, form.n };
    return OK;
}

/* ---- arrays ---- */

static void put_hex(Buf *b, Str bytes)
{
    static const char digits[] = "0123456789abcdef";
    buf_c(b, "\"\\\\x");
    for (ptrdiff_t i = 0; i < bytes.n; i++) {
        buf_char(b, digits[(unsigned char)bytes.s[i] >> 4]);
        buf_char(b, digits[bytes.s[i] & 15]);
    }
    buf_char(b, '"');
}

static void put_element(Buf *b, const Val *v)
{
    switch (v->kind) {
    case VAL_INT:  buf_i64(b, v->number); return;
    case VAL_REAL: buf_fmt(b, "%.17g", v->real); return;
    case VAL_BLOB: put_hex(b, v->text); return;
    case VAL_TEXT: break;
    case VAL_NULL:
    case VAL_IDS:
    case VAL_TEXTS: buf_c(b, "null"); return;
    }
    list_quoted(b, DB_POSTGRES, v->text);
}

static Val column_array(Arena *mem, const Val *vals, int per_row, ptrdiff_t rows)
{
    Buf b = buf_new(mem, rows * 16 + 16);
    buf_char(&b, '{');
    for (ptrdiff_t i = 0; i < rows; i++) {
        if (i) buf_char(&b, ',');
        put_element(&b, &vals[i * per_row]);
    }
    buf_char(&b, '}');
    return val_text(buf_str(&b));
}

/* How many of the rows go together: at most 4,096, and about 4 MiB of text and bytes. */
static ptrdiff_t portion(const Val *vals, int per_row, ptrdiff_t rows)
{
    ptrdiff_t bytes = 0, i = 0;
    for (; i < rows && i < 4096 && bytes < 1 << 22; i++)
        for (int c = 0; c < per_row; c++)
            if (vals[i * per_row + c].kind >= VAL_TEXT) bytes += vals[i * per_row + c].text.n;
    return i;
}

static Err many_by_arrays(Db *db, Str form, const Val *vals, int per_row, ptrdiff_t rows, int64_t *changed)
{
    Arena whole = db->scratch;
    Val  *array = NEW_N(&whole, Val, per_row);
    for (ptrdiff_t n; rows; rows -= n, vals += n * per_row) {
        Arena   mem = whole, outer = db->scratch;
        int64_t of_portion;
        n = portion(vals, per_row, rows);
        for (int c = 0; c < per_row; c++) array[c] = column_array(&mem, vals + c, per_row, n);
        db->scratch = mem; /* the call below borrows behind the arrays */
        Err err     = db_run(db, form, array, per_row, &of_portion);
        db->scratch = outer;
        TRY(err);
        *changed += of_portion;
    }
    return OK;
}

/* ---- the pipeline ---- */

static Err pipeline_read(Db *db, ptrdiff_t sent, int64_t *changed)
{
    Err first = OK;
    for (ptrdiff_t i = 0; i < sent; i++) {
        PGresult *r = PQgetResult(db->at);
        if (first || PQresultStatus(r) == PGRES_PIPELINE_ABORTED) PQclear(r);
        else first = pg_finish(db, r, changed);
        PQclear(PQgetResult(db->at)); /* the null that ends each command */
    }
    PQclear(PQgetResult(db->at)); /* the sync */
    return first;
}

/* 128 commands at a time: their answers fit into the socket's buffer, so neither side waits for the other. */
static Err many_by_pipeline(Db *db, Prepared *p, const Val *vals, int per_row, ptrdiff_t rows, int64_t *changed)
{
    if (!PQenterPipelineMode(db->at)) return pg_blame(db, NULL);
    Err err = OK;
    for (ptrdiff_t done = 0; done < rows && !err;) {
        ptrdiff_t sent = 0;
        for (; sent < 128 && done < rows; sent++, done++) {
            Arena    scratch = db->scratch;
            PgParams params  = pg_params(&scratch, vals + done * per_row, per_row);
            PQsendQueryPrepared(db->at, p->name, per_row, params.value, params.length, params.format, 1);
        }
        PQpipelineSync(db->at);
        err = pipeline_read(db, sent, changed);
    }
    PQexitPipelineMode(db->at);
    return err;
}

Err pg_many(Db *db, Prepared *p, const Val *vals, int per_row, ptrdiff_t rows, int64_t *changed)
{
    if (!p->many_known) TRY(find_many_form(db, p, per_row));
    if (p->many_known > 0) return many_by_arrays(db, p->many, vals, per_row, rows, changed);
    return many_by_pipeline(db, p, vals, per_row, rows, changed);
}
