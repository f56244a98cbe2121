/* SQLite: one file in WAL mode, every commit on the disk before it is answered. */
#include "store/engine.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

bool db_room(Db *db, int64_t *bytes)
{
    struct statvfs disk;
    const char    *path = db->which == DB_SQLITE ? sqlite3_db_filename(db->at, "main") : NULL;
    if (!path || !*path || statvfs(path, &disk) != 0) return false;
    *bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    return true;
}

/* ---- faults ---- */

/* "UNIQUE constraint failed: client.origin, client.key" or "… failed: index 'client_inn'" or "CHECK constraint failed:
 * name". */
static void constraint_names(DbFault *f, const char *words)
{
    const char *at = strstr(words, "failed: ");
    if (!at) return;
    Str rest = str_of(at + 8);
    if (str_starts(rest, S("index '")) || f->kind == FAULT_CHECK) {
        if (f->kind != FAULT_CHECK) rest = (Str){ rest.s + 7, rest.n - 8 };
        snprintf(f->name, sizeof f->name, "%.*s", (int)rest.n, rest.s);
        return;
    }
    ptrdiff_t n = 0;
    while (rest.n) {
        Str column = str_cut(&rest, ','), table = column;
        column = str_trim(column);
        table  = str_cut(&column, '.');
        snprintf(f->table, sizeof f->table, "%.*s", (int)table.n, table.s);
        n += snprintf(f->columns + n, sizeof f->columns - (size_t)n, "%s%.*s", n ? ", " : "", (int)column.n, column.s);
        if (n >= (ptrdiff_t)sizeof f->columns) return;
    }
}

/* The disk, the quota of a user, or the size a file may have. */
static bool is_room(int error) { return error == ENOSPC || error == EDQUOT || error == EFBIG; }

static DbFaultKind fault_kind(sqlite3 *at, int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:      return FAULT_UNIQUE;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return FAULT_REFERENCE;
    case SQLITE_CONSTRAINT_NOTNULL:    return FAULT_EMPTY;
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_TRIGGER:
    case SQLITE_CONSTRAINT_DATATYPE:   return FAULT_CHECK;
    }
    /* SQLite tells ENOSPC apart by itself and may have forgotten another reason by now: a quota, or a limit of files,
     * unless the disk is said to fail. */
    if (code == SQLITE_IOERR_WRITE) return sqlite3_system_errno(at) == EIO ? FAULT_BROKEN : FAULT_FULL;
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:    return FAULT_BUSY;
    case SQLITE_INTERRUPT: return FAULT_STOPPED;
    case SQLITE_FULL:      return FAULT_FULL;
    case SQLITE_CANTOPEN: /* of the log, which is made anew */
    case SQLITE_IOERR:     return is_room(sqlite3_system_errno(at)) ? FAULT_FULL : FAULT_BROKEN;
    }
    return FAULT_BROKEN;
}

static Err sqlite_blame(Db *db)
{
    const char *words = sqlite3_errmsg(db->at);
    db->fault      = (DbFault){ .kind = fault_kind(db->at, sqlite3_extended_errcode(db->at)) };
    constraint_names(&db->fault, words);
    return db_blame(db, db->fault.kind, words);
}

/* ---- opening ---- */

static pthread_once_t configured = PTHREAD_ONCE_INIT;

/* Connections are not shared between threads and nobody asks for memory figures: both cost locks. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int stop_asked(void *flag)
{
    return atomic_load_explicit((atomic_bool *)flag, memory_order_relaxed);
}

static Err sqlite_script(Db *db, const char *sql)
{
    return sqlite3_exec(db->at, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : sqlite_blame(db);
}

/* strpos(text, part) as PostgreSQL has it, in bytes: a list that looks for a part of thousands of names
 * asks it for each, and `like` takes four times as long. */
static void strpos_sql(sqlite3_context *context, int n, sqlite3_value **args)
{
    (void)n;
    const char *text = (const char *)sqlite3_value_text(args[0]), *part = (const char *)sqlite3_value_text(args[1]);
    if (!text || !part) return; /* NULL */
    Str whole = { text, sqlite3_value_bytes(args[0]) };
    sqlite3_result_int64(context, str_find(whole, (Str){ part, sqlite3_value_bytes(args[1]) }) + 1);
}

