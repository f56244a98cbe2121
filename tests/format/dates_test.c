/* Cells as days; the expected days are written in ISO and read by core/day.h, serials follow Excel's own table (1 =
 * 1900-01-01). */
#include "format/moments.h"
#include "tests/test.h"

static Str shown(Test *t, const char *cell, DayOrder order)
{
    static const char *const refused[] = { "", "empty", "wrong", "beyond" };
    Day      d = DAY_NONE;
    CellRead r = day_cell_read(str_of(cell), order, &d);
    Buf      b = buf_new(&t->mem, 32);
    if (r != CELL_READ) return str_of(refused[r]);
    buf_day(&b, d);
    return buf_str(&b);
}

#define DATE(cell, order, want) STR(shown(t, cell, order), S(want))

static DayOrder order_of(const char *const *cells, bool *doubt)
{
    DayVotes v = { 0 };
    for (; *cells; cells++) day_vote(&v, str_of(*cells));
    return day_order(&v, doubt);
}

static Str moment_shown(Test *t, const char *cell, DayOrder order)
{
    WallTime m;
    Buf      b = buf_new(&t->mem, 64);
    if (moment_cell_read(str_of(cell), order, &m) != CELL_READ) return S("refused");
    buf_day(&b, m.day);
    if (m.second != NONE) buf_fmt(&b, " %lld", (long long)m.second);
    if (m.offset != NONE) buf_fmt(&b, " %+lld", (long long)m.offset);
    return buf_str(&b);
}

#define MOMENT(cell, order, want) STR(moment_shown(t, cell, order), S(want))

