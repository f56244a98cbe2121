/* Ids come from the base in blocks, so that one number costs nothing.
 *
 * On PostgreSQL a connection of its own takes the blocks: the series' row is locked for the blink of one statement and
 * no writing transaction ever touches it.  On SQLite the writer takes its blocks inside its own transaction, since
 * nobody else could write meanwhile; when that is undone, the block is forgotten with it, or its numbers would be given
 * twice after a restart.  Other lanes ask the writer. */
#include "work/inside.h"

#include "work/ids_sql.h"

enum { BLOCK = 1024 };

static const int64_t ids_end = INT64_C(1) << 53; /* the largest whole number every JavaScript number holds */

static Err block_from(Db *db, int64_t n, IdBlock *block)
{
    int64_t size = n > BLOCK ? n : BLOCK, next;
    TRY(db_int(db, SQL_IDS_BUMP, VALS(val_int(size)), &next));
    *block = (IdBlock){ next - size, next };
    return next <= ids_end ? OK : BROKEN;
}

static Err from_block(IdBlock *block, int64_t n, int64_t *first)
{
    if (block->end - block->next < n) return NOT_FOUND;
    *first       = block->next;
    block->next += n;
    return OK;
}

/* ---- SQLite ---- */

static Err ids_in_writer(Work *w, int64_t n, int64_t *first)
{
    IdBlock *block = &w->lanes->ids_writer;
    if (from_block(block, n, first) == OK) return OK;
    TRY(block_from(w->db, n, block));
    w->lanes->ids_fresh = true;
    return from_block(block, n, first);
}

void ids_undone(Lanes *lanes)
{
    if (lanes->ids_fresh) ids_forget(lanes);
}

void ids_forget(Lanes *lanes)
{
    lanes->ids_writer = (IdBlock){ 0 };
    lanes->ids_fresh  = false;
}

typedef struct {
    int64_t n;
    IdBlock block;
} Bump;

static Err bump(Work *w, void *to)
{
    Bump *b = to;
    return block_from(w->db, b->n, &b->block);
}

/* ---- all ---- */

Err ids_open(Lanes *lanes, DbFault *why)
{
    pthread_mutex_init(&lanes->ids_mutex, NULL);
    return lanes->engine == DB_POSTGRES ? db_open(lanes->options.address, DB_WRITE, &lanes->ids_db, why) : OK;
}

static Err shared_block(Work *w, int64_t n, IdBlock *block)
{
    if (w->lanes->engine == DB_POSTGRES) {
        TRY(db_heal(w->lanes->ids_db));
        return block_from(w->lanes->ids_db, n, block);
    }
    Bump b = { .n = n };
    TRY(work_write(w, bump, &b));
    *block = b.block;
    return OK;
}

Err ids_take(Work *w, int64_t n, int64_t *first)
{
    Lanes *lanes = w->lanes;
    if (n < 1 || n > ids_end) return fail(w, BROKEN, NULL, "work.ids");
    if (w->writes && lanes->engine == DB_SQLITE) return ids_in_writer(w, n, first);
    pthread_mutex_lock(&lanes->ids_mutex);
    Err err = from_block(&lanes->ids, n, first);
    if (err) {
        err = shared_block(w, n, &lanes->ids);
        if (!err) err = from_block(&lanes->ids, n, first);
    }
    pthread_mutex_unlock(&lanes->ids_mutex);
    return err;
}
