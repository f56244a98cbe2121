/* Which records a condition holds for, and who comes and goes when it is altered. */
#include "entity/filter.h"
#include "entity/ids.h"

static void in_reach_write(const FilterAsk *ask, Buf *sql, Binds *binds)
{
    if (ask->published) buf_c(sql, "(1 = 1)");
    else reach_write(ask->w, ask->mem, ask->e, ask->verb ? ask->verb : "view", "t", sql, binds);
}

Err filter_holds(const FilterAsk *ask, const Json *tree, const int64_t *ids, ptrdiff_t n, bool *out)
{
    Binds binds = { 0 };
    Ids   place = ids_new(ask->mem, n);
    Buf   sql   = buf_new(ask->mem, 800);
    Rows  rows;
    for (ptrdiff_t i = 0; i < n; i++) {
        out[i] = false;
        ids_put(&place, ids[i], i);
    }
    buf_fmt(&sql, "select t.id from %s t where t.id in {ids $%d} and ", entity_table(ask->e),
            bind_val(ask->mem, &binds, val_ids(ids, n)));
    in_reach_write(ask, &sql, &binds);
    buf_c(&sql, " and ");
    TRY(filter_write(ask, tree, "t", &sql, &binds, NULL));
    TRY(db_query(ask->w->db, buf_str(&sql), binds.at, binds.n, &rows));
    while (rows_next(&rows)) out[ids_at(&place, row_int(&rows, 0))] = true;
    for (ptrdiff_t i = 0; i < n; i++) out[i] = out[i] || (ids_at(&place, ids[i]) >= 0 && out[ids_at(&place, ids[i])]);
    return rows_end(&rows);
}

/* ---- who moves ---- */

/* The condition as a list has it: of living records, where it does not say itself which it means. */
static Err listed_write(const FilterAsk *ask, const Json *tree, Buf *sql, Binds *binds)
{
    Buf  said = buf_new(ask->mem, 800);
    bool archive;
    TRY(filter_write(ask, tree, "t", &said, binds, &archive));
    buf_fmt(sql, "(%s%.*s)", archive ? "" : "t.archived_at is null and ", (int)said.len, said.data);
    return OK;
}

/* `what` of the records in which one holds and the other does not. */
static Err difference(const FilterAsk *ask, const char *what, const Json *in, const Json *out, const char *tail,
                      Rows *rows)
{
    Binds binds = { 0 };
    Buf   sql   = buf_new(ask->mem, 1600);
    buf_fmt(&sql, "select %s from %s t where ", what, entity_table(ask->e));
    in_reach_write(ask, &sql, &binds);
    buf_c(&sql, " and ");
    TRY(listed_write(ask, in, &sql, &binds));
    buf_c(&sql, " and (");
    TRY(listed_write(ask, out, &sql, &binds));
    buf_fmt(&sql, " is not true)%s", tail);
    return db_query(ask->w->db, buf_str(&sql), binds.at, binds.n, rows);
}

static Err moved(const FilterAsk *ask, const Json *in, const Json *out, Moved *to)
{
    Rows rows;
    *to = (Moved){ .id = NEW_RAW(ask->mem, int64_t, FILTER_MOVED) };
    TRY(difference(ask, "count(*)", in, out, "", &rows));
    if (rows_next(&rows)) to->all = row_int(&rows, 0);
    TRY(rows_end(&rows));
    if (!to->all) return OK;
    _Static_assert(FILTER_MOVED == 200, "the statement says so");
    TRY(difference(ask, "t.id", in, out, " order by t.id limit 200", &rows));
    while (rows_next(&rows)) to->id[to->n++] = row_int(&rows, 0);
    return rows_end(&rows);
}

Err filter_moves(const FilterAsk *ask, const Json *was, const Json *now, Moves *out)
{
    TRY(moved(ask, now, was, &out->come));
    return moved(ask, was, now, &out->go);
}
