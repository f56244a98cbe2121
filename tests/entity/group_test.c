/* A list in groups: each opens to exactly its records.  Random bases; what a group says is asked of the list again. */
#include "entity/group.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <string.h>

enum { SALES = 60 };

static uint32_t seed;

static uint32_t dice(uint32_t faces)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % faces;
}

/* Clients of users 5, 6 and nobody, with sales of 2025 and 2026. */
static void sales_make(Firm *firm)
{
    Test     *t = firm->t;
    Work     *w = deed(firm);
    SaveHow   how = { .trusted = true };
    Client   *client = NEW_N(w->mem, Client, 4);
    Sale     *sale = NEW_N(w->mem, Sale, SALES);
    SaleLine *line = NEW_N(w->mem, SaleLine, SALES);
    for (int i = 0; i < 4; i++) {
        record_empty(w, &client_entity, &client[i]);
        client[i].name = str_fmt(w->mem, "Клиент %d", i);
        client[i].keeper_id = i < 3 ? 5 + i % 2 : 0;
    }
    EQUAL(record_save_many(w, &client_entity, client, 4, &how), OK);
    for (int i = 0; i < SALES; i++) {
        record_empty(w, &sale_entity, &sale[i]);
        child_empty(&sale_line_entity, &line[i]);
        sale[i].client_id = client[dice(4)].base.id;
        sale[i].seller_id = dice(3) ? 5 + dice(3) : 0;
        sale[i].day = 20089 + (Day)dice(700); /* from 2025-01-01 */
        line[i].amount = 100 * (Money)(1 + dice(50));
        line[i].cost = dice(2) ? 100 : NONE;
        sale[i].lines.at = &line[i];
        sale[i].lines.n = 1;
    }
    EQUAL(record_save_many(w, &sale_entity, sale, SALES, &how), OK);
    EQUAL(deed_end(firm, OK), OK);
}

static Str counted(Work *w, const Entity *e, const Json *filter)
{
    Buf     text = buf_new(w->mem, 200);
    JsonOut out = js_to(&text);
    return list_count_json(w, &out, e, &(Ask){ .filter = filter }) == OK ? buf_str(&text) : first_problem(w);
}

static Str counted_said(Work *w, const Json *group)
{
    const Json *totals = json_get(group, "totals");
    Buf         b = buf_new(w->mem, 200);
    buf_fmt(&b, "{\"count\":%lld,\"totals\":{", (long long)json_get(group, "count")->number);
    for (const Json *at = totals->first; at; at = at->next)
        buf_fmt(&b, "%s\"%.*s\":\"%.*s\"", at == totals->first ? "" : ",", (int)at->key.n, at->key.s, (int)at->text.n,
                at->text.s);
    buf_c(&b, "}}");
    return buf_str(&b);
}

/* Opens every group; gives how many records they hold together. */
static int64_t opened(Firm *firm, Work *w, const Entity *e, const char *by)
{
    Test       *t = firm->t;
    Buf         text = buf_new(w->mem, 1 << 16);
    JsonOut     out = js_to(&text);
    const Json *json;
    int64_t     all = 0;
    EQUAL(group_json(w, &out, e, &(Ask){ 0 }, &(GroupQuestion){ .by = { str_of(by) }, .bys = 1 }), OK);
    EQUAL(json_read(w->mem, buf_str(&text), (JsonLimits){ 0 }, &w->problems, &json), OK);
    for (const Json *at = json_get(json, "items")->first; at; at = at->next) {
        all += json_get(at, "count")->number;
        STR(counted_said(w, at), counted(w, e, json_get(at, "filter")));
    }
    return all;
}

/* Three people who are not told of and one of each of so many months from January 1950 on. */
static void people_make(Firm *firm, int months)
{
    Test   *t = firm->t;
    Work   *w = deed(firm);
    Person *p = NEW_N(w->mem, Person, months + 3);
    SaveHow how = { .trusted = true };
    for (int i = 0; i < months + 3; i++) {
        record_empty(w, &person_entity, &p[i]);
        p[i].name = str_fmt(w->mem, "Человек %d", i);
        if (i < months) p[i].birthday = day_of((Civil){ .year = 1950 + i / 12, .month = 1 + i % 12, .day = 1 + i % 7 });
    }
    EQUAL(record_save_many(w, &person_entity, p, months + 3, &how), OK);
    EQUAL(deed_end(firm, OK), OK);
}

static Str refused(Firm *firm, const Entity *e, const char *by)
{
    Work     *w = deed(firm);
    GroupRows out;
    Err       err = group_rows(w, e, &(Ask){ 0 }, &(GroupQuestion){ .by = { str_of(by) }, .bys = 1 }, &out);
    Str       words = err == OK ? S("") : str_copy(&firm->t->mem, first_problem(w));
    deed_end(firm, err);
    return words;
}

