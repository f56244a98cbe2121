/* Users, units and roles: their lists of fields, what must hold before they are saved, and what follows afterwards. */
#include "sales/people/people.h"

#include "access/firm.h"
#include "access/sign_in.h"
#include "core/utf8.h"
#include "core/zone.h"
#include "entity/record.h"
#include "sales/people/handed.h"
#include "sales/people/people_sql.h"

#include <string.h>

CHOICE_KEYS(USER_LANGUAGES, user_languages);
const char *const right_scopes[] = { "own", "team", "all", NULL };

static const Field user_fields[] = {
#define FIELD(...) AS_ROW(User, __VA_ARGS__)
#include "sales/people/user.def"
};
static const Field unit_fields[] = {
#define FIELD(...) AS_ROW(Unit, __VA_ARGS__)
#include "sales/people/unit.def"
};
static const Field role_right_fields[] = {
#define FIELD(...) AS_ROW(RoleRight, __VA_ARGS__)
#include "sales/people/role_right.def"
};
static const Field role_fields[] = {
#define FIELD(...) AS_ROW(Role, __VA_ARGS__)
#define CHILDREN(...)
#include "sales/people/role.def"
};
static const Children role_children[] = {
#define FIELD(...)
#define CHILDREN(...) AS_CHILD_ROW(Role, __VA_ARGS__)
#include "sales/people/role.def"
};

/* ---- users ---- */

static bool login_is_plain(Str login)
{
    for (ptrdiff_t at = 0; at < login.n;) {
        uint32_t rune = utf8_next(login, &at);
        if (!rune_is_letter_or_digit(rune) && !(rune < 128 && strchr("._-@+", (int)rune))) return false;
    }
    return login.n > 0;
}

/* Who has an archived role already keeps it. */
static Err role_lives(Work *w, Saving *s, ptrdiff_t i, int64_t role)
{
    int64_t living;
    TRY(db_int(w->db, SQL_ROLE_LIVES, VALS(val_int(role)), &living));
    return living ? OK : saving_fail(w, s, i, INVALID, "role_id", "user.role_archived");
}

/* What decides about rights is changed only by somebody who may change everybody. */
static Err standing_rule(Work *w, Saving *s, ptrdiff_t i, const User *now, const User *was)
{
    bool moved = !was || now->role_id != was->role_id || now->unit_id != was->unit_id || now->blocked != was->blocked ||
                 !str_eq(now->login, was->login);
    if (!moved || w->who->everything) return OK;
    if (was && access_scope(w->who, "user", "change") != SCOPE_ALL)
        return saving_fail(w, s, i, DENIED, now->role_id != was->role_id ? "role_id" : NULL, "user.standing");
    TRY(role_within_reach(w, now->role_id, "role_id"));
    if (was) TRY(role_within_reach(w, was->role_id, "role_id"));
    bool himself = was && now->base.id == w->who->user &&
                   (now->role_id != was->role_id || now->unit_id != was->unit_id);
    if (himself && !is_owner(w))
        return saving_fail(w, s, i, DENIED, now->role_id != was->role_id ? "role_id" : "unit_id", "user.moves_himself");
    return OK;
}

static Err zone_rule(Work *w, Saving *s, ptrdiff_t i, const User *user)
{
    Arena mem = arena_new(1 << 20);
    bool  bad = user->zone.n && !zone_load(&mem, NULL, user->zone);
    arena_drop(&mem);
    return bad ? saving_fail(w, s, i, INVALID, "zone", "user.no_zone") : OK;
}

static Err user_one(Work *w, Saving *s, ptrdiff_t i)
{
    User       *now = s->now[i];
    const User *was = s->was[i];
    now->login      = login_fold(w->mem, now->login);
    if (!now->language) now->language = USER_RU;
    if (!login_is_plain(now->login)) return saving_fail(w, s, i, INVALID, "login", "user.login_letters");
    TRY(zone_rule(w, s, i, now));
    if (!was || was->role_id != now->role_id) TRY(role_lives(w, s, i, now->role_id));
    return standing_rule(w, s, i, now, was);
}

static Err each(Work *w, Saving *s, Err (*one)(Work *, Saving *, ptrdiff_t))
{
    Err worst = OK;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Err err = one(w, s, i);
        if (err != OK) worst = err;
    }
    return worst;
}

static Err user_rule(Work *w, Saving *s) { return each(w, s, user_one); }

/* ---- roles ---- */

static bool verb_known(const char *const *verbs, Str verb)
{
    for (; verbs && *verbs; verbs++)
        if (str_eq(verb, str_of(*verbs))) return true;
    return false;
}

