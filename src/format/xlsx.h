/* Workbooks of Excel (Office Open XML), read row by row in flat memory.
 *
 * Cells come as text, the way a CSV of the same table would have them: a date (told by its style, in the 1900 or 1904 system) as
 * `2024-03-05` or `2024-03-05 08:26:00`, a number with all its digits, an error by its name (#N/A), a formula by its last value,
 * TRUE and FALSE.  Rich text is joined, phonetic hints are left out.
 *
 * Nothing is believed: a workbook that unpacks to more than XLSX_UNPACKED_MAX (or to more than XLSX_RATIO_MAX times its size beyond
 * 64 MiB), holds a DOCTYPE, more than XLSX_PARTS_MAX parts, a cell of more than 1 MiB or text that overflows its limits is refused.
 * Shared strings beyond 16 MiB stand in a temporary file without a name.
 *
 * Source of the format: ECMA-376, 5th edition, part 1, chapters 18.2 to 18.8. */
#ifndef FORMAT_XLSX_H
#define FORMAT_XLSX_H

#include "format/form.h"

#define XLSX_UNPACKED_MAX (INT64_C(16) << 30)
#define XLSX_RATIO_MAX    400
enum { XLSX_PARTS_MAX = 10000, XLSX_COLUMNS_MAX = 16384, XLSX_ROWS_MAX = 1048576 };

typedef struct Xlsx Xlsx;

typedef struct {
    int64_t number; /* of the row in its sheet, from 1                                  */
    Str    *cell;   /* [count] UTF-8; cells that are not there are empty; until the next row */
    int     count;
} XlsxRow;

/* Opens the workbook whose bytes lie in `file` (they stay there until xlsx_close).  INVALID with one of: file.cut, file.broken_xlsx
 * (part), file.bomb (bytes), file.too_many_parts, file.doctype (part), file.is_encrypted, file.no_sheet.  All it needs it keeps itself
 * until xlsx_close; on an error nothing is left to close. */
Err  xlsx_open(Str file, Xlsx **out, Problems *problems);
int  xlsx_sheets(const Xlsx *x);
Str  xlsx_sheet_name(const Xlsx *x, int sheet);
bool xlsx_sheet_hidden(const Xlsx *x, int sheet);

/* Begins (again) with the first row of a sheet.  Numbers are written with `decimal`, '.' or ','. */
Err  xlsx_begin(Xlsx *x, int sheet, char decimal);

/* OK with a row that has something in it, NOT_FOUND behind the last one, INVALID with a problem. */
Err  xlsx_next(Xlsx *x, XlsxRow *row);
void xlsx_close(Xlsx *x);

/* How much of the sheet has been read, 0..100. */
int  xlsx_percent(const Xlsx *x);

#endif
