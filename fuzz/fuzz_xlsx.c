/* Workbooks: an input is one, or the parts of one (fuzz/book.h). */
#include "format/xlsx.h"
#include "fuzz/book.h"

static void read_sheet(Xlsx *x, int sheet, const Problems *problems)
{
    SheetRow row;
    Err     err = xlsx_begin(x, sheet, sheet & 1 ? ',' : '.');
    while (err == OK && (err = xlsx_next(x, &row)) == OK) {
        CLAIM(row.count > 0 && row.count <= SHEET_COLUMNS_MAX && xlsx_percent(x) <= 100);
        for (int i = 0; i < row.count; i++) CLAIM(row.cell[i].n >= 0 && row.cell[i].n < 4 << 20);
    }
    CLAIM(err == NOT_FOUND || problems->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena   *mem      = fuzz_mem();
    Str      input    = fuzz_book(mem, (Str){ (const char *)data, (ptrdiff_t)size });
    Problems problems = { .mem = mem };
    Xlsx    *x;
    if (xlsx_open(input, &x, &problems) != OK) {
        CLAIM(problems.count);
        return 0;
    }
    for (int sheet = 0; sheet < xlsx_sheets(x) && sheet < 3; sheet++) read_sheet(x, sheet, &problems);
    xlsx_close(x);
    return 0;
}
