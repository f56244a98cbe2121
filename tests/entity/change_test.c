/* Changes: their order for followers, a record's history, the journal's chain.  Expected values come from the head. */
#include "entity/change.h"
#include "sales/catalog/catalog.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

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

/* As if the cluster had counted so many transactions more. */
static Err numbers_begin(Base *base, int64_t more)
{
    char ddl[200];
    snprintf(ddl, sizeof ddl, "create or replace function change_epoch() returns bigint language sql immutable parallel safe as 'select cast(%lld as bigint)'", (long long)more);
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
            Str row   = S("insert into change (at, work, entity, record, version, verb) values (1, 1, 'client', 4711, 1, 'made')");
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
            EQUAL(follower_start(firm.lanes, &(Subscriber){ .name = "test", .take = hear, .to = &heard }, 1, true, &follower), OK);
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
            EQUAL(db_run(base.db, S("update change set diff = null, salt = null where version = 2"), NO_VALS, NULL), OK);
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
    CASE("a base that comes into a cluster with smaller numbers goes on in the next epoch: changes are read, sealed, and the chain is whole") {
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
}
