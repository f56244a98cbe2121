/* Encodings; the expected bytes were written down from the code charts of Unicode, the samples by Python's own
 * codecs. */
#include "format/charset.h"
#include "core/utf8.h"
#include "tests/test.h"

#include <string.h>

static Str in(Test *t, Encoding e, const char *utf8)
{
    Buf b = buf_new(&t->mem, 256);
    text_from_utf8(e, str_of(utf8), &b);
    return buf_str(&b);
}

static Str back(Test *t, Encoding e, Str bytes)
{
    Buf b = buf_new(&t->mem, 256);
    text_to_utf8(e, bytes, &b);
    return buf_str(&b);
}

static Encoding guess(Str s)
{
    ptrdiff_t mark;
    return encoding_detect(s, &mark);
}

static const char report[] =
    "Контрагент;Дата;Сумма\r\nООО «Ромашка»;05.03.2024;1 234,50\r\nИП Ёлкин;06.03.2024;7,00\r\n";

TESTS(test_charset)
{
    CASE("the same word in each encoding is the same text") {
        STR(back(t, ENC_CP1251, S("\xD1\xE1\xFB\xF2 \xB9 1")), S("Сбыт № 1"));
        STR(back(t, ENC_KOI8R, S("\xF3\xC2\xD9\xD4")), S("Сбыт"));
        STR(back(t, ENC_CP866, S("\x91\xA1\xEB\xE2 \xFC 1")), S("Сбыт № 1"));
        STR(back(t, ENC_UTF16LE, S("\x21\x04\x31\x04\x4B\x04\x42\x04")), S("Сбыт"));
        STR(back(t, ENC_UTF16BE, S("\x04\x21\x04\x31\x04\x4B\x04\x42")), S("Сбыт"));
        STR(back(t, ENC_CP1252, S("caf\xE9 \x80")), S("café €"));
    }
    CASE("writing is reading backwards in every encoding") {
        for (Encoding e = ENC_UTF8; e <= ENC_KOI8R; e++)
            STR(back(t, e, in(t, e, "Ёж и АБВ абв эюя")), S("Ёж и АБВ абв эюя"));
        STR(in(t, ENC_UTF16LE, "\xF0\x9F\x98\x80"), S("\x3D\xD8\x00\xDE"));
        STR(back(t, ENC_UTF16LE, S("\x3D\xD8\x00\xDE")), S("\xF0\x9F\x98\x80"));
    }
    CASE("a character without a place in the encoding is counted, not dropped in silence") {
        Buf b = buf_new(&t->mem, 64);
        EQUAL(text_from_utf8(ENC_KOI8R, S("5 ₽ № 1"), &b), 2);
        STR(buf_str(&b), S("5 ? ? 1"));
    }
    CASE("half a character at the end of a block of UTF-16 is left for the next block") {
        Buf b = buf_new(&t->mem, 64);
        EQUAL(text_to_utf8(ENC_UTF16LE, S("A\0B"), &b), 2);
        EQUAL(text_to_utf8(ENC_UTF16LE, S("A\0\x3D\xD8"), &b), 2);
        STR(back(t, ENC_UTF16LE, S("\x3D\xD8" "A\0\x00\xDE")), S("\xEF\xBF\xBD" "A\xEF\xBF\xBD"));
    }
    CASE("a mark at the front decides and has its length") {
        ptrdiff_t mark;
        EQUAL(encoding_detect(S("\xEF\xBB\xBF" "a;b"), &mark), ENC_UTF8);
        EQUAL(mark, 3);
        EQUAL(encoding_detect(S("\xFF\xFE" "a\0"), &mark), ENC_UTF16LE);
        EQUAL(mark, 2);
        EQUAL(encoding_detect(S("\xFE\xFF\0a"), &mark), ENC_UTF16BE);
        EQUAL(mark, 2);
        EQUAL(encoding_detect(S("a;b"), &mark), ENC_UTF8);
        EQUAL(mark, 0);
    }
    CASE("a report is recognised in each encoding without a mark") {
        for (Encoding e = ENC_UTF8; e <= ENC_KOI8R; e++) EQUAL(guess(in(t, e, report)), e);
        EQUAL(guess(in(t, ENC_CP866, report)), ENC_CP866);
    }
    CASE("capitals alone are told apart by their frequencies") {
        EQUAL(guess(in(t, ENC_CP1251, "НАИМЕНОВАНИЕ;КОЛИЧЕСТВО;СТОИМОСТЬ")), ENC_CP1251);
        EQUAL(guess(in(t, ENC_KOI8R, "НАИМЕНОВАНИЕ;КОЛИЧЕСТВО;СТОИМОСТЬ")), ENC_KOI8R);
        EQUAL(guess(in(t, ENC_CP866, "НАИМЕНОВАНИЕ;КОЛИЧЕСТВО;СТОИМОСТЬ")), ENC_CP866);
    }
    CASE("one broken byte does not turn UTF-8 into another encoding, and its place is known") {
        Str good = str_of(report);
        char *s  = str_c(&t->mem, good);
        s[71]    = '\xFF';
        EQUAL(guess(str_of(s)), ENC_UTF8);
        EQUAL(utf8_first_bad(str_of(s)), 71);
        EQUAL(utf8_first_bad(good), -1);
    }
    CASE("western text is not taken for Russian") {
        EQUAL(guess(S("caf\xE9,M\xFCnster\nTaquer\xED" "a,M\xE9xico")), ENC_CP1252);
        EQUAL(guess(S("price;\xA3" "5\nprice;\xA3" "7")), ENC_CP1252);
    }
    CASE("the place of a bad byte agrees with the strict reader of core at every place and kind") {
        static const char *const bad[] = {
            "\x80",    "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xF0\x80\x80\x80",
            "\xE2\x82"
        };
        bool same = true;
        for (int at = 0; at < 80; at++)
            for (ptrdiff_t i = 0; i < COUNT(bad); i++) {
                char      s[100];
                ptrdiff_t place = -1;
                memset(s, 'a', sizeof s);
                memcpy(s + at, bad[i], strlen(bad[i]));
                same &= !utf8_valid((Str){ s, 100 }, &place) && place == at && utf8_first_bad((Str){ s, 100 }) == at;
            }
        CHECK(same);
    }
    CASE("two Russian letters are one sample, and nothing is UTF-8") {
        EQUAL(guess(S("")), ENC_UTF8);
        EQUAL(guess(S("\xC4\xE0")), ENC_CP1251); /* "Да" */
        TEXT(encoding_names[ENC_CP1251], "windows-1251");
    }
    CASE("a real file in cp1251 is recognised and reads as its UTF-8 twin") {
        NEEDS_SHARED
        Str cp = test_file(t, "ru_cities/city_cp1251.csv"), utf = test_file(t, "ru_cities/city.csv");
        EQUAL(guess(cp), ENC_CP1251);
        EQUAL(guess(utf), ENC_UTF8);
        EQUAL(guess(in(t, ENC_KOI8R, str_c(&t->mem, utf))), ENC_KOI8R);
        EQUAL(guess(in(t, ENC_UTF16BE, str_c(&t->mem, utf))), ENC_UTF16BE);
        CHECK(str_find(back(t, ENC_CP1251, cp), S("Респ Адыгея, г Адыгейск;385200;Россия;Южный")) > 0);
    }
}
