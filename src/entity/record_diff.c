/* What a save changes, as the text that a change row keeps: {"city": ["Омск", "Пермь"], "phones": {"71": {"number":
 * ["1", "2"]}}}. */
#include "entity/door.h"

#include "entity/rows.h"

#include <stdio.h>
#include <string.h>

static void text_or_null(JsonOut *j, Arena scratch, const Field *f, Value v)
{
    Buf text = buf_new(&scratch, 64);
    value_write(&text, f, v);
    if (text.len) js_str(j, buf_str(&text));
    else js_null(j);
}

static void pair(JsonOut *j, Arena scratch, const Field *f, Value old, Value new_)
{
    js_key(j, f->name);
    js_array(j);
    text_or_null(j, scratch, f, old);
    text_or_null(j, scratch, f, new_);
    js_end(j);
}

static void open_once(JsonOut *j, bool *open, const char *key)
{
    if (!*open) {
        js_key(j, key);
        js_object(j);
    }
    *open = true;
}

static void child_key(JsonOut *j, int64_t id)
{
    char key[24];
    js_key_str(j, (Str){ key, snprintf(key, sizeof key, "%lld", (long long)id) });
}

/* ["+", {…}] or ["-", {…}] */
static void whole_child(JsonOut *j, Arena scratch, const Entity *child, const char *sign, const ChildHead *row)
{
    child_key(j, row->id);
    js_array(j);
    js_c(j, sign);
    js_object(j);
    for (int f = 0; f < child->field_count; f++) {
        Value v = value_get(&child->fields[f], row);
        if (v.empty) continue;
        js_key(j, child->fields[f].name);
        text_or_null(j, scratch, &child->fields[f], v);
    }
    js_end(j);
    js_end(j);
}

static bool child_differs(const Entity *child, const void *a, const void *b)
{
    for (int f = 0; f < child->field_count; f++)
        if (!value_same(&child->fields[f], value_get(&child->fields[f], a), value_get(&child->fields[f], b)))
            return true;
    return false;
}

static void child_pairs(JsonOut *j, Arena scratch, const Entity *child, const ChildHead *was, const ChildHead *now)
{
    child_key(j, now->id);
    js_object(j);
    for (int f = 0; f < child->field_count; f++) {
        Value old = value_get(&child->fields[f], was), new_ = value_get(&child->fields[f], now);
        if (!value_same(&child->fields[f], old, new_)) pair(j, scratch, &child->fields[f], old, new_);
    }
    js_end(j);
}

static void list_diff(JsonOut *j, Arena scratch, const Children *list, const void *was, const void *now)
{
    const ChildRows *before = children_of(list, was), *after = children_of(list, now);
    bool             open = false;
    if (before->at == after->at && before->n == after->n) return;
    Ids stays = children_place(&scratch, list, after);
    for (ptrdiff_t k = 0; k < after->n; k++) {
        const ChildHead *row = child_at(list, after, k), *stored = stored_child(list, was, row->id);
        if (stored && !child_differs(list->entity, stored, row)) continue;
        open_once(j, &open, list->name);
        if (stored) child_pairs(j, scratch, list->entity, stored, row);
        else whole_child(j, scratch, list->entity, "+", row);
    }
    for (ptrdiff_t k = 0; k < before->n; k++) {
        const ChildHead *row = child_at(list, before, k);
        if (ids_at(&stays, row->id) >= 0) continue;
        open_once(j, &open, list->name);
        whole_child(j, scratch, list->entity, "-", row);
    }
    if (open) js_end(j);
}

Str door_diff(Door *d, Arena *mem, ptrdiff_t i)
{
    Buf     text = buf_new(mem, 128);
    JsonOut j    = js_to(&text);
    js_object(&j);
    for (int f = 0; f < d->fields.n; f++) {
        Value old = value_get(d->fields.at[f], d->was[i]), new_ = value_get(d->fields.at[f], d->now[i]);
        if (!value_same(d->fields.at[f], old, new_)) pair(&j, d->w->scratch, d->fields.at[f], old, new_);
    }
    for (int c = 0; c < d->e->child_count; c++) list_diff(&j, d->w->scratch, &d->e->children[c], d->was[i], d->now[i]);
    js_end(&j);
    return text.len > 2 ? buf_str(&text) : (Str){ 0 };
}
