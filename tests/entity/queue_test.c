/* Rows that wait for whoever holds a role, ways by which one only looks, and a fence around all of it: by every door.
 * Expected values come from the head. */
#include "entity/change.h"
#include "entity/export.h"
#include "entity/group.h"
#include "entity/list.h"
#include "entity/mass.h"
#include "entity/owners.h"
#include "entity/reach.h"
#include "tests/entity/owned.h"

#include <string.h>
#include <unistd.h>

/* A call is its doer's; while it has none, theirs who hold the role in its queue; and the client's keeper looks at it.
 * What is closed is seen by who holds the role 2, and by its doer. */
#define CALL(FIELD)                                              \
    FIELD(day, day, .required = true, .sort = true)              \
    FIELD(doer_id, ref, .to = "user")                            \
    FIELD(queue_id, ref, .to = "role")                           \
    FIELD(client_id, ref, .to = "client")                        \
    FIELD(closed, bool) FIELD(note, text)
#define SLIP(FIELD) FIELD(about, link, .to = "call") FIELD(note, text)

typedef struct { Record base; CALL(AS_MEMBER) } Call_;
typedef struct { Record base; SLIP(AS_MEMBER) } Slip;
#define CALL_ROW(...) AS_ROW(Call_, __VA_ARGS__)
#define SLIP_ROW(...) AS_ROW(Slip, __VA_ARGS__)
static const Field call_fields[] = { CALL(CALL_ROW) }, slip_fields[] = { SLIP(SLIP_ROW) };

#define CALL_OWNERS { { "doer_id" }, { "queue_id" }, { "client_id", "client_keeper" } }

static const Entity call_entity = { .name = "call", .title = "note", .order = "-day", .owners = CALL_OWNERS,
                                    .doers = "doer_id queue_id", ENTITY_FIELDS(Call_, call_fields) };
static const Entity shut_entity = { .name = "call", .title = "note", .order = "-day", .owners = CALL_OWNERS,
                                    .fence = "{row}.closed = 0 or {row}.doer_id = {me} or 2 = {role}",
                                    ENTITY_FIELDS(Call_, call_fields) };
static const Entity slip_entity = { .name = "slip", .title = "note", .follows = "about",
                                    ENTITY_FIELDS(Slip, slip_fields) };

static const Field  role_fields[] = { { .name = "name", .type = TYPE_text } };
static const Entity role_entity_  = { .name = "role", .title = "name", .known = true, .fields = role_fields,
                                      .field_count = 1, .size = sizeof(Record) };

#define HEAD                                                                                             \
    "(id id primary key, version int not null, created_at int not null, created_by int, changed_at int," \
    " changed_by int, archived_at int, origin text, key text, "

static const char tables[] =
    "create table call " HEAD "day int, doer_id id, queue_id id, client_id id, client_keeper id,"
    " closed int not null, note text);"
    "create table slip " HEAD "about_of text, about_id id, note text);"
    "create index call_doer on call (doer_id, day, id); create index call_day on call (day, id);"
    "create index call_queue on call (queue_id, day, id) where doer_id is null;"
    "create index call_keeper on call (client_keeper, day, id); create index call_client on call (client_id);"
    "insert into role (id, version, created_at, changed_at, name) values (2, 1, 0, 0, 'operator');"
    "update users set role_id = 2 where id in (12, 13);"
    "insert into sees (viewer_id, owner_id, how) values (11, 11, 1), (12, 12, 1), (13, 13, 1), (14, 14, 1),"
    " (14, 12, 3)";

#define stands_in_for_13 "insert into sees (viewer_id, owner_id, how) values (11, 13, 2)"

/* 11 sells, 12 and 13 hold the queue, 14 sells and heads 12. */
static Firm queue_open(Base *base, Test *t, const Entity *call)
{
    static const Entity *list[24];
    int                  n    = 0;
    Firm                 firm = owned_open(base, t);
    Work                *w    = deed(&firm);
    for (; owned_entities[n]; n++) list[n] = owned_entities[n];
    list[n++] = &role_entity_;
    list[n++] = &slip_entity;
    list[n++] = call;
    list[n]   = NULL;
    entities_set(list);
    EQUAL(db_ddl(w->db, str_of(tables)), OK);
    EQUAL(deed_end(&firm, OK), OK);
    return firm;
}

static const Entity *call_(void) { return entity_named(S("call")); }

