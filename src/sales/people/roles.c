/* The roles that every firm finds when it starts, and what each may do; an administrator changes them as he likes.
 *
 * A line of rights is `ENTITIES: VERBS = SCOPE - HIDDEN GROUPS`; `*` stands for every entity or verb there is.  A later
 * line overrides an earlier one for the same pair. */
#include "sales/people/people.h"

#include "core/utf8.h"
#include "entity/record.h"
#include "sales/people/people_sql.h"

#include <stdlib.h>
#include <string.h>

#define BASE  "client person sale"
#define GOODS "product product_group channel source"

static const struct {
    const char *key;
    const char *rights[8];
} kinds[] = {
    { "role.owner", { "*: * = all" } },
    { "role.director",
      { BASE " " GOODS ": * = all", "import analysis analysis_setting: * = all", "user unit role: view = all",
        "journal: view = all" } },
    { "role.head_of_sales",
      { BASE " " GOODS ": * = all", "import analysis analysis_setting: * = all", "user unit: view = all",
        "journal: view = team" } },
    { "role.head_of_clients",
      { BASE ": view add change archive export = team", GOODS " user unit: view = all",
        "analysis analysis_setting: * = team" } },
    { "role.sales_manager",
      { "client person: view add change export = own - finance", "sale: view export = own - finance",
        GOODS " user unit: view = all - finance", "analysis analysis_setting: * = own - finance" } },
    { "role.client_manager",
      { "client person: view add change export = own - finance", "sale: view export = own - finance",
        GOODS " user unit: view = all - finance", "analysis analysis_setting: * = own - finance" } },
    { "role.key_manager",
      { "client person: view add change export = own", "sale: view export = own", GOODS " user unit: view = all",
        "analysis analysis_setting: * = own" } },
    { "role.marketer",
      { "client person: view add change export = all - finance", "sale: view = all - finance",
        GOODS " user unit: view = all - finance", "source: * = all", "analysis analysis_setting: * = all - finance" } },
    { "role.head_of_marketing",
      { "client person: view add change archive export = all - finance", "sale: view = all - finance",
        GOODS " user unit: view = all - finance", "source: * = all", "analysis analysis_setting: * = all - finance" } },
    { "role.product_manager",
      { "product product_group: view add change archive export = all", "client sale: view = all - finance",
        "channel source user unit: view = all", "analysis analysis_setting: * = all - finance" } },
    { "role.copywriter", { "product product_group: view = all - finance" } },
    { "role.designer", { "product product_group: view = all - finance" } },
    { "role.marketing_administrator",
      { "client person: view add change = all - finance", GOODS " user unit: view = all - finance" } },
    { "role.events_marketer", { "client person: view = all - finance", GOODS " user unit: view = all - finance" } },
    { "role.head_of_calls",
      { "client person: view add change = all - finance", "source channel user unit: view = all" } },
    { "role.operator", { "client person: view change = own - finance" } },
    { "role.rep",
      { "client person: view add change = own - finance", "sale: view = own - finance",
        "product product_group channel: view = all - finance" } },
    { "role.supervisor",
      { "client person: view add change export = team - finance", "sale: view export = team - finance",
        GOODS " user unit: view = all - finance", "analysis analysis_setting: * = team - finance" } },
    { "role.consultant", { "client person: view add change = all - finance", GOODS ": view = all - finance" } },
    { "role.department_administrator",
      { "client person: view add change = all - finance", GOODS " user unit: view = all - finance" } },
    { "role.logistician", { "client sale: view = all - finance", GOODS ": view = all - finance" } },
    { "role.financial_controller",
      { "client person sale: view export = all", GOODS " user unit: view = all", "analysis: view = all" } },
    { "role.financial_analyst",
      { "client sale: view export = all", GOODS " user unit: view = all", "analysis analysis_setting: * = all" } },
    { "role.operating_worker", { "client person: view = all - finance" } },
    { "role.department_manager",
      { BASE ": view add change export = team - finance", GOODS " user unit: view = all - finance",
        "analysis analysis_setting: * = team - finance" } },
    { "role.function_keeper", { "client person: view = own - finance" } },
    { "role.base_administrator",
      { BASE " " GOODS ": * = all", "user unit role field import: * = all", "analysis analysis_setting: * = all",
        "journal backup firm: * = all" } },
    { "role.programmer", { NULL } },
    { "role.project_head", { "client: view = team - finance", "user unit: view = all" } },
    { "role.mentor", { "user unit: view = all" } },
    { "role.personnel", { "user unit: view = all" } },
    { "role.moderator", { "client sale: view = all - finance", "analysis: view = all - finance" } },
    { "role.auditor",
      { BASE " " GOODS ": view = all - finance", "analysis: view = all - finance", "user unit: view = all" } },
};

const Place places[] = {
    { "analysis", { "view", "export" } },
    { "field", { "view", "add", "archive" } },
    { "journal", { "view", "export" } },
    { "backup", { "view", "add" } },
    { "firm", { "view", "change" } },
    { 0 },
};

/* ---- the owner's: each right there is ---- */

static Right right_there_is[2000];
static int   rights_there_are;

static void rights_of(const char *entity, const char *const *verbs)
{
    for (; verbs && *verbs && rights_there_are < COUNT(right_there_is); verbs++)
        right_there_is[rights_there_are++] = (Right){ entity, *verbs, SCOPE_ALL, "" };
}

static int by_entity_and_verb(const void *a, const void *b)
{
    const Right *x = a, *y = b;
    int order = strcmp(x->entity, y->entity);
    return order ? order : strcmp(x->verb, y->verb);
}