/* The page cache stays small because the system caches the file; it is counted in KiB when negative. */
static Err sqlite_setup(Db *db)
{
    sqlite3_create_function(db->at, "strpos", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                            strpos_sql, NULL, NULL);
    sqlite_sum_add(db->at);
    TRY(sqlite_script(db, "pragma busy_timeout = 10000; pragma foreign_keys = on; pragma synchronous = full;"
                          "pragma trusted_schema = off; pragma temp_store = memory"));
    if (db->mode == DB_READ) return sqlite_script(db, "pragma cache_size = -1024; pragma query_only = on");
    return sqlite_script(db,
                         "pragma journal_mode = wal; pragma journal_size_limit = 67108864; pragma cache_size = -8192");
}

static Err sqlite_prepare(Db *db, Prepared *p)
{
    Arena scratch = db->scratch;
    Str   sql     = dialect_sql(&scratch, DB_SQLITE, p->sql);
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(db->at, sql.s, (int)sql.n, SQLITE_PREPARE_PERSISTENT, &statement, NULL))
        return sqlite_blame(db);
    p->statement = statement;
    if (statement) return OK;
    db->fault = (DbFault){ 0 };
    return db_blame(db, FAULT_BROKEN, "an empty statement");
}

static void sqlite_forget(Db *db, Prepared *p)
{
    (void)db;
    sqlite3_finalize(p->statement);
}

/* ---- running ---- */

/* `keep` is SQLITE_STATIC when the bytes outlive the use of the statement, else SQLITE_TRANSIENT: SQLite copies
 * them. */
static int bind_one(Arena *mem, sqlite3_stmt *s, int i, const Val *v, sqlite3_destructor_type keep)
{
    Str text = v->text;
    switch (v->kind) {
    case VAL_NULL:  return sqlite3_bind_null(s, i);
    case VAL_INT:   return sqlite3_bind_int64(s, i, v->number);
    case VAL_REAL:  return sqlite3_bind_double(s, i, v->real);
    case VAL_BLOB:  return sqlite3_bind_blob64(s, i, text.s, (sqlite3_uint64)text.n, keep);
    case VAL_IDS:
    case VAL_TEXTS: text = list_text(mem, DB_SQLITE, v); break;
    case VAL_TEXT:  break;
    }
    return sqlite3_bind_text64(s, i, text.s, (sqlite3_uint64)text.n, keep, SQLITE_UTF8);
}

/* Too few values would read as NULL: a mistake that must not pass. */
static Err bind_all(Db *db, Arena *mem, sqlite3_stmt *s, const Val *vals, int n, sqlite3_destructor_type keep)
{
    if (sqlite3_bind_parameter_count(s) != n) {
        db->fault = (DbFault){ 0 };
        return db_blame(db, FAULT_BROKEN, "the number of values is not that of the statement's parameters");
    }
    for (int i = 0; i < n; i++)
        if (bind_one(mem, s, i + 1, &vals[i], keep) != SQLITE_OK) return sqlite_blame(db);
    return OK;
}

/* A reset gives the statement's error again; it is told once. */
static Err run_bound(Db *db, sqlite3_stmt *s, int64_t *changed)
{
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) continue;
    Err err = code == SQLITE_DONE ? OK : sqlite_blame(db);
    *changed = err || sqlite3_stmt_readonly(s) ? 0 : sqlite3_changes64(db->at);
    sqlite3_reset(s);
    return err;
}

static Err sqlite_run(Db *db, Prepared *p, const Val *vals, int n, int64_t *changed)
{
    Arena scratch = db->scratch;
    TRY(bind_all(db, &scratch, p->statement, vals, n, SQLITE_STATIC));
    Err err = run_bound(db, p->statement, changed);
    sqlite3_clear_bindings(p->statement);
    return err;
}

static Err sqlite_many(Db *db, Prepared *p, const Val *vals, int per_row, ptrdiff_t rows, int64_t *changed)
{
    for (ptrdiff_t i = 0; i < rows; i++) {
        int64_t of_row;
        TRY(sqlite_run(db, p, vals + i * per_row, per_row, &of_row));
        *changed += of_row;
    }
    return OK;
}

/* Values may be gone before the rows are read, so SQLite copies them. */
static Err sqlite_query(Db *db, Prepared *p, const Val *vals, int n, Rows *rows)
{
    Arena scratch = db->scratch;
    TRY(bind_all(db, &scratch, p->statement, vals, n, SQLITE_TRANSIENT));
    rows->columns = sqlite3_column_count(p->statement);
    return OK;
}

static bool sqlite_next(Rows *rows)
{
    Db  *db   = rows->db;
    int  code = sqlite3_step(((Open *)rows->open)->prepared->statement);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) rows->err = sqlite_blame(db);
    return false;
}

static void sqlite_end(Db *db, Open *open)
{
    (void)db;
    sqlite3_reset(open->prepared->statement);
    sqlite3_clear_bindings(open->prepared->statement);
}

