/* Records from a patch in JSON, and as JSON. */
#include "access/access.h"
#include "entity/check.h"
#include "entity/child_list.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "entity/rows.h"
#include "entity/touch.h"

#include <string.h>

/* ---- from a patch ---- */

typedef struct {
    Work         *w;
    const Entity *e;    /* whose rights it takes          */
    const char   *verb;
    bool          fresh; /* the record is new             */
    Err           err;
} Patch;

static void refuse(Patch *p, const char *list, ptrdiff_t k, Str name, const char *key)
{
    Str field = list ? str_fmt(p->w->mem, "%s.%td.%.*s", list, k, (int)name.n, name.s) : name;
    p->err    = fail(p->w, INVALID, str_c(p->w->mem, str_upto(field, 100)), key);
}

/* A field that is hidden is as unknown as one that does not exist. */
static bool settable(Patch *p, const Field *f)
{
    return f && !f->inner && !access_hides(p->w->who, p->e->name, p->verb, f->mask);
}

static void patch_field(Patch *p, const Field *f, const char *list, ptrdiff_t k, const Json *json, void *row)
{
    Value v;
    if (!settable(p, f)) refuse(p, list, k, json->key, "field.unknown");
    else if (field_by_rule(f)) refuse(p, list, k, json->key, "field.by_rule");
    else if (!value_of_json(p->w->mem, f, json, &v)) refuse(p, list, k, json->key, "field.wrong_type");
    else value_set(f, row, v);
}

typedef struct {
    ChildRows rows;
    Ids       place;
} Before;

/* Its place among those before; -1: it is a new one. */
static ptrdiff_t patch_known(Patch *p, const Children *list, const Before *before, ptrdiff_t k, const Json *json)
{
    const Json *id = json_get(json, "id");
    if (!id || id->kind == JSON_IS_NULL) return -1;
    ptrdiff_t at = id->kind == JSON_IS_INT ? ids_at(&before->place, id->number) : -1;
    if (id->kind != JSON_IS_INT) refuse(p, list->name, k, S("id"), "field.wrong_type");
    else if (at < 0) refuse(p, list->name, k, S("id"), "record.no_such_child");
    return at;
}

static void patch_child(Patch *p, const Children *list, const Before *before, ptrdiff_t k, const Json *json, void *row)
{
    ptrdiff_t known = patch_known(p, list, before, k, json);
    if (known >= 0) memcpy(row, child_at(list, &before->rows, known), (size_t)list->entity->size);
    else child_empty(list->entity, row);
    for (const Json *at = json->first; at; at = at->next) {
        if (str_eq(at->key, S("id")) || str_eq(at->key, S("_titles"))) continue;
        patch_field(p, field_named(p->w, list->entity, at->key), list->name, k, at, row);
    }
}

static void patch_list(Patch *p, const Children *list, const Json *json, void *record)
{
    ChildRows *rows   = children_of(list, record);
    Before     before = { .rows = *rows };
    ptrdiff_t  k      = 0;
    if (json->kind != JSON_IS_ARRAY) {
        refuse(p, NULL, 0, json->key, "field.not_a_list");
        return;
    }
    if (json->count > CHILDREN_MOST) {
        p->err = fail(p->w, INVALID, list->name, "record.too_many_children", arg_count("limit", CHILDREN_MOST));
        return;
    }
    before.place = children_place(p->w->mem, list, &before.rows);
    *rows = (ChildRows){ arena_take(p->w->mem, list->entity->size, 16, json->count), json->count };
    for (const Json *at = json->first; at; at = at->next, k++) {
        if (at->kind == JSON_IS_OBJECT) patch_child(p, list, &before, k, at, child_at(list, rows, k));
        else refuse(p, list->name, k, S(""), "field.wrong_type");
    }
}

static const Children *list_named(const Entity *e, Str name)
{
    for (int c = 0; c < e->child_count; c++)
        if (str_eq(name, str_of(e->children[c].name))) return &e->children[c];
    return NULL;
}