void rights_gather(void)
{
    if (rights_there_are) return;
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        if (e->parent) continue;
        rights_of(e->name, entity_verbs);
        rights_of(e->name, e->verbs);
    }
    for (const Place *p = places; p->name; p++) rights_of(p->name, p->verbs);
    qsort(right_there_is, (size_t)rights_there_are, sizeof(Right), by_entity_and_verb);
    access_rights(right_there_is, rights_there_are);
}

/* ---- lines of rights ---- */

typedef struct {
    RoleRight at[400];
    int       n;
} RightList;

static void right_put(RightList *to, const char *entity, Str verb, Scope scope, Str mask)
{
    RoleRight right = { .entity = str_of(entity), .verb = verb, .scope = (int)scope, .mask = mask };
    for (int i = 0; i < to->n; i++) {
        if (!str_eq(to->at[i].entity, right.entity) || !str_eq(to->at[i].verb, verb)) continue;
        to->at[i] = right;
        return;
    }
    if (to->n < COUNT(to->at)) to->at[to->n++] = right;
}

static bool wanted(Str verbs, const char *verb)
{
    while (verbs.n) {
        Str one = str_cut(&verbs, ' ');
        if (str_eq(one, S("*")) || str_eq(one, str_of(verb))) return true;
    }
    return false;
}

static void verbs_put(RightList *to, const char *entity, const char *const *known, Str verbs, Scope scope, Str mask)
{
    for (const char *const *verb = known; verb && *verb; verb++)
        if (wanted(verbs, *verb)) right_put(to, entity, str_of(*verb), scope, mask);
}

/* One line of rights, for each entity and place it names. */
static void line_put(RightList *to, Str line)
{
    Str   entities = str_cut(&line, ':'), verbs = str_trim(str_cut(&line, '=')), how = str_trim(line);
    Str   name = str_trim(str_cut(&how, '-')), mask = str_trim(how);
    Scope scope = str_eq(name, S("all")) ? SCOPE_ALL : str_eq(name, S("team")) ? SCOPE_TEAM : SCOPE_OWN;
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        if (e->parent || !wanted(entities, e->name)) continue;
        verbs_put(to, e->name, entity_verbs, verbs, scope, mask);
        verbs_put(to, e->name, e->verbs, verbs, scope, mask);
    }
    for (const Place *p = places; p->name; p++)
        if (wanted(entities, p->name)) verbs_put(to, p->name, p->verbs, verbs, scope, mask);
}

static void rights_fill(Work *w, Role *role, ptrdiff_t kind)
{
    RightList *rights = NEW(w->mem, RightList);
    for (int i = 0; i < COUNT(kinds[kind].rights) && kinds[kind].rights[i]; i++)
        line_put(rights, str_of(kinds[kind].rights[i]));
    role->rights.at = rights->at;
    role->rights.n  = rights->n;
}

static void role_fill(Work *w, Role *role, Lang lang, ptrdiff_t kind)
{
    record_empty(w, &role_entity, role);
    role->name     = str_of(words_text(lang, kinds[kind].key));
    role->name_key = str_of(kinds[kind].key);
    rights_fill(w, role, kind);
}

void role_at_start(Work *w, Str name_key, Role *out)
{
    *out = (Role){ .name_key = name_key };
    for (ptrdiff_t kind = 0; kind < COUNT(kinds); kind++)
        if (str_eq(name_key, str_of(kinds[kind].key))) rights_fill(w, out, kind);
}

Err role_by_key(Work *w, const char *name_key, int64_t *id)
{
    return db_int(w->db, SQL_ROLE_OF_KEY, VALS(val_text(str_of(name_key))), id);
}

static bool is_named_by_program(const Role *role, const char *key)
{
    for (int lang = 0; lang < LANGS; lang++)
        if (str_eq(role->name, str_of(words_text((Lang)lang, key)))) return true;
    return false;
}

/* A firm may have given the name to a role of its own: that one keeps it, and no other is made or renamed. */
static Err name_is_free(Work *w, const char *key, Lang lang, bool *is_free)
{
    int64_t n;
    Str     name = name_find(w->mem, str_of(words_text(lang, key)));
    TRY(db_int(w->db, SQL_ROLES_CALLED, VALS(val_text(name)), &n));
    *is_free = n == 0;
    return OK;
}

static Err role_rename(Work *w, int64_t id, Lang lang, const char *key)
{
    Role *role = NEW(w->mem, Role);
    bool  found, is_free;
    TRY(record_fetch(w, &role_entity, &id, 1, false, role, &found));
    if (!found || str_eq(role->name, str_of(words_text(lang, key))) || !is_named_by_program(role, key)) return OK;
    TRY(name_is_free(w, key, lang, &is_free));
    if (!is_free) return OK;
    role->name = str_of(words_text(lang, key));
    return record_save_many(w, &role_entity, role, 1, &(SaveHow){ .trusted = true });
}

Err roles_make(Work *w, Lang lang)
{
    Role     *roles = NEW_N(w->mem, Role, COUNT(kinds));
    ptrdiff_t n     = 0;
    for (ptrdiff_t i = 0; i < COUNT(kinds); i++) {
        int64_t id;
        bool    is_free;
        Err     err = role_by_key(w, kinds[i].key, &id);
        if (err == OK) TRY(role_rename(w, id, lang, kinds[i].key));
        else if (err != NOT_FOUND) return err;
        else {
            TRY(name_is_free(w, kinds[i].key, lang, &is_free));
            if (is_free) role_fill(w, &roles[n++], lang, i);
        }
    }
    return n ? record_save_many(w, &role_entity, roles, n, &(SaveHow){ .trusted = true }) : OK;
}
