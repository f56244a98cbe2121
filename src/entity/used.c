/* What else points at records, by every reference and link there is, the firm's own among them. */
#include "entity/used.h"

#include "entity/columns.h"
#include "entity/ids.h"

typedef struct {
    Work         *w;
    const Entity *e;
} Asked;

/* Marks those ids that rows of `table` point at by `column`; rows that are themselves about to go do not count. */
static Err mark_column(const Asked *a, const char *table, const char *column, const Ids *place, const int64_t *ids,
                       ptrdiff_t n, const int64_t *going, ptrdiff_t goes, bool *used)
{
    Buf  sql = buf_new(a->w->mem, 200);
    Rows rows;
    buf_fmt(&sql, "select distinct t.%s from %s t where t.%s in {ids $1}%s", column, table, column,
            going ? " and t.id not in {ids $2}" : "");
    TRY(db_query(a->w->db, buf_str(&sql), (Val[]){ val_ids(ids, n), val_ids(going, goes) }, going ? 2 : 1, &rows));
    while (rows_next(&rows)) used[ids_at(place, row_int(&rows, 0))] = true;
    return rows_end(&rows);
}

static Err mark_used_by(const Asked *a, const Entity *by, const Ids *place, const int64_t *ids, ptrdiff_t n,
                        const int64_t *going, ptrdiff_t goes, bool *used)
{
    Fields fields = entity_fields(a->w, by);
    for (int f = 0; f < fields.n; f++) {
        if (!field_may_point(fields.at[f], a->e)) continue;
        const char *column = column_found(a->w->mem, fields.at[f]);
        TRY(mark_column(a, entity_table(by), column, place, ids, n, by == a->e ? going : NULL, goes, used));
    }
    return OK;
}

/* What is kept of a record beside the entities: a person's password, by which he signs in. */
static Err mark_held(const Asked *a, const Ids *place, const int64_t *ids, ptrdiff_t n, bool *used)
{
    for (const HeldBy *held = a->e->held; held && held->table; held++)
        TRY(mark_column(a, held->table, held->column, place, ids, n, NULL, 0, used));
    return OK;
}

/* What points at these records?  Those of them that stay may point at others, so it is asked again until nothing
 * changes. */
Err records_used(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const bool *stays, bool *used)
{
    const Asked a   = { w, e };
    int64_t  *going = NEW_RAW(w->mem, int64_t, n + 1);
    Ids       place = ids_new(w->mem, n);
    ptrdiff_t goes = -1, before;
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&place, ids[i], i);
    TRY(mark_held(&a, &place, ids, n, used));
    do {
        before = goes;
        goes   = 0;
        for (ptrdiff_t i = 0; i < n; i++)
            if (!stays[i] && !used[i]) going[goes++] = ids[i];
        if (goes == before) return OK;
        for (ptrdiff_t i = 0; entity_at(i); i++) TRY(mark_used_by(&a, entity_at(i), &place, ids, n, going, goes, used));
    } while (goes);
    return OK;
}
