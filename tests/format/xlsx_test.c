/* Workbooks put together part by part, as ECMA-376 and real programs write them; expected cells were worked out by hand
 * from it. */
#include "core/pulse.h"
#include "format/recognise.h"
#include "tests/format/book.h"

static const char plain_book[] =
    "<workbook xmlns='m' xmlns:r='r'><workbookPr/><sheets><sheet name='Продажи' sheetId='1'"
    " r:id='rId1'/></sheets></workbook>";
static const char plain_rels[] =
    "<Relationships><Relationship Id='rId1' Type='http://x/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='rId2' Type='http://x/styles' Target='/xl/styles.xml'/>"
    "<Relationship Id='rId3' Type='http://x/sharedStrings' Target='sharedStrings.xml'/></Relationships>";

/* A book of one sheet. */
static Str book(Test *t, const char *sheet, const char *strings, const char *styles)
{
    BookPart parts[] = {
        { "[Content_Types].xml", S("<Types/>") },
        { "xl/workbook.xml", str_of(plain_book) },
        { "xl/_rels/workbook.xml.rels", str_of(plain_rels) },
        { "xl/worksheets/sheet1.xml", str_of(sheet) },
        { strings ? "xl/sharedStrings.xml" : NULL, str_of(strings) },
        { styles ? "xl/styles.xml" : NULL, str_of(styles) },
    };
    return book_zip(t, parts, COUNT(parts));
}

/* All rows: `1: a | b` a line, with the number of each. */
static Str rows_of(Test *t, Str file, char decimal)
{
    Problems problems = { .mem = &t->mem };
    Buf      b        = buf_new(&t->mem, 256);
    Xlsx    *x;
    SheetRow row;
    Err      err = xlsx_open(file, &x, &problems);
    if (err == OK) err = xlsx_begin(x, 0, decimal);
    while (err == OK && (err = xlsx_next(x, &row)) == OK) {
        buf_fmt(&b, "%s%d:", b.len ? "\n" : "", (int)row.number);
        for (int i = 0; i < row.count; i++) {
            buf_c(&b, i ? " | " : " ");
            buf_put(&b, row.cell[i]);
        }
    }
    if (err != NOT_FOUND) {
        buf_c(&b, problems.first->key);
        if (problems.first->arg_count && problems.first->args[0].kind == ARG_TEXT)
            buf_fmt(&b, " %.*s", (int)problems.first->args[0].text.n, problems.first->args[0].text.s);
    }
    if (x) xlsx_close(x);
    return buf_str(&b);
}

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static void cells(Test *t)
{
    CASE("shared and inline strings, rich text joined, phonetic hints left out") {
        STR(rows_of(
                t,
                book(
                    t,
                    SHEET(
                        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
                        "<c r='C1' t='inlineStr'><is><r><t>in</t></r><r><t xml:space='preserve'>"
                        " line</t></r><rPh><t>no</t></rPh></is></c></row>"),
                    "<sst><si><t>Клиент</t></si><si><r><rPr><b/></rPr><t>Ру</t></r><rPh sb='0'"
                    " eb='1'><t>hint</t></rPh><r><t>бли</t></r></si></sst>",
                    NULL),
                '.'),
            S("1: Клиент | Рубли | in line"));
    }
    CASE("numbers keep their digits, truth values and errors have names, formulas their last value") {
        STR(rows_of(
                t,
                book(
                    t,
                    SHEET(
                        "<row r='1'><c r='A1'><v>12.50</v></c><c r='B1' t='n'><v>1E-2</v></c><c"
                        " r='C1'><v>7.707083893E+9</v></c><c r='D1' t='b'><v>1</v></c><c r='E1' t='b'><v>0</v></c><c"
                        " r='F1' t='e'><v>#N/A</v></c><c r='G1'><f>A1*2</f><v>25</v></c><c r='H1'"
                        " t='str'><f>\"a\"</f><v>a</v></c><c r='I1' t='d'><v>2024-03-05T10:00:00</v></c></row>"),
                    NULL, NULL),
                '.'),
            S("1: 12.50 | 0.01 | 7707083893 | TRUE | FALSE | #N/A | 25 | a | 2024-03-05T10:00:00"));
    }
    CASE("numbers come with the decimal sign that was asked for, texts as they are") {
        STR(rows_of(
                t,
                book(t,
                     SHEET("<row r='1'><c r='A1'><v>12.5</v></c><c r='B1' t='inlineStr'><is><t>1.5</t></is></c></row>"),
                     NULL, NULL),
                ','),
            S("1: 12,5 | 1.5"));
    }
    CASE("cells and rows that are not there are empty, whether they have references or not") {
        STR(rows_of(
                t,
                book(
                    t,
                    SHEET(
                        "<row r='3'><c r='C3'><v>1</v></c><c r='E3'><v>2</v></c><c"
                        " r='F3'/></row><row/><row><c><v>5</v></c><c><v>6</v></c></row><row r='9'><c"
                        " r='AB9'><v>7</v></c></row>"),
                    NULL, NULL),
                '.'),
            S("3:  |  | 1 |  | 2\n5: 5 | 6\n9:  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  | "
              " |  |  | 7"));
    }
    CASE("characters that XML cannot hold come back from their escapes") {
        STR(rows_of(
                t,
                book(
                    t,
                    SHEET(
                        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1'"
                        " t='inlineStr'><is><t>a_x000D_b_x005F_x0041__xZZZZ_</t></is></c></row>"),
                    "<sst><si><t>x_x0009_y</t></si></sst>", NULL),
                '.'),
            S("1: x\ty | a\rb_x0041__xZZZZ_"));
    }
    CASE("a string that is not in the table and a style that does not exist are no crash") {
        STR(rows_of(
                t,
                book(
                    t,
                    SHEET(
                        "<row r='1'><c r='A1' t='s'><v>7</v></c><c r='B1' t='s'><v>-1</v></c><c r='C1'"
                        " s='99'><v>45356</v></c></row>"),
                    "<sst/>", NULL),
                '.'),
            S("1:  |  | 45356"));
    }
}

