/* How the program speaks: plural rules after CLDR, figures as UX.md shows them; written down by hand. */
#include "core/words.h"
#include "tests/test.h"

#include <string.h>

#define NARROW "\xE2\x80\xAF"

static const Voice ru = { LANG_RU, "₽" }, en = { LANG_EN, "£" }, plain = { LANG_RU, NULL };

static Str said(Test *t, Voice v, const char *key, Arg a, Arg b)
{
    Buf out = buf_new(&t->mem, 64);
    SAY(&out, v, key, a, b);
    return buf_str(&out);
}

static Str shown(Test *t, void (*put)(Buf *, Voice, Wide), Voice v, Wide m)
{
    Buf out = buf_new(&t->mem, 64);
    put(&out, v, m);
    return buf_str(&out);
}

TESTS(test_words)
{
    CASE("money has narrow spaces, a comma and the sign behind in Russian; commas, a point and the sign in front in"
         " English") {
        STR(shown(t, money_put, ru, 123456789), S("1" NARROW "234" NARROW "567,89" NARROW "₽"));
        STR(shown(t, money_put, en, 123456789), S("£1,234,567.89"));
        STR(shown(t, money_put, plain, 5), S("0,05"));
        STR(shown(t, money_put, ru, -10000), S("\xE2\x88\x92" "100,00" NARROW "₽"));
        STR(shown(t, money_put, en, -99), S("\xE2\x88\x92" "£0.99"));
        STR(shown(t, about_put, plain, 99950), S("1" NARROW "000"));
        STR(shown(t, about_put, en, -49), S("£0"));
    }
    CASE("shares keep the places asked for") {
        Buf b = buf_new(&t->mem, 64);
        share_put(&b, ru, 125500, 1);
        buf_char(&b, ' ');
        share_put(&b, en, 125500, 0);
        buf_char(&b, ' ');
        share_put(&b, en, 31444, 4);
        STR(buf_str(&b), S("12,6" NARROW "% 13% 3.1444%"));
    }
    CASE("days and months are written as the language writes them") {
        Buf b = buf_new(&t->mem, 64);
        Day d = day_of((Civil){ 2026, 3, 4 });
        day_put(&b, ru, d);
        buf_char(&b, ' ');
        day_put(&b, en, d);
        buf_char(&b, ' ');
        month_put(&b, ru, month_of(d));
        buf_char(&b, ' ');
        month_put(&b, en, month_of(d));
        STR(buf_str(&b), S("04.03.2026 4 Mar 2026 март 2026 March 2026"));
    }
    CASE("a Russian number asks for one of three forms, an English one for one of two") {
        const char *want = "2011122222222222222220111222222";
        for (int n = 0; n <= 30; n++) EQUAL(plural_form(LANG_RU, n), want[n] - '0');
        EQUAL(plural_form(LANG_RU, 111), 2);
        EQUAL(plural_form(LANG_RU, 1001), 0);
        EQUAL(plural_form(LANG_RU, -2), 1);
        EQUAL(plural_form(LANG_EN, 1), 0);
        EQUAL(plural_form(LANG_EN, 0), 2);
        EQUAL(plural_form(LANG_EN, 21), 2);
    }
    CASE("an argument stands where its name is") {
        STR(said(t, ru, "cell.no_number", arg_text("what", S("пять")), arg_count("x", 1)), S("«пять» — не число"));
        STR(said(t, en, "json.cut", arg_count("line", 1200), arg_count("column", 7)),
            S("The text ends too early (line 1,200, column 7)"));
    }
    CASE("a missing key and a missing argument show themselves") {
        STR(said(t, ru, "no.such", arg_count("n", 1), arg_count("x", 1)), S("no.such"));
        STR(said(t, ru, "cell.no_number", arg_count("n", 1), arg_count("x", 1)), S("«{what}» — не число"));
    }
    CASE("forms in braces and texts by number choose the right one") {
        STR(said(t, ru, "finding.middle_is_thin", arg_count("clients", 22), arg_share("share", 55000)),
            S("В классе B лишь 22 клиента (5,5" NARROW "% базы): некому дорасти до A."));
        STR(said(t, en, "finding.middle_is_thin", arg_count("clients", 1), arg_share("share", 50000)),
            S("Class B is only 1 client (5% of the base): nobody is there to grow into class A."));
        STR(said(t, ru, "problem.more", arg_count("n", 5), arg_count("x", 1)), S("и ещё 5 замечаний"));
        STR(said(t, en, "problem.more", arg_count("n", 5), arg_count("x", 1)), S("and 5 more remarks"));
    }
    CASE("a locale names its language") {
        Lang l;
        CHECK(lang_read(S("ru_RU.UTF-8"), &l) && l == LANG_RU);
        CHECK(lang_read(S("en"), &l) && l == LANG_EN);
        CHECK(!lang_read(S("rum"), &l));
        CHECK(!lang_read(S("C.UTF-8"), &l));
    }
    CASE("the table is in byte order, so that every key is found") {
        for (ptrdiff_t i = 1; i < words_count; i++) CHECK(strcmp(words_table[i - 1].key, words_table[i].key) < 0);
        for (ptrdiff_t i = 0; i < words_count; i++)
            CHECK(words_text(LANG_EN, words_table[i].key) == words_table[i].text[LANG_EN]);
    }
}
