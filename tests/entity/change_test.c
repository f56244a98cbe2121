/* Changes: their order for followers, a record's history, the journal's chain.  Expected values come from the head. */
#include "entity/change.h"
#include "entity/undo.h"
#include "sales/catalog/catalog.h"
#include "sales/parties/parties.h"
#include "store/engine.h"
#include "tests/entity/firm.h"

#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int64_t client_made(Firm *firm, const char *name)
{
    Test  *t = firm->t;
    Work  *w = deed(firm);
    Client c;
    record_empty(w, &client_entity, &c);
    c.name = str_of(name);
    EQUAL(record_save(w, &client_entity, &c), OK);
    EQUAL(deed_end(firm, OK), OK);
    return c.base.id;
}

static void city_set(Firm *firm, int64_t id, const char *city)
{
    Test  *t = firm->t;
    Work  *w = deed(firm);
    Client c;
    EQUAL(record_load(w, &client_entity, id, &c), OK);
    c.city = str_of(city);
    EQUAL(record_save(w, &client_entity, &c), OK);
    EQUAL(deed_end(firm, OK), OK);
}

static ptrdiff_t read_all(Db *db, Arena mem, ChangeMark *mark, int64_t *last)
{
    Change   *all;
    ptrdiff_t n, total = 0;
    while (change_read(db, &mem, mark, 2, true, &all, &n) == OK && n > 0) {
        total += n;
        *last  = all[n - 1].record;
    }
    return total;
}

static void seal_all(Firm *firm)
{
    Test        *t = firm->t;
    JournalBlock block;
    while (journal_next(firm->base->db, &block) == OK) {
        Work *w = deed(firm);
        EQUAL(journal_seal(w, &block), OK);
        EQUAL(deed_end(firm, OK), OK);
    }
}

enum { LONG = 3 << 20, LONG_ONES = 7, LONG_WORK = 4711 };

/* Seven changes of one record, each with a diff of 3 MiB. */
static void long_ones(Firm *firm, int64_t record)
{
    Test         *t    = firm->t;
    Arena         mem  = t->scratch;
    char         *diff = arena_take_raw(&mem, LONG, 1, 1);
    unsigned char digest[crypto_hash_sha256_BYTES];
    memset(diff, 'x', LONG);
    memcpy(diff, "{\"-\":[\"", 7);
    memcpy(diff + LONG - 3, "\"]}", 3);
    crypto_hash_sha256(digest, (const unsigned char *)diff, LONG);
    for (int i = 0; i < LONG_ONES; i++)
        EQUAL(db_run(firm->base->db,
                     S("insert into change (at, work, entity, record, version, verb, diff, salt, digest)"
                       " values (1, $1, 'client', $2, $3, 'changed', $4, $5, $6)"),
                     VALS(val_int(LONG_WORK), val_int(record), val_int(i + 2), val_text((Str){ diff, LONG }),
                          val_blob(S("")), val_blob((Str){ (const char *)digest, sizeof digest })),
                     NULL),
              OK);
}

/* How many rows of a page over all changes come from the database. */
static ptrdiff_t brought(Base *base)
{
    Str sql = S(CHANGE_PAGE_OPEN("id desc") "select c.id, c.diff from change c order by c.id desc" CHANGE_PAGE_CLOSE(
        "id desc"));
    Rows      rows;
    ptrdiff_t n = 0;
    if (db_query(base->db, sql, NO_VALS, &rows) != OK) return -1;
    while (rows_next(&rows)) n++;
    return rows_end(&rows) == OK ? n : -1;
}

/* One page of history: how many stand in it, and what it says comes next. */
static ptrdiff_t told(Firm *firm, int64_t record, Str *next)
{
    Test       *t    = firm->t;
    Work       *w    = deed(firm);
    Buf         text = buf_new(w->mem, 1024);
    JsonOut     out  = js_to(&text);
    const Json *json = NULL;
    EQUAL(change_history_json(w, &out, &client_entity, record, *next, 50), OK);
    EQUAL(json_read(w->mem, buf_str(&text), (JsonLimits){ 0 }, &w->problems, &json), OK);
    ptrdiff_t n = json_get(json, "items")->count;
    *next       = str_copy(&t->mem, json_get(json, "next")->text);
    EQUAL(deed_end(firm, OK), OK);
    return n;
}

static int64_t chunk_undone(Firm *firm, int64_t below)
{
    Test    *t    = firm->t;
    UndoDone done = { .mem = &t->mem };
    Work    *w    = deed(firm);
    EQUAL(undo_chunk(w, LONG_WORK, (ChangeMark){ .id = below }, 50, NULL, NULL, &done), OK);
    EQUAL(deed_end(firm, OK), OK);
    return done.below.id;
}

