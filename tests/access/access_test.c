/* Sessions, rights, teams, viewing and repeated requests on both databases.  Who sees whom is drawn by hand:
 *
 *     1 Firm (head: 1 Olga)
 *       2 North (head: 2 Anna)    3 Boris, 4 Vera
 *       3 South                   5 Gleb
 */
#include "access/changing.h"
#include "access/firm.h"
#include "access/idempotency.h"
#include "access/sign_in.h"
#include "access/viewing.h"
#include "core/bounds.h"
#include "tests/store/base.h"
#include "work/lanes.h"

#include <stdio.h>

static const char people[] =
    "insert into role (id, version, created_at, changed_at, name) values (1, 1, 0, 0, 'seller'), (2, 1, 0, 0,"
    " 'nobody');insert into role_right (id, role_id, entity, verb, scope, mask) values (1, 1, 'client', 'view', 2,"
    " 'finance'), (2, 1, 'client', 'change', 1, ''), (3, 1, 'product', 'view', 3, null), (4, 1, 'client', 'export', 2,"
    " 'finance, contacts');insert into unit (id, version, created_at, changed_at, name, parent_id, head_id) values (1,"
    " 1, 0, 0, 'Firm', null, 1), (2, 1, 0, 0, 'North', 1, 2), (3, 1, 0, 0, 'South', 1, null);"
    "insert into users (id, version, created_at, changed_at, name, login, role_id, unit_id, language, blocked) values"
    " (1, 1, 0, 0, 'Olga', 'olga', 1, null, 1, 0), (2, 1, 0, 0, 'Anna', 'anna', 1, null, 1, 0), (3, 1, 0, 0, 'Boris',"
    " 'boris', 1, 2, 1, 0), (4, 1, 0, 0, 'Vera', 'vera', 1, 2, 2, 0), (5, 1, 0, 0, 'Gleb', 'gleb', 2, 3, 1, 0);"
    "update id_series set next = 1000";

#define OF_CLIENT { { .owner = "keeper_id", .follows = "client_id", .table = "client" } }

static const ScopeRow scopes[] = { { .entity = "client", .way = { { .owner = "keeper_id" } } },
                                   { .entity = "sale", .way = OF_CLIENT, .through = "client" },
                                   { .entity = "product" },
                                   { .entity = "visit",
                                     .way = { { .owner = "doer_id" },
                                              { .owner = "client_keeper", .follows = "client_id" },
                                              { .owner = "plan_owner", .follows = "plan_id" } } },
                                   { .entity = "analysis", .way = OF_CLIENT, .through = "client", .counts = "sale" },
                                   { 0 } };

typedef struct {
    Test  *t;
    Lanes *lanes;
    Base  *base;
    char   clock[80];
    char   token[TOKEN_SIZE];
    Err  (*run)(Work *w, void *to);
    int64_t user, n;
    bool    yes;
    Str     text;
    Throttle *throttle;
    Answer  answer;
} Firm_;

static void clock_set(Firm_ *f, const char *text)
{
    FILE *file = fopen(f->clock, "w");
    if (file) {
        fputs(text, file);
        fclose(file);
    }
}

static Err in_lane(Firm_ *f, Lane lane, Err (*run)(Work *w, void *to));

static Err firm_make(Work *w, void *to)
{
    (void)to;
    return firm_write(w, &(Firm){ S("F"), S("RUB"), S("ru"), S("Europe/Moscow"), false });
}

static bool firm_start(Firm_ *f, Test *t, Base *base)
{
    DbFault why;
    *f = (Firm_){ .t = t, .base = base };
    snprintf(f->clock, sizeof(f->clock), "%s/clock", base->folder[0] ? base->folder : "/tmp");
    clock_set(f, "2026-03-04T09:00:00Z");
    base_migrate(base, t);
    CHECK(db_ddl(base->db, str_of(people)) == OK);
    access_scopes(scopes);
    LanesOptions o = { .address = base->address, .clock = { .file = f->clock }, .threads = { 1, 1, 1 } };
    CHECK(lanes_start(&o, &f->lanes, &why) == OK);
    return f->lanes && in_lane(f, LANE_WRITER, firm_make) == OK;
}

static Err in_lane(Firm_ *f, Lane lane, Err (*run)(Work *w, void *to))
{
    LaneWork work = { .run = run, .to = f, .who = &actor_program };
    return lanes_run(f->lanes, lane, &work, NULL);
}

/* ---- works ---- */

