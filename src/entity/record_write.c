/* What the door writes: rows of the entity, rows of its children, change rows; one statement for each table. */
#include "entity/door.h"

#include "core/utf8.h"
#include "entity/change_row.h"
#include "entity/kept.h"
#include "entity/rows.h"

#include <string.h>

/* ---- columns ---- */

static void put_find(Arena *mem, Buf *to, Fields fields, const void *row)
{
    for (int f = 0; f < fields.n; f++) {
        Value v = value_get(fields.at[f], row);
        if (!fields.at[f]->find || v.empty) continue;
        if (to->len) buf_char(to, '\n');
        buf_put(to, name_find(mem, v.s));
    }
}

/* All that a search looks through: the entity's fields to find and its children's, folded, a line each. */
static Val find_val(Door *d, Arena *mem, ptrdiff_t i)
{
    Buf text = buf_new(mem, 128);
    put_find(mem, &text, d->fields, d->now[i]);
    for (int c = 0; c < d->e->child_count; c++) {
        const Children  *list = &d->e->children[c];
        const ChildRows *rows = children_of(list, d->now[i]);
        if (!entity_finds(list->entity)) continue;
        Fields fields = entity_fields(d->w, list->entity);
        for (ptrdiff_t k = 0; k < rows->n; k++) put_find(mem, &text, fields, child_at(list, rows, k));
    }
    return text.len ? val_text(buf_str(&text)) : val_null();
}

static Val record_val(Door *d, Arena *mem, ptrdiff_t i, FieldColumn c)
{
    return c.field ? column_val(mem, c, value_get(c.field, d->now[i])) : find_val(d, mem, i);
}

/* ---- new rows ---- */

static Err ids_give(Door *d, ptrdiff_t made)
{
    int64_t next;
    if (made == 0) return OK;
    TRY(ids_take(d->w, made, &next));
    for (ptrdiff_t i = 0; i < d->n; i++) {
        Record *r = d->now[i];
        if (d->skip[i] || d->was[i]) continue;
        r->id         = next++;
        r->version    = 1;
        r->created_at = r->changed_at = d->w->now;
        r->created_by = r->changed_by = d->w->actor;
    }
    return OK;
}

static Val user_val(int64_t user)  { return user ? val_int(user) : val_null(); }
static Val text_or_none(Str s)     { return s.n ? val_text(s) : val_null(); }

static void base_vals(const Record *r, Val *v)
{
    v[0] = val_int(r->id);
    v[1] = val_int(r->version);
    v[2] = val_int(r->created_at);
    v[3] = user_val(r->created_by);
    v[4] = val_int(r->changed_at);
    v[5] = user_val(r->changed_by);
    v[6] = val_int(r->archived_at);
    v[7] = text_or_none(r->origin);
    v[8] = text_or_none(r->key);
}

static FieldColumns no_columns(Arena *mem, int fields)
{
    return (FieldColumns){ .at = NEW_RAW(mem, FieldColumn, fields * FIELD_COLUMNS + 1) };
}

static FieldColumns all_columns(Door *d, Arena *mem)
{
    FieldColumns columns = no_columns(mem, d->fields.n);
    for (int f = 0; f < d->fields.n; f++) field_columns_add(&columns, d->fields.at[f], true);
    if (entity_searched(d->e)) columns.at[columns.n++] = (FieldColumn){ 0 };
    return columns;
}

static Str insert_sql(Arena *mem, const Entity *e, FieldColumns columns)
{
    Buf sql = buf_new(mem, 600);
    buf_fmt(&sql,
            "insert into %s (id, version, created_at, created_by, changed_at, changed_by, archived_at, origin, key",
            entity_table(e));
    for (int c = 0; c < columns.n; c++) {
        buf_c(&sql, ", ");
        column_name(&sql, columns.at[c]);
    }
    kept_names(&sql, e, columns);
    buf_c(&sql, ") values ($1");
    for (int c = 1; c < BASE_COLUMNS + columns.n; c++) buf_fmt(&sql, ", $%d", c + 1);
    kept_values(&sql, e, columns, BASE_COLUMNS);
    buf_c(&sql, ")");
    return buf_str(&sql);
}

static Err insert_new(Door *d, Arena scratch, const ptrdiff_t *made, ptrdiff_t n)
{
    if (n == 0) return OK;
    FieldColumns columns = all_columns(d, &scratch);
    int          width   = BASE_COLUMNS + columns.n;
    Val         *vals    = NEW_RAW(&scratch, Val, n * width), *v = vals;
    for (ptrdiff_t k = 0; k < n; k++, v += width) {
        base_vals(d->now[made[k]], v);
        for (int c = 0; c < columns.n; c++) v[BASE_COLUMNS + c] = record_val(d, &scratch, made[k], columns.at[c]);
    }
    return db_many(d->w->db, insert_sql(&scratch, d->e, columns), vals, width, n, NULL);
}

/* ---- changed rows ---- */

static bool any_differs(Door *d, const ptrdiff_t *changed, ptrdiff_t n, const Field *f)
{
    for (ptrdiff_t k = 0; k < n; k++)
        if (!value_same(f, value_get(f, d->now[changed[k]]), value_get(f, d->was[changed[k]]))) return true;
    return false;
}

