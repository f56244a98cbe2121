/* Watches: how many there may be. */
#include "sales/watch/watch.h"

#include "sales/parties/parties.h"
#include "sales/people/people.h"
#include "tests/entity/firm.h"

static const Entity *const entities[] = { &client_entity, &role_entity, &user_entity, &watch_entity, &finding_entity,
                                          NULL };

static Err watch_made(Work *w, const char *name)
{
    Watch *watch = NEW(w->mem, Watch);
    record_empty(w, &watch_entity, watch);
    watch->name = str_of(name);
    watch->entity = S("client");
    watch->filter = S("{\"field\":\"name\",\"op\":\"not_empty\"}");
    watch->rhythm = S("each 15 min");
    watch->performer = WATCH_KEEPER;
    return record_save(w, &watch_entity, watch);
}

/* So many in all, written past the door. */
static void filled(Firm *firm, int64_t most)
{
    Test   *t = firm->t;
    Work   *w = deed(firm);
    int64_t there = 0;
    EQUAL(db_int(w->db, S("select count(*) from watch where archived_at is null"), NO_VALS, &there), OK);
    for (int64_t id = 500001; there < most; there++, id++)
        EQUAL(db_run(w->db,
                     S("insert into watch (id, version, created_at, changed_at, name) values ($1, 1, 0, 0, $2)"),
                     VALS(val_int(id), val_text(str_fmt(w->mem, "%lld", (long long)id))), NULL),
              OK);
    EQUAL(deed_end(firm, OK), OK);
}

TESTS(test_watch)
{
    CASE("the last watch that the round looks after is made, and one more is refused with a word")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            entities_set(entities);
            filled(&firm, WATCHES_MOST - 1);
            Work *w = deed(&firm);
            EQUAL(watch_made(w, "The last"), OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(watch_made(w, "One more"), INVALID);
            STR(first_problem(w), S("name watch.keeps_most"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
}
