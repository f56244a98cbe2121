/* What both engines have in common: faults, connections, rows, transactions. */
#include "store/engine.h"
#include "store/ddl.h"

#include "core/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- faults ---- */

static bool has_nul(Str s)
{
    return s.n && memchr(s.s, 0, (size_t)s.n);
}

static bool val_has_nul(const Val *v)
{
    if (v->kind == VAL_TEXT) return has_nul(v->text);
    for (ptrdiff_t i = 0; v->kind == VAL_TEXTS && i < v->count; i++)
        if (has_nul(v->texts[i])) return true;
    return false;
}

static const struct {
    Err         err;
    const char *key;
} faults[] = {
    [FAULT_NONE]      = { OK, NULL },
    [FAULT_UNIQUE]    = { CONFLICT, "store.taken" },
    [FAULT_REFERENCE] = { CONFLICT, "store.reference" },
    [FAULT_EMPTY]     = { CONFLICT, "store.empty" },
    [FAULT_CHECK]     = { CONFLICT, "store.check" },
    [FAULT_TEXT]      = { INVALID, "store.nul" },
    [FAULT_BUSY]      = { BUSY, "store.busy" },
    [FAULT_STOPPED]   = { CONFLICT, "store.stopped" },
    [FAULT_FULL]      = { BROKEN, "store.disk_full" },
    [FAULT_LOST]      = { BUSY, "store.lost" },
    [FAULT_UNSURE]    = { BROKEN, "store.unsure" },
    [FAULT_BROKEN]    = { BROKEN, "store.broken" },
};

const char *db_fault_key(DbFaultKind kind)
{
    return faults[kind].key;
}

const DbFault *db_fault(const Db *db)
{
    return &db->fault;
}

const char *db_engine_words(const Db *db)
{
    return db->words;
}

Err db_blame(Db *db, DbFaultKind kind, const char *words)
{
    if (kind == FAULT_BROKEN && atomic_load(&db->stopped)) kind = FAULT_STOPPED;
    db->fault.kind = kind;
    db->fault.err  = faults[kind].err;
    db->fault.key  = faults[kind].key;
    if (words) strncpy(db->words, words, sizeof db->words - 1);
    if (db->in_transaction) db->spoiled = true;
    if (kind >= FAULT_FULL) log_line("store", "%s", db->words);
    return db->fault.err;
}

Err db_may(Db *db, const Val *vals, ptrdiff_t n)
{
    if (atomic_load(&db->stopped)) {
        db->fault = (DbFault){ 0 };
        return db_blame(db, FAULT_STOPPED, "stopped");
    }
    if (db->spoiled) return db->fault.err;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (!val_has_nul(&vals[i])) continue;
        db->fault = (DbFault){ 0 };
        return db_blame(db, FAULT_TEXT, "a NUL byte in a text");
    }
    db->fault.kind = FAULT_NONE;
    return OK;
}

/* ---- connections ---- */

DbEngine db_engine_of(Str address)
{
    return str_starts(address, S("postgresql://")) || str_starts(address, S("postgres://")) ? DB_POSTGRES : DB_SQLITE;
}

Err db_open(Str address, DbMode mode, Db **out, DbFault *why)
{
    Db *db      = heap_take(sizeof *db);
    db->mode    = mode;
    db->which   = db_engine_of(address);
    db->scratch = arena_new((ptrdiff_t)1 << 30);
    arena_lasts(&db->scratch);
    Err err     = db->which == DB_POSTGRES ? postgres_open(db, address) : sqlite_open(db, address);
    *why        = db->fault;
    *out        = err ? NULL : db;
    if (err) db_close(db);
    return err;
}

DbEngine db_engine(const Db *db)
{
    return db->which;
}

void db_close(Db *db)
{
    if (!db) return;
    if (db->engine) {
        db_rollback(db);
        prepared_forget_all(db);
        db->engine->close(db);
    }
    arena_drop(&db->scratch);
    free(db);
}

Err db_copy(Db *db, const char *path)
{
    return db->engine->copy ? db->engine->copy(db, path) : BROKEN;
}

void db_stop(Db *db)
{
    atomic_store(&db->stopped, true);
    db->engine->stop(db);
}

void db_go(Db *db)
{
    atomic_store(&db->stopped, false);
    if (!db->in_transaction) db->fault = (DbFault){ 0 };
}

