/* What others did to a record since a version, read from its change rows. */
#include "entity/touch.h"

#include "entity/record.h"
#include "entity/roster.h"

#include <string.h>

typedef struct {
    Work         *w;
    const Entity *e;
    Fields        fields;
    Touches      *all;
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

const Touch *touches_of(const Touches *all, const Children *list, int64_t child)
{
    Map     *map  = all->by_child;
    int64_t *held = child_slot(&map, list, child, NULL);
    return held ? (const Touch *)(intptr_t)*held : NULL;
}

static bool touched(const Touches *all, const Children *list, int64_t child, const Field *f)
{
    const Touch *t = touches_of(all, list, child);
    while (t && t->field != f) t = t->peer;
    return t != NULL;
}

const Touch *touch_child(const Touches *all, const Children *list, int64_t child, TouchKind kind)
{
    const Touch *t = touches_of(all, list, child);
    while (t && t->kind != kind) t = t->peer;
    return t;
}

static void touch_add(Reader *r, Touch t)
{
    Touch   *kept = NEW(r->w->mem, Touch);
    int64_t *peer = child_slot(&r->all->by_child, t.list, t.child, r->w->mem);
    *kept         = t;
    kept->next    = r->all->first;
    kept->peer    = (Touch *)(intptr_t)*peer;
    *peer         = (intptr_t)kept;
    r->all->first = kept;
}

/* ["old","new"]: only the first change after the version tells what stood there. */
static void field_touch(Reader *r, const Children *list, int64_t child, const Field *f, const Json *pair)
{
    if (!f || touched(r->all, list, child, f)) return;
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

Err touches_read(Work *w, const Entity *e, Fields fields, const int64_t *ids, const int64_t *from, ptrdiff_t n, Touches *out)
{
    Arena    scratch = w->scratch;
    Ids      place   = ids_new(&scratch, n);
    int64_t *asked   = NEW_RAW(&scratch, int64_t, n), least = INT64_MAX;
    Rows     rows;
    for (ptrdiff_t i = 0; i < n; i++) {
        out[i] = (Touches){ 0 };
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

static void child_comes_back(Work *w, Roster *roster, const Touch *t)
{
    if (roster_at(roster, t->child)) return;
    child_values(w, roster->list->entity, t->values, roster_add(roster, t->child));
}

/* Those that were added go, those that went come back, and then each field holds what it held. */
static void list_take_back(Work *w, const Touches *all, const Children *list, ChildRows *rows)
{
    ptrdiff_t any = 0, removed = 0;
    for (const Touch *t = all->first; t; t = t->next) {
        any += t->list == list;
        removed += t->list == list && t->kind == TOUCH_REMOVED;
    }
    if (!any) return;
    Roster roster = roster_open(w->mem, list, rows, removed);
    for (const Touch *t = all->first; t; t = t->next) {
        if (t->list != list) continue;
        if (t->kind == TOUCH_ADDED) roster_drop(&roster, t->child);
        if (t->kind == TOUCH_REMOVED && !touch_child(all, list, t->child, TOUCH_ADDED)) child_comes_back(w, &roster, t);
    }
    for (const Touch *t = all->first; t; t = t->next) {
        void *row = t->list == list && t->kind == TOUCH_FIELD ? roster_at(&roster, t->child) : NULL;
        if (row) value_set(t->field, row, t->base);
    }
    *rows = roster_close(&roster);
}

void touches_take_back(Work *w, const Entity *e, const Touches *all, void *record)
{
    for (const Touch *t = touches_of(all, NULL, 0); t; t = t->peer) value_set(t->field, record, t->base);
    for (int c = 0; c < e->child_count; c++) list_take_back(w, all, &e->children[c], children_of(&e->children[c], record));
}
