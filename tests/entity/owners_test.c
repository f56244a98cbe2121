/* Rows of several people: in reach by each of their ways, through every door, and refused where no way leads. */
#include "entity/owners.h"

#include "entity/change.h"
#include "entity/export.h"
#include "entity/list.h"
#include "entity/reach.h"
#include "tests/entity/owned.h"

#include <string.h>
#include <unistd.h>

/* By each of the five ways a visit of 11's, one of 12's, who is of his team, and one of 13's, who is not; else they are
 * all 13's.  The last is 13's altogether and lent to 11, and so is the client of the one before it. */
enum { WAYS = 5, PEOPLE = 3, VISITS = WAYS * PEOPLE + 2 };

typedef struct {
    int64_t client[PEOPLE], stop[PEOPLE], route[PEOPLE], visit[VISITS], lent;
} World;

static const int64_t people[PEOPLE] = { 11, 12, 13 };

static int64_t visit_made(Work *w, Test *t, const World *at, int way, int whose)
{
    int   of[WAYS] = { 2, 2, 2, 2, 2 };
    Visit v;
    if (way < WAYS) of[way] = whose;
    record_empty(w, &visit_entity, &v);
    v.day       = w->today;
    v.doer_id   = people[of[0]];
    v.helper_id = people[of[1]];
    v.client_id = at->client[of[2]];
    v.stop_id   = at->stop[of[3]];
    v.about     = (Link){ .entity = S("route"), .id = at->route[of[4]] };
    EQUAL(record_save(w, &visit_entity, &v), OK);
    return v.base.id;
}

static void chain_made(Work *w, Test *t, World *at, int i)
{
    Route_ route;
    Stop   stop;
    record_empty(w, &route_entity, &route);
    record_empty(w, &stop_entity, &stop);
    route.client_id = at->client[i];
    EQUAL(record_save(w, &route_entity, &route), OK);
    stop.route_id = at->route[i] = route.base.id;
    EQUAL(record_save(w, &stop_entity, &stop), OK);
    at->stop[i] = stop.base.id;
}

static World world_make(Firm *firm)
{
    Test *t  = firm->t;
    World at = { 0 };
    for (int i = 0; i < PEOPLE; i++) at.client[i] = owned_client(firm, people[i]);
    at.lent = owned_client(firm, 13);
    Work *w = deed(firm);
    for (int i = 0; i < PEOPLE; i++) chain_made(w, t, &at, i);
    for (int i = 0; i < VISITS; i++) at.visit[i] = visit_made(w, t, &at, i / PEOPLE, i % PEOPLE);
    EQUAL(db_run(w->db, S("update visit set client_id = $1, client_keeper = 13 where id = $2"),
                 VALS(val_int(at.lent), val_int(at.visit[VISITS - 2])), NULL),
          OK);
    EQUAL(db_run(w->db,
                 S("insert into sees (viewer_id, owner_id) values (11, 11), (11, 12), (12, 12), (12, 11), (13, 13)"),
                 NO_VALS, NULL),
          OK);
    EQUAL(access_give(w, &(Loan){ "visit", at.visit[VISITS - 1], 11, w->now + 60000, LENT_TO_LOOK, S(""), 0 }, 1), OK);
    EQUAL(access_give(w, &(Loan){ "client", at.lent, 11, w->now + 60000, LENT_TO_LOOK, S(""), 0 }, 1), OK);
    EQUAL(deed_end(firm, OK), OK);
    return at;
}

/* From the head: 11 sees what is his by any way and what is lent, with his team also what is 12's; 14 nothing. */
static bool expected(int64_t user, Scope scope, int visit)
{
    int whose = visit % PEOPLE;
    if (scope == SCOPE_ALL) return true;
    if (user != 11) return false;
    return visit >= VISITS - 2 || whose == 0 || (whose == 1 && scope == SCOPE_TEAM);
}

static const char *const doors[] = { "reach", "news", "list", "list in another order", "filter", "count",
                                     "card", "history", "export" };
enum { DOORS = COUNT(doors) };

static int place_of(const World *at, int64_t id)
{
    int i = 0;
    while (i < VISITS && at->visit[i] != id) i++;
    return i;
}

