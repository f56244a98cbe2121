/* As many rights as there are, of as many entities as the program will have. */
#include "access/session.h"
#include "app/program.h"
#include "entity/seed.h"
#include "sales/catalog/catalog.h"
#include "sales/people/people.h"
#include "tests/entity/firm.h"

#include <stdio.h>

enum { MADE_UP = 120, VERBS = 6 };

/* The people of the firm, and 120 entities that are nothing but names. */
static void entities_many(Test *t)
{
    static const Entity *list[MADE_UP + 5] = { &user_entity, &unit_entity, &role_entity, &role_right_entity };
    static Entity        made_up[MADE_UP];
    static char          name[MADE_UP][16];
    for (int i = 0; i < MADE_UP; i++) {
        snprintf(name[i], sizeof name[i], "thing_%03d", i);
        made_up[i]  = (Entity){ .name = name[i] };
        list[i + 4] = &made_up[i];
    }
    entities_set(list);
    rights_gather();
    CHECK(rights_most() >= MADE_UP * VERBS);
}

/* All verbs of the first `n` of them. */
static void rights_all(Work *w, Role *role, int n)
{
    role->rights.at = NEW_N(w->mem, RoleRight, n * VERBS + 1);
    role->rights.n  = n * VERBS;
    for (int i = 0; i < n * VERBS; i++)
        role->rights.at[i] = (RoleRight){ .entity = str_fmt(w->mem, "thing_%03d", i / VERBS),
                                          .verb   = str_of(entity_verbs[i % VERBS]),
                                          .scope  = SCOPE_TEAM };
}

static Role *role_new(Work *w, Str name, int entities)
{
    Role *role = NEW(w->mem, Role);
    record_empty(w, &role_entity, role);
    role->name = name;
    rights_all(w, role, entities);
    return role;
}

static void firm_row(Work *w, Test *t)
{
    EQUAL(db_run(w->db,
                 S("insert into firm (one, name, currency, language, zone, ready, secret, rights)"
                   " values (1, 'F', 'RUB', 'ru', 'Europe/Moscow', 1, $1, 1)"),
                 VALS(val_blob(S("secret"))), NULL),
          OK);
}

static int64_t person_of(Work *w, Test *t, int64_t role)
{
    User *user = NEW(w->mem, User);
    record_empty(w, &user_entity, user);
    user->name    = S("Анна");
    user->login   = S("anna");
    user->role_id = role;
    EQUAL(record_save(w, &user_entity, user), OK);
    return user->base.id;
}

static void people_only(Test *t)
{
    static const Entity *const list[] = { &user_entity, &unit_entity, &role_entity, &role_right_entity,
                                          &product_entity, &product_group_entity, NULL };
    entities_set(list);
    rights_gather();
    CHECK(rights_most() > 0);
}

static Err file_load(Firm *firm, const char *text, SeedCounts *out)
{
    Work *w   = deed(firm);
    Err   err = seeds_load_text(w, str_of(text), LANG_EN, out);
    return deed_end(firm, err);
}

static int64_t scope_of(Firm *firm, const char *entity, const char *verb)
{
    int64_t scope = 0;
    Work   *w     = deed(firm);
    db_int(w->db,
           S("select x.scope from role_right x join role r on r.id = x.role_id where r.name = 'Tailor'"
             " and x.entity = $1 and x.verb = $2"),
           VALS(val_text(str_of(entity)), val_text(str_of(verb))), &scope);
    deed_end(firm, OK);
    return scope;
}

/* Somebody narrows what the tailor does with units. */
static void unit_narrowed(Firm *firm)
{
    Test   *t    = firm->t;
    Work   *w    = deed(firm);
    Role   *role = NEW(w->mem, Role);
    int64_t id;
    bool    found;
    EQUAL(db_int(w->db, S("select id from role where name = 'Tailor'"), NO_VALS, &id), OK);
    EQUAL(record_fetch(w, &role_entity, &id, 1, true, role, &found), OK);
    EQUAL(role->rights.n, 1);
    role->rights.at[0].scope = SCOPE_OWN;
    EQUAL(record_save(w, &role_entity, role), OK);
    EQUAL(deed_end(firm, OK), OK);
}

#define TAILOR(rights) \
    "{\"role\": [{\"key\": \"tailor\", \"name\": [\"Швея\", \"Tailor\"], \"rights\": [" rights "]}]}"