TESTS(test_cell_day)
{
    CASE("a time behind a day is its second, with the zone where one is written") {
        MOMENT("05.03.2024 9:05", DAY_DMY, "2024-03-05 32700");
        MOMENT("05.03.2024 23:59:59", DAY_DMY, "2024-03-05 86399");
        MOMENT("05.03.2024", DAY_DMY, "2024-03-05");
        MOMENT("3/5/2024 9:15 PM", DAY_MDY, "2024-03-05 76500");
        MOMENT("3/5/2024 12:15 AM", DAY_MDY, "2024-03-05 900");
        MOMENT("2024-03-05T23:10:00+03:00", DAY_YMD, "2024-03-05 83400 +10800");
        MOMENT("2024-03-05T06:05:04.500Z", DAY_YMD, "2024-03-05 21904 +0");
        MOMENT("45356.5", DAY_SERIAL, "2024-03-05 43200");
        MOMENT("45356", DAY_SERIAL, "2024-03-05");
        MOMENT("05.03.2024 24:05", DAY_DMY, "refused");
        MOMENT("05.03.2024 9:75", DAY_DMY, "refused");
        MOMENT("завтра в 9:05", DAY_DMY, "refused");
    }
    CASE("a Russian date has its day first, whatever it is parted by") {
        DATE("05.03.2024", DAY_DMY, "2024-03-05");
        DATE("5.3.24", DAY_DMY, "2024-03-05");
        DATE("05/03/2024", DAY_DMY, "2024-03-05");
        DATE("5-3-2024", DAY_DMY, "2024-03-05");
        DATE("01.12.69", DAY_DMY, "2069-12-01");
        DATE("01.12.70", DAY_DMY, "1970-12-01");
        DATE("05.03.2024 г.", DAY_DMY, "2024-03-05");
        DATE("05.03.2024 23:59:59", DAY_DMY, "2024-03-05");
        DATE("05.03.2024 9:05", DAY_DMY, "2024-03-05");
    }
    CASE("an American date has its month first") {
        DATE("3/5/2024", DAY_MDY, "2024-03-05");
        DATE("12/31/99 9:15 PM", DAY_MDY, "1999-12-31");
        DATE("12/31/2024 12:00:00 AM", DAY_MDY, "2024-12-31");
        DATE("05.03.2024", DAY_MDY, "2024-03-05"); /* dots are never American */
    }
    CASE("four digits in front are a year in every order, with a time and a zone or without") {
        DATE("2024-03-05", DAY_DMY, "2024-03-05");
        DATE("2024/03/05", DAY_MDY, "2024-03-05");
        DATE("2024.3.5", DAY_YMD, "2024-03-05");
        DATE("2024-03-05T23:10:00+03:00", DAY_YMD, "2024-03-05");
        DATE("2024-03-05T23:10:00.123456Z", DAY_YMD, "2024-03-05");
        DATE("2024-03-05 23:10:00 +0300", DAY_YMD, "2024-03-05");
        DATE("2010-12-01 08:26:00", DAY_YMD, "2010-12-01");
        DATE("2024-03-05 23:10 UTC", DAY_YMD, "2024-03-05");
    }
    CASE("eight digits are a date, and what a database appends to them is a time") {
        DATE("20240305", DAY_YMD, "2024-03-05");
        DATE("05032024", DAY_DMY, "2024-03-05");
        DATE("03052024", DAY_MDY, "2024-03-05");
        DATE("20240305", DAY_DMY, "2024-03-05");
        DATE("20240305101500", DAY_YMD, "2024-03-05");
        DATE("20241305", DAY_YMD, "wrong");
    }
    CASE("months have names in Russian and English, whole or cut") {
        DATE("5 марта 2024 г.", DAY_DMY, "2024-03-05");
        DATE("«05» Марта 2024 года", DAY_DMY, "2024-03-05");
        DATE("5 мая 2024", DAY_YMD, "2024-05-05");
        DATE("01-сен-2024", DAY_DMY, "2024-09-01");
        DATE("1 янв. 2024", DAY_DMY, "2024-01-01");
        DATE("05-Mar-2024", DAY_DMY, "2024-03-05");
        DATE("5-Mar-24", DAY_DMY, "2024-03-05");
        DATE("Mar 5, 2024", DAY_DMY, "2024-03-05");
        DATE("March 5th, 2024 10:00", DAY_MDY, "2024-03-05");
        DATE("5th of March 2024", DAY_DMY, "2024-03-05");
        DATE("Tue, 05 Mar 2024 10:00:00 GMT", DAY_DMY, "2024-03-05");
        DATE("вт, 5 марта 2024 г.", DAY_DMY, "2024-03-05");
        DATE("Вт 05.03.2024", DAY_DMY, "2024-03-05");
        DATE("Tue Mar 05 10:00:00 2024", DAY_MDY, "2024-03-05");
        DATE("Mar 5, 2024 10:11:12 AM PST", DAY_MDY, "2024-03-05");
        DATE("3/5/2024 2:05 p.m.", DAY_MDY, "2024-03-05");
        DATE("20240305T101112Z", DAY_YMD, "2024-03-05");
        DATE("20240305T251112Z", DAY_YMD, "wrong");
        DATE("Заказ 05.03.2024", DAY_DMY, "wrong");
        DATE("2024-Mar-05", DAY_DMY, "2024-03-05");
        DATE("5 мартобря 2024", DAY_DMY, "wrong");
    }
    CASE("a month alone is its first day") {
        DATE("Март 2024", DAY_DMY, "2024-03-01");
        DATE("март 2024 г.", DAY_DMY, "2024-03-01");
        DATE("Mar-24", DAY_DMY, "2024-03-01");
        DATE("2024-03", DAY_DMY, "2024-03-01");
        DATE("03.2024", DAY_DMY, "2024-03-01");
        DATE("3/2024", DAY_MDY, "2024-03-01");
        DATE("13.2024", DAY_DMY, "wrong");
    }
    CASE("a quarter, a half-year and a week are their first day, and there are no more of them than in a year") {
        static const struct {
            const char *cell, *day;
        } rows[] = {
            { "1 квартал 2026 г.", "2026-01-01" },
            { "II кв. 2026", "2026-04-01" },
            { "2026-Q3", "2026-07-01" },
            { "Q4 2025", "2025-10-01" },
            { "3-й квартал 2026 года", "2026-07-01" },
            { "1 полугодие 2026", "2026-01-01" },
            { "H2/2026", "2026-07-01" },
            { "2-е полугодие 2026", "2026-07-01" },
            { "2026-W32", "2026-08-03" }, /* weeks as the calendar of ISO 8601 has them */
            { "2026-W01", "2025-12-29" },
            { "2020-W53", "2020-12-28" },
            { "32 неделя 2026", "2026-08-03" },
        };
        for (int i = 0; i < COUNT(rows); i++) STR(shown(t, rows[i].cell, DAY_DMY), str_of(rows[i].day));
        static const char *const none[] = { "5 квартал 2026", "0 квартал 2026", "3 полугодие 2026", "2026-W54",
                                            "2026-W00",       "2025-W53",       "V кв. 2026",       "1 квартал",
                                            "2026 кв",        "q3 26",          "2026-Q3-1" };
        for (int i = 0; i < COUNT(none); i++) STR(shown(t, none[i], DAY_DMY), S("wrong"));
    }
    CASE("a serial counts from 1900 with the leap day that never was") {
        DATE("1", DAY_SERIAL, "1900-01-01");
        DATE("59", DAY_SERIAL, "1900-02-28");
        DATE("60", DAY_SERIAL, "beyond");
        DATE("61", DAY_SERIAL, "1900-03-01");
        DATE("45356", DAY_SERIAL, "2024-03-05");
        DATE("45356.99", DAY_SERIAL, "2024-03-05");
        DATE("45356,5", DAY_SERIAL, "2024-03-05");
        DATE("05.03.2024", DAY_SERIAL, "2024-03-05");
        DATE("0", DAY_SERIAL, "beyond");
        DATE("999999", DAY_SERIAL, "beyond");
        DATE("45356", DAY_DMY, "wrong");
        Day d;
        CHECK(day_of_serial(0, true, &d));
        EQUAL(d, day_of((Civil){ 1904, 1, 1 }));
    }
    CASE("years 0, 1 and 9999 are refused as too far, not as unreadable") {
        DATE("0000-00-00", DAY_YMD, "beyond");
        DATE("01.01.0001 0:00:00", DAY_DMY, "beyond");
        DATE("31.12.9999", DAY_DMY, "beyond");
        DATE("9999-12-31", DAY_YMD, "beyond");
        DATE("1899-12-30", DAY_YMD, "beyond");
        DATE("00000000", DAY_YMD, "beyond");
        DATE("2199-12-31", DAY_YMD, "2199-12-31");
        TEXT(day_problem(CELL_BEYOND), "cell.day_too_far");
        TEXT(day_problem(CELL_WRONG), "cell.no_day");
        CHECK(day_problem(CELL_EMPTY) == NULL);
    }
    CASE("a day that does not exist or needs another order is refused, never turned round") {
        DATE("31.02.2024", DAY_DMY, "wrong");
        DATE("29.02.2023", DAY_DMY, "wrong");
        DATE("29.02.2024", DAY_DMY, "2024-02-29");
        DATE("3/25/2024", DAY_DMY, "wrong");
        DATE("25/3/2024", DAY_MDY, "wrong");
        DATE("03/05/2024", DAY_YMD, "wrong");
        DATE("25/03/2024", DAY_YMD, "2024-03-25");
        DATE("3/25/2024", DAY_YMD, "2024-03-25");
        DATE("13.13.2024", DAY_DMY, "wrong");
    }
    CASE("words, sums, codes and times alone are no days") {
        DATE("", DAY_DMY, "empty");
        DATE(" - ", DAY_DMY, "empty");
        DATE("NULL", DAY_DMY, "empty");
        DATE("итого", DAY_DMY, "wrong");
        DATE("1 234,50", DAY_DMY, "wrong");
        DATE("12:30", DAY_DMY, "wrong");
        DATE("5.3", DAY_DMY, "wrong");
        DATE("5.3.024", DAY_DMY, "wrong");
        DATE("05.03.2024 25:00", DAY_DMY, "wrong");
        DATE("05.03.2024 10:61", DAY_DMY, "wrong");
        DATE("05.03.2024 и далее", DAY_DMY, "wrong");
        DATE("05.03-2024", DAY_DMY, "wrong");
        DATE("1234567890123456789012", DAY_YMD, "wrong");
        DATE("a b c d e f g h i j k l m n o p q r s t u v w", DAY_YMD, "wrong");
        DATE("достопримечательностями", DAY_YMD, "wrong");
        DATE("Заказ покупателя 0000-000123 от 05.03.2024 12:00:00 по договору поставки № 5 от 01.01.2024 г., Москва",
             DAY_DMY, "wrong");
    }
    CASE("one cell above twelve decides the order of a whole column") {
        bool doubt;
        EQUAL(order_of((const char *[]){ "7/4/1996", "7/5/1996", "7/16/1996", NULL }, &doubt), DAY_MDY);
        CHECK(!doubt);
        EQUAL(order_of((const char *[]){ "03/04/2024", "25/04/2024", NULL }, &doubt), DAY_DMY);
        CHECK(!doubt);
        EQUAL(order_of((const char *[]){ "01.02.2024", "02.03.2024", NULL }, &doubt), DAY_DMY);
        CHECK(!doubt);
        EQUAL(order_of((const char *[]){ "2024-03-05", "20240305", NULL }, &doubt), DAY_YMD);
        CHECK(!doubt);
        EQUAL(order_of((const char *[]){ "05032024", NULL }, &doubt), DAY_DMY);
        EQUAL(order_of((const char *[]){ "24-01-09", "24-01-12", "24-02-05", NULL }, &doubt), DAY_YMD);
        CHECK(!doubt);
        EQUAL(order_of((const char *[]){ "09-01-24", "12-01-24", "05-02-24", NULL }, &doubt), DAY_DMY);
        EQUAL(order_of((const char *[]){ "09-01-24", "12-01-24", "25-02-25", NULL }, &doubt), DAY_DMY);
        EQUAL(order_of((const char *[]){ "45356", "45357.5", NULL }, &doubt), DAY_SERIAL);
    }
    CASE("without such a cell the order is in doubt, and the part that changes more is the day") {
        bool doubt = false;
        EQUAL(order_of((const char *[]){ "3/1/2024", "3/2/2024", "3/8/2024", "4/1/2024", NULL }, &doubt), DAY_MDY);
        CHECK(doubt);
        EQUAL(order_of((const char *[]){ "1/3/2024", "2/3/2024", NULL }, &doubt), DAY_DMY);
        CHECK(doubt);
        EQUAL(order_of((const char *[]){ "25/3/2024", "3/25/2024", NULL }, &doubt), DAY_DMY);
        CHECK(doubt);
    }
    CASE("what is no date does not vote, and a small number is no serial") {
        DayVotes v = { 0 };
        CHECK(!day_vote(&v, S("13/13/2024")) && !day_vote(&v, S("12")) && !day_vote(&v, S("итого")) &&
              !day_vote(&v, S("99999999")));
        CHECK(day_vote(&v, S("5 марта 2024")) && day_vote(&v, S("45356")));
        EQUAL(v.dates, 1);
        EQUAL(v.serials, 1);
    }
}