static Err begin(Work *w, void *to)
{
    Firm_ *f = to;
    return session_begin(w, f->user, (Visitor){ S("127.0.0.1"), S("test") }, f->token);
}

static Err find(Work *w, void *to)
{
    Firm_ *f = to;
    TRY(session_find(w, str_of(f->token), &f->yes));
    f->user = w->who->user;
    f->n    = w->who->right_count;
    return OK;
}

static Err touch(Work *w, void *to)
{
    (void)to;
    return db_run(w->db, S("update session set seen_at = $1"), VALS(val_int(w->now)), NULL);
}

static Err touch_it(Work *w, void *to)
{
    int64_t session;
    TRY(db_int(w->db, S("select max(id) from session"), NO_VALS, &session));
    (void)to;
    return session_touch(w, session);
}

static Err end_all(Work *w, void *to) { return sessions_end(w, ((Firm_ *)to)->user, 0); }
static Err teams(Work *w, void *to) { (void)to; return access_teams_changed(w); }

static Err team_of(Work *w, void *to)
{
    Firm_ *f = to;
    f->n     = 0;
    for (int64_t owner = 1; owner <= 5; owner++) f->n = f->n * 10 + sees(w, f->user, owner);
    return OK;
}

static Err rights_gone(Work *w, void *to)
{
    (void)to;
    TRY(db_run(w->db, S("delete from role_right where role_id = 1 and entity = 'client'"), NO_VALS, NULL));
    return access_roles_changed(w);
}

static Err rights_many(Work *w, void *to)
{
    (void)to;
    return db_run(w->db,
                  S("with recursive n (i) as (select 1 union all select i + 1 from n where i < 600)"
                    " insert into role_right (id, role_id, entity, verb, scope, mask)"
                    " select 100 + i, 1, 'place' || cast(i as text), 'view', 3, '' from n"),
                  NO_VALS, NULL);
}

static Err rights_edit(Work *w, void *to)
{
    static int edit;
    char       mask[781];
    (void)to;
    snprintf(mask, sizeof mask, "%0780d", ++edit);
    TRY(db_run(w->db, S("update role_right set mask = cast($1 as text) || cast(id as text) where id > 100"),
               VALS(val_text(str_of(mask))), NULL));
    return access_roles_changed(w);
}

static Err block(Work *w, void *to)
{
    (void)to;
    return db_run(w->db, S("update users set blocked = 1 where id = 3"), NO_VALS, NULL);
}

static Err lend(Work *w, void *to)
{
    (void)to;
    return access_give(w, &(Loan){ "client", 77, 3, w->now + 60000, LENT_TO_WORK, S(""), 0 }, 1);
}

static Err row_77(Work *w, void *to)
{
    Firm_ *f = to;
    TRY(actor_of(w, 3));
    f->yes = access_row(w, "client", "change", 5, 77) == OK;
    f->n   = access_row(w, "client", "change", 5, 78) == OK;
    return OK;
}

static Err set_anna(Work *w, void *to) { (void)to; return password_set(w, 2, S("dozhd-na-kryshe"), 0); }

static Err sign(Work *w, void *to)
{
    Firm_  *f = to;
    int64_t wait;
    Err     err = sign_in(w, f->throttle, f->text, f->yes ? S("dozhd-na-kryshe") : S("wrong-password"),
                          (Visitor){ S("10.0.0.9"), S("") }, f->token, &wait);
    f->n = wait;
    return err;
}

static Err once(Work *w, void *to)
{
    Firm_ *f     = to;
    Asked  asked = idempotency_asked((Str[]){ S("POST"), S("/api/client"), f->text }, 3, -1);
    w->actor     = 3;
    TRY(idempotency_find(w, S("k1"), &asked, &f->answer));
    if (f->answer.status) {
        f->n = f->answer.status;
        return OK;
    }
    f->n = 0;
    return idempotency_keep(w, S("k1"), &asked, (Answer){ .status = 201, .text = S("{}") });
}

/* Role 2, Gleb's, of which no row says anything. */
static Err owner_make(Work *w, void *to)
{
    (void)to;
    TRY(db_run(w->db, S("update role set name_key = 'role.owner' where id = 2"), NO_VALS, NULL));
    return access_roles_changed(w);
}

static Err shelf_scope(Work *w, void *to)
{
    Firm_ *f = to;
    bool   stale;
    TRY(session_find(w, str_of(f->token), &stale));
    f->n   = access_scope(w->who, "shelf", "change");
    f->yes = w->who->owner;
    return OK;
}