TESTS(test_roles_grow)
{
    CASE("a right that is edited stays, and what is new of other entities comes to the role all the same") {
        ON_BOTH(base) {
            Firm       firm = firm_open(&base, t);
            SeedCounts c;
            people_only(t);
            EQUAL(file_load(&firm, TAILOR("\"unit: view = all\""), &c), OK);
            EQUAL(c.n[SEED_MADE], 2);
            EQUAL(scope_of(&firm, "unit", "view"), SCOPE_ALL);
            unit_narrowed(&firm);
            EQUAL(file_load(&firm, TAILOR("\"unit: view = all\", \"user: view = team\""), &c), OK);
            EQUAL(c.n[SEED_CHANGED], 1);
            EQUAL(scope_of(&firm, "unit", "view"), SCOPE_OWN);
            EQUAL(scope_of(&firm, "user", "view"), SCOPE_TEAM);
            EQUAL(file_load(&firm, TAILOR("\"unit: view change = all\", \"user: view = all\""), &c), OK);
            EQUAL(c.n[SEED_LEFT], 1);
            EQUAL(c.n[SEED_CHANGED], 1);
            EQUAL(scope_of(&firm, "unit", "change"), SCOPE_NONE);
            EQUAL(scope_of(&firm, "user", "view"), SCOPE_ALL);
            Work *w = deed(&firm);
            EQUAL(seed_take(w, S("firm"), S("tailor/unit")), OK);
            EQUAL(deed_end(&firm, OK), OK);
            EQUAL(scope_of(&firm, "unit", "change"), SCOPE_ALL);
            EQUAL(file_load(&firm, TAILOR("\"unit: view = all\", \"user: view = all\""), &c), OK);
            EQUAL(c.n[SEED_LEFT], 0); /* what is taken is as it came */
            EQUAL(scope_of(&firm, "unit", "change"), SCOPE_NONE);
            firm_close(&firm);
        }
    }
    CASE("an archived role gains nothing, and a line of rights that is none refuses the file") {
        static const char *const wrong[] = { "\"unit: fly = all\"", "\"unit: view = everywhere\"", "\"unit\"",
                                             "\"rocket: view = all\"", "\"unit: view = all - colours\"", "7" };
        ON_BOTH(base) {
            Firm       firm = firm_open(&base, t);
            SeedCounts c;
            people_only(t);
            EQUAL(file_load(&firm, TAILOR("\"unit: view = all\""), &c), OK);
            for (ptrdiff_t i = 0; i < COUNT(wrong); i++) {
                Buf text = buf_new(&t->mem, 200);
                buf_fmt(&text, "{\"role\": [{\"key\": \"baker\", \"name\": \"Baker\", \"rights\": [%s]}]}", wrong[i]);
                EQUAL(file_load(&firm, str_c(&t->mem, buf_str(&text)), &c), INVALID);
            }
            CHECK(db_ddl(base.db, S("update role set archived_at = 1")) == OK);
            EQUAL(file_load(&firm, TAILOR("\"unit: view = all\", \"user: view = team\""), &c), OK);
            EQUAL(c.n[SEED_LEFT], 1);
            EQUAL(scope_of(&firm, "user", "view"), SCOPE_NONE);
            firm_close(&firm);
        }
    }
    CASE("a name that the firm has given to a record of its own stays with that one") {
        ON_BOTH(base) {
            Firm       firm = firm_open(&base, t);
            SeedCounts c;
            entities_set(all_entities);
            rights_gather();
            Work *w    = deed(&firm);
            Role *role = NEW(w->mem, Role);
            record_empty(w, &role_entity, role);
            role->name = S("собственник");
            EQUAL(record_save(w, &role_entity, role), OK);
            EQUAL(seeds_load(w, LANG_RU, &c), OK);
            CHECK(c.n[SEED_MADE] > 100);
            CHECK(c.n[SEED_PASSED] > 10);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            int64_t owners;
            EQUAL(db_int(w->db, S("select count(*) from role where name_key = 'role.owner'"), NO_VALS, &owners), OK);
            EQUAL(owners, 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
}

TESTS(test_rights_many)
{
    CASE("a role has as many rights as there are, of 120 entities, and the last one counts") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            entities_many(t);
            Work *w    = deed(&firm);
            Role *role = role_new(w, S("Всё"), MADE_UP);
            firm_row(w, t);
            EQUAL(record_save(w, &role_entity, role), OK);
            EQUAL(actor_of(w, person_of(w, t, role->base.id)), OK);
            EQUAL(w->who->right_count, MADE_UP * VERBS);
            EQUAL(access_scope(w->who, "thing_119", "import"), SCOPE_TEAM);
            EQUAL(access_scope(w->who, "thing_119", "ship"), SCOPE_NONE);
            EQUAL(access_scope(w->who, "user", "view"), SCOPE_NONE);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a right that is none, one that stands there twice and more than there are refuse the role") {
        static const struct {
            const char *entity, *key;
        } wrong[] = { { "thing_120", "rights role.no_such_right" }, { "thing_119", "rights role.right_twice" } };
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            entities_many(t);
            for (ptrdiff_t i = 0; i < COUNT(wrong); i++) {
                Work *w    = deed(&firm);
                Role *role = role_new(w, S("Лишнее"), MADE_UP);
                role->rights.at[role->rights.n++] =
                    (RoleRight){ .entity = str_of(wrong[i].entity), .verb = S("view"), .scope = SCOPE_ALL };
                EQUAL(record_save(w, &role_entity, role), INVALID);
                STR(first_problem(w), str_of(wrong[i].key));
                EQUAL(deed_end(&firm, INVALID), INVALID);
            }
            Work *w    = deed(&firm);
            Role *role = role_new(w, S("Всё"), MADE_UP);
            role->rights.at = NEW_N(w->mem, RoleRight, rights_most() + 1);
            role->rights.n  = rights_most() + 1;
            for (ptrdiff_t i = 0; i < role->rights.n; i++)
                role->rights.at[i] = (RoleRight){ .entity = S("user"), .verb = S("view"), .scope = SCOPE_ALL };
            EQUAL(record_save(w, &role_entity, role), INVALID);
            STR(first_problem(w), S("rights role.too_many"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
}
