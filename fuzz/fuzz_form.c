/* A form beside a file that it may never have been made for: {"form":{…},"columns":{…}} as a browser sends it or a plan
 * keeps it, a byte 0xFF, and the file (a workbook or an archive may stand in parts, see fuzz/book.h).  Preview and
 * import open the rows by it: either a problem says why not, or every cell that they take is one of the row. */
#include "format/charset.h"
#include "format/recognise.h"
#include "fuzz/book.h"
#include "sales/reading/columns.h"
#include "sales/reading/plan_columns.h"
#include "sales/reading/sales_row.h"

enum { ROWS = 60 };

/* Of an archive each part is a text. */
static const char *const packed[]  = { "2026-01.csv", "2026-02.csv", "2026-03.csv", "notes.txt" };
static const Str         nothing[] = { S(""), S(""), S(""), S("") };

/* What was kept is what will be read again. */
static void kept_alike(Arena *mem, const TableForm *form)
{
    Buf         text     = buf_new(mem, 512);
    JsonOut     j        = js_to(&text);
    Problems    problems = { .mem = mem };
    TableForm   again;
    const Json *json;
    form_json(&j, form, (Str[]){ S("a"), S("b") }, form->kind != FILE_CSV ? 2 : 0);
    CLAIM(json_read(mem, buf_str(&text), (JsonLimits){ 0 }, &problems, &json) == OK &&
          form_read(json, &again, &problems) == OK);
    CLAIM(again.kind == form->kind && again.encoding == form->encoding && again.delimiter == form->delimiter &&
          again.quotes == form->quotes);
    CLAIM(again.header == form->header && again.begins == form->begins && again.sheet == form->sheet &&
          again.columns == form->columns);
    CLAIM(again.number.decimal == form->number.decimal && again.number.group == form->number.group &&
          again.day == form->day);
}

/* As an import of sales asks: the columns play its roles in the order in which they were named. */
static SalesRows roles_of(const TableForm *form, const ImportColumn *column, int n)
{
    SalesColumns columns = { .c_marks_return = form->quotes };
    TableForm    cells   = *form;
    for (int c = 0; c < COL_COUNT; c++) columns.at[c] = c < n ? column[c].at : -1;
    cells.encoding = ENC_UTF8;
    cells.kind     = FILE_XLSX;
    return sales_rows(&cells, &columns);
}

static void row_take(const TableRow *row, const TableForm *form, const ImportColumn *column, int n, SalesRows *roles)
{
    SaleRow sale;
    CLAIM(row->number > 0 && row->count >= 0 &&
          row->count <= (form->kind != FILE_CSV ? SHEET_COLUMNS_MAX : CSV_COLUMNS_MAX));
    for (int c = 0; c < n; c++) {
        Str cell = table_cell(row, column[c].at);
        CLAIM(column[c].at < form->columns && (cell.n == 0 || column[c].at < row->count));
        CLAIM(utf8_first_bad(cell) < 0);
    }
    sales_row(roles, row->cell, row->count, row->number, &sale);
}

/* What every reader of rows leans on. */
static void believed_rightly(const TableRows *rows, const TableForm *form, Str file)
{
    bool book = form->kind != FILE_CSV;
    CLAIM(form->columns >= 1 && form->columns <= (book ? SHEET_COLUMNS_MAX : CSV_COLUMNS_MAX));
    CLAIM(form->begins >= 0 && form->begins <= (book ? SHEET_ROWS_MAX : file.n));
    CLAIM(form->encoding >= ENC_UTF8 && form->encoding <= ENC_CP866 && (book || form->delimiter));
    CLAIM(book == (rows->book != NULL) && (!book || (form->sheet >= 0 && form->sheet < sheets_count(rows->book))));
}

/* A sheet that a whole workbook has not is refused as that, before anything of it is looked for. */
static void sheet_told(Str file, const TableForm *form, const Problems *told)
{
    Problems problems = { .mem = told->mem };
    Sheets  *book;
    if (form->kind == FILE_CSV || form_misfit(form, file) || sheets_open(file, &book, &problems) != OK) return;
    CLAIM(form->sheet < sheets_count(book) || str_eq(str_of(told->first->key), S("file.no_sheet")));
    sheets_close(book);
}

static void rows_take(Str file, const TableForm *form, const ImportColumn *column, int n, Problems *problems)
{
    TableRows   rows;
    TableRow    row;
    SalesRows   roles  = roles_of(form, column, n);
    const char *misfit = form_misfit(form, file);
    Err         err    = table_rows_open(&rows, file, form, problems);
    CLAIM(!misfit || (err == INVALID && problems->count == 1));
    if (err) {
        CLAIM(problems->count || err == NOT_FOUND); /* NOT_FOUND: there is no row, not even a header */
        if (problems->count) sheet_told(file, form, problems);
        return;
    }
    believed_rightly(&rows, form, file);
    for (int i = 0; i < ROWS && (err = table_rows_next(&rows, &row, problems)) == OK; i++) {
        row_take(&row, form, column, n, &roles);
        int permille = table_rows_permille(&rows);
        CLAIM(permille >= 0 && permille <= 1000);
    }
    CLAIM(err == OK || err == NOT_FOUND || problems->count);
    table_rows_close(&rows);
}

/* As who looks at a file sees it, and reads what he has seen: all of it, sheets of one shape together. */
static void seen_whole(Arena *mem, Str file, FormWish wish)
{
    Problems   problems = { .mem = mem };
    Recognised r        = { 0 };
    TableRows  rows;
    SalesDoubt doubt[SALES_DOUBTS_MAX];
    Err        err = sales_table_recognise(mem, file, wish, &r, &problems);
    CLAIM((err == OK) == (problems.count == 0));
    if (err != OK) return;
    CLAIM(form_misfit(&r.form, file) == NULL);
    CLAIM(joined_doubts(&r, doubt, SALES_DOUBTS_MAX) == (r.joined > 1) + (r.left_out.n > 0) + r.form.report.name_day);
    err = table_rows_open(&rows, file, &r.form, &problems);
    CLAIM(err == OK || problems.count || err == NOT_FOUND);
    if (err != OK) return;
    CLAIM(!r.form.report.sheets || table_rows_names(&rows));
    table_rows_close(&rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena       *mem      = fuzz_mem();
    Str          file     = { (const char *)data, (ptrdiff_t)size }, plan = str_cut(&file, '\xFF');
    Problems     problems = { .mem = mem };
    ImportColumn column[IMPORT_COLUMNS_MAX];
    TableForm    form;
    Recognised   again;
    const Json  *json;
    int          n;
    if (json_read(mem, plan, (JsonLimits){ 0 }, &problems, &json) != OK) return 0;
    Err err = form_read(json_get(json, "form"), &form, &problems);
    if (err == OK) err = plan_columns_read(json_get(json, "columns"), &form, column, &n, &problems);
    CLAIM((err == OK) == (problems.count == 0));
    if (err != OK) return 0;
    kept_alike(mem, &form);
    if (form.kind == FILE_XLSX) file = fuzz_book(mem, file);
    if (form.kind == FILE_PACK) file = parts_zipped(mem, file, packed, nothing, COUNT(packed));
    rows_take(file, &form, column, n, &problems);
    problems = (Problems){ .mem = mem };
    err      = table_recognise(mem, file, form_wish(&form), &again, &problems);
    CLAIM((err == OK) == (problems.count == 0));
    if (err == OK) CLAIM(form_misfit(&again.form, file) == NULL);
    seen_whole(mem, file, form_wish(&form));
    seen_whole(mem, file, FORM_WISH);
    return 0;
}
