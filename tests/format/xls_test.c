/* Old workbooks put together record by record, as [MS-XLS] and "OpenOffice.org's Documentation of the Microsoft Excel
 * File Format" tell; expected cells were worked out by hand from them. */
#include "format/xls.h"
#include "tests/format/book.h"

#include <string.h>

enum { BEGIN = 0x809, END = 0x0A, LABEL = 0x204, NUMBER = 0x203, RK = 0x27E, RKS = 0xBD, TRUTH = 0x205, FORMULA = 6,
       OF_FORMULA = 0x207, SHARED = 0x4BC, POOL = 0xFC, CONTINUED = 0x3C, POOLED = 0xFD, BEHIND = 0x85, PAGE = 0x42,
       STYLE = 0xE0, FORMAT = 0x41E, LOCKED = 0x2F, YEARS = 0x22, RICH = 0xD6, MERGED = 0xE5 };

static void put16(Buf *b, int v)
{
    buf_char(b, (char)(v & 255));
    buf_char(b, (char)(v >> 8));
}

static void put32(Buf *b, uint32_t v)
{
    put16(b, (int)(v & 0xFFFF));
    put16(b, (int)(v >> 16));
}

static void record(Buf *b, int type, Str data)
{
    put16(b, type);
    put16(b, (int)data.n);
    buf_put(b, data);
}

/* A record of a cell in style 0. */
static void cell(Buf *b, int type, int row, int column, Str data)
{
    put16(b, type);
    put16(b, (int)data.n + 6);
    put16(b, row);
    put16(b, column);
    put16(b, 0);
    buf_put(b, data);
}

static void cell_number(Buf *b, int row, int column, double v)
{
    char data[8];
    memcpy(data, &v, sizeof data);
    cell(b, NUMBER, row, column, (Str){ data, 8 });
}

/* A bare stream: what stands before the sheet, the sheet `a`, its cells. */
static Str stream(Test *t, bool old, Str globals, Str cells)
{
    Buf b = buf_new(&t->mem, 4096);
    record(&b, BEGIN, old ? S("\x00\x05\x05\x00\x00\x00\x00\x00") : S("\x00\x06\x05\x00\x00\x00\x00\x00"));
    buf_put(&b, globals);
    int      name = old ? 2 : 3;
    uint32_t at   = (uint32_t)(b.len + 4 + 6 + name + 4);
    put16(&b, BEHIND);
    put16(&b, 6 + name);
    put32(&b, at);
    put16(&b, 0);
    buf_put(&b, old ? S("\x01" "a") : S("\x01\x00" "a"));
    record(&b, END, S(""));
    record(&b, BEGIN, old ? S("\x00\x05\x10\x00\x00\x00\x00\x00") : S("\x00\x06\x10\x00\x00\x00\x00\x00"));
    buf_put(&b, cells);
    record(&b, END, S(""));
    return buf_str(&b);
}

static void versions(Test *t)
{
    CASE("a text of Excel 5 is in the code page that the book tells, a Russian Windows where it tells none") {
        Buf cells = buf_new(&t->mem, 256), page = buf_new(&t->mem, 16);
        cell(&cells, LABEL, 0, 0, S("\x06\x00\xCA\xEB\xE8\xE5\xED\xF2"));
        STR(sheet_rows(t, stream(t, true, S(""), buf_str(&cells)), 0, '.'), S("1: Клиент"));
        record(&page, PAGE, S("\xE3\x04"));
        STR(sheet_rows(t, stream(t, true, buf_str(&page), buf_str(&cells)), 0, '.'), S("1: Клиент"));
        cells.len = page.len = 0;
        record(&page, PAGE, S("\x62\x03"));
        cell(&cells, RICH, 0, 1, S("\x06\x00\x8A\xAB\xA8\xA5\xAD\xE2\x00"));
        STR(sheet_rows(t, stream(t, true, buf_str(&page), buf_str(&cells)), 0, '.'), S("1:  | Клиент"));
    }
    CASE("workbooks of Excel 2 to 4 are refused as what they are") {
        STR(sheet_rows(t, S("\x09\x04\x06\x00\x00\x04\x10\x00\x00\x00"), 0, '.'), S("file.is_old_xls byte=10"));
        STR(sheet_rows(t, S("\x09\x00\x04\x00\x02\x00\x10\x00\x00\x00"), 0, '.'), S("file.is_old_xls byte=10"));
        STR(sheet_rows(t, S("\x09\x08\x08\x00\x00\x04\x05\x00\x00\x00\x00\x00"), 0, '.'), S("file.is_old_xls"));
    }
    CASE("a locked book is refused as locked") {
        Buf locked = buf_new(&t->mem, 16);
        record(&locked, LOCKED, S("\x00\x00"));
        STR(sheet_rows(t, stream(t, false, buf_str(&locked), S("")), 0, '.'), S("file.is_encrypted"));
    }
}