static void dates(Test *t)
{
    static const char styles[] =
        "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd\\.mm\\.yyyy\\ h:mm'/><numFmt numFmtId='165'"
        " formatCode='#,##0.00\\ &quot;day&quot;'/><numFmt numFmtId='166' formatCode='[h]:mm'/><numFmt numFmtId='167'"
        " formatCode='[$-419]mmmm;@'/><numFmt numFmtId='168' formatCode='d\\ mmm'/></numFmts><cellStyleXfs><xf"
        " numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf"
        " numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/><xf numFmtId='22'/><xf"
        " numFmtId='168'/></cellXfs></styleSheet>";
    CASE("a date is told by its style, built-in or the firm's own, and only by that") {
        STR(rows_of(
                t,
                book(
                    t,
                    SHEET(
                        "<row r='1'><c r='A1' s='0'><v>45356</v></c><c r='B1' s='1'><v>45356</v></c><c r='C1'"
                        " s='2'><v>45356.3513888889</v></c><c r='D1' s='3'><v>45356</v></c><c r='E1'"
                        " s='4'><v>0.5</v></c><c r='F1' s='5'><v>45356</v></c><c r='G1'"
                        " s='6'><v>45356.999999999</v></c><c r='H1' s='7'><v>45356</v></c></row>"),
                    NULL, styles),
                '.'),
            S("1: 45356 | 2024-03-05 | 2024-03-05 08:26:00 | 45356 | 0.5 | 2024-03-05 | 2024-03-06 | 2024-03-05"));
    }
    CASE("what is no day stays a number: negative, too far, words") {
        STR(rows_of(
                t,
                book(
                    t,
                    SHEET(
                        "<row r='1'><c r='A1' s='1'><v>-1</v></c><c r='B1' s='1'><v>99999999</v></c><c r='C1'"
                        " s='1'><v>60</v></c><c r='D1' s='1' t='str'><v>soon</v></c></row>"),
                    NULL, styles),
                '.'),
            S("1: -1 | 99999999 | 60 | soon"));
    }
    CASE("a book of the 1904 system counts from there") {
        BookPart parts[] = {
            { "[Content_Types].xml", S("<Types/>") },
            { "xl/workbook.xml",
              S("<workbook><workbookPr date1904='1'/><sheets><sheet name='S' r:id='rId1'"
                " xmlns:r='r'/></sheets></workbook>") },
            { "xl/_rels/workbook.xml.rels", str_of(plain_rels) },
            { "xl/worksheets/sheet1.xml", S(SHEET("<row r='1'><c r='A1' s='1'><v>43894</v></c></row>")) },
            { "xl/styles.xml", str_of(styles) },
        };
        STR(rows_of(t, book_zip(t, parts, COUNT(parts)), '.'), S("1: 2024-03-05"));
    }
}

