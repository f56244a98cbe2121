/* The firm's own fields are fields like any other.  Expected values come from the head. */
#include "entity/change.h"
#include "entity/export.h"
#include "entity/meta.h"
#include "entity/own.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdio.h>
#include <string.h>

static int64_t field_added(Firm *firm, const char *json)
{
    Test       *t = firm->t;
    Work       *w = deed(firm);
    const Json *body;
    int64_t     id = 0;
    EQUAL(json_read(w->mem, str_of(json), (JsonLimits){ 0 }, &w->problems, &body), OK);
    EQUAL(own_add_json(w, body, &id), OK);
    EQUAL(deed_end(firm, OK), OK);
    return id;
}

static int64_t client_patched(Firm *firm, int64_t id, const char *format, int64_t a, int64_t b)
{
    Test       *t = firm->t;
    Work       *w = deed(firm);
    const Json *patch;
    Client      c;
    char        json[300];
    snprintf(json, sizeof json, format, (long long)a, (long long)b);
    EQUAL(json_read(w->mem, str_of(json), (JsonLimits){ 0 }, &w->problems, &patch), OK);
    EQUAL(record_patch(w, &client_entity, id, 0, patch, &c), OK);
    EQUAL(record_save(w, &client_entity, &c), OK);
    EQUAL(deed_end(firm, OK), OK);
    return c.base.id;
}

static Str listed(Work *w, Ask ask, const char *format, int64_t field)
{
    char        json[200];
    const Json *filter = NULL;
    Page        page;
    Buf         names = buf_new(w->mem, 64);
    if (format) {
        snprintf(json, sizeof json, format, (long long)field);
        if (json_read(w->mem, str_copy(w->mem, str_of(json)), (JsonLimits){ 0 }, &w->problems, &filter) != OK)
            return S("no JSON");
    }
    ask.filter = filter;
    if (list_page(w, &client_entity, &ask, &page) != OK) return first_problem(w);
    for (ptrdiff_t i = 0; i < page.n; i++) buf_put(&names, ((Client *)page.records)[i].name);
    return buf_str(&names);
}

