/* Types: text and JSON of each, there and back.  Expected values come from the head. */
#include "entity/meta.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdio.h>
#include <string.h>

static const char *const kinds[] = { "one", "two", NULL };

static const Field fields[TYPE_COUNT] = {
    [TYPE_text] = { .name = "a", .type = TYPE_text, .max = 5 },
    [TYPE_int] = { .name = "a", .type = TYPE_int, .min = -5, .max = 100 },
    [TYPE_bool] = { .name = "a", .type = TYPE_bool },
    [TYPE_money] = { .name = "a", .type = TYPE_money },
    [TYPE_price] = { .name = "a", .type = TYPE_price },
    [TYPE_qty] = { .name = "a", .type = TYPE_qty },
    [TYPE_ratio] = { .name = "a", .type = TYPE_ratio },
    [TYPE_degree] = { .name = "a", .type = TYPE_degree },
    [TYPE_day] = { .name = "a", .type = TYPE_day },
    [TYPE_moment] = { .name = "a", .type = TYPE_moment },
    [TYPE_choice] = { .name = "a", .type = TYPE_choice, .options = kinds },
    [TYPE_ref] = { .name = "a", .type = TYPE_ref, .to = "client" },
    [TYPE_link] = { .name = "a", .type = TYPE_link },
    [TYPE_rhythm] = { .name = "a", .type = TYPE_rhythm },
    [TYPE_span] = { .name = "a", .type = TYPE_span },
    [TYPE_filter] = { .name = "a", .type = TYPE_filter, .to = "client" },
};

/* What becomes of a JSON value: its JSON again, or `refused`, or the key of the limit it breaks. */
static Str through(Test *t, TypeId type, const char *json)
{
    const Json *read;
    Problems    none = { .mem = &t->mem };
    const char *key;
    Value       v, limit;
    Str         whole = str_fmt(&t->mem, "[%s]", json);
    if (json_read(&t->mem, whole, (JsonLimits){ 0 }, &none, &read) != OK) return S("no JSON");
    if (!value_of_json(&t->mem, &fields[type], read->first, &v)) return S("refused");
    if (value_check(&fields[type], v, &key, &limit) != OK) return str_of(key);
    Buf     text = buf_new(&t->mem, 64);
    JsonOut out  = js_to(&text);
    value_json(&out, &fields[type], v);
    return buf_str(&text);
}