/* Two by two, so that the cursor is tried as well. */
static void listed(Work *w, Test *t, const World *at, Ask ask, bool in[VISITS])
{
    Page page = { 0 };
    ask.limit = 2;
    do {
        ask.after = page.next;
        EQUAL(list_page(w, &visit_entity, &ask, &page), OK);
        for (ptrdiff_t i = 0; i < page.n; i++) {
            int place = place_of(at, ((Visit *)page.records)[i].base.id);
            test_check(t, place < VISITS && !in[place], __FILE__, __LINE__, "a visit stands in its list twice");
            if (place < VISITS) in[place] = true;
        }
    } while (page.next.n);
}

static void news_in(Work *w, Test *t, const World *at, Scope scope, bool in[VISITS])
{
    RowOwner *owner;
    ptrdiff_t n;
    EQUAL(reach_owners(w->db, w->mem, &visit_entity, at->visit, VISITS, &owner, &n), OK);
    for (ptrdiff_t i = 0; i < n; i++) {
        bool his  = owner[i].owner && (owner[i].owner == w->who->user ||
                                      (scope == SCOPE_TEAM && sees(w, w->who->user, owner[i].owner)));
        bool lent = w->who->given && (owner[i].holder == at->lent || owner[i].holder == at->visit[VISITS - 1]);
        in[place_of(at, owner[i].record)] |= scope == SCOPE_ALL || his || lent;
    }
}

static int64_t exported(Work *w, Test *t, const char *folder)
{
    int64_t rows = -1;
    Str     path = str_fmt(w->mem, "%s/visits", folder[0] ? folder : "/tmp");
    EQUAL(export_list(w, &visit_entity, &(Ask){ 0 }, EXPORT_CSV, path.s, &rows), OK);
    unlink(path.s);
    return rows;
}

static void every_door(Firm *firm, const World *at, int64_t user, Scope scope)
{
    static const char *const rights[] = { "", "visit:view:own visit:export:own", "visit:view:team visit:export:team",
                                          "visit:view:all visit:export:all" };
    Test       *t         = firm->t;
    Actor       actor     = *somebody(t, user, rights[scope]);
    bool        in[DOORS][VISITS] = { 0 };
    int64_t     count = -1, sum = 0;
    const Json *filter;
    actor.given = user == 11;
    firm->who   = &actor;
    Work *w     = deed(firm);
    actor.at    = w->now;
    Str dated = S("{\"field\":\"day\",\"op\":\"not_empty\"}");
    EQUAL(json_read(w->mem, dated, (JsonLimits){ 0 }, &w->problems, &filter), OK);
    EQUAL(reach_rows(w, w->scratch, &visit_entity, "view", at->visit, VISITS, in[0]), OK);
    news_in(w, t, at, scope, in[1]);
    listed(w, t, at, (Ask){ 0 }, in[2]);
    listed(w, t, at, (Ask){ .order = S("id") }, in[3]);
    listed(w, t, at, (Ask){ .filter = filter }, in[4]);
    EQUAL(list_count(w, &visit_entity, &(Ask){ 0 }, &count), OK);
    for (int i = 0; i < VISITS; i++) {
        Visit     v;
        Change   *changes;
        ptrdiff_t n;
        in[5][i] = expected(user, scope, i); /* how many is all that is told */
        in[6][i] = record_load(w, &visit_entity, at->visit[i], &v) == OK;
        in[7][i] = change_history(w, &visit_entity, at->visit[i], (ChangeBelow){ 0 }, 10, &changes, &n) == OK;
        in[8][i] = in[5][i];
        sum += expected(user, scope, i);
    }
    EQUAL(count, sum);
    w->problems = (Problems){ .mem = w->mem };
    bool lent = user == 11 && scope != SCOPE_ALL; /* to look at, and to take nowhere */
    EQUAL(exported(w, t, firm->base->folder), sum - (lent ? 2 : 0));
    for (int door = 0; door < DOORS; door++)
        for (int i = 0; i < VISITS; i++)
            test_check(t, in[door][i] == expected(user, scope, i), __FILE__, __LINE__,
                       "visit %d, %lld, scope %d: %s is wrong", i, (long long)user, (int)scope, doors[door]);
    EQUAL(deed_end(firm, OK), OK);
    firm->who = &actor_program;
}

/* ---- what is saved ---- */

static Str save_as(Firm *firm, int64_t user, const char *rights, Visit *v)
{
    firm->who = user ? somebody(firm->t, user, rights) : &actor_program;
    Work *w   = deed(firm);
    if (!v->base.id) v->day = w->today;
    Err err   = record_save(w, &visit_entity, v);
    Str why   = str_copy(&firm->t->mem, err == OK ? S("saved") : first_problem(w));
    deed_end(firm, err);
    firm->who = &actor_program;
    return why;
}