static void books(Test *t)
{
    CASE("any prefix, any place of the parts, sheets of charts left out, a sheet by its number") {
        BookPart parts[] = {
            { "[Content_Types].xml", S("<Types/>") },
            { "_rels/.rels",
              S("<p:Relationships xmlns:p='p'><p:Relationship Id='a' Type='http://purl.oclc.org/officeDocument'"
                " Target='/book/main.xml'/></p:Relationships>") },
            { "book/main.xml",
              S("<x:workbook xmlns:x='x' xmlns:q='q'><x:sheets><x:sheet name='Chart' q:id='c'/><x:sheet name='Лист"
                " &amp; 2' q:id='s'/></x:sheets></x:workbook>") },
            { "book/_rels/main.xml.rels",
              S("<Relationships><Relationship Id='c' Type='u/chartsheet' Target='c.xml'/><Relationship Id='s'"
                " Type='u/worksheet' Target='../data/./s.xml'/></Relationships>") },
            { "data/./s.xml",
              S("<x:worksheet xmlns:x='x'><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>ok</x:t></x:is></x:c>"
                "</x:row></x:sheetData></x:worksheet>") },
        };
        Str file = book_zip(t, parts, COUNT(parts));
        STR(rows_of(t, file, '.'), S("1: ok"));
        Problems problems = { .mem = &t->mem };
        Xlsx    *x;
        EQUAL(xlsx_open(file, &x, &problems), OK);
        EQUAL(xlsx_sheets(x), 1);
        STR(xlsx_sheet_name(x, 0), S("Лист & 2"));
        EQUAL(xlsx_begin(x, 1, '.'), INVALID);
        TEXT(problems.first->key, "file.no_sheet");
        xlsx_close(x);
    }
    CASE("a sheet can be read twice, and closed in the middle") {
        Str      file = book(t, SHEET("<row r='1'><c><v>1</v></c></row><row r='2'><c><v>2</v></c></row>"), NULL, NULL);
        Problems problems = { .mem = &t->mem };
        Xlsx    *x;
        SheetRow row;
        EQUAL(xlsx_open(file, &x, &problems), OK);
        for (int i = 0; i < 2; i++) {
            EQUAL(xlsx_begin(x, 0, '.'), OK);
            EQUAL(xlsx_next(x, &row), OK);
            STR(row.cell[0], S("1"));
        }
        CHECK(xlsx_percent(x) <= 100);
        xlsx_close(x);
    }
    CASE("strings beyond what memory is given stand in a file and are the same") {
        Buf b = buf_new(&t->mem, 32 << 20);
        buf_c(&b, "<sst>");
        for (int i = 0; i < 400000; i++)
            buf_fmt(&b, "<si><t>the string with the number %08d and some more</t></si>", i);
        buf_c(&b, "</sst>");
        buf_char(&b, 0);
        STR(rows_of(t, book(t, SHEET("<row r='1'><c t='s'><v>0</v></c><c t='s'><v>399999</v></c></row>"), b.data, NULL),
                    '.'),
            S("1: the string with the number 00000000 and some more | the string with the number 00399999 and some"
              " more"));
    }
    CASE("parts whose names have backslashes and capitals are the same parts") {
        BookPart parts[] = {
            { "[Content_Types].xml", S("<Types/>") },
            { "xl\\Workbook.xml", str_of(plain_book) },
            { "xl\\_rels\\workbook.xml.rels", str_of(plain_rels) },
            { "xl\\worksheets\\sheet1.xml", S(SHEET("<row r='1'><c t='s'><v>0</v></c></row>")) },
            { "xl\\SharedStrings.xml", S("<sst><si><t>Клиент</t></si></sst>") },
        };
        STR(rows_of(t, book_zip(t, parts, COUNT(parts)), '.'), S("1: Клиент"));
    }
    CASE("a book of 2,000 sheets is refused with how many there are: none is left out in silence") {
        Buf b = buf_new(&t->mem, 1 << 17);
        buf_c(&b, "<workbook><sheets>");
        for (int i = 0; i < 2000; i++) buf_fmt(&b, "<sheet name='s%d' id='rId1'/>", i);
        buf_c(&b, "</sheets></workbook>");
        BookPart parts[]  = { { "xl/workbook.xml", buf_str(&b) },
                              { "xl/_rels/workbook.xml.rels", str_of(plain_rels) },
                              { "xl/worksheets/sheet1.xml", S(SHEET("")) } };
        Problems problems = { .mem = &t->mem };
        Xlsx    *x;
        EQUAL(xlsx_open(book_zip(t, parts, COUNT(parts)), &x, &problems), INVALID);
        STR(str_of(problems.first->key), S("file.too_many_sheets"));
        EQUAL(problems.first->args[0].number, 2000);
    }
    CASE("a hidden sheet is looked at only when nothing is in sight") {
        const char *state[] = { "hidden", "veryHidden", "visible" };
        for (int i = 0; i < COUNT(state); i++) {
            BookPart parts[] = {
                { "[Content_Types].xml", S("<Types/>") },
                { "_rels/.rels", S("<Relationships/>") },
                { "xl/workbook.xml",
                  str_fmt(
                      &t->mem,
                      "<workbook><sheets><sheet name='old' id='a' state='%s'/><sheet name='new'"
                      " id='b'/></sheets></workbook>",
                      state[i]) },
                { "xl/_rels/workbook.xml.rels",
                  S("<Relationships><Relationship Id='a' Type='u/worksheet' Target='a.xml'/><Relationship Id='b'"
                    " Type='u/worksheet' Target='b.xml'/></Relationships>") },
                { "xl/a.xml",
                  S("<worksheet><sheetData><row><c t='str'><v>Клиент</v></c></row><row><c><v>1</v></c></row>"
                    "</sheetData></worksheet>") },
                { "xl/b.xml",
                  S("<worksheet><sheetData><row><c t='str'><v>Клиент</v></c></row><row><c><v>1</v></c></row>"
                    "</sheetData></worksheet>") },
            };
            Problems   problems = { .mem = &t->mem };
            Recognised r;
            EQUAL(table_recognise(&t->mem, book_zip(t, parts, COUNT(parts)), FORM_WISH, &r, &problems), OK);
            EQUAL(r.form.sheet, i < 2);
        }
    }
    CASE("formulas without a kept value are counted, those with one are not") {
        Problems   problems = { .mem = &t->mem };
        Recognised r;
        Str        file = book(t, SHEET("<row r='1'><c t='str'><v>Клиент</v></c><c t='str'><v>Сумма</v></c></row>"
                                        "<row r='2'><c t='str'><v>А</v></c><c><f>1+1</f><v>2</v></c></row>"
                                        "<row r='3'><c t='str'><v>Б</v></c><c><f>1+1</f></c></row>"
                                        "<row r='4'><c t='str'><v>В</v></c><c><f t='shared' si='0'/><v></v></c></row>"),
                               NULL, NULL);
        EQUAL(table_recognise(&t->mem, file, FORM_WISH, &r, &problems), OK);
        EQUAL(r.unvalued, 2);
    }
    CASE("the first row that a filter has put away is told, one that is folded with its group is not") {
        Problems   problems = { .mem = &t->mem };
        Recognised r;
        Str        file = book(t, SHEET("<row r='1'><c t='str'><v>Клиент</v></c><c t='str'><v>Сумма</v></c></row>"
                                        "<row r='2' hidden='1' outlineLevel='1'><c t='str'><v>А</v></c>"
                                        "<c><v>2</v></c></row>"
                                        "<row r='3' hidden='0'><c t='str'><v>Б</v></c><c><v>3</v></c></row>"
                                        "<row r='4' hidden='1'><c t='str'><v>В</v></c><c><v>4</v></c></row>"
                                        "<row r='5' hidden='true'><c t='str'><v>Г</v></c><c><v>5</v></c></row>"),
                               NULL, NULL);
        EQUAL(table_recognise(&t->mem, file, FORM_WISH, &r, &problems), OK);
        EQUAL(r.put_away, 4);
        EQUAL(r.rows, 4);
    }
    CASE("a report in a workbook begins below its titles") {
        Problems   problems = { .mem = &t->mem };
        Recognised r;
        Str        file = book(
                   t,
                   SHEET(
                       "<row r='1'><c r='A1' t='inlineStr'><is><t>Отчёт</t></is></c></row>"
                              "<row r='4'><c r='A4' t='inlineStr'><is><t>Клиент</t></is></c><c r='B4'"
                              " t='inlineStr'><is><t>Сумма</t></is></c></row><row r='5'><c r='A5'"
                              " t='inlineStr'><is><t>А</t></is></c><c r='B5'><v>5.5</v></c></row><row r='6'><c r='A6'"
                              " t='inlineStr'><is><t>Б</t></is></c><c r='B6'><v>6.5</v></c></row>"),
                   NULL, NULL);
        EQUAL(table_recognise(&t->mem, file, FORM_WISH, &r, &problems), OK);
        EQUAL(r.form.begins, 3);
        STR(r.names[1], S("Сумма"));
        EQUAL(r.rows, 2);
    }
}

