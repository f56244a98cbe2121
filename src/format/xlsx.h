/* Workbooks of Excel (Office Open XML), read row by row in flat memory.
 *
 * Cells come as text, the way a CSV of the same table would have them: a date (told by its style, in the 1900 or 1904
 * system) as `2024-03-05` or `2024-03-05 08:26:00`, a number with all its digits, an error by its name (#N/A), a
 * formula by its last value, TRUE and FALSE.  Rich text is joined, phonetic hints are left out.
 *
 * Nothing is believed: a workbook that unpacks to more than sheets_unfold, holds a DOCTYPE, more than ZIPPED_PARTS_MAX
 * parts, a cell of more than 1 MiB or text that overflows its limits is refused, and so is one whose sheets have so
 * much read again that twice as much comes out of it while it is open.  Shared strings beyond 16 MiB stand in a
 * temporary file without a name.  Whatever is read asks (core/pulse.h) whether it is still wanted.
 *
 * Source of the format: ECMA-376, 5th edition, part 1, chapters 18.2 to 18.8. */
#ifndef FORMAT_XLSX_H
#define FORMAT_XLSX_H

#include "format/sheets.h"

enum { XLSX_COLUMNS_MAX = SHEET_COLUMNS_MAX };

typedef struct Xlsx Xlsx;

/* Opens the workbook whose bytes lie in `file` (they stay there until xlsx_close).  INVALID with one of: file.cut,
 * file.broken_xlsx (part), file.bomb (megabytes, part), file.too_many_parts, file.too_many_sheets, file.doctype (part),
 * file.is_encrypted, file.no_sheet.  All it needs it keeps itself until xlsx_close; on an error nothing is left to
 * close. */
Err  xlsx_open(Str file, Xlsx **out, Problems *problems);
int  xlsx_sheets(const Xlsx *x);
Str  xlsx_sheet_name(const Xlsx *x, int sheet);
bool xlsx_sheet_hidden(const Xlsx *x, int sheet);

/* Begins (again) with the first row of a sheet.  Numbers are written with `decimal`, '.' or ','. */
Err  xlsx_begin(Xlsx *x, int sheet, char decimal);

/* OK with a row that has something in it, NOT_FOUND behind the last one, INVALID with a problem. */
Err  xlsx_next(Xlsx *x, SheetRow *row);
void xlsx_close(Xlsx *x);

/* How much of the sheet has been read, 0..100. */
int  xlsx_percent(const Xlsx *x);

#endif