static int64_t call_made(Firm *firm, int64_t doer, int64_t queue, int64_t client, bool closed)
{
    Test *t = firm->t;
    Work *w = deed(firm);
    Call_ c;
    record_empty(w, call_(), &c);
    c.day       = w->today;
    c.doer_id   = doer;
    c.queue_id  = queue;
    c.client_id = client;
    c.closed    = closed;
    EQUAL(record_save(w, call_(), &c), OK);
    EQUAL(deed_end(firm, OK), OK);
    return c.base.id;
}

/* ---- every door that shows ---- */

static const char *const doors[] = { "reach", "list", "list in another order", "filter", "count", "group", "card",
                                     "history", "export", "titles", "mass" };
enum { DOORS = COUNT(doors) };

static bool listed(Work *w, Test *t, Ask ask, int64_t id)
{
    Page page = { 0 };
    bool in   = false;
    ask.limit = 1;
    do {
        ask.after = page.next;
        EQUAL(list_page(w, call_(), &ask, &page), OK);
        for (ptrdiff_t i = 0; i < page.n; i++) in |= ((Call_ *)page.records)[i].base.id == id;
    } while (page.next.n);
    return in;
}

static const Json *by_id(Work *w, Test *t, int64_t id)
{
    const Json *filter;
    Str         text = str_fmt(w->mem, "{\"field\":\"id\",\"op\":\"is\",\"value\":%lld}", (long long)id);
    EQUAL(json_read(w->mem, text, (JsonLimits){ 0 }, &w->problems, &filter), OK);
    return filter;
}

static bool exported(Work *w, Test *t, const Json *one, const char *folder)
{
    int64_t rows = -1;
    Str     path = str_fmt(w->mem, "%s/calls", folder[0] ? folder : "/tmp");
    EQUAL(export_list(w, call_(), &(Ask){ .filter = one }, EXPORT_CSV, path.s, &rows), OK);
    unlink(path.s);
    return rows == 1;
}

static void doors_asked(Work *w, Test *t, int64_t id, const char *folder, bool in[DOORS])
{
    const Json *one = by_id(w, t, id);
    int64_t     count = 0, seen = 0, may = 0;
    GroupRows   groups;
    Change     *changes;
    ptrdiff_t   n;
    Str         title = { 0 };
    Call_       c;
    EQUAL(reach_rows(w, w->scratch, call_(), "view", &id, 1, &in[0]), OK);
    in[1] = listed(w, t, (Ask){ 0 }, id);
    in[2] = listed(w, t, (Ask){ .order = S("id") }, id);
    in[3] = listed(w, t, (Ask){ .filter = one }, id);
    EQUAL(list_count(w, call_(), &(Ask){ .filter = one }, &count), OK);
    in[4] = count == 1;
    GroupQuestion by = { .by = { S("closed") }, .bys = 1 };
    EQUAL(group_rows(w, call_(), &(Ask){ .filter = one }, &by, &groups), OK);
    in[5] = groups.n == 1;
    in[6] = record_load(w, call_(), id, &c) == OK;
    in[7] = change_history(w, call_(), id, (ChangeBelow){ 0 }, 10, &changes, &n) == OK;
    in[8] = exported(w, t, one, folder);
    EQUAL(record_titles(w, call_(), &id, 1, &title), OK);
    in[9] = title.s != NULL;
    EQUAL(mass_count(w, &(MassAsk){ .e = call_(), .ids = &id, .id_count = 1, .archive = true }, &seen, &may), OK);
    in[10]      = seen == 1;
    w->problems = (Problems){ .mem = w->mem };
}

typedef struct {
    int64_t     user, role;
    const char *scope;
    bool        stands_in;
} Who;

static Actor actor_of(Test *t, const Who *who)
{
    static const char *const verbs[] = { "view", "add", "change", "archive", "export" };
    Buf rights = buf_new(&t->mem, 400);
    for (int i = 0; i < COUNT(verbs); i++) buf_fmt(&rights, "call:%s:%s ", verbs[i], who->scope);
    for (int i = 0; i < COUNT(verbs); i++) buf_fmt(&rights, "slip:%s:all ", verbs[i]);
    buf_c(&rights, "client:view:all");
    Actor actor     = *somebody(t, who->user, str_c(&t->mem, buf_str(&rights)));
    actor.role      = who->role;
    actor.stands_in = who->stands_in;
    return actor;
}