TESTS(test_own)
{
    CASE("a field added today is written, read, filtered, sorted, searched and told in the history") {
        ON_BOTH(base) {
            Firm    firm  = firm_open(&base, t);
            int64_t old   = client_patched(&firm, 0, "{\"name\":\"Старый\"}", 0, 0);
            int64_t beds = field_added(
                &firm,
                "{\"entity\":\"client\",\"type\":\"int\",\"label_ru\":\"Коек\",\"label_en\":\"Beds\",\"sort\":true}");
            int64_t brand = field_added(
                &firm, "{\"entity\":\"client\",\"type\":\"text\",\"label_ru\":\"Марка\",\"find\":true,\"sort\":true}");
            client_patched(&firm, 0, "{\"name\":\"А\",\"x%lld\":12,\"x%lld\":\"Жигули Ёлка\"}", beds, brand);
            client_patched(&firm, 0, "{\"name\":\"Б\",\"x%lld\":7}", beds, 0);
            Work *w = deed(&firm);
            char  order[32];
            STR(listed(w, (Ask){ 0 }, "{\"field\":\"x%lld\",\"op\":\"from\",\"value\":8}", beds), S("А"));
            STR(listed(w, (Ask){ 0 }, "{\"field\":\"x%lld\",\"op\":\"empty\"}", beds), S("Старый"));
            STR(listed(w, (Ask){ 0 }, "{\"field\":\"x%lld\",\"op\":\"has\",\"value\":\"ЕЛК\"}", brand), S("А"));
            STR(listed(w, (Ask){ .search = S("жигули") }, NULL, 0), S("А"));
            snprintf(order, sizeof order, "x%lld", (long long)beds);
            STR(listed(w, (Ask){ .order = str_of(order) }, NULL, 0), S("БАСтарый"));
            EQUAL(deed_end(&firm, OK), OK);
            client_patched(&firm, old, "{\"x%lld\":40}", beds, 0);
            w            = deed(&firm);
            Buf     text = buf_new(w->mem, 500);
            JsonOut out  = js_to(&text);
            EQUAL(change_history_json(w, &out, &client_entity, old, S(""), 1), OK);
            CHECK(str_find(buf_str(&text), S("\"label\":\"Коек\",\"old\":null,\"new\":\"40\"")) > 0);
            text = buf_new(w->mem, 5000);
            out  = js_to(&text);
            meta_json(w, &out);
            CHECK(str_find(buf_str(&text), S("\"own\":true")) > 0);
            CHECK(str_find(buf_str(&text), S("\"label\":\"Марка\"")) > 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("own choices, references and switches hold what their kind allows") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t size = field_added(
                &firm,
                "{\"entity\":\"client\",\"type\":\"choice\",\"label_ru\":\"Размер\",\"label_en\":\"Size\","
                "\"options\":[[\"Малый\",\"Small\"],[\"Крупный\",\"Large\"]]}");
            int64_t who = field_added(
                &firm,
                "{\"entity\":\"client\",\"type\":\"ref\",\"to\":\"client\",\"label_ru\":\"Посредник\","
                "\"label_en\":\"\"}");
            int64_t vip = field_added(
                &firm, "{\"entity\":\"client\",\"type\":\"bool\",\"label_ru\":\"Важный\",\"label_en\":\"VIP\"}");
            int64_t a    = client_patched(&firm, 0, "{\"name\":\"А\",\"x%lld\":\"2\",\"x%lld\":true}", size, vip);
            client_patched(&firm, 0, "{\"name\":\"Б\",\"x%lld\":%lld}", who, a);
            Work *w = deed(&firm);
            STR(listed(w, (Ask){ 0 }, "{\"field\":\"x%lld\",\"op\":\"is\",\"value\":\"2\"}", size), S("А"));
            STR(listed(w, (Ask){ 0 }, "{\"field\":\"x%lld\",\"op\":\"is\",\"value\":false}", vip), S("Б"));
            STR(listed(w, (Ask){ 0 }, "{\"field\":\"x%lld\",\"op\":\"is\",\"value\":\"3\"}", size),
                S("filter filter.wrong_value"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            w                = deed(&firm);
            const Json *patch;
            Client      c;
            char        json[60];
            snprintf(json, sizeof json, "{\"x%lld\":4711}", (long long)who);
            EQUAL(json_read(w->mem, str_of(json), (JsonLimits){ 0 }, &w->problems, &patch), OK);
            EQUAL(record_patch(w, &client_entity, a, 0, patch, &c), OK);
            EQUAL(record_save(w, &client_entity, &c), INVALID);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("a field that is archived is shown nowhere, and its neighbours keep their values") {
        ON_BOTH(base) {
            Firm    firm  = firm_open(&base, t);
            int64_t first = field_added(
                &firm, "{\"entity\":\"client\",\"type\":\"int\",\"label_ru\":\"Один\",\"label_en\":\"One\"}");
            int64_t next = field_added(
                &firm, "{\"entity\":\"client\",\"type\":\"int\",\"label_ru\":\"Два\",\"label_en\":\"Two\"}");
            int64_t id    = client_patched(&firm, 0, "{\"name\":\"А\",\"x%lld\":1,\"x%lld\":1}", first, next);
            Work   *w     = deed(&firm);
            EQUAL(own_archive(w, first), OK);
            EQUAL(deed_end(&firm, OK), OK);
            client_patched(&firm, id, "{\"x%lld\":22}", next, 0);
            w = deed(&firm);
            STR(listed(w, (Ask){ 0 }, "{\"field\":\"x%lld\",\"op\":\"is\",\"value\":22}", next), S("А"));
            STR(listed(w, (Ask){ 0 }, "{\"field\":\"x%lld\",\"op\":\"is\",\"value\":1}", first),
                S("filter filter.archived_field"));
            EQUAL(own_archive(w, first), NOT_FOUND);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("only who may add fields adds them, and only fields that can be") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            const char *bad[][2] = {
                { "{\"entity\":\"shop\",\"type\":\"int\",\"label_ru\":\"а\"}", "entity own.no_such_entity" },
                { "{\"entity\":\"client_phone\",\"type\":\"int\",\"label_ru\":\"а\"}", "entity own.no_such_entity" },
                { "{\"entity\":\"client\",\"type\":\"link\",\"label_ru\":\"а\"}", "type own.no_such_type" },
                { "{\"entity\":\"client\",\"type\":\"int; drop table client\",\"label_ru\":\"а\"}",
                  "type own.no_such_type" },
                { "{\"entity\":\"client\",\"type\":\"int\",\"label_ru\":\" \"}", "label_ru own.label" },
                { "{\"entity\":\"client\",\"type\":\"choice\",\"label_ru\":\"а\",\"options\":[]}",
                  "options own.options" },
                { "{\"entity\":\"client\",\"type\":\"choice\",\"label_ru\":\"а\",\"options\":[[\"\",\"x\"]]}",
                  "options own.options" },
                { "{\"entity\":\"client\",\"type\":\"ref\",\"label_ru\":\"а\",\"to\":\"shop\"}",
                  "to own.no_such_entity" },
                { "{\"entity\":\"client\",\"type\":\"int\",\"label_ru\":\"а\",\"find\":true}",
                  "find own.not_found_by" },
            };
            for (int i = 0; i < COUNT(bad); i++) {
                Work       *w = deed(&firm);
                const Json *body;
                int64_t     id;
                EQUAL(json_read(w->mem, str_of(bad[i][0]), (JsonLimits){ 0 }, &w->problems, &body), OK);
                EQUAL(own_add_json(w, body, &id), INVALID);
                STR(first_problem(w), str_of(bad[i][1]));
                EQUAL(deed_end(&firm, INVALID), INVALID);
            }
            firm.who = somebody(t, 5, "client:view:all client:change:all");
            Work *w  = deed(&firm);
            int64_t id;
            EQUAL(own_add(w, &(OwnAsk){ .entity = S("client"), .type = TYPE_int, .label_ru = S("а") }, &id), DENIED);
            EQUAL(deed_end(&firm, DENIED), DENIED);
            firm_close(&firm);
        }
    }
}
