/* Facts beside a base on both engines: loaded, kept up, kept in a file.  Expected values come from the head. */
#include "facts/facts.h"
#include "sales/orders/sale_facts.h"
#include "tests/store/base.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A base with a table `test_held` in the place of the imports. */
typedef struct {
    Base       *base;
    Test       *t;
    FactsSource source;
    char        file[100];
} Firm;

static Firm firm_of(Base *base, Test *t)
{
    Firm firm = { base, t, sale_facts(), "" };
    base_migrate(base, t);
    CHECK(db_ddl(base->db, S("create table test_held (work int)")) == OK);
    firm.source.held       = S("select work from test_held");
    firm.source.held_sales = S(
        "select c.work, c.record from change c join test_held h on h.work = c.work where c.entity = 'sale'");
    snprintf(firm.file, sizeof firm.file, "/tmp/sbyt-facts-test.%d", (int)getpid());
    unlink(firm.file);
    return firm;
}

static void run(Firm *f, const char *sql, const Val *vals, int n)
{
    Test *t = f->t;
    EQUAL(db_run(f->base->db, str_of(sql), vals, n, NULL), OK);
}

/* The change row of a sale, as the door writes one. */
static void noted(Firm *f, int64_t work, int64_t sale)
{
    static int64_t digest;
    char           bytes[32];
    int            n = snprintf(bytes, sizeof bytes, "digest %lld", (long long)++digest);
    run(f,
        f->base->engine == DB_SQLITE
            ? "insert into change (id, at, work, entity, record, version, verb, digest) select coalesce(max(id), 0) +"
              " 1, 0, $1, 'sale', $2, 1, 'made', $3 from change"
            : "insert into change (at, work, entity, record, version, verb, digest) values (0, $1, 'sale', $2, 1,"
              " 'made', $3)",
        VALS(val_int(work), val_int(sale), val_blob((Str){ bytes, n })));
}

static void sold(Firm *f, int64_t work, int64_t sale, int64_t client, Money amount)
{
    run(f,
        "insert into sale (id, version, created_at, changed_at, day, client_id, kind) values ($1, 1, 0, 0, 20000, $2,"
        " 1)",
        VALS(val_int(sale), val_int(client)));
    run(f, "insert into sale_line (id, sale_id, product_id, qty, amount) values ($1, $2, 7, 1000, $3)",
        VALS(val_int(sale + 100000), val_int(sale), val_int(amount)));
    noted(f, work, sale);
}

typedef struct {
    Err     err;
    int64_t lines, clients;
    Money   money;
} Told;

static Told told_by(Firm *f, Facts *facts, Db *db)
{
    FactsHold     hold;
    FactsQuestion q = { .reach = &facts_everything, .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE, .threads = 1 };
    Told          told = { .err = facts_hold(facts, db, &hold) };
    if (told.err) return told;
    FactsAnswer a = facts_ask(&hold.view, &q, &f->t->mem);
    told.lines    = a.summary.lines;
    told.clients  = a.summary.clients;
    told.money    = (Money)a.revenue;
    facts_release(facts, &hold);
    return told;
}

static Told told(Firm *f, Facts *facts) { return told_by(f, facts, f->base->db); }

static Facts *loaded(Firm *f, bool file)
{
    Test  *t     = f->t;
    Facts *facts = facts_new(f->source, file ? f->file : NULL);
    EQUAL(facts_load(facts, f->base->db, NULL, NULL), OK);
    return facts;
}

/* Lines of one sale, many at once. */
static void sold_many(Firm *f, int64_t sale, int64_t lines)
{
    run(f,
        "insert into sale (id, version, created_at, changed_at, day, client_id, kind) values ($1, 1, 0, 0, 20001, 5,"
        " 1)",
        VALS(val_int(sale)));
    run(f, "with recursive n(i) as (select 1 union all select i + 1 from n where i < $2)"
           " insert into sale_line (id, sale_id, product_id, qty, amount) select 1000000 + i, $1, 7, 1000, 100 from n",
        VALS(val_int(sale), val_int(lines)));
    noted(f, 1, sale);
}

