/* A deed at many records whose server dies under it ends all the same, and what is old is forgotten in stretches.
 * Expected values come from the head. */
#include "entity/mass_inside.h"

#include "format/json.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <string.h>

static const char all_clients[] = "client:view:all client:add:all client:change:all client:archive:all";

static int64_t client_new(Firm *firm)
{
    Test  *t = firm->t;
    Work  *w = deed(firm);
    Client c;
    record_empty(w, &client_entity, &c);
    c.name = S("Альфа");
    EQUAL(record_save(w, &client_entity, &c), OK);
    EQUAL(deed_end(firm, OK), OK);
    return c.base.id;
}

/* Written down, and no more: as though the server had died then. */
static int64_t begun(Firm *firm, int64_t client)
{
    Test       *t = firm->t;
    Work       *w = deed(firm);
    const Json *values;
    int64_t     id, total;
    EQUAL(json_read(w->mem, S("{\"city\": \"Омск\"}"), (JsonLimits){ 0 }, &w->problems, &values), OK);
    MassAsk ask = { .e = &client_entity, .values = values, .ids = &client, .id_count = 1 };
    EQUAL(mass_begin(w, &ask, &id, &total), OK);
    EQUAL(total, 1);
    EQUAL(deed_end(firm, OK), OK);
    return id;
}

static void older(Firm *firm, int64_t id, int64_t ms)
{
    Test *t = firm->t;
    EQUAL(db_run(firm->base->db, S("update mass_edit set at = at - $2 where id = $1"), VALS(val_int(id), val_int(ms)),
                 NULL), OK);
}

static Err undo_begin(Firm *firm, int64_t id)
{
    int64_t total;
    Err     err = mass_undo_begin(deed(firm), &client_entity, id, &total);
    Err     became = deed_end(firm, err);
    return err ? err : became;
}

static MassState state_now(Firm *firm, int64_t id)
{
    Mass m = { 0 };
    mass_read(deed(firm), id, &m);
    deed_end(firm, OK);
    return m.state;
}

static int64_t count(Firm *firm, const char *sql)
{
    int64_t n = -1;
    db_int(firm->base->db, str_of(sql), NO_VALS, &n);
    return n;
}

static int64_t cities(Firm *firm) { return count(firm, "select count(*) from client where city = 'Омск'"); }

static void state_be(Firm *firm, int64_t id, MassState state)
{
    Test *t = firm->t;
    EQUAL(db_run(firm->base->db, S("update mass_edit set state = $2 where id = $1"),
                 VALS(val_int(id), val_int(state)), NULL), OK);
}

static Err go(Work *w, void *id) { return mass_go(w, *(int64_t *)id); }
static Err back(Work *w, void *id) { return mass_back(w, *(int64_t *)id); }

static Err slowly(Firm *firm, Err (*run)(Work *w, void *id), int64_t id)
{
    LaneWork work = { .run = run, .to = &id, .actor = firm->who->user, .who = firm->who, .language = "ru" };
    return lanes_run(firm->lanes, LANE_SLOW, &work, NULL);
}

static int64_t forget(Firm *firm)
{
    Test   *t    = firm->t;
    int64_t gone = -1;
    EQUAL(deed_end(firm, mass_forget(deed(firm), &gone)), OK);
    return gone;
}

TESTS(test_mass)
{
    CASE("a deed that nobody is at any more counts as done two minutes after its beginning, and is taken back; so does"
         " one that died while it was being taken back") {
        ON_BOTH(base) {
            Firm    firm   = firm_open(&base, t);
            firm.who       = somebody(t, 7, all_clients);
            int64_t client = client_new(&firm), id = begun(&firm, client);
            EQUAL(state_now(&firm, id), MASS_RUNNING);
            EQUAL(undo_begin(&firm, id), CONFLICT);
            older(&firm, id, MASS_WAITED_MS + 1);
            EQUAL(state_now(&firm, id), MASS_DONE);
            EQUAL(undo_begin(&firm, id), OK);
            EQUAL(state_now(&firm, id), MASS_DONE);
            EQUAL(undo_begin(&firm, id), OK);
            EQUAL(count(&firm, "select state from mass_edit"), MASS_UNDOING);
            firm_close(&firm);
        }
    }
    CASE("that all is done is written with the last records, and that all is taken back too") {
        ON_BOTH(base) {
            Firm    firm   = firm_open(&base, t);
            firm.who       = somebody(t, 7, all_clients);
            int64_t client = client_new(&firm), id = begun(&firm, client), second = begun(&firm, client);
            EQUAL(slowly(&firm, go, id), OK);
            EQUAL(state_now(&firm, id), MASS_DONE);
            EQUAL(cities(&firm), 1);
            /* From here on no two deeds are in one state: who says so is refused with all he wrote. */
            EQUAL(db_ddl(base.db, S("create unique index once on mass_edit (state)")), OK);
            state_be(&firm, second, MASS_UNDONE);
            EQUAL(undo_begin(&firm, id), OK);
            CHECK(slowly(&firm, back, id) != OK);
            EQUAL(cities(&firm), 1);
            state_be(&firm, second, MASS_RUNNING);
            EQUAL(db_run(base.db, S("update client set city = null"), NO_VALS, NULL), OK);
            CHECK(slowly(&firm, go, second) != OK);
            EQUAL(cities(&firm), 0);
            state_be(&firm, id, MASS_UNDONE);
            EQUAL(slowly(&firm, go, second), OK);
            EQUAL(cities(&firm), 1);
            firm_close(&firm);
        }
    }
    CASE("what can no longer be taken back is forgotten however it ended, in stretches, and not by who begins"
         " another") {
        ON_BOTH(base) {
            Firm    firm   = firm_open(&base, t);
            firm.who       = somebody(t, 7, all_clients);
            int64_t client = client_new(&firm), id = begun(&firm, client);
            EQUAL(db_run(base.db,
                         S("insert into mass_edit_row (mass_id, record_id, fate)"
                           " with recursive n (i) as (select 1 union all select i + 1 from n where i < 4999)"
                           " select $1, -i, 1 from n"), VALS(val_int(id)), NULL), OK);
            older(&firm, id, MASS_UNDO_DAYS * INT64_C(86400000) + 1);
            EQUAL(forget(&firm), 0);
            older(&firm, id, INT64_C(86400000));
            begun(&firm, client);
            EQUAL(count(&firm, "select count(*) from mass_edit_row"), 5001);
            EQUAL(forget(&firm), MASS_FORGET);
            EQUAL(count(&firm, "select count(*) from mass_edit_row"), 5001 - MASS_FORGET);
            EQUAL(forget(&firm), 5000 - MASS_FORGET);
            EQUAL(count(&firm, "select count(*) from mass_edit"), 1);
            EQUAL(count(&firm, "select count(*) from mass_edit_row"), 1);
            firm_close(&firm);
        }
    }
}
