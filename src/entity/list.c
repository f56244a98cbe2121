/* Lists of any entity: a page by key, its count, its totals. */
#include "entity/list.h"

#include "access/viewing.h"
#include "entity/child_list.h"
#include "entity/counted.h"
#include "entity/cursor.h"
#include "entity/figure_order.h"
#include "entity/paths.h"
#include "entity/rows.h"
#include "entity/search.h"
#include "entity/totals.h"

#include <string.h>

/* ---- order ---- */

typedef struct {
    const Figure *figure; /* null: a field */
    bool         down;
    bool         always; /* the column is never NULL                                      */
    bool         text;
    char         column[80];
} Order;

static bool figure_sorts(Work *w, const Entity *e, const Ask *ask, Str name, Order *out)
{
    const Figure *f = figure_named(e, name);
    if (!f || !f->sort || !figure_known(w->who, e, f, ask->verb ? ask->verb : "view")) return false;
    *out = (Order){ .figure = f };
    memcpy(out->column, "figured", sizeof "figured");
    return true;
}

static Err order_read(Work *w, const Entity *e, const Ask *ask, Order *out)
{
    Str  name = ask->order.n ? ask->order : e->order ? str_of(e->order) : S("-id");
    bool down = str_starts(name, S("-"));
    if (down) name = str_from(name, 1);
    const Field *f = field_named(w, e, name);
    if (!f && figure_sorts(w, e, ask, name, out)) {
        out->down = down;
        return OK;
    }
    if (!f || !f->sort || access_hides(w->who, e->name, ask->verb ? ask->verb : "view", f->mask))
        return fail(w, INVALID, "sort", "list.no_such_order", arg_text("name", name));
    *out = (Order){ .down = down, .text = f->type == TYPE_text };
    out->always = f->required || strcmp(f->name, "id") == 0 || f->type == TYPE_bool ||
                  strcmp(f->name, "created_at") == 0 || strcmp(f->name, "changed_at") == 0;
    if (f->own) out->always = f->type == TYPE_bool;
    int n = (int)strlen(f->name);
    memcpy(out->column, f->name, (size_t)(n < 70 ? n + 1 : 70));
    if (out->text) strcpy(out->column + n, "_sort");
    return OK;
}

static void order_write(Buf *sql, const Order *o, const char *alias)
{
    const char *way = o->down ? " desc" : "";
    if (strcmp(o->column, "id") != 0)
        buf_fmt(sql, "%s.%s%s%s, ", alias, o->column, way, o->always ? "" : " nulls last");
    buf_fmt(sql, "%s.id%s", alias, way);
}

/* Rows behind the cursor.  The pair is compared as one, so that an index on it can begin there. */
static void after_write(Arena *mem, Buf *sql, Binds *binds, const Order *o, const Cursor *at)
{
    const char *sign = o->down ? "<" : ">";
    if (strcmp(o->column, "id") == 0) {
        buf_fmt(sql, " and t.id %s $%d", sign, bind_val(mem, binds, val_int(at->id)));
        return;
    }
    if (at->empty) {
        buf_fmt(sql, " and t.%s is null and t.id %s $%d", o->column, sign, bind_val(mem, binds, val_int(at->id)));
        return;
    }
    int value = bind_val(mem, binds,
                         o->text ? val_text((Str){ at->text.s ? at->text.s : "", at->text.n }) : val_int(at->number));
    buf_fmt(sql, " and (%s(t.%s, t.id) %s ($%d, $%d)", o->always ? "" : "(", o->column, sign, value,
            bind_val(mem, binds, val_int(at->id)));
    buf_c(sql, o->always ? ")" : "");
    if (!o->always) buf_fmt(sql, ") or t.%s is null)", o->column);
}

static Str order_name(Arena *mem, const Entity *e, const Order *o, const Ask *ask)
{
    return str_fmt(mem, "%s %s%s%s", e->name, o->down ? "-" : "", o->figure ? o->figure->name : o->column,
                   ask->archived ? " archived" : "");
}

/* ---- a page ---- */

/* Which rows: those in reach; or by one way alone, `part` of the reach; or by a way that holds for whoever stands in
 * `people` of the row, when their ids come from elsewhere, as s.owner_id. */
typedef struct {
    int         part; /* -1: whatever way */
    const char *people;
} ByWay;

static Err where_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, ByWay by, const char *alias, Buf *sql,
                       Binds *binds);

/* What a page, or the second part of one, is cut from. */
typedef struct {
    Work         *w;
    Arena        *mem;
    const Entity *e;
    const Ask    *ask;
    const Order  *order;
    const Cursor *at; /* null: from the first */
    FigurePart    part; /* in the order of a figure */
    int           limit; /* the number of the parameter */
    Buf          *sql;
    Binds        *binds;
} Paging;

