/* What spreadsheets make of numbers of firms and phones, and what they were. */
#include "sales/parties/from_cell.h"
#include "tests/test.h"

typedef const char *(*FromCell)(Arena *mem, Str cell, int part, Str *out);

/* The part of the cell, or the key of what is wrong with it. */
static Str part_of(Arena *mem, FromCell from, const char *cell, int part)
{
    Str         out;
    const char *wrong = from(mem, str_of(cell), part, &out);
    return wrong ? str_of(wrong) : out;
}

#define INN(cell, part)   part_of(&t->mem, inn_from_cell, cell, part)
#define PHONE(cell, part) part_of(&t->mem, phone_from_cell, cell, part)

TESTS(test_from_cell)
{
    CASE("a number that lost its zero gets it back where its check digits are right with it, and only there") {
        STR(INN("278110422", 0), S("0278110422"));     /* its check digit by the order of the tax service: 2 */
        STR(INN("31245009890", 0), S("031245009890"));
        STR(INN("278110423", 0), S("278110423"));
        STR(INN("7707083893", 0), S("7707083893"));
        STR(INN("100582333", 0), S("100582333"));      /* a number of Belarus has nine digits */
    }
    CASE("a number as spreadsheets and libraries write it is the number") {
        STR(INN("7707083893.0", 0), S("7707083893"));
        STR(INN("'7707083893", 0), S("7707083893"));
        STR(INN("ИНН 7707083893", 0), S("7707083893"));
        STR(INN("DE 811 907 980", 0), S("DE 811 907 980"));
        STR(INN("", 0), S(""));
    }
    CASE("ИНН and КПП in one cell are two, also where both lost their zero") {
        STR(INN("7707083893/770701001", 0), S("7707083893"));
        STR(INN("7707083893/770701001", 1), S("770701001"));
        STR(INN("7707083893 / 7707AB001", 1), S("7707AB001"));
        STR(INN("278110422 27801001", 0), S("0278110422"));
        STR(INN("278110422 27801001", 1), S("027801001"));
        STR(INN("7707083893/", 1), S(""));
        STR(INN("7707083893", 1), S(""));
        STR(part_of(&t->mem, kpp_from_cell, "27801001", 0), S("027801001"));
        STR(part_of(&t->mem, kpp_from_cell, "7707010010", 0), S("7707010010"));
    }
    CASE("what a spreadsheet has rounded is no number any more") {
        STR(INN("7,70708E+09", 0), S("import.rounded_number"));
        STR(INN("7.70708E+09", 0), S("import.rounded_number"));
        STR(PHONE("7,91656E+10", 0), S("import.rounded_number"));
        STR(INN("E+09", 0), S("E+09"));
        STR(PHONE("7E", 0), S("7E"));
    }
    CASE("two phones of a cell are two, and an extension or a second ending is none") {
        STR(PHONE("79165554433.0", 0), S("79165554433"));
        STR(PHONE("8 (916) 555-44-33, 8 (343) 200-00-00", 0), S("8 (916) 555-44-33"));
        STR(PHONE("8 (916) 555-44-33, 8 (343) 200-00-00", 1), S("8 (343) 200-00-00"));
        STR(PHONE("8 (916) 555-44-33; 200-00-01\n8 912 000 00 00", 1), S("200-00-01"));
        STR(PHONE("8 (916) 555-44-33; 200-00-01\n8 912 000 00 00", 2), S("8 912 000 00 00"));
        STR(PHONE("8 (916) 555-44-33; 200-00-01\n8 912 000 00 00", 3), S(""));
        STR(PHONE("8 (343) 222-33-44/45", 0), S("8 (343) 222-33-44/45"));
        STR(PHONE("8 (343) 222-33-44, доб. 105", 0), S("8 (343) 222-33-44, доб. 105"));
        STR(PHONE("8 (343) 222-33-44, доб. 105", 1), S(""));
        STR(PHONE(",,,", 0), S(",,,"));
    }
}
