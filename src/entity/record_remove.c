/* Removing records for good: undo of what a work made. */
#include "entity/change_row.h"
#include "entity/record.h"
#include "entity/rows.h"
#include "entity/uses.h"

static Err versions_read(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, ChangeRow *rows, ptrdiff_t *found)
{
    Arena scratch = w->scratch;
    Buf   sql     = buf_new(&scratch, 100);
    Rows  at;
    buf_fmt(&sql, "select t.id, t.version from %s t where t.id in {ids $1}", entity_table(e));
    TRY(db_query(w->db, buf_str(&sql), VALS(val_ids(ids, n)), &at));
    for (*found = 0; rows_next(&at); (*found)++)
        rows[*found] = (ChangeRow){ .record = row_int(&at, 0), .version = row_int(&at, 1) + 1, .verb = "removed" };
    return rows_end(&at);
}

static Err rows_delete(Work *w, const char *table, const char *column, const int64_t *ids, ptrdiff_t n)
{
    Arena scratch = w->scratch;
    Buf   sql     = buf_new(&scratch, 100);
    buf_fmt(&sql, "delete from %s where %s in {ids $1}", table, column);
    return db_run(w->db, buf_str(&sql), VALS(val_ids(ids, n)), NULL);
}

static Err removed_tell(Work *w, const Entity *e, const ChangeRow *rows, ptrdiff_t n, bool bulk)
{
    int64_t *gone = NEW_RAW(w->mem, int64_t, n);
    Removed *what = NEW(w->mem, Removed);
    for (ptrdiff_t i = 0; i < n; i++) gone[i] = rows[i].record;
    *what = (Removed){ .entity = e, .ids = gone, .n = n };
    const char *name = str_c(w->mem, str_fmt(w->mem, "%s.removed", e->name));
    return work_raise(w, (Event){ .name = name, .entity = e->name, .record = gone[0], .what = what, .bulk = bulk });
}

Err record_remove_many(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const SaveHow *how)
{
    ChangeRow *rows = NEW_RAW(w->mem, ChangeRow, n);
    ptrdiff_t  found;
    if (n == 0) return OK;
    TRY(versions_read(w, e, ids, n, rows, &found));
    if (found == 0) return OK;
    for (int c = 0; c < e->child_count; c++)
        TRY(rows_delete(w, entity_table(e->children[c].entity), e->children[c].entity->parent, ids, n));
    TRY(rows_delete(w, entity_table(e), "id", ids, n));
    TRY(uses_removed(w, e, ids, n));
    TRY(change_rows(w, e, how ? how->work : 0, rows, found));
    return removed_tell(w, e, rows, found, how && how->bulk);
}