/* Where a record was made elsewhere, and its name there: only when it is made. */
static bool patch_origin(Patch *p, const Json *json, Record *r)
{
    Str *to = str_eq(json->key, S("origin")) ? &r->origin : str_eq(json->key, S("key")) ? &r->key : NULL;
    if (!to || !p->fresh || json->kind != JSON_IS_TEXT || json->text.n > 200) return false;
    *to = json->text;
    return true;
}

/* Whoever could take a name that the program gives could ask what it has given. */
static void origin_check(Patch *p, const Record *r)
{
    if (p->fresh && p->err == OK && str_find(r->origin, S(":")) >= 0)
        p->err = fail(p->w, CONFLICT, "key", "record.key_unusable");
}

/* A new row that says nothing of its owner is the actor's; one that is said to be nobody's is refused to who may not
 * make such.  Of several ways the door judges (door_owners). */
static void owner_said(Patch *p, const Json *json)
{
    const OwnerWay *way    = p->e->owners;
    bool            alone  = way[0].ref && !way[1].ref;
    bool            nobody = alone && p->fresh && json->kind == JSON_IS_NULL && str_eq(json->key, str_of(way->ref));
    if (nobody && p->err == OK && access_scope(p->w->who, p->e->name, p->verb) != SCOPE_ALL)
        p->err = fail(p->w, DENIED, way->ref, "record.owner_out_of_reach");
}

static void patch_apply(Patch *p, const Json *patch, void *record)
{
    for (const Json *at = patch->first; at; at = at->next) {
        const Children *list = list_named(p->e, at->key);
        if (list) patch_list(p, list, at, record);
        else if ((str_eq(at->key, S("version")) && !p->fresh) || patch_origin(p, at, record)) continue;
        else if (confirm_member(at->key)) continue;
        else patch_field(p, field_named(p->w, p->e, at->key), NULL, 0, at, record);
        owner_said(p, at);
    }
    origin_check(p, record);
}

Err record_apply(Work *w, const Entity *e, const Json *patch, bool fresh, void *record)
{
    Patch p = { .w = w, .e = e, .verb = fresh ? "add" : "change", .fresh = fresh };
    if (patch->kind != JSON_IS_OBJECT) return fail(w, INVALID, NULL, "field.not_an_object");
    patch_apply(&p, patch, record);
    return p.err;
}

/* The record as `version` knew it. */
static Err base_load(Work *w, const Entity *e, int64_t id, int64_t version, void *out)
{
    bool   found;
    Touches touches;
    TRY(reach_need(w, e, "view", id));
    TRY(record_fetch(w, e, &id, 1, true, out, &found));
    if (!found) return fail(w, NOT_FOUND, NULL, "record.not_found");
    Record *r = out;
    if (version == 0 || version == r->version) return OK;
    if (version > r->version || version < 0) return fail(w, INVALID, "version", "record.version_ahead");
    TRY(touches_read(w, e, &id, &version, 1, &touches));
    if (touches.too_many) return fail(w, CONFLICT, NULL, "record.version_too_old");
    touches_take_back(w, e, &touches, out);
    r->version = version;
    return OK;
}

Err record_patch(Work *w, const Entity *e, int64_t id, int64_t version, const Json *patch, void *out)
{
    if (!patch || patch->kind != JSON_IS_OBJECT) return fail(w, INVALID, NULL, "field.not_an_object");
    TRY(access_need(w, e->name, id ? "change" : "add"));
    TRY(confirm_read(w, e, id, out, patch));
    if (id) TRY(base_load(w, e, id, version, out));
    else record_empty(w, e, out);
    return record_apply(w, e, patch, id == 0, out);
}

/* ---- to JSON ---- */

static void titles_put(JsonOut *to, Fields fields, const void *row, const Str *titles, const char *const *name,
                       bool *any)
{
    for (int f = 0; titles && f < fields.n; f++) {
        Value v = value_get(fields.at[f], row);
        if (!field_points(fields.at[f]) || v.empty) continue;
        if (!*any) {
            js_key(to, "_titles");
            js_object(to);
        }
        *any = true;
        js_key(to, name ? name[f] : fields.at[f]->name);
        js_object(to);
        if (fields.at[f]->type == TYPE_link) {
            js_key(to, "entity");
            js_str(to, v.s);
        }
        js_key(to, "id");
        js_i64(to, v.n);
        js_key(to, "title");
        if (titles[f].s) js_str(to, titles[f]);
        else js_null(to);
        js_end(to);
    }
}

