/* The epoch before the numbers of transactions. */
#include "entity/change.h"

/* PostgreSQL numbers transactions in 64 bits and uses a handful of millions a year: 48 bits are left to it, 15 to the
 * epochs. */
#define EPOCH (INT64_C(1) << 48)

/* The largest number a row or a block has; and what every number still to come is not below. */
static Err numbers(Db *db, int64_t *stored, int64_t *living)
{
    int64_t sealed;
    TRY(db_int(db, S("select coalesce(max(c.tx), -1) from change c"), NO_VALS, stored));
    TRY(db_int(
        db,
        S("select coalesce(max(b.tx), -1) from journal_block b where b.id = (select max(l.id) from journal_block l)"),
        NO_VALS, &sealed));
    if (sealed > *stored) *stored = sealed;
    return db_int(
        db,
        S("-- sqlite\nselect 0\n-- postgres\nselect change_epoch() +"
          " pg_snapshot_xmax(pg_current_snapshot())::text::bigint"),
        NO_VALS, living);
}

static Err raise_above(Db *db, int64_t stored)
{
    Arena mem = arena_new(1 << 16);
    Str   ddl = str_fmt(
          &mem,
          "create or replace function change_epoch() returns bigint language sql immutable parallel safe as 'select"
          " cast(%lld as bigint)'",
          (long long)((stored / EPOCH + 1) * EPOCH));
    Err   err = db_ddl(db, ddl);
    arena_drop(&mem);
    return err;
}

static Err is_due(Db *db, bool restored, int64_t *stored, bool *due)
{
    int64_t living;
    TRY(numbers(db, stored, &living));
    *due = *stored >= living || (restored && *stored >= 0);
    return OK;
}

/* Two servers that start at once look one after the other. */
static Err settle(Db *db, bool restored, bool *raised)
{
    int64_t stored;
    TRY(db_run(db, S("-- sqlite\nselect 0\n-- postgres\nselect pg_advisory_xact_lock(7295013546012745473)"), NO_VALS,
               NULL));
    TRY(is_due(db, restored, &stored, raised));
    return *raised ? raise_above(db, stored) : OK;
}

/* Looks without a transaction first: one that reads what all writers write would make them run again. */
Err change_epoch_settle(Db *db, bool restored, bool *raised)
{
    int64_t stored;
    bool    due;
    *raised = false;
    if (db_engine(db) == DB_SQLITE) return OK;
    TRY(is_due(db, restored, &stored, &due));
    if (!due) return OK;
    TRY(db_begin(db, DB_WRITE));
    Err err = settle(db, restored, raised);
    if (!err) return db_commit(db);
    db_rollback(db);
    return err;
}
