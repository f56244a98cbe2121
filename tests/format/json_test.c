/* JSON: expected texts and refusals follow RFC 8259 (grammar) and RFC 7493 (I-JSON: no duplicate names, no surrogates
 * alone). */
#include "format/json.h"
#include "tests/test.h"

#include <string.h>

static Err reading(Test *t, Str text, JsonLimits limits, const char **key)
{
    Problems    problems = { .mem = &t->mem };
    const Json *got      = NULL;
    Err         err      = json_read(&t->mem, text, limits, &problems, &got);
    *key                 = problems.first ? problems.first->key : "";
    return err;
}

static Str copied(Test *t, Str text)
{
    Problems    problems = { .mem = &t->mem };
    const Json *got      = NULL;
    if (json_read(&t->mem, text, (JsonLimits){ 0 }, &problems, &got) != OK) return S("refused");
    Buf     b = buf_new(&t->scratch, 64);
    JsonOut j = js_to(&b);
    js_copy(&j, got);
    return buf_str(&b);
}

TESTS(test_json)
{
    CASE("objects, arrays and their commas nest as the grammar says") {
        Buf     b = buf_new(&t->mem, 16);
        JsonOut j = js_to(&b);
        js_object(&j);
        js_key(&j, "id"), js_i64(&j, -7);
        js_key(&j, "list"), js_array(&j);
        js_array(&j), js_end(&j);
        js_object(&j), js_end(&j);
        js_bool(&j, true), js_null(&j), js_raw(&j, S("1.5"));
        js_end(&j);
        js_key(&j, "name"), js_c(&j, "Ромашка");
        js_key(&j, "none"), js_c(&j, NULL);
        js_end(&j);
        STR(buf_str(&b), S("{\"id\":-7,\"list\":[[],{},true,null,1.5],\"name\":\"Ромашка\",\"none\":null}"));
    }
    CASE("every control character, quote and backslash is escaped wherever it stands in a long text") {
        Buf     b = buf_new(&t->mem, 16);
        JsonOut j = js_to(&b);
        js_array(&j);
        js_str(&j, S("a\"b\\c\n\r\t\b\f\x01\x1f\x7f"));
        js_str(&j, S("0123456789abcdef\"0123456\n89abcdef"));
        js_str(&j, (Str){ "\0", 1 });
        js_end(&j);
        STR(buf_str(&b),
            S("[\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\\u001f\x7f\",\"0123456789abcdef\\\"0123456\\n89abcdef\","
              "\"\\u0000\"]"));
    }
    CASE("each byte that is not UTF-8 becomes U+FFFD, a whole character beside it stays") {
        Buf     b = buf_new(&t->mem, 16);
        JsonOut j = js_to(&b);
        js_str(&j, S("я\xFFж\xD0"));
        STR(buf_str(&b), S("\"я\xEF\xBF\xBDж\xEF\xBF\xBD\""));
        b.len = 0;
        j     = js_to(&b);
        js_str(&j, S("\xEF\xBF\xBD and \xED\xA0\x80"));
        STR(buf_str(&b), S("\"\xEF\xBF\xBD and \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""));
        b.len = 0;
        j     = js_to(&b);
        js_str(&j, S("ООО \xD0\xD0«Луч» 12345678\xD1 \xC0\x80 \"ы\"€"));
        STR(buf_str(&b), S("\"ООО \xEF\xBF\xBD\xEF\xBF\xBD«Луч» 12345678\xEF\xBF\xBD "
                           "\xEF\xBF\xBD\xEF\xBF\xBD \\\"ы\\\"€\""));
    }
    CASE("money and quantities are strings, an empty one is null, a share is a number") {
        Buf     b = buf_new(&t->mem, 16);
        JsonOut j = js_to(&b);
        js_array(&j);
        js_money(&j, 891140790), js_money(&j, -5), js_money(&j, NONE);
        js_qty(&j, 1500), js_price(&j, 12500000), js_ratio(&j, 250000);
        js_day(&j, 0), js_day(&j, DAY_NONE), js_moment(&j, 89), js_month(&j, 2010 * 12 + 11);
        js_share(&j, 1, 3);
        js_wide_money(&j, 100);
        js_end(&j);
        STR(buf_str(&b), S("[\"8911407.90\",\"-0.05\",null,\"1.5\",\"12.5\",\"0.25\",\"1970-01-01\",null,"
                           "\"1970-01-01T00:00:00.089Z\",\"2010-12\",33.333333,\"1.00\"]"));
    }
    CASE("what was read is written back as it was, integers to the last digit") {
        STR(copied(
                t,
                S(" { \"b\" : [ 9223372036854775807 , -9223372036854775808, 9007199254740993, 0.1, 1.0e2 ],"
                  " \"a\":\"\\u044f\\n\" } ")),
            S("{\"b\":[9223372036854775807,-9223372036854775808,9007199254740993,0.10000000000000001,100.0],"
              "\"a\":\"я\\n\"}"));
        STR(copied(t, S("[{},[],true,false,null,\"\"]")), S("[{},[],true,false,null,\"\"]"));
    }
    CASE("a member is found by its name and only as what it is") {
        Problems    problems = { .mem = &t->mem };
        const Json *got      = NULL;
        Str         text     = S("untouched");
        int64_t     n        = 5;
        bool        yes      = false;
        EQUAL(json_read(&t->mem, S("{\"name\":\"Вася\",\"id\":12,\"on\":true,\"half\":0.5}"), (JsonLimits){ 0 },
                        &problems, &got),
              OK);
        EQUAL(got->count, 4);
        CHECK(!json_get_text(got, "id", &text));
        CHECK(!json_get_i64(got, "half", &n));
        CHECK(!json_get_i64(NULL, "id", &n));
        CHECK(json_get(got, "Name") == NULL);
        STR(text, S("untouched"));
        CHECK(json_get_text(got, "name", &text) && json_get_i64(got, "id", &n) && json_get_bool(got, "on", &yes));
        STR(text, S("Вася"));
        EQUAL(n, 12);
        CHECK(yes);
    }
    static const struct {
        const char *text, *key;
        int         n;
    } bad[] = {
        { "{\"a\":1,\"a\":2}", "json.duplicate_key", 0 },
        { "[1,]", "json.syntax", 0 },
        { "[01]", "json.syntax", 0 },
        { "[1] x", "json.more", 0 },
        { "[NaN]", "json.syntax", 0 },
        { "{'a':1}", "json.syntax", 0 },
        { "[1", "json.cut", 0 },
        { "", "json.cut", 0 },
        { "7", "json.syntax", 0 },
        { "\"text\"", "json.syntax", 0 },
        { "[\"\xFF\"]", "json.not_utf8", 0 },
        { "[\"\xED\xA0\x80\"]", "json.not_utf8", 0 },
        { "[\"\\ud800\"]", "json.syntax", 0 },
        { "[\"\\u0000\"]", "json.zero", 0 },
        { "{\"a\\u0000\":1}", "json.zero", 0 },
        { "[1]\0", "json.more", 4 },
        { "[9223372036854775808]", "json.number", 0 },
        { "[1e999]", "json.number", 0 },
        { "[\"\n\"]", "json.syntax", 0 },
    };
    CASE("every text with no meaning or two meanings is refused with the reason") {
        for (ptrdiff_t i = 0; i < COUNT(bad); i++) {
            const char *key;
            Err         err = reading(t, (Str){ bad[i].text, bad[i].n ? bad[i].n : (ptrdiff_t)strlen(bad[i].text) },
                                      (JsonLimits){ 0 }, &key);
            test_check(t, err == INVALID && str_eq(str_of(key), str_of(bad[i].key)), __FILE__, __LINE__,
                       "%s gives %s, not %s", bad[i].text, key, bad[i].key);
        }
    }
    CASE("limits hold exactly: so much is read, one more is refused") {
        const char *key;
        EQUAL(reading(t, S("[[[]]]"), (JsonLimits){ .depth = 3 }, &key), OK);
        EQUAL(reading(t, S("[[[[]]]]"), (JsonLimits){ .depth = 3 }, &key), INVALID);
        TEXT(key, S("json.too_deep").s);
        EQUAL(reading(t, S("[[],[],[],[]]"), (JsonLimits){ .depth = 2 }, &key), OK);
        EQUAL(reading(t, S("[\"[[[[\\\"[[[\"]"), (JsonLimits){ .depth = 1 }, &key), OK);
        EQUAL(reading(t, S("[1,2,3]"), (JsonLimits){ .values = 4 }, &key), OK);
        EQUAL(reading(t, S("[1,2,3,4]"), (JsonLimits){ .values = 4 }, &key), INVALID);
        TEXT(key, S("json.too_many").s);
        EQUAL(reading(t, S("[1,2,3]"), (JsonLimits){ .bytes = 6 }, &key), INVALID);
        TEXT(key, S("json.too_large").s);
    }
    CASE("a refusal names the line and the column") {
        Problems    problems = { .mem = &t->mem };
        const Json *got      = NULL;
        EQUAL(json_read(&t->mem, S("{\n  \"a\": 1,\n  \"b\": x\n}"), (JsonLimits){ 0 }, &problems, &got), INVALID);
        EQUAL(problems.first->args[0].number, 3);
        EQUAL(problems.first->args[1].number, 8);
        CHECK(got == NULL);
    }
}
