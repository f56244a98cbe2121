/* One rule asked in two ways: which rows one viewer sees, and which viewers see a row. */
#include "entity/reach.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

enum { ROWS = 5 };

/* Five clients: of 11, of 12, of 13, nobody's, of 13 and lent to 11; a sale and a person of each; 11 and 12 are of one
 * team.  The person of nobody's client was written down by 12. */
typedef struct {
    int64_t client[ROWS], sale[ROWS], person[ROWS];
} World;

/* What the handlers of the end of the deed look at lives as long as the deed. */
static int64_t person_made(Work *w, Test *t)
{
    Person *p = NEW(w->mem, Person);
    record_empty(w, &person_entity, p);
    p->name = S("Собеседник");
    EQUAL(record_save(w, &person_entity, p), OK);
    return p->base.id;
}

static int64_t client_made(Work *w, Test *t, int64_t keeper, int64_t person)
{
    Client *c = NEW(w->mem, Client);
    record_empty(w, &client_entity, c);
    c->name       = S("Клиент");
    c->keeper_id  = keeper;
    c->persons.at = NEW(w->mem, ClientPerson);
    c->persons.n  = 1;
    child_empty(&client_person_entity, c->persons.at);
    c->persons.at->person_id = person;
    EQUAL(record_save(w, &client_entity, c), OK);
    return c->base.id;
}

static int64_t sale_made(Work *w, Test *t, int64_t client)
{
    Sale *s = NEW(w->mem, Sale);
    record_empty(w, &sale_entity, s);
    s->day       = w->today;
    s->client_id = client;
    EQUAL(record_save(w, &sale_entity, s), OK);
    return s->base.id;
}

static void world_make(Firm *firm, World *world)
{
    static const int64_t keeper[ROWS] = { 11, 12, 13, 0, 13 };
    Test *t = firm->t;
    Work *w = deed(firm);
    for (int i = 0; i < ROWS; i++) {
        world->person[i] = person_made(w, t);
        world->client[i] = client_made(w, t, keeper[i], world->person[i]);
        world->sale[i]   = sale_made(w, t, world->client[i]);
    }
    EQUAL(db_run(w->db,
                 S("insert into sees (viewer_id, owner_id) values (11, 11), (11, 12), (12, 12), (12, 11), (13, 13)"),
                 NO_VALS, NULL),
          OK);
    EQUAL(db_run(w->db, S("update person set created_by = 12 where id = $1"), VALS(val_int(world->person[3])), NULL),
          OK);
    EQUAL(access_give(w, &(Loan){ "client", world->client[4], 11, w->now + 60000, LENT_TO_LOOK, S(""), 0 }, 1), OK);
    EQUAL(deed_end(firm, OK), OK);
}

/* In the words of access_row, over the lines that reach_owners gives. */
static bool in_sight(Work *w, const Actor *who, Scope scope, const RowOwner *owner, ptrdiff_t n, int64_t row,
                     int64_t lent)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        if (owner[i].record != row) continue;
        bool team = scope == SCOPE_TEAM && owner[i].holder;
        if (owner[i].owner && (owner[i].owner == who->user || (team && sees(w, who->user, owner[i].owner))))
            return true;
        if (who->given && owner[i].holder == lent) return true;
    }
    return false;
}

static void both_agree(Firm *firm, const Entity *e, const int64_t *ids, const World *world, int64_t user, Scope scope,
                       int seen)
{
    Test     *t     = firm->t;
    Actor     actor = *somebody(t, user,
                            scope == SCOPE_TEAM ? "client:view:team sale:view:team person:view:team"
                                                    : "client:view:own sale:view:own person:view:own");
    RowOwner *owner;
    ptrdiff_t n;
    bool      in[ROWS];
    int       count = 0;
    actor.given = user == 11;
    firm->who   = &actor;
    Work *w     = deed(firm);
    actor.at    = w->now;
    EQUAL(reach_rows(w, w->scratch, e, "view", ids, ROWS, in), OK);
    EQUAL(reach_owners(w->db, w->mem, e, ids, ROWS, &owner, &n), OK);
    for (int i = 0; i < ROWS; i++) {
        bool told = in_sight(w, &actor, scope, owner, n, ids[i], world->client[4]);
        test_check(t, in[i] == told, __FILE__, __LINE__, "%s %d: %lld sees it in one way and not in the other", e->name,
                   i, (long long)user);
        count += told;
    }
    EQUAL(count, seen);
    EQUAL(deed_end(firm, OK), OK);
    firm->who = &actor_program;
}

static void clients_leave(Firm *firm, int64_t person)
{
    Test *t = firm->t;
    Work *w = deed(firm);
    EQUAL(db_run(w->db, S("delete from client_person where person_id = $1"), VALS(val_int(person)), NULL), OK);
    EQUAL(deed_end(firm, OK), OK);
}

TESTS(test_reach)
{
    CASE("who sees a row is the same whether one asks for the viewer or for the row") {
        ON_BOTH(base) {
            Firm  firm  = firm_open(&base, t);
            World world = { 0 };
            world_make(&firm, &world);
            const Entity *const e[]   = { &client_entity, &sale_entity, &person_entity };
            const int64_t      *ids[] = { world.client, world.sale, world.person };
            for (int i = 0; i < COUNT(e); i++) {
                both_agree(&firm, e[i], ids[i], &world, 11, SCOPE_OWN, 2);  /* his own and the lent one      */
                both_agree(&firm, e[i], ids[i], &world, 11, SCOPE_TEAM, 3); /* and the colleague's           */
                both_agree(&firm, e[i], ids[i], &world, 12, SCOPE_OWN, 1);
                both_agree(&firm, e[i], ids[i], &world, 12, SCOPE_TEAM, 2);
                both_agree(&firm, e[i], ids[i], &world, 13, SCOPE_TEAM, 2);
            }
            /* whom 12 wrote down is his alone as soon as he is at no client, were it one that nobody keeps */
            clients_leave(&firm, world.person[3]);
            both_agree(&firm, &person_entity, world.person, &world, 12, SCOPE_OWN, 2);
            both_agree(&firm, &person_entity, world.person, &world, 12, SCOPE_TEAM, 3);
            both_agree(&firm, &person_entity, world.person, &world, 13, SCOPE_TEAM, 2);
            firm_close(&firm);
        }
    }
}
