/* What one work did to one record, and taking it back field by field. */
#include "entity/undo_fields.h"

#include "entity/record.h"
#include "entity/rows.h"

#include <string.h>

static const Field *field_in(Fields fields, Str name)
{
    for (int i = 0; i < fields.n; i++)
        if (str_eq(name, str_of(fields.at[i]->name))) return fields.at[i];
    return NULL;
}

static Value text_value(Work *w, const Field *f, const Json *text)
{
    Value v = value_none();
    if (text && text->kind == JSON_IS_TEXT) value_read(w->mem, f, text->text, &v);
    return v;
}

/* Kept in the order of the rows, the newest first. */
static void put_last(Work *w, Deed **all, Deed deed)
{
    Deed *kept = NEW(w->mem, Deed);
    *kept      = deed;
    kept->next = NULL;
    while (*all) all = &(*all)->next;
    *all = kept;
}

/* A field that the work changed twice goes back to what stood there before the first time. */
static void field_deed(Work *w, Deed **all, const Children *list, int64_t child, const Field *f, const Json *pair)
{
    if (!f || !pair->first || !pair->first->next) return;
    Value old = text_value(w, f, pair->first), ours = text_value(w, f, pair->first->next);
    for (Deed *d = *all; d; d = d->next) {
        if (d->kind != '=' || d->list != list || d->child != child || d->field != f) continue;
        if (value_same(f, d->old, ours)) d->old = old;
        return;
    }
    put_last(w, all, (Deed){ .kind = '=', .list = list, .child = child, .field = f, .old = old, .ours = ours });
}

static void child_deed(Work *w, Deed **all, const Children *list, const Json *entry)
{
    Fields  fields = entity_fields(w, list->entity);
    int64_t id;
    if (!str_i64(entry->key, &id)) return;
    if (entry->kind == JSON_IS_OBJECT) {
        for (const Json *pair = entry->first; pair; pair = pair->next) field_deed(w, all, list, id, field_in(fields, pair->key), pair);
    } else if (entry->first && entry->first->text.n == 1) {
        put_last(w, all, (Deed){ .kind = *entry->first->text.s, .list = list, .child = id, .values = entry->first->next });
    }
}

void deeds_add(Work *w, const Entity *e, Deed **all, Str diff)
{
    const Json *json;
    Problems    none = { .mem = w->mem, .limit = 1 };
    if (!diff.n || json_read(w->mem, diff, (JsonLimits){ .bytes = 64 << 20, .values = 10000000 }, &none, &json) != OK) return;
    for (const Json *at = json->first; at; at = at->next) {
        const Children *list = NULL;
        for (int c = 0; c < e->child_count; c++)
            if (str_eq(at->key, str_of(e->children[c].name))) list = &e->children[c];
        if (!list) field_deed(w, all, NULL, 0, field_in(entity_fields(w, e), at->key), at);
        else
            for (const Json *entry = at->first; entry; entry = entry->next) child_deed(w, all, list, entry);
    }
}

/* ---- taking back ---- */

typedef struct {
    Work *w;
    void *record;
    void (*left)(void *to, const Deed *deed, Value theirs);
    void *to;
    bool  any;
} Taker;

/* The list is copied before it is changed: the door compares it with the one that was read. */
static void list_copy(Work *w, const Children *list, ChildRows *rows)
{
    ptrdiff_t size = list->entity->size;
    char     *copy = arena_take_raw(w->mem, size, 16, rows->n + 1);
    if (rows->n) memcpy(copy, rows->at, (size_t)(rows->n * size));
    rows->at = copy;
}

static void take_field(Taker *t, const Deed *d)
{
    void *row = d->list ? child_with_id(d->list, children_of(d->list, t->record), d->child) : t->record;
    if (!row) return;
    Value theirs = value_get(d->field, row);
    if (value_same(d->field, theirs, d->old)) return;
    if (!value_same(d->field, theirs, d->ours)) {
        t->left(t->to, d, theirs);
        return;
    }
    value_set(d->field, row, d->old);
    t->any = true;
}

static bool as_it_was_added(Work *w, const Deed *d, const void *row)
{
    const Entity *child = d->list->entity;
    for (int f = 0; f < child->field_count; f++)
        if (!value_same(&child->fields[f], text_value(w, &child->fields[f], json_get(d->values, child->fields[f].name)), value_get(&child->fields[f], row))) return false;
    return true;
}

static void take_added(Taker *t, const Deed *d)
{
    ChildRows *rows = children_of(d->list, t->record);
    char      *row  = child_with_id(d->list, rows, d->child);
    if (!row) return;
    if (!as_it_was_added(t->w, d, row)) {
        t->left(t->to, d, value_none());
        return;
    }
    char *end = child_at(d->list, rows, rows->n);
    memmove(row, row + d->list->entity->size, (size_t)(end - row - d->list->entity->size));
    rows->n--;
    t->any = true;
}

static void take_removed(Taker *t, const Deed *d)
{
    ChildRows    *rows  = children_of(d->list, t->record);
    const Entity *child = d->list->entity;
    if (child_with_id(d->list, rows, d->child)) return;
    list_copy(t->w, d->list, rows);
    void *row = child_at(d->list, rows, rows->n++);
    child_empty(child, row);
    ((ChildHead *)row)->id = d->child;
    for (int f = 0; f < child->field_count; f++) value_set(&child->fields[f], row, text_value(t->w, &child->fields[f], json_get(d->values, child->fields[f].name)));
    t->any = true;
}

bool deeds_take_back(Work *w, const Deed *all, void *record, void (*left)(void *to, const Deed *deed, Value theirs), void *to)
{
    Taker t = { w, record, left, to, false };
    for (const Deed *d = all; d; d = d->next) {
        if (d->list) list_copy(w, d->list, children_of(d->list, record));
        if (d->kind == '=') take_field(&t, d);
        else if (d->kind == '+') take_added(&t, d);
        else take_removed(&t, d);
    }
    return t.any;
}