static void titles_json(JsonOut *to, Fields fields, const void *row, const Str *titles)
{
    bool any = false;
    titles_put(to, fields, row, titles, NULL, &any);
    if (any) js_end(to);
}

/* `name`: what they are called here; null: as everywhere. */
static void fields_json(Work *w, JsonOut *to, const Entity *rights, Fields fields, const void *row,
                        const char *const *name)
{
    for (int f = 0; f < fields.n; f++) {
        if (fields.at[f]->inner || access_hides(w->who, rights->name, "view", fields.at[f]->mask)) continue;
        js_key(to, name ? name[f] : fields.at[f]->name);
        value_json(to, fields.at[f], value_get(fields.at[f], row));
    }
}

static void children_json(Work *w, JsonOut *to, const Entity *e, const Children *list, const ChildRows *rows)
{
    Fields fields = entity_fields(w, list->entity);
    js_key(to, list->name);
    js_array(to);
    for (ptrdiff_t k = 0; k < rows->n; k++) {
        const ChildHead *row = child_at(list, rows, k);
        js_object(to);
        js_key(to, "id");
        js_i64(to, row->id);
        fields_json(w, to, e, fields, row, NULL);
        titles_json(to, fields, row, row->titles);
        js_end(to);
    }
    js_end(to);
}

static void user_json(JsonOut *to, const char *key, int64_t user)
{
    js_key(to, key);
    if (user) js_i64(to, user);
    else js_null(to);
}

void record_json_open(Work *w, JsonOut *to, const Entity *e, const void *record)
{
    const Record *r      = record;
    Fields        fields = entity_fields(w, e);
    js_object(to);
    js_key(to, "id");
    js_i64(to, r->id);
    js_key(to, "version");
    js_i64(to, r->version);
    fields_json(w, to, e, fields, record, NULL);
    for (int c = 0; c < e->child_count; c++) {
        const ChildRows *rows = children_of(&e->children[c], record);
        if (rows->n >= 0) children_json(w, to, e, &e->children[c], rows);
    }
    js_key(to, "created_at");
    js_moment(to, r->created_at);
    user_json(to, "created_by", r->created_by);
    js_key(to, "changed_at");
    js_moment(to, r->changed_at);
    user_json(to, "changed_by", r->changed_by);
    js_key(to, "archived_at");
    js_moment(to, r->archived_at);
    titles_json(to, fields, record, r->titles);
}

void record_json(Work *w, JsonOut *to, const Entity *e, const void *record)
{
    record_json_open(w, to, e, record);
    js_end(to);
}

/* ---- a child in a list of its own ---- */

static const char *const *names_above(Work *w, Fields fields)
{
    const char **name = NEW_RAW(w->mem, const char *, fields.n);
    for (int f = 0; f < fields.n; f++) name[f] = str_c(w->mem, str_fmt(w->mem, "parent.%s", fields.at[f]->name));
    return name;
}

void child_json_open(Work *w, JsonOut *to, const Entity *e, const Page *page, ptrdiff_t i)
{
    const Entity    *of = entity_above(e);
    Fields           own = entity_fields(w, e), above = entity_fields(w, of);
    const ChildHead *row = (const void *)((const char *)page->records + i * e->size);
    const Record    *record = (const void *)((const char *)page->above + page->above_at[i] * of->size);
    const char *const *name = names_above(w, above);
    bool             any = false;
    js_object(to);
    js_key(to, "id");
    js_i64(to, row->id);
    js_key(to, e->parent);
    js_i64(to, record->id);
    fields_json(w, to, of, own, row, NULL);
    fields_json(w, to, of, above, record, name);
    titles_put(to, own, row, row->titles, NULL, &any);
    titles_put(to, above, record, record->titles, name, &any);
    if (any) js_end(to);
}
