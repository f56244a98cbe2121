/* What a row says is put into its record: fields are set, children added unless they are there. */
#include "sales/import/import_batch.h"

#include <string.h>

struct Lists {
    Map      *has[IMPORT_COLUMNS_MAX];
    bool      asked[IMPORT_COLUMNS_MAX];
    void     *grown[IMPORT_COLUMNS_MAX]; /* by list of the entity */
    ptrdiff_t more;                      /* rows that may still come */
};

Lists *lists_new(Work *w, ptrdiff_t more)
{
    Lists *l = NEW(w->mem, Lists);
    l->more  = more;
    return l;
}

static int64_t *value_in(Work *w, Lists *l, int c, const Field *f, Value v)
{
    Buf text = buf_new(w->mem, 32);
    value_write(&text, f, v);
    return map_at(&l->has[c], buf_str(&text), w->mem);
}

/* Whether the value is there already. */
static int64_t *value_there(Work *w, Lists *l, int c, const RecordColumn *col, const ChildRows *rows, Value v)
{
    for (ptrdiff_t i = 0; !l->asked[c] && i < rows->n; i++)
        *value_in(w, l, c, col->field, value_get(col->field, (char *)rows->at + i * col->list->entity->size)) = true;
    l->asked[c] = true;
    return value_in(w, l, c, col->field, v);
}

static ChildRows *rows_of(const RecordColumn *col, void *record)
{
    return (ChildRows *)(void *)((char *)record + col->list->offset);
}

bool row_fits(Work *w, Batch *b, Draft *d, Lists *l, void *record)
{
    for (int c = 0; c < b->columns; c++) {
        const RecordColumn *col = &b->column[c];
        if (!col->list || d->value[c].empty || rows_of(col, record)->n < CHILDREN_MOST) continue;
        Value v = record_value(w->scratch, col->field, d->value[c]);
        if (*value_there(w, l, c, col, rows_of(col, record), v)) continue;
        const Problem full = { .field = col->list->name, .key = "record.too_many_children", .arg_count = 1,
                               .args = { arg_count("limit", CHILDREN_MOST) } };
        row_told(b->run, d->number, &full, false);
        d->bad = true;
        return false;
    }
    return true;
}

static void *child_room(Work *w, const Batch *b, Lists *l, const Children *list, ChildRows *rows)
{
    void    **grown = &l->grown[list - b->entity->children];
    ptrdiff_t size  = list->entity->size;
    if (!*grown) {
        *grown = arena_take(w->mem, size, 16, rows->n + l->more);
        if (rows->n) memcpy(*grown, rows->at, (size_t)(rows->n * size));
        rows->at = *grown;
    }
    return (char *)rows->at + rows->n++ * size;
}

/* A new child with the value, unless there is one. */
static bool child_add(Work *w, const Batch *b, Lists *l, int c, void *record, Value v)
{
    const RecordColumn *col  = &b->column[c];
    const Entity       *e    = col->list->entity;
    ChildRows          *rows = rows_of(col, record);
    if (rows->n < 0) rows->n = 0;
    int64_t *there = value_there(w, l, c, col, rows, v);
    if (*there) return false;
    *there = true;
    void *child = child_room(w, b, l, col->list, rows);
    for (int f = 0; f < e->field_count; f++) {
        const Field *field = &e->fields[f];
        value_set(field, child,
                  field->required && field->type == TYPE_choice ? (Value){ .n = field->start ? field->start : 1 }
                                                                : value_none());
    }
    value_set(col->field, child, v);
    return true;
}

bool row_apply(Work *w, const Batch *b, const Draft *d, Lists *lists, void *record)
{
    bool moves = false;
    for (int c = 0; c < b->columns; c++) {
        const Field *f = b->column[c].field;
        Value        v = record_value(w->scratch, f, d->value[c]);
        if (v.empty) continue;
        if (b->column[c].list) moves |= child_add(w, b, lists, c, record, v);
        else {
            moves |= !value_same(f, value_get(f, record), v);
            value_set(f, record, v);
        }
    }
    return moves;
}