static Err claim(Work *w, void *to)
{
    Firm_ *f     = to;
    Asked  asked = idempotency_asked((Str[]){ S("POST"), S("/api/backup"), f->text }, 3, -1);
    w->actor     = 3;
    return idempotency_claim(w, S("k2"), &asked, &f->answer);
}

static Err settle(Work *w, void *to)
{
    (void)to;
    w->actor = 3;
    return idempotency_settle(w, S("k2"), (Answer){ .status = 201, .text = S("{}") });
}

static Err give_back(Work *w, void *to)
{
    (void)to;
    w->actor = 3;
    return idempotency_give_back(w, S("k2"));
}

static Err look(Work *w, void *to)
{
    Firm_ *f     = to;
    Actor  actor = { .user = 3, .view_limit = 3 };
    w->who       = &actor;
    const int64_t records[] = { f->n, f->n + 1 };
    return viewing_count(w, "client", f->yes ? VIEWED_ROW : VIEWED_CARD, records, f->yes ? 2 : 1);
}

static Err viewed_write(Work *w, void *to)
{
    (void)to;
    Viewed viewed = viewing_take(w->mem);
    return viewing_write(w, &viewed);
}

static Err token_new(Work *w, void *to) { return set_up_token(w, ((Firm_ *)to)->token); }
static Err token_try(Work *w, void *to) { return set_up_check(w, ((Firm_ *)to)->text); }

static int64_t count_of(Base *base, const char *sql)
{
    int64_t n = -1;
    db_int(base->db, str_of(sql), NO_VALS, &n);
    return n;
}

static const Right some[] = { { "client", "change", SCOPE_OWN, "" },
                              { "client", "export", SCOPE_TEAM, "finance, contacts" },
                              { "client", "view", SCOPE_TEAM, "finance" },
                              { "product", "view", SCOPE_OWN, "" },
                              { "sale", "view", SCOPE_ALL, "" } };

static Str written(Test *t, const Actor *actor, const char *entity, const char *verb, ScopeValues *values)
{
    Buf b = buf_new(&t->mem, 200);
    scope_write(&b, actor, entity, verb, "c", 3, values);
    return buf_str(&b);
}

static int64_t steady(const Firm_ *f) { return clock_steady(&lanes_options(f->lanes)->clock); }

static Err changed_write(Firm_ *f, int64_t least)
{
    Arena    mem     = f->t->mem;
    Changed  changed = changing_take(&mem, least);
    LaneWork work    = { .run = changing_write, .to = &changed, .who = &actor_program };
    Err      err     = lanes_run(f->lanes, LANE_WRITER, &work, NULL);
    changing_written(&changed, err == OK);
    return err;
}

static Err may_change(Work *w, void *to)
{
    int64_t wait_ms;
    w->actor = ((Firm_ *)to)->user;
    return changing_need(w, 1000, &wait_ms);
}

static Err others_wrote(Work *w, void *to)
{
    const int64_t hour = 3600000, ago[] = { 12 * hour, 25 * hour, -12 * hour };
    for (int i = 0; i < COUNT(ago); i++)
        TRY(db_run(w->db, S("insert into changing (user_id, bytes, at) values ($1, $2, $3)"),
                   VALS(val_int(((Firm_ *)to)->n + 3 + i), val_int(BOUND_CHANGED_BY_ONE), val_int(w->now - ago[i])),
                   NULL));
    return OK;
}

static Err changing_starts(Work *w, void *to)
{
    (void)to;
    return changing_read(w, NULL);
}