/* As if the cluster had counted so many transactions more. */
static Err numbers_begin(Base *base, int64_t more)
{
    char ddl[200];
    snprintf(
        ddl, sizeof ddl,
        "create or replace function change_epoch() returns bigint language sql immutable parallel safe as 'select"
        " cast(%lld as bigint)'",
        (long long)more);
    return db_ddl(base->db, str_of(ddl));
}

typedef struct {
    _Atomic int64_t n, last;
} Heard;

static Err hear(void *to, Db *db, const Change *changes, ptrdiff_t n)
{
    Heard *heard = to;
    (void)db;
    atomic_store(&heard->last, changes[n - 1].record);
    atomic_fetch_add(&heard->n, n);
    return OK;
}

TESTS(test_change)
{
    CASE("whoever reads on from a mark sees each later change once, in order") {
        ON_BOTH(base) {
            Firm       firm = firm_open(&base, t);
            ChangeMark mark, from;
            int64_t    last = 0, before = client_made(&firm, "До");
            CHECK(before > 0);
            EQUAL(change_mark(base.db, &mark), OK);
            from = mark;
            int64_t id = client_made(&firm, "После");
            city_set(&firm, id, "Омск");
            id = client_made(&firm, "Ещё");
            EQUAL(read_all(base.db, t->scratch, &mark, &last), 3);
            EQUAL(last, id);
            EQUAL(read_all(base.db, t->scratch, &mark, &last), 0);
            EQUAL(read_all(base.db, t->scratch, &from, &last), 3);
            firm_close(&firm);
        }
    }
    CASE("a change whose transaction began earlier but ended later is not passed over") {
        ON_BOTH(base) {
            if (base.engine == DB_SQLITE) continue; /* one writer: nobody begins before another ends */
            Firm       firm = firm_open(&base, t);
            ChangeMark mark;
            int64_t    last = 0;
            EQUAL(change_mark(base.db, &mark), OK);
            Db *early = base_more(&base, t, DB_WRITE);
            Str row = S(
                "insert into change (at, work, entity, record, version, verb) values (1, 1, 'client', 4711, 1,"
                " 'made')");
            EQUAL(db_begin(early, DB_WRITE), OK);
            EQUAL(db_run(early, row, NO_VALS, NULL), OK);
            client_made(&firm, "Поздний");
            EQUAL(read_all(base.db, t->scratch, &mark, &last), 0);
            EQUAL(db_commit(early), OK);
            EQUAL(read_all(base.db, t->scratch, &mark, &last), 2);
            db_close(early);
            firm_close(&firm);
        }
        EQUAL(0, 0);
    }
    CASE("a follower hears of every change without being asked") {
        ON_BOTH(base) {
            Firm      firm  = firm_open(&base, t);
            Heard     heard = { 0 };
            Follower *follower;
            EQUAL(follower_start(firm.lanes, &(Subscriber){ .name = "test", .take = hear, .to = &heard }, 1, true,
                                 &follower),
                  OK);
            int64_t id = 0;
            for (int i = 0; i < 5; i++) id = client_made(&firm, "Слышный");
            for (int i = 0; i < 100 && atomic_load(&heard.n) < 5; i++) usleep(20000);
            EQUAL(heard.n, 5);
            EQUAL(heard.last, id);
            follower_stop(follower);
            firm_close(&firm);
        }
    }
    CASE("the history tells who changed what, newest first, in words, page by page, without what is hidden") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_made(&firm, "Берёза");
            city_set(&firm, id, "Омск");
            city_set(&firm, id, "Тула");
            Work   *w    = deed(&firm);
            Client  c;
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            c.kind = CLIENT_PERSON;
            EQUAL(record_save(w, &client_entity, &c), OK);
            Buf     text = buf_new(w->mem, 1024);
            JsonOut out  = js_to(&text);
            EQUAL(change_history_json(w, &out, &client_entity, id, S(""), 2), OK);
            const Json *json, *item;
            EQUAL(json_read(w->mem, buf_str(&text), (JsonLimits){ 0 }, &w->problems, &json), OK);
            item = json_get(json, "items")->first;
            STR(json_get(item, "verb")->text, S("changed"));
            const Json *diff = json_get(item, "diff")->first;
            STR(json_get(diff, "label")->text, S("Вид"));
            STR(json_get(diff, "old")->text, S("organisation"));
            STR(json_get(diff, "new_text")->text, S("частное лицо"));
            STR(json_get(json_get(item->next, "diff")->first, "new")->text, S("Тула"));
            STR(json_get(json, "next")->text, S("3"));
            text = buf_new(w->mem, 1024);
            out  = js_to(&text);
            EQUAL(change_history_json(w, &out, &client_entity, id, S("3"), 2), OK);
            EQUAL(json_read(w->mem, buf_str(&text), (JsonLimits){ 0 }, &w->problems, &json), OK);
            EQUAL(json_get(json, "items")->count, 2);
            EQUAL(json_get(json, "next")->kind, JSON_IS_NULL);
            STR(json_get(json_get(json, "items")->first->next, "verb")->text, S("made"));
            Product p;
            record_empty(w, &product_entity, &p);
            p.name = S("Гайка");
            EQUAL(record_save(w, &product_entity, &p), OK);
            p.cost = 500;
            EQUAL(record_save(w, &product_entity, &p), OK);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 5, "product:view:all:finance");
            w        = deed(&firm);
            text     = buf_new(w->mem, 1024);
            out      = js_to(&text);
            EQUAL(change_history_json(w, &out, &product_entity, p.base.id, S(""), 9), OK);
            CHECK(str_find(buf_str(&text), S("cost")) < 0);
            EQUAL(change_history_json(w, &out, &client_entity, id, S(""), 9), DENIED);
            EQUAL(deed_end(&firm, DENIED), DENIED);
            firm_close(&firm);
        }
    }
    CASE("the journal's chain verifies, also after values were erased, and tells altered, lost and forged rows") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_made(&firm, "Клён");
            city_set(&firm, id, "Омск");
            seal_all(&firm);
            city_set(&firm, id, "Тула");
            client_made(&firm, "Вяз");
            seal_all(&firm);
            client_made(&firm, "Ива");
            JournalState s;
            EQUAL(journal_verify(base.db, &s), OK);
            EQUAL(s.blocks, 2);
            EQUAL(s.rows, 4);
            EQUAL(s.open, 1);
            EQUAL(s.bad_block, 0);
            EQUAL(db_run(base.db, S("update change set diff = null, salt = null where version = 2"), NO_VALS, NULL),
                  OK);
            EQUAL(journal_verify(base.db, &s), OK);
            EQUAL(s.bad_block, 0);
            EQUAL(db_run(base.db, S("update change set diff = '{}' where version = 3"), NO_VALS, NULL), OK);
            EQUAL(journal_verify(base.db, &s), OK);
            EQUAL(s.bad_block, 2);
            TEXT(s.why, "journal.values_altered");
            EQUAL(db_run(base.db, S("update change set actor = 9 where version = 2"), NO_VALS, NULL), OK);
            EQUAL(journal_verify(base.db, &s), OK);
            EQUAL(s.bad_block, 1);
            TEXT(s.why, "journal.rows_altered");
            EQUAL(db_run(base.db, S("delete from change where version = 2"), NO_VALS, NULL), OK);
            EQUAL(journal_verify(base.db, &s), OK);
            TEXT(s.why, "journal.rows_missing");
            EQUAL(db_run(base.db, S("delete from journal_block where id = 1"), NO_VALS, NULL), OK);
            EQUAL(journal_verify(base.db, &s), OK);
            TEXT(s.why, "journal.block_missing");
            firm_close(&firm);
        }
    }
    CASE("large changes come a few at a time, to followers, in the history and to an undo, and none is lost between"
         " two pages") {
        ON_BOTH(base) {
            Firm       firm = firm_open(&base, t);
            ChangeMark mark = { 0 };
            Change    *all;
            int64_t    id = client_made(&firm, "Долгий"), made = 0;
            EQUAL(change_mark(base.db, &mark), OK);
            EQUAL(db_int(base.db, S("select max(id) from change"), NO_VALS, &made), OK);
            long_ones(&firm, id);
            EQUAL(brought(&base), base.engine == DB_SQLITE ? LONG_ONES + 1 : 3); /* there the reader just stops */
            ptrdiff_t n, pages[] = { 3, 3, 1, 0 };
            int64_t   version = 2;
            for (int i = 0; i < COUNT(pages); i++) {
                Arena mem = t->scratch;
                EQUAL(change_read(base.db, &mem, &mark, 200, true, &all, &n), OK);
                EQUAL(n, pages[i]);
                for (ptrdiff_t k = 0; k < n; k++) EQUAL(all[k].version, version++);
            }
            Str next = S("");
            EQUAL(told(&firm, id, &next), 3); /* versions 8, 7, 6 */
            STR(next, S("6"));
            EQUAL(told(&firm, id, &next), 3);
            STR(next, S("3"));
            EQUAL(told(&firm, id, &next), 2);
            CHECK(!next.n);
            Work *w = deed(&firm);
            EQUAL(change_all(w, &client_entity, 0, 50, &all, &n), OK);
            EQUAL(n, 3);
            EQUAL(all[2].mark.id, made + 5);
            EQUAL(deed_end(&firm, OK), OK);
            EQUAL(chunk_undone(&firm, 0), made + 5);
            EQUAL(chunk_undone(&firm, made + 5), made + 2);
            EQUAL(chunk_undone(&firm, made + 2), 0);
            firm_close(&firm);
        }
    }
    CASE("a block of the journal over large changes is verified to its last row") {
        ON_BOTH(base) {
            Firm         firm = firm_open(&base, t);
            JournalState s;
            long_ones(&firm, client_made(&firm, "Долгий"));
            seal_all(&firm);
            EQUAL(journal_verify(base.db, &s), OK);
            EQUAL(s.blocks, 1);
            EQUAL(s.rows, LONG_ONES + 1);
            EQUAL(s.bad_block, 0);
            EQUAL(db_run(base.db, S("update change set diff = '{}' where version = 8"), NO_VALS, NULL), OK);
            EQUAL(journal_verify(base.db, &s), OK);
            TEXT(s.why, "journal.values_altered");
            EQUAL(db_run(base.db, S("delete from change where version = 8"), NO_VALS, NULL), OK);
            EQUAL(journal_verify(base.db, &s), OK);
            TEXT(s.why, "journal.rows_missing");
            firm_close(&firm);
        }
    }
    CASE("a base that comes into a cluster with smaller numbers goes on in the next epoch: changes are read, sealed,"
         " and the chain is whole") {
        ON_BOTH(base) {
            if (base.engine == DB_SQLITE) continue; /* one writer commits in the order of id */
            base_migrate(&base, t);
            EQUAL(numbers_begin(&base, INT64_C(70000000000)), OK); /* a cluster far ahead … */
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_made(&firm, "Альфа"), last = 0;
            city_set(&firm, id, "Пермь");
            seal_all(&firm);
            ChangeMark mark = { 0 };
            EQUAL(read_all(base.db, t->scratch, &mark, &last), 2);
            firm_close(&firm);
            EQUAL(numbers_begin(&base, 0), OK); /* … and the one into which its rows are brought */
            bool raised = false;
            EQUAL(change_epoch_settle(base.db, false, &raised), OK);
            CHECK(raised);
            firm = firm_open(&base, t);
            city_set(&firm, id, "Омск");
            EQUAL(read_all(base.db, t->scratch, &mark, &last), 1);
            seal_all(&firm);
            JournalState state;
            EQUAL(journal_verify(base.db, &state), OK);
            EQUAL(state.bad_block, 0);
            EQUAL(state.rows, 3);
            EQUAL(state.open, 0);
            firm_close(&firm);
            EQUAL(change_epoch_settle(base.db, false, &raised), OK);
            CHECK(!raised);
            EQUAL(change_epoch_settle(base.db, true, &raised), OK); /* brought back within its own cluster */
            CHECK(raised);
            firm = firm_open(&base, t);
            city_set(&firm, id, "Уфа");
            EQUAL(read_all(base.db, t->scratch, &mark, &last), 1);
            firm_close(&firm);
        }
    }
    CASE("a page of history reads all titles of an entity in one statement, however many it names") {
        ON_BOTH(base) {
            enum { MANY = 300 };
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_made(&firm, "Осина");
            Work   *w    = deed(&firm);
            Person *all  = NEW_N(w->mem, Person, MANY);
            Client  c;
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            c.persons.at = NEW_N(w->mem, ClientPerson, MANY);
            c.persons.n  = MANY;
            for (int i = 0; i < MANY; i++) {
                record_empty(w, &person_entity, &all[i]);
                all[i].name = str_fmt(w->mem, "Лицо %d", i);
            }
            EQUAL(record_save_many(w, &person_entity, all, MANY, NULL), OK);
            for (int i = 0; i < MANY; i++) {
                child_empty(&client_person_entity, &c.persons.at[i]);
                c.persons.at[i].person_id = all[i].base.id;
            }
            EQUAL(record_save(w, &client_entity, &c), OK);
            Buf     text   = buf_new(w->mem, 1024);
            JsonOut out    = js_to(&text);
            int64_t before = w->db->uses;
            EQUAL(change_history_json(w, &out, &client_entity, id, S(""), 50), OK);
            CHECK(w->db->uses - before < 10);
            CHECK(str_find(buf_str(&text), S("\"new_text\":\"Лицо 299\"")) > 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
}