/* `where … order by … limit …` of the rows t. */
static Err rest_write(const Paging *p, ByWay by)
{
    buf_fmt(p->sql, " from %s t where ", entity_table(p->e));
    TRY(where_write(p->w, p->mem, p->e, p->ask, by, "t", p->sql, p->binds));
    if (p->at) after_write(p->mem, p->sql, p->binds, p->order, p->at);
    buf_c(p->sql, " order by ");
    order_write(p->sql, p->order, "t");
    buf_fmt(p->sql, " limit $%d", p->limit);
    return OK;
}

/* Is it faster way by way?  Each goes along an index of its own and stops early, so somebody without rows pays no more
 * than somebody with many.  Under a filter each reads all that its people have, so with more people than a few it is
 * one select along the index of the order, as in other orders. */
static Err way_by_way(const Paging *p, bool *out)
{
    enum { FEW = 10 };
    const char *verb   = p->ask->verb ? p->ask->verb : "view";
    bool        first  = !p->ask->order.n || (p->e->order && str_eq(p->ask->order, str_of(p->e->order)));
    bool        search = str_trim(p->ask->search).n > 0;
    bool        filter = p->ask->filter && p->ask->filter->kind != JSON_IS_NULL;
    int64_t     people = 1;
    *out               = first && reach_parts(p->w, p->e, verb) > 1;
    if (!*out || (!search && !filter)) return OK;
    if (access_scope(p->w->who, p->e->name, verb) == SCOPE_TEAM) TRY(access_sees_count(p->w, FEW + 1, &people));
    *out = people <= FEW;
    return OK;
}

/* PostgreSQL stops early for one owner only, so a team's rows are asked for owner by owner; SQLite inside `in (…)`. */
static Err way_write(const Paging *p, int part)
{
    const char *verb   = p->ask->verb ? p->ask->verb : "view";
    const char *people = db_engine(p->w->db) == DB_POSTGRES ? reach_part_people(p->w, p->e, verb, part) : NULL;
    bool        id     = strcmp(p->order->column, "id") == 0;
    Str         what   = str_fmt(p->mem, "t.id%s%s", id ? "" : ", t.", id ? "" : p->order->column);
    buf_fmt(p->sql, "%sselect * from (%sselect %.*s", part ? " union " : "",
            people ? "select t.* from sees s cross join lateral (" : "", (int)what.n, what.s);
    TRY(rest_write(p, (ByWay){ part, people }));
    if (people)
        buf_fmt(p->sql, ") t where s.viewer_id = $%d order by ", bind_val(p->mem, p->binds, val_int(p->w->actor)));
    if (people) order_write(p->sql, p->order, "t");
    if (people) buf_fmt(p->sql, " limit $%d", p->limit);
    buf_fmt(p->sql, ") w%d", part);
    return OK;
}

static Err ids_write(const Paging *p)
{
    int  parts = reach_parts(p->w, p->e, p->ask->verb ? p->ask->verb : "view");
    bool apart;
    if (p->order->figure)
        return figure_order_write(p->w, p->mem, p->e, p->ask,
                                  &(FigureOrder){ p->order->figure, p->order->down, p->part, p->at, p->limit },
                                  p->sql, p->binds);
    TRY(way_by_way(p, &apart));
    if (!apart) {
        buf_c(p->sql, "select t.id");
        return rest_write(p, (ByWay){ .part = -1 });
    }
    buf_c(p->sql, "select t.id from (");
    for (int part = 0; part < parts; part++) TRY(way_write(p, part));
    buf_c(p->sql, ") t order by ");
    order_write(p->sql, p->order, "t");
    buf_fmt(p->sql, " limit $%d", p->limit);
    return OK;
}

/* Where a page goes on. */
typedef struct {
    const Cursor *after; /* null: from the first     */
    FigurePart    part; /* in the order of a figure */
    int           limit;
} Piece;

/* Ids first, from the index alone where it can be; then whole rows of those few. */
static Err page_sql(Work *w, Arena *mem, const Entity *e, const Ask *ask, const Order *o, const Piece *at, Buf *sql,
                    Binds *binds)
{
    Fields      fields = entity_fields(w, e);
    int         most   = bind_val(mem, binds, val_int(at->limit));
    const char *from   = o->figure ? "p" : "c";
    buf_c(sql, "select ");
    columns_write(sql, "c", fields);
    buf_fmt(sql, ", %s.%s from (", from, o->column);
    TRY(ids_write(&(Paging){ w, mem, e, ask, o, at->after, at->part, most, sql, binds }));
    buf_fmt(sql, ") p join %s c on c.id = p.id order by ", entity_table(e));
    order_write(sql, o, from);
    return OK;
}