TESTS(test_value)
{
    CASE("each type takes what it means, gives it back in one form, and refuses the rest") {
        static const struct {
            TypeId      type;
            const char *in, *out;
        } asked[] = {
            { TYPE_text, "\" ё \"", "\"ё\"" },
            { TYPE_text, "\"\"", "null" },
            { TYPE_text, "null", "null" },
            { TYPE_text, "\"abcdef\"", "field.too_long" },
            { TYPE_text, "\"ёёёёё\"", "\"ёёёёё\"" },
            { TYPE_text, "5", "refused" },
            { TYPE_text, "\"a\\u0001\"", "field.odd_character" },
            { TYPE_int, "12", "12" },
            { TYPE_int, "101", "field.too_large" },
            { TYPE_int, "-6", "field.too_small" },
            { TYPE_int, "\"12\"", "refused" },
            { TYPE_int, "1.5", "refused" },
            { TYPE_bool, "true", "true" },
            { TYPE_bool, "null", "false" },
            { TYPE_bool, "1", "refused" },
            { TYPE_money, "\"123.45\"", "\"123.45\"" },
            { TYPE_money, "12", "\"12.00\"" },
            { TYPE_money, "\"-0.5\"", "\"-0.50\"" },
            { TYPE_money, "\"1.234\"", "refused" },
            { TYPE_money, "\"1,5\"", "refused" },
            { TYPE_money, "1.5", "refused" },
            { TYPE_money, "\"\"", "null" },
            { TYPE_money, "\"1.\"", "refused" },
            { TYPE_money, "\"--1\"", "refused" },
            { TYPE_money, "\"99999999999999999999\"", "refused" },
            { TYPE_money, "\"10000000000000000\"", "field.too_large" },
            { TYPE_price, "\"0.000001\"", "\"0.000001\"" },
            { TYPE_price, "\"12.50\"", "\"12.5\"" },
            { TYPE_qty, "\"0.25\"", "\"0.25\"" },
            { TYPE_qty, "\"0.0001\"", "refused" },
            { TYPE_ratio, "\"0.3\"", "\"0.3\"" },
            { TYPE_degree, "\"-55.751244\"", "\"-55.751244\"" },
            { TYPE_degree, "\"180.000001\"", "field.too_large" },
            { TYPE_day, "\"2026-03-04\"", "\"2026-03-04\"" },
            { TYPE_day, "\"2026-02-30\"", "refused" },
            { TYPE_day, "20260304", "refused" },
            { TYPE_day, "\"1970-01-01\"", "\"1970-01-01\"" },
            { TYPE_moment, "\"2026-03-04T05:06:07Z\"", "\"2026-03-04T05:06:07.000Z\"" },
            { TYPE_moment, "\"2026-03-04T05:06:07.05Z\"", "\"2026-03-04T05:06:07.050Z\"" },
            { TYPE_moment, "\"2026-03-04T25:06:07Z\"", "refused" },
            { TYPE_moment, "\"2026-03-04T05:06:07\"", "refused" },
            { TYPE_moment, "\"2026-03-04T05:06:07.1234Z\"", "refused" },
            { TYPE_choice, "\"two\"", "\"two\"" },
            { TYPE_choice, "\"Two\"", "refused" },
            { TYPE_choice, "2", "refused" },
            { TYPE_ref, "42", "42" },
            { TYPE_ref, "0", "field.too_small" },
            { TYPE_ref, "\"42\"", "refused" },
            { TYPE_link, "\"client:42\"", "\"client:42\"" },
            { TYPE_link, "\"client\"", "refused" },
            { TYPE_link, "\":42\"", "refused" },
            { TYPE_rhythm, "\" weekly thu,mon  9:00\"", "\"weekly mon,thu 09:00\"" },
            { TYPE_rhythm, "\"each 60 min\"", "\"each 1 h\"" },
            { TYPE_rhythm, "\"\"", "null" },
            { TYPE_rhythm, "\"daily 25:00\"", "rhythm.time" },
            { TYPE_rhythm, "5", "refused" },
            { TYPE_span, "\"-3 wd\"", "\"-3 wd\"" },
            { TYPE_span, "\"3wd\"", "\"3 wd\"" },
            { TYPE_span, "\"3\"", "span.unit" },
            { TYPE_span, "3", "refused" },
            { TYPE_filter, "{\"field\" : \"city\",\"op\":\"is\"}", "{\"field\":\"city\",\"op\":\"is\"}" },
            { TYPE_filter, "\"{\\\"all\\\": []}\"", "{\"all\":[]}" },
            { TYPE_filter, "\"city\"", "refused" },
            { TYPE_filter, "[]", "refused" },
            { TYPE_filter, "7", "refused" },
            { TYPE_text, "[]", "refused" },
            { TYPE_day, "{}", "refused" },
        };
        for (int i = 0; i < COUNT(asked); i++) STR(through(t, asked[i].type, asked[i].in), str_of(asked[i].out));
    }
    CASE("the empty value of a type is not its zero") {
        ON_BOTH(base) {
            Firm   firm = firm_open(&base, t);
            Work  *w    = deed(&firm);
            Client c;
            record_empty(w, &client_entity, &c);
            CHECK(value_get(field_of(&client_entity, "state_since"), &c).empty);
            c.state_since = 0;
            CHECK(!value_get(field_of(&client_entity, "state_since"), &c).empty);
            EQUAL(value_get(field_of(&client_entity, "state"), &c).n, CLIENT_POTENTIAL);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("what the browser, programs and the compiler are told names every field and is well-formed") {
        ON_BOTH(base) {
            Firm        firm = firm_open(&base, t);
            Work       *w    = deed(&firm);
            Buf         text = buf_new(w->mem, 1 << 16);
            JsonOut     out  = js_to(&text);
            const Json *json;
            meta_json(w, &out);
            EQUAL(json_read(w->mem, buf_str(&text), (JsonLimits){ 0 }, &w->problems, &json), OK);
            const Json *client = json_get(json, "entities")->first;
            STR(json_get(client, "name")->text, S("client"));
            STR(json_get(client, "label")->text, S("Клиенты"));
            EQUAL(json_get(client, "fields")->count, client_entity.field_count - 1); /* what its state was is inner */
            EQUAL(json_get(client, "figures")->count, 13);
            EQUAL(json_get(json_get(client, "children")->first->next, "fields")->count, 2);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 5, "client:view:own product:view:all:finance product:change:all");
            w        = deed(&firm);
            text     = buf_new(w->mem, 1 << 16);
            out      = js_to(&text);
            meta_json(w, &out);
            EQUAL(json_read(w->mem, buf_str(&text), (JsonLimits){ 0 }, &w->problems, &json), OK);
            EQUAL(json_get(json, "entities")->count, 2);
            CHECK(str_find(buf_str(&text), S("\"name\":\"cost\"")) < 0);
            CHECK(str_find(buf_str(&text), S("\"verbs\":[\"view\",\"change\"]")) > 0);
            text = buf_new(w->mem, 1 << 16);
            out  = js_to(&text);
            js_object(&out);
            openapi_schemas(&out);
            js_end(&out);
            EQUAL(json_read(w->mem, buf_str(&text), (JsonLimits){ 0 }, &w->problems, &json), OK);
            CHECK(json_get(json_get(json, "sale"), "properties") != NULL);
            CHECK(json_get(json_get(json_get(json, "sale_patch"), "properties"), "total") == NULL);
            text = buf_new(w->mem, 1 << 16);
            types_typescript(&text);
            CHECK(str_find(
                      buf_str(&text),
                      S("export interface ClientPhone {\n  id: number;\n  number: string;\n  note: string | null;\n")) >
                  0);
            CHECK(str_find(buf_str(&text), S("  kind: \"sale\" | \"return\";\n")) > 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("the check digits of a taxpayer number are those of the tax service, and a phone has one way to be looked"
         " for") {
        EQUAL(inn_verdict(S("7707083893")), INN_RIGHT);   /* Sberbank, public register */
        EQUAL(inn_verdict(S("7707083894")), INN_DIGITS);
        EQUAL(inn_verdict(S("500100732259")), INN_RIGHT); /* the example of the tax service's order */
        EQUAL(inn_verdict(S("500100732258")), INN_DIGITS);
        EQUAL(inn_verdict(S("77070838")), INN_LENGTH);
        EQUAL(inn_verdict(S("77070838AB")), INN_ODD);
        STR(phone_digits(&t->mem, S("8 (343) 200-00-00")), S("73432000000"));
        STR(phone_digits(&t->mem, S("+7 343 2000000")), S("73432000000"));
        STR(phone_digits(&t->mem, S("343 200 00 00")), S("73432000000"));
        STR(phone_digits(&t->mem, S("+49 30 901820")), S("4930901820"));
        STR(phone_digits(&t->mem, S("200-00-00")), S("2000000"));
        STR(phone_digits(&t->mem, S("доб. 12")), S(""));
    }
}
