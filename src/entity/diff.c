/* Reading what a change row keeps. */
#include "entity/diff.h"

const Field *field_in(Fields fields, Str name)
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

DiffReader diff_read(Work *w, const Entity *e, Str diff)
{
    DiffReader  r    = { .w = w, .e = e };
    Problems    none = { .mem = w->mem, .limit = 1 };
    JsonLimits  wide = { .bytes = 64 << 20, .values = 10000000 };
    const Json *json;
    if (diff.n && json_read(w->mem, diff, wide, &none, &json) == OK) r.at = json->first;
    return r;
}

/* {"number": ["1", "2"]} */
static bool pair_take(DiffReader *r, const Json *pair, DiffPart *out)
{
    const Json *old = pair->first;
    *out = (DiffPart){ .kind = DIFF_FIELD, .list = r->list, .child = r->child, .name = pair->key, .old = old };
    out->now   = old ? old->next : NULL;
    out->field = field_in(entity_fields(r->w, r->list ? r->list->entity : r->e), pair->key);
    return true;
}

/* "71": {…} opens a child whose fields follow; "72": ["+", {…}] is told at once. */
static bool entry_take(DiffReader *r, const Json *entry, DiffPart *out)
{
    if (!str_i64(entry->key, &r->child)) return false;
    if (entry->kind == JSON_IS_OBJECT) {
        r->pair = entry->first;
        return false;
    }
    const Json *sign = entry->first;
    if (!sign || sign->kind != JSON_IS_TEXT) return false;
    DiffKind kind = str_eq(sign->text, S("+")) ? DIFF_ADDED : DIFF_REMOVED;
    *out = (DiffPart){ .kind = kind, .list = r->list, .child = r->child, .values = sign->next };
    return true;
}

bool diff_next(DiffReader *r, DiffPart *out)
{
    for (const Json *next; (next = r->pair ? r->pair : r->entry ? r->entry : r->at);) {
        if (r->pair) {
            r->pair = next->next;
            return pair_take(r, next, out);
        }
        if (r->entry) {
            r->entry = next->next;
            if (entry_take(r, next, out)) return true;
            continue;
        }
        r->at    = next->next;
        r->list  = list_in(r->e, next->key);
        r->child = 0;
        if (!r->list) return pair_take(r, next, out);
        r->entry = next->first;
    }
    return false;
}
