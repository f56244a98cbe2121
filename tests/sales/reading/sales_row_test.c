/* A row of a sales file as a sale line.  Amounts are worked out by hand; random cells must read as the readers of
 * format/ read them. */
#include "format/charset.h"
#include "format/dates.h"
#include "format/number.h"
#include "sales/reading/sales_row.h"
#include "tests/test.h"

#include <string.h>

static SalesColumns columns(void)
{
    SalesColumns c = { .c_marks_return = false };
    for (int i = 0; i < COL_COUNT; i++) c.at[i] = -1;
    c.at[COL_CLIENT] = 0;
    c.at[COL_DATE]   = 1;
    return c;
}

static const TableForm ru = { .delimiter = ';', .number = { ',', ' ' }, .day = DAY_DMY, .columns = 4 };
static const TableForm us = { .delimiter = ',', .number = { '.', ',' }, .day = DAY_YMD, .columns = 4 };

static Day d(const char *iso)
{
    Day day = 0;
    day_read(str_of(iso), &day);
    return day;
}

/* What comes of amount, or of quantity and price. */
static RowFate paid(const TableForm *form, const char *amount, SaleRow *out)
{
    SalesColumns c = columns();
    c.at[COL_AMOUNT] = 2;
    SalesRows rows = sales_rows(form, &c);
    Str cell[] = { S("Anna"), S("2024-01-05"), str_of(amount) };
    return sales_row(&rows, cell, 3, 0, out);
}

static RowFate priced(const char *quantity, const char *price, SaleRow *out)
{
    SalesColumns c = columns();
    c.at[COL_QUANTITY] = 2;
    c.at[COL_PRICE]    = 3;
    SalesRows rows = sales_rows(&us, &c);
    Str cell[] = { S("Anna"), S("2024-01-05"), str_of(quantity), str_of(price) };
    return sales_row(&rows, cell, 4, 0, out);
}

static RowFate dated(const TableForm *form, const char *date, SaleRow *out)
{
    SalesColumns c = columns();
    c.at[COL_AMOUNT] = 2;
    SalesRows rows = sales_rows(form, &c);
    Str cell[] = { S("Anna"), str_of(date), S("1") };
    return sales_row(&rows, cell, 3, 0, out);
}

static bool returned(const char *mark)
{
    SaleRow out;
    SalesColumns c = columns();
    c.at[COL_AMOUNT] = 2;
    c.at[COL_RETURN] = 3;
    SalesRows rows = sales_rows(&ru, &c);
    Str cell[] = { S("Anna"), S("05.01.2024"), S("10"), str_of(mark) };
    return sales_row(&rows, cell, 4, 0, &out) == ROW_USED && out.is_return && out.amount == -1000;
}

static RowFate in_state(SalesColumn column, const char *amount, const char *state)
{
    SaleRow      out;
    SalesColumns c = columns();
    c.at[COL_AMOUNT] = 2;
    c.at[column]     = 3;
    SalesRows rows = sales_rows(&ru, &c);
    Str cell[] = { S("Anna"), S("05.01.2024"), str_of(amount), str_of(state) };
    return sales_row(&rows, cell, 4, 0, &out);
}

/* Texts made of what numbers and dates are made of. */
static Str random_cell(Test *t, uint64_t *seed, const char *letters, int most)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
    uint64_t dice = *seed >> 13;
    int   n = (int)(dice % (uint64_t)most), count = (int)strlen(letters);
    char *s = NEW_N(&t->mem, char, n + 1);
    for (int i = 0; i < n; i++) {
        *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
        s[i]  = letters[(*seed >> 33) % (uint64_t)count];
    }
    return (Str){ s, n };
}

