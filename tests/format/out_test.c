/* Tables on their way out come back as they were; the texts that must be neutralised are those of OWASP's page on CSV
 * injection. */
#include "format/csv.h"
#include "format/csv_out.h"
#include "format/xlsx.h"
#include "format/xlsx_out.h"
#include "tests/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const awkward[] = {
    "=1+1",
    "+7 (495) 123-45-67",
    "-5",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "  =cmd|' /C calc'!A0",
    "'=x",
    "''-y",
    "plain",
    "O'Neill",
    "'quoted'",
    "a;b,c",
    "say \"hi\"",
    "two\nlines",
    " blanks ",
    "\xC2\xA0=1",
    "\xEF\xBC\x9D"
    "1",
    "'-5",
    "-1 234,50",
    "_x0041_ is A",
    "ООО «Ромашка»",
    "'",
    "",
    "-",
    "1 234,50",
    "x\x01y",
    "\x02",
    "=",
};

static Str csv_of(Test *t, CsvDialect dialect, const OutCell *cells, int n)
{
    Buf    b   = buf_new(&t->mem, 256);
    CsvOut out = csv_out(&b, dialect);
    for (int i = 0; i < n; i++) csv_put(&out, cells[i]);
    csv_end_row(&out);
    return buf_str(&b);
}

static const OutCell typed[] = {
    { OUT_TEXT, S("A,\"B\";C"), 0, 0 }, { OUT_MONEY, { 0 }, -123456, 2 }, { OUT_NUMBER, { 0 }, 1500, 3 },
    { OUT_DAY, { 0 }, 19787, 0 },       { OUT_EMPTY, { 0 }, 0, 0 },
};

static void csv_claims(Test *t)
{
    CASE("by RFC 4180: commas, points, ISO days, quotes only where needed") {
        STR(csv_of(t, CSV_RFC4180, typed, 5), S("\"A,\"\"B\"\";C\",-1234.56,1.5,2024-03-05,\r\n"));
    }
    CASE("for a Russian Excel: its mark, semicolons, decimal commas, days first") {
        STR(csv_of(t, CSV_EXCEL_RU, typed, 5), S("\xEF\xBB\xBF\"A,\"\"B\"\";C\";-1234,56;1,5;05.03.2024;\r\n"));
    }
    CASE("nothing a spreadsheet would calculate leaves without a mark") {
        for (ptrdiff_t i = 0; i < COUNT(awkward); i++) {
            OutCell cell = out_text(str_of(awkward[i]));
            Str     out  = csv_of(t, CSV_RFC4180, &cell, 1);
            if (str_starts(out, S("\""))) out = str_from(out, 1);
            CHECK(!formula_like(str_of(awkward[i])) || *out.s == '\'' || (awkward[i][0] == '-' && awkward[i][1] > '0'));
        }
        CHECK(formula_like(S("=1")) && formula_like(S("\t")) && formula_like(S("   +1")) && formula_like(S("\0=")));
        CHECK(!formula_like(S("a=1")) && !formula_like(S("")) && !formula_like(S("  ")) && !formula_like(S("1-2")));
    }
    CASE("a negative number is no formula, and what only begins like one is") {
        static const char *const numbers[] = { "-5", "-1 234,50", "-1\xC2\xA0" "234.5", "-0,01", "-12.345.678" };
        static const char *const others[] = { "-",   "-A1", "-5+3",  "-5-3", "- 5",  "-5 ", "--5", "-1e5",
                                              "-5%", "-,5", "-1  2", "-5;",  "-5=1", "+5",  "-5\n" };
        for (ptrdiff_t i = 0; i < COUNT(numbers); i++) {
            Str out = csv_of(t, CSV_EXCEL_RU, &(OutCell){ .kind = OUT_TEXT, .text = str_of(numbers[i]) }, 1);
            STR(out, str_fmt(&t->mem, "\xEF\xBB\xBF%s\r\n", numbers[i]));
        }
        for (ptrdiff_t i = 0; i < COUNT(others); i++) {
            Str out = csv_of(t, CSV_EXCEL_RU, &(OutCell){ .kind = OUT_TEXT, .text = str_of(others[i]) }, 1);
            CHECK(str_find(out, S("'")) >= 3);
        }
    }
    CASE("every text comes back through our own reader, in both dialects") {
        for (CsvDialect d = CSV_RFC4180; d <= CSV_EXCEL_RU; d++) {
            OutCell cells[COUNT(awkward)];
            for (ptrdiff_t i = 0; i < COUNT(awkward); i++) cells[i] = out_text(str_of(awkward[i]));
            TableForm form = { .delimiter = d == CSV_EXCEL_RU ? ';' : ',',
                               .quotes = true,
                               .begins = d == CSV_EXCEL_RU ? 3 : 0 };
            CsvReader reader = csv_reader(csv_of(t, d, cells, COUNT(awkward)), &form, &t->mem);
            CHECK(csv_next(&reader, &t->mem));
            EQUAL(reader.fields, COUNT(awkward));
            for (int i = 0; i < reader.fields; i++) STR(formula_unmarked(reader.field[i]), str_of(awkward[i]));
        }
    }
    CASE("a zero byte goes out as the sign for no character, an empty value as nothing") {
        OutCell cells[] = { out_text(S("a\0b")), out_money(NONE), out_number(NONE, 3), out_day(DAY_NONE) };
        STR(csv_of(t, CSV_RFC4180, cells, 4), S("a\xEF\xBF\xBD" "b,,,\r\n"));
    }
}

