/* PostgreSQL through libpq: prepared statements, binary results, cursors for rows without end. */
#include "store/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- faults ---- */

static DbFaultKind fault_kind(const char *state)
{
    static const struct {
        const char *state;
        DbFaultKind kind;
    } kinds[] = {
        { "23505", FAULT_UNIQUE },    { "23P01", FAULT_UNIQUE }, { "23503", FAULT_REFERENCE },
        { "23001", FAULT_REFERENCE }, { "23502", FAULT_EMPTY },  { "23514", FAULT_CHECK },
        { "22P02", FAULT_CHECK },     { "22003", FAULT_CHECK },  { "40001", FAULT_BUSY },
        { "40P01", FAULT_BUSY },      { "55P03", FAULT_BUSY },   { "53300", FAULT_BUSY },
        { "57014", FAULT_STOPPED },   { "53100", FAULT_FULL },   { "22021", FAULT_TEXT },
        { "57P01", FAULT_LOST },      { "57P02", FAULT_LOST },   { "57P03", FAULT_LOST },
        { "08006", FAULT_LOST },      { "08003", FAULT_LOST },   { "08000", FAULT_LOST },
        { "08001", FAULT_LOST },      { "08004", FAULT_LOST },   { "57P05", FAULT_LOST },
        { "53000", FAULT_BUSY },      { "53200", FAULT_BUSY },
    };
    for (ptrdiff_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(state, kinds[i].state) == 0) return kinds[i].kind;
    return FAULT_BROKEN;
}

static void field_copy(char *to, size_t size, const PGresult *r, int field)
{
    const char *s = PQresultErrorField(r, field);
    snprintf(to, size, "%s", s ? s : "");
}

/* The detail reads `Key (origin, key)=(1c, 7) already exists.` in the server's language; the brackets stay. */
static void unique_columns(DbFault *f, const char *detail)
{
    const char *from = detail ? strchr(detail, '(') : NULL, *to = from ? strstr(from, ")=(") : NULL;
    if (to) snprintf(f->columns, sizeof f->columns, "%.*s", (int)(to - from - 1), from + 1);
}

/* A failed write leaves the connection good in libpq's book until something is read from it. */
static Err blame_lost(Db *db)
{
    PQconsumeInput(db->at);
    return db_blame(db, PQstatus(db->at) == CONNECTION_BAD ? FAULT_LOST : FAULT_BROKEN, PQerrorMessage(db->at));
}

