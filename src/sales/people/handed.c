/* Who may hand out what: rights are measured against the giver's own, and sight against what he sees himself. */
#include "sales/people/handed.h"

#include "entity/record.h"
#include "sales/people/people_sql.h"

#include <string.h>

bool role_is_owners(const Role *role) { return str_eq(role->name_key, S("role.owner")); }
bool is_owner(const Work *w) { return w->who->owner || w->who->everything; }

/* ---- rights ---- */

static bool list_has(Str list, Str name)
{
    while (list.n)
        if (str_eq(str_trim(str_cut(&list, ',')), name)) return true;
    return false;
}

static bool list_hides_more(Str mine, Str theirs)
{
    while (mine.n)
        if (!list_has(theirs, str_trim(str_cut(&mine, ',')))) return true;
    return false;
}

/* Does the actor see less of it than a right that hides `theirs` shows?  What is hidden from him where it is viewed, or
 * counted, counts, not only what his own right hides. */
static bool hides_more(const Actor *actor, const char *entity, const char *verb, Str theirs)
{
    if (access_scope(actor, entity, "view") == SCOPE_NONE) return false;
    for (ptrdiff_t i = 0; entity_at(i); i++)
        for (int f = 0; f < entity_at(i)->field_count; f++) {
            const char *group = entity_at(i)->fields[f].mask;
            if (group && !list_has(theirs, str_of(group)) && access_hides(actor, entity, verb, group)) return true;
        }
    return false;
}

static Str mask_of(const Actor *actor, const char *entity, const char *verb)
{
    for (int i = 0; i < actor->right_count; i++)
        if (strcmp(actor->rights[i].entity, entity) == 0 && strcmp(actor->rights[i].verb, verb) == 0)
            return str_of(actor->rights[i].mask);
    return (Str){ 0 };
}

static bool has_as_much(Work *w, const RoleRight *right)
{
    const char *entity = str_c(w->mem, right->entity), *verb = str_c(w->mem, right->verb);
    if (w->who->everything) return true;
    if (access_scope(w->who, entity, verb) < (Scope)right->scope) return false;
    return !list_hides_more(mask_of(w->who, entity, verb), right->mask) &&
           !hides_more(w->who, entity, verb, right->mask);
}

/* Fewer records in ten minutes; NONE: as many as one likes. */
static bool limit_wider(int64_t limit, int64_t than) { return than != NONE && (limit == NONE || limit > than); }

static bool right_beyond(Work *w, const Role *role)
{
    for (ptrdiff_t i = 0; i < role->rights.n; i++)
        if (!has_as_much(w, &role->rights.at[i])) return true;
    return false;
}

/* The owner's holds more than its rows; another may be given back what it had at the start, so that counts as well. */
static bool role_beyond(Work *w, const Role *role)
{
    Role start;
    if (is_owner(w)) return false;
    role_at_start(w, role->name_key, &start);
    return role_is_owners(role) || limit_wider(role->view_limit, w->who->view_limit) || right_beyond(w, role) ||
           right_beyond(w, &start);
}

static bool role_grants(const Role *role, const RoleRight *right)
{
    for (ptrdiff_t i = 0; i < role->rights.n; i++) {
        const RoleRight *own = &role->rights.at[i];
        if (str_eq(own->entity, right->entity) && str_eq(own->verb, right->verb))
            return own->scope >= right->scope && !list_hides_more(own->mask, right->mask);
    }
    return false;
}

Err role_is_anothers(Work *w, const Role *role)
{
    if (is_owner(w)) return OK;
    if (role_is_owners(role)) return fail(w, DENIED, NULL, "role.beyond", arg_text("role", role->name));
    return role->base.id == w->who->role ? fail(w, DENIED, NULL, "role.own", arg_text("role", role->name)) : OK;
}

static Err role_read(Work *w, int64_t id, Role *role, bool *found)
{
    return record_fetch(w, &role_entity, &id, 1, true, role, found);
}

Err role_within_reach(Work *w, int64_t id, const char *field)
{
    Role role;
    bool found;
    if (w->who->everything || id == w->who->role) return OK;
    TRY(role_read(w, id, &role, &found));
    if (!found || !role_beyond(w, &role)) return OK;
    return fail(w, DENIED, field, "role.beyond", arg_text("role", role.name));
}

/* ---- sight ---- */

/* Does the scope say of these rows whose they are? */
static bool is_scoped(Str name)
{
    const Entity *e = entity_named(name);
    if (e) return entity_owned(e);
    for (ptrdiff_t i = 0; (e = entity_at(i)); i++)
        if (e->counted && str_eq(str_of(e->counted), name)) return true;
    return false;
}

/* Adding reaches no row that is there.  A deed that the actor may do with no row at all shows him nothing, whoever else
 * may do it. */
static bool deed_is_nothing(Work *w, Str entity, Str verb)
{
    if (str_eq(verb, S("view"))) return false;
    if (str_eq(verb, S("add")) || str_eq(verb, S("import"))) return true;
    return access_scope(w->who, str_c(w->mem, entity), str_c(w->mem, verb)) == SCOPE_NONE;
}

