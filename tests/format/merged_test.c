/* Merged cells in workbooks of each kind; the rows expected are what a person reads who looks at the sheet. */
#include "format/recognise.h"
#include "tests/format/book.h"

#include <string.h>

#define T(ref, text) "<c r='" ref "' t='inlineStr'><is><t>" text "</t></is></c>"
#define N(ref, number) "<c r='" ref "'><v>" number "</v></c>"

static Str merged_book(Test *t, const char *before, const char *rows, const char *behind)
{
    static const char book[] = "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='s'/></sheets></workbook>";
    static const char rels[] = "<Relationships><Relationship Id='s' Type='x/worksheet' Target='a.xml'/>"
                               "</Relationships>";
    Str sheet = str_fmt(&t->mem, "<worksheet>%s<sheetData>%s</sheetData>%s</worksheet>", before, rows, behind);
    BookPart parts[] = { { "xl/workbook.xml", str_of(book) },
                         { "xl/_rels/workbook.xml.rels", str_of(rels) },
                         { "xl/a.xml", sheet } };
    return book_zip(t, parts, COUNT(parts));
}

static Str table_of(Test *t, const char *content)
{
    static const char head[] = "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body>"
                               "<office:spreadsheet><table:table table:name='a'>";
    Str all = str_fmt(&t->mem, "%s%s</table:table></office:spreadsheet></office:body></office:document-content>", head,
                      content);
    BookPart parts[] = { { "META-INF/manifest.xml", S("<manifest/>") }, { "content.xml", all } };
    return book_zip(t, parts, COUNT(parts));
}

static const char client_rows[] =
    "<row r='1'>" T("A1", "Клиент") T("B1", "Сумма") "</row><row r='2'>" T("A2", "Ромашка") N("B2", "5")
    "</row><row r='3'>" N("B3", "6") "</row><row r='4'>" T("A4", "Лютик") N("B4", "7") "</row><row r='5'><c r='A5'/>"
    N("B5", "8") "</row><row r='6'>" N("B6", "9") "</row>";

static void names_go_down(Test *t)
{
    static const char merges[] = "<mergeCells count='2'><mergeCell ref='A2:A3'/><mergeCell ref='A4:A5'/></mergeCells>";
    CASE("a client merged over his rows is the client of each, and of no row behind them") {
        STR(sheet_rows(t, merged_book(t, "", client_rows, merges), 0, '.'),
            S("1: Клиент | Сумма\n2: Ромашка | 5\n3: Ромашка | 6\n4: Лютик | 7\n5: Лютик | 8\n6:  | 9"));
        STR(sheet_rows(t, merged_book(t, "", client_rows, ""), 0, '.'),
            S("1: Клиент | Сумма\n2: Ромашка | 5\n3:  | 6\n4: Лютик | 7\n5:  | 8\n6:  | 9"));
    }
    CASE("tags with a prefix and areas in any order say the same") {
        STR(sheet_rows(t, merged_book(t, "", client_rows, "<x:mergeCell xmlns:x='m' ref=\"A4:A5\" /><x:mergeCell "
                                                          "xmlns:x='m' ref=\"A2:A3\"/>"), 0, '.'),
            S("1: Клиент | Сумма\n2: Ромашка | 5\n3: Ромашка | 6\n4: Лютик | 7\n5: Лютик | 8\n6:  | 9"));
    }
    CASE("a day goes down, a figure does not: merged over rows it is of all of them together") {
        STR(sheet_rows(t, merged_book(t, "", "<row>" T("A1", "05.03.2026") N("B1", "300") T("C1", "1 200,50")
                                             N("D1", "1") "</row><row>" N("D2", "2") "</row>",
                                      "<mergeCell ref='A1:A2'/><mergeCell ref='B1:B2'/><mergeCell ref='C1:C2'/>"),
                       0, '.'),
            S("1: 05.03.2026 | 300 | 1 200,50 | 1\n2: 05.03.2026 |  |  | 2"));
    }
    CASE("only the first of several columns goes down, and what stands below it stays") {
        STR(sheet_rows(t, merged_book(t, "", "<row>" T("A1", "Ромашка") N("C1", "1") "</row><row>" N("C2", "2")
                                             "</row><row>" T("A3", "своё") N("C3", "3") "</row>",
                                      "<mergeCell ref='A1:B3'/>"), 0, '.'),
            S("1: Ромашка |  | 1\n2: Ромашка |  | 2\n3: своё |  | 3"));
    }
    CASE("OpenDocument says it beside the cell") {
        static const char rows[] =
            "<table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>Ромашка</text:p>"
            "</table:table-cell><table:table-cell><text:p>а</text:p></table:table-cell></table:table-row>"
            "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>б</text:p></table:table-cell>"
            "</table:table-row><table:table-row><table:table-cell/><table:table-cell><text:p>в</text:p>"
            "</table:table-cell></table:table-row>";
        STR(sheet_rows(t, table_of(t, rows), 0, '.'), S("1: Ромашка | а\n2: Ромашка | б\n3:  | в"));
    }
}