TESTS(test_access)
{
    CASE("what is not granted is refused, and nobody at all may do nothing") {
        Actor actor = { .user = 3, .rights = some, .right_count = COUNT(some) };
        EQUAL(access_scope(&actor, "client", "view"), SCOPE_TEAM);
        EQUAL(access_scope(&actor, "client", "change"), SCOPE_OWN);
        EQUAL(access_scope(&actor, "client", "archive"), SCOPE_NONE);
        EQUAL(access_scope(&actor, "user", "view"), SCOPE_NONE);
        EQUAL(access_scope(NULL, "client", "view"), SCOPE_NONE);
        EQUAL(access_scope(&actor_program, "client", "archive"), SCOPE_ALL);
    }
    CASE("a group hidden from viewing is hidden from every verb, and a verb may hide more") {
        Actor actor = { .user = 3, .rights = some, .right_count = COUNT(some) };
        CHECK(access_hides(&actor, "client", "view", "finance"));
        CHECK(access_hides(&actor, "client", "change", "finance"));
        CHECK(!access_hides(&actor, "client", "view", "contacts"));
        CHECK(access_hides(&actor, "client", "export", "contacts"));
        CHECK(!access_hides(&actor, "sale", "view", "finance"));
        CHECK(access_hides(&actor, "unit", "view", "finance"));
        CHECK(!access_hides(&actor, "client", "view", NULL));
    }
    CASE("a scope becomes a condition with bound values") {
        access_scopes(scopes);
        Actor       actor = { .user = 42, .rights = some, .right_count = COUNT(some), .at = 5000 };
        ScopeValues values = { 0 };
        STR(written(t, &actor, "client", "change", &values), S("(c.keeper_id = $3)"));
        EQUAL(values.value[0], 42);
        values.count = 0;
        STR(written(t, &actor, "client", "view", &values),
            S("(c.keeper_id in (select owner_id from sees where viewer_id = $3))"));
        STR(written(t, &actor, "sale", "view", &values), S("(1 = 1)"));
        STR(written(t, &actor, "client", "archive", &values), S("(1 = 0)"));
        STR(written(t, &actor, "product", "view", &values), S("(1 = 1)"));
        values.count = 0;
        actor.given  = true;
        STR(written(t, &actor, "client", "change", &values),
            S("(c.keeper_id = $3 or c.id in (select record_id from given where user_id = $3 and until > $4 and"
              " level = 2))"));
        EQUAL(values.count, 2);
        EQUAL(values.value[1], 5000);
    }
    CASE("a row of several is within reach by each; a loan is good for looking, and to work with for the row alone") {
        static const Right visits[] = { { "visit", "add", SCOPE_OWN, "" },
                                        { "visit", "change", SCOPE_OWN, "" },
                                        { "visit", "give", SCOPE_OWN, "" },
                                        { "visit", "view", SCOPE_OWN, "" } };
        static const char   own[] = "(c.doer_id = $3 or c.client_keeper = $3 or c.plan_owner = $3)";
        access_scopes(scopes);
        Actor       actor  = { .user = 42, .rights = visits, .right_count = COUNT(visits), .at = 5000 };
        ScopeValues values = { 0 };
        STR(written(t, &actor, "visit", "view", &values), str_of(own));
        EQUAL(values.count, 1);
        actor.given = true;
        STR(written(t, &actor, "visit", "add", &(ScopeValues){ 0 }), str_of(own));
        STR(written(t, &actor, "visit", "give", &(ScopeValues){ 0 }), str_of(own));
        STR(written(t, &actor, "visit", "change", &(ScopeValues){ 0 }),
            S("(c.doer_id = $3 or c.client_keeper = $3 or c.plan_owner = $3 or c.id in (select record_id from given"
              " where user_id = $3 and until > $4 and level = 2))"));
        STR(written(t, &actor, "visit", "view", &(ScopeValues){ 0 }),
            S("(c.doer_id = $3 or c.client_keeper = $3 or c.plan_owner = $3 or c.id in (select record_id from given"
              " where user_id = $3 and until > $4) or c.client_id in (select record_id from given where user_id = $3"
              " and until > $4) or c.plan_id in (select record_id from given where user_id = $3 and until > $4))"));
        actor.given     = false;
        actor.stands_in = true;
        STR(written(t, &actor, "sale", "view", &(ScopeValues){ 0 }), S("(1 = 0)"));
        STR(written(t, &actor, "visit", "view", &(ScopeValues){ 0 }),
            S("(c.doer_id in (select owner_id from sees where viewer_id = $3 and how <= 2)"
              " or c.client_keeper in (select owner_id from sees where viewer_id = $3 and how <= 2)"
              " or c.plan_owner in (select owner_id from sees where viewer_id = $3 and how <= 2))"));
    }
    CASE("what is counted from others' rows is told within their rights and its own") {
        static const Right told[] = { { "analysis", "export", SCOPE_ALL, "" },
                                      { "analysis", "view", SCOPE_ALL, "" },
                                      { "client", "view", SCOPE_TEAM, "" },
                                      { "sale", "view", SCOPE_OWN, "finance" } };
        access_scopes(scopes);
        Actor       actor  = { .user = 42, .rights = told, .right_count = COUNT(told) };
        ScopeValues values = { 0 };
        EQUAL(access_scope(&actor, "analysis", "view"), SCOPE_OWN);
        EQUAL(access_scope(&actor, "analysis", "export"), SCOPE_OWN);
        CHECK(access_hides(&actor, "analysis", "view", "finance"));
        STR(written(t, &actor, "analysis", "view", &values),
            S("((1 = 1) and (c.keeper_id = $3) and (c.keeper_id in (select owner_id from sees where viewer_id ="
              " $4)))"));
        EQUAL(values.count, 2);
        actor.right_count = 3; /* no right to sales */
        EQUAL(access_scope(&actor, "analysis", "view"), SCOPE_NONE);
        EQUAL(access_scope(&actor, "client", "view"), SCOPE_TEAM);
        STR(written(t, &actor, "analysis", "view", &(ScopeValues){ 0 }),
            S("((1 = 1) and (1 = 0) and (c.keeper_id in (select owner_id from sees where viewer_id = $3)))"));
        Work w = { .who = &actor, .mem = &t->mem, .problems = { .mem = &t->mem } };
        EQUAL(access_need(&w, "analysis", "view"), DENIED);
        STR(w.problems.first->args[0].text, S("entity.sale"));
        actor = (Actor){ .user = 42, .rights = told + 2, .right_count = 2 }; /* none to analyses */
        EQUAL(access_scope(&actor, "analysis", "view"), SCOPE_NONE);
    }
    CASE("a mark in a statement is expanded, in a text or a comment it is not") {
        access_scopes(scopes);
        Actor       actor = { .user = 42, .rights = some, .right_count = COUNT(some) };
        ScopeValues values = { 0 };
        STR(scope_expand(&t->mem, S("select '{scope client c}' from client c where {scope client c} and c.id = $1"),
                         &actor, 2, &values),
            S("select '{scope client c}' from client c where (c.keeper_id in (select owner_id from sees where viewer_id"
              " = $2)) and c.id = $1"));
    }
    CASE("a session lives twelve idle hours and seven days, and ends with blocking") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            f.user = 3;
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            CHECK(count_of(&base, "select count(*) from session where address = '127.0.0.1'") == 1);
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            EQUAL(f.user, 3);
            EQUAL(f.n, 4);
            clock_set(&f, "2026-03-04T20:59:00Z");
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            CHECK(f.yes);
            clock_set(&f, "2026-03-04T21:00:01Z");
            EQUAL(in_lane(&f, LANE_FAST, find), NOT_FOUND);
            clock_set(&f, "2026-03-11T08:59:59Z");
            EQUAL(in_lane(&f, LANE_WRITER, touch), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            clock_set(&f, "2026-03-11T09:00:01Z");
            EQUAL(in_lane(&f, LANE_FAST, find), NOT_FOUND);
            clock_set(&f, "2026-03-11T08:59:59Z");
            EQUAL(in_lane(&f, LANE_WRITER, block), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), NOT_FOUND);
            f.token[0] = f.token[0] == 'a' ? 'b' : 'a';
            EQUAL(in_lane(&f, LANE_FAST, find), NOT_FOUND);
            lanes_stop(f.lanes);
        }
    }
    CASE("a person has a thousand sessions at most: the one that has not been used for longest ends") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            f.user = 3;
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            Str many = str_fmt(&t->mem,
                               "with recursive n (i) as (select 1 union all select i + 1 from n where i < 1200)"
                               " insert into session (id, token, user_id, made_at, seen_at, ends_at)"
                               " select 5000 + i, cast(cast(i as text) as %s), 3, 0, i, 1 from n",
                               base.engine == DB_SQLITE ? "blob" : "bytea");
            CHECK(db_ddl(base.db, many) == OK);
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            EQUAL(count_of(&base, "select count(*) from session where user_id = 3"), SESSIONS_MOST);
            EQUAL(count_of(&base, "select min(seen_at) from session where user_id = 3"), 1203 - SESSIONS_MOST);
            f.user = 4;
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            EQUAL(count_of(&base, "select count(*) from session"), SESSIONS_MOST + 1);
            lanes_stop(f.lanes);
        }
    }
    CASE("a session that began while the clock ran ahead is in use all the same, and lasts no longer than any once the"
         " clock is right") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            f.user = 3;
            clock_set(&f, "2026-05-04T09:00:00Z");
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            clock_set(&f, "2026-03-04T09:00:00Z");
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            CHECK(f.yes);
            EQUAL(in_lane(&f, LANE_WRITER, touch_it), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            CHECK(!f.yes);
            CHECK(count_of(&base, "select max(ends_at - seen_at) from session") == SESSION_MAX_MS);
            clock_set(&f, "2026-03-04T21:00:01Z");
            EQUAL(in_lane(&f, LANE_FAST, find), NOT_FOUND);
            lanes_stop(f.lanes);
        }
    }
    CASE("a right taken away is gone at the next look-up") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            f.user = 3;
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            EQUAL(f.n, 4);
            EQUAL(in_lane(&f, LANE_WRITER, rights_gone), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            EQUAL(f.n, 1);
            f.user = 3;
            EQUAL(in_lane(&f, LANE_WRITER, end_all), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), NOT_FOUND);
            lanes_stop(f.lanes);
        }
    }
    CASE("a role changed ever so often takes no more room, and roles not met before are read") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            f.user = 3;
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            EQUAL(in_lane(&f, LANE_WRITER, rights_many), OK);
            for (int i = 0; i < 200; i++) { /* 500,000 bytes of words each, none ever the same */
                EQUAL(in_lane(&f, LANE_WRITER, rights_edit), OK);
                EQUAL(in_lane(&f, LANE_FAST, find), OK);
                EQUAL(f.n, 604);
            }
            f.user = 5;
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            EQUAL(f.n, 0);
            lanes_stop(f.lanes);
        }
    }
    CASE("a head sees his unit and those below, a member his own unit, everybody himself") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            EQUAL(in_lane(&f, LANE_WRITER, teams), OK);
            /* a digit for each of 1 to 5; Olga and Anna stand in no unit */
            static const int64_t want[] = { 10111, 1110, 110, 110, 1 };
            for (int64_t user = 1; user <= 5; user++) {
                f.user = user;
                EQUAL(in_lane(&f, LANE_FAST, team_of), OK);
                EQUAL(f.n, want[user - 1]);
            }
            CHECK(db_ddl(base.db,
                         S("update unit set parent_id = 2 where id = 3; update unit set parent_id = 3 where id = 1")) ==
                  OK);
            EQUAL(in_lane(&f, LANE_WRITER, teams), OK); /* a circle: North holds South, South holds Firm, Firm holds
                                                           North */
            f.user = 2;
            EQUAL(in_lane(&f, LANE_FAST, team_of), OK);
            EQUAL(f.n, 1111);
            lanes_stop(f.lanes);
        }
    }
    CASE("a lent record is within reach until its moment") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            EQUAL(in_lane(&f, LANE_FAST, row_77), OK);
            CHECK(!f.yes);
            EQUAL(in_lane(&f, LANE_WRITER, lend), OK);
            EQUAL(in_lane(&f, LANE_FAST, row_77), OK);
            CHECK(f.yes && f.n == 0);
            clock_set(&f, "2026-03-04T09:01:01Z");
            EQUAL(in_lane(&f, LANE_FAST, row_77), OK);
            CHECK(!f.yes);
            lanes_stop(f.lanes);
        }
    }
    CASE("signing in needs login and password; a new password ends what was begun with the old one") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            f.throttle = throttle_new(&t->mem, 1);
            EQUAL(in_lane(&f, LANE_SLOW, set_anna), OK);
            f.text = S(" ANNA ");
            f.yes  = true;
            EQUAL(in_lane(&f, LANE_SLOW, sign), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), OK);
            EQUAL(f.user, 2);
            f.yes = false;
            EQUAL(in_lane(&f, LANE_SLOW, sign), DENIED);
            f.text = S("stranger");
            EQUAL(in_lane(&f, LANE_SLOW, sign), DENIED);
            EQUAL(in_lane(&f, LANE_SLOW, set_anna), OK);
            EQUAL(in_lane(&f, LANE_FAST, find), NOT_FOUND);
            f.text = S("anna");
            for (int i = 0; i < 5; i++) EQUAL(in_lane(&f, LANE_SLOW, sign), DENIED);
            f.yes = true;
            EQUAL(in_lane(&f, LANE_SLOW, sign), DENIED);
            CHECK(f.n > 0);
            CHECK(count_of(&base, "select count(*) from credential where hash like '%dozhd%'") == 0);
            lanes_stop(f.lanes);
        }
    }
    CASE("the owner's role has each right there is, whatever its rows say; another role has its rows") {
        ON_BOTH(base) {
            Firm_ f;
            static const Right there_are[] = { { "client", "view", SCOPE_ALL, "" },
                                               { "shelf", "change", SCOPE_ALL, "" },
                                               { "shelf", "view", SCOPE_ALL, "" } };
            if (!firm_start(&f, t, &base)) continue;
            access_rights(there_are, COUNT(there_are));
            EQUAL(in_lane(&f, LANE_WRITER, owner_make), OK);
            f.user = 5;
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            EQUAL(in_lane(&f, LANE_FAST, shelf_scope), OK);
            EQUAL(f.n, SCOPE_ALL);
            CHECK(f.yes);
            f.user = 3;
            EQUAL(in_lane(&f, LANE_WRITER, begin), OK);
            EQUAL(in_lane(&f, LANE_FAST, shelf_scope), OK);
            EQUAL(f.n, SCOPE_NONE);
            CHECK(!f.yes);
            access_rights(NULL, 0);
            lanes_stop(f.lanes);
        }
    }
    CASE("the same key with the same request answers again, with another it is a conflict") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            f.text = S("{\"name\":\"A\"}");
            EQUAL(in_lane(&f, LANE_WRITER, once), OK);
            EQUAL(f.n, 0);
            EQUAL(in_lane(&f, LANE_WRITER, once), OK);
            EQUAL(f.n, 201);
            f.text = S("{\"name\":\"B\"}");
            EQUAL(in_lane(&f, LANE_WRITER, once), CONFLICT);
            lanes_stop(f.lanes);
        }
    }
    CASE("a slow work's key is taken while it works, free when it was refused or its server died, answers when it is"
         " done") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            clock_set(&f, "2026-03-04T09:00:00Z");
            f.text = S("");
            EQUAL(in_lane(&f, LANE_WRITER, claim), OK);
            EQUAL(f.answer.status, 0);
            EQUAL(in_lane(&f, LANE_WRITER, claim), CONFLICT);
            EQUAL(in_lane(&f, LANE_WRITER, give_back), OK);
            EQUAL(in_lane(&f, LANE_WRITER, claim), OK);
            clock_set(&f, "2026-03-04T09:09:59Z");
            EQUAL(in_lane(&f, LANE_WRITER, claim), CONFLICT);
            clock_set(&f, "2026-03-04T09:10:00Z");
            EQUAL(in_lane(&f, LANE_WRITER, claim), OK);
            EQUAL(f.answer.status, 0);
            EQUAL(in_lane(&f, LANE_WRITER, settle), OK);
            EQUAL(in_lane(&f, LANE_WRITER, give_back), OK);
            EQUAL(in_lane(&f, LANE_WRITER, claim), OK);
            EQUAL(f.answer.status, 201);
            f.text = S("B");
            EQUAL(in_lane(&f, LANE_WRITER, claim), CONFLICT);
            lanes_stop(f.lanes);
        }
    }
    CASE("a record beyond the limit of ten minutes is refused by whatever way, the same one counts once, one row a"
         " minute is written") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            clock_set(&f, base.engine == DB_SQLITE ? "2026-03-05T09:00:00Z" : "2026-03-06T09:00:00Z");
            f.n = 71; /* two cards, one of them twice */
            EQUAL(in_lane(&f, LANE_FAST, look), OK);
            EQUAL(in_lane(&f, LANE_FAST, look), OK);
            f.n = 72;
            EQUAL(in_lane(&f, LANE_FAST, look), OK);
            f.yes = true; /* a list of 72 and 73; one of 73 and 74 would be a fourth record */
            EQUAL(in_lane(&f, LANE_FAST, look), OK);
            f.n = 73;
            EQUAL(in_lane(&f, LANE_FAST, look), DENIED);
            f.yes = false;
            EQUAL(in_lane(&f, LANE_FAST, look), OK);
            f.n = 74;
            EQUAL(in_lane(&f, LANE_FAST, look), DENIED);
            EQUAL(in_lane(&f, LANE_WRITER, viewed_write), OK);
            EQUAL(count_of(&base, "select sum(cards) from viewing where user_id = 3 and entity = 'client'"), 3);
            EQUAL(count_of(&base, "select sum(rows) from viewing where user_id = 3 and entity = 'client'"), 2);
            clock_set(&f, base.engine == DB_SQLITE ? "2026-03-05T09:10:00Z" : "2026-03-06T09:10:00Z");
            EQUAL(in_lane(&f, LANE_FAST, look), OK);
            EQUAL(in_lane(&f, LANE_WRITER, viewed_write), OK);
            EQUAL(count_of(&base, "select count(*) from viewing"), 2);
            lanes_stop(f.lanes);
        }
    }
    CASE("a set-up token is good once made, for a day, and dies with the next one") {
        ON_BOTH(base) {
            Firm_ f;
            if (!firm_start(&f, t, &base)) continue;
            EQUAL(in_lane(&f, LANE_WRITER, token_new), OK);
            f.text = str_copy(&t->mem, str_of(f.token));
            EQUAL(in_lane(&f, LANE_FAST, token_try), OK);
            EQUAL(in_lane(&f, LANE_WRITER, token_new), OK);
            EQUAL(in_lane(&f, LANE_FAST, token_try), DENIED);
            f.text = str_of(f.token);
            clock_set(&f, "2026-03-05T09:00:01Z");
            EQUAL(in_lane(&f, LANE_FAST, token_try), DENIED);
            CHECK(db_ddl(base.db, S("update firm set ready = 1")) == OK);
            EQUAL(in_lane(&f, LANE_WRITER, token_new), CONFLICT);
            lanes_stop(f.lanes);
        }
    }
    CASE("what people have written holds over a start and over servers, and empties within a day") {
        ON_BOTH(base) {
            Firm_         f;
            const int64_t half = BOUND_CHANGED_BY_ONE / 2, far = base.engine == DB_SQLITE ? 8000 : 8100;
            if (!firm_start(&f, t, &base)) continue;
            f.user = far + 1;
            /* Half of the bound here; little of another person, which is not written at once. */
            changing_add(far + 1, half, steady(&f));
            changing_add(far + 2, 1000, steady(&f));
            EQUAL(changed_write(&f, CHANGING_STRETCH), OK);
            EQUAL(count_of(&base, "select bytes from changing where user_id > 7999"), half);
            EQUAL(in_lane(&f, LANE_FAST, may_change), OK);
            /* Another server writes as much and more of the same person: it is learned with the next stretch. */
            CHECK(db_ddl(base.db, S("update changing set bytes = bytes + 300 * 1048576 where user_id > 7999")) == OK);
            EQUAL(in_lane(&f, LANE_FAST, may_change), OK);
            changing_add(far + 1, CHANGING_STRETCH, steady(&f));
            EQUAL(changed_write(&f, CHANGING_STRETCH), OK);
            EQUAL(in_lane(&f, LANE_FAST, may_change), DENIED);
            EQUAL(changing_level(far + 1, steady(&f)), half + 300 * MIB + CHANGING_STRETCH);
            EQUAL(changed_write(&f, 1), OK);
            EQUAL(count_of(&base, "select count(*) from changing where user_id > 7999"), 2);
            EQUAL(count_of(&base, "select bytes from changing where user_id > 7999 order by bytes limit 1"), 1000);
            /* A start reads what was there: of a person who wrote half a day ago, a day ago, and in the future. */
            f.n = far;
            EQUAL(in_lane(&f, LANE_WRITER, others_wrote), OK);
            EQUAL(in_lane(&f, LANE_FAST, changing_starts), OK);
            EQUAL(changing_level(far + 3, steady(&f)), half);
            EQUAL(changing_level(far + 4, steady(&f)), 0);
            EQUAL(changing_level(far + 5, steady(&f)), BOUND_CHANGED_BY_ONE);
            EQUAL(changing_level(far + 5, steady(&f) + 12 * 3600000), half);
            lanes_stop(f.lanes);
        }
    }
    CASE("what could not be written is written with the next stretch") {
        ON_BOTH(base) {
            Firm_         f;
            const int64_t far = base.engine == DB_SQLITE ? 9000 : 9100;
            if (!firm_start(&f, t, &base)) continue;
            changing_add(far, 2 * CHANGING_STRETCH, steady(&f));
            CHECK(db_ddl(base.db, S("alter table changing rename to gone")) == OK);
            EQUAL(changed_write(&f, CHANGING_STRETCH), BROKEN);
            CHECK(db_ddl(base.db, S("alter table gone rename to changing")) == OK);
            EQUAL(changing_level(far, steady(&f)), 2 * CHANGING_STRETCH);
            EQUAL(changed_write(&f, CHANGING_STRETCH), OK);
            EQUAL(count_of(&base, "select bytes from changing where user_id > 8999"), 2 * CHANGING_STRETCH);
            lanes_stop(f.lanes);
        }
    }
}
