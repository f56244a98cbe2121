/* The roles that every firm finds when it starts, and what each may do; an administrator changes them as he likes.
 *
 * They are seeds (people.seed.json, and AREA.seed.json for what an area brings).  A line of rights is
 * `ENTITIES: VERBS = SCOPE - HIDDEN GROUPS`; `*` stands for every entity or verb there is.  A later line overrides an
 * earlier one for the same pair.  What a role may do with one entity is a seed by itself (`role.rep/client`), so that
 * an entity of a later version reaches a role whose other rights were edited. */
#include "sales/people/people.h"

#include "core/bounds.h"
#include "entity/seed.h"
#include "sales/people/people_sql.h"

#include <stdlib.h>
#include <string.h>

const Place places[] = {
    { "analysis", { "view", "export" } },
    { "field", { "view", "add", "archive" } },
    { "journal", { "view", "export" } },
    { "backup", { "view", "add" } },
    { "firm", { "view", "change" } },
    { 0 },
};

/* ---- the owner's: each right there is ---- */

static Right *right_there_is;
static int    rights_there_are;

int rights_most(void) { return rights_there_are; }

/* `to` null: they are only counted. */
static int verbs_take(const char *entity, const char *const *verbs, Right *to)
{
    int n = 0;
    for (; verbs && *verbs; verbs++, n++)
        if (to) to[n] = (Right){ entity, *verbs, SCOPE_ALL, "" };
    return n;
}

static int rights_take(Right *to)
{
    int n = 0;
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        if (e->parent) continue;
        n += verbs_take(e->name, entity_verbs, to ? to + n : NULL);
        n += verbs_take(e->name, e->verbs, to ? to + n : NULL);
    }
    for (const Place *p = places; p->name; p++) n += verbs_take(p->name, p->verbs, to ? to + n : NULL);
    return n;
}

static int by_entity_and_verb(const void *a, const void *b)
{
    const Right *x = a, *y = b;
    int order = strcmp(x->entity, y->entity);
    return order ? order : strcmp(x->verb, y->verb);
}

/* ---- lines of rights ---- */

/* Each right there is at most once. */
typedef struct {
    RoleRight *at;
    int        n;
} RightList;

static void right_put(RightList *to, const char *entity, Str verb, Scope scope, Str mask)
{
    RoleRight right = { .entity = str_of(entity), .verb = verb, .scope = (int)scope, .mask = mask };
    for (int i = 0; i < to->n; i++) {
        if (!str_eq(to->at[i].entity, right.entity) || !str_eq(to->at[i].verb, verb)) continue;
        to->at[i] = right;
        return;
    }
    to->at[to->n++] = right;
}

/* What a line names, and which of it there is. */
typedef struct {
    Str  entities, verbs, mask;
    Scope scope;
} Line;

static bool wanted(Str names, const char *name)
{
    while (names.n) {
        Str one = str_cut(&names, ' ');
        if (str_eq(one, S("*")) || str_eq(one, str_of(name))) return true;
    }
    return false;
}

static bool verbs_put(RightList *to, const char *entity, const char *const *known, const Line *line)
{
    bool any = false;
    for (const char *const *verb = known; verb && *verb; verb++) {
        if (!wanted(line->verbs, *verb)) continue;
        right_put(to, entity, str_of(*verb), line->scope, line->mask);
        any = true;
    }
    return any;
}

static bool scope_read(Str name, Scope *out)
{
    for (int i = 0; right_scopes[i]; i++)
        if (str_eq(name, str_of(right_scopes[i]))) {
            *out = (Scope)(SCOPE_OWN + i);
            return true;
        }
    return false;
}

static bool entities_known(Str names)
{
    while (names.n) {
        Str  one   = str_cut(&names, ' ');
        bool known = str_eq(one, S("*")) || entity_named(one);
        for (const Place *p = places; p->name; p++) known |= str_eq(one, str_of(p->name));
        if (!known) return false;
    }
    return true;
}

