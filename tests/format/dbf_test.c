/* Tables of dBase put together byte by byte, as the dBase IV Language Reference tells; expected cells were worked out
 * by hand from it. */
#include "format/dbf.h"
#include "tests/format/book.h"

#include <string.h>

typedef struct {
    const char *name;
    char        type;
    int         n, places;
} Column;

typedef struct {
    int version, language, records; /* records -1: as many as there are */
} Head;

static void put16(Buf *b, int v)
{
    buf_char(b, (char)(v & 255));
    buf_char(b, (char)(v >> 8 & 255));
}

static void zeros(Buf *b, int n)
{
    for (int i = 0; i < n; i++) buf_char(b, 0);
}

/* The table of the columns (the last has no name) and of `body`, records behind each other. */
static Str table(Test *t, Head h, const Column *column, Str body)
{
    Buf b = buf_new(&t->mem, 1024);
    int columns = 0, record = 1;
    for (; column[columns].name; columns++) record += column[columns].n;
    int records = h.records < 0 ? (int)(body.n / record) : h.records;
    buf_char(&b, (char)h.version);
    buf_put(&b, S("\x7C\x03\x05"));
    put16(&b, records);
    put16(&b, records >> 16);
    put16(&b, 32 + 32 * columns + 1);
    put16(&b, record);
    zeros(&b, 17);
    buf_char(&b, (char)h.language);
    zeros(&b, 2);
    for (int i = 0; i < columns; i++) {
        Str name = str_upto(str_of(column[i].name), 11);
        buf_put(&b, name);
        zeros(&b, 11 - (int)name.n);
        buf_char(&b, column[i].type);
        zeros(&b, 4);
        buf_char(&b, (char)column[i].n);
        buf_char(&b, (char)(column[i].type == 'C' ? column[i].n >> 8 : column[i].places));
        zeros(&b, 14);
    }
    buf_char(&b, 0x0D);
    buf_put(&b, body);
    buf_char(&b, 0x1A);
    return buf_str(&b);
}

static const Column sale[] = { { "CLIENT", 'C', 6, 0 }, { "DAY", 'D', 8, 0 }, { "SUM", 'N', 8, 2 }, { 0 } };

static void tables(Test *t)
{
    CASE("texts are in the code page of the header, DOS or Windows; deleted records are left out; a day is a day") {
        STR(sheet_rows(t,
                       table(t, (Head){ 3, 0x65, -1 }, sale,
                             S(" \x8A\xAB\xA8\xA5\xAD\xE2" "20240305" " 1200.50"
                               "*\x8A\xAB\xA8\xA5\xAD\xE2" "20240306" "    1.00"
                               " A     " "        " "   -2.00")),
                       0, ','),
            S("1: CLIENT | DAY | SUM\n2: Клиент | 2024-03-05 | 1200,50\n4: A |  | -2,00"));
        Str windows = S(" \xCA\xEB\xE8\xE5\xED\xF2" "20240305" "    1200");
        STR(sheet_rows(t, table(t, (Head){ 0x30, 0xC9, -1 }, sale, windows), 0, '.'),
            S("1: CLIENT | DAY | SUM\n2: Клиент | 2024-03-05 | 1200"));
    }
    CASE("where the header tells no language, or that of the machine, texts are what they look like") {
        static const Column note[] = { { "NOTE", 'C', 40, 0 }, { 0 } };
        Str dos =
            S(" \x8E\x8E\x8E \x90\xAE\xAC\xA0\xE8\xAA\xA0 \xA8 \xAF\xA0\xE0\xE2\xAD\xA5\xE0\xEB                   ");
        Str win =
            S(" \xCE\xCE\xCE \xD0\xEE\xEC\xE0\xF8\xEA\xE0 \xE8 \xEF\xE0\xF0\xF2\xED\xE5\xF0\xFB                   ");
        dos.n = win.n = 41;
        STR(sheet_rows(t, table(t, (Head){ 3, 0, -1 }, note, dos), 0, '.'), S("1: NOTE\n2: ООО Ромашка и партнеры"));
        STR(sheet_rows(t, table(t, (Head){ 3, 0x57, -1 }, note, win), 0, '.'), S("1: NOTE\n2: ООО Ромашка и партнеры"));
    }
    CASE("FoxPro's whole numbers, doubles, currency, moments and truths are what they are") {
        static const Column fox[] = { { "I", 'I', 4, 0 }, { "B", 'B', 8, 2 }, { "Y", 'Y', 8, 4 }, { "T", 'T', 8, 0 },
                                      { "L", 'L', 1, 0 }, { "M", 'M', 4, 0 }, { "_Null", '0', 1, 0 }, { 0 } };
        STR(sheet_rows(t,
                       table(t, (Head){ 0x30, 0xC9, -1 }, fox,
                             S(" \xFE\xFF\xFF\xFF" "\x00\x00\x00\x00\x00\x00\xF8\x3F" "\xD2\x04\x00\x00\x00\x00\x00\x00"
                               "\xD7\x8A\x25\x00\xC0\x43\xCF\x01" "T" "\0\0\0\0" "\0")),
                       0, ','),
            S("1: I | B | Y | T | L | M\n2: -2 | 1,5 | 0,1234 | 2024-03-05 08:26:00 | TRUE"));
    }
    CASE("a text of more than 255 letters has its length in two bytes") {
        static const Column note[] = { { "NOTE", 'C', 300, 0 }, { 0 } };
        Buf                 body   = buf_new(&t->mem, 512);
        buf_char(&body, ' ');
        for (int i = 0; i < 300; i++) buf_char(&body, 'x');
        EQUAL(sheet_rows(t, table(t, (Head){ 3, 0x65, -1 }, note, buf_str(&body)), 0, '.').n,
              (ptrdiff_t)sizeof "1: NOTE\n2: " - 1 + 300);
    }
}