/* Whose only part is 8 MiB of empty rows. */
static Str book_of_sheets(Test *t, int sheets)
{
    Buf names = buf_new(&t->mem, 4096), rows = buf_new(&t->mem, (8 << 20) + 100);
    buf_c(&names, "<workbook xmlns='m' xmlns:r='r'><sheets>");
    for (int i = 0; i < sheets; i++) buf_fmt(&names, "<sheet name='%d' r:id='rId1'/>", i);
    buf_c(&names, "</sheets></workbook>");
    buf_c(&rows, "<worksheet><sheetData>");
    while (rows.len < 8 << 20) buf_c(&rows, "<row/>");
    buf_c(&rows, "</sheetData></worksheet>");
    BookPart parts[] = { { "[Content_Types].xml", S("<Types/>") },
                         { "xl/workbook.xml", buf_str(&names) },
                         { "xl/_rels/workbook.xml.rels", str_of(plain_rels) },
                         { "xl/worksheets/sheet1.xml", buf_str(&rows) } };
    return book_zip(t, parts, COUNT(parts));
}

/* Key, megabytes and part of what is told first. */
static Str recognised(Test *t, Str file)
{
    Problems   problems = { .mem = &t->mem };
    Recognised r;
    if (table_recognise(&t->mem, file, FORM_WISH, &r, &problems) == OK) return S("OK");
    const Problem *p = problems.first;
    if (p->arg_count < 2) return str_of(p->key);
    return str_fmt(&t->mem, "%s %d %.*s", p->key, (int)p->args[0].number, (int)p->args[1].text.n, p->args[1].text.s);
}