static bool right_known(const RoleRight *right)
{
    const Entity *e = entity_named(right->entity);
    if (e) return !e->parent && (verb_known(entity_verbs, right->verb) || verb_known(e->verbs, right->verb));
    for (const Place *p = places; p->name; p++)
        if (str_eq(right->entity, str_of(p->name))) return verb_known(p->verbs, right->verb);
    return false;
}

static bool right_twice(const Role *role, ptrdiff_t i)
{
    for (ptrdiff_t k = 0; k < i; k++)
        if (str_eq(role->rights.at[k].entity, role->rights.at[i].entity) &&
            str_eq(role->rights.at[k].verb, role->rights.at[i].verb))
            return true;
    return false;
}

static bool group_in(const Entity *e, Str group)
{
    for (int f = 0; f < e->field_count; f++)
        if (e->fields[f].mask && str_eq(str_of(e->fields[f].mask), group)) return true;
    return false;
}

static bool group_known(Str group)
{
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (group_in(entity_at(i), group)) return true;
    return false;
}

/* Groups that there are, each once, without blanks; false: *wrong is none, or stands there twice. */
static bool mask_tidy(Arena *mem, Str *mask, Str *wrong)
{
    Buf tidy = buf_new(mem, mask->n + 1);
    for (Str rest = *mask; rest.n;) {
        *wrong   = str_trim(str_cut(&rest, ','));
        Str  had = buf_str(&tidy);
        bool twice = false;
        while (had.n) twice |= str_eq(str_cut(&had, ','), *wrong);
        if (twice || !group_known(*wrong)) return false;
        if (tidy.len) buf_c(&tidy, ",");
        buf_put(&tidy, *wrong);
    }
    *mask = buf_str(&tidy);
    return true;
}

static Err rights_rule(Work *w, Saving *s, ptrdiff_t n, Role *role)
{
    if (role->rights.n > rights_most())
        return saving_fail(w, s, n, INVALID, "rights", "role.too_many", arg_count("n", rights_most()));
    for (ptrdiff_t i = 0; i < role->rights.n; i++) {
        RoleRight *right = &role->rights.at[i];
        Str        wrong, pair = str_fmt(w->mem, "%.*s.%.*s", (int)right->entity.n, right->entity.s, (int)right->verb.n,
                                        right->verb.s);
        if (!right_known(right))
            return saving_fail(w, s, n, INVALID, "rights", "role.no_such_right", arg_text("right", pair));
        if (right_twice(role, i))
            return saving_fail(w, s, n, INVALID, "rights", "role.right_twice", arg_text("right", pair));
        if (!mask_tidy(w->mem, &right->mask, &wrong))
            return saving_fail(w, s, n, INVALID, "rights", "role.no_such_group", arg_text("group", wrong),
                               arg_text("right", pair));
    }
    return OK;
}

static bool rights_same(const Role *a, const Role *b)
{
    bool same = a->rights.n == b->rights.n;
    for (ptrdiff_t i = 0; same && i < a->rights.n; i++) {
        const RoleRight *x = &a->rights.at[i], *y = &b->rights.at[i];
        same = str_eq(x->entity, y->entity) && str_eq(x->verb, y->verb) && x->scope == y->scope &&
               str_eq(x->mask, y->mask);
    }
    return same;
}

/* What came with the program is known by the name it came under. */
static bool comes_with_program(const Role *now, const Role *was)
{
    return !was && str_eq(now->base.origin, S("seed:sbyt"));
}

/* A role that somebody has given a name of his own is renamed by the program no more; the owner's stays the owner's. */
static bool gets_own_name(Work *w, const Role *now, const Role *was)
{
    if (!was || w->who->everything || role_is_owners(was)) return false;
    return !str_eq(now->name, was->name) && str_eq(now->name_key, was->name_key);
}

static Err role_one(Work *w, Saving *s, ptrdiff_t i)
{
    Role       *now = s->now[i];
    const Role *was = s->was[i];
    if (comes_with_program(now, was)) now->name_key = now->base.key;
    if (gets_own_name(w, now, was)) now->name_key = (Str){ 0 };
    if (was) TRY(role_is_anothers(w, was));
    if (now->rights.n >= 0) TRY(rights_rule(w, s, i, now));
    TRY(role_handed(w, s, i, now, was));
    if (now->rights.n < 0) return OK;
    if (was && role_is_owners(was) && !w->who->everything && !rights_same(now, was))
        return saving_fail(w, s, i, CONFLICT, "rights", "role.owner_has_all");
    return OK;
}

static Err role_rule(Work *w, Saving *s) { return each(w, s, role_one); }

