/* A workbook written row by row in flat memory (libxlsxwriter, constant memory): typed cells, a header that stays in
 * sight, widths, several sheets.  Texts are always texts: nothing that begins with = is calculated, nothing becomes a
 * link. */
#ifndef FORMAT_XLSX_OUT_H
#define FORMAT_XLSX_OUT_H

#include "core/problem.h"
#include "format/out_cell.h"

typedef struct XlsxOut XlsxOut;

typedef struct {
    Str title;
    int width; /* characters; 0: by the title */
} OutColumn;

/* `path` is written when the book is closed; temporary files stand in $TMPDIR or /tmp.  `mem` keeps the book's small
 * things. */
XlsxOut *xlsx_out_open(Arena *mem, const char *path);

/* A new sheet with its header.  The name is made fit (31 characters, none of []:*?/\, told apart from the others by a
 * number).  Rows beyond 1,048,576 go on in another sheet. */
void     xlsx_out_sheet(XlsxOut *x, Str name, const OutColumn *columns, int count);
void     xlsx_out_row(XlsxOut *x, const OutCell *cells, int count);

/* BROKEN with file.not_written when the disk is full or the path cannot be written. */
Err      xlsx_out_close(XlsxOut *x, Problems *problems);

#endif