static bool any_list_differs(Door *d, const ptrdiff_t *changed, ptrdiff_t n)
{
    for (int c = 0; c < d->e->child_count; c++) {
        if (!entity_finds(d->e->children[c].entity)) continue;
        for (ptrdiff_t k = 0; k < n; k++)
            if (children_of(&d->e->children[c], d->now[changed[k]])->at !=
                children_of(&d->e->children[c], d->was[changed[k]])->at)
                return true;
    }
    return false;
}

/* Only columns in which at least one of the records differs. */
static FieldColumns changed_columns(Door *d, Arena *mem, const ptrdiff_t *changed, ptrdiff_t n)
{
    FieldColumns columns = no_columns(mem, d->fields.n);
    bool         search  = any_list_differs(d, changed, n);
    for (int f = 0; f < d->fields.n; f++) {
        if (!any_differs(d, changed, n, d->fields.at[f])) continue;
        field_columns_add(&columns, d->fields.at[f], true);
        search |= d->fields.at[f]->find;
    }
    if (search) columns.at[columns.n++] = (FieldColumn){ 0 };
    return columns;
}

#define UPDATE_HEAD 6

static Str update_sql(Arena *mem, const Entity *e, FieldColumns columns)
{
    Buf sql = buf_new(mem, 400);
    buf_fmt(&sql, "update %s set version = $3, changed_at = $4, changed_by = $5, archived_at = $6", entity_table(e));
    for (int c = 0; c < columns.n; c++) {
        buf_c(&sql, ", ");
        column_name(&sql, columns.at[c]);
        buf_fmt(&sql, " = $%d", UPDATE_HEAD + c + 1);
    }
    kept_puts(&sql, e, columns, UPDATE_HEAD);
    buf_c(&sql, " where id = $1 and version = $2");
    return buf_str(&sql);
}

static Err update_changed(Door *d, Arena scratch, const ptrdiff_t *changed, ptrdiff_t n)
{
    if (n == 0) return OK;
    FieldColumns columns = changed_columns(d, &scratch, changed, n);
    int          width   = UPDATE_HEAD + columns.n;
    Val         *vals    = NEW_RAW(&scratch, Val, n * width), *v = vals;
    int64_t      rows;
    for (ptrdiff_t k = 0; k < n; k++, v += width) {
        Record *r = d->now[changed[k]];
        v[0]      = val_int(r->id);
        v[1]      = val_int(r->version - 1);
        v[2]      = val_int(r->version);
        v[3]      = val_int(r->changed_at);
        v[4]      = user_val(r->changed_by);
        v[5]      = val_int(r->archived_at);
        for (int c = 0; c < columns.n; c++) v[UPDATE_HEAD + c] = record_val(d, &scratch, changed[k], columns.at[c]);
    }
    TRY(db_many(d->w->db, update_sql(&scratch, d->e, columns), vals, width, n, &rows));
    return rows == n ? OK : BUSY; /* somebody was faster by a hair: the whole work again */
}

/* ---- all of it ---- */

static const char *deed(Door *d, ptrdiff_t i)
{
    static const char *const names[] = { "restored", "changed", "archived" };
    if (d->how.verb) return d->how.verb;
    return d->was[i] ? names[d->archive + 1] : "made";
}

/* A record in which nothing differs is not written and gets no version. */
static void next_version(Door *d, ptrdiff_t i, Str *diff)
{
    Record *r = d->now[i];
    *diff     = door_diff(d, d->w->mem, i);
    if (diff->n == 0 && d->archive == 0) {
        d->skip[i] = true;
        r->version = ((Record *)d->was[i])->version;
        return;
    }
    r->version    = ((Record *)d->was[i])->version + 1;
    r->changed_at = d->w->now;
    r->changed_by = d->w->actor;
    if (d->archive) r->archived_at = d->archive > 0 ? d->w->now : NONE;
}

typedef struct {
    ptrdiff_t *made, *changed; /* places in the batch */
    ptrdiff_t  mades, changes;
    ChangeRow *rows;
    ptrdiff_t  n;
} Plan;

static void plan_take(Door *d, Plan *plan, ptrdiff_t i)
{
    const Record *r    = d->now[i];
    Str           diff = { 0 };
    if (!d->skip[i] && d->was[i]) next_version(d, i, &diff);
    if (d->skip[i]) return;
    if (d->was[i]) plan->changed[plan->changes++] = i;
    else plan->made[plan->mades++] = i;
    plan->rows[plan->n++] = (ChangeRow){ .record = r->id, .version = r->version, .verb = deed(d, i), .diff = diff };
}

Err door_write(Door *d)
{
    Arena    *mem  = d->w->mem;
    Plan      plan = { .made = NEW_RAW(mem, ptrdiff_t, d->n),
                       .changed = NEW_RAW(mem, ptrdiff_t, d->n),
                       .rows = NEW_RAW(mem, ChangeRow, d->n) };
    ptrdiff_t made = 0;
    for (ptrdiff_t i = 0; i < d->n; i++) made += !d->skip[i] && !d->was[i];
    TRY(ids_give(d, made));
    TRY(door_children_ids(d));
    for (ptrdiff_t i = 0; i < d->n; i++) plan_take(d, &plan, i);
    if (plan.n == 0) return OK;
    TRY(insert_new(d, d->w->scratch, plan.made, plan.mades));
    TRY(update_changed(d, d->w->scratch, plan.changed, plan.changes));
    TRY(door_children(d));
    return change_rows(d->w, d->e, d->how.work, plan.rows, plan.n);
}