/* News go to who may see the row; asked for the row, not for the viewer. */
static void news_agree(Work *w, Test *t, int64_t id, const Who *who, bool seen)
{
    RowOwner *owner;
    ptrdiff_t n;
    bool      told = strcmp(who->scope, "all") == 0;
    EQUAL(reach_owners(w->db, w->mem, call_(), &id, 1, &owner, &n), OK);
    for (ptrdiff_t i = 0; i < n; i++)
        told |= owner[i].owner &&
                (owner[i].owner == who->user ||
                 ((who->stands_in || strcmp(who->scope, "team") == 0) && sees(w, who->user, owner[i].owner)));
    if (!call_()->fence) EQUAL(told, seen);
}

static void seen_by(Firm *firm, int line, Who who, int64_t id, bool seen)
{
    Test *t         = firm->t;
    Actor actor     = actor_of(t, &who);
    bool  in[DOORS] = { 0 };
    firm->who       = &actor;
    Work *w         = deed(firm);
    actor.at        = w->now;
    doors_asked(w, t, id, firm->base->folder, in);
    news_agree(w, t, id, &who, seen);
    for (int door = 0; door < DOORS; door++)
        test_check(t, in[door] == seen, __FILE__, line, "%lld (%s): %s is wrong", (long long)who.user, who.scope,
                   doors[door]);
    EQUAL(deed_end(firm, OK), OK);
    firm->who = &actor_program;
}

#define SEEN(who, id)   seen_by(&firm, __LINE__, (Who)who, id, true)
#define UNSEEN(who, id) seen_by(&firm, __LINE__, (Who)who, id, false)
#define BY(user_, role_, scope_)      { .user = (user_), .role = (role_), .scope = (scope_) }
#define STANDING(user_, role_, scope_) { .user = (user_), .role = (role_), .scope = (scope_), .stands_in = true }

/* ---- every door that writes ---- */

static Str patched(Firm *firm, const Who *who, int64_t id, const char *patch)
{
    Test       *t     = firm->t;
    Actor       actor = actor_of(t, who);
    const Json *json;
    Call_       c;
    firm->who = &actor;
    Work *w   = deed(firm);
    actor.at  = w->now;
    EQUAL(json_read(w->mem, str_of(patch), (JsonLimits){ 0 }, &w->problems, &json), OK);
    Err err = record_patch(w, call_(), id, 0, json, &c);
    if (err == OK) err = record_save(w, call_(), &c);
    Str why = err == OK ? S("saved") : str_copy(&t->mem, first_problem(w));
    deed_end(firm, err);
    firm->who = &actor_program;
    return why;
}

static Str moved(Firm *firm, const Who *who, int64_t id, Err (*deed_)(Work *, const Entity *, int64_t, int64_t))
{
    Test *t     = firm->t;
    Actor actor = actor_of(t, who);
    firm->who   = &actor;
    Work *w     = deed(firm);
    actor.at    = w->now;
    Err err     = deed_(w, call_(), id, 0);
    Str why     = err == OK ? S("saved") : str_copy(&t->mem, first_problem(w));
    deed_end(firm, err);
    firm->who = &actor_program;
    return why;
}

static Str hung(Firm *firm, const Who *who, int64_t id)
{
    Test *t     = firm->t;
    Actor actor = actor_of(t, who);
    firm->who   = &actor;
    Work *w     = deed(firm);
    Slip *slip  = NEW(w->mem, Slip);
    actor.at    = w->now;
    record_empty(w, &slip_entity, slip);
    slip->about = (Link){ .entity = S("call"), .id = id };
    Err err     = record_save(w, &slip_entity, slip);
    Str why     = err == OK ? S("saved") : str_copy(&t->mem, first_problem(w));
    deed_end(firm, err);
    firm->who = &actor_program;
    return why;
}

static Err go(Work *w, void *id) { return mass_go(w, *(int64_t *)id); }