static Err wanted_so_often(void *left, Problems *problems)
{
    int *n = left;
    return (*n)-- > 1 ? OK : PROBLEM(problems, BUSY, NULL, "work.server_stops");
}

static void refusals(Test *t)
{
    CASE("a DOCTYPE is refused wherever it stands") {
        STR(rows_of(t, book(t, "<!DOCTYPE worksheet [<!ENTITY a 'b'>]>" SHEET("<row/>"), NULL, NULL), '.'),
            S("file.doctype xl/worksheets/sheet1.xml"));
        STR(rows_of(t, book(t, SHEET("<row/>"), "<!DOCTYPE sst SYSTEM 'file:///etc/passwd'><sst/>", NULL), '.'),
            S("file.doctype xl/sharedStrings.xml"));
        STR(rows_of(t, book(t, SHEET("<row/>"), NULL, "<!DOCTYPE s><s/>"), '.'), S("file.doctype xl/styles.xml"));
    }
    CASE("a part that is no XML, is cut, or is missing is named") {
        STR(rows_of(t, book(t, "<worksheet><sheetData><row>", NULL, NULL), '.'),
            S("file.broken_xlsx xl/worksheets/sheet1.xml"));
        STR(rows_of(t, book(t, SHEET("<row><c><v>1</v></c></row>") "<more/>", NULL, NULL), '.'),
            S("1: 1file.broken_xlsx xl/worksheets/sheet1.xml"));
        STR(rows_of(t, book(t, SHEET("<row/>"), "<sst><si>", NULL), '.'), S("file.broken_xlsx xl/sharedStrings.xml"));
        BookPart no_book[] = { { "[Content_Types].xml", S("<Types/>") } };
        STR(rows_of(t, book_zip(t, no_book, 1), '.'), S("file.broken_xlsx xl/workbook.xml"));
        BookPart no_rels[] = { { "[Content_Types].xml", S("<Types/>") }, { "xl/workbook.xml", str_of(plain_book) } };
        STR(rows_of(t, book_zip(t, no_rels, 2), '.'), S("file.broken_xlsx xl/_rels/workbook.xml.rels"));
        BookPart no_sheet[] = { no_rels[0], no_rels[1], { "xl/_rels/workbook.xml.rels", str_of(plain_rels) } };
        STR(rows_of(t, book_zip(t, no_sheet, 3), '.'), S("file.broken_xlsx xl/worksheets/sheet1.xml"));
        BookPart none[] = { no_rels[0],
                            { "xl/workbook.xml", S("<workbook><sheets/></workbook>") },
                            { "xl/_rels/workbook.xml.rels", str_of(plain_rels) } };
        STR(rows_of(t, book_zip(t, none, 3), '.'), S("file.no_sheet"));
    }
    CASE("a file cut anywhere is refused, whole or part by part") {
        Str file = book(t, SHEET("<row r='1'><c><v>1</v></c></row>"), "<sst/>", NULL);
        for (ptrdiff_t n = 1; n < file.n; n += 7)
            CHECK(str_starts(rows_of(t, str_upto(file, file.n - n), '.'), S("file.")));
    }
    CASE("a book that unpacks to more than any table does is refused before it is unpacked") {
        Str bomb = book_with_claimed_size(t, INT64_C(4000) << 20);
        STR(rows_of(t, bomb, '.'), S("file.bomb"));
        Str liar = book_with_claimed_size(t, 10);
        STR(rows_of(t, liar, '.'), S("file.broken_xlsx xl/worksheets/sheet1.xml"));
    }
    CASE("a table unfolds to a hundred times its size, and to sixty-four megabytes whatever its size, but never to more"
         " than sixteen gigabytes") {
        EQUAL(sheets_unfold(746 << 10), INT64_C(74600) << 10);
        EQUAL(sheets_unfold(1), 64 << 20);
        EQUAL(sheets_unfold(INT64_C(1) << 30), INT64_C(16) << 30);
        EQUAL(sheets_unfold(INT64_MAX), INT64_C(16) << 30);
    }
    CASE("a part to which sixty sheets refer is not read sixty times") {
        STR(recognised(t, book_of_sheets(t, 1)), S("file.empty"));
        STR(recognised(t, book_of_sheets(t, 60)), S("file.bomb 128 xl/worksheets/sheet1.xml"));
    }
    CASE("of a sheet as wide as a sheet can be few rows are looked at, of one of two hundred columns as many as ever") {
        static const struct { const char *last; int columns, rows; } sheets[] = { { "XFD", 16384, 32 },
                                                                                  { "GR", 200, 2000 } };
        for (int i = 0; i < COUNT(sheets); i++) {
            Buf        rows     = buf_new(&t->mem, 1 << 18);
            Problems   problems = { .mem = &t->mem };
            Recognised r;
            buf_c(&rows, "<worksheet><sheetData>");
            for (int k = 0; k < 2500; k++) buf_fmt(&rows, "<row><c r='%s1'><v>7</v></c></row>", sheets[i].last);
            buf_c(&rows, "</sheetData></worksheet>");
            buf_char(&rows, 0);
            EQUAL(table_recognise(&t->mem, book(t, rows.data, NULL, NULL), FORM_WISH, &r, &problems), OK);
            EQUAL(r.form.columns, sheets[i].columns);
            CHECK(r.rows <= sheets[i].rows && r.rows >= sheets[i].rows - 2);
        }
    }
    CASE("a workbook that nobody wants any more is left in the middle of a row, and says why") {
        int   left   = 3;
        Pulse before = pulse_begin((Pulse){ wanted_so_often, &left });
        Str   rows   = rows_of(t, book_of_sheets(t, 1), '.');
        pulse_begin(before);
        STR(rows, S("work.server_stops"));
        EQUAL(left, 0);
    }
    CASE("a cell longer than a megabyte, a tag without end, a column beyond the last and endless nesting are refused") {
        char *big = NEW_N(&t->mem, char, 3 << 20);
        for (int i = 0; i < (3 << 20) - 1; i++) big[i] = 'x';
        Str cell = str_fmt(&t->mem, SHEET("<row><c t='inlineStr'><is><t>%s</t></is></c></row>"), big);
        STR(rows_of(t, book(t, cell.s, NULL, NULL), '.'), S("file.long_cell xl/worksheets/sheet1.xml"));
        Str shared = str_fmt(&t->mem, "<sst><si><t>%s</t></si></sst>", big);
        STR(rows_of(t, book(t, SHEET("<row/>"), shared.s, NULL), '.'), S("file.long_cell xl/sharedStrings.xml"));
        Str tag = str_fmt(&t->mem, "<worksheet a='%s'/>", big);
        STR(rows_of(t, book(t, tag.s, NULL, NULL), '.'), S("file.broken_xlsx xl/worksheets/sheet1.xml"));
        STR(rows_of(t, book(t, SHEET("<row><c r='ZZZ1'><v>1</v></c></row>"), NULL, NULL), '.'),
            S("file.broken_xlsx xl/worksheets/sheet1.xml"));
        Buf b = buf_new(&t->mem, 1 << 16);
        for (int i = 0; i < 100; i++) buf_c(&b, "<a>");
        buf_char(&b, 0);
        STR(rows_of(t, book(t, b.data, NULL, NULL), '.'), S("file.broken_xlsx xl/worksheets/sheet1.xml"));
    }
    CASE("more parts than a book has are refused") {
        BookPart *parts = NEW_N(&t->mem, BookPart, 10001);
        for (int i = 0; i < 10001; i++) parts[i] = (BookPart){ str_c(&t->mem, str_fmt(&t->mem, "p%d", i)), S("") };
        STR(rows_of(t, book_zip(t, parts, 10001), '.'), S("file.too_many_parts"));
    }
}

TESTS(test_xlsx)
{
    cells(t);
    dates(t);
    books(t);
    refusals(t);
}
