/* Reading records: by their ids, for the program or for an actor. */
#include "entity/record.h"

#include "access/viewing.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "entity/rows.h"

static Str fetch_sql(Arena *mem, const Entity *e, Fields fields)
{
    Buf sql = buf_new(mem, 600);
    buf_c(&sql, "select ");
    columns_write(&sql, "t", fields);
    buf_fmt(&sql, " from %s t where t.id in {ids $1}", entity_table(e));
    return buf_str(&sql);
}

Err record_fetch(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, bool children, void *out, bool *found)
{
    Arena  scratch = w->scratch;
    Fields fields  = entity_fields(w, e);
    Ids    place   = ids_new(&scratch, n);
    Rows   rows;
    for (ptrdiff_t i = 0; i < n; i++) {
        ids_put(&place, ids[i], i);
        record_empty(w, e, (char *)out + i * e->size);
        found[i] = false;
    }
    TRY(db_query(w->db, fetch_sql(&scratch, e, fields), VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) {
        ptrdiff_t i = ids_at(&place, row_int(&rows, 0));
        record_row(w, w->mem, e, fields, &rows, 0, (char *)out + i * e->size);
        found[i] = true;
    }
    TRY(rows_end(&rows));
    return children ? children_read(w, e, ids, n, out) : OK;
}

Err record_load(Work *w, const Entity *e, int64_t id, void *out)
{
    bool found;
    TRY(access_need(w, e->name, "view"));
    if (!reach_all(w, e, "view")) TRY(reach_need(w, e, "view", id));
    TRY(record_fetch(w, e, &id, 1, true, out, &found));
    if (!found) return fail(w, NOT_FOUND, NULL, "record.not_found");
    Fields fields = entity_fields(w, e);
    hidden_empty(w, e, fields, "view", out);
    TRY(viewing_card(w, e->name, id));
    return titles_read(w, e, fields, out, 1);
}

Str record_title(Work *w, const Entity *e, const void *record)
{
    const Field *f = e->title ? field_of(e, e->title) : NULL;
    Value        v = f ? value_get(f, record) : value_none();
    if (v.empty) return str_fmt(w->mem, "#%lld", (long long)((const Record *)record)->id);
    Buf text = buf_new(w->mem, 64);
    value_write(&text, f, v);
    return buf_str(&text);
}