/* ---- reading ---- */

static sqlite3_stmt *statement_of(const Rows *rows)
{
    return ((Open *)rows->open)->prepared->statement;
}

static ValKind sqlite_kind(const Rows *rows, int column)
{
    static const ValKind kinds[] = {
        [SQLITE_INTEGER] = VAL_INT, [SQLITE_FLOAT] = VAL_REAL, [SQLITE_TEXT] = VAL_TEXT,
        [SQLITE_BLOB] = VAL_BLOB,   [SQLITE_NULL] = VAL_NULL,
    };
    return kinds[sqlite3_column_type(statement_of(rows), column)];
}

static int64_t sqlite_number(const Rows *rows, int column)
{
    return sqlite3_column_int64(statement_of(rows), column);
}

static double sqlite_real(const Rows *rows, int column)
{
    return sqlite3_column_double(statement_of(rows), column);
}

static Str sqlite_bytes(const Rows *rows, int column)
{
    const char *s = sqlite3_column_blob(statement_of(rows), column); /* an empty one gives null */
    return (Str){ s ? s : "", sqlite3_column_bytes(statement_of(rows), column) };
}

static Wide sqlite_wide(const Rows *rows, int column)
{
    return sqlite_kind(rows, column) == VAL_TEXT ? sqlite_sum_read(sqlite_bytes(rows, column))
                                                 : sqlite_number(rows, column);
}

static const char *sqlite_name(const Rows *rows, int column)
{
    return sqlite3_column_name(statement_of(rows), column);
}

/* ---- the rest ---- */

static bool sqlite_lost(Db *db)
{
    return db->in_transaction && sqlite3_get_autocommit(db->at);
}

static Err sqlite_fit(Db *db)
{
    (void)db;
    return OK;
}

/* In one step: nobody's writing between two makes it begin anew.  The file is nobody's yet: whoever gives it its name
 * syncs it. */
static Err sqlite_copy(Db *db, const char *path)
{
    sqlite3        *to   = NULL;
    sqlite3_backup *copy = NULL;
    int             code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(to, "pragma journal_mode = off; pragma synchronous = off", NULL, NULL, NULL);
    if (code == SQLITE_OK && !(copy = sqlite3_backup_init(to, "main", db->at, "main"))) code = sqlite3_errcode(to);
    if (copy) code = sqlite3_backup_step(copy, -1);
    if (copy && sqlite3_backup_finish(copy) == SQLITE_OK && code == SQLITE_DONE) code = SQLITE_OK;
    int closed = sqlite3_close(to);
    if (code == SQLITE_OK && closed == SQLITE_OK) return OK;
    snprintf(db->words, sizeof db->words, "%s", sqlite3_errstr(code ? code : closed));
    return BROKEN;
}

static void sqlite_stop(Db *db)
{
    sqlite3_interrupt(db->at);
}

static void sqlite_close(Db *db)
{
    sqlite3_close(db->at);
}

static const Engine sqlite_engine = {
    .prepare = sqlite_prepare,
    .forget = sqlite_forget,
    .run = sqlite_run,
    .many = sqlite_many,
    .query = sqlite_query,
    .next = sqlite_next,
    .end = sqlite_end,
    .script = sqlite_script,
    .fit = sqlite_fit,
    .copy = sqlite_copy,
    .stop = sqlite_stop,
    .lost = sqlite_lost,
    .close = sqlite_close,
    .kind = sqlite_kind,
    .number = sqlite_number,
    .wide = sqlite_wide,
    .real = sqlite_real,
    .bytes = sqlite_bytes,
    .name = sqlite_name,
    .begin = { [DB_READ] = "begin", [DB_WRITE] = "begin immediate", [DB_CREATE] = "begin immediate" },
};

/* How often a long statement looks at the stop flag: 20,000 instructions of the virtual machine are about a
 * millisecond. */
enum { STEPS_BETWEEN_LOOKS = 20000 };

Err sqlite_open(Db *db, Str address)
{
    pthread_once(&configured, configure);
    Arena    scratch = db->scratch;
    sqlite3 *at      = NULL;
    int      flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (db->mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
    int      code    = sqlite3_open_v2(str_c(&scratch, address), &at, flags, NULL);
    db->at           = at;
    db->engine       = &sqlite_engine;
    if (code != SQLITE_OK) return sqlite_blame(db);
    sqlite3_progress_handler(at, STEPS_BETWEEN_LOOKS, stop_asked, &db->stopped);
    return sqlite_setup(db);
}