static Cursor cursor_of(Work *w, const Order *o, const Rows *rows, int column)
{
    Cursor at = { .id = row_int(rows, 0), .empty = row_null(rows, column) };
    if (at.empty) return at;
    if (o->text) at.text = str_copy(w->mem, row_text(rows, column));
    else at.number = row_int(rows, column);
    return at;
}

/* Takes up to `limit` rows in all; *last is that of the last one taken. */
static Err page_read(Work *w, const Entity *e, const Order *o, Rows *rows, int limit, Page *out, Cursor *last,
                     bool *more)
{
    Fields fields = entity_fields(w, e);
    *more         = false;
    while (rows_next(rows)) {
        if (out->n == limit) {
            *more = true;
            break;
        }
        record_row(w, w->mem, e, fields, rows, 0, (char *)out->records + out->n++ * e->size);
        *last = cursor_of(w, o, rows, BASE_COLUMNS + fields.n);
    }
    return rows_end(rows);
}

static Err piece_read(Work *w, const Entity *e, const Ask *ask, const Order *o, Piece at, Page *out, Cursor *last,
                      bool *more)
{
    Arena scratch = w->scratch;
    Binds binds   = { 0 };
    Buf   sql     = buf_new(&scratch, 1500);
    Rows  rows;
    int   limit = (int)out->n + at.limit++;
    TRY(page_sql(w, &scratch, e, ask, o, &at, &sql, &binds));
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    return page_read(w, e, o, &rows, limit, out, last, more);
}

/* In the order of a figure each part is a statement of its own.  *last has the id 0 where nothing follows. */
static Err pieces_read(Work *w, const Entity *e, const Ask *ask, const Order *o, const Cursor *from, int limit,
                       Page *out, Cursor *last)
{
    FigurePart part = o->figure ? figure_part(o->figure, o->down, from) : FIGURE_EMPTY;
    bool       more = false;
    out->records = arena_take_raw(w->mem, e->size, 16, limit);
    for (; !more && part <= FIGURE_EMPTY; part++, from = NULL)
        TRY(piece_read(w, e, ask, o, (Piece){ from, part, limit - (int)out->n }, out, last, &more));
    if (!more) last->id = 0;
    return OK;
}

static int64_t *page_ids(Arena *mem, const Entity *e, const Page *page)
{
    int64_t *ids = NEW_RAW(mem, int64_t, page->n);
    for (ptrdiff_t i = 0; i < page->n; i++)
        ids[i] = ((const Record *)(const void *)((char *)page->records + i * e->size))->id;
    return ids;
}

static Err page_viewed(Work *w, const Entity *e, const Page *page)
{
    Arena scratch = w->scratch;
    return viewing_count(w, e->name, VIEWED_ROW, page_ids(&scratch, e, page), page->n);
}

static Err page_figured(Work *w, const Entity *e, Page *page)
{
    page->figured = NEW_N(w->mem, Value, page->n * page->figures.n);
    return figures_read(w, e, page->figures, page_ids(w->mem, e, page), page->n, page->figured);
}

Err list_page(Work *w, const Entity *e, const Ask *ask, Page *out)
{
    Arena       scratch = w->scratch;
    const char *verb    = ask->verb ? ask->verb : "view";
    int         limit   = ask->limit <= 0 ? 50 : ask->limit > LIST_LIMIT ? LIST_LIMIT : ask->limit;
    Order       order;
    Cursor      from, last = { 0 };
    if (e->parent) return child_page(w, e, ask, out);
    *out = (Page){ 0 };
    TRY(access_need(w, e->name, verb));
    TRY(order_read(w, e, ask, &order));
    TRY(figures_asked(w, e, verb, ask->figures, &out->figures));
    if (ask->after.n) TRY(cursor_read(w, order_name(&scratch, e, &order, ask), ask->after, &from));
    TRY(pieces_read(w, e, ask, &order, ask->after.n ? &from : NULL, limit, out, &last));
    if (last.id) TRY(cursor_write(w, order_name(&scratch, e, &order, ask), last, &out->next));
    Fields fields = entity_fields(w, e);
    for (ptrdiff_t i = 0; i < out->n; i++) hidden_empty(w, e, fields, verb, (char *)out->records + i * e->size);
    TRY(page_viewed(w, e, out));
    TRY(page_figured(w, e, out));
    return titles_read(w, e, fields, out->records, out->n);
}

