/* A page of children: the rows, and then the records above them in one statement. */
#include "entity/child_list.h"

#include "access/viewing.h"
#include "entity/columns.h"
#include "entity/cursor.h"
#include "entity/ids.h"
#include "entity/paths.h"
#include "entity/rows.h"

#include <string.h>

typedef struct {
    Work         *w;
    Arena        *mem;
    const Entity *e, *above;
    const Ask    *ask;
    const char   *verb;
    Str           name; /* of the order, without its direction */
    bool          down, always, text;
    const char   *column; /* "up.day"; null: the id */
} ChildList;

/* ---- order ---- */

static Err order_refuse(ChildList *l)
{
    return fail(l->w, INVALID, "sort", "list.no_such_order", arg_text("name", l->name));
}

static bool is_ordered(const Field *f)
{
    return types[f->type].sums || f->type == TYPE_int || f->type == TYPE_price || f->type == TYPE_day;
}

static Err order_above(ChildList *l, Str name)
{
    const Field *f = field_named(l->w, l->above, name);
    if (!f || !f->sort || access_hides(l->w->who, l->above->name, l->verb, f->mask)) return order_refuse(l);
    l->text = f->type == TYPE_text;
    l->always = f->required && !f->own;
    l->column = str_c(l->mem, str_fmt(l->mem, "up.%s%s", f->name, l->text ? "_sort" : ""));
    return OK;
}

static Err order_read(ChildList *l)
{
    Str usual = l->above->order ? str_of(l->above->order) : S("-id"), name = l->ask->order;
    if (!name.n && str_starts(usual, S("-"))) name = str_fmt(l->mem, "-parent.%s", usual.s + 1);
    else if (!name.n) name = str_fmt(l->mem, "parent.%s", usual.s);
    l->down = str_starts(name, S("-"));
    l->name = str_from(name, l->down);
    if (str_eq(l->name, S("id"))) return OK;
    if (str_starts(l->name, S("parent."))) return order_above(l, str_from(l->name, 7));
    const Field *f = field_named(l->w, l->e, l->name);
    if (!f || !is_ordered(f) || access_hides(l->w->who, l->above->name, l->verb, f->mask)) return order_refuse(l);
    l->column = str_c(l->mem, str_fmt(l->mem, "t.%s", f->name));
    return OK;
}

static Str order_name(const ChildList *l)
{
    return str_fmt(l->mem, "%s %s%.*s%s", l->e->name, l->down ? "-" : "", (int)l->name.n, l->name.s,
                   l->ask->archived ? " archived" : "");
}

static void after_write(const ChildList *l, const Cursor *at, Buf *sql, Binds *binds)
{
    const char *sign = l->down ? "<" : ">";
    int         id = bind_val(l->mem, binds, val_int(at->id));
    if (!l->column) buf_fmt(sql, " and t.id %s $%d", sign, id);
    else if (at->empty) buf_fmt(sql, " and %s is null and t.id %s $%d", l->column, sign, id);
    else {
        Val value = l->text ? val_text((Str){ at->text.s ? at->text.s : "", at->text.n }) : val_int(at->number);
        buf_fmt(sql, " and ((%s, t.id) %s ($%d, $%d)", l->column, sign, bind_val(l->mem, binds, value), id);
        if (!l->always) buf_fmt(sql, " or %s is null", l->column);
        buf_c(sql, ")");
    }
}

/* ---- rows ---- */

static Err rows_sql(const ChildList *l, const Cursor *after, int limit, Buf *sql, Binds *binds)
{
    const char *way = l->down ? " desc" : "";
    buf_fmt(sql, "select t.%s, t.id", l->e->parent);
    for (int i = 0; i < l->e->field_count; i++) {
        buf_c(sql, ", ");
        column_read(sql, "t", &l->e->fields[i]);
    }
    buf_fmt(sql, ", %s", l->column ? l->column : "t.id");
    rows_from(l->e, sql);
    buf_c(sql, " where ");
    TRY(list_where(l->w, l->mem, l->e, l->ask, "t", sql, binds));
    if (after) after_write(l, after, sql, binds);
    buf_c(sql, " order by ");
    if (l->column) buf_fmt(sql, "%s%s%s, ", l->column, way, l->always ? "" : " nulls last");
    buf_fmt(sql, "t.id%s limit $%d", way, bind_val(l->mem, binds, val_int(limit + 1)));
    return OK;
}