static Str temporary(Test *t)
{
    const char *folder = getenv("TMPDIR");
    return str_fmt(&t->mem, "%s/sbyt-test-%d.xlsx", folder ? folder : "/tmp", (int)getpid());
}

static Str file_of(Test *t, const char *path)
{
    Buf  b = buf_new(&t->mem, 1 << 16);
    char block[4096];
    int  fd = open(path, O_RDONLY | O_CLOEXEC);
    for (ssize_t n; fd >= 0 && (n = read(fd, block, sizeof block)) > 0;) buf_put(&b, (Str){ block, n });
    close(fd);
    unlink(path);
    return buf_str(&b);
}

static void xlsx_claims(Test *t)
{
    CASE("a workbook comes back: texts as they were, numbers, money and days by value, sheet by sheet") {
        char     *path     = str_c(&t->mem, temporary(t));
        Problems  problems = { .mem = &t->mem };
        XlsxOut  *x        = xlsx_out_open(&t->mem, path);
        OutColumn columns[] = { { S("Клиент"), 30 }, { S("Выручка"), 0 } };
        xlsx_out_sheet(x, S("Итоги: 2024/1"), columns, 2);
        for (ptrdiff_t i = 0; i < COUNT(awkward); i++) {
            OutCell row[] = { out_text(str_of(awkward[i])), out_money(i * 100 + 5) };
            xlsx_out_row(x, row, 2);
        }
        xlsx_out_sheet(x, S("Итоги: 2024/1"), columns, 2);
        OutCell row[] = { out_day(19787), out_number(1500, 3), out_number(-20000, 4), { 0 } };
        xlsx_out_row(x, row, 4);
        EQUAL(xlsx_out_close(x, &problems), OK);

        Xlsx   *in;
        SheetRow got;
        EQUAL(xlsx_open(file_of(t, path), &in, &problems), OK);
        EQUAL(xlsx_sheets(in), 2);
        STR(xlsx_sheet_name(in, 0), S("Итоги 20241"));
        STR(xlsx_sheet_name(in, 1), S("Итоги 20241 2"));
        EQUAL(xlsx_begin(in, 0, '.'), OK);
        EQUAL(xlsx_next(in, &got), OK);
        STR(got.cell[1], S("Выручка"));
        for (ptrdiff_t i = 0; i < COUNT(awkward); i++) {
            EQUAL(xlsx_next(in, &got), OK);
            STR(got.cell[0], str_of(awkward[i]));
        }
        EQUAL(xlsx_next(in, &got), NOT_FOUND);
        EQUAL(xlsx_begin(in, 1, '.'), OK);
        EQUAL(xlsx_next(in, &got), OK);
        EQUAL(xlsx_next(in, &got), OK);
        EQUAL(got.count, 3);
        STR(got.cell[0], S("2024-03-05"));
        STR(got.cell[1], S("1.5"));
        STR(got.cell[2], S("-2"));
        xlsx_close(in);
    }
    CASE("a path that cannot be written is a problem, not a crash") {
        Problems problems = { .mem = &t->mem };
        XlsxOut *x        = xlsx_out_open(&t->mem, "/nonexistent/folder/a.xlsx");
        xlsx_out_sheet(x, S("A"), &(OutColumn){ S("A"), 0 }, 1);
        EQUAL(xlsx_out_close(x, &problems), BROKEN);
        TEXT(problems.first->key, "file.not_written");
    }
}

TESTS(test_out)
{
    csv_claims(t);
    xlsx_claims(t);
}
