/* Tables written as text: by RFC 4180 (commas, decimal points, ISO days), or as the Excel of a Russian desk opens them
 * with a double click (a mark of UTF-8, semicolons, decimal commas, dd.mm.yyyy).  Lines end with CR LF.
 *
 * A text that a spreadsheet would take for a formula (OWASP, "CSV Injection": it begins with = + - @, a tab, a carriage
 * return or another control character, also behind blanks, and their full-width twins) gets an apostrophe in front.
 * What reads our files takes the mark off again with formula_unmarked, so that every text comes back as it was: +7 495
 * … and '=x too.  A negative number, -1 234,50, is no formula and goes out as it is. */
#ifndef FORMAT_CSV_OUT_H
#define FORMAT_CSV_OUT_H

#include "format/out_cell.h"

typedef enum { CSV_RFC4180, CSV_EXCEL_RU } CsvDialect;

typedef struct {
    Buf       *to;
    CsvDialect dialect;
    int        cells; /* in the row so far                 */
    bool       alone; /* so far the row is one empty cell */
} CsvOut;

CsvOut csv_out(Buf *to, CsvDialect dialect); /* writes the mark of the encoding, where there is one */
void   csv_put(CsvOut *out, OutCell cell);
void   csv_end_row(CsvOut *out);

/* Would a spreadsheet calculate it?  Apostrophes in front do not count. */
bool   formula_like(Str text);
Str    formula_unmarked(Str cell);

#endif
