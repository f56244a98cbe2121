/* Pieces of text. */
#include "tests/test.h"

TESTS(test_str)
{
    CASE("white space of any kind is cut from both ends and from nowhere else") {
        STR(str_trim(S(" \t\xC2\xA0 a b\xE2\x80\xAF\r\n")), S("a b"));
        STR(str_trim(S(" \xC2\xA0 ")), S(""));
    }
    CASE("a shortened text ends with a whole character") { /* ж is 0xD0 0xB6 */
        STR(str_short(S("aжж"), 4), S("aж"));
        STR(str_short(S("aжж"), 3), S("aж"));
        STR(str_short(S("ж"), 1), S(""));
        STR(str_short(S("aжж"), 9), S("aжж"));
    }
    CASE("a text is cut piece by piece and the last piece needs no separator") {
        Str rest = S("a;;b");
        STR(str_cut(&rest, ';'), S("a"));
        STR(str_cut(&rest, ';'), S(""));
        STR(str_cut(&rest, ';'), S("b"));
        EQUAL(rest.n, 0);
    }
    CASE("a whole number is read to its last value and refused one beyond") {
        int64_t v = 0;
        CHECK(str_i64(S("9223372036854775807"), &v));
        EQUAL(v, INT64_MAX);
        CHECK(str_i64(S("-9223372036854775808"), &v));
        EQUAL(v, INT64_MIN);
        CHECK(!str_i64(S("9223372036854775808"), &v));
        CHECK(!str_i64(S("12 "), &v));
        CHECK(!str_i64(S(""), &v));
        CHECK(!str_i64(S("-"), &v));
    }
    CASE("a part is found at its first place, at both ends, in itself, and however long it is") {
        EQUAL(str_find(S("снабстрой"), S("снаб")), 0);
        EQUAL(str_find(S("снабстрой"), S("строй")), 8);
        EQUAL(str_find(S("ннова"), S("нова")), 2);
        EQUAL(str_find(S("ааб"), S("аб")), 2);
        EQUAL(str_find(S("аб"), S("аб")), 0);
        EQUAL(str_find(S("снаб"), S("снабж")), -1);
        EQUAL(str_find(S("снабстрой"), S("встрой")), -1);
        EQUAL(str_find(S("a"), S("")), 0);
        EQUAL(str_find(S(""), S("a")), -1);
        Str forty = S("0123456789012345678901234567890123456789");
        for (ptrdiff_t n = 1; n <= 40; n++) {
            ptrdiff_t first = (40 - n) % 10;
            EQUAL(str_find(forty, str_from(forty, 40 - n)), first);
            EQUAL(str_find(str_upto(forty, 39), (Str){ (char[40]){ 'x' }, n }), -1);
        }
    }
    CASE("texts that differ by trailing zero bytes have different hashes") {
        CHECK(str_hash((Str){ "a\0", 2 }, 1) != str_hash(S("a"), 1));
        CHECK(str_hash(S("12345678"), 1) != str_hash((Str){ "12345678\0", 9 }, 1));
        CHECK(str_hash(S("abc"), 1) != str_hash(S("abc"), 2));
    }
}
