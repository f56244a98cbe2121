/* Between the rows of the base and the structs of an entity. */
#include "entity/rows.h"

#include "entity/columns.h"
#include "entity/own.h"
#include "entity/record.h"

#include <string.h>

static const char *const base_columns[BASE_COLUMNS] = { "id",          "version",    "created_at",
                                                        "created_by",  "changed_at", "changed_by",
                                                        "archived_at", "origin",     "key" };

void columns_write(Buf *sql, const char *alias, Fields fields)
{
    for (int i = 0; i < BASE_COLUMNS + fields.n; i++) {
        if (i) buf_c(sql, ", ");
        if (i < BASE_COLUMNS) buf_fmt(sql, "%s.%s", alias, base_columns[i]);
        else column_read(sql, alias, fields.at[i - BASE_COLUMNS]);
    }
}

static int64_t or_zero(int64_t n) { return n == NONE ? 0 : n; }

static void base_row(Arena *mem, const Rows *rows, int from, Record *r)
{
    r->id          = row_int(rows, from);
    r->version     = row_int(rows, from + 1);
    r->created_at  = row_int(rows, from + 2);
    r->created_by  = or_zero(row_int(rows, from + 3));
    r->changed_at  = row_int(rows, from + 4);
    r->changed_by  = or_zero(row_int(rows, from + 5));
    r->archived_at = row_int(rows, from + 6);
    r->origin      = str_copy(mem, row_text(rows, from + 7));
    r->key         = str_copy(mem, row_text(rows, from + 8));
}

void record_row(Work *w, Arena *mem, const Entity *e, Fields fields, const Rows *rows, int from, void *record)
{
    record_empty(w, e, record);
    children_mark(e, record, -1);
    base_row(mem, rows, from, record);
    for (int i = 0; i < fields.n; i++)
        value_set(fields.at[i], record, value_row(mem, fields.at[i], rows, from + BASE_COLUMNS + i));
}

static void fields_start(const Entity *e, void *row)
{
    for (int i = 0; i < e->field_count; i++)
        value_set(&e->fields[i], row, e->fields[i].start ? value_int(e->fields[i].start) : value_none());
}

void record_empty(Work *w, const Entity *e, void *record)
{
    Record *r   = record;
    OwnList own = own_fields(w, e);
    memset(record, 0, (size_t)e->size);
    r->created_at = r->changed_at = r->archived_at = NONE;
    r->own_count  = own.n;
    r->own        = own.n ? NEW_RAW(w->mem, Value, own.n) : NULL;
    for (int i = 0; i < own.n; i++) r->own[i] = value_none();
    fields_start(e, record);
}

void child_empty(const Entity *child, void *row)
{
    memset(row, 0, (size_t)child->size);
    fields_start(child, row);
}

/* ---- children ---- */

ChildRows *children_of(const Children *list, const void *record)
{
    return (ChildRows *)(void *)((char *)(uintptr_t)record + list->offset);
}

void *child_at(const Children *list, const ChildRows *rows, ptrdiff_t i)
{
    return (char *)rows->at + i * list->entity->size;
}

void children_mark(const Entity *e, void *record, ptrdiff_t n)
{
    for (int i = 0; i < e->child_count; i++) *children_of(&e->children[i], record) = (ChildRows){ .n = n };
}

Ids children_place(Arena *mem, const Children *list, const ChildRows *rows)
{
    ptrdiff_t known = 0;
    for (ptrdiff_t k = 0; k < rows->n; k++) known += ((const ChildHead *)child_at(list, rows, k))->id != 0;
    Ids place = ids_new(mem, known);
    for (ptrdiff_t k = 0; k < rows->n; k++) {
        int64_t id = ((const ChildHead *)child_at(list, rows, k))->id;
        if (id) ids_put(&place, id, k);
    }
    return place;
}

int64_t *child_slot(Map **map, const Children *list, int64_t child, Arena *mem)
{
    struct {
        const Children *list;
        int64_t         child;
    } key = { list, child };
    Str text = { (const char *)&key, sizeof key };
    return map_at(map, mem ? str_copy(mem, text) : text, mem);
}

static Str children_sql(Arena *mem, const Entity *child)
{
    Buf sql = buf_new(mem, 300);
    buf_fmt(&sql, "select k.%s, k.id", child->parent);
    for (int i = 0; i < child->field_count; i++) {
        buf_c(&sql, ", ");
        column_read(&sql, "k", &child->fields[i]);
    }
    buf_fmt(&sql, " from %s k where k.%s in {ids $1} order by k.%s, k.id", entity_table(child), child->parent,
            child->parent);
    return buf_str(&sql);
}

/* One more struct behind the others; they move when there is no room. */
static void *next_place(Arena *mem, ChildRows *all, ptrdiff_t *room, ptrdiff_t size)
{
    if (all->n == *room) {
        void *wider = arena_take_raw(mem, size, 16, *room * 2 + 16);
        if (all->n) memcpy(wider, all->at, (size_t)(all->n * size));
        all->at = wider;
        *room   = *room * 2 + 16;
    }
    return (char *)all->at + all->n++ * size;
}

void child_row(Arena *mem, const Entity *child, const Rows *rows, void *row)
{
    child_empty(child, row);
    ((ChildHead *)row)->id = row_int(rows, 1);
    for (int i = 0; i < child->field_count; i++)
        value_set(&child->fields[i], row, value_row(mem, &child->fields[i], rows, i + 2));
}

typedef struct {
    const Ids *place;
    void      *records;
    ptrdiff_t  stride;
} Parents;

/* Rows come parent by parent: each parent gets its stretch of the whole once that has stopped moving. */
static Err list_read(Work *w, Arena scratch, const Children *list, const int64_t *ids, ptrdiff_t n, Parents parents)
{
    const Entity *child = list->entity;
    ChildRows     all   = { 0 };
    ptrdiff_t     room = 0, *first = NEW_N(&scratch, ptrdiff_t, n + 1);
    Rows          rows;
    TRY(db_query(w->db, children_sql(&scratch, child), VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) {
        ptrdiff_t  at   = ids_at(parents.place, row_int(&rows, 0));
        ChildRows *mine = children_of(list, (char *)parents.records + at * parents.stride);
        if (mine->n++ == 0) first[at] = all.n;
        child_row(w->mem, child, &rows, next_place(w->mem, &all, &room, child->size));
    }
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < n; i++) {
        ChildRows *mine = children_of(list, (char *)parents.records + i * parents.stride);
        if (mine->n > 0) mine->at = (char *)all.at + first[i] * child->size;
    }
    return OK;
}

Err children_read(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, void *records)
{
    Arena scratch = w->scratch;
    Ids   place   = ids_new(&scratch, n);
    for (ptrdiff_t i = 0; i < n; i++) {
        ids_put(&place, ids[i], i);
        children_mark(e, (char *)records + i * e->size, 0);
    }
    for (int i = 0; i < e->child_count && n; i++)
        TRY(list_read(w, scratch, &e->children[i], ids, n, (Parents){ &place, records, e->size }));
    return OK;
}