/* ---- the entities ---- */

static const HeldBy user_held[] = { { "credential", "user_id" }, { "session", "user_id" }, { 0 } };
static const char *const user_verbs[] = { "password", "sign_out", "hand_over", NULL };

const Entity user_entity = {
    .name = "user",
    .table = "users",
    .title = "name",
    .owners = { { "id" } },
    .order = "name",
    .known = true,
    ENTITY_FIELDS(User, user_fields),
    .held = user_held,
    .verbs = user_verbs,
    .rule = user_rule,
};
const Entity unit_entity = {
    .name = "unit",
    .title = "name",
    .order = "name",
    .known = true,
    .tree = "parent_id",
    ENTITY_FIELDS(Unit, unit_fields),
};
const Entity role_right_entity = {
    .name = "role_right", .parent = "role_id", .part = "entity", ENTITY_FIELDS(RoleRight, role_right_fields),
};
const Entity role_entity = {
    .name = "role",
    .title = "name",
    .order = "name",
    .known = true,
    ENTITY_FIELDS(Role, role_fields),
    ENTITY_CHILDREN(role_children),
    .rule = role_rule,
    .seeds = &role_seeds,
};

/* ---- what follows a change ---- */

/* Whoever made the last administrator powerless is refused as a whole. */
static Err somebody_rules(Work *w)
{
    int64_t n, people;
    TRY(db_int(w->db, SQL_ADMINISTRATORS, NO_VALS, &n));
    TRY(db_int(w->db, SQL_PEOPLE_ANY, NO_VALS, &people));
    return n || !people ? OK : fail(w, CONFLICT, NULL, "user.last_administrator");
}

static Err users_saved(Work *w, const Event *event)
{
    const Saving *s = event->what;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const User *user = s->now[i], *was = s->was[i];
        if (user->blocked || user->base.archived_at != NONE) TRY(sessions_end(w, user->base.id, 0));
        if (was) TRY(sight_handed(w, user->base.id, was->role_id, user->role_id));
    }
    TRY(teams_handed(w, "unit_id"));
    TRY(access_teams_changed(w));
    return somebody_rules(w);
}

static Err units_saved(Work *w, const Event *event)
{
    const Saving *s   = event->what;
    const Unit   *now = s->now[0], *was = s->was[0];
    bool          led = now->head_id && (!was || was->head_id != now->head_id);
    TRY(teams_handed(w, led ? "head_id" : "parent_id"));
    return access_teams_changed(w);
}

static Err roles_saved(Work *w, const Event *event)
{
    (void)event;
    TRY(access_roles_changed(w));
    return somebody_rules(w);
}

/* Archiving does not pass the rules, so reach is asked here: a person whose role goes beyond the actor's stays. */
static Err users_archived(Work *w, const Event *event)
{
    const Saving *s = event->what;
    for (ptrdiff_t i = 0; i < s->n; i++) TRY(role_within_reach(w, ((const User *)s->now[i])->role_id, NULL));
    return users_saved(w, event);
}

static Err roles_archived(Work *w, const Event *event)
{
    const Saving *s = event->what;
    for (ptrdiff_t i = 0; i < s->n; i++) TRY(role_is_anothers(w, s->now[i]));
    return roles_saved(w, event);
}

const Handler people_handlers[] = {
    { .event = "user.saved", .handle = users_saved },
    { .event = "user.archived", .handle = users_archived },
    { .event = "user.restored", .handle = users_archived },
    { .event = "unit.saved", .handle = units_saved },
    { .event = "unit.archived", .handle = units_saved },
    { .event = "unit.restored", .handle = units_saved },
    { .event = "role.saved", .handle = roles_saved },
    { .event = "role.archived", .handle = roles_archived },
    { .event = "role.restored", .handle = roles_archived },
    { 0 },
};

/* Set-up is over as soon as somebody can run the firm, whichever way he came in. */
static Err set_up_over(Work *w)
{
    Firm    firm;
    int64_t n;
    TRY(firm_read(w, &firm));
    TRY(db_int(w->db, SQL_ADMINISTRATORS, NO_VALS, &n));
    if (firm.ready || n == 0) return OK;
    firm.ready = true;
    return firm_write(w, &firm);
}

Err user_make(Work *w, const User *user, Str hash, int64_t *id)
{
    User *one = NEW(w->mem, User); /* lives until the handlers have seen it */
    *one      = *user;
    TRY(record_save(w, &user_entity, one));
    *id = one->base.id;
    TRY(credential_write(w, one->base.id, hash, 0));
    return set_up_over(w);
}