static void hostile(Test *t)
{
    static const char two[] = " Anna  " "20240305" " 1200.50" " Boris " "20240306" "    1.00";
    Str               body  = { two, sizeof two - 1 };
    CASE("a header that tells of more or fewer records than there are is told with both numbers and the place") {
        STR(sheet_rows(t, table(t, (Head){ 3, 0x65, 5 }, sale, body), 0, '.'),
            S("file.dbf_fewer told=5 there=2 byte=177"));
        STR(sheet_rows(t, table(t, (Head){ 3, 0x65, 1 }, sale, body), 0, '.'),
            S("file.dbf_more told=1 there=2 byte=153"));
        STR(sheet_rows(t, table(t, (Head){ 3, 0x65, 0x7FFFFFFF }, sale, body), 0, '.'),
            S("file.dbf_fewer told=2147483647 there=2 byte=177"));
    }
    CASE("a header whose lengths do not fit each other is broken at its place") {
        char *file = (char *)(uintptr_t)str_copy(&t->mem, table(t, (Head){ 3, 0x65, -1 }, sale, body)).s;
        Str   all  = { file, 177 };
        file[8]    = 12;
        STR(sheet_rows(t, all, 0, '.'), S("file.dbf_header byte=9"));
        file[8]  = (char)129;
        file[10] = 22;
        STR(sheet_rows(t, all, 0, '.'), S("file.dbf_header byte=113"));
        file[10] = 24;
        STR(sheet_rows(t, all, 0, '.'), S("file.dbf_header byte=11"));
        file[10] = 23;
        file[75] = '?';
        STR(sheet_rows(t, all, 0, '.'), S("file.dbf_header byte=65"));
        file[75]  = 'D';
        file[128] = ' ';
        STR(sheet_rows(t, all, 0, '.'), S("file.dbf_header byte=129"));
    }
    CASE("a memo stands in another file: a table with one is refused with the row, one whose memos are empty is read") {
        static const Column memo[] = { { "CLIENT", 'C', 5, 0 }, { "NOTE", 'M', 10, 0 }, { 0 } };
        STR(sheet_rows(t, table(t, (Head){ 0x83, 0x65, -1 }, memo, S(" Anna           ")), 0, '.'),
            S("1: CLIENT | NOTE\n2: Anna"));
        Problems problems = { .mem = &t->mem };
        Sheets  *w;
        EQUAL(sheets_open(table(t, (Head){ 0x83, 0x65, -1 }, memo, S(" Anna            Boris         7")), &w,
                          &problems),
              INVALID);
        STR(str_of(problems.first->key), S("file.dbf_memo"));
        STR(problems.first->args[0].text, S("NOTE"));
        EQUAL(problems.first->row, 3);
    }
    CASE("a table that is cut anywhere is refused in words") {
        Str file = table(t, (Head){ 3, 0x65, -1 }, sale, body);
        for (ptrdiff_t n = 64; n < file.n - 1; n++)
            CHECK(str_starts(sheet_rows(t, str_upto(file, n), 0, '.'), S("file.dbf")));
    }
}

TESTS(test_dbf)
{
    tables(t);
    hostile(t);
}
