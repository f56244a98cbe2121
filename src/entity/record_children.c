/* What the door writes of a record's children: those that went, came and changed, a statement each. */
#include "entity/columns.h"
#include "entity/door.h"
#include "entity/rows.h"

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

Err door_children_ids(Door *d)
{
    for (int c = 0; c < d->e->child_count; c++) TRY(child_ids_give(d, &d->e->children[c]));
    return OK;
}

static FieldColumns child_columns(Arena *mem, const Entity *child)
{
    FieldColumns columns = { .at = NEW_RAW(mem, FieldColumn, child->field_count * FIELD_COLUMNS) };
    for (int f = 0; f < child->field_count; f++) field_columns_add(&columns, &child->fields[f], false);
    return columns;
}

static Str child_insert_sql(Arena *mem, const Entity *child, FieldColumns columns)
{
    Buf sql = buf_new(mem, 300);
    buf_fmt(&sql, "insert into %s (id, %s", entity_table(child), child->parent);
    for (int c = 0; c < columns.n; c++) {
        buf_c(&sql, ", ");
        column_name(&sql, columns.at[c]);
    }
    buf_c(&sql, ") values ($1, $2");
    for (int c = 0; c < columns.n; c++) buf_fmt(&sql, ", $%d", c + 3);
    buf_c(&sql, ")");
    return buf_str(&sql);
}

static Str child_update_sql(Arena *mem, const Entity *child, FieldColumns columns)
{
    Buf sql = buf_new(mem, 300);
    buf_fmt(&sql, "update %s set", entity_table(child));
    for (int c = 0; c < columns.n; c++) {
        buf_c(&sql, c ? ", " : " ");
        column_name(&sql, columns.at[c]);
        buf_fmt(&sql, " = $%d", c + 3);
    }
    buf_fmt(&sql, " where id = $1 and %s = $2", child->parent);
    return buf_str(&sql);
}

/* The rows of a list that are in this state, in one statement. */
static Err children_put(Door *d, Arena scratch, const Children *list, ChildState state, const bool *fresh)
{
    const Entity *child   = list->entity;
    FieldColumns  columns = child_columns(&scratch, child);
    int           width   = columns.n + 2;
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
            for (int c = 0; c < columns.n; c++)
                v[c + 2] = column_val(&scratch, columns.at[c], value_get(columns.at[c].field, row));
            v += width;
            n++;
        }
    }
    if (n == 0) return OK;
    Str sql = state == CHILD_NEW ? child_insert_sql(&scratch, child, columns)
                                 : child_update_sql(&scratch, child, columns);
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
Err door_children(Door *d)
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
