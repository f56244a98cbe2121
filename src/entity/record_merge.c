/* Two people changed a record: what only one of them changed stands, what both changed to different values is a
 * clash. */
#include "entity/door.h"

#include "entity/rows.h"
#include "entity/touch.h"

#include <string.h>

static Str shown(Door *d, const Field *f, Value v)
{
    Buf text = buf_new(d->w->mem, 64);
    value_write(&text, f, v);
    return buf_str(&text);
}

static void clash(Door *d, ptrdiff_t i, const char *name, const Field *f, Value theirs, Value yours, Value base)
{
    DOOR_FAIL(d, i, CONFLICT, name, "record.clash", arg_text("theirs", shown(d, f, theirs)),
              arg_text("yours", shown(d, f, yours)), arg_text("base", shown(d, f, base)));
}

/* True when the field ends up settled in `row`; false: both changed it. */
static bool settle(const Touch *t, void *row, const void *stored)
{
    Value mine = value_get(t->field, row), theirs = value_get(t->field, stored);
    if (value_same(t->field, mine, t->base)) value_set(t->field, row, theirs);
    return value_same(t->field, mine, t->base) || value_same(t->field, theirs, t->base) ||
           value_same(t->field, mine, theirs);
}

static void merge_fields(Door *d, ptrdiff_t i, const Touches *all)
{
    for (const Touch *t = touches_of(all, NULL, 0); t; t = t->peer)
        if (!settle(t, d->now[i], d->was[i]))
            clash(d, i, t->field->name, t->field, value_get(t->field, d->was[i]), value_get(t->field, d->now[i]),
                  t->base);
}

/* ---- lists of children ---- */

static bool as_it_went(Door *d, const Touch *gone, const void *row)
{
    const Entity *child = gone->list->entity;
    for (int f = 0; f < child->field_count; f++) {
        const Json *held = json_get(gone->values, child->fields[f].name);
        Value       v    = value_none();
        if (held) value_read(d->w->mem, &child->fields[f], held->text, &v);
        if (!value_same(&child->fields[f], v, value_get(&child->fields[f], row))) return false;
    }
    return true;
}

/* Keeps, changes or leaves out one of my rows; true: it stays. */
static bool merge_mine(Door *d, ptrdiff_t i, const Touches *all, const Children *list, ptrdiff_t k, ChildHead *row)
{
    const void  *stored = stored_child(list, d->was[i], row->id);
    const Touch *gone   = row->id ? touch_child(all, list, row->id, TOUCH_REMOVED) : NULL;
    if (gone && !stored) {
        if (!as_it_went(d, gone, row)) DOOR_FAIL(d, i, CONFLICT, list->name, "record.child_gone");
        return false;
    }
    for (const Touch *t = stored ? touches_of(all, list, row->id) : NULL; t; t = t->peer) {
        if (t->kind != TOUCH_FIELD || settle(t, row, stored)) continue;
        clash(d, i, child_field_name(d, list, k, t->field), t->field, value_get(t->field, stored),
              value_get(t->field, row), t->base);
    }
    return true;
}

static void merge_list(Door *d, ptrdiff_t i, const Touches *all, const Children *list)
{
    ChildRows       *mine = children_of(list, d->now[i]), merged = { 0 };
    const ChildRows *theirs = children_of(list, d->was[i]);
    ptrdiff_t        size   = list->entity->size;
    if (mine->at == theirs->at) return;
    merged.at = arena_take_raw(d->w->mem, size, 16, mine->n + theirs->n);
    for (ptrdiff_t k = 0; k < mine->n; k++) {
        void *row = child_at(list, mine, k);
        if (merge_mine(d, i, all, list, k, row)) memcpy(child_at(list, &merged, merged.n++), row, (size_t)size);
    }
    Ids kept = children_place(d->w->mem, list, mine);
    for (ptrdiff_t k = 0; k < theirs->n; k++) {
        const ChildHead *row = child_at(list, theirs, k);
        if (ids_at(&kept, row->id) >= 0) continue;
        if (touch_child(all, list, row->id, TOUCH_ADDED))
            memcpy(child_at(list, &merged, merged.n++), row, (size_t)size);
        else if (touch_child(all, list, row->id, TOUCH_FIELD))
            DOOR_FAIL(d, i, CONFLICT, list->name, "record.child_changed");
    }
    *mine = merged;
}

Err door_merge(Door *d)
{
    Arena   *mem = d->w->mem;
    int64_t *ids = NEW_N(mem, int64_t, d->n), *from = NEW_N(mem, int64_t, d->n);
    Touches *touches = NEW_N(mem, Touches, d->n);
    for (ptrdiff_t i = 0; i < d->n; i++) {
        const Record *now = d->now[i], *was = d->was[i];
        if (d->skip[i] || !was || now->version == was->version) continue;
        ids[i]  = now->id;
        from[i] = now->version;
        if (now->version > was->version) DOOR_FAIL(d, i, INVALID, NULL, "record.version_ahead");
    }
    TRY(touches_read(d->w, d->e, ids, from, d->n, touches));
    for (ptrdiff_t i = 0; i < d->n; i++) {
        if (touches[i].too_many) DOOR_FAIL(d, i, CONFLICT, NULL, "record.version_too_old");
        if (!touches[i].first || touches[i].too_many) continue;
        merge_fields(d, i, &touches[i]);
        for (int c = 0; c < d->e->child_count; c++) merge_list(d, i, &touches[i], &d->e->children[c]);
    }
    return OK;
}
