/* Names as people write, sort and look for them. */
#include "core/utf8.h"
#include "tests/test.h"

static bool before(Test *t, const char *a, const char *b)
{
    return str_cmp(name_sort(&t->mem, str_of(a)), name_sort(&t->mem, str_of(b))) < 0;
}

TESTS(test_utf8)
{
    CASE("ё is found by е and case does not matter") {
        STR(name_find(&t->mem, S("  АРТЁМ \xC2\xA0  Ёж ")), S("артем еж"));
        STR(name_find(&t->mem, S("ÀÉÎ Straße Ω")), S("àéî straße ω"));
    }
    CASE("a letter and its mark are one letter, invisible ones none, and a mark without a letter of its own stays") {
        STR(name_find(&t->mem, S("И\u0306огурт и Е\u0308ж")), S("йогурт и еж"));
        STR(name_find(&t->mem, S("Cafe\u0301 Cze\u0328stochowa")), S("café częstochowa"));
        STR(name_find(&t->mem, S("Ро\u200bмаш\u00ADка\uFEFF")), S("ромашка"));
        STR(name_find(&t->mem, S("ж\u0301 \u0306")), S("ж\u0301 \u0306"));
        STR(name_sort(&t->mem, S("И\u0306од")), name_sort(&t->mem, S("Йод")));
    }
    CASE("names sort as a Russian expects: ё between е and ж") {
        CHECK(before(t, "Ель", "Ёлка"));
        CHECK(before(t, "Еяя", "Ёаа"));
        CHECK(before(t, "Ёлка", "Жук"));
        CHECK(before(t, "Юг", "Яблоко"));
    }
    CASE("legal form and quotes do not decide the order") {
        CHECK(before(t, "ООО «Альфа»", "АО Бета"));
        CHECK(before(t, "ИП Абрамов", "Алмаз, ООО"));
        CHECK(before(t, "Acme Ltd", "Bolt Inc."));
        CHECK(before(t, "«Альфа» ООО", "ООО \"Альфа-2\""));
    }
    CASE("a firm that is called by a legal form only keeps its name") {
        CHECK(name_sort(&t->mem, S("ООО")).n > 0);
    }
    CASE("numbers in names sort by value") {
        CHECK(before(t, "Магазин 2", "Магазин 10"));
        CHECK(before(t, "Магазин 0010", "Магазин 11"));
        CHECK(before(t, "Магазин 999999999", "Магазин 1000000000"));
    }
    CASE("ill-formed bytes are found at their place and never read past the end") {
        ptrdiff_t bad = -1;
        CHECK(utf8_valid(S("я\xF0\x9F\x98\x80"), &bad));
        CHECK(!utf8_valid(S("ab\xC0\xAF"), &bad));
        EQUAL(bad, 2);
        CHECK(!utf8_valid(S("\xED\xA0\x80"), &bad));
        CHECK(!utf8_valid(S("a\xE2\x82"), &bad));
        EQUAL(bad, 1);
        CHECK(utf8_valid(S("\xEF\xBF\xBD"), &bad));
    }
}
