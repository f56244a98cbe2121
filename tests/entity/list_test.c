/* Lists: order, search, filters, pages, scope.  Expected values come from the head. */
#include "entity/list.h"
#include "sales/catalog/catalog.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const char *name, *city, *inn, *phone;
    int64_t     keeper;
} Known;

static void clients_make(Firm *firm, const Known *known, ptrdiff_t n)
{
    Test        *t    = firm->t;
    Work        *w    = deed(firm);
    Client      *c    = NEW_N(w->mem, Client, n);
    ClientPhone *p    = NEW_N(w->mem, ClientPhone, n);
    for (ptrdiff_t i = 0; i < n; i++) {
        record_empty(w, &client_entity, &c[i]);
        child_empty(&client_phone_entity, &p[i]);
        c[i].name      = str_of(known[i].name);
        c[i].city      = str_of(known[i].city);
        c[i].inn       = str_of(known[i].inn);
        c[i].keeper_id = known[i].keeper;
        p[i].number    = str_of(known[i].phone);
        if (!known[i].phone) continue;
        c[i].phones.at = &p[i];
        c[i].phones.n  = 1;
    }
    SaveHow how = { .trusted = true };
    EQUAL(record_save_many(w, &client_entity, c, n, &how), OK);
    EQUAL(deed_end(firm, OK), OK);
}

/* The names of all pages, `|` between, `/` between pages. */
static Str names(Work *w, Ask ask)
{
    Buf  all = buf_new(w->mem, 256);
    Page page;
    for (int i = 0; i < 50; i++) {
        if (list_page(w, &client_entity, &ask, &page) != OK) return first_problem(w);
        for (ptrdiff_t k = 0; k < page.n; k++) {
            if (k) buf_char(&all, '|');
            buf_put(&all, ((Client *)page.records)[k].name);
        }
        if (!page.next.n) break;
        buf_char(&all, '/');
        ask.after = page.next;
    }
    return buf_str(&all);
}

static Str filtered(Work *w, const char *json)
{
    const Json *filter;
    if (json_read(w->mem, str_of(json), (JsonLimits){ 0 }, &w->problems, &filter) != OK) return S("no JSON");
    Str     said  = names(w, (Ask){ .filter = filter });
    int64_t count = 0, bars = said.n > 0;
    for (ptrdiff_t i = 0; i < said.n; i++) bars += said.s[i] == '|';
    if (w->problems.count || list_count(w, &client_entity, &(Ask){ .filter = filter }, &count) != OK || count != bars)
        return first_problem(w);
    return said;
}