TESTS(test_group)
{
    static const char *const sales_by[] = { "seller_id", "client_id", "kind", "day:month", "day:quarter", "day:year" };
    CASE("a group of a list opens to exactly its records, of all and of those one sees, and all groups are the list")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            seed = 5;
            sales_make(&firm);
            for (int who = 0; who < 2; who++) {
                firm.who = who == 0 ? &actor_program : somebody(t, 5, "client:view:own sale:view:own:finance");
                Work   *w = deed(&firm);
                int64_t n = 0;
                EQUAL(list_count(w, &sale_entity, &(Ask){ 0 }, &n), OK);
                CHECK(who == 0 ? n == SALES : n > 0 && n < SALES);
                for (int i = 0; i < COUNT(sales_by); i++) EQUAL(opened(&firm, w, &sale_entity, sales_by[i]), n);
                EQUAL(deed_end(&firm, OK), OK);
            }
            firm_close(&firm);
        }
    }
    CASE("quarters begin in January, April, July and October, and a list is divided under its conditions")
    {
        ON_BOTH(base)
        {
            Firm      firm = firm_open(&base, t);
            GroupRows out;
            seed = 9;
            sales_make(&firm);
            Work       *w = deed(&firm);
            const Json *filter;
            EQUAL(json_read(w->mem, S("{\"field\":\"day\",\"op\":\"from\",\"value\":\"2025-05-10\"}"),
                            (JsonLimits){ 0 }, &w->problems, &filter),
                  OK);
            EQUAL(group_rows(w, &sale_entity, &(Ask){ .filter = filter },
                             &(GroupQuestion){ .by = { S("day:quarter") }, .bys = 1 }, &out),
                  OK);
            EQUAL(out.at[0].key[0].value.n, day_of((Civil){ .year = 2025, .month = 4, .day = 1 }));
            EQUAL(out.at[0].key[0].last, day_of((Civil){ .year = 2025, .month = 6, .day = 30 }));
            EQUAL(out.at[1].key[0].value.n, day_of((Civil){ .year = 2025, .month = 7, .day = 1 }));
            CHECK(!out.more && out.n >= 6 && out.n <= 8);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("whoever has no day is the last group, and stays where there are more groups than are told: the oldest go")
    {
        enum { MONTHS = GROUPS_MOST + 10 };
        ON_BOTH(base)
        {
            Firm      firm = firm_open(&base, t);
            GroupRows out;
            people_make(&firm, MONTHS);
            Work *w = deed(&firm);
            EQUAL(opened(&firm, w, &person_entity, "birthday:year"), MONTHS + 3);
            EQUAL(group_rows(w, &person_entity, &(Ask){ 0 },
                             &(GroupQuestion){ .by = { S("birthday:month") }, .bys = 1 }, &out),
                  OK);
            CHECK(out.more);
            EQUAL(out.n, GROUPS_MOST);
            EQUAL(out.at[0].key[0].value.n, day_of((Civil){ .year = 1950, .month = 12, .day = 1 }));
            EQUAL(out.at[GROUPS_MOST - 2].key[0].value.n, day_of((Civil){ .year = 1967, .month = 6, .day = 1 }));
            CHECK(out.at[GROUPS_MOST - 1].key[0].value.empty);
            EQUAL(out.at[GROUPS_MOST - 1].count, 3);
            EQUAL(group_rows(w, &person_entity, &(Ask){ 0 }, &(GroupQuestion){ .by = { S("birthday:year") }, .bys = 1 },
                             &out),
                  OK);
            CHECK(!out.more && out.at[out.n - 1].key[0].value.empty);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("by a value the most stand first, and whoever has none last, however few or many they are")
    {
        ON_BOTH(base)
        {
            Firm      firm = firm_open(&base, t);
            GroupRows out;
            seed = 5;
            sales_make(&firm);
            Work *w = deed(&firm);
            EQUAL(db_run(w->db, S("update sale set seller_id = null where seller_id = 5"), NO_VALS, NULL), OK);
            EQUAL(
                group_rows(w, &sale_entity, &(Ask){ 0 }, &(GroupQuestion){ .by = { S("seller_id") }, .bys = 1 }, &out),
                OK);
            EQUAL(out.n, 3);
            CHECK(!out.at[0].key[0].value.empty && out.at[0].count >= out.at[1].count);
            CHECK(out.at[2].key[0].value.empty && out.at[2].count > out.at[0].count);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a list has no groups by a long text, a sum, a day without a step, what is hidden or what there is not")
    {
        ON_BOTH(base)
        {
            Firm              firm = firm_open(&base, t);
            const char *const none[] = { "note", "total", "day", "kind:month" };
            const char *const nowhere[] = { "colour", "day:hour", "client_id.colour", "number.city", "" };
            for (int i = 0; i < COUNT(none); i++)
                STR(refused(&firm, &sale_entity, none[i]), S("by list.no_such_group"));
            for (int i = 0; i < COUNT(nowhere); i++) CHECK(refused(&firm, &sale_entity, nowhere[i]).n > 0);
            firm.who = somebody(t, 5, "client:view:all");
            CHECK(refused(&firm, &sale_entity, "kind").n > 0);
            STR(refused(&firm, &client_entity, "kind"), S(""));
            firm_close(&firm);
        }
    }
}