static Cursor cursor_of(const ChildList *l, const Rows *rows)
{
    int    column = 2 + l->e->field_count;
    Cursor at = { .id = row_int(rows, 1), .empty = row_null(rows, column) };
    if (at.empty) return at;
    if (l->text) at.text = str_copy(l->w->mem, row_text(rows, column));
    else at.number = row_int(rows, column);
    return at;
}

static void row_hide(const ChildList *l, void *row)
{
    for (int i = 0; i < l->e->field_count; i++)
        if (access_hides(l->w->who, l->above->name, l->verb, l->e->fields[i].mask))
            value_set(&l->e->fields[i], row, value_none());
}

/* above[i] is the id of the record that the i-th row belongs to. */
static Err rows_read(const ChildList *l, const Cursor *after, int limit, Page *out, int64_t *above, Cursor *last)
{
    Binds binds = { 0 };
    Buf   sql = buf_new(l->mem, 1000);
    bool  more = false;
    Rows  rows;
    TRY(rows_sql(l, after, limit, &sql, &binds));
    TRY(db_query(l->w->db, buf_str(&sql), binds.at, binds.n, &rows));
    while (rows_next(&rows)) {
        more = out->n == limit;
        if (more) break;
        void *row = (char *)out->records + out->n * l->e->size;
        child_row(l->w->mem, l->e, &rows, row);
        row_hide(l, row);
        above[out->n++] = row_int(&rows, 0);
        *last = cursor_of(l, &rows);
    }
    if (!more) last->id = 0;
    return rows_end(&rows);
}

/* ---- the records above ---- */

static Err above_read(const ChildList *l, const int64_t *above, Page *out)
{
    Work     *w = l->w;
    Ids       place = ids_new(l->mem, out->n);
    ptrdiff_t n = 0;
    int64_t  *ids = NEW_RAW(l->mem, int64_t, out->n);
    Fields    fields = entity_fields(w, l->above);
    out->above_at = NEW_RAW(w->mem, ptrdiff_t, out->n);
    for (ptrdiff_t i = 0; i < out->n; i++) {
        if (ids_at(&place, above[i]) < 0) {
            ids_put(&place, above[i], n);
            ids[n++] = above[i];
        }
        out->above_at[i] = ids_at(&place, above[i]);
    }
    out->above = arena_take(w->mem, l->above->size, 16, n);
    TRY(record_fetch(w, l->above, ids, n, false, out->above, NEW_N(l->mem, bool, n)));
    for (ptrdiff_t i = 0; i < n; i++)
        hidden_empty(w, l->above, fields, l->verb, (char *)out->above + i * l->above->size);
    TRY(viewing_count(w, l->above->name, VIEWED_ROW, ids, n));
    return titles_read(w, l->above, fields, out->above, n);
}

Err child_page(Work *w, const Entity *e, const Ask *ask, Page *out)
{
    ChildList l = { .w = w, .mem = w->mem, .e = e, .above = entity_above(e), .ask = ask };
    int       limit = ask->limit <= 0 ? 50 : ask->limit > LIST_LIMIT ? LIST_LIMIT : ask->limit;
    int64_t  *above = NEW_RAW(w->mem, int64_t, limit);
    Cursor    from, last = { 0 };
    l.verb = ask->verb ? ask->verb : "view";
    *out = (Page){ .records = arena_take_raw(w->mem, e->size, 16, limit) };
    TRY(access_need(w, l.above->name, l.verb));
    TRY(order_read(&l));
    if (ask->figures.n) return fail(w, INVALID, "figures", "list.no_such_figure", arg_text("name", ask->figures));
    if (ask->after.n) TRY(cursor_read(w, order_name(&l), ask->after, &from));
    TRY(rows_read(&l, ask->after.n ? &from : NULL, limit, out, above, &last));
    if (last.id) TRY(cursor_write(w, order_name(&l), last, &out->next));
    TRY(above_read(&l, above, out));
    return titles_read(w, e, entity_fields(w, e), out->records, out->n);
}