Err db_heal(Db *db)
{
    if (!db->engine->gone || !db->engine->gone(db)) return OK;
    db_rollback(db);
    prepared_forget_all(db);
    return db->engine->again(db);
}

Err db_fit(Db *db)
{
    return db->engine->fit(db);
}

Err db_risks(Db *db, Arena *mem, Str *settings)
{
    Rows rows;
    *settings = S("");
    if (db->which == DB_SQLITE) return OK;
    TRY(db_query(db, S("select string_agg(name, ', ' order by name) from pg_settings"
                       " where name in ('fsync', 'full_page_writes') and setting = 'off'"), NO_VALS, &rows));
    if (rows_next(&rows) && !row_null(&rows, 0)) *settings = str_copy(mem, row_text(&rows, 0));
    return rows_end(&rows);
}

/* ---- statements ---- */

Err db_run(Db *db, Str sql, const Val *vals, int n, int64_t *changed)
{
    Prepared *p;
    bool      kept_out;
    int64_t   ignored;
    TRY(db_may(db, vals, n));
    TRY(prepared_find(db, sql, &p, &kept_out));
    Err err = db->engine->run(db, p, vals, n, changed ? changed : &ignored);
    if (kept_out) prepared_forget(db, p);
    return err;
}

Err db_many(Db *db, Str sql, const Val *vals, int per_row, ptrdiff_t rows, int64_t *changed)
{
    Prepared *p;
    bool      kept_out;
    int64_t   ignored;
    if (!changed) changed = &ignored;
    *changed = 0;
    if (!rows) return OK;
    TRY(db_may(db, vals, per_row * rows));
    TRY(prepared_find(db, sql, &p, &kept_out));
    Err err = db->engine->many(db, p, vals, per_row, rows, changed);
    if (kept_out) prepared_forget(db, p);
    return err;
}

Err db_int(Db *db, Str sql, const Val *vals, int n, int64_t *out)
{
    Rows rows;
    TRY(db_query(db, sql, vals, n, &rows));
    bool found = rows_next(&rows);
    if (found) *out = row_int(&rows, 0);
    TRY(rows_end(&rows));
    return found ? OK : NOT_FOUND;
}

Open *db_open_rows(Db *db, Prepared *p, Rows *rows)
{
    Open *open = heap_take(sizeof *open);
    *open      = (Open){ .next = db->open, .prepared = p };
    db->open   = open;
    if (p) p->busy = true;
    *rows = (Rows){ .db = db, .open = open, .row = -1 };
    return open;
}

Err db_query(Db *db, Str sql, const Val *vals, int n, Rows *rows)
{
    Prepared *p;
    bool      kept_out;
    *rows = (Rows){ .db = db };
    TRY(rows->err = db_may(db, vals, n));
    TRY(rows->err = prepared_find(db, sql, &p, &kept_out));
    Open *open     = db_open_rows(db, p, rows);
    open->kept_out = kept_out;
    rows->err      = db->engine->query(db, p, vals, n, rows);
    if (rows->err) rows_end(rows);
    return rows->err;
}

Err db_stream(Db *db, Str sql, const Val *vals, int n, Rows *rows)
{
    if (!db->engine->stream) return db_query(db, sql, vals, n, rows);
    *rows = (Rows){ .db = db };
    TRY(rows->err = db_may(db, vals, n));
    rows->err = db->engine->stream(db, sql, vals, n, rows);
    if (rows->err) rows_end(rows);
    return rows->err;
}

static void close_open(Db *db, Open *open)
{
    db->engine->end(db, open);
    if (open->prepared) {
        open->prepared->busy = false;
        if (open->kept_out) prepared_forget(db, open->prepared);
    }
    free(open);
}

bool rows_next(Rows *rows)
{
    if (!rows->open) return false;
    if (rows->db->engine->next(rows)) return true;
    rows_end(rows);
    return false;
}

Err rows_end(Rows *rows)
{
    Db *db = rows->db;
    for (Open **o = rows->open ? &db->open : NULL; o && *o; o = &(*o)->next) {
        if (*o != rows->open) continue;
        Open *gone = *o;
        *o         = gone->next;
        close_open(db, gone);
        break;
    }
    rows->open = NULL;
    return rows->err;
}

void db_settle(Db *db)
{
    while (db->open) {
        Open *gone = db->open;
        db->open   = gone->next;
        close_open(db, gone);
    }
    if (++db->settled % 64) return;
    db->scratch.beg = db->scratch.end; /* what calls touched beyond 256 KiB goes back to the system */
    arena_reset(&db->scratch, 1 << 18);
}

