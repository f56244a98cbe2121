/* What every reader of files of sheets is held to. */
#ifndef FUZZ_SHEETS_H
#define FUZZ_SHEETS_H

#include "format/charset.h"
#include "format/sheets.h"
#include "fuzz/fuzz.h"

enum { SHEETS_READ = 3, ROWS_READ = 2000 };

static inline void fuzz_sheet(Sheets *w, int sheet, const Problems *problems)
{
    SheetRow row;
    int64_t  last = 0;
    Err      err  = sheets_begin(w, sheet, sheet & 1 ? ',' : '.');
    for (int n = 0; n < ROWS_READ && err == OK && (err = sheets_next(w, &row)) == OK; n++) {
        CLAIM(row.count > 0 && row.count <= SHEET_COLUMNS_MAX && row.number > last && sheets_percent(w) <= 100);
        for (int i = 0; i < row.count; i++) CLAIM(row.cell[i].n >= 0 && utf8_first_bad(row.cell[i]) < 0);
        last = row.number;
    }
    CLAIM(err == OK || err == NOT_FOUND || problems->count);
}

/* As this kind, whatever it begins with: sheets, the first ones a second time, and one that is not there. */
static inline void fuzz_sheets(Arena *mem, const SheetsReader *reader, Str file)
{
    Problems problems = { .mem = mem };
    Sheets  *w;
    if (reader->open(file, &w, &problems) != OK) {
        CLAIM(problems.count);
        return;
    }
    int count = sheets_count(w);
    CLAIM(count > 0 && count <= SHEETS_MAX && sheets_begin(w, count, '.') == INVALID);
    for (int i = 0; i < 2 * SHEETS_READ; i++)
        if (i % SHEETS_READ < count) fuzz_sheet(w, i % SHEETS_READ, &problems);
    for (int i = 0; i < count; i++) CLAIM(sheets_name(w, i).n >= 0 && (sheets_hidden(w, i) || !sheets_hidden(w, i)));
    sheets_close(w);
}

#endif
