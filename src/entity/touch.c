/* What others did to a record since a version, read from its change rows. */
#include "entity/touch.h"

#include "entity/ids.h"
#include "entity/record.h"
#include "entity/rows.h"

#include <string.h>

typedef struct {
    Work         *w;
    const Entity *e;
    Fields        fields;
    Touch       **all;
} Reader;

static const Field *field_in(Fields fields, Str name)
{
    for (int i = 0; i < fields.n; i++)
        if (str_eq(name, str_of(fields.at[i]->name))) return fields.at[i];
    return NULL;
}

static const Children *list_in(const Entity *e, Str name)
{
    for (int i = 0; i < e->child_count; i++)
        if (str_eq(name, str_of(e->children[i].name))) return &e->children[i];
    return NULL;
}

static const Touch *touched(const Touch *all, const Children *list, int64_t child, const Field *f)
{
    for (; all; all = all->next)
        if (all->list == list && all->child == child && all->field == f) return all;
    return NULL;
}

const Touch *touch_child(const Touch *all, const Children *list, int64_t child, TouchKind kind)
{
    for (; all; all = all->next)
        if (all->list == list && all->child == child && all->kind == kind) return all;
    return NULL;
}

static void touch_add(Reader *r, Touch t)
{
    Touch *kept = NEW(r->w->mem, Touch);
    *kept       = t;
    kept->next  = *r->all;
    *r->all     = kept;
}

/* ["old","new"]: only the first change after the version tells what stood there. */
static void field_touch(Reader *r, const Children *list, int64_t child, const Field *f, const Json *pair)
{
    if (!f || touched(*r->all, list, child, f)) return;
    Touch t = { .kind = TOUCH_FIELD, .list = list, .child = child, .field = f, .base = value_none() };
    if (pair->first && pair->first->kind == JSON_IS_TEXT) value_read(r->w->mem, f, pair->first->text, &t.base);
    touch_add(r, t);
}

static void child_touch(Reader *r, const Children *list, const Json *entry)
{
    Fields  fields = entity_fields(r->w, list->entity);
    int64_t id;
    if (!str_i64(entry->key, &id)) return;
    if (entry->kind == JSON_IS_OBJECT) {
        for (const Json *pair = entry->first; pair; pair = pair->next) field_touch(r, list, id, field_in(fields, pair->key), pair);
    } else if (entry->first) {
        bool added = str_eq(entry->first->text, S("+"));
        touch_add(r, (Touch){ .kind = added ? TOUCH_ADDED : TOUCH_REMOVED, .list = list, .child = id, .values = entry->first->next });
    }
}

static void diff_touches(Reader *r, Str diff)
{
    const Json *json;
    Problems    none = { .mem = r->w->mem, .limit = 1 };
    if (json_read(r->w->mem, str_copy(r->w->mem, diff), (JsonLimits){ .bytes = 64 << 20, .values = 10000000 }, &none, &json) != OK) return;
    for (const Json *at = json->first; at; at = at->next) {
        const Children *list = list_in(r->e, at->key);
        if (!list) field_touch(r, NULL, 0, field_in(r->fields, at->key), at);
        else
            for (const Json *entry = at->first; entry; entry = entry->next) child_touch(r, list, entry);
    }
}

Err touches_read(Work *w, const Entity *e, Fields fields, const int64_t *ids, const int64_t *from, ptrdiff_t n, Touch **out)
{
    Arena    scratch = w->scratch;
    Ids      place   = ids_new(&scratch, n);
    int64_t *asked   = NEW_RAW(&scratch, int64_t, n), least = INT64_MAX;
    Rows     rows;
    for (ptrdiff_t i = 0; i < n; i++) {
        out[i] = NULL;
        if (!from[i]) continue;
        asked[place.n] = ids[i];
        ids_put(&place, ids[i], i);
        if (from[i] < least) least = from[i];
    }
    if (place.n == 0) return OK;
    TRY(db_query(w->db, S("select record, version, diff from change where record in {ids $1} and version > $2 and diff is not null order by record, version"),
                 VALS(val_ids(asked, place.n), val_int(least)), &rows));
    while (rows_next(&rows)) {
        ptrdiff_t i = ids_at(&place, row_int(&rows, 0));
        Reader    r = { w, e, fields, &out[i] };
        if (row_int(&rows, 1) > from[i]) diff_touches(&r, row_text(&rows, 2));
    }
    return rows_end(&rows);
}

/* ---- back to the version ---- */

static void child_values(Work *w, const Entity *child, const Json *values, void *row)
{
    for (const Json *at = values ? values->first : NULL; at; at = at->next) {
        const Field *f = field_in(entity_fields(w, child), at->key);
        Value        v;
        if (f && value_read(w->mem, f, at->text, &v)) value_set(f, row, v);
    }
}

static void *one_more(Work *w, const Children *list, ChildRows *rows)
{
    ptrdiff_t size = list->entity->size;
    char     *room = arena_take_raw(w->mem, size, 16, rows->n + 1);
    if (rows->n) memcpy(room, rows->at, (size_t)(rows->n * size));
    rows->at = room;
    return room + rows->n++ * size;
}

static void child_drop(const Children *list, ChildRows *rows, int64_t id)
{
    char *row = child_with_id(list, rows, id);
    if (!row) return;
    char *end = child_at(list, rows, rows->n);
    memmove(row, row + list->entity->size, (size_t)(end - row - list->entity->size));
    rows->n--;
}

/* Touches stand newest first, except that a field has only its first: taking back in this order ends at the version. */
void touches_take_back(Work *w, const Touch *all, void *record)
{
    for (const Touch *t = all; t; t = t->next) {
        if (!t->list) {
            value_set(t->field, record, t->base);
            continue;
        }
        ChildRows *rows = children_of(t->list, record);
        if (t->kind == TOUCH_ADDED) child_drop(t->list, rows, t->child);
        if (t->kind == TOUCH_REMOVED && !touch_child(all, t->list, t->child, TOUCH_ADDED)) {
            void *row = one_more(w, t->list, rows);
            child_empty(t->list->entity, row);
            ((ChildHead *)row)->id = t->child;
            child_values(w, t->list->entity, t->values, row);
        }
    }
    for (const Touch *t = all; t; t = t->next) {
        void *row = t->list && t->kind == TOUCH_FIELD ? child_with_id(t->list, children_of(t->list, record), t->child) : NULL;
        if (row) value_set(t->field, row, t->base);
    }
}