static bool line_read(Str text, Line *out)
{
    Str entities = str_cut(&text, ':'), verbs = str_cut(&text, '='), scope = str_trim(str_cut(&text, '-'));
    *out = (Line){ .entities = str_trim(entities), .verbs = str_trim(verbs), .mask = str_trim(text) };
    return out->entities.n && out->verbs.n && entities_known(out->entities) && scope_read(scope, &out->scope);
}

/* One line of rights, for each entity and place it names; false: it is none, or gives nothing. */
static bool line_put(RightList *to, Str text)
{
    Line line;
    bool any = false;
    if (!line_read(text, &line)) return false;
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        if (e->parent || !wanted(line.entities, e->name)) continue;
        any |= verbs_put(to, e->name, entity_verbs, &line);
        any |= verbs_put(to, e->name, e->verbs, &line);
    }
    for (const Place *p = places; p->name; p++)
        if (wanted(line.entities, p->name)) any |= verbs_put(to, p->name, p->verbs, &line);
    return any;
}

/* ---- as seeds ---- */

static void right_json(JsonOut *j, const RoleRight *right)
{
    js_object(j);
    js_key(j, "entity"); js_str(j, right->entity);
    js_key(j, "verb");   js_str(j, right->verb);
    js_key(j, "scope");  js_c(j, right_scopes[right->scope - SCOPE_OWN]);
    if (right->mask.n) {
        js_key(j, "mask");
        js_str(j, right->mask);
    }
    js_end(j);
}

/* All that the list has of the entity of its right `first`, where that is the first one of it. */
static void part_spell(Arena *mem, JsonOut *j, Str key, const RightList *list, int first)
{
    Str entity = list->at[first].entity;
    for (int i = 0; i < first; i++)
        if (str_eq(list->at[i].entity, entity)) return;
    js_object(j);
    js_key(j, "key");
    js_str(j, str_fmt(mem, "%.*s/%.*s", (int)key.n, key.s, (int)entity.n, entity.s));
    js_key(j, "rights");
    js_array(j);
    for (int i = first; i < list->n; i++)
        if (str_eq(list->at[i].entity, entity)) right_json(j, &list->at[i]);
    js_end(j);
    js_end(j);
}

/* The role without its rights; where nothing else is said of it, it is another seed that brings it. */
static void whole_spell(JsonOut *j, const Json *element)
{
    if (element->count <= 2) return;
    js_object(j);
    for (const Json *v = element->first; v; v = v->next) {
        if (str_eq(v->key, S("rights"))) continue;
        js_key_str(j, v->key);
        js_copy(j, v);
    }
    js_end(j);
}

static bool lines_read(Arena *mem, const Json *rights, RightList *out)
{
    *out = (RightList){ .at = NEW_RAW(mem, RoleRight, rights_there_are) };
    for (const Json *line = rights->first; line; line = line->next)
        if (line->kind != JSON_IS_TEXT || !line_put(out, line->text)) return false;
    return true;
}

/* Lines that are wrong stay as they are: the door refuses them at their place. */
static void role_spell(Arena *mem, JsonOut *to, const Json *element)
{
    Str         key;
    RightList   list;
    const Json *rights = json_get(element, "rights");
    if (!rights || rights->kind != JSON_IS_ARRAY || !rights->first || rights->first->kind != JSON_IS_TEXT ||
        !json_get_text(element, "key", &key) || !lines_read(mem, rights, &list)) {
        js_copy(to, element);
        return;
    }
    whole_spell(to, element);
    for (int i = 0; i < list.n; i++) part_spell(mem, to, key, &list, i);
}

/* One that the firm has given a name of its own is the firm's: it gains nothing by itself. */
static bool role_grows(const void *record) { return ((const Role *)record)->name_key.n > 0; }

