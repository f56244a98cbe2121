/* Texts with numbers; what is expected is counted by the loop that makes them. */
#include "sales/import/texts.h"
#include "tests/test.h"

/* 7919 and 300007 are primes: all differ */
static Str text_of(Arena *mem, int i) { return str_fmt(mem, "Д-%07lld", (long long)i * 7919 % 300007); }

TESTS(test_texts)
{
    CASE("a text has the number of its first appearance, however many there are") {
        bool  fresh, right = true;
        Texts texts = texts_new(&t->mem, 300001);
        for (int i = 0; i < 300000; i++)
            right = right && text_number(&texts, text_of(&t->scratch, i), &t->mem, &fresh) == (uint32_t)i + 1 && fresh;
        CHECK(right);
        for (int i = 0; i < 300000; i += 7)
            right = right && text_number(&texts, text_of(&t->scratch, i), &t->mem, &fresh) == (uint32_t)i + 1 && !fresh;
        CHECK(right);
        EQUAL(texts.count, 300001);
        STR(texts.text[2], S("Д-0007919"));
    }

    CASE("texts are told apart by all their bytes, and the empty one is a text") {
        bool  fresh;
        Texts texts = texts_new(&t->mem, 10);
        EQUAL(text_number(&texts, S(""), &t->mem, &fresh), 1);
        EQUAL(text_number(&texts, (Str){ "\0\0\0\0", 4 }, &t->mem, &fresh), 2);
        EQUAL(text_number(&texts, (Str){ "\0\0\0\0\0\0\0\1", 8 }, &t->mem, &fresh), 3);
        EQUAL(text_number(&texts, (Str){ "\0\0\0\0", 4 }, &t->mem, &fresh), 2);
        CHECK(!fresh);
    }
}
