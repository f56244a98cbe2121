/* A part of a record's list, which a seed speaks of by itself, and when two records say the same. */
#include "entity/seed_inside.h"

#include "entity/rows.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

Str seed_hash(Arena *mem, Str text)
{
    unsigned char bytes[crypto_hash_sha256_BYTES];
    char         *hex = NEW_RAW(mem, char, 2 * sizeof bytes + 1);
    crypto_hash_sha256(bytes, (const unsigned char *)text.s, (unsigned long long)text.n);
    sodium_bin2hex(hex, 2 * sizeof bytes + 1, bytes, sizeof bytes);
    return str_of(hex);
}

const Children *seed_list(const Entity *e, const Field **by)
{
    for (int c = 0; c < e->child_count; c++) {
        if (!e->children[c].entity->part) continue;
        *by = field_of(e->children[c].entity, e->children[c].entity->part);
        return &e->children[c];
    }
    return NULL;
}

static bool in_part(const Field *by, const void *row, Str part) { return str_eq(value_get(by, row).s, part); }

static Str child_text(Arena *mem, const Entity *child, const void *row)
{
    Buf b = buf_new(mem, 64);
    for (int f = 0; f < child->field_count; f++) {
        value_write(&b, &child->fields[f], value_get(&child->fields[f], row));
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

static int text_order(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

/* `part` s null: of the whole list. */
static Str list_digest(Arena *mem, const Children *list, const Field *by, const void *record, Str part)
{
    const ChildRows *rows  = children_of(list, record);
    Str             *texts = NEW_RAW(mem, Str, rows->n);
    ptrdiff_t        n     = 0;
    Buf              b     = buf_new(mem, 256);
    for (ptrdiff_t k = 0; k < rows->n; k++)
        if (!part.s || in_part(by, child_at(list, rows, k), part))
            texts[n++] = child_text(mem, list->entity, child_at(list, rows, k));
    if (n) qsort(texts, (size_t)n, sizeof *texts, text_order);
    for (ptrdiff_t k = 0; k < n; k++) {
        buf_put(&b, texts[k]);
        buf_char(&b, '\n');
    }
    return seed_hash(mem, buf_str(&b));
}

Str seed_part_digest(Arena *mem, const Entity *e, const void *record, Str part)
{
    const Field    *by;
    const Children *list = seed_list(e, &by);
    return list_digest(mem, list, by, record, part);
}

bool seed_part_empty(const Entity *e, const void *record, Str part)
{
    const Field     *by;
    const Children  *list = seed_list(e, &by);
    const ChildRows *rows = children_of(list, record);
    for (ptrdiff_t k = 0; k < rows->n; k++)
        if (in_part(by, child_at(list, rows, k), part)) return false;
    return true;
}

static bool rows_same(const Entity *child, const void *a, const void *b)
{
    for (int f = 0; f < child->field_count; f++)
        if (!value_same(&child->fields[f], value_get(&child->fields[f], a), value_get(&child->fields[f], b)))
            return false;
    return true;
}

/* The id of a row that says the same; 0: there is none. */
static int64_t id_of(const Children *list, const ChildRows *rows, const void *row)
{
    for (ptrdiff_t k = 0; k < rows->n; k++)
        if (rows_same(list->entity, child_at(list, rows, k), row))
            return ((const ChildHead *)child_at(list, rows, k))->id;
    return 0;
}

void seed_part_put(Arena *mem, const Entity *e, void *record, const void *from, Str part)
{
    const Field     *by;
    const Children  *list = seed_list(e, &by);
    ChildRows       *to   = children_of(list, record), was = *to;
    const ChildRows *said = children_of(list, from);
    size_t           size = (size_t)list->entity->size;
    *to = (ChildRows){ arena_take(mem, list->entity->size, 16, was.n + said->n), 0 };
    for (ptrdiff_t k = 0; k < was.n; k++)
        if (!in_part(by, child_at(list, &was, k), part))
            memcpy(child_at(list, to, to->n++), child_at(list, &was, k), size);
    for (ptrdiff_t k = 0; k < said->n; k++) {
        ChildHead *row = child_at(list, to, to->n);
        if (!in_part(by, child_at(list, said, k), part)) continue;
        memcpy(row, child_at(list, said, k), size);
        row->id = id_of(list, &was, row);
        to->n++;
    }
}

bool seed_records_same(Work *w, const Entity *e, const void *a, const void *b)
{
    Fields fields = entity_fields(w, e);
    for (int f = 0; f < fields.n; f++)
        if (!value_same(fields.at[f], value_get(fields.at[f], a), value_get(fields.at[f], b))) return false;
    for (int c = 0; c < e->child_count; c++) {
        Str x = list_digest(w->mem, &e->children[c], NULL, a, (Str){ 0 });
        if (!str_eq(x, list_digest(w->mem, &e->children[c], NULL, b, (Str){ 0 }))) return false;
    }
    return true;
}
