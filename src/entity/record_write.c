/* What the door writes: rows of the entity, rows of its children, change rows; one statement for each table. */
#include "entity/door.h"

#include "core/utf8.h"
#include "entity/change_row.h"
#include "entity/rows.h"

#include <string.h>

/* ---- columns ---- */

typedef enum { AS_IT_IS, FOLDED, SORTED } Form;

typedef struct {
    const Field *field; /* null: the column `find` */
    Form         form;
} Column;

typedef struct {
    Column *at;
    int     n;
} Columns;

/* The column of a field and those made from it. */
static void field_columns(Columns *columns, const Field *f)
{
    columns->at[columns->n++] = (Column){ f, AS_IT_IS };
    if (f->type == TYPE_text && f->find) columns->at[columns->n++] = (Column){ f, FOLDED };
    if (f->type == TYPE_text && f->sort) columns->at[columns->n++] = (Column){ f, SORTED };
}

static void column_name(Buf *sql, Column c)
{
    static const char *const tail[] = { "", "_find", "_sort" };
    buf_fmt(sql, "%s%s", c.field ? c.field->name : "find", tail[c.form]);
}

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

static Val column_val(Door *d, Arena *mem, ptrdiff_t i, Column c)
{
    if (!c.field) return find_val(d, mem, i);
    Value v = value_get(c.field, d->now[i]);
    if (c.form == AS_IT_IS || v.empty) return value_bind(mem, c.field, v);
    return val_text(c.form == FOLDED ? name_find(mem, v.s) : name_sort(mem, v.s));
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

static Columns all_columns(Door *d, Arena *mem)
{
    Columns columns = { .at = NEW_RAW(mem, Column, d->fields.n * 3 + 1) };
    for (int f = 0; f < d->fields.n; f++) field_columns(&columns, d->fields.at[f]);
    if (entity_searched(d->e)) columns.at[columns.n++] = (Column){ 0 };
    return columns;
}

static Str insert_sql(Arena *mem, const Entity *e, Columns columns)
{
    Buf sql = buf_new(mem, 600);
    buf_fmt(&sql,
            "insert into %s (id, version, created_at, created_by, changed_at, changed_by, archived_at, origin, key",
            entity_table(e));
    for (int c = 0; c < columns.n; c++) {
        buf_c(&sql, ", ");
        column_name(&sql, columns.at[c]);
    }
    buf_c(&sql, ") values ($1");
    for (int c = 1; c < BASE_COLUMNS + columns.n; c++) buf_fmt(&sql, ", $%d", c + 1);
    buf_c(&sql, ")");
    return buf_str(&sql);
}

static Err insert_new(Door *d, Arena scratch, const ptrdiff_t *made, ptrdiff_t n)
{
    if (n == 0) return OK;
    Columns columns = all_columns(d, &scratch);
    int     width   = BASE_COLUMNS + columns.n;
    Val    *vals    = NEW_RAW(&scratch, Val, n * width), *v = vals;
    for (ptrdiff_t k = 0; k < n; k++, v += width) {
        base_vals(d->now[made[k]], v);
        for (int c = 0; c < columns.n; c++) v[BASE_COLUMNS + c] = column_val(d, &scratch, made[k], columns.at[c]);
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
static Columns changed_columns(Door *d, Arena *mem, const ptrdiff_t *changed, ptrdiff_t n)
{
    Columns columns = { .at = NEW_RAW(mem, Column, d->fields.n * 3 + 1) };
    bool    search  = any_list_differs(d, changed, n);
    for (int f = 0; f < d->fields.n; f++) {
        if (!any_differs(d, changed, n, d->fields.at[f])) continue;
        field_columns(&columns, d->fields.at[f]);
        search |= d->fields.at[f]->find;
    }
    if (search) columns.at[columns.n++] = (Column){ 0 };
    return columns;
}

#define UPDATE_HEAD 6

static Str update_sql(Arena *mem, const Entity *e, Columns columns)
{
    Buf sql = buf_new(mem, 400);
    buf_fmt(&sql, "update %s set version = $3, changed_at = $4, changed_by = $5, archived_at = $6", entity_table(e));
    for (int c = 0; c < columns.n; c++) {
        buf_c(&sql, ", ");
        column_name(&sql, columns.at[c]);
        buf_fmt(&sql, " = $%d", UPDATE_HEAD + c + 1);
    }
    buf_c(&sql, " where id = $1 and version = $2");
    return buf_str(&sql);
}

static Err update_changed(Door *d, Arena scratch, const ptrdiff_t *changed, ptrdiff_t n)
{
    if (n == 0) return OK;
    Columns columns = changed_columns(d, &scratch, changed, n);
    int     width   = UPDATE_HEAD + columns.n;
    Val    *vals    = NEW_RAW(&scratch, Val, n * width), *v = vals;
    int64_t rows;
    for (ptrdiff_t k = 0; k < n; k++, v += width) {
        Record *r = d->now[changed[k]];
        v[0]      = val_int(r->id);
        v[1]      = val_int(r->version - 1);
        v[2]      = val_int(r->version);
        v[3]      = val_int(r->changed_at);
        v[4]      = user_val(r->changed_by);
        v[5]      = val_int(r->archived_at);
        for (int c = 0; c < columns.n; c++) v[UPDATE_HEAD + c] = column_val(d, &scratch, changed[k], columns.at[c]);
    }
    TRY(db_many(d->w->db, update_sql(&scratch, d->e, columns), vals, width, n, &rows));
    return rows == n ? OK : BUSY; /* somebody was faster by a hair: the whole work again */
}

/* ---- children ---- */

typedef enum { CHILD_SAME, CHILD_NEW, CHILD_CHANGED } ChildState;

static ChildState child_state(const Children *list, const void *was, const ChildHead *row)
{
    const void *stored = stored_child(list, was, row->id);
    if (!stored) return CHILD_NEW;
    for (int f = 0; f < list->entity->field_count; f++)
        if (!value_same(&list->entity->fields[f], value_get(&list->entity->fields[f], stored),
                        value_get(&list->entity->fields[f], row)))
            return CHILD_CHANGED;
    return CHILD_SAME;
}

static Err child_ids_give(Door *d, const Children *list)
{
    int64_t   next;
    ptrdiff_t made = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (ptrdiff_t i = 0; i < d->n; i++) {
            const ChildRows *rows = children_of(list, d->now[i]);
            for (ptrdiff_t k = 0; k < rows->n && !d->skip[i]; k++) {
                ChildHead *row = child_at(list, rows, k);
                if (row->id) continue;
                if (pass) row->id = next++;
                else made++;
            }
        }
        if (made == 0) return OK;
        if (pass == 0) TRY(ids_take(d->w, made, &next));
    }
    return OK;
}

static Str child_insert_sql(Arena *mem, const Entity *child)
{
    Buf sql = buf_new(mem, 300);
    buf_fmt(&sql, "insert into %s (id, %s", entity_table(child), child->parent);
    for (int f = 0; f < child->field_count; f++) buf_fmt(&sql, ", %s", child->fields[f].name);
    buf_c(&sql, ") values ($1, $2");
    for (int f = 0; f < child->field_count; f++) buf_fmt(&sql, ", $%d", f + 3);
    buf_c(&sql, ")");
    return buf_str(&sql);
}

static Str child_update_sql(Arena *mem, const Entity *child)
{
    Buf sql = buf_new(mem, 300);
    buf_fmt(&sql, "update %s set", entity_table(child));
    for (int f = 0; f < child->field_count; f++)
        buf_fmt(&sql, "%s %s = $%d", f ? "," : "", child->fields[f].name, f + 3);
    buf_fmt(&sql, " where id = $1 and %s = $2", child->parent);
    return buf_str(&sql);
}

/* The rows of a list that are in this state, in one statement. */
static Err children_put(Door *d, Arena scratch, const Children *list, ChildState state, const bool *fresh)
{
    const Entity *child = list->entity;
    int           width = child->field_count + 2;
    ptrdiff_t     n = 0, room = 0;
    for (ptrdiff_t i = 0; i < d->n; i++) room += d->skip[i] ? 0 : children_of(list, d->now[i])->n;
    Val *vals = NEW_RAW(&scratch, Val, room * width), *v = vals;
    for (ptrdiff_t i = 0; i < d->n; i++) {
        const ChildRows *rows = children_of(list, d->now[i]);
        for (ptrdiff_t k = 0; k < rows->n && !d->skip[i]; k++) {
            const ChildHead *row = child_at(list, rows, k);
            if ((!d->was[i] || fresh[i] ? child_state(list, d->was[i], row) : CHILD_SAME) != state) continue;
            v[0] = val_int(row->id);
            v[1] = val_int(((Record *)d->now[i])->id);
            for (int f = 0; f < child->field_count; f++)
                v[f + 2] = value_bind(&scratch, &child->fields[f], value_get(&child->fields[f], row));
            v += width;
            n++;
        }
    }
    if (n == 0) return OK;
    Str sql = state == CHILD_NEW ? child_insert_sql(&scratch, child) : child_update_sql(&scratch, child);
    return db_many(d->w->db, sql, vals, width, n, NULL);
}

static Err children_remove(Door *d, Arena scratch, const Children *list, const bool *fresh)
{
    ptrdiff_t n = 0, room = 0;
    for (ptrdiff_t i = 0; i < d->n; i++) room += d->was[i] ? children_of(list, d->was[i])->n : 0;
    Val *vals = NEW_RAW(&scratch, Val, room);
    for (ptrdiff_t i = 0; i < d->n; i++) {
        if (d->skip[i] || !d->was[i] || !fresh[i]) continue;
        const ChildRows *before = children_of(list, d->was[i]), *after = children_of(list, d->now[i]);
        Ids              stays  = children_place(&scratch, list, after);
        for (ptrdiff_t k = 0; k < before->n; k++) {
            int64_t id = ((const ChildHead *)child_at(list, before, k))->id;
            if (ids_at(&stays, id) < 0) vals[n++] = val_int(id);
        }
    }
    if (n == 0) return OK;
    Buf sql = buf_new(&scratch, 100);
    buf_fmt(&sql, "delete from %s where id = $1", entity_table(list->entity));
    return db_many(d->w->db, buf_str(&sql), vals, 1, n, NULL);
}

/* Lists that are the very ones that were read need no comparing. */
static Err lists_write(Door *d)
{
    Arena scratch = d->w->scratch;
    bool *fresh   = NEW_RAW(&scratch, bool, d->n);
    for (int c = 0; c < d->e->child_count; c++) {
        const Children *list = &d->e->children[c];
        for (ptrdiff_t i = 0; i < d->n; i++) {
            const ChildRows *after = children_of(list, d->now[i]);
            const ChildRows *before = d->was[i] ? children_of(list, d->was[i]) : NULL;
            fresh[i] = !before || before->at != after->at || before->n != after->n;
        }
        TRY(children_remove(d, scratch, list, fresh));
        TRY(children_put(d, scratch, list, CHILD_NEW, fresh));
        TRY(children_put(d, scratch, list, CHILD_CHANGED, fresh));
    }
    return OK;
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
    for (int c = 0; c < d->e->child_count; c++) TRY(child_ids_give(d, &d->e->children[c]));
    for (ptrdiff_t i = 0; i < d->n; i++) plan_take(d, &plan, i);
    if (plan.n == 0) return OK;
    TRY(insert_new(d, d->w->scratch, plan.made, plan.mades));
    TRY(update_changed(d, d->w->scratch, plan.changed, plan.changes));
    TRY(lists_write(d));
    return change_rows(d->w, d->e, d->how.work, plan.rows, plan.n);
}