Err pg_blame(Db *db, PGresult *result)
{
    db->fault = (DbFault){ 0 };
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (!state) {
        PQclear(result);
        return blame_lost(db);
    }
    DbFault *f = &db->fault;
    f->kind    = fault_kind(state);
    field_copy(f->table, sizeof f->table, result, PG_DIAG_TABLE_NAME);
    field_copy(f->name, sizeof f->name, result, PG_DIAG_CONSTRAINT_NAME);
    field_copy(f->columns, sizeof f->columns, result, PG_DIAG_COLUMN_NAME);
    if (f->kind == FAULT_UNIQUE) unique_columns(f, PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    Err err = db_blame(db, f->kind, PQresultErrorMessage(result));
    PQclear(result);
    return err;
}

static bool is_good(const PGresult *r)
{
    ExecStatusType s = PQresultStatus(r);
    return s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK || s == PGRES_EMPTY_QUERY;
}

Err pg_finish(Db *db, PGresult *result, int64_t *changed)
{
    if (!is_good(result)) return pg_blame(db, result);
    if (changed && strncmp(PQcmdStatus(result), "SELECT", 6) != 0) *changed += strtoll(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return OK;
}

/* ---- parameters ---- */

static const char *number_text(Arena *mem, int64_t v)
{
    Buf b = buf_new(mem, 24);
    buf_i64(&b, v);
    buf_char(&b, 0);
    return b.data;
}

static const char *param_text(Arena *mem, const Val *v)
{
    switch (v->kind) {
    case VAL_INT:   return number_text(mem, v->number);
    case VAL_REAL:  return str_fmt(mem, "%.17g", v->real).s;
    case VAL_TEXT:  return str_c(mem, v->text);
    case VAL_BLOB:  return v->text.s;
    case VAL_IDS:
    case VAL_TEXTS: return list_text(mem, DB_POSTGRES, v).s;
    case VAL_NULL:  break;
    }
    return NULL;
}

PgParams pg_params(Arena *mem, const Val *vals, int n)
{
    PgParams p = { NEW_N(mem, const char *, n), NEW_N(mem, int, n), NEW_N(mem, int, n) };
    for (int i = 0; i < n; i++) {
        bool bytes  = vals[i].kind == VAL_BLOB;
        p.value[i]  = param_text(mem, &vals[i]);
        p.length[i] = bytes ? (int)vals[i].text.n : 0;
        p.format[i] = bytes;
    }
    return p;
}

/* ---- running ---- */

static Err pg_script(Db *db, const char *sql)
{
    return pg_finish(db, PQexec(db->at, sql), NULL);
}

Err pg_prepare(Db *db, Prepared *p)
{
    Arena scratch = db->scratch;
    Str   sql     = dialect_sql(&scratch, DB_POSTGRES, p->sql);
    snprintf(p->name, sizeof p->name, "p%llu", (unsigned long long)++db->names);
    Err err = pg_finish(db, PQprepare(db->at, p->name, str_c(&scratch, sql), 0, NULL), NULL);
    if (err) p->name[0] = 0;
    return err;
}

/* In a transaction that failed nothing can be deallocated; the name is never used again, so it only waits for the end
 * of the connection. */
static void pg_forget(Db *db, Prepared *p)
{
    char sql[48];
    PGTransactionStatusType status = PQtransactionStatus(db->at);
    if (!p->name[0] || (status != PQTRANS_IDLE && status != PQTRANS_INTRANS)) return;
    snprintf(sql, sizeof sql, "deallocate %s", p->name);
    PQclear(PQexec(db->at, sql));
}

static PGresult *exec(Db *db, Prepared *p, const Val *vals, int n)
{
    Arena    scratch = db->scratch;
    PgParams params  = pg_params(&scratch, vals, n);
    return PQexecPrepared(db->at, p->name, n, params.value, params.length, params.format, 1);
}

static Err pg_run(Db *db, Prepared *p, const Val *vals, int n, int64_t *changed)
{
    *changed = 0;
    return pg_finish(db, exec(db, p, vals, n), changed);
}

static Err pg_query(Db *db, Prepared *p, const Val *vals, int n, Rows *rows)
{
    PGresult *r = exec(db, p, vals, n);
    if (!is_good(r)) return pg_blame(db, r);
    ((Open *)rows->open)->result = r;
    rows->columns = PQnfields(r);
    return OK;
}

/* ---- rows without end ---- */

enum { PORTION = 4096 };

static Err cursor_fetch(Db *db, Rows *rows)
{
    Open *open = rows->open;
    char  sql[64];
    snprintf(sql, sizeof sql, "fetch %d from c%d", PORTION, open->cursor);
    PGresult *r = PQexecParams(db->at, sql, 0, NULL, NULL, NULL, NULL, 1);
    if (!is_good(r)) return pg_blame(db, r);
    PQclear(open->result);
    open->result  = r;
    open->ended   = PQntuples(r) < PORTION;
    rows->row     = -1;
    rows->columns = PQnfields(r);
    return OK;
}

static Err pg_stream(Db *db, Str sql, const Val *vals, int n, Rows *rows)
{
    bool own = !db->in_transaction;
    if (own) TRY(db_begin(db, DB_READ));
    Open *open      = db_open_rows(db, NULL, rows);
    open->cursor    = ++db->cursors;
    open->cursor_tx = own;
    Arena    scratch = db->scratch;
    Str      text    = dialect_sql(&scratch, DB_POSTGRES, sql);
    PgParams params  = pg_params(&scratch, vals, n);
    Str declare = str_fmt(&scratch, "declare c%d no scroll cursor for %.*s", open->cursor, (int)text.n, text.s);
    TRY(pg_finish(db, PQexecParams(db->at, declare.s, n, NULL, params.value, params.length, params.format, 1), NULL));
    return cursor_fetch(db, rows);
}

static bool pg_next(Rows *rows)
{
    Open *open = rows->open;
    if (++rows->row < PQntuples(open->result)) return true;
    if (!open->cursor || open->ended) return false;
    rows->err = db_may(rows->db, NULL, 0);
    if (!rows->err) rows->err = cursor_fetch(rows->db, rows);
    return !rows->err && ++rows->row < PQntuples(open->result);
}

/* A transaction of the cursor's own ends with it; in somebody else's the cursor is closed, unless that has failed
 * already. */
static void pg_end(Db *db, Open *open)
{
    PQclear(open->result);
    open->result = NULL;
    if (!open->cursor || !db->in_transaction) return;
    char sql[32];
    snprintf(sql, sizeof sql, "close c%d", open->cursor);
    if (PQtransactionStatus(db->at) == PQTRANS_INTRANS) PQclear(PQexec(db->at, sql));
    if (!open->cursor_tx) return;
    PQclear(PQexec(db->at, "rollback"));
    db->in_transaction = db->spoiled = false;
}

/* ---- the rest ---- */

static Err pg_setting(Db *db, const char *name, const char *sql, const char *const *allowed, const char *key)
{
    PGresult *r = PQexec(db->at, sql);
    if (!is_good(r)) return pg_blame(db, r);
    bool good = false;
    for (; *allowed; allowed++) good |= PQntuples(r) == 1 && strcasecmp(PQgetvalue(r, 0, 0), *allowed) == 0;
    snprintf(db->words, sizeof db->words, "%s is %s", name, PQntuples(r) ? PQgetvalue(r, 0, 0) : "unknown");
    PQclear(r);
    if (good) return OK;
    db->fault = (DbFault){ .kind = FAULT_BROKEN, .err = INVALID, .key = key };
    return INVALID;
}

static Err pg_fit(Db *db)
{
    static const char *const utf8[] = { "UTF8", NULL }, *const bytewise[] = { "C", "POSIX", "C.UTF-8", "C.utf8", NULL };
    TRY(pg_setting(db, "the encoding", "show server_encoding", utf8, "store.encoding"));
    return pg_setting(db, "the collation", "select datcollate from pg_database where datname = current_database()",
                      bytewise, "store.collation");
}

static void pg_stop(Db *db)
{
    char words[256];
    PQcancel(db->canceller, words, sizeof words);
}

static bool pg_lost(Db *db)
{
    PGTransactionStatusType s = PQtransactionStatus(db->at);
    return db->in_transaction && s != PQTRANS_INTRANS && s != PQTRANS_INERROR;
}

static void pg_close(Db *db)
{
    if (db->canceller) PQfreeCancel(db->canceller);
    PQfinish(db->at);
}

static void no_notice(void *to, const char *words)
{
    (void)to;
    (void)words;
}

/* The server, once connected, keeps nothing of an earlier connection.  Who writes finds rows by their keys: a table
 * read whole, because its statistics are of an hour ago when it was small, would take long and, at serializable, meet
 * every other writer.  Compiling a statement takes longer than any of ours runs, and nobody's statement takes the cores
 * from the others.  A page costs about the same wherever it lies, for the base is in memory or on a disk without a
 * head: else fifty rows of a list would be looked up by reading all. A commit is on the disk before it is answered,
 * whatever the server usually does; a stricter setting stays. */
static Err pg_ready(Db *db)
{
    if (PQstatus(db->at) != CONNECTION_OK) {
        db->fault = (DbFault){ 0 };
        return db_blame(db, FAULT_LOST, PQerrorMessage(db->at));
    }
    PQsetNoticeProcessor(db->at, no_notice, NULL);
    if (db->canceller) PQfreeCancel(db->canceller);
    db->canceller = PQgetCancel(db->at);
    TRY(pg_script(db, "set jit = off; set max_parallel_workers_per_gather = 0; set random_page_cost = 1.1"));
    if (db->mode == DB_READ) return pg_script(db, "set default_transaction_read_only = on");
    return pg_script(db, "set enable_seqscan = off; select set_config('synchronous_commit', 'on', false)"
                         " where current_setting('synchronous_commit') = 'off'");
}

static bool pg_gone(Db *db)
{
    return PQstatus(db->at) == CONNECTION_BAD;
}

static Err pg_again(Db *db)
{
    PQreset(db->at);
    return pg_ready(db);
}

static const Engine postgres_engine = {
    .prepare = pg_prepare,
    .forget = pg_forget,
    .run = pg_run,
    .many = pg_many,
    .query = pg_query,
    .stream = pg_stream,
    .next = pg_next,
    .end = pg_end,
    .script = pg_script,
    .fit = pg_fit,
    .stop = pg_stop,
    .lost = pg_lost,
    .close = pg_close,
    .kind = pg_kind,
    .number = pg_number,
    .wide = pg_wide,
    .real = pg_real,
    .bytes = pg_bytes,
    .name = pg_name,
    .gone = pg_gone,
    .again = pg_again,
    .begin = { [DB_READ] = "begin isolation level repeatable read read only",
               [DB_WRITE] = "begin isolation level serializable",
               [DB_CREATE] = "begin isolation level serializable" },
};

Err postgres_open(Db *db, Str address)
{
    Arena scratch  = db->scratch;
    db->engine     = &postgres_engine;
    const char *const names[] = { "dbname",          "client_encoding", "application_name",
                                  "connect_timeout", "keepalives_idle", NULL };
    const char *const values[] = { str_c(&scratch, address), "UTF8", "sbyt", "10", "30", NULL };
    db->at = PQconnectdbParams(names, values, 1);
    return pg_ready(db);
}