bool        row_null(const Rows *r, int c) { return r->db->engine->kind(r, c) == VAL_NULL; }
ValKind     row_kind(const Rows *r, int c) { return r->db->engine->kind(r, c); }
int64_t     row_int(const Rows *r, int c)  { return row_null(r, c) ? NONE : r->db->engine->number(r, c); }
Wide        row_wide(const Rows *r, int c) { return row_null(r, c) ? 0 : r->db->engine->wide(r, c); }
Day         row_day(const Rows *r, int c)  { return row_null(r, c) ? DAY_NONE : (Day)r->db->engine->number(r, c); }
double      row_real(const Rows *r, int c) { return row_null(r, c) ? 0 : r->db->engine->real(r, c); }
Str         row_text(const Rows *r, int c) { return row_null(r, c) ? (Str){ 0 } : r->db->engine->bytes(r, c); }
Str         row_blob(const Rows *r, int c) { return row_text(r, c); }
const char *row_name(const Rows *r, int c) { return r->db->engine->name(r, c); }

/* ---- transactions ---- */

bool db_in_transaction(const Db *db)
{
    return db->in_transaction;
}

static Err savepoint_script(Db *db, const char *verb, int depth)
{
    char sql[64];
    snprintf(sql, sizeof sql, "%s s%d", verb, depth);
    return db->engine->script(db, sql);
}

Err db_begin(Db *db, DbMode mode)
{
    TRY(db_may(db, NULL, 0));
    TRY(db->engine->script(db, db->engine->begin[mode]));
    db->in_transaction = true;
    db->spoiled        = false;
    db->depth          = 0;
    return OK;
}

void db_rollback(Db *db)
{
    db_settle(db);
    if (!db->in_transaction) return;
    bool    lost       = db->engine->lost(db);
    bool    stopped    = atomic_exchange(&db->stopped, false); /* a stopped connection must still be able to let go */
    DbFault fault      = db->fault;
    db->in_transaction = db->spoiled = false;
    db->depth          = 0;
    if (!lost) db->engine->script(db, "rollback");
    db->fault = fault;
    if (stopped) atomic_store(&db->stopped, true);
}

Err db_commit(Db *db)
{
    db_settle(db);
    Err err = db->spoiled || db->engine->lost(db) ? db->fault.err : db_may(db, NULL, 0);
    if (!err && !(err = db->engine->script(db, "commit"))) {
        db->in_transaction = false;
        return OK;
    }
    if (db->fault.kind == FAULT_LOST) err = db_blame(db, FAULT_UNSURE, NULL); /* not to be run again */
    db_rollback(db);
    return err ? err : BROKEN;
}

Err db_savepoint(Db *db)
{
    TRY(db_may(db, NULL, 0));
    TRY(savepoint_script(db, "savepoint", db->depth + 1));
    db->depth++;
    return OK;
}

Err db_savepoint_keep(Db *db)
{
    TRY(db_may(db, NULL, 0));
    TRY(savepoint_script(db, "release savepoint", db->depth));
    db->depth--;
    return OK;
}

Err db_savepoint_undo(Db *db)
{
    db_settle(db);
    if (db->engine->lost(db)) return db->fault.err ? db->fault.err : BROKEN;
    bool    stopped = atomic_exchange(&db->stopped, false);
    DbFault fault   = db->fault;
    db->spoiled     = false;
    Err err = savepoint_script(db, "rollback to savepoint", db->depth);
    if (!err) err = savepoint_script(db, "release savepoint", db->depth);
    if (!err) db->fault = fault;
    db->depth--;
    if (stopped) atomic_store(&db->stopped, true);
    return err;
}

/* ---- the shape of the base ---- */

Err db_ddl(Db *db, Str script)
{
    TRY(db_may(db, NULL, 0));
    Arena scratch = db->scratch;
    return db->engine->script(db, str_c(&scratch, ddl_translate(&scratch, db->which, script)));
}

Err db_grown(Db *db, const char *tables)
{
    if (db->which == DB_SQLITE) return OK;
    TRY(db_may(db, NULL, 0));
    Arena scratch = db->scratch;
    return db->engine->script(db, str_c(&scratch, str_fmt(&scratch, "vacuum (analyze, skip_locked) %s", tables)));
}
