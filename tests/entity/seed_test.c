/* Seeds: what is in a file comes once, follows the next file as long as nobody touches it, and never comes in parts. */
#include "entity/seed.h"
#include "sales/catalog/catalog.h"
#include "tests/entity/firm.h"

#include <stdio.h>
#include <string.h>

#define TEA   "{\"product_group\": [{\"key\": \"g/green\", \"name\": [\"Зелёный\", \"Green\"]," \
              " \"parent_id\": \"@g/tea\"}, {\"key\": \"g/tea\", \"name\": [\"Чай\", \"Tea\"]}]}"
#define TEA_2 "{\"product_group\": [{\"key\": \"g/tea\", \"name\": [\"Чаи\", \"Teas\"]}]}"

/* Made, changed, left alone, as they were: a digit each; the Err is that of the load. */
static Err load(Firm *firm, const char *text, int *counts)
{
    SeedCounts c   = { 0 };
    Work      *w   = deed(firm);
    Err        err = deed_end(firm, seeds_load_text(w, str_of(text), LANG_RU, &c));
    *counts        = (int)(c.n[SEED_MADE] * 1000 + c.n[SEED_CHANGED] * 100 + c.n[SEED_LEFT] * 10 + c.n[SEED_SAME]);
    return err;
}

static int64_t number(Firm *firm, const char *sql)
{
    int64_t n  = -1;
    Test   *t  = firm->t;
    Work   *w  = deed(firm);
    Err     ok = db_int(w->db, str_of(sql), NO_VALS, &n);
    CHECK(ok == OK || ok == NOT_FOUND);
    deed_end(firm, OK);
    return n;
}

/* Somebody gives a group another name. */
static void rename_group(Firm *firm, const char *key, const char *name)
{
    Test        *t = firm->t;
    Work        *w = deed(firm);
    ProductGroup g;
    int64_t      id;
    bool         found;
    EQUAL(db_int(w->db, S("select record_id from seed where key = $1"), VALS(val_text(str_of(key))), &id), OK);
    EQUAL(record_fetch(w, &product_group_entity, &id, 1, false, &g, &found), OK);
    g.name         = str_of(name);
    ProductGroup *kept = NEW(w->mem, ProductGroup);
    *kept          = g;
    EQUAL(record_save(w, &product_group_entity, kept), OK);
    EQUAL(deed_end(firm, OK), OK);
}

static void refused(Firm *firm, const char *text, const char *key)
{
    Test      *t = firm->t;
    SeedCounts c;
    Work      *w = deed(firm);
    EQUAL(seeds_load_text(w, str_of(text), LANG_RU, &c), INVALID);
    TEXT(w->problems.first ? w->problems.first->key : "nothing is said", key);
    EQUAL(deed_end(firm, INVALID), INVALID);
}

