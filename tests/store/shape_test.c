/* Dialects, table definitions, migrations, and the standing test of all statements. */
#include "store/ddl.h"
#include "store/postgres.h"
#include "store/statements.h"
#include "tests/store/base.h"

#include <pthread.h>

static const Migration one[] = {
    { 1, "first", { "create table a (id id primary key); insert into a (id) values (1);", 66 }, "aa" }, { 0 }
};
static const Migration two[] = {
    { 1, "first", { "create table a (id id primary key); insert into a (id) values (1);", 66 }, "aa" },
    { 2, "second", { "alter table a add column note text; update a set note = 'x';", 60 }, "bb" },
    { 0 },
};
static const Migration other[] = { { 1, "first", { "create table a (id id primary key)", 34 }, "cc" }, { 0 } };
static const Migration bad[] = {
    { 1, "first", { "create table a (id id primary key); insert into a (id) values (1);", 66 }, "aa" },
    { 2, "second", { "create table b (id id primary key); insert into nowhere values (1);", 67 }, "dd" },
    { 0 },
};

typedef struct {
    Db     *db;
    int     applied;
    Err     err;
} Starter;

static void *start(void *to)
{
    Starter *s = to;
    DbFault  why;
    s->err = migrate(s->db, two, 0, &s->applied, &why);
    return NULL;
}

static int64_t count_of(Db *db, Str sql)
{
    int64_t n = -1;
    db_int(db, sql, NO_VALS, &n);
    return n;
}