/* How many of these may be changed, and how many a deed at all of them has changed. */
static void mass_at(Firm *firm, const Who *who, const char *values, int64_t *ids, ptrdiff_t n, int64_t *may,
                    int64_t *changed)
{
    Test       *t     = firm->t;
    Actor       actor = actor_of(t, who);
    const Json *json;
    int64_t     seen, id, total;
    firm->who = &actor;
    Work *w   = deed(firm);
    actor.at  = w->now;
    EQUAL(json_read(w->mem, str_of(values), (JsonLimits){ 0 }, &w->problems, &json), OK);
    MassAsk ask = { .e = call_(), .values = json, .ids = ids, .id_count = n };
    EQUAL(mass_count(w, &ask, &seen, may), OK);
    EQUAL(mass_begin(w, &ask, &id, &total), OK);
    EQUAL(deed_end(firm, OK), OK);
    LaneWork work = { .run = go, .to = &id, .actor = actor.user, .who = &actor, .language = "ru" };
    EQUAL(lanes_run(firm->lanes, LANE_SLOW, &work, NULL), OK);
    EQUAL(db_int(firm->base->db, S("select count(*) from mass_edit_row where mass_id = $1 and fate = 1"),
                 VALS(val_int(id)), changed),
          OK);
    firm->who = &actor_program;
}

