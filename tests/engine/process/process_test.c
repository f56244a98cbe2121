/* Processes and stages: how many there may be. */
#include "engine/process/process.h"

#include "tests/entity/firm.h"

static const Entity *const entities[] = { &process_entity, &stage_entity, NULL };

static Err process_made(Work *w, const char *name)
{
    Process *p = NEW(w->mem, Process);
    record_empty(w, &process_entity, p);
    p->name = str_of(name);
    p->subject = S("process");
    return record_save(w, &process_entity, p);
}

static Err stage_made(Work *w, const char *name)
{
    Stage *s = NEW(w->mem, Stage);
    record_empty(w, &stage_entity, s);
    s->process_id = 500001;
    s->name = str_of(name);
    return record_save(w, &stage_entity, s);
}

/* So many in all, written past the door. */
static void filled(Firm *firm, const char *table, int64_t most)
{
    static const Str process = S("insert into process (id, version, created_at, changed_at, name, subject)"
                                 " values ($1, 1, 0, 0, $2, 'process')");
    static const Str stage = S("insert into stage (id, version, created_at, changed_at, process_id, name, kind, lead)"
                               " values ($1, 1, 0, 0, 500001, $2, 1, false)");
    Test   *t = firm->t;
    Work   *w = deed(firm);
    int64_t there = 0;
    EQUAL(db_int(w->db, str_fmt(w->mem, "select count(*) from %s", table), NO_VALS, &there), OK);
    for (int64_t id = 500001; there < most; there++, id++)
        EQUAL(db_run(w->db, table[0] == 'p' ? process : stage,
                     VALS(val_int(id), val_text(str_fmt(w->mem, "%lld", (long long)id))), NULL),
              OK);
    EQUAL(deed_end(firm, OK), OK);
}

TESTS(test_process)
{
    CASE("the last process and the last stage for which there is room are made, and one more is refused with a word")
    {
        ON_BOTH(base)
        {
            Firm   firm = firm_open(&base, t);
            Stages all;
            entities_set(entities);
            filled(&firm, "process", PROCESSES_MOST - 1);
            filled(&firm, "stage", STAGES_MOST - 1);
            Work *w = deed(&firm);
            EQUAL(process_made(w, "The last"), OK);
            EQUAL(stage_made(w, "The last"), OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(process_made(w, "One more"), CONFLICT);
            STR(first_problem(w), S("name process.too_many"));
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            w = deed(&firm);
            EQUAL(stage_made(w, "One more"), CONFLICT);
            STR(first_problem(w), S("name stage.too_many"));
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            w = deed(&firm);
            EQUAL(stages_read(w, S("process"), &all), OK);
            CHECK(all.n > STAGES_MOST - 100); /* the others are of deals */
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
}
