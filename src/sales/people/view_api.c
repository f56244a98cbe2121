/* The views that a list is offered: one's own and those that colleagues share, each in the reader's rights. */
#include "access/access.h"
#include "sales/people/view.h"
#include "sales/people/view_read.h"
#include "sales/people/view_sql.h"

typedef struct {
    int64_t id, version, unit, role, owner;
    int     shared, shape;
    Str     name, filter, search, columns, sort, shape_by, by;
    bool    gone;
} Offered;

static Str text_at(Work *w, const Rows *rows, int column)
{
    return row_null(rows, column) ? (Str){ 0 } : str_copy(w->mem, row_text(rows, column));
}

static int64_t id_at(const Rows *rows, int column) { return row_null(rows, column) ? 0 : row_int(rows, column); }

static Err offered_read(Work *w, const Entity *e, Offered *at, ptrdiff_t *n)
{
    Rows rows;
    TRY(db_query(w->db, SQL_VIEWS_OFFERED,
                 VALS(val_int(w->actor), val_int(w->who->role), val_text(str_of(e->name)), val_int(VIEWS_SHOWN)),
                 &rows));
    for (*n = 0; *n < VIEWS_SHOWN && rows_next(&rows); ++*n)
        at[*n] = (Offered){ .id      = row_int(&rows, 0),
                            .version = row_int(&rows, 1),
                            .name    = text_at(w, &rows, 2),
                            .filter  = text_at(w, &rows, 3),
                            .search  = text_at(w, &rows, 4),
                            .columns = text_at(w, &rows, 5),
                            .sort    = text_at(w, &rows, 6),
                            .shape   = (int)id_at(&rows, 7),
                            .shape_by = text_at(w, &rows, 8),
                            .shared  = (int)row_int(&rows, 9),
                            .unit    = id_at(&rows, 10),
                            .role    = id_at(&rows, 11),
                            .owner   = id_at(&rows, 12),
                            .by      = text_at(w, &rows, 13),
                            .gone    = row_int(&rows, 14) == 1 };
    return rows_end(&rows);
}

static void put_text(JsonOut *to, const char *key, Str text)
{
    js_key(to, key);
    js_str(to, text);
}

static void put_id(JsonOut *to, const char *key, int64_t id)
{
    js_key(to, key);
    js_i64(to, id ? id : NONE);
}

static void put_offered(Request *r, const Offered *v, const ViewRead *seen)
{
    JsonOut *to   = &r->out;
    bool     mine = v->owner == r->w->actor;
    js_object(to);
    put_id(to, "id", v->id);
    put_id(to, "version", v->version);
    put_text(to, "name", v->name);
    js_key(to, "filter");
    if (seen->filter.n) js_raw(to, seen->filter);
    else js_null(to);
    put_text(to, "search", v->search);
    put_text(to, "columns", seen->columns);
    put_text(to, "sort", seen->sort);
    js_key(to, "shape");
    js_c(to, view_shapes[v->shape ? v->shape - 1 : 0]);
    put_text(to, "shape_by", seen->shape_by);
    js_key(to, "shared");
    js_c(to, view_shares[v->shared - 1]);
    put_id(to, "unit_id", mine ? v->unit : 0);
    put_id(to, "role_id", mine ? v->role : 0);
    js_key(to, "mine");
    js_bool(to, mine);
    put_text(to, "by", v->by);
    js_key(to, "gone");
    js_bool(to, v->gone);
    js_key(to, "left_conditions");
    js_i64(to, seen->conditions);
    js_key(to, "left_names");
    js_i64(to, seen->names);
    js_key(to, "left_records");
    js_i64(to, seen->records);
    js_end(to);
}

static Err offered(Request *r)
{
    Work         *w  = r->w;
    const Entity *e  = entity_named(asked_text(r, "entity"));
    Offered      *at = NEW_N(w->mem, Offered, VIEWS_SHOWN);
    ptrdiff_t     n;
    if (!e || e->parent) return fail(w, INVALID, "entity", "filter.no_such_entity");
    TRY(access_need(w, e->name, "view"));
    TRY(offered_read(w, e, at, &n));
    js_items(&r->out);
    for (ptrdiff_t i = 0; i < n; i++) {
        ViewRead seen;
        TRY(view_read(w, e, at[i].filter, at[i].columns, at[i].sort, at[i].shape_by, &seen));
        put_offered(r, &at[i], &seen);
    }
    js_end(&r->out);
    js_end(&r->out);
    return OK;
}

const Route view_routes[] = {
    { .method = GET,
      .path = "/api/view/offered",
      .run = offered,
      .needs = { "view", "view" },
      .takes = "entity: text",
      .gives = "items: list",
      .says = "route.view.offered" },
    { 0 },
};