TESTS(test_list)
{
    CASE("names stand as a Russian expects, and pages of two lose and repeat nothing") {
        ON_BOTH(base) {
            Firm        firm    = firm_open(&base, t);
            const Known known[] = { { .name = "ООО «Яблоко»" }, { .name = "Жук" },     { .name = "ёж" },
                                    { .name = "Ель" },          { .name = "Арка 10" }, { .name = "Арка 9" },
                                    { .name = "ИП Ель" } };
            clients_make(&firm, known, COUNT(known));
            Work *w = deed(&firm);
            STR(names(w, (Ask){ .limit = 2 }), S("Арка 9|Арка 10/Ель|ИП Ель/ёж|Жук/ООО «Яблоко»"));
            STR(names(w, (Ask){ .limit = 3, .order = S("-name") }), S("ООО «Яблоко»|Жук|ёж/ИП Ель|Ель|Арка 10/Арка 9"));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("empty values come last whichever way the list goes, across pages") {
        ON_BOTH(base) {
            Firm        firm    = firm_open(&base, t);
            const Known known[] = { { .name = "1", .city = "Тула" },
                                    { .name = "2" },
                                    { .name = "3", .city = "Омск" },
                                    { .name = "4" },
                                    { .name = "5", .city = "Пермь" } };
            clients_make(&firm, known, COUNT(known));
            Work *w = deed(&firm);
            STR(names(w, (Ask){ .limit = 2, .order = S("city") }), S("3|5/1|2/4"));
            STR(names(w, (Ask){ .limit = 1, .order = S("-city") }), S("1/5/3/4/2"));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a client is found by any part of the name, by ИНН and by the phone however it is written") {
        ON_BOTH(base) {
            Firm        firm    = firm_open(&base, t);
            const Known known[] = { { .name = "ООО «Зелёный мир»", .inn = "6658123450", .phone = "8 (343) 200-12-34" },
                                    { .name = "Мир инструмента", .phone = "+49 30 901820" },
                                    { .name = "100% хлопок_2" } };
            clients_make(&firm, known, COUNT(known));
            Work *w = deed(&firm);
            const char *asked[][2] = {
                { "ЗЕЛЕНЫЙ", "ООО «Зелёный мир»" },
                { "мир", "ООО «Зелёный мир»|Мир инструмента" },
                { "мир зел", "ООО «Зелёный мир»" },
                { "8123", "ООО «Зелёный мир»" },
                { "2001234", "ООО «Зелёный мир»" },
                { "+7 343 200-12", "ООО «Зелёный мир»" },
                { "8 343 200", "ООО «Зелёный мир»" },
                { "30 90-18", "Мир инструмента" },
                { "0%", "100% хлопок_2" },
                { "к_2", "100% хлопок_2" },
                { "х_о", "" },
                { "нет такого", "" },
            };
            for (int i = 0; i < COUNT(asked); i++)
                STR(names(w, (Ask){ .search = str_of(asked[i][0]) }), str_of(asked[i][1]));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("conditions join, exclude and compare; not says yes where nothing is known") {
        ON_BOTH(base) {
            Firm        firm    = firm_open(&base, t);
            const Known known[] = { { .name = "А", .city = "Омск", .keeper = 5 },
                                    { .name = "Б", .city = "Пермь", .keeper = 6 },
                                    { .name = "В", .keeper = 5 } };
            clients_make(&firm, known, COUNT(known));
            Work *w = deed(&firm);
            EQUAL(
                db_run(
                    w->db,
                    S("insert into client_class (client_id, kind, value, since, place) select id, 'abc', 'A', 1, 1 from"
                      " client where name = 'В'"),
                    NO_VALS, NULL),
                OK);
            const char *asked[][2] = {
                { "{\"field\":\"city\",\"op\":\"is\",\"value\":\"Омск\"}", "А" },
                { "{\"field\":\"city\",\"op\":\"is_not\",\"value\":\"Омск\"}", "Б|В" },
                { "{\"not\":{\"field\":\"city\",\"op\":\"is\",\"value\":\"Омск\"}}", "Б|В" },
                { "{\"field\":\"city\",\"op\":\"empty\"}", "В" },
                { "{\"field\":\"city\",\"op\":\"in\",\"value\":[\"Омск\",\"Пермь\"]}", "А|Б" },
                { "{\"field\":\"keeper_id\",\"op\":\"in\",\"value\":[6,7]}", "Б" },
                { "{\"all\":[{\"field\":\"keeper_id\",\"op\":\"is\",\"value\":5},{\"field\":\"name\",\"op\":\"starts\","
                  "\"value\":\"а\"}]}",
                  "А" },
                { "{\"any\":[{\"field\":\"name\",\"op\":\"is\",\"value\":\"а\"},{\"field\":\"name\",\"op\":\"has\","
                  "\"value\":\"В\"}]}",
                  "А|В" },
                { "{\"any\":[]}", "" },
                { "{\"all\":[]}", "А|Б|В" },
                { "{\"field\":\"state\",\"op\":\"in\",\"value\":[\"existing\",\"reserve\"]}", "" },
                { "{\"field\":\"state\",\"op\":\"is\",\"value\":\"potential\"}", "А|Б|В" },
                { "{\"field\":\"created_at\",\"op\":\"from\",\"value\":\"2020-01-01\"}", "А|Б|В" },
                { "{\"field\":\"created_at\",\"op\":\"to\",\"value\":\"2020-01-01T00:00:00Z\"}", "" },
                { "{\"field\":\"inn_wrong\",\"op\":\"is\",\"value\":false}", "А|Б|В" },
                { "{\"field\":\"abc\",\"op\":\"is\",\"value\":\"A\"}", "В" },
                { "{\"not\":{\"field\":\"abc\",\"op\":\"in\",\"value\":[\"A\",\"B\"]}}", "А|Б" },
            };
            for (int i = 0; i < COUNT(asked); i++) STR(filtered(w, asked[i][0]), str_of(asked[i][1]));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a condition that cannot be meant is refused with its field") {
        ON_BOTH(base) {
            Firm  firm = firm_open(&base, t);
            const char *asked[][2] = {
                { "{\"field\":\"colour\",\"op\":\"is\",\"value\":1}", "filter filter.no_such_field" },
                { "{\"field\":\"name; drop table client\",\"op\":\"is\",\"value\":1}", "filter filter.no_such_field" },
                { "{\"field\":\"city\",\"op\":\"has\",\"value\":\"x\"}", "filter filter.wrong_op" },
                { "{\"field\":\"city\",\"op\":\"like\",\"value\":\"x\"}", "filter filter.wrong_op" },
                { "{\"field\":\"keeper_id\",\"op\":\"is\",\"value\":\"x\"}", "filter filter.wrong_value" },
                { "{\"field\":\"keeper_id\",\"op\":\"is\"}", "filter filter.wrong_value" },
                { "{\"field\":\"name\"}", "filter filter.not_a_tree" },
                { "{\"all\":[],\"any\":[]}", "filter filter.not_a_tree" },
                { "[]", "filter filter.not_a_tree" },
                { "{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"field\":\"city\",\"op\":\"empty\"}}}}}}",
                  "filter filter.too_deep" },
            };
            for (int i = 0; i < COUNT(asked); i++) {
                Work *w = deed(&firm);
                STR(filtered(w, asked[i][0]), str_of(asked[i][1]));
                EQUAL(deed_end(&firm, INVALID), INVALID);
            }
            Buf many = buf_new(&t->mem, 8192);
            buf_c(&many, "{\"any\":[{\"field\":\"city\",\"op\":\"empty\"}");
            for (int i = 0; i < 40; i++) buf_c(&many, ",{\"field\":\"city\",\"op\":\"empty\"}");
            buf_c(&many, "]}");
            Work *w = deed(&firm);
            STR(filtered(w, str_c(&t->mem, buf_str(&many))), S("filter filter.too_large"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("everybody's list holds what his scope lets him see, and sales follow their client") {
        ON_BOTH(base) {
            Firm        firm    = firm_open(&base, t);
            const Known known[] = { { .name = "А", .keeper = 11 },
                                    { .name = "Б", .keeper = 12 },
                                    { .name = "В", .keeper = 13 },
                                    { .name = "Г" } };
            clients_make(&firm, known, COUNT(known));
            Work *w = deed(&firm);
            EQUAL(db_run(w->db,
                         S("insert into sees (viewer_id, owner_id) values (11, 11), (20, 20), (20, 11), (20, 12)"),
                         NO_VALS, NULL),
                  OK);
            Page all;
            EQUAL(list_page(w, &client_entity, &(Ask){ 0 }, &all), OK);
            Sale s[4];
            for (int i = 0; i < 4; i++) {
                record_empty(w, &sale_entity, &s[i]);
                s[i].client_id = ((Client *)all.records)[i].base.id;
                s[i].day       = 20000 + i;
            }
            EQUAL(record_save_many(w, &sale_entity, s, 4, NULL), OK);
            EQUAL(deed_end(&firm, OK), OK);
            static const struct {
                int64_t     user;
                const char *rights, *names;
                int64_t     sales;
            } asked[] = { { 11, "client:view:own sale:view:own", "А", 1 },
                          { 20, "client:view:team sale:view:team", "А|Б", 2 },
                          { 11, "client:view:all sale:view:own", "А|Б|В|Г", 1 } };
            for (int i = 0; i < COUNT(asked); i++) {
                int64_t n = -1;
                firm.who  = somebody(t, asked[i].user, asked[i].rights);
                w         = deed(&firm);
                STR(names(w, (Ask){ 0 }), str_of(asked[i].names));
                EQUAL(list_count(w, &sale_entity, &(Ask){ 0 }, &n), OK);
                EQUAL(n, asked[i].sales);
                EQUAL(deed_end(&firm, OK), OK);
            }
            firm.who = somebody(t, 11, "client:view:own");
            w        = deed(&firm);
            int64_t n;
            EQUAL(list_count(w, &sale_entity, &(Ask){ 0 }, &n), DENIED);
            EQUAL(deed_end(&firm, DENIED), DENIED);
            firm_close(&firm);
        }
    }
    CASE("a mark between pages serves only its list, its order and whoever got it") {
        ON_BOTH(base) {
            Firm        firm    = firm_open(&base, t);
            const Known known[] = { { .name = "А" }, { .name = "Б" }, { .name = "В" } };
            clients_make(&firm, known, COUNT(known));
            firm.who = somebody(t, 5, "client:view:all");
            Work *w  = deed(&firm);
            Page  page, other;
            EQUAL(list_page(w, &client_entity, &(Ask){ .limit = 1 }, &page), OK);
            Str mark = str_copy(&t->mem, page.next);
            EQUAL(list_page(w, &client_entity, &(Ask){ .limit = 1, .after = mark }, &other), OK);
            STR(((Client *)other.records)[0].name, S("Б"));
            EQUAL(list_page(w, &client_entity, &(Ask){ .limit = 1, .after = mark, .order = S("-name") }, &other),
                  INVALID);
            EQUAL(list_page(w, &client_entity, &(Ask){ .limit = 1, .after = mark, .archived = true }, &other), INVALID);
            char *forged = str_c(&t->mem, mark);
            forged[mark.n - 3] = forged[mark.n - 3] == 'A' ? 'B' : 'A';
            EQUAL(list_page(w, &client_entity, &(Ask){ .limit = 1, .after = str_of(forged) }, &other), INVALID);
            EQUAL(list_page(w, &client_entity, &(Ask){ .limit = 1, .after = S("x") }, &other), INVALID);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm.who = somebody(t, 6, "client:view:all");
            w        = deed(&firm);
            EQUAL(list_page(w, &client_entity, &(Ask){ .limit = 1, .after = mark }, &other), INVALID);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("a hidden figure is absent from the list, its conditions, its order and its totals") {
        ON_BOTH(base) {
            Firm        firm    = firm_open(&base, t);
            const Known known[] = { { .name = "А" } };
            clients_make(&firm, known, COUNT(known));
            Work    *w = deed(&firm);
            Page     page;
            Sale     s;
            SaleLine line;
            EQUAL(list_page(w, &client_entity, &(Ask){ 0 }, &page), OK);
            record_empty(w, &sale_entity, &s);
            child_empty(&sale_line_entity, &line);
            line.amount = 12345;
            line.cost   = 100;
            s.client_id = ((Client *)page.records)[0].base.id;
            s.day       = 20000;
            s.lines.at  = &line;
            s.lines.n   = 1;
            EQUAL(record_save(w, &sale_entity, &s), OK);
            Buf     json = buf_new(w->mem, 256);
            JsonOut out  = js_to(&json);
            EQUAL(list_count_json(w, &out, &sale_entity, &(Ask){ 0 }), OK);
            STR(buf_str(&json), S("{\"count\":1,\"totals\":{\"total\":\"123.45\",\"cost_total\":\"1.00\"}}"));
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 5, "sale:view:all:finance client:view:all");
            w        = deed(&firm);
            json     = buf_new(w->mem, 256);
            out      = js_to(&json);
            EQUAL(list_count_json(w, &out, &sale_entity, &(Ask){ 0 }), OK);
            STR(buf_str(&json), S("{\"count\":1,\"totals\":{\"total\":\"123.45\"}}"));
            EQUAL(list_page(w, &sale_entity, &(Ask){ 0 }, &page), OK);
            CHECK(((Sale *)page.records)[0].cost_total == NONE);
            json = buf_new(w->mem, 256);
            out  = js_to(&json);
            EQUAL(list_json(w, &out, &sale_entity, &(Ask){ 0 }), OK);
            CHECK(str_find(buf_str(&json), S("cost")) < 0);
            CHECK(str_find(buf_str(&json), S("\"_titles\":{\"client_id\":{\"id\":")) > 0);
            const Json *filter;
            EQUAL(json_read(w->mem, S("{\"field\":\"cost_total\",\"op\":\"from\",\"value\":\"0.50\"}"),
                            (JsonLimits){ 0 }, &w->problems, &filter),
                  OK);
            EQUAL(list_page(w, &sale_entity, &(Ask){ .filter = filter }, &page), INVALID);
            STR(first_problem(w), S("filter filter.no_such_field"));
            EQUAL(list_page(w, &sale_entity, &(Ask){ .order = S("cost_total") }, &page), INVALID);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("every description matches both schemas") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            for (int i = 0; firm_entities[i]; i++) {
                const Entity *e   = firm_entities[i];
                Buf           sql = buf_new(&t->mem, 600);
                bool          finds = false;
                buf_fmt(&sql, "select id%s",
                        e->parent
                            ? ""
                            : ", version, created_at, created_by, changed_at, changed_by, archived_at, origin, key");
                for (int f = 0; f < e->field_count; f++) {
                    const Field *field = &e->fields[f];
                    buf_fmt(&sql, ", %s", field->name);
                    if (e->parent || field->type != TYPE_text) continue;
                    if (field->find) buf_fmt(&sql, ", %s_find", field->name);
                    if (field->sort) buf_fmt(&sql, ", %s_sort", field->name);
                    finds |= field->find;
                }
                buf_fmt(&sql, "%s%s%s from %s", finds ? ", find" : "", e->parent ? ", " : "",
                        e->parent ? e->parent : "", entity_table(e));
                EQUAL(db_prepares(base.db, buf_str(&sql)), OK);
            }
        }
    }
}