static void cells_told(Test *t)
{
    CASE("numbers of every kind keep their digits, with the sign between wholes and parts that was asked for") {
        Buf b = buf_new(&t->mem, 512);
        cell_number(&b, 0, 0, 1234.56);
        cell_number(&b, 0, 1, -0.1);
        cell_number(&b, 0, 2, 7707083893.0);
        cell_number(&b, 0, 3, 1.0 / 3);
        cell_number(&b, 0, 4, 1e17);
        cell(&b, RK, 0, 5, S("\x02\x00\x00\x80"));      /* -536870912 */
        cell(&b, RK, 0, 6, S("\x67\x03\x00\x00"));      /* 217 hundredths */
        cell(&b, RK, 0, 7, S("\x00\x00\xF8\x3F"));      /* 1.5 */
        cell(&b, RKS, 0, 8, S("\x06\x00\x00\x00\x00\x00\x0B\x00\x00\x00\x09\x00")); /* 1 and 0.02 */
        STR(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, ','),
            S("1: 1234,56 | -0,1 | 7707083893 | 0,333333333333333 | 100000000000000000 | -536870912 | 2,17 | 1,5 | 1 |"
              " 0,02"));
    }
    CASE("a formula gives its last value: a number, a text behind it, a truth, an error; one without any gives none") {
        Buf b = buf_new(&t->mem, 512);
        cell(&b, FORMULA, 0, 0, S("\x00\x00\x00\x00\x00\x00\x45\x40\x00\x00\x00\x00\x00\x00"));
        cell(&b, FORMULA, 0, 1, S("\x00\x00\x00\x00\x00\x00\xFF\xFF\x00\x00\x00\x00\x00\x00"));
        record(&b, SHARED, S("\x00\x00\x00\x00"));
        record(&b, OF_FORMULA, S("\x02\x00\x01\x16\x21\x31\x00"));
        cell(&b, FORMULA, 0, 2, S("\x01\x00\x01\x00\x00\x00\xFF\xFF\x00\x00\x00\x00\x00\x00"));
        cell(&b, FORMULA, 0, 3, S("\x02\x00\x2A\x00\x00\x00\xFF\xFF\x00\x00\x00\x00\x00\x00"));
        cell(&b, FORMULA, 0, 4, S("\x03\x00\x00\x00\x00\x00\xFF\xFF\x00\x00\x00\x00\x00\x00"));
        cell(&b, TRUTH, 0, 5, S("\x00\x00"));
        STR(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, '.'), S("1: 42 | №1 | TRUE | #N/A |  | FALSE"));
    }
    CASE("every error has its name") {
        Buf b = buf_new(&t->mem, 512);
        static const char codes[] = { 0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A };
        for (int i = 0; i < COUNT(codes); i++) cell(&b, TRUTH, 0, i, (Str){ (char[]){ codes[i], 1 }, 2 });
        STR(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, '.'),
            S("1: #NULL! | #DIV/0! | #VALUE! | #REF! | #NAME? | #NUM! | #N/A"));
    }
    CASE("a number is a day by its style, in the system of years that the book counts by") {
        Buf b = buf_new(&t->mem, 64), globals = buf_new(&t->mem, 256);
        cell_number(&b, 0, 0, 45356);
        cell_number(&b, 1, 0, 45356.3513888888888889);
        record(&globals, STYLE, S("\x00\x00\x0E\x00"));
        STR(sheet_rows(t, stream(t, false, buf_str(&globals), buf_str(&b)), 0, '.'),
            S("1: 2024-03-05\n2: 2024-03-05 08:26:00"));
        record(&globals, YEARS, S("\x01\x00"));
        STR(sheet_rows(t, stream(t, false, buf_str(&globals), buf_str(&b)), 0, '.'),
            S("1: 2028-03-06\n2: 2028-03-06 08:26:00"));
        globals.len = 0;
        record(&globals, FORMAT, S("\x0E\x00\x01\x00\x00" "0"));
        record(&globals, STYLE, S("\x00\x00\x0E\x00"));
        STR(sheet_rows(t, stream(t, false, buf_str(&globals), buf_str(&b)), 0, '.'),
            S("1: 45356\n2: 45356.3513888889"));
        globals.len = 0;
        record(&globals, FORMAT, S("\xA4\x00\x0A" "dd.mm.yyyy"));
        record(&globals, STYLE, S("\x00\x00\xA4\x00"));
        STR(sheet_rows(t, stream(t, true, buf_str(&globals), buf_str(&b)), 0, ','),
            S("1: 2024-03-05\n2: 2024-03-05 08:26:00"));
    }
    CASE("cells in any order stand in their rows, and of two for one place the last counts") {
        Buf b = buf_new(&t->mem, 512);
        cell_number(&b, 7, 1, 8);
        cell_number(&b, 0, 2, 3);
        cell_number(&b, 0, 0, 1);
        cell_number(&b, 7, 1, 9);
        record(&b, BEGIN, S("\x00\x06\x20\x00\x00\x00\x00\x00")); /* a chart in the sheet */
        cell_number(&b, 0, 0, 100);
        record(&b, END, S(""));
        STR(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, '.'), S("1: 1 |  | 3\n8:  | 9"));
    }
    CASE("a text of the pool goes on in the next record, where its characters may be written in another way") {
        Buf b = buf_new(&t->mem, 64), globals = buf_new(&t->mem, 256);
        record(&globals, POOL, S("\x02\x00\x00\x00\x02\x00\x00\x00" "\x04\x00\x00" "AB"));
        record(&globals, CONTINUED, S("\x01\x1A\x04\x3B\x04"
                                      "\x02\x00\x0D\x01\x00\x04\x00\x00\x00"
                                      "\x2D\x04\x41\x00"));
        record(&globals, CONTINUED, S("\x00\x00\x00\x00\x00\x00\x00\x00"));
        cell(&b, POOLED, 0, 0, S("\x00\x00\x00\x00"));
        cell(&b, POOLED, 0, 1, S("\x01\x00\x00\x00"));
        STR(sheet_rows(t, stream(t, false, buf_str(&globals), buf_str(&b)), 0, '.'), S("1: ABКл | ЭA"));
        b.len = 0;
        cell(&b, POOLED, 0, 0, S("\x02\x00\x00\x00"));
        Str said = sheet_rows(t, stream(t, false, buf_str(&globals), buf_str(&b)), 0, '.');
        CHECK(str_starts(said, S("file.broken_xls")));
    }
}