static Str names_of(Test *t, Str file)
{
    Recognised r;
    Problems   problems = { .mem = &t->mem };
    Buf        b        = buf_new(&t->mem, 256);
    if (table_recognise(&t->mem, file, FORM_WISH, &r, &problems) != OK) return str_of(problems.first->key);
    for (int c = 0; c < r.form.columns; c++) {
        if (c) buf_c(&b, " | ");
        buf_put(&b, r.names[c]);
    }
    return buf_str(&b);
}

static void heads_join(Test *t)
{
    static const char rows[] =
        "<row r='1'>" T("A1", "Клиент") T("B1", "2026 год") "</row><row r='2'>" T("B2", "Январь") T("D2", "Февраль")
        "</row><row r='3'>" T("B3", "Количество") T("C3", "Сумма") T("D3", "Количество") T("E3", "Сумма")
        "</row><row r='4'>" T("A4", "Лавка") N("B4", "1") N("C4", "10") N("D4", "2") N("E4", "20") "</row><row r='5'>"
        T("A5", "Маяк") N("B5", "3") N("C5", "30") N("D5", "4") N("E5", "40") "</row><row r='6'>"
        T("A6", "Сад") N("B6", "3") N("C6", "30") N("D6", "4") N("E6", "40") "</row><row r='7'>"
        T("A7", "Лес") N("B7", "3") N("C7", "30") N("D7", "4") N("E7", "40") "</row>";
    CASE("a head of three rows is joined, each cell over all columns that it is merged over") {
        STR(names_of(t, merged_book(t, "<dimension ref='A1:E7'/>", rows,
                                    "<mergeCell ref='A1:A3'/><mergeCell ref='B1:E1'/><mergeCell ref='B2:C2'/>"
                                    "<mergeCell ref='D2:E2'/>")),
            S("Клиент | 2026 год Январь Количество | 2026 год Январь Сумма | 2026 год Февраль Количество | 2026 год"
              " Февраль Сумма"));
    }
    CASE("a title merged over all columns is no part of it") {
        STR(names_of(t, merged_book(t, "<dimension ref='A1:B4'/>",
                                    "<row r='1'>" T("A1", "Продажи") "</row><row r='2'>" T("A2", "Клиент")
                                    T("B2", "Сумма") "</row><row r='3'>" T("A3", "Лавка") N("B3", "5")
                                    "</row><row r='4'>" N("B4", "6") "</row>",
                                    "<mergeCell ref='A1:B1'/><mergeCell ref='A3:A4'/>")),
            S("Клиент | Сумма"));
    }
}

static void hostile(Test *t)
{
    CASE("a merged cell over everything fills the rows that are there, and makes none") {
        STR(sheet_rows(t, merged_book(t, "", "<row r='1'>" T("A1", "Всё") "</row><row r='4'>" N("B4", "1") "</row>",
                                      "<mergeCell ref='A1:XFD1048576'/>"), 0, '.'),
            S("1: Всё\n4: Всё | 1"));
    }
    CASE("areas that are none are passed over") {
        STR(sheet_rows(t, merged_book(t, "", client_rows,
                                      "<mergeCell ref='A2'/><mergeCell ref='A3:A2'/><mergeCell ref='A2:A0'/><mergeCell"
                                      " ref='ZZZZ2:ZZZZ9'/><mergeCell ref=''/><mergeCell/>"), 0, '.'),
            S("1: Клиент | Сумма\n2: Ромашка | 5\n3:  | 6\n4: Лютик | 7\n5:  | 8\n6:  | 9"));
    }
    CASE("names that go down in every column of a long sheet are a bomb") {
        Buf rows = buf_new(&t->mem, 1 << 22), areas = buf_new(&t->mem, 1 << 22);
        buf_c(&rows, "<row r='1'>");
        for (int c = 0; c < 16384; c++) buf_c(&rows, "<c t='inlineStr'><is><t>имя</t></is></c>");
        buf_c(&rows, "</row>");
        for (int r = 2; r < 400; r++) buf_fmt(&rows, "<row r='%d'><c r='A%d'><v>1</v></c></row>", r, r);
        for (int c = 0; c < 16384; c++) {
            int  n = c;
            char name[4] = { 0 }, ref[4];
            int  k = 0;
            for (; n >= 0; n = n / 26 - 1) name[k++] = (char)('A' + n % 26);
            for (int i = 0; i < k; i++) ref[i] = name[k - 1 - i];
            ref[k] = 0;
            buf_fmt(&areas, "<mergeCell ref='%s1:%s400'/>", ref, ref);
        }
        buf_char(&rows, 0);
        buf_char(&areas, 0);
        Problems problems = { .mem = &t->mem };
        Sheets  *w;
        SheetRow row;
        Err      err;
        EQUAL(sheets_open(merged_book(t, "", rows.data, areas.data), &w, &problems), OK);
        EQUAL(sheets_begin(w, 0, '.'), OK);
        int64_t n = 0;
        while ((err = sheets_next(w, &row)) == OK) n++;
        EQUAL(err, INVALID);
        STR(str_of(problems.first->key), S("file.bomb"));
        CHECK(n > 100 && n < 300); /* 128 MiB at 35 or 38 bytes a cell */
        sheets_close(w);
    }
}

TESTS(test_merged)
{
    names_go_down(t);
    heads_join(t);
    hostile(t);
}
