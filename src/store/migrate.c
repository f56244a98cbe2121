/* The shape of the base, from one version to the next. */
#include "store/migrate.h"

#include "store/engine.h"
#include "store/migrate_sql.h"

#include <stdio.h>
#include <string.h>

static Err refuse(Db *db, const char *key, const Migration *m, DbFault *why)
{
    *why = (DbFault){ .kind = FAULT_BROKEN, .err = INVALID, .key = key };
    if (m) snprintf(why->name, sizeof why->name, "%04d_%s", m->number, m->name);
    db->fault = *why;
    return INVALID;
}

static int last_number(const Migration *list)
{
    int n = 0;
    while (list[n].number) n++;
    return n;
}

/* How many of the list the base has; INVALID when what it has is not the list's beginning. */
static Err done_already(Db *db, const Migration *list, int *done, DbFault *why)
{
    Rows rows;
    int  last = last_number(list);
    *done     = 0;
    TRY(db_query(db, SQL_MIGRATION_ALL, NO_VALS, &rows));
    while (rows_next(&rows)) {
        int64_t number = row_int(&rows, 0);
        if (number > last) return refuse(db, "store.newer_base", NULL, why);
        if (!str_eq(row_text(&rows, 1), str_of(list[number - 1].checksum)))
            return refuse(db, "store.migration_changed", &list[number - 1], why);
        *done = (int)number;
    }
    return rows_end(&rows);
}

static Err apply_in_transaction(Db *db, const Migration *m, Moment now)
{
    TRY(db_ddl(db, m->text));
    return db_run(db, SQL_MIGRATION_NOTE,
                  VALS(val_int(m->number), val_text(str_of(m->name)), val_text(str_of(m->checksum)), val_int(now)),
                  NULL);
}

/* Looks again inside the transaction: on SQLite another process may have been first. */
static Err apply(Db *db, const Migration *list, const Migration *m, Moment now, int *applied, DbFault *why)
{
    int done;
    TRY(db_begin(db, DB_WRITE));
    Err err = done_already(db, list, &done, why);
    bool mine = !err && done < m->number;
    if (mine) err = apply_in_transaction(db, m, now);
    if (err) db_rollback(db);
    else err = db_commit(db);
    if (mine && !err) ++*applied;
    return err;
}

static Err migrate_locked(Db *db, const Migration *list, Moment now, int *applied, DbFault *why)
{
    int done;
    TRY(db_ddl(db, SQL_MIGRATION_TABLE));
    TRY(done_already(db, list, &done, why));
    for (const Migration *m = list + done; m->number; m++) TRY(apply(db, list, m, now, applied, why));
    return OK;
}

Err migrate(Db *db, const Migration *list, Moment now, int *applied, DbFault *why)
{
    int ignored;
    applied  = applied ? applied : &ignored;
    *applied = 0;
    bool shared = db_engine(db) == DB_POSTGRES;
    *why        = (DbFault){ 0 };
    Err err     = shared ? db_run(db, SQL_MIGRATION_LOCK, NO_VALS, NULL) : OK;
    if (!err) err = migrate_locked(db, list, now, applied, why);
    if (err && !why->key) *why = *db_fault(db);
    db_settle(db);
    if (shared) db->engine->script(db, "select pg_advisory_unlock(7295013546012745472)");
    return err;
}

Err migrate_check(Db *db, const Migration *list, DbFault *why)
{
    int done;
    int64_t known = 0;
    *why    = (DbFault){ 0 };
    Err err = db_int(db, SQL_MIGRATION_KNOWN, NO_VALS, &known);
    if (!err && !known) return NOT_FOUND;
    if (!err) err = done_already(db, list, &done, why);
    db_settle(db);
    if (err && !why->key) *why = *db_fault(db);
    if (err) return err;
    return done < last_number(list) ? NOT_FOUND : OK;
}
