/* One row of a sales file as a sale line: the rules by which `sbyt analyze` and the import read the same file alike.
 *
 *   client    told apart by the code where there is one, else by the ИНН, else by the name as people read it
 *             (name_find: capitals, Ё and Е, blanks make no difference); `17850.0`, as some libraries write whole
 *             numbers, is 17850 where the column is all like that
 *   amount    its column, or quantity x price rounded once to the minor unit, half away from zero
 *   return    a negative quantity or amount, a mark in the column `return`, a document that begins like the name of a
 *             return (`Возврат товаров от покупателя`), or one beginning with C where that is the mark; its amount is
 *             negative whatever sign the file gave it
 *
 *   nothing   its state says so: it is not `won` where the column of states marks what is, or was cancelled; without a
 *             state it is a sale
 *
 * A row is left out for the first of these that holds, in this order, but for the last two, which go before whatever
 * else is wrong with it. */
#ifndef SALES_READING_SALES_ROW_H
#define SALES_READING_SALES_ROW_H

#include "format/csv.h"
#include "sales/reading/sales_cell.h"
#include "sales/reading/sales_file.h"

typedef enum {
    ROW_USED,
    ROW_NO_CLIENT,
    ROW_NO_DATE,
    ROW_BAD_DATE,   /* cannot be read, or outside 1900..2199          */
    ROW_NO_AMOUNT,  /* or no price, or no quantity                    */
    ROW_BAD_AMOUNT, /* cannot be read, or too large                   */
    ROW_ZERO_PRICE,
    ROW_ZERO_AMOUNT,
    ROW_ZERO_QUANTITY,
    ROW_TOTAL,       /* it sums others (sales_left.h)                 */
    ROW_HEADER,      /* the names of the columns again                */
    ROW_OTHER_TABLE, /* names of other columns: another table begins  */
    ROW_NOT_WON,     /* a deal that is lost or still open             */
    ROW_CANCELLED,   /* an order that came to nothing                 */
    ROW_FATES
} RowFate;

extern const char *const row_fate_keys[ROW_FATES]; /* of words/; null for ROW_USED */

typedef struct TotalsSeen TotalsSeen;

/* What was found of the cell read last: a column of marks has two or three in a file. */
typedef struct {
    Str  cell;
    bool is;
    char text[64];
} LastMark;

/* Reads rows of one file; one for each thread. */
typedef struct {
    TableForm    form;
    SalesColumns columns;
    bool         priced;         /* amount = quantity x price                          */
    bool         blank[256];     /* bytes that stand around a text without belonging to it */
    bool         return_letter[256]; /* bytes that tell the first letter of a return's name (return_said.h)  */
    bool         wide_letters;   /* UTF-8: it is the second byte of a letter that has two */
    DayTable     days;
    LastMark     marks_return, won, cancelled; /* of the columns `return`, `won`, `state` */
    bool         exchanged;      /* a header came again with its columns in another order */
    bool         marked;         /* the next row looks as sums do that say nothing (TableRow.marked)         */
    TotalsSeen  *totals;         /* null unless the rows come in their order              */
    int64_t      fate[ROW_FATES]; /* rows of each                                      */
} SalesRows;

SalesRows sales_rows(const TableForm *form, const SalesColumns *columns);

/* The row whose cells are field[n]; `at` is its place.  The texts in *out are pieces of the cells. */
RowFate sales_row(SalesRows *s, const Str *field, int n, int64_t at, SaleRow *out);

/* All rows of a block whose base stands at byte `base_at` of the file; returns how many of out[CSV_BLOCK_ROWS] are
 * used. */
ptrdiff_t sales_rows_plain(SalesRows *s, const CsvBlock *b, int64_t base_at, SaleRow *out);

#endif