static void put_le(char *at, uint32_t v)
{
    for (int i = 0; i < 4; i++) at[i] = (char)(v >> (8 * i) & 255);
}

/* A text, and four numbers in the next column. */
static Buf merged_cells(Test *t)
{
    Buf b = buf_new(&t->mem, 256);
    cell(&b, LABEL, 0, 0, S("\x02\x00\x00" "Li"));
    for (int row = 0; row < 4; row++) cell_number(&b, row, 1, row);
    return b;
}

static void merged(Test *t)
{
    CASE("a text goes down the rows of its merged cell, a figure does not") {
        Buf b = merged_cells(t);
        record(&b, MERGED, S("\x02\x00\x00\x00\x02\x00\x00\x00\x00\x00\x01\x00\x03\x00\x01\x00\x01\x00"));
        STR(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, '.'), S("1: Li | 0\n2: Li | 1\n3: Li | 2\n4:  | 3"));
    }
    CASE("areas that are told shorter than they are said to be are broken at their place") {
        Buf b = merged_cells(t);
        record(&b, MERGED, S("\x02\x00\x00\x00\x02\x00"));
        STR(str_upto(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, '.'), 15), S("file.broken_xls"));
    }
}

static void hostile(Test *t)
{
    CASE("chains of pieces that go in circles are told with their place and end") {
        Str   whole = made_file(t, "kinds.xls");
        char *file = (char *)(uintptr_t)str_copy(&t->mem, whole).s;
        long  fat  = (long)(*(unsigned char *)(file + 76) + 1) * 512;
        for (int i = 0; i < 128; i++) put_le(file + fat + 4 * i, (uint32_t)(i ? i - 1 : 127) % 14);
        Str said = sheet_rows(t, (Str){ file, whole.n }, 0, '.');
        CHECK(str_starts(said, S("file.xls_circle byte=")) || str_starts(said, S("file.cut")));
        put_le(file + 48, 3);
        put_le(file + fat + 12, 3);
        STR(sheet_rows(t, (Str){ file, whole.n }, 0, '.'), S("file.xls_circle byte=2049"));
    }
    CASE("a container without a workbook is a document, one with an impossible header is broken") {
        Str   whole = made_file(t, "kinds.xls");
        char *file = (char *)(uintptr_t)str_copy(&t->mem, whole).s;
        file[30]   = 7;
        STR(sheet_rows(t, (Str){ file, whole.n }, 0, '.'), S("file.broken_xls byte=31"));
        file = (char *)(uintptr_t)str_copy(&t->mem, whole).s;
        for (ptrdiff_t i = 0; i + 2 < whole.n; i++)
            if (memcmp(file + i, "W\0o\0r\0k\0b", 9) == 0) file[i] = 'X';
        STR(sheet_rows(t, (Str){ file, whole.n }, 0, '.'), S("file.is_document"));
        STR(sheet_rows(t, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 too short"), 0, '.'), S("file.cut byte=19"));
    }
    CASE("one text in every cell of a sheet is a bomb, not a table") {
        Buf   b = buf_new(&t->mem, 1 << 22), globals = buf_new(&t->mem, 1 << 14);
        char *text = NEW_N(&t->mem, char, 8200);
        memset(text, 'x', 8200);
        memcpy(text, "\x01\x00\x00\x00\x01\x00\x00\x00\x00\x1F\x00", 11);
        record(&globals, POOL, (Str){ text, 11 + 0x1F00 });
        for (int i = 0; i < 100000; i++) cell(&b, POOLED, i / 20, i % 20, S("\x00\x00\x00\x00"));
        Str       file     = stream(t, false, buf_str(&globals), buf_str(&b));
        Problems  problems = { .mem = &t->mem };
        Sheets   *w;
        SheetRow  row;
        Err       err;
        EQUAL(sheets_open(file, &w, &problems), OK);
        EQUAL(sheets_begin(w, 0, '.'), OK);
        while ((err = sheets_next(w, &row)) == OK) continue;
        EQUAL(err, INVALID);
        STR(str_of(problems.first->key), S("file.bomb"));
        sheets_close(w);
    }
    CASE("2,000 sheets are refused with their number") {
        Buf globals = buf_new(&t->mem, 1 << 16);
        for (int i = 0; i < 1999; i++) record(&globals, BEHIND, S("\x00\x00\x00\x00\x00\x00\x01\x00" "b"));
        STR(sheet_rows(t, stream(t, false, buf_str(&globals), S("")), 0, '.'),
            S("file.too_many_sheets sheets=2000 limit=1000"));
    }
    CASE("a record that is shorter than its cell, or a column that no such sheet has, is broken at its place") {
        Buf b = buf_new(&t->mem, 64);
        record(&b, NUMBER, S("\x00\x00\x00\x00"));
        STR(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, '.'), S("file.broken_xls byte=42"));
        b.len = 0;
        cell_number(&b, 0, 256, 1);
        STR(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, '.'), S("file.broken_xls byte=42"));
        b.len = 0;
        cell(&b, LABEL, 0, 0, S("\x09\x00\x00" "short"));
        STR(sheet_rows(t, stream(t, false, S(""), buf_str(&b)), 0, '.'), S("file.broken_xls byte=42"));
    }
}

TESTS(test_xls)
{
    versions(t);
    cells_told(t);
    merged(t);
    hostile(t);
}