TESTS(test_queue)
{
    CASE("a row in a queue is theirs who hold the role, through every door, until somebody takes it") {
        ON_BOTH(base) {
            Firm    firm   = queue_open(&base, t, &call_entity);
            int64_t waits  = call_made(&firm, 0, 2, 0, false), taken = call_made(&firm, 12, 2, 0, false);
            int64_t other  = call_made(&firm, 0, 1, 0, false), nobodys = call_made(&firm, 0, 0, 0, false);
            SEEN(BY(13, 2, "own"), waits);
            SEEN(BY(12, 2, "own"), waits);
            UNSEEN(BY(11, 1, "own"), waits);
            SEEN(BY(12, 2, "own"), taken);
            UNSEEN(BY(13, 2, "own"), taken);
            SEEN(BY(11, 1, "own"), other);
            UNSEEN(BY(13, 2, "own"), other);
            SEEN(BY(14, 1, "team"), waits); /* as the head of one who holds it */
            UNSEEN(BY(11, 1, "team"), waits);
            UNSEEN(BY(14, 1, "team"), nobodys);
            SEEN(BY(11, 1, "all"), nobodys);
            Work *w = deed(&firm);
            EQUAL(db_run(w->db, S(stands_in_for_13), NO_VALS, NULL), OK);
            EQUAL(deed_end(&firm, OK), OK);
            SEEN(STANDING(11, 1, "own"), waits); /* in the place of one who holds it */
            UNSEEN(BY(11, 1, "own"), waits);
            w = deed(&firm);
            EQUAL(db_run(w->db, S("update users set archived_at = 1 where id = 13"), NO_VALS, NULL), OK);
            EQUAL(deed_end(&firm, OK), OK);
            UNSEEN(STANDING(11, 1, "own"), waits); /* who has left holds nothing */
            firm_close(&firm);
        }
    }
    CASE("who holds the role takes a row out of the queue and puts his own into it, and into no other") {
        ON_BOTH(base) {
            Firm      firm  = queue_open(&base, t, &call_entity);
            int64_t   waits = call_made(&firm, 0, 2, 0, false);
            const Who his = { 13, 2, "own", false }, stands = { 11, 1, "own", true }, head = { 14, 1, "team", false };
            Work     *w   = deed(&firm);
            EQUAL(db_run(w->db, S(stands_in_for_13), NO_VALS, NULL), OK);
            EQUAL(deed_end(&firm, OK), OK);
            STR(patched(&firm, &stands, waits, "{\"note\": \"x\"}"), S("saved"));
            STR(patched(&firm, &stands, waits, "{\"doer_id\": 11}"), S("doer_id record.owner_not_yours_to_say"));
            STR(patched(&firm, &his, waits, "{\"doer_id\": 11}"), S("doer_id record.owner_out_of_reach"));
            STR(patched(&firm, &his, waits, "{\"queue_id\": 1}"), S("queue_id record.owner_out_of_reach"));
            STR(patched(&firm, &his, waits, "{\"doer_id\": 13}"), S("saved"));
            UNSEEN(BY(12, 2, "own"), waits);
            STR(patched(&firm, &his, waits, "{\"doer_id\": null}"), S("saved"));
            SEEN(BY(12, 2, "own"), waits);
            STR(patched(&firm, &head, waits, "{\"doer_id\": 12}"), S("saved"));
            STR(patched(&firm, &his, 0, "{\"day\": \"2026-01-05\", \"queue_id\": 2}"), S("saved"));
            STR(patched(&firm, &his, 0, "{\"day\": \"2026-01-05\", \"queue_id\": 1}"),
                S("queue_id record.owner_out_of_reach"));
            firm_close(&firm);
        }
    }
    CASE("who has a row to look at is refused in words by each door that writes, and who may do it is not") {
        ON_BOTH(base) {
            Firm      firm    = queue_open(&base, t, &call_entity);
            int64_t   client  = owned_client(&firm, 11);
            int64_t   id      = call_made(&firm, 13, 0, client, false);
            int64_t   both[2] = { id, call_made(&firm, 11, 0, client, false) };
            const Who keeper = { 11, 1, "own", false }, doer = { 13, 2, "own", false }, all = { 14, 1, "all", false };
            int64_t   may, changed;
            SEEN(BY(11, 1, "own"), id);
            STR(patched(&firm, &keeper, id, "{\"note\": \"x\"}"), S("- record.not_yours"));
            STR(moved(&firm, &keeper, id, record_archive), S("- record.not_yours"));
            STR(hung(&firm, &keeper, id), S("about record.held_not_yours"));
            mass_at(&firm, &keeper, "{\"note\": \"y\"}", both, 2, &may, &changed);
            EQUAL(may, 1);
            EQUAL(changed, 1);
            STR(patched(&firm, &doer, id, "{\"note\": \"x\"}"), S("saved"));
            STR(hung(&firm, &doer, id), S("saved"));
            STR(moved(&firm, &doer, id, record_archive), S("saved"));
            STR(moved(&firm, &keeper, id, record_restore), S("- record.not_yours"));
            STR(moved(&firm, &doer, id, record_restore), S("saved"));
            STR(patched(&firm, &all, id, "{\"note\": \"z\"}"), S("saved"));
            /* for the client that is his he may have a call made that he then looks at */
            Str made = str_fmt(&t->mem, "{\"day\": \"2026-01-05\", \"doer_id\": 13, \"client_id\": %lld}",
                               (long long)client);
            STR(patched(&firm, &keeper, 0, str_c(&t->mem, made)), S("saved"));
            firm_close(&firm);
        }
    }
    CASE("what stands beyond the fence is seen through no door in any scope, and within it by the rights alone") {
        ON_BOTH(base) {
            Firm    firm  = queue_open(&base, t, &shut_entity);
            int64_t open_ = call_made(&firm, 11, 0, 0, false), shut = call_made(&firm, 11, 0, 0, true);
            SEEN(BY(14, 1, "all"), open_);
            UNSEEN(BY(14, 1, "all"), shut);
            SEEN(BY(12, 2, "all"), shut);
            UNSEEN(BY(12, 2, "own"), shut); /* a fence opens nothing */
            SEEN(BY(11, 1, "own"), shut);
            SEEN(BY(11, 1, "team"), shut);
            firm_close(&firm);
        }
    }
    CASE("nobody puts a row beyond his fence, one by one or many at once, and writes none that is there") {
        ON_BOTH(base) {
            Firm      firm    = queue_open(&base, t, &shut_entity);
            int64_t   shut    = call_made(&firm, 11, 0, 0, true), id = call_made(&firm, 11, 0, 0, false), may, changed;
            int64_t   his     = call_made(&firm, 14, 0, 0, false), stays;
            const Who all = { 14, 1, "all", false }, doer = { 11, 1, "own", false };
            int64_t   both[2] = { id, his };
            STR(patched(&firm, &all, shut, "{\"note\": \"x\"}"), S("- record.not_found"));
            STR(moved(&firm, &all, shut, record_archive), S("- record.not_found"));
            STR(hung(&firm, &all, shut), S("about field.points_nowhere"));
            STR(patched(&firm, &all, id, "{\"closed\": true}"), S("- record.beyond_fence"));
            STR(patched(&firm, &all, 0, "{\"day\": \"2026-01-05\", \"doer_id\": 11, \"closed\": true}"),
                S("- record.beyond_fence"));
            mass_at(&firm, &all, "{\"closed\": true}", both, 2, &may, &changed);
            EQUAL(may, 2);
            EQUAL(changed, 1); /* his own is his on either side; of the other nothing is written */
            Work *w = deed(&firm);
            EQUAL(db_int(w->db, S("select closed from call where id = $1"), VALS(val_int(id)), &stays), OK);
            EQUAL(deed_end(&firm, OK), OK);
            EQUAL(stays, 0);
            STR(patched(&firm, &doer, shut, "{\"note\": \"x\"}"), S("saved"));
            firm_close(&firm);
        }
    }
}
