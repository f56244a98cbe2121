/* The list of entities, and of the fields of each. */
#include "entity/own.h"

#include "access/access.h"
#include "entity/kept.h"
#include "entity/owners.h"

#include <string.h>

static const Entity *const *entities;
static ptrdiff_t            count;

/* Fields that every record has.  They are read, shown, filtered and sorted like the others, and never written by a
 * patch. */
static const Field record_fields[] = {
    { .name = "id", .type = TYPE_ref, .offset = offsetof(Record, id), .sort = true, .set_by = BY_RULE },
    { .name = "created_at",
      .type = TYPE_moment,
      .offset = offsetof(Record, created_at),
      .sort = true,
      .set_by = BY_RULE },
    { .name = "changed_at",
      .type = TYPE_moment,
      .offset = offsetof(Record, changed_at),
      .sort = true,
      .set_by = BY_RULE },
    { .name = "created_by", .type = TYPE_ref, .offset = offsetof(Record, created_by), .to = "user", .set_by = BY_RULE },
    { .name = "changed_by", .type = TYPE_ref, .offset = offsetof(Record, changed_by), .to = "user", .set_by = BY_RULE },
};

enum { NAMES_OF_WAY = 512 };

/* A row an entity, one for the place that counts it, and the empty one. */
static ScopeRow *scopes_new(Arena **out)
{
    static Arena mem;
    ptrdiff_t    rows = 2 * count + 1;
    if (mem.floor) arena_drop(&mem);
    mem = arena_new(((ptrdiff_t)sizeof(ScopeRow) + OWNER_WAYS * NAMES_OF_WAY) * rows + 4096);
    arena_lasts(&mem);
    *out = &mem;
    return NEW_N(&mem, ScopeRow, rows);
}

void entities_set(const Entity *const *list)
{
    entities = list;
    for (count = 0; list[count];) count++;
    Arena    *mem;
    ScopeRow *scopes = scopes_new(&mem);
    ptrdiff_t n      = 0;
    for (ptrdiff_t i = 0; list[i]; i++) {
        scopes[n] = owners_scope(mem, list[i]);
        n++;
        if (!list[i]->counted) continue;
        scopes[n]        = scopes[n - 1];
        scopes[n].entity = list[i]->counted;
        scopes[n++].counts = list[i]->name;
    }
    access_scopes(scopes);
    kept_set(mem);
}

const Entity *entity_at(ptrdiff_t i) { return entities[i]; }
ptrdiff_t     entity_count(void) { return count; }

const Entity *entity_named(Str name)
{
    for (ptrdiff_t i = 0; entities && entities[i]; i++)
        if (str_eq(name, str_of(entities[i]->name))) return entities[i];
    return NULL;
}

const char *entity_table(const Entity *e) { return e->table ? e->table : e->name; }

const Entity *entity_above(const Entity *e)
{
    for (ptrdiff_t i = 0; e->parent && entity_at(i); i++)
        for (int c = 0; c < entity_at(i)->child_count; c++)
            if (entity_at(i)->children[c].entity == e) return entity_at(i);
    return e;
}

const char *const entity_verbs[] = { "view", "add", "change", "archive", "export", "import", NULL };

bool entity_finds(const Entity *e)
{
    for (int i = 0; i < e->field_count; i++)
        if (e->fields[i].find) return true;
    return false;
}

bool entity_searched(const Entity *e)
{
    bool any = entity_finds(e);
    for (int c = 0; c < e->child_count; c++) any |= entity_finds(e->children[c].entity);
    return any;
}

bool entity_owned(const Entity *e) { return e->owners[0].ref || e->seen; }

const Field *field_of(const Entity *e, const char *name)
{
    for (int i = 0; i < e->field_count; i++)
        if (strcmp(e->fields[i].name, name) == 0) return &e->fields[i];
    return NULL;
}

Fields entity_fields(Work *w, const Entity *e)
{
    OwnList       own = e->parent ? (OwnList){ 0 } : own_fields(w, e);
    const Field **at  = NEW_RAW(w->mem, const Field *, e->field_count + own.n);
    int           n   = 0;
    for (int i = 0; i < e->field_count; i++) at[n++] = &e->fields[i];
    for (int i = 0; i < own.n; i++)
        if (!own.at[i].archived) at[n++] = &own.at[i].field;
    return (Fields){ at, n };
}

const Field *field_named(Work *w, const Entity *e, Str name)
{
    for (int i = 0; i < e->field_count; i++)
        if (str_eq(name, str_of(e->fields[i].name))) return e->fields[i].inner ? NULL : &e->fields[i];
    for (ptrdiff_t i = 0; i < COUNT(record_fields) && !e->parent; i++)
        if (str_eq(name, str_of(record_fields[i].name))) return &record_fields[i];
    OwnList own = e->parent ? (OwnList){ 0 } : own_fields(w, e);
    for (int i = 0; i < own.n; i++)
        if (!own.at[i].archived && str_eq(name, str_of(own.at[i].field.name))) return &own.at[i].field;
    return NULL;
}

bool field_points(const Field *f) { return f->type == TYPE_ref || f->type == TYPE_link; }

static bool among(Str list, Str name)
{
    while (list.n)
        if (str_eq(str_cut(&list, ' '), name)) return true;
    return false;
}

bool field_may_point(const Field *f, const Entity *to)
{
    if (f->type == TYPE_ref) return f->to && strcmp(f->to, to->name) == 0;
    return f->type == TYPE_link && !to->parent && (!f->to || among(str_of(f->to), str_of(to->name)));
}

const Entity *field_to(const Field *f, Value v)
{
    const Entity *to = f->type == TYPE_link ? entity_named(v.s) : f->to ? entity_named(str_of(f->to)) : NULL;
    return to && field_may_point(f, to) ? to : NULL;
}

unsigned field_ops(const Field *f)
{
    const Entity *to  = f->type == TYPE_ref && f->to ? entity_named(str_of(f->to)) : NULL;
    unsigned      ops = types[f->type].ops & ~(f->find ? 0u : (unsigned)(OP_has | OP_starts));
    return to && to->tree ? ops | OP_under : ops;
}

const char *field_label(Arena *mem, const Entity *e, const Field *f)
{
    for (ptrdiff_t i = 0; i < COUNT(record_fields); i++)
        if (f == &record_fields[i]) return str_c(mem, str_fmt(mem, "record.%s", f->name));
    return str_c(mem, str_fmt(mem, "%s.%s", e->name, f->name));
}