TESTS(test_seed)
{
    CASE("a file is loaded in the firm's language, references in any order, and a second time changes nothing") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            int  counts;
            EQUAL(load(&firm, TEA, &counts), OK);
            EQUAL(counts, 2000);
            EQUAL(number(&firm, "select count(*) from product_group g join product_group p on p.id = g.parent_id"
                                " where g.name = 'Зелёный' and p.name = 'Чай'"), 1);
            EQUAL(number(&firm, "select count(*) from change where verb = 'seeded' and actor is null"), 2);
            int64_t seeded = number(&firm, "select count(*) from change");
            EQUAL(load(&firm, TEA, &counts), OK);
            EQUAL(counts, 2);
            EQUAL(number(&firm, "select count(*) from change"), seeded);
            EQUAL(number(&firm, "select count(*) from product_group"), 2);
            firm_close(&firm);
        }
    }
    CASE("the next file changes what nobody has touched, and leaves alone what somebody has, which it offers") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            int  counts;
            EQUAL(load(&firm, TEA, &counts), OK);
            EQUAL(load(&firm, TEA_2, &counts), OK);
            EQUAL(counts, 100);
            EQUAL(number(&firm, "select count(*) from product_group where name = 'Чаи'"), 1);
            EQUAL(number(&firm, "select count(*) from seed where offered is not null"), 0);
            rename_group(&firm, "g/tea", "Наш чай");
            EQUAL(load(&firm, TEA_2, &counts), OK);
            EQUAL(counts, 1);
            EQUAL(load(&firm, "{\"product_group\": [{\"key\": \"g/tea\", \"name\": \"Все чаи\"}]}", &counts), OK);
            EQUAL(counts, 10);
            EQUAL(number(&firm, "select count(*) from product_group where name = 'Наш чай'"), 1);
            EQUAL(number(&firm, "select count(*) from seed where offered = '{\"name\":\"Все чаи\"}'"), 1);
            EQUAL(load(&firm, "{\"product_group\": [{\"key\": \"g/tea\", \"name\": \"Наш чай\"}]}", &counts), OK);
            EQUAL(number(&firm, "select count(*) from seed where offered is not null"), 0);
            firm_close(&firm);
        }
    }
    CASE("an archived record is left alone, and one that is gone does not come again") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            int  counts;
            EQUAL(load(&firm, TEA, &counts), OK);
            Work   *w = deed(&firm);
            int64_t id[2];
            EQUAL(db_int(w->db, S("select record_id from seed where key = 'g/tea'"), NO_VALS, &id[0]), OK);
            EQUAL(db_int(w->db, S("select record_id from seed where key = 'g/green'"), NO_VALS, &id[1]), OK);
            EQUAL(record_remove_many(w, &product_group_entity, &id[1], 1, &(SaveHow){ .trusted = true }), OK);
            EQUAL(record_archive(w, &product_group_entity, id[0], 0), OK);
            EQUAL(deed_end(&firm, OK), OK);
            EQUAL(load(&firm, TEA_2, &counts), OK);
            EQUAL(counts, 10);
            EQUAL(number(&firm, "select count(*) from product_group where name = 'Чай'"), 1);
            EQUAL(load(&firm, TEA, &counts), OK);
            EQUAL(number(&firm, "select count(*) from product_group"), 1);
            firm_close(&firm);
        }
    }
    CASE("a file with anything wrong in it is refused whole, and says where") {
        static const struct {
            const char *text, *key;
        } wrong[] = {
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"А\"},"
              " {\"key\": \"b\", \"name\": \"Б\", \"parent_id\": \"@c\"}]}",
              "seed.hole" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"А\", \"parent_id\": \"@b\"},"
              " {\"key\": \"b\", \"name\": \"Б\", \"parent_id\": \"@a\"}]}", "seed.circle" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"А\", \"parent_id\": \"@a\"}]}", "seed.circle" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"А\"}, {\"key\": \"a\", \"name\": \"Б\"}]}",
              "seed.twice" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"А\"}],"
              " \"source\": [{\"key\": \"a\", \"name\": \"Б\"}]}",
              "seed.twice" },
            { "{\"product_group\": [{\"name\": \"А\"}]}", "seed.no_key" },
            { "{\"product_group\": [{\"key\": 7, \"name\": \"А\"}]}", "seed.no_key" },
            { "{\"product_group\": {\"key\": \"a\"}}", "seed.no_list" },
            { "[]", "seed.no_list" },
            { "name;parent\n", "json.syntax" },
            { "{\"rocket\": [{\"key\": \"a\"}]}", "seed.no_entity" },
            { "{\"client_phone\": [{\"key\": \"a\"}]}", "seed.no_entity" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"А\", \"colour\": \"red\"}]}", "seed.wrong" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": [\"А\", \"A\", \"a\"]}]}", "seed.wrong" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"\"}]}", "seed.wrong" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"А\", \"parent_id\": 4711}]}", "seed.wrong" },
            { "{\"product_group\": [{\"key\": \"a\", \"name\": \"А\", \"parent_id\": \"@s\"}],"
              " \"source\": [{\"key\": \"s\", \"name\": \"Б\"}]}", "seed.wrong" },
        };
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            for (ptrdiff_t i = 0; i < COUNT(wrong); i++) refused(&firm, wrong[i].text, wrong[i].key);
            EQUAL(number(&firm, "select (select count(*) from product_group) + (select count(*) from source)"
                                " + (select count(*) from seed)"), 0);
            firm_close(&firm);
        }
    }
    CASE("what is hidden from somebody is hidden in what is offered, and he takes none of it") {
        static const char first[] = "{\"product\": [{\"key\": \"p\", \"name\": \"Чай\", \"cost\": \"41.00\"}]}",
                          next[]  = "{\"product\": [{\"key\": \"p\", \"name\": \"Чай\", \"cost\": \"42.00\"}]}";
        static const struct {
            const char *rights, *sees;
            Err         takes;
        } asks[] = { { "product:view:all:finance product:change:all:finance", "", INVALID },
                     { "product:view:all", "", DENIED },
                     { "client:view:all client:change:all", "", DENIED },
                     { "product:view:all product:change:all", "42.00", OK } };
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            int  counts;
            EQUAL(load(&firm, first, &counts), OK);
            CHECK(db_ddl(base.db, S("update product set version = version + 1")) == OK);
            EQUAL(load(&firm, next, &counts), OK);
            EQUAL(counts, 10);
            for (ptrdiff_t i = 0; i < COUNT(asks); i++) {
                firm.who     = somebody(t, 7, asks[i].rights);
                Work   *w    = deed(&firm);
                Buf     text = buf_new(w->mem, 400);
                JsonOut j    = js_to(&text);
                EQUAL(seed_offers_json(w, &j), OK);
                EQUAL(str_find(buf_str(&text), S("42.00")) >= 0, asks[i].sees[0] != 0);
                CHECK(asks[i].sees[0] || str_eq(buf_str(&text), S("{\"items\":[]}")));
                EQUAL(seed_take(w, S("firm"), S("p")), asks[i].takes);
                EQUAL(deed_end(&firm, asks[i].takes), asks[i].takes);
            }
            firm.who = &actor_program;
            EQUAL(number(&firm, "select cost from product"), 4200);
            firm_close(&firm);
        }
    }
    CASE("sixty-four megabytes are refused before they are read, and what is larger than a file may be after") {
        ON_BOTH(base) {
            Firm   firm = firm_open(&base, t);
            size_t n    = 64 << 20;
            char  *text = arena_take(&t->mem, 1, 1, (ptrdiff_t)n + 1);
            memset(text, ' ', n);
            refused(&firm, text, "json.too_large");
            firm_close(&firm);
        }
    }
    CASE("what was exported is edited and loaded again, and finds its records") {
        ON_BOTH(base) {
            Firm          firm   = firm_open(&base, t);
            Work         *w      = deed(&firm);
            Buf           file   = buf_new(&t->mem, 4096);
            ProductGroup *g      = NEW(w->mem, ProductGroup);
            const Entity *which  = &product_group_entity;
            ptrdiff_t     left;
            int           counts;
            record_empty(w, which, g);
            g->name = S("Кофе");
            EQUAL(record_save(w, which, g), OK);
            EQUAL(deed_end(&firm, OK), OK);
            EQUAL(load(&firm, TEA, &counts), OK);
            w = deed(&firm);
            EQUAL(seeds_export(w, &which, 1, &file, &left), OK);
            EQUAL(deed_end(&firm, OK), OK);
            EQUAL(left, 0);
            CHECK(str_find(buf_str(&file), S("\"parent_id\":\"@g/tea\"")) > 0);
            char *text = str_c(&t->mem, buf_str(&file));
            EQUAL(load(&firm, text, &counts), OK);
            EQUAL(counts, 3);
            memcpy(strstr(text, "Кофе"), "Каша", strlen("Каша"));
            EQUAL(load(&firm, text, &counts), OK);
            EQUAL(counts, 102);
            EQUAL(number(&firm, "select count(*) from product_group where name = 'Каша'"), 1);
            EQUAL(number(&firm, "select count(*) from product_group"), 3);
            firm_close(&firm);
        }
    }
}
