/* The rows of a table one after another, as UTF-8 cells, whatever the file is: text in any encoding or a workbook, a
 * table as it stands or a report that has to be unfolded (form->report).  A header that comes again is no row, and
 * columns that it exchanges stand in their first places. */
#ifndef SALES_READING_TABLE_ROWS_H
#define SALES_READING_TABLE_ROWS_H

#include "format/csv.h"
#include "format/sheets.h"
#include "sales/reading/header_again.h"
#include "sales/reading/sheets_joined.h"
#include "sales/reading/unfold.h"

/* Equal for sheets with equal rows, in whatever order they stand. */
typedef struct {
    uint64_t hash;
    int64_t  rows;
} SheetSum;

typedef struct {
    TableForm form;
    Str       bytes;     /* of the file                                  */
    Str       converted; /* the same as UTF-8, where it was UTF-16       */
    CsvReader csv;
    Sheets   *book;      /* null: a text                                 */
    Arena     cells;     /* of the row read last                         */
    int64_t   line;      /* of the row read last, from 1, header counted */
    bool      ended;
    Arena     kept, planned; /* the header; the plan of a report         */
    HeaderAgain header;
    int64_t   header_row;/* of the first header that came again; 0: none */
    Str      *above;     /* [columns] form.report.fill: what stood there last */
    Str      *filled;    /* [columns] of the row in hand                 */
    UnfoldPlan plan;
    Unfold   *unfold;    /* null: a table as it stands                   */
    int64_t   sums, sum_row; /* of the report, in the sheets before        */
    JoinedSheets *joined;  /* null: one sheet                            */
    int       part;
    Str      *united;    /* [columns] of a row in the order of the first sheet */
    SheetSum *part_sum;  /* [parts] of the rows of each                  */
} TableRows;

typedef struct {
    int64_t    number; /* as people count: the first row of the file or sheet is 1; of joined sheets by row_of_sheet */
    const Str *cell;   /* [count] until the next row                               */
    int        count;
    bool       marked; /* looks as rows do that sum those above them (sums_below.h)           */
} TableRow;

/* Stands before the first row below the header.  INVALID or BROKEN with a problem. */
Err  table_rows_open(TableRows *t, Str bytes, const TableForm *form, Problems *problems);

/* NOT_FOUND behind the last row.  INVALID ends the reading: a problem with row and place says why.  Text behind a
 * closing quote is told as a problem and read all the same.  file.sheet_repeats: a joined sheet has the very rows of
 * another one, or of several. */
Err  table_rows_next(TableRows *t, TableRow *row, Problems *problems);
void table_rows_close(TableRows *t);

/* The same where the plan of the report is known already (null: a table as it stands). */
Err  table_rows_begin(TableRows *t, Str bytes, const TableForm *form, const UnfoldPlan *plan, Problems *problems);

/* Rows of a report that were sums, and the first of them. */
int64_t table_rows_sums(const TableRows *t, int64_t *first);

/* The names of the columns where the file's header does not have them: of a report and of joined sheets; else null. */
const Str *table_rows_names(const TableRows *t);

/* How much of the file has been read, 0..1000. */
int  table_rows_permille(const TableRows *t);

#endif