/* Does the right reach, among rows that far from the actor, what he does not? */
static bool right_shows_more(Work *w, const RoleRight *right, const TeamSight *sight)
{
    RoleRight needed = *right;
    Scope     far    = right->scope == SCOPE_OWN ? sight->own : right->scope == SCOPE_TEAM ? sight->team : SCOPE_NONE;
    if (far == SCOPE_NONE || !is_scoped(right->entity)) return false;
    needed.scope = (int)far;
    return !deed_is_nothing(w, right->entity, right->verb) && !has_as_much(w, &needed);
}

/* Rights that `had` (or its start, or null) grants already bring nothing into sight. */
static bool rights_show_more(Work *w, const Role *role, const Role *had, const TeamSight *sight)
{
    Role start = { 0 };
    if (had) role_at_start(w, had->name_key, &start);
    for (ptrdiff_t i = 0; i < role->rights.n; i++) {
        const RoleRight *right = &role->rights.at[i];
        if (had && (role_grants(had, right) || role_grants(&start, right))) continue;
        if (right_shows_more(w, right, sight)) return true;
    }
    return false;
}

/* With what the role may be given back, which its people are taken to have. */
static bool role_shows_more(Work *w, const Role *role, const Role *had, const TeamSight *sight)
{
    Role start;
    role_at_start(w, role->name_key, &start);
    return rights_show_more(w, role, had, sight) || rights_show_more(w, &start, had, sight);
}

Err teams_handed(Work *w, const char *field)
{
    TeamSight *sight;
    ptrdiff_t  n;
    if (is_owner(w)) return OK;
    TRY(access_teams_coming(w, &sight, &n));
    for (ptrdiff_t i = 0; i < n; i++) {
        Role role;
        bool found;
        TRY(role_read(w, sight[i].role, &role, &found));
        if (found && role_shows_more(w, &role, NULL, &sight[i])) return fail(w, DENIED, field, "user.sight_beyond");
    }
    return OK;
}

Err sight_handed(Work *w, int64_t user, int64_t was, int64_t now)
{
    TeamSight sight;
    Role      role, had;
    bool      found, found_had;
    if (is_owner(w) || was == now) return OK;
    TRY(access_sight(w, user, 0, &sight));
    TRY(role_read(w, now, &role, &found));
    TRY(role_read(w, was, &had, &found_had));
    if (!found || !role_shows_more(w, &role, found_had ? &had : NULL, &sight)) return OK;
    return fail(w, DENIED, "role_id", "user.sight_beyond");
}

Err stand_in_handed(Work *w, int64_t user, int64_t stand_in)
{
    TeamSight sight = { 0 };
    Role      role;
    bool      found;
    if (is_owner(w) || user == w->who->user) return OK;
    sight.own = sees_in_team(w, w->who->user, user) ? SCOPE_TEAM : SCOPE_ALL;
    /* rights over a team's rows reach them as well, and bring nothing where they are his team's anyway */
    sight.team = sees_in_team(w, stand_in, user) ? SCOPE_NONE : sight.own;
    TRY(db_int(w->db, SQL_ROLE_OF_PERSON, VALS(val_int(stand_in)), &sight.role));
    TRY(role_read(w, sight.role, &role, &found));
    if (!found || !role_shows_more(w, &role, NULL, &sight)) return OK;
    return fail(w, DENIED, "stand_in_id", "user.sight_beyond");
}

Err account_within_reach(Work *w, const User *user)
{
    TeamSight sight;
    Role      role;
    bool      found;
    if (is_owner(w)) return OK;
    TRY(role_within_reach(w, user->role_id, NULL));
    TRY(access_sight(w, user->base.id, 0, &sight));
    TRY(role_read(w, user->role_id, &role, &found));
    if (!found || !role_shows_more(w, &role, NULL, &sight)) return OK;
    return fail(w, DENIED, NULL, "user.account_beyond", arg_text("name", user->name));
}

/* ---- a role ---- */

static bool gives_too_much(Work *w, const Role *now, const Role *was)
{
    Role start = { 0 };
    if (was) role_at_start(w, was->name_key, &start);
    for (ptrdiff_t i = 0; i < now->rights.n; i++) {
        const RoleRight *right = &now->rights.at[i];
        if (!has_as_much(w, right) && !(was && role_grants(was, right)) && !role_grants(&start, right)) return true;
    }
    return false;
}

Err role_handed(Work *w, Saving *s, ptrdiff_t i, const Role *now, const Role *was)
{
    TeamSight sight;
    if (is_owner(w)) return OK;
    if (limit_wider(now->view_limit, w->who->view_limit) && (!was || limit_wider(now->view_limit, was->view_limit)))
        return saving_fail(w, s, i, DENIED, "view_limit", "role.limit_too_wide");
    if (now->rights.n < 0) return OK;
    if (gives_too_much(w, now, was))
        return saving_fail(w, s, i, DENIED, "rights", "role.gives_too_much", arg_text("role", now->name));
    if (!was) return OK;
    TRY(access_sight(w, 0, was->base.id, &sight));
    return rights_show_more(w, now, was, &sight) ? saving_fail(w, s, i, DENIED, "rights", "user.sight_beyond") : OK;
}
