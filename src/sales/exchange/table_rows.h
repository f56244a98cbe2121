/* The rows of a table one after another, as UTF-8 cells, whatever the file is: text in any encoding or a workbook. */
#ifndef SALES_EXCHANGE_TABLE_ROWS_H
#define SALES_EXCHANGE_TABLE_ROWS_H

#include "format/csv.h"
#include "format/xlsx.h"

typedef struct {
    TableForm form;
    Str       bytes;     /* of the file                                  */
    Str       converted; /* the same as UTF-8, where it was UTF-16       */
    CsvReader csv;
    Xlsx     *book;      /* null: a text                                 */
    Arena     cells;     /* of the row read last                         */
    int64_t   line;      /* of the row read last, from 1, header counted */
    bool      ended;
} TableRows;

typedef struct {
    int64_t    number; /* as people count: the first row of the file or sheet is 1 */
    const Str *cell;   /* [count] until the next row                               */
    int        count;
} TableRow;

/* Stands before the first row below the header.  INVALID or BROKEN with a problem. */
Err  table_rows_open(TableRows *t, Str bytes, const TableForm *form, Problems *problems);

/* NOT_FOUND behind the last row.  INVALID ends the reading: a problem with row and place says why.  Text behind a closing quote is
 * told as a problem and read all the same. */
Err  table_rows_next(TableRows *t, TableRow *row, Problems *problems);
void table_rows_close(TableRows *t);

/* A whole UTF-16 text as UTF-8 in a temporary file without a name (mapped_close gives it back); BROKEN without room for it. */
Err  text_as_utf8(Str bytes, Encoding encoding, Str *out);

/* How much of the file has been read, 0..1000. */
int  table_rows_permille(const TableRows *t);

#endif