Err list_json(Work *w, JsonOut *to, const Entity *e, const Ask *ask)
{
    Page page;
    TRY(list_page(w, e, ask, &page));
    js_items(to);
    for (ptrdiff_t i = 0; i < page.n; i++) {
        if (e->parent) child_json_open(w, to, e, &page, i);
        else record_json_open(w, to, e, (char *)page.records + i * e->size);
        figures_json(to, page.figures, page.figured + i * page.figures.n);
        js_end(to);
    }
    js_end(to);
    js_key(to, "next");
    if (page.next.n) js_str(to, page.next);
    else js_null(to);
    TRY(counts_json(w, to, page.figures));
    js_end(to);
    return OK;
}

/* ---- count and totals ---- */

static Err count_query(Work *w, Arena *mem, const Entity *e, const Ask *ask, const Totals *totals, Rows *rows)
{
    Binds binds = { 0 };
    Buf   sql   = buf_new(mem, 800);
    TRY(access_need(w, entity_above(e)->name, ask->verb ? ask->verb : "view"));
    buf_c(&sql, "select count(*)");
    totals_write(w, mem, e, totals, &sql, &binds);
    buf_c(&sql, " where ");
    TRY(list_where(w, mem, e, ask, "t", &sql, &binds));
    return db_query(w->db, buf_str(&sql), binds.at, binds.n, rows);
}

Err list_count(Work *w, const Entity *e, const Ask *ask, int64_t *count)
{
    Arena scratch = w->scratch;
    Rows  rows;
    TRY(count_query(w, &scratch, e, ask, &(Totals){ 0 }, &rows));
    if (rows_next(&rows)) *count = row_int(&rows, 0);
    return rows_end(&rows);
}

Err list_count_json(Work *w, JsonOut *to, const Entity *e, const Ask *ask)
{
    Arena       scratch = w->scratch;
    Totals      totals;
    Rows        rows;
    TRY(totals_asked(w, e, ask->verb ? ask->verb : "view", ask->figures, &totals));
    TRY(count_query(w, &scratch, e, ask, &totals, &rows));
    if (!rows_next(&rows)) return rows_end(&rows);
    js_object(to);
    js_key(to, "count");
    js_i64(to, row_int(&rows, 0));
    totals_json(to, &totals, totals_row(&scratch, &totals, &rows, 1));
    js_end(to);
    return rows_end(&rows);
}

/* ---- conditions ---- */

static void archive_write(const Ask *ask, bool said, const char *alias, Buf *sql)
{
    if (ask->archived) buf_fmt(sql, "%s.archived_at is not null and ", alias);
    else if (!said) buf_fmt(sql, "%s.archived_at is null and ", alias);
}

static Err where_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, ByWay by, const char *alias, Buf *sql,
                       Binds *binds)
{
    const char *verb = ask->verb ? ask->verb : "view";
    FilterAsk   how  = { .w = w, .mem = mem, .e = e, .verb = verb };
    const Entity *of = entity_above(e);
    const char *row  = e->parent ? "up" : alias; /* children are in sight, living and found as their record is */
    Buf         said = buf_new(mem, 800);
    bool        archive;
    TRY(follow_asked(w, of, ask->filter));
    TRY(filter_write(&how, ask->filter, alias, &said, binds, &archive));
    archive_write(ask, archive, row, sql);
    if (by.people) {
        buf_fmt(sql, "%s.%s = s.owner_id", alias, by.people);
        reach_fence_write(w, mem, e, alias, sql, binds);
    } else if (by.part >= 0) reach_part_write(w, mem, e, verb, by.part, alias, sql, binds);
    else reach_write(w, mem, of, verb, row, sql, binds);
    if (ask->filter && ask->filter->kind != JSON_IS_NULL) buf_fmt(sql, " and %.*s", (int)said.len, said.data);
    if (ask->search.n > 200) return fail(w, INVALID, "search", "list.search_too_long");
    if (str_trim(ask->search).n && entity_searched(of)) search_write(w, mem, of, ask->search, row, sql, binds);
    return OK;
}

Err list_where(Work *w, Arena *mem, const Entity *e, const Ask *ask, const char *alias, Buf *sql, Binds *binds)
{
    return where_write(w, mem, e, ask, (ByWay){ .part = -1 }, alias, sql, binds);
}

/* ---- titles ---- */

Err list_titles_json(Work *w, JsonOut *to, const Entity *e, Str search)
{
    Page page;
    Ask  ask = { .search = search, .limit = 20 };
    TRY(list_page(w, e, &ask, &page));
    js_array(to);
    for (ptrdiff_t i = 0; i < page.n; i++) {
        const Record *r = (const void *)((char *)page.records + i * e->size);
        js_object(to);
        js_key(to, "id");
        js_i64(to, r->id);
        js_key(to, "title");
        js_str(to, record_title(w, e, r));
        js_end(to);
    }
    js_end(to);
    return OK;
}
