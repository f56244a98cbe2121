/* Files of sheets of every kind.  tests/format/made/kinds.* are one document that was written by hand as flat
 * OpenDocument and saved by LibreOffice 7.4 as each kind; the cells expected are those written by hand. */
#include "format/mapped.h"
#include "format/recognise.h"
#include "tests/format/book.h"

Str sheet_rows(Test *t, Str file, int sheet, char decimal)
{
    Problems problems = { .mem = &t->mem };
    Buf      b        = buf_new(&t->mem, 256);
    Sheets  *w;
    SheetRow row;
    Err      err = sheets_open(file, &w, &problems);
    if (err == OK) err = sheets_begin(w, sheet, decimal);
    while (err == OK && (err = sheets_next(w, &row)) == OK) {
        buf_fmt(&b, "%s%d:", b.len ? "\n" : "", (int)row.number);
        for (int i = 0; i < row.count; i++) {
            buf_c(&b, i ? " | " : " ");
            buf_put(&b, row.cell[i]);
        }
    }
    if (err != NOT_FOUND) {
        if (b.len) buf_char(&b, '\n');
        buf_c(&b, problems.first->key);
        for (int i = 0; i < problems.first->arg_count; i++)
            if (problems.first->args[i].kind == ARG_COUNT)
                buf_fmt(&b, " %s=%lld", problems.first->args[i].name, (long long)problems.first->args[i].number);
    }
    if (w) sheets_close(w);
    return buf_str(&b);
}

Str made_file(Test *t, const char *name)
{
    Problems problems = { .mem = &t->mem };
    Str      file;
    char    *path = str_c(&t->mem, str_fmt(&t->mem, TESTS_FOLDER "/format/made/%s", name));
    EQUAL(mapped_open(path, &file, &problems), OK);
    Str copy = str_copy(&t->mem, file);
    mapped_close(file);
    return copy;
}

static const char kinds_rows[] = "1: Отчёт за март\n"
                                 "4: Дата | Клиент | Количество | Цена | Сумма | Оплачен | Скидка | Примечание\n"
                                 "5: 2024-03-05 | ООО «Ромашка» & Co | 3 | 1200.5 | 3601.5 | TRUE | 0.15 | первая\n"
                                 "вторая  строка\n"
                                 "6: 2024-03-06 08:26:00 | Ёлкин Ж.Щ. | -2 | 7700000001 | 0.000125 | FALSE |"
                                 " 1234567.891 | № -2\n"
                                 "7: 2024-12-31 | Повтор | 1 | 1 | 1\n"
                                 "8: 2024-12-31 | Повтор | 1 | 1 | 1\n"
                                 "9: 2024-12-31 | Повтор | 1 | 1 | 1\n"
                                 "10:  |  | конец";

static void kinds(Test *t)
{
    static const char *const names[] = { "kinds.xlsx", "kinds.xls", "kinds.ods" };
    for (int i = 0; i < COUNT(names); i++) {
        Problems problems = { .mem = &t->mem };
        Sheets  *w;
        CASE("the same document gives the same rows, whatever kind it was saved as") {
            Str file = made_file(t, names[i]);
            STR(sheet_rows(t, file, 1, '.'), str_of(kinds_rows));
            STR(sheet_rows(t, file, 0, '.'), S("1: Черновик"));
            STR(sheet_rows(t, file, 2, '.'), S("file.no_sheet"));
        }
        CASE("a sheet that was put away is told, and the one in sight is chosen") {
            Str        file = made_file(t, names[i]);
            Recognised r;
            EQUAL(sheets_open(file, &w, &problems), OK);
            EQUAL(sheets_count(w), 2);
            STR(sheets_name(w, 1), S("Продажи"));
            CHECK(sheets_hidden(w, 0) && !sheets_hidden(w, 1));
            sheets_close(w);
            EQUAL(table_recognise(&t->mem, file, FORM_WISH, &r, &problems), OK);
            EQUAL(r.form.sheet, 1);
            EQUAL(r.form.begins, 3);
        }
        CASE("a sheet is read again, and another one after it") {
            Str      file = made_file(t, names[i]);
            SheetRow row;
            EQUAL(sheets_open(file, &w, &problems), OK);
            for (int again = 0; again < 4; again++) {
                EQUAL(sheets_begin(w, again % 2, ','), OK);
                EQUAL(sheets_next(w, &row), OK);
                STR(row.cell[0], again % 2 ? S("Отчёт за март") : S("Черновик"));
                CHECK(sheets_percent(w) <= 100);
            }
            sheets_close(w);
        }
        CASE("a file that is cut anywhere is refused in words, or its rows are read") {
            Str file = made_file(t, names[i]);
            for (ptrdiff_t n = 8; n < file.n; n += 61) CHECK(sheet_rows(t, str_upto(file, n), 1, '.').n > 0);
        }
    }
}

TESTS(test_sheets)
{
    kinds(t);
}
