/* One way to talk to both databases.  Expected values come from the head. */
#include "tests/store/base.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

static void make_clients(Base *base, Test *t)
{
    EQUAL(
        db_ddl(
            base->db,
            S("create table client (id id primary key, name text not null, inn text, owner int, amount int, share real,"
              " photo bytes, active bool, check (owner > 0));"
              "create unique index client_inn on client (inn, owner);"
              "create table sale (id id primary key, client int not null references client (id));")),
        OK);
}

static Err add_client(Db *db, int64_t id, const char *name, const char *inn, int64_t owner)
{
    return db_run(db, S("insert into client (id, name, inn, owner) values ($1, $2, $3, $4)"),
                  VALS(val_int(id), val_text(str_of(name)), inn ? val_text(str_of(inn)) : val_null(), val_int(owner)),
                  NULL);
}

static int64_t count_of(Db *db, Str sql)
{
    int64_t n = -1;
    db_int(db, sql, NO_VALS, &n);
    return n;
}

static void *stop_soon(void *db)
{
    usleep(200000);
    db_stop(db);
    return NULL;
}

TESTS(test_db)
{
    CASE("every type comes back as it went in, and the empty value as itself") {
        ON_BOTH(base) {
            make_clients(&base, t);
            char bytes[] = { 0, 1, (char)255, '\\', 'x' };
            EQUAL(
                db_run(
                    base.db,
                    S("insert into client (id, name, inn, owner, amount, share, photo, active) values ($1, $2, $3, $4,"
                      " $5, $6, $7, $8)"),
                    VALS(val_int(9007199254740991), val_text(S("Завод «Ёлка»\n\t'1'")), val_text(S("")), val_int(NONE),
                         val_int(-INT64_MAX), val_real(-0.125), val_blob((Str){ bytes, 5 }), val_int(1)),
                    NULL),
                OK);
            Rows rows;
            EQUAL(db_query(base.db,
                           S("select id, name, inn, owner, amount, share, photo, active from client where id = $1"),
                           VALS(val_int(9007199254740991)), &rows),
                  OK);
            CHECK(rows_next(&rows));
            EQUAL(row_int(&rows, 0), 9007199254740991);
            STR(row_text(&rows, 1), S("Завод «Ёлка»\n\t'1'"));
            CHECK(row_text(&rows, 2).s != NULL && row_text(&rows, 2).n == 0);
            CHECK(row_null(&rows, 3));
            EQUAL(row_int(&rows, 3), NONE);
            EQUAL(row_day(&rows, 3), DAY_NONE);
            CHECK(row_text(&rows, 3).s == NULL);
            EQUAL(row_int(&rows, 4), -INT64_MAX);
            NEAR(row_real(&rows, 5), -0.125, 0);
            STR(row_blob(&rows, 6), ((Str){ bytes, 5 }));
            EQUAL(row_int(&rows, 7), 1);
            TEXT(row_name(&rows, 1), "name");
            EQUAL(row_kind(&rows, 6), VAL_BLOB);
            CHECK(!rows_next(&rows));
            EQUAL(rows_end(&rows), OK);
        }
    }
    CASE("a parameter keeps its number whatever the order, and a dollar in a text stays") {
        ON_BOTH(base) {
            Rows rows;
            EQUAL(
                db_query(
                    base.db,
                    S("select cast($2 as text), cast($1 as text), '$1 ''$2'' -- no', cast($1 as text) -- $3 is no"
                      " parameter"),
                    VALS(val_text(S("one")), val_text(S("two"))), &rows),
                OK);
            CHECK(rows_next(&rows));
            STR(row_text(&rows, 0), S("two"));
            STR(row_text(&rows, 1), S("one"));
            STR(row_text(&rows, 2), S("$1 '$2' -- no"));
            STR(row_text(&rows, 3), S("one"));
            rows_end(&rows);
        }
    }
    CASE("sums, averages and counts read alike") {
        ON_BOTH(base) {
            make_clients(&base, t);
            for (int i = 1; i <= 4; i++)
                EQUAL(db_run(base.db, S("insert into client (id, name, amount) values ($1, 'a', $2)"),
                             VALS(val_int(i), val_int(i == 4 ? 1000000000000000 : -i * 10)), NULL), OK);
            Rows rows;
            EQUAL(db_query(base.db,
                           S("select sum(amount), avg(id), count(*), sum(owner), sum(cast(id as real)) from client"),
                           NO_VALS, &rows),
                  OK);
            CHECK(rows_next(&rows));
            EQUAL(row_int(&rows, 0), 999999999999940);
            NEAR(row_real(&rows, 1), 2.5, 0);
            EQUAL(row_int(&rows, 2), 4);
            EQUAL(row_int(&rows, 3), NONE);
            NEAR(row_real(&rows, 4), 10, 0);
            rows_end(&rows);
            EQUAL(count_of(base.db, S("select -123456789012345678 - sum(amount) + 999999999999940 from client")),
                  -123456789012345678);
        }
    }
    CASE("a list of ids or texts is one value, also an empty one and one with quotes") {
        ON_BOTH(base) {
            make_clients(&base, t);
            for (int i = 1; i <= 20; i++) add_client(base.db, i, i == 7 ? "ООО \"Рога\\копыта\"" : "б", NULL, 1);
            int64_t ids[] = { 3, 7, 21 }, n;
            Str     names[] = { S("ООО \"Рога\\копыта\""), S("нет\tтакого") };
            EQUAL(db_int(base.db, S("select count(*) from client where id in {ids $1}"), VALS(val_ids(ids, 3)), &n),
                  OK);
            EQUAL(n, 2);
            EQUAL(db_int(base.db, S("select count(*) from client where id in {ids $1}"), VALS(val_ids(ids, 0)), &n),
                  OK);
            EQUAL(n, 0);
            EQUAL(db_int(base.db, S("select id from client where name in {texts $1}"), VALS(val_texts(names, 2)), &n),
                  OK);
            EQUAL(n, 7);
        }
    }
    CASE("a name that is taken says which columns, a missing record says so, and neither harms what follows") {
        ON_BOTH(base) {
            make_clients(&base, t);
            EQUAL(add_client(base.db, 1, "А", "6671", 5), OK);
            EQUAL(add_client(base.db, 2, "Б", "6671", 5), CONFLICT);
            EQUAL(db_fault(base.db)->kind, FAULT_UNIQUE);
            TEXT(db_fault(base.db)->key, "store.taken");
            TEXT(db_fault(base.db)->table, "client");
            TEXT(db_fault(base.db)->columns, "inn, owner");
            EQUAL(add_client(base.db, 1, "Б", NULL, 5), CONFLICT);
            TEXT(db_fault(base.db)->columns, "id");
            EQUAL(db_run(base.db, S("insert into sale (id, client) values (1, 99)"), NO_VALS, NULL), CONFLICT);
            EQUAL(db_fault(base.db)->kind, FAULT_REFERENCE);
            EQUAL(db_run(base.db, S("insert into client (id) values (3)"), NO_VALS, NULL), CONFLICT);
            EQUAL(db_fault(base.db)->kind, FAULT_EMPTY);
            TEXT(db_fault(base.db)->columns, "name");
            EQUAL(add_client(base.db, 4, "Г", NULL, -1), CONFLICT);
            EQUAL(db_fault(base.db)->kind, FAULT_CHECK);
            EQUAL(add_client(base.db, 5, "Д", NULL, 1), OK);
            int64_t n;
            EQUAL(db_int(base.db, S("select id from client where id = 77"), NO_VALS, &n), NOT_FOUND);
        }
    }
    CASE("a NUL in a text, a word in a column of numbers and a statement that is none are refused, and the words stay"
         " inside") {
        ON_BOTH(base) {
            make_clients(&base, t);
            EQUAL(db_run(base.db, S("insert into client (id, name) values (1, $1)"), VALS(val_text((Str){ "a\0b", 3 })),
                         NULL),
                  INVALID);
            EQUAL(db_run(base.db, S("insert into client (id, name, amount) values (1, 'a', $1)"),
                         VALS(val_text(S("ten"))), NULL),
                  CONFLICT);
            EQUAL(db_run(base.db, S("selekt 1"), NO_VALS, NULL), BROKEN);
            TEXT(db_fault(base.db)->key, "store.broken");
            EQUAL(db_run(base.db, S("select id from client where {scope client c}"), NO_VALS, NULL), BROKEN);
            EQUAL(db_run(base.db, S("select id from client where id = $1"), NO_VALS, NULL), BROKEN);
            EQUAL(count_of(base.db, S("select count(*) from client")), 0);
        }
    }
    CASE("after an error nothing in the transaction works until its savepoint is undone") {
        ON_BOTH(base) {
            make_clients(&base, t);
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(add_client(base.db, 1, "А", NULL, 1), OK);
            EQUAL(db_savepoint(base.db), OK);
            EQUAL(add_client(base.db, 2, "Б", NULL, 1), OK);
            EQUAL(add_client(base.db, 1, "В", NULL, 1), CONFLICT);
            EQUAL(add_client(base.db, 3, "Г", NULL, 1), CONFLICT);
            EQUAL(db_savepoint_undo(base.db), OK);
            EQUAL(add_client(base.db, 4, "Д", NULL, 1), OK);
            EQUAL(db_commit(base.db), OK);
            EQUAL(count_of(base.db, S("select sum(id) from client")), 5);
        }
    }
    CASE("a transaction that failed is not committed") {
        ON_BOTH(base) {
            make_clients(&base, t);
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(add_client(base.db, 1, "А", NULL, 1), OK);
            EQUAL(add_client(base.db, 1, "А", NULL, 1), CONFLICT);
            EQUAL(db_commit(base.db), CONFLICT);
            CHECK(!db_in_transaction(base.db));
            EQUAL(count_of(base.db, S("select count(*) from client")), 0);
        }
    }
    CASE("savepoints nest, and the kept inner one goes with the undone outer one") {
        ON_BOTH(base) {
            make_clients(&base, t);
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(db_savepoint(base.db), OK);
            EQUAL(db_savepoint(base.db), OK);
            EQUAL(add_client(base.db, 1, "А", NULL, 1), OK);
            EQUAL(db_savepoint_keep(base.db), OK);
            EQUAL(count_of(base.db, S("select count(*) from client")), 1);
            EQUAL(db_savepoint_undo(base.db), OK);
            EQUAL(count_of(base.db, S("select count(*) from client")), 0);
            EQUAL(db_commit(base.db), OK);
        }
    }
    CASE("rows may be left in the middle, and the same statement may be read twice at once") {
        ON_BOTH(base) {
            make_clients(&base, t);
            for (int i = 1; i <= 5; i++) add_client(base.db, i, "А", NULL, 1);
            Rows    outer, inner, left;
            int64_t pairs = 0;
            Str     sql   = S("select id from client where id > $1 order by id");
            EQUAL(db_query(base.db, sql, VALS(val_int(0)), &left), OK);
            CHECK(rows_next(&left));
            EQUAL(db_query(base.db, sql, VALS(val_int(2)), &outer), OK);
            while (rows_next(&outer)) {
                EQUAL(db_query(base.db, sql, VALS(val_int(3)), &inner), OK);
                while (rows_next(&inner)) pairs += row_int(&outer, 0) * row_int(&inner, 0);
            }
            EQUAL(pairs, (3 + 4 + 5) * (4 + 5));
            db_settle(base.db);
            EQUAL(count_of(base.db, S("select count(*) from client")), 5);
        }
    }
    CASE("many rows go in, change and leave with one statement each, whatever their texts hold") {
        ON_BOTH(base) {
            make_clients(&base, t);
            enum { N = 10000 };
            Val    *vals = NEW_N(&t->mem, Val, N * 4);
            int64_t changed;
            for (int i = 0; i < N; i++) {
                vals[i * 4]     = val_int(i + 1);
                vals[i * 4 + 1] = val_text(i == 77   ? S("{\"a\\b\", null}")
                                           : i == 78 ? S("null")
                                           : i == 79 ? S("")
                                                     : str_fmt(&t->mem, "Клиент, №%d", i));
                vals[i * 4 + 2] = i % 2 ? val_null() : val_text(str_fmt(&t->mem, "%d", i));
                vals[i * 4 + 3] = i == 5 ? val_blob((Str){ "\0\\\"", 3 }) : val_null();
            }
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(
                db_many(
                    base.db,
                    S("insert into client (id, name, inn, owner, photo) values ($1, $2, $3, 1, $4) on conflict (id) do"
                      " nothing"),
                    vals, 4, N, &changed),
                OK);
            EQUAL(changed, N);
            EQUAL(
                db_many(
                    base.db,
                    S("insert into client (id, name, inn, owner, photo) values ($1, $2, $3, 1, $4) on conflict (id) do"
                      " nothing"),
                    vals, 4, N, &changed),
                OK);
            EQUAL(changed, 0);
            EQUAL(db_commit(base.db), OK);
            Rows rows;
            EQUAL(db_query(base.db, S("select name, photo, inn from client where id in (78, 79, 80, 6) order by id"),
                           NO_VALS, &rows),
                  OK);
            CHECK(rows_next(&rows));
            STR(row_blob(&rows, 1), ((Str){ "\0\\\"", 3 }));
            CHECK(row_null(&rows, 2));
            CHECK(rows_next(&rows));
            STR(row_text(&rows, 0), S("{\"a\\b\", null}"));
            CHECK(rows_next(&rows));
            STR(row_text(&rows, 0), S("null"));
            CHECK(rows_next(&rows));
            STR(row_text(&rows, 0), S(""));
            rows_end(&rows);
            Val some[] = { val_int(10), val_int(1000), val_int(11), val_int(2000), val_int(99999), val_int(4000) };
            EQUAL(db_many(base.db, S("update client set amount = $2 where id = $1"), some, 2, 3, &changed), OK);
            EQUAL(changed, 2);
            EQUAL(count_of(base.db, S("select sum(amount) from client")), 3000);
            Val gone[] = { val_int(10), val_int(12) };
            EQUAL(db_many(base.db, S("delete from client where id = $1"), gone, 1, 2, &changed), OK);
            EQUAL(changed, 2);
            EQUAL(count_of(base.db, S("select count(*) from client")), N - 2);
        }
    }
    CASE("a statement of another shape for many rows works too, and its failure leaves a usable connection") {
        ON_BOTH(base) {
            make_clients(&base, t);
            int64_t changed;
            Val *vals = NEW_N(&t->mem, Val, 1000);
            for (int i = 0; i < 500; i++) {
                vals[i * 2]     = val_int(i + 1);
                vals[i * 2 + 1] = val_text(S("А"));
            }
            Str sql = S("with one as (select 1) insert into client (id, name) select $1, $2");
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(db_many(base.db, sql, vals, 2, 500, &changed), OK);
            EQUAL(changed, 500);
            EQUAL(db_savepoint(base.db), OK);
            EQUAL(db_many(base.db, sql, vals, 2, 500, &changed), CONFLICT);
            EQUAL(db_savepoint_undo(base.db), OK);
            EQUAL(db_commit(base.db), OK);
            EQUAL(count_of(base.db, S("select count(*) from client")), 500);
        }
    }
    CASE("rows without end come in portions while other statements run") {
        ON_BOTH(base) {
            EQUAL(db_ddl(base.db, S("create table n (i int not null)")), OK);
            EQUAL(
                db_run(
                    base.db,
                    S("insert into n (i) with recursive s(i) as (select 1 union all select i + 1 from s where i <"
                      " 10000) select i from s"),
                    NO_VALS, NULL),
                OK);
            Rows    rows;
            int64_t sum = 0, seen = 0;
            EQUAL(db_stream(base.db, S("select i from n where i > $1 order by i"), VALS(val_int(100)), &rows), OK);
            while (rows_next(&rows)) {
                sum += row_int(&rows, 0);
                if (seen++ % 5000 == 0) EQUAL(count_of(base.db, S("select max(i) from n")), 10000);
            }
            EQUAL(rows_end(&rows), OK);
            EQUAL(seen, 9900);
            EQUAL(sum, 10000 * 10001 / 2 - 100 * 101 / 2);
            CHECK(!db_in_transaction(base.db));
            EQUAL(db_stream(base.db, S("select i from n"), NO_VALS, &rows), OK);
            CHECK(rows_next(&rows));
            rows_end(&rows);
            EQUAL(db_run(base.db, S("delete from n"), NO_VALS, NULL), OK);
        }
    }
    CASE("a long statement is stopped from another thread, and the connection works again after db_go") {
        ON_BOTH(base) {
            pthread_t stopper;
            int64_t   n;
            pthread_create(&stopper, NULL, stop_soon, base.db);
            EQUAL(
                db_int(
                    base.db,
                    S("with recursive s(i) as (select 1 union all select i + 1 from s where i < 2000000000) select"
                      " count(*) from s"),
                    NO_VALS, &n),
                CONFLICT);
            pthread_join(stopper, NULL);
            TEXT(db_fault(base.db)->key, "store.stopped");
            EQUAL(db_int(base.db, S("select 1"), NO_VALS, &n), CONFLICT);
            db_go(base.db);
            EQUAL(count_of(base.db, S("select 7")), 7);
        }
    }
    CASE("two hundred and fifty different statements are kept by a connection that holds fewer") {
        ON_BOTH(base) {
            int64_t sum = 0;
            for (int round = 0; round < 2; round++)
                for (int i = 0; i < 250; i++) sum += count_of(base.db, str_fmt(&t->mem, "select %d", i));
            EQUAL(sum, 249 * 250);
        }
    }
    CASE("a reader sees neither half a transaction nor the next one's work in its snapshot") {
        ON_BOTH(base) {
            make_clients(&base, t);
            Db *reader = base_more(&base, t, DB_READ);
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(add_client(base.db, 1, "А", NULL, 1), OK);
            EQUAL(count_of(reader, S("select count(*) from client")), 0);
            EQUAL(db_commit(base.db), OK);
            EQUAL(db_begin(reader, DB_READ), OK);
            EQUAL(count_of(reader, S("select count(*) from client")), 1);
            EQUAL(add_client(base.db, 2, "Б", NULL, 1), OK);
            EQUAL(count_of(reader, S("select count(*) from client")), 1);
            EQUAL(db_commit(reader), OK);
            EQUAL(count_of(reader, S("select count(*) from client")), 2);
            EQUAL(db_run(reader, S("delete from client"), NO_VALS, NULL), BROKEN);
            db_close(reader);
        }
    }
    CASE("two writers that would overwrite each other's sight: one of them is told to begin again") {
        ON_BOTH(base) {
            if (base.engine != DB_POSTGRES) {
                CHECK(base.engine == DB_SQLITE); /* there is one writer there, and the second waits */
                continue;
            }
            make_clients(&base, t);
            Db *other = base_more(&base, t, DB_WRITE);
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(db_begin(other, DB_WRITE), OK);
            EQUAL(count_of(base.db, S("select count(*) from client")), 0);
            EQUAL(count_of(other, S("select count(*) from client")), 0);
            EQUAL(add_client(base.db, 1, "А", NULL, 1), OK);
            Err second = add_client(other, 2, "Б", NULL, 1);
            EQUAL(db_commit(base.db), OK);
            if (second == OK) second = db_commit(other);
            EQUAL(second, BUSY);
            TEXT(db_fault(other)->key, "store.busy");
            db_close(other);
        }
    }
    CASE("an address that leads nowhere is an error with words, and a folder is no base") {
        Db     *db;
        DbFault why;
        EQUAL(db_open(S("/nonexistent/folder/base"), DB_CREATE, &db, &why), BROKEN);
        CHECK(db == NULL && why.key != NULL);
        EQUAL(db_open(S("postgresql://nobody@/none?host=/nonexistent"), DB_WRITE, &db, &why), BUSY);
        CHECK(db == NULL);
        TEXT(why.key, "store.lost");
    }
    CASE("a full disk says so, and what was there before stays readable") {
        ON_BOTH(base) {
            if (base.engine != DB_SQLITE) {
                CHECK(base.engine == DB_POSTGRES); /* its disk is its administrator's; 53100 stands in the table of
                                                      faults */
                continue;
            }
            make_clients(&base, t);
            EQUAL(add_client(base.db, 1, "А", NULL, 1), OK);
            Rows rows; /* SQLite's own limit of pages stands for the disk's */
            EQUAL(db_query(base.db, S("pragma max_page_count = 12"), NO_VALS, &rows), OK);
            CHECK(rows_next(&rows));
            rows_end(&rows);
            char *long_name = NEW_N(&t->mem, char, 1 << 20);
            memset(long_name, 'x', (1 << 20) - 1);
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(add_client(base.db, 2, long_name, NULL, 1), BROKEN);
            TEXT(db_fault(base.db)->key, "store.disk_full");
            CHECK(db_commit(base.db) != OK);
            EQUAL(count_of(base.db, S("select count(*) from client")), 1);
        }
    }
    CASE("a base that compares text otherwise than by bytes is not fit to be served") {
        ON_BOTH(base) {
            EQUAL(db_fit(base.db), OK);
            if (base.engine != DB_POSTGRES) continue;
            db_ddl(base.db, S("drop database if exists other"));
            EQUAL(db_ddl(base.db,
                         S("create database other template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'")),
                  OK);
            Str     address = str_fmt(&t->mem, "%.*s&dbname=other", (int)base.address.n, base.address.s);
            DbFault why;
            Db     *other;
            EQUAL(db_open(address, DB_WRITE, &other, &why), OK);
            EQUAL(db_fit(other), INVALID);
            TEXT(db_fault(other)->key, "store.encoding");
            db_close(other);
            EQUAL(db_ddl(base.db, S("drop database other")), OK);
        }
    }
    CASE("a server that lets a loss of power ruin what was acknowledged is told by the name of its setting") {
        ON_BOTH(base) {
            Str names = S("?");
            EQUAL(db_risks(base.db, &t->mem, &names), OK);
            if (base.engine != DB_POSTGRES) STR(names, S(""));
            if (base.engine != DB_POSTGRES) continue;
            EQUAL(db_ddl(base.db, S("alter system set full_page_writes = off")), OK);
            for (int i = 0; i < 100 && str_find(names, S("full_page_writes")) < 0; i++) {
                EQUAL(db_ddl(base.db, S("select pg_reload_conf()")), OK);
                usleep(20000); /* it is taken over beside us */
                EQUAL(db_risks(base.db, &t->mem, &names), OK);
            }
            CHECK(str_ends(names, S("full_page_writes")));
            EQUAL(db_ddl(base.db, S("alter system reset full_page_writes; ")), OK);
            EQUAL(db_ddl(base.db, S("select pg_reload_conf()")), OK);
        }
    }
    CASE("a commit is on the disk before it is answered also where the server usually does not wait for that") {
        ON_BOTH(base) {
            if (base.engine != DB_POSTGRES) {
                EQUAL(count_of(base.db, S("pragma synchronous")), 2); /* full */
                continue;
            }
            EQUAL(db_ddl(base.db, S("alter role current_user set synchronous_commit = off")), OK);
            Db *writer = base_more(&base, t, DB_WRITE), *reader = base_more(&base, t, DB_READ);
            Str is_on  = S("select count(*) from pg_settings where name = 'synchronous_commit' and setting = 'on'");
            EQUAL(count_of(writer, is_on), 1);
            EQUAL(count_of(reader, is_on), 0); /* the role's own setting was taken */
            db_close(writer);
            db_close(reader);
            EQUAL(db_ddl(base.db, S("alter role current_user reset synchronous_commit")), OK);
        }
    }
    CASE("a sum is exact however large, below zero as well, and that of nothing is nothing") {
        ON_BOTH(base) {
            make_clients(&base, t);
            for (int i = 1; i <= 23; i++)
                EQUAL(db_run(base.db, S("insert into client (id, name, owner, amount) values ($1, 'a', $2, $3)"),
                             VALS(val_int(i),
                                  val_int(i <= 11   ? 1
                                          : i <= 22 ? 2
                                                    : 3),
                                  val_int(i <= 11   ? MONEY_MAX
                                          : i <= 22 ? -MONEY_MAX
                                                    : NONE)),
                             NULL),
                      OK);
            Rows rows;
            EQUAL(db_query(base.db, S("select sum(amount) from client where owner <= $1 group by owner order by owner"),
                           VALS(val_int(3)), &rows),
                  OK);
            CHECK(rows_next(&rows));
            CHECK(row_wide(&rows, 0) == (Wide)MONEY_MAX * 11);
            CHECK(rows_next(&rows));
            CHECK(row_wide(&rows, 0) == (Wide)MONEY_MAX * -11);
            CHECK(rows_next(&rows));
            CHECK(row_null(&rows, 0) && row_wide(&rows, 0) == 0);
            EQUAL(rows_end(&rows), OK);
            EQUAL(count_of(base.db, S("select sum(amount) from client where id between 2 and 12")), MONEY_MAX * 9);
            EQUAL(db_query(base.db, S("select sum(amount), max(amount), 17 from client"), NO_VALS, &rows), OK);
            CHECK(rows_next(&rows));
            CHECK(row_wide(&rows, 0) == 0 && row_wide(&rows, 1) == MONEY_MAX && row_wide(&rows, 2) == 17);
            EQUAL(rows_end(&rows), OK);
        }
    }
}