/* What a base of a version without seeds knew (migrations/0019). */
static bool role_had(Str part)
{
    static const char *const known[] = { "user",    "unit",  "role",   "client",   "person",
                                         "source",  "product", "product_group", "channel", "sale",
                                         "import",  "analysis", "analysis_setting", "field", "journal",
                                         "backup",  "firm" };
    for (ptrdiff_t i = 0; i < COUNT(known); i++)
        if (str_eq(part, str_of(known[i]))) return true;
    return false;
}

const SeedWay role_seeds = { .spell = role_spell, .grows = role_grows, .had = role_had };

/* ---- what a role had at the start ---- */

typedef struct {
    Str       role;
    RoleRight right;
} StartRight;

static struct {
    StartRight *at;
    ptrdiff_t   n, room;
} start;

static void start_put(Arena *mem, Str role, const Json *json)
{
    Str        scope;
    Scope      far;
    StartRight r = { .role = role };
    if (!json_get_text(json, "entity", &r.right.entity) || !json_get_text(json, "verb", &r.right.verb) ||
        !json_get_text(json, "scope", &scope) || !scope_read(scope, &far))
        return;
    json_get_text(json, "mask", &r.right.mask);
    r.right.scope = (int)far;
    if (start.n == start.room) {
        StartRight *wider = NEW_RAW(mem, StartRight, start.room * 2 + 256);
        if (start.n) memcpy(wider, start.at, sizeof *wider * (size_t)start.n);
        start.at   = wider;
        start.room = start.room * 2 + 256;
    }
    start.at[start.n++] = r;
}

static void start_part(Arena *mem, const Json *element)
{
    Str         key;
    const Json *rights = json_get(element, "rights");
    if (!rights || !json_get_text(element, "key", &key)) return;
    Str role = str_cut(&key, '/');
    for (const Json *right = rights->first; right; right = right->next) start_put(mem, role, right);
}

static void start_file(Arena *mem, Str text)
{
    const Json *file, *roles, *element;
    Buf         plain = buf_new(mem, 4096);
    JsonOut     j     = js_to(&plain);
    JsonLimits  limits = { .bytes = SEED_BYTES };
    Problems    none  = { 0 };
    if (json_read(mem, text, limits, &none, &file) != OK || !(roles = json_get(file, "role"))) return;
    js_array(&j);
    for (element = roles->first; element; element = element->next) role_spell(mem, &j, element);
    js_end(&j);
    if (json_read(mem, buf_str(&plain), limits, &none, &roles) != OK) return;
    for (element = roles->first; element; element = element->next) start_part(mem, element);
}

static void starts_read(Arena *mem)
{
    memset(&start, 0, sizeof start);
    for (const SeedFile *f = seed_files; f->name; f++) start_file(mem, f->text);
}

void role_at_start(Work *w, Str name_key, Role *out)
{
    ptrdiff_t n = 0;
    *out        = (Role){ .name_key = name_key };
    for (ptrdiff_t i = 0; name_key.n && i < start.n; i++) n += str_eq(start.at[i].role, name_key);
    out->rights.at = NEW_RAW(w->mem, RoleRight, n);
    for (ptrdiff_t i = 0; n && i < start.n; i++)
        if (str_eq(start.at[i].role, name_key)) out->rights.at[out->rights.n++] = start.at[i].right;
}

void rights_gather(void)
{
    static Arena mem;
    if (mem.floor) arena_drop(&mem);
    mem = arena_new(BOUND_ROLES);
    arena_lasts(&mem);
    rights_there_are = rights_take(NULL);
    right_there_is   = NEW_RAW(&mem, Right, rights_there_are);
    rights_take(right_there_is);
    qsort(right_there_is, (size_t)rights_there_are, sizeof(Right), by_entity_and_verb);
    access_rights(right_there_is, rights_there_are);
    starts_read(&mem);
}

Err role_by_key(Work *w, const char *name_key, int64_t *id)
{
    return db_int(w->db, SQL_ROLE_OF_KEY, VALS(val_text(str_of(name_key))), id);
}
