/* Cells as numbers; every expected value is worked out by hand. */
#include "format/number.h"
#include "tests/test.h"

#include <string.h>

static const NumberForm en = { '.', ',' }, ru = { ',', ' ' }, de = { ',', '.' }, plain = { '.', 0 };

static int64_t milli(const char *cell, NumberForm form)
{
    int64_t v = 0;
    CellRead r = number_read(str_of(cell), form, 3, &v);
    return r == CELL_READ ? v : -1000000000 - (int)r;
}

enum { EMPTY = -1000000000 - CELL_EMPTY, WRONG = -1000000000 - CELL_WRONG, BEYOND = -1000000000 - CELL_BEYOND };

static NumberForm form_of(const char *const *cells, bool comma_is_decimal, bool *doubt)
{
    NumberVotes v = { 0 };
    for (; *cells; cells++) number_vote(&v, str_of(*cells));
    return number_form(&v, comma_is_decimal, doubt);
}

TESTS(test_cell_number)
{
    CASE("a quantity with a thousands blank, a decimal comma and a unit is a number") {
        EQUAL(milli("1 000,5 шт", ru), 1000500);
        EQUAL(milli("1\xC2\xA0" "000,5\xC2\xA0шт.", ru), 1000500);
        EQUAL(milli("1\xE2\x80\xAF" "000,5", ru), 1000500);
        EQUAL(milli("1\xE2\x80\x89" "000\xE2\x80\x89" "000", ru), 1000000000);
        EQUAL(milli("12 м2", ru), 12000);
        EQUAL(milli("3 УП", ru), 3000);
        EQUAL(milli("2pcs", en), 2000);
    }
    CASE("a currency may stand before or behind the figure, with its sign anywhere around") {
        EQUAL(milli("1 299,90 ₽", ru), 1299900);
        EQUAL(milli("₽ 1 299,90", ru), 1299900);
        EQUAL(milli("$1,234.50", en), 1234500);
        EQUAL(milli("-$5", en), -5000);
        EQUAL(milli("$-5", en), -5000);
        EQUAL(milli("150 руб.", ru), 150000);
        EQUAL(milli("150р", ru), 150000);
        EQUAL(milli("€ 7,5", de), 7500);
        EQUAL(milli("12 EUR", en), 12000);
    }
    CASE("a minus may be U+2212, stand behind, or be a pair of brackets, but only once") {
        EQUAL(milli("−12,5", ru), -12500);
        EQUAL(milli("12,50-", ru), -12500);
        EQUAL(milli("(12,50)", ru), -12500);
        EQUAL(milli("(12,50 ₽)", ru), -12500);
        EQUAL(milli("+7", ru), 7000);
        EQUAL(milli("--5", ru), WRONG);
        EQUAL(milli("-(5)", ru), WRONG);
        EQUAL(milli("(5", ru), WRONG);
        EQUAL(milli("5)", ru), WRONG);
    }
    CASE("apostrophes part thousands, and one before the figure marks a text cell") {
        EQUAL(milli("1'234'567.5", plain), 1234567500);
        EQUAL(milli("1’234.5", plain), 1234500);
        EQUAL(milli("'-5", plain), -5000);
    }
    CASE("a separator means what the form says, unless the cell leaves no doubt") {
        EQUAL(milli("1,234", en), 1234000);
        EQUAL(milli("1,234", ru), 1234);
        EQUAL(milli("1.234", de), 1234000);
        EQUAL(milli("1.234", plain), 1234);
        EQUAL(milli("1,234", plain), WRONG);
        EQUAL(milli("1.234", ru), WRONG);
        EQUAL(milli("1234,5", plain), 1234500);
        EQUAL(milli("0.125", ru), 125);
        EQUAL(milli("1234.567", ru), 1234567);
        EQUAL(milli("1.234.567,8", plain), 1234567800);
        EQUAL(milli("1,234,567", ru), 1234567000);
        EQUAL(milli("12,34.5", en), WRONG);
        EQUAL(milli("1.2.3,4", de), WRONG);
        EQUAL(milli("1,2,3", en), WRONG);
        EQUAL(milli("1,234.5,6", en), WRONG);
    }
    CASE("groups have three digits") {
        EQUAL(milli("10 20", ru), WRONG);
        EQUAL(milli("1000 000", ru), WRONG);
        EQUAL(milli("1 00", ru), WRONG);
        EQUAL(milli("1 000'000", ru), WRONG);
        EQUAL(milli("1,234 567", en), WRONG);
    }
    CASE("in India the groups before the last have two digits") {
        EQUAL(milli("1,23,456.50", en), 123456500);
        EQUAL(milli("₹12,34,56,789", en), 123456789000);
        EQUAL(milli("12,34,56,789", ru), 123456789000);
        EQUAL(milli("123,45,678", en), WRONG);
        EQUAL(milli("1,23,45", en), WRONG);
        EQUAL(milli("1,234,56,789", en), WRONG);
        EQUAL(milli("1.23.456", de), WRONG); /* that is a day */
    }
    CASE("exponents are read as spreadsheets write them") {
        EQUAL(milli("1E+05", plain), 100000000);
        EQUAL(milli("1,5E+03", ru), 1500000);
        EQUAL(milli("1.5e-3", plain), 2);
        EQUAL(milli("9.9999999999999992E-2", plain), 100);
        EQUAL(milli("0.0004E3", plain), 400);
        EQUAL(milli("1E", plain), WRONG);
        EQUAL(milli("1E+", plain), WRONG);
        EQUAL(milli("E5", plain), WRONG);
        EQUAL(milli("1E99999", plain), WRONG);
        EQUAL(milli("1E300", plain), BEYOND);
        EQUAL(milli("1E-300", plain), 0);
    }
    CASE("digits beyond the scale are rounded half away from zero, exactly") {
        int64_t v;
        EQUAL(number_read(S("1.005"), plain, 2, &v), CELL_READ);
        EQUAL(v, 101);
        number_read(S("-1.005"), plain, 2, &v);
        EQUAL(v, -101);
        number_read(S("1.00499999999999999999999999999999999999"), plain, 2, &v);
        EQUAL(v, 100);
        number_read(S("0.5"), plain, 0, &v);
        EQUAL(v, 1);
        number_read(S("0.05"), plain, 0, &v);
        EQUAL(v, 0);
        number_read(S("99.995"), plain, 2, &v);
        EQUAL(v, 10000);
        number_read(S("0.30000000000000004"), plain, 6, &v);
        EQUAL(v, 300000);
    }
    CASE("an amount of thirty digits is beyond any business") {
        EQUAL(milli("123456789012345678901234567890", plain), BEYOND);
        EQUAL(milli("999999999999999.999", plain), 999999999999999999);
        EQUAL(milli("999999999999999.9999", plain), BEYOND);
        EQUAL(milli("9999999999999999.999", plain), BEYOND); /* 19 digits would not fit 64 bits */
        char long_one[400];
        memset(long_one, '7', sizeof long_one - 1);
        long_one[399] = 0;
        EQUAL(milli(long_one, plain), BEYOND);
        memset(long_one, 'x', sizeof long_one - 1);
        EQUAL(milli(long_one, plain), WRONG);
    }
    CASE("nothing, dashes and NULL are empty; words, codes, dates and errors are no numbers") {
        EQUAL(milli("", ru), EMPTY);
        EQUAL(milli("  \xC2\xA0 ", ru), EMPTY);
        EQUAL(milli("-", ru), EMPTY);
        EQUAL(milli("—", ru), EMPTY);
        EQUAL(milli("NULL", ru), EMPTY);
        EQUAL(milli("85123A", en), WRONG);
        EQUAL(milli("#ДЕЛ/0!", ru), WRONG);
        EQUAL(milli("05.03.2024", ru), WRONG);
        EQUAL(milli("2024-03-05", ru), WRONG);
        EQUAL(milli("шт", ru), WRONG);
        EQUAL(milli("1,5 тыс.", ru), WRONG);
        EQUAL(milli("15%", ru), WRONG);
        EQUAL(milli(".", ru), WRONG);
        EQUAL(milli("5 сорт", ru), WRONG);
    }
    CASE("the sentence for a refusal has a key, and an empty cell needs none") {
        TEXT(number_problem(CELL_WRONG), "cell.no_number");
        TEXT(number_problem(CELL_BEYOND), "cell.number_too_big");
        CHECK(number_problem(CELL_EMPTY) == NULL && number_problem(CELL_READ) == NULL);
    }
    CASE("the form of a column is told by the cells that leave no doubt") {
        bool doubt;
        NumberForm f = form_of((const char *[]){ "1,234", "12.5", "7", NULL }, false, &doubt);
        CHECK(f.decimal == '.' && f.group == ',' && !doubt);
        f = form_of((const char *[]){ "1 234,50", "7", NULL }, false, &doubt);
        CHECK(f.decimal == ',' && f.group == ' ' && !doubt);
        f = form_of((const char *[]){ "1.234", "1.234.567", NULL }, false, &doubt);
        CHECK(f.decimal == ',' && f.group == '.' && !doubt);
        f = form_of((const char *[]){ "1'234.5", NULL }, true, &doubt);
        CHECK(f.decimal == '.' && f.group == '\'' && !doubt);
        f = form_of((const char *[]){ "7", "12", NULL }, true, &doubt);
        CHECK(f.decimal == ',' && f.group == 0 && !doubt);
        f = form_of((const char *[]){ "1 200", "53,189", "4,837", NULL }, false, &doubt);
        CHECK(f.decimal == ',' && f.group == ' ' && !doubt);
        f = form_of((const char *[]){ "1'200", "53.189", NULL }, true, &doubt);
        CHECK(f.decimal == '.' && f.group == '\'' && !doubt);
    }
    CASE("a column where all cells are like 1,234 is in doubt and goes the way its file hints") {
        bool doubt = false;
        const char *cells[] = { "1,234", "15,000", "999,999", NULL };
        NumberForm f = form_of(cells, false, &doubt);
        CHECK(doubt && f.decimal == '.' && f.group == ',');
        f = form_of(cells, true, &doubt);
        CHECK(doubt && f.decimal == ',' && f.group == 0);
        f = form_of((const char *[]){ "1.234", "5.678", NULL }, true, &doubt);
        CHECK(doubt && f.decimal == '.' && f.group == 0);
        f = form_of((const char *[]){ "1.5", "1,5", "2,25", NULL }, true, &doubt);
        CHECK(doubt && f.decimal == ',');
    }
    CASE("what is no number does not vote") {
        NumberVotes v = { 0 };
        CHECK(!number_vote(&v, S("05.03.2024")) && !number_vote(&v, S("")) && !number_vote(&v, S("1,2,3")) &&
              !number_vote(&v, S("1 2")));
        EQUAL(v.numbers, 0);
    }
}