static Visit visit_new(Firm *firm)
{
    Visit v;
    Work *w = deed(firm);
    record_empty(w, &visit_entity, &v);
    deed_end(firm, OK);
    return v;
}

#define OWN                                                                                                    \
    "visit:view:own visit:add:own visit:change:own client:view:all route:view:all stop:view:all product:view:all"

/* ---- what cannot be a way ---- */

static const char *wrong_in(Arena *mem, const char *doers, const char *fence, OwnerWay first, OwnerWay second)
{
    static Entity              made;
    static const Entity       *list[24];
    int                        n = 0;
    made = visit_entity;
    memset(made.owners, 0, sizeof made.owners);
    made.owners[0] = first;
    made.owners[1] = second;
    made.doers     = doers;
    made.fence     = fence;
    for (; owned_entities[n]; n++) list[n] = owned_entities[n] == &visit_entity ? &made : owned_entities[n];
    list[n] = NULL;
    entities_set(list);
    const char *why = owners_wrong(mem);
    entities_set(owned_entities);
    return why ? why : "";
}

static const char *wrong_with(Arena *mem, OwnerWay first, OwnerWay second)
{
    return wrong_in(mem, NULL, NULL, first, second);
}

TESTS(test_owners)
{
    CASE("a row of several is in sight by each of its ways, in every scope, through every door, and by nothing else") {
        ON_BOTH(base) {
            Firm  firm  = owned_open(&base, t);
            World world = world_make(&firm);
            for (Scope scope = SCOPE_OWN; scope <= SCOPE_ALL; scope++) {
                every_door(&firm, &world, 11, scope);
                every_door(&firm, &world, 14, scope); /* who has no rows */
            }
            firm_close(&firm);
        }
    }
    CASE("as it will stand a row is in reach of whoever saves it by one way; a new one that names nobody is his") {
        ON_BOTH(base) {
            Firm  firm  = owned_open(&base, t);
            World world = world_make(&firm);
            Visit v     = visit_new(&firm);
            STR(save_as(&firm, 11, OWN, &v), S("saved"));
            EQUAL(v.doer_id, 11);
            v = visit_new(&firm);
            v.helper_id = 13;
            STR(save_as(&firm, 11, OWN, &v), S("helper_id record.owner_out_of_reach"));
            v.client_id = world.client[0]; /* it is his by the client */
            STR(save_as(&firm, 11, OWN, &v), S("saved"));
            EQUAL(v.doer_id, 0);
            v.client_id = world.client[2]; /* of four owners the one is left through whom it was his */
            STR(save_as(&firm, 11, OWN, &v), S("client_id record.owner_out_of_reach"));
            v.stop_id = world.stop[0];
            STR(save_as(&firm, 11, OWN, &v), S("saved"));
            v.stop_id = world.stop[2];
            v.about   = (Link){ .entity = S("route"), .id = world.route[0] };
            STR(save_as(&firm, 11, OWN, &v), S("saved"));
            v.about = (Link){ .entity = S("product"), .id = 77 };
            STR(save_as(&firm, 11, OWN, &v), S("about record.owner_out_of_reach"));
            v.about = (Link){ .entity = S("route"), .id = world.route[2] };
            STR(save_as(&firm, 11, OWN, &v), S("about record.owner_out_of_reach"));
            STR(save_as(&firm, 0, "", &v), S("saved")); /* the program may, and then it is nobody's of his */
            v.helper_id = 11;
            STR(save_as(&firm, 11, OWN, &v), S("- record.not_found"));
            firm_close(&firm);
        }
    }
    CASE("a number beyond all and another's record are no owner to follow") {
        ON_BOTH(base) {
            Firm  firm  = owned_open(&base, t);
            World world = world_make(&firm);
            Visit v     = visit_new(&firm);
            v.doer_id   = 11;
            v.client_id = INT64_C(9007199254740992);
            STR(save_as(&firm, 11, OWN, &v), S("client_id field.too_large"));
            v.client_id = 0;
            v.helper_id = INT64_C(9007199254740992);
            STR(save_as(&firm, 11, OWN, &v), S("helper_id field.too_large"));
            v.helper_id = 0;
            v.about     = (Link){ .entity = S("client"), .id = world.client[2] };
            STR(save_as(&firm, 11, "visit:view:own visit:add:own client:view:own", &v),
                S("about field.points_nowhere"));
            STR(save_as(&firm, 11, OWN, &v), S("saved"));
            firm_close(&firm);
        }
    }
    CASE("a way that leads in a circle, too far, or nowhere is found out") {
        entities_set(owned_entities);
        CHECK(owners_wrong(&t->mem) == NULL);
        STR(str_of(wrong_with(&t->mem, (OwnerWay){ "doer_id", NULL }, (OwnerWay){ "stop_id", "stop_owner" })), S(""));
        STR(str_of(wrong_with(&t->mem, (OwnerWay){ "doer_id", "kept" }, (OwnerWay){ 0 })),
            S("visit.doer_id keeps what stands in the row"));
        STR(str_of(wrong_with(&t->mem, (OwnerWay){ "about", NULL }, (OwnerWay){ 0 })),
            S("visit.about is a link, whose owner is only looked up"));
        STR(str_of(wrong_with(&t->mem, (OwnerWay){ "day", NULL }, (OwnerWay){ 0 })), S("visit.day is no reference"));
        const OwnerWay doer = { "doer_id", NULL }, queue = { "queue_id", NULL }, none = { NULL, NULL };
        STR(str_of(wrong_with(&t->mem, doer, queue)), S(""));
        STR(str_of(wrong_with(&t->mem, queue, none)),
            S("visit.queue_id is a queue of rows whose first way is no field of a user"));
        STR(str_of(wrong_with(&t->mem, (OwnerWay){ "created_by", NULL }, queue)),
            S("visit.queue_id is a queue of rows whose first way is no field of a user"));
        STR(str_of(wrong_with(&t->mem, doer, (OwnerWay){ "queue_id", "kept" })),
            S("visit.queue_id keeps what stands in the row"));
        STR(str_of(wrong_in(&t->mem, "doer_id", "{row}.day > {me}", doer, queue)), S(""));
        STR(str_of(wrong_in(&t->mem, "doer_id day", NULL, doer, queue)),
            S("visit names a doer who is none of its ways"));
        STR(str_of(wrong_in(&t->mem, "queue_id", NULL, doer, queue)),
            S("visit has a first way that may not change it"));
        STR(str_of(wrong_in(&t->mem, NULL, "{row}.day > {them}", doer, queue)),
            S("visit has a fence with a mark that is none"));
        STR(str_of(wrong_in(&t->mem, NULL, "1 = 1", (OwnerWay){ "client_id", NULL }, none)),
            S("visit has a fence, and its rows only follow or are counted"));
        static const Field  far_fields[] = { { .name = "photo_id", .type = TYPE_ref, .to = "photo" } };
        static const Field  self_fields[] = { { .name = "above_id", .type = TYPE_ref, .to = "self" } };
        static const Field  bare_fields[] = { { .name = "bare_id", .type = TYPE_ref, .to = "bare" },
                                              { .name = "client_id", .type = TYPE_ref, .to = "client" } };
        static const Entity far  = { .name = "far", .owners = { { "photo_id", "kept" } }, .fields = far_fields,
                                     .field_count = 1 };
        static const Entity self = { .name = "self", .owners = { { "above_id", "kept" } }, .fields = self_fields,
                                     .field_count = 1 };
        static const Entity bare = { .name = "bare", .owners = { { "client_id" } }, .fields = bare_fields,
                                     .field_count = 2 };
        static const Entity on   = { .name = "on", .owners = { { "bare_id", "kept" } }, .fields = bare_fields,
                                     .field_count = 2 };
        const Entity *const fours[] = { &client_entity, &route_entity, &stop_entity, &photo_entity, &far, NULL };
        const Entity *const circle[] = { &self, NULL };
        const Entity *const looked[] = { &client_entity, &bare, &on, NULL };
        entities_set(fours);
        STR(str_of(owners_wrong(&t->mem)), S("far.photo_id is a circle, or more than three steps from a user"));
        entities_set(circle);
        STR(str_of(owners_wrong(&t->mem)), S("self.above_id is a circle, or more than three steps from a user"));
        entities_set(looked);
        STR(str_of(owners_wrong(&t->mem)), S("on.bare_id follows a record whose first owner stands nowhere"));
        entities_set(owned_entities);
    }
}
