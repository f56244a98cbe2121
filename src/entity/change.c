/* Reading changes: in order for followers, newest first for a record's history. */
#include "entity/change.h"

#include "access/access.h"
#include "entity/record.h"
#include "entity/reach.h"
#include "entity/rows.h"

#include <string.h>

#define HEAD    "c.tx, c.id, c.at, c.actor, c.work, c.entity, c.record, c.version, c.verb"
#define COLUMNS HEAD ", c.diff"
#define AFTER   " from change c\n" CHANGE_BEHIND

static int64_t or_zero(int64_t n) { return n == NONE ? 0 : n; }

static Change change_row(Arena *mem, const Rows *rows)
{
    return (Change){ .mark = { row_int(rows, 0), row_int(rows, 1) },
                     .at = row_int(rows, 2),
                     .actor = or_zero(row_int(rows, 3)),
                     .work = row_int(rows, 4),
                     .entity = str_copy(mem, row_text(rows, 5)),
                     .record = row_int(rows, 6),
                     .version = row_int(rows, 7),
                     .verb = str_copy(mem, row_text(rows, 8)),
                     .diff = str_copy(mem, row_text(rows, 9)) };
}

static Err changes_take(Arena *mem, Rows *rows, ptrdiff_t limit, Change **out, ptrdiff_t *n)
{
    ptrdiff_t bytes = CHANGE_DIFFS;
    *out            = NEW_RAW(mem, Change, limit);
    *n              = 0;
    while (*n < limit && bytes > 0 && rows_next(rows)) {
        (*out)[*n] = change_row(mem, rows);
        bytes -= (*out)[(*n)++].diff.n;
    }
    return rows_end(rows);
}

bool change_page_full(const Change *all, ptrdiff_t n, ptrdiff_t limit)
{
    ptrdiff_t bytes = 0;
    for (ptrdiff_t i = 0; i < n; i++) bytes += all[i].diff.n;
    return n == limit || bytes >= CHANGE_DIFFS;
}

/* On PostgreSQL every row of a transaction older than all that still run is visible or will never be. */
Err change_mark(Db *db, ChangeMark *out)
{
    *out = (ChangeMark){ 0 };
    if (db_engine(db) == DB_SQLITE) return db_int(db, S("select coalesce(max(id), 0) from change"), NO_VALS, &out->id);
    return db_int(db, S("select " CHANGE_LIVING), NO_VALS, &out->tx);
}

Err change_read(Db *db, Arena *mem, ChangeMark *mark, ptrdiff_t limit, bool diffs, Change **out, ptrdiff_t *n)
{
    Rows rows;
    Str  sql = diffs ? S(CHANGE_PAGE_OPEN("tx, id") "select " COLUMNS AFTER CHANGE_PAGE_CLOSE("tx, id"))
                     : S("select " HEAD ", null" AFTER);
    TRY(db_query(db, sql, VALS(val_int(mark->tx), val_int(mark->id), val_int(limit)), &rows));
    TRY(changes_take(mem, &rows, limit, out, n));
    if (*n) *mark = (*out)[*n - 1].mark;
    return OK;
}

Err change_history(Work *w, const Entity *e, int64_t record, ChangeBelow before, ptrdiff_t limit, Change **out,
                   ptrdiff_t *n)
{
    Rows rows;
    TRY(access_need(w, e->name, "view"));
    TRY(reach_need(w, e, "view", record));
    TRY(db_query(
        w->db,
        S(CHANGE_PAGE_OPEN(
            "version desc, id desc") "select " COLUMNS " from change c"
                                     " where c.record = $1 and c.entity = $2 and c.version <= $3"
                                     " and (c.version < $3 or c.id < $4) order by c.version desc, c.id desc limit"
                                     " $5" CHANGE_PAGE_CLOSE(
                                         "version desc, id desc")),
        VALS(val_int(record), val_text(str_of(e->name)), val_int(before.version ? before.version : INT64_MAX),
             val_int(before.id), val_int(limit)),
        &rows));
    return changes_take(w->mem, &rows, limit, out, n);
}

Err change_all(Work *w, const Entity *e, int64_t before, ptrdiff_t limit, Change **out, ptrdiff_t *n)
{
    Binds binds = { 0 };
    Buf   sql   = buf_new(w->mem, 600);
    Rows  rows;
    TRY(access_need(w, e->name, "view"));
    buf_fmt(&sql, CHANGE_PAGE_OPEN("id desc") "select " COLUMNS " from change c where c.entity = $%d",
            bind_val(w->mem, &binds, val_text(str_of(e->name))));
    buf_fmt(&sql, " and c.id < $%d", bind_val(w->mem, &binds, val_int(before ? before : INT64_MAX)));
    buf_fmt(&sql, " and c.record in (select t.id from %s t where ", entity_table(e));
    reach_write(w, w->mem, e, "view", "t", &sql, &binds);
    buf_fmt(&sql, ") order by c.id desc limit $%d" CHANGE_PAGE_CLOSE("id desc"),
            bind_val(w->mem, &binds, val_int(limit)));
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    return changes_take(w->mem, &rows, limit, out, n);
}