TESTS(test_sales_row)
{
    SaleRow out;
    CASE("an amount is read with the decimal sign and the blanks of its table") {
        EQUAL(paid(&ru, "1 234,5", &out), ROW_USED);
        EQUAL(out.amount, 123450);
        EQUAL(paid(&us, "99999.99", &out), ROW_USED);
        EQUAL(out.amount, 9999999);
        EQUAL(paid(&us, "123456.78", &out), ROW_USED);
        EQUAL(out.amount, 12345678);
        EQUAL(paid(&us, "7", &out), ROW_USED);
        EQUAL(out.amount, 700);
        EQUAL(paid(&us, "0.125", &out), ROW_USED);
        EQUAL(out.amount, 13);
    }
    CASE("a negative amount is a return") {
        EQUAL(paid(&us, "-12.50", &out), ROW_USED);
        EQUAL(out.amount, -1250);
        CHECK(out.is_return);
        EQUAL(paid(&us, "12.50", &out), ROW_USED);
        CHECK(!out.is_return);
    }
    CASE("a deal is a sale when it is won, or when nobody says what became of it") {
        EQUAL(in_state(COL_WON, "10", "Успешно реализовано"), ROW_USED);
        EQUAL(in_state(COL_WON, "10", "  ЗАКРЫТО УСПЕШНО "), ROW_USED);
        EQUAL(in_state(COL_WON, "10", ""), ROW_USED);
        EQUAL(in_state(COL_WON, "10", " "), ROW_USED);
        EQUAL(in_state(COL_WON, "10", "Переговоры"), ROW_NOT_WON);
        EQUAL(in_state(COL_WON, "10", "Closed Lost"), ROW_NOT_WON);
    }
    CASE("an order is a sale unless it came to nothing") {
        EQUAL(in_state(COL_STATE, "10", "Доставлен"), ROW_USED);
        EQUAL(in_state(COL_STATE, "10", ""), ROW_USED);
        EQUAL(in_state(COL_STATE, "10", "Отменён"), ROW_CANCELLED);
        EQUAL(in_state(COL_STATE, "10", "draft"), ROW_CANCELLED);
        EQUAL(in_state(COL_STATE, "-10", "Возврат"), ROW_USED);
        EQUAL(in_state(COL_STATE, "10", "Возврат"), ROW_USED);
    }
    CASE("of what is no sale nothing else is found to be wrong, but a sum stays a sum") {
        EQUAL(in_state(COL_WON, "скоро", "Переговоры"), ROW_NOT_WON);
        EQUAL(in_state(COL_WON, "скоро", "Won"), ROW_BAD_AMOUNT);
        EQUAL(in_state(COL_STATE, "", "Отменён"), ROW_CANCELLED);
    }
    CASE("quantity x price is rounded once, half away from zero") {
        EQUAL(priced("3", "0.335", &out), ROW_USED); /* 1.005 */
        EQUAL(out.amount, 101);
        EQUAL(priced("-3", "0.335", &out), ROW_USED);
        EQUAL(out.amount, -101);
        CHECK(out.is_return);
        EQUAL(priced("2.5", "1.23456789", &out), ROW_USED); /* 3.086419725 */
        EQUAL(out.amount, 309);
        EQUAL(priced("1000000", "123456.789012345", &out), ROW_USED); /* 123456789012.345 */
        EQUAL(out.amount, 12345678901235);
        EQUAL(priced("6", "2.55", &out), ROW_USED);
        EQUAL(out.amount, 1530);
    }
    CASE("a negative quantity and a negative price are a return, not a sale") {
        EQUAL(priced("-2", "-5", &out), ROW_USED);
        EQUAL(out.amount, -1000);
        CHECK(out.is_return);
    }
    CASE("rows without a client, a day or an amount are left out, each for the first reason that holds") {
        SalesColumns c = columns();
        c.at[COL_QUANTITY] = 2;
        c.at[COL_PRICE]    = 3;
        SalesRows rows = sales_rows(&us, &c);
        Str       a[] = { S("  "), S(""), S("x"), S("0") }, b[] = { S("Anna"), S(""), S("1"), S("1") },
            e[] = { S("Anna"), S("soon"), S("1"), S("1") };
        EQUAL(sales_row(&rows, a, 4, 0, &out), ROW_NO_CLIENT);
        EQUAL(sales_row(&rows, b, 4, 0, &out), ROW_NO_DATE);
        EQUAL(sales_row(&rows, e, 4, 0, &out), ROW_BAD_DATE);
        EQUAL(sales_row(&rows, e, 1, 0, &out), ROW_NO_DATE);
        EQUAL(dated(&us, "2200-01-01", &out), ROW_BAD_DATE);
        EQUAL(dated(&us, "2024-02-30", &out), ROW_BAD_DATE);
        EQUAL(dated(&us, "2024-01-00", &out), ROW_BAD_DATE);
        EQUAL(priced("", "1", &out), ROW_NO_AMOUNT);
        EQUAL(priced("1", "", &out), ROW_NO_AMOUNT);
        EQUAL(priced("a", "1", &out), ROW_BAD_AMOUNT);
        EQUAL(priced("1", "0.00", &out), ROW_ZERO_PRICE);
        EQUAL(priced("0", "1", &out), ROW_ZERO_QUANTITY);
        EQUAL(paid(&us, "0", &out), ROW_ZERO_AMOUNT);
        EQUAL(paid(&us, "123456789012345678901234567890", &out), ROW_BAD_AMOUNT);
        EQUAL(priced("999999999999", "999999999999", &out), ROW_BAD_AMOUNT);
        EQUAL(rows.fate[ROW_NO_DATE], 2);
    }
    CASE("days are read in the order of their table, with a time or without") {
        EQUAL(dated(&ru, "05.03.2024", &out), ROW_USED);
        EQUAL(out.day, d("2024-03-05"));
        EQUAL(dated(&us, "2010-12-01 08:26:00", &out), ROW_USED);
        EQUAL(out.day, d("2010-12-01"));
        EQUAL(dated(&us, "19970802", &out), ROW_USED);
        EQUAL(out.day, d("1997-08-02"));
        EQUAL(dated(&us, "2017/08/25", &out), ROW_USED);
        EQUAL(out.day, d("2017-08-25"));
        TableForm mdy = { .number = { '.', 0 }, .day = DAY_MDY };
        EQUAL(dated(&mdy, "07/04/1996", &out), ROW_USED);
        EQUAL(out.day, d("1996-07-04"));
    }
    CASE("a mark in the column of returns is a word that says so") {
        CHECK(returned("Возврат"));
        CHECK(returned("да"));
        CHECK(returned("1"));
        CHECK(returned("TRUE"));
        CHECK(!returned(""));
        CHECK(!returned("нет"));
        CHECK(!returned("0"));
        CHECK(!returned(" Реализация "));
    }
    CASE("words of sales, deliveries and payments are no marks of returns") {
        CHECK(!returned("Реализация (акт, накладная)"));
        CHECK(!returned("Корректировка реализации"));
        CHECK(!returned("Не возвращён"));
        CHECK(!returned("Invoice"));
        CHECK(returned("ВОЗВРАТ  от покупателя"));
        CHECK(returned("Сторно"));
        CHECK(returned("Credit Memo"));
    }
    CASE("a document that is called a return is one, however its sum is signed and its file is written") {
        static const char *const named[] = { "Возврат товаров от покупателя 0000-000017 от 05.03.2024", "  сторно 5",
                                             "RETURN-17", "Credit note 3" };
        static const char *const others[] = { "Реализация 0000-000017", "Возможность 5", "C17", "Re-17",
                                              "Счёт на возврат",        "Credit 5",      "" };
        static const Encoding written[] = { ENC_UTF8, ENC_CP1251, ENC_KOI8R };
        for (int e = 0; e < COUNT(written); e++)
            for (int i = 0; i < COUNT(named) + COUNT(others); i++) {
                SalesColumns c    = columns();
                TableForm    form = ru;
                Buf          b    = buf_new(&t->mem, 256);
                form.encoding     = written[e];
                c.at[COL_AMOUNT]   = 2;
                c.at[COL_DOCUMENT] = 3;
                c.names_mark_returns = true;
                text_from_utf8(written[e], str_of(i < COUNT(named) ? named[i] : others[i - COUNT(named)]), &b);
                SalesRows rows   = sales_rows(&form, &c);
                Str       cell[] = { S("Anna"), S("05.01.2024"), S("10"), buf_str(&b) };
                EQUAL(sales_row(&rows, cell, 4, 0, &out), ROW_USED);
                EQUAL(out.amount, i < COUNT(named) ? -1000 : 1000);
            }
    }
    CASE("a document beginning with C is a return only where that is the mark") {
        SalesColumns c = columns();
        c.at[COL_AMOUNT]   = 2;
        c.at[COL_DOCUMENT] = 3;
        Str cell[] = { S("Anna"), S("2024-01-05"), S("10"), S("C536379") };
        SalesRows rows = sales_rows(&us, &c);
        EQUAL(sales_row(&rows, cell, 4, 0, &out), ROW_USED);
        CHECK(!out.is_return);
        c.c_marks_return = true;
        rows = sales_rows(&us, &c);
        EQUAL(sales_row(&rows, cell, 4, 0, &out), ROW_USED);
        EQUAL(out.amount, -1000);
    }
    CASE("17850.0 is 17850 in a column that is all like that, and blanks around a name do not count") {
        SalesColumns c = columns();
        c.at[COL_AMOUNT] = 2;
        Str cell[] = { S("17850.0"), S("2024-01-05"), S("10") };
        SalesRows rows = sales_rows(&us, &c);
        sales_row(&rows, cell, 3, 0, &out);
        STR(out.client, S("17850.0"));
        c.whole[COL_CLIENT] = true;
        rows = sales_rows(&us, &c);
        sales_row(&rows, cell, 3, 0, &out);
        STR(out.client, S("17850"));
        cell[0] = S("v1.0");
        sales_row(&rows, cell, 3, 0, &out);
        STR(out.client, S("v1.0"));
        cell[0] = S("\xC2\xA0 ООО Ромашка ");
        sales_row(&rows, cell, 3, 0, &out);
        STR(out.client, S("ООО Ромашка"));
    }
    CASE("the mark that keeps a spreadsheet from calculating is taken off a text file's cells, and only there") {
        TableForm    form = us;
        SalesColumns c    = columns();
        Str          cell[] = { S("'+7 ' Anna"), S("2024-01-05"), S("1") };
        c.at[COL_AMOUNT] = 2;
        SalesRows text = sales_rows(&form, &c);
        EQUAL(sales_row(&text, cell, 3, 0, &out), ROW_USED);
        STR(out.client, S("+7 ' Anna"));
        form.kind = FILE_XLSX;
        SalesRows book = sales_rows(&form, &c);
        sales_row(&book, cell, 3, 0, &out);
        STR(out.client, S("'+7 ' Anna"));
        cell[0] = S("'t Hooft");
        sales_row(&text, cell, 3, 0, &out);
        STR(out.client, S("'t Hooft"));
    }
    CASE("a client with a code keeps its name beside it, and is called by the code where it has no name") {
        SalesColumns c = columns();
        c.at[COL_AMOUNT]     = 2;
        c.at[COL_CLIENT_KEY] = 3;
        SalesRows rows = sales_rows(&us, &c);
        Str       cell[] = { S("Anna"), S("2024-01-05"), S("10"), S(" 007") },
            nameless[] = { S(""), S("2024-01-05"), S("10"), S("008") };
        EQUAL(sales_row(&rows, cell, 4, 0, &out), ROW_USED);
        STR(out.client, S("Anna"));
        STR(out.client_key, S("007"));
        EQUAL(sales_row(&rows, nameless, 4, 0, &out), ROW_USED);
        STR(out.client, S("008"));
    }
    CASE("in cp1251 a no-break space is a blank and В is a letter") {
        TableForm    form = ru;
        SalesColumns c    = columns();
        form.encoding     = ENC_CP1251;
        c.at[COL_AMOUNT]  = 2;
        SalesRows rows = sales_rows(&form, &c);
        Str cell[] = { S("\xC2\xE0\xF1\xFF\xA0"), S("05.01.2024"), S("1\xA0" "234,50") };
        EQUAL(sales_row(&rows, cell, 3, 0, &out), ROW_USED);
        STR(out.client, S("\xC2\xE0\xF1\xFF"));
        EQUAL(out.amount, 123450);
    }
    CASE("random amounts read as format/number reads them") {
        uint64_t     seed = 5;
        SalesColumns c    = columns();
        c.at[COL_AMOUNT]  = 2;
        SalesRows by_form[] = { sales_rows(&us, &c), sales_rows(&ru, &c) };
        for (int i = 0; i < 100000; i++) {
            const TableForm *form = i % 2 ? &ru : &us;
            Str     cell = random_cell(t, &seed, i % 3 ? "0123456789.,-" : "01.5", 13);
            int64_t want = 0;
            CellRead got = number_read(cell, form->number, 2, &want);
            Str     row[] = { S("Anna"), S("2024-01-05"), cell };
            RowFate fate  = sales_row(&by_form[i % 2], row, 3, 0, &out);
            RowFate          expected = got == CELL_EMPTY  ? ROW_NO_AMOUNT
                                        : got != CELL_READ ? ROW_BAD_AMOUNT
                                        : want == 0        ? ROW_ZERO_AMOUNT
                                                           : ROW_USED;
            test_check(t, fate == expected && (fate != ROW_USED || out.amount == want), __FILE__, __LINE__,
                       "\"%.*s\" differs", (int)cell.n, cell.s);
        }
    }
    CASE("random days read as format/dates reads them") {
        uint64_t     seed = 6;
        SalesColumns c    = columns();
        c.at[COL_AMOUNT]  = 2;
        SalesRows by_order[3];
        for (int i = 0; i < 3; i++)
            by_order[i] = sales_rows(&(TableForm){ .number = { '.', 0 }, .day = (DayOrder)i }, &c);
        for (int i = 0; i < 100000; i++) {
            int  a = (int)(seed >> 40) % 33, b = (int)(seed >> 50) % 14, y = 1898 + (int)(seed >> 20) % 304;
            char sep = ".-/x"[seed >> 60 & 3];
            Str  cell = i % 4 == 0   ? str_fmt(&t->mem, "%02d%c%02d%c%04d", a, sep, b, sep, y)
                        : i % 4 == 1 ? str_fmt(&t->mem, "%04d%c%02d%c%02d", y, sep, b, sep, a)
                        : i % 4 == 2 ? str_fmt(&t->mem, "%04d%c%02d%c%02d%c%02d:%02d:%02d", y, sep, b, sep, a,
                                              i % 8 < 4 ? ' ' : 'T', a, (int)(seed >> 33) % 70, b)
                                     : random_cell(t, &seed, "0123456789.", 11);
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            Day      want = 0;
            CellRead got  = day_cell_read(cell, (DayOrder)(i % 3), &want);
            Str      row[] = { S("Anna"), cell, S("1") };
            RowFate  fate = sales_row(&by_order[i % 3], row, 3, 0, &out), expected = got == CELL_EMPTY  ? ROW_NO_DATE
                                                                                     : got == CELL_READ ? ROW_USED
                                                                                                        : ROW_BAD_DATE;
            test_check(t, fate == expected && (fate != ROW_USED || out.day == want), __FILE__, __LINE__,
                       "\"%.*s\" differs (order %d)", (int)cell.n, cell.s, i % 3);
        }
    }
}
