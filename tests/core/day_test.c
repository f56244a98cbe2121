/* The calendar, checked against dates everybody can look up. */
#include "tests/test.h"

TESTS(test_day)
{
    CASE("known dates have their known numbers") {
        EQUAL(day_of((Civil){ 1970, 1, 1 }), 0);
        EQUAL(day_of((Civil){ 2000, 3, 1 }), 11017); /* 951868800 s / 86400 */
        EQUAL(weekday_of(day_of((Civil){ 2026, 11, 21 })), 5);
        EQUAL(weekday_of(-1), 2);
        EQUAL(day_of((Civil){ 1900, 1, 1 }), DAY_MIN);
        EQUAL(day_of((Civil){ 2199, 12, 31 }), DAY_MAX);
    }
    CASE("every day from 1900 to 2199 comes back from its date") {
        bool same = true;
        for (Day d = DAY_MIN; d <= DAY_MAX; d++) same &= day_of(civil_of(d)) == d && day_valid(civil_of(d));
        CHECK(same);
    }
    CASE("every day is read as it was written, and its month stands in it") {
        bool same = true;
        for (Day d = DAY_MIN; d <= DAY_MAX; d++) {
            Buf b = buf_new(&t->mem, 10), month = buf_new(&t->mem, 7);
            Day back = 0;
            buf_day(&b, d), buf_month(&month, month_of(d));
            same &= day_read(buf_str(&b), &back) && back == d && str_starts(buf_str(&b), buf_str(&month));
        }
        CHECK(same);
    }
    CASE("29 February is only in leap years, and 1900 is none") {
        Day d;
        CHECK(day_read(S("2024-02-29"), &d));
        CHECK(!day_read(S("2023-02-29"), &d));
        CHECK(!day_read(S("1900-02-29"), &d));
        CHECK(!day_read(S("0000-01-01"), &d));
        CHECK(!day_read(S("9999-12-31"), &d));
        CHECK(!day_read(S("2024-1-01"), &d));
    }
    CASE("a month knows its first and last day across the year's end") {
        Month december = month_of(day_of((Civil){ 2023, 12, 5 }));
        EQUAL(month_first(december), day_of((Civil){ 2023, 12, 1 }));
        EQUAL(month_last(december), day_of((Civil){ 2023, 12, 31 }));
        EQUAL(month_first(december + 1), day_of((Civil){ 2024, 1, 1 }));
    }
    CASE("a moment is shown in UTC with milliseconds, before 1970 too") {
        Buf b = buf_new(&t->mem, 64);
        buf_moment(&b, 1772600767089);
        buf_char(&b, ' ');
        buf_moment(&b, -1);
        STR(buf_str(&b), S("2026-03-04T05:06:07.089Z 1969-12-31T23:59:59.999Z"));
    }
}