TESTS(test_shape)
{
    CASE("a column's second word is its type; everything else is left alone") {
        Str own = S(
            "create table x (id id primary key, \"text\" bool not null, n int default 0 check (n > 0), -- id int\n"
            "  b bytes, r real, unique (id, n), foreign key (n) references y (id));\nalter table x add column z bool;");
        STR(ddl_translate(&t->mem, DB_SQLITE, own),
            S("create table x (id integer primary key, \"text\" integer not null, n integer default 0 check (n > 0), --"
              " id int\n"
              "  b blob, r real, unique (id, n), foreign key (n) references y (id)) strict;\nalter table x add column z"
              " integer;"));
        STR(ddl_translate(&t->mem, DB_POSTGRES, own),
            S("create table x (id bigint primary key, \"text\" smallint not null, n bigint default 0 check (n > 0), --"
              " id int\n"
              "  b bytea, r double precision, unique (id, n), foreign key (n) references y (id));\nalter table x add"
              " column z smallint;"));
    }
    CASE("parts for one database stand between lines of comment") {
        Str sql = S("select a,\n-- sqlite\n  b\n-- postgres\n  c\n-- both\nfrom d where e = $1");
        STR(dialect_sql(&t->mem, DB_SQLITE, sql), S("select a,\n  b\nfrom d where e = ?1"));
        STR(dialect_sql(&t->mem, DB_POSTGRES, sql), S("select a,\n  c\nfrom d where e = $1"));
    }
    CASE("a statement for one row becomes a statement over arrays, or is left as it is") {
        const char *two_types[] = { "bigint[]", "text[]" };
        STR(many_rewrite(&t->mem,
                         S("insert into t (a, b) values ($1, lower($2)) on conflict (a) do update set b = excluded.b"),
                         two_types, 2),
            S("insert into t (a, b) select v.v1, lower(v.v2) from unnest($1::bigint[], $2::text[]) as v(v1, v2) on"
              " conflict (a) do update set b = excluded.b"));
        STR(many_rewrite(&t->mem, S("update t set b = $2 where a = $1"), two_types, 2),
            S("update t set b = v.v2 from unnest($1::bigint[], $2::text[]) as v(v1, v2) where a = v.v1"));
        STR(many_rewrite(&t->mem, S("delete from t where a = $1"), two_types, 1),
            S("delete from t using unnest($1::bigint[]) as v(v1) where a = v.v1"));
        CHECK(!many_rewrite(&t->mem,
                            S("insert into t (a, b) values ($1, 'values') on conflict (a) do update set b = $2"),
                            two_types, 2)
                   .n);
        CHECK(!many_rewrite(&t->mem, S("insert into t (a) values ($1), ($2)"), two_types, 2).n);
        CHECK(!many_rewrite(&t->mem, S("insert into t (a, b) select $1, $2"), two_types, 2).n);
        CHECK(!many_rewrite(&t->mem, S("update t set b = o.b from o where o.a = $1 and t.a = o.a"), two_types, 1).n);
        CHECK(!many_rewrite(&t->mem, S("update t set b = 'x' where a > 5"), two_types, 0).n);
    }
    CASE("every statement of the program prepares on both databases") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            int n = 0;
            for (const Statement *s = statements; s->name; s++) {
                if (str_find(s->sql, S("{scope")) >= 0) continue; /* tests/app/scope_test.c expands these and tries
                                                                     them in every scope */
                bool good = db_prepares(base.db, s->sql) == OK;
                test_check(t, good, __FILE__, __LINE__, "%s %s: %s", s->file, s->name, db_engine_words(base.db));
                n++;
            }
            CHECK(n > 3);
        }
    }
    CASE("migrations are applied once, in order, and what is there stays") {
        ON_BOTH(base) {
            DbFault why;
            int     applied;
            EQUAL(migrate_check(base.db, one, &why), NOT_FOUND);
            EQUAL(migrate(base.db, one, 5, &applied, &why), OK);
            EQUAL(applied, 1);
            EQUAL(migrate_check(base.db, one, &why), OK);
            EQUAL(migrate_check(base.db, two, &why), NOT_FOUND);
            EQUAL(db_run(base.db, S("insert into a (id) values (2)"), NO_VALS, NULL), OK);
            EQUAL(migrate(base.db, two, 5, &applied, &why), OK);
            EQUAL(applied, 1);
            EQUAL(migrate(base.db, two, 5, &applied, &why), OK);
            EQUAL(applied, 0);
            EQUAL(count_of(base.db, S("select count(*) from a where note = 'x'")), 2);
        }
    }
    CASE("a base that is newer, or that was made by another text, is refused") {
        ON_BOTH(base) {
            DbFault why;
            EQUAL(migrate(base.db, two, 0, NULL, &why), OK);
            EQUAL(migrate(base.db, one, 0, NULL, &why), INVALID);
            TEXT(why.key, "store.newer_base");
            EQUAL(db_ddl(base.db, S("delete from migration where number = 2")), OK);
            EQUAL(migrate_check(base.db, other, &why), INVALID);
            TEXT(why.key, "store.migration_changed");
            TEXT(why.name, "0001_first");
        }
    }
    CASE("a migration that fails leaves nothing of itself, and the ones before it stay") {
        ON_BOTH(base) {
            DbFault why;
            int     applied;
            EQUAL(migrate(base.db, bad, 0, &applied, &why), BROKEN);
            EQUAL(applied, 1);
            CHECK(!db_in_transaction(base.db));
            EQUAL(count_of(base.db, S("select count(*) from a")), 1);
            EQUAL(count_of(base.db, S("select count(*) from b")), -1);
            EQUAL(migrate(base.db, two, 0, &applied, &why), OK);
            EQUAL(applied, 1);
        }
    }
    CASE("four servers that start at once on one base migrate it once") {
        ON_BOTH(base) {
            Starter   starters[4] = { 0 };
            pthread_t threads[4];
            int       applied = 0;
            for (int i = 0; i < 4; i++) starters[i].db = base_more(&base, t, DB_WRITE);
            for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, start, &starters[i]);
            for (int i = 0; i < 4; i++) {
                pthread_join(threads[i], NULL);
                EQUAL(starters[i].err, OK);
                applied += starters[i].applied;
                db_close(starters[i].db);
            }
            EQUAL(applied, 2);
            EQUAL(count_of(base.db, S("select count(*) from a")), 1);
        }
    }
}