static void cut(const Firm *f, long bytes, bool flip)
{
    FILE *file = fopen(f->file, "r+b");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    if (flip) {
        fseek(file, bytes, SEEK_SET);
        int c = fgetc(file);
        fseek(file, bytes, SEEK_SET);
        fputc(c ^ 1, file);
    }
    fclose(file);
    if (!flip && truncate(f->file, size - bytes) != 0) perror(f->file);
}

TESTS(test_facts)
{
    CASE("what the base holds is loaded, without archived sales; before that there is no answer") {
        ON_BOTH(base) {
            Firm f = firm_of(&base, t);
            sold(&f, 1, 10, 5, 1000);
            sold(&f, 1, 11, 6, 2000);
            sold(&f, 1, 12, 7, 4000);
            run(&f, "update sale set archived_at = 1 where id = 12", NO_VALS);
            Facts *facts = facts_new(f.source, NULL);
            EQUAL(told(&f, facts).err, BUSY);
            EQUAL(facts_load(facts, base.db, NULL, NULL), OK);
            CHECK(facts_progress(facts).ready);
            Told told_ = told(&f, facts);
            EQUAL(told_.lines, 2);
            EQUAL(told_.clients, 2);
            EQUAL(told_.money, 3000);
            EQUAL(facts_check(facts, base.db), OK);
            facts_free(facts);
        }
    }
    CASE("a sale made, changed, archived, restored or removed is so in the next answer") {
        ON_BOTH(base) {
            Firm   f     = firm_of(&base, t);
            Facts *facts = loaded(&f, false);
            EQUAL(told(&f, facts).lines, 0);
            sold(&f, 1, 10, 5, 1000);
            EQUAL(told(&f, facts).money, 1000);
            sold(&f, 2, 11, 6, 2000);
            run(&f, "update sale_line set amount = 1500 where sale_id = 10", NO_VALS);
            noted(&f, 3, 10);
            EQUAL(told(&f, facts).money, 3500);
            run(&f, "update sale set archived_at = 1 where id = 11", NO_VALS);
            noted(&f, 4, 11);
            EQUAL(told(&f, facts).money, 1500);
            run(&f, "update sale set archived_at = null where id = 11", NO_VALS);
            noted(&f, 5, 11);
            EQUAL(told(&f, facts).money, 3500);
            run(&f, "delete from sale_line where sale_id = 10", NO_VALS);
            run(&f, "delete from sale where id = 10", NO_VALS);
            noted(&f, 6, 10);
            EQUAL(told(&f, facts).money, 2000);
            EQUAL(facts_check(facts, base.db), OK);
            facts_free(facts);
        }
    }
    CASE("sales of an import that still runs are not seen, whether it began before the load or after, and all are when"
         " it is done") {
        ON_BOTH(base) {
            Firm f = firm_of(&base, t);
            sold(&f, 1, 10, 5, 1000);
            run(&f, "insert into test_held values (77)", NO_VALS);
            sold(&f, 77, 11, 6, 2000);
            Facts *facts = loaded(&f, true);
            CHECK(access(f.file, F_OK) != 0); /* half an import is never kept */
            EQUAL(told(&f, facts).money, 1000);
            sold(&f, 77, 12, 6, 4000);
            EQUAL(told(&f, facts).money, 1000);
            sold(&f, 2, 13, 8, 8000);
            EQUAL(told(&f, facts).money, 9000);
            run(&f, "delete from test_held", NO_VALS);
            EQUAL(told(&f, facts).money, 15000);
            EQUAL(facts_check(facts, base.db), OK);
            facts_free(facts);
        }
    }
    CASE("a reader who looks at an earlier moment takes nothing in and loses nothing of a running import") {
        ON_BOTH(base) {
            Firm f = firm_of(&base, t);
            sold(&f, 1, 10, 5, 1000);
            Facts  *facts = loaded(&f, false);
            Db     *early = base_more(&base, t, DB_READ);
            int64_t n;
            EQUAL(db_begin(early, DB_READ), OK);
            EQUAL(db_int(early, S("select count(*) from sale"), NO_VALS, &n), OK);
            run(&f, "insert into test_held values (77)", NO_VALS);
            sold(&f, 77, 11, 6, 2000);
            EQUAL(told(&f, facts).money, 1000);
            EQUAL(told_by(&f, facts, early).money, 1000);
            run(&f, "delete from test_held", NO_VALS);
            EQUAL(told(&f, facts).money, 3000);
            EQUAL(told_by(&f, facts, early).money, 3000);
            db_close(early);
            facts_free(facts);
        }
    }
    CASE("the file is opened again and goes on with what has changed since") {
        ON_BOTH(base) {
            Firm f = firm_of(&base, t);
            sold(&f, 1, 10, 5, 1000);
            facts_free(loaded(&f, true));
            sold(&f, 1, 11, 6, 2000);
            /* without a change row: who reads the base sees it */
            run(&f, "update sale_line set amount = 5 where sale_id = 10", NO_VALS);
            Facts *facts = loaded(&f, true);
            EQUAL(told(&f, facts).money, 3000);
            EQUAL(facts_check(facts, base.db), CONFLICT);
            CHECK(access(f.file, F_OK) != 0);
            facts_free(facts);
            facts = loaded(&f, true);
            EQUAL(told(&f, facts).money, 2005);
            facts_free(facts);
            unlink(f.file);
        }
    }
    CASE("a file that is cut, damaged, of another base or of a later moment than the base is refused, and the base is"
         " read") {
        ON_BOTH(base) {
            Firm f = firm_of(&base, t);
            sold(&f, 1, 10, 5, 1000);
            for (int harm = 0; harm < 4; harm++) {
                run(&f, "update sale_line set amount = 1000", NO_VALS);
                unlink(f.file);
                facts_free(loaded(&f, true));
                run(&f, "update sale_line set amount = 5", NO_VALS); /* without a change row: who reads the base sees
                                                                        it */
                if (harm == 0) cut(&f, 8, false);
                if (harm == 1) cut(&f, 300, true);
                if (harm == 2) run(&f, "update change set digest = $1", VALS(val_blob(S("of another base"))));
                if (harm == 3) run(&f, "delete from change", NO_VALS);
                Facts *facts = loaded(&f, true);
                EQUAL(told(&f, facts).money, 5);
                facts_free(facts);
            }
            unlink(f.file);
        }
    }
    CASE("written anew the facts answer the same, and whoever holds the earlier state keeps it") {
        ON_BOTH(base) {
            Firm f = firm_of(&base, t);
            sold(&f, 1, 10, 5, 1000);
            Facts *facts = loaded(&f, true);
            sold_many(&f, 20, 60000);
            run(&f, "update sale_line set amount = 1500 where sale_id = 10", NO_VALS);
            noted(&f, 3, 10);
            FactsHold hold;
            EQUAL(facts_hold(facts, base.db, &hold), OK);
            EQUAL(told(&f, facts).money, 6001500);
            CHECK(hold.view.recent != NULL);
            EQUAL(facts_tidy(facts, base.db), OK);
            CHECK(hold.view.recent->lines == 60001);
            facts_release(facts, &hold);
            EQUAL(facts_hold(facts, base.db, &hold), OK);
            CHECK(hold.view.recent == NULL && hold.view.main->lines == 60001);
            facts_release(facts, &hold);
            EQUAL(told(&f, facts).money, 6001500);
            sold(&f, 1, 30, 9, 1);
            EQUAL(told(&f, facts).money, 6001501);
            facts_free(facts);
            facts = loaded(&f, true); /* the file was written anew too */
            EQUAL(told(&f, facts).money, 6001501);
            facts_free(facts);
            unlink(f.file);
        }
    }
}
