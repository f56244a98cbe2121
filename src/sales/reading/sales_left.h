/* Rows of a file of sales that are none: sums of other rows, a header that comes again, the head of another table.
 *
 * A row that cannot be a sale is named by its words.  A row that could be one (a day and money stand in it) is a sum
 * when its words leave no doubt, or when they may mean one (`Ромашка Итог`) and it is known what came before: the row
 * above is of Ромашка, or the amount is that of the rows above.  So those are found only by whom all rows come through
 * in their order (SalesRows.totals); the others may ask names_say_totals afterwards and read again. */
#ifndef SALES_READING_SALES_LEFT_H
#define SALES_READING_SALES_LEFT_H

#include "sales/reading/sales_row.h"

enum { TOTALS_KEPT = 4096, LABEL_KEPT = 200 };

typedef struct {
    char      text[LABEL_KEPT];
    ptrdiff_t n;
} Label;

/* What the rows so far add up to. */
struct TotalsSeen {
    Wide    sum;                     /* of all rows used                                        */
    Wide    before[TOTALS_KEPT];     /* the sum where each of the last sums stood               */
    int64_t totals;                  /* sums met                                                */
    int64_t since;                   /* rows used since the last one                            */
    int64_t sheet;                   /* of the row used last, where several are read as one file */
    Label   client, product, document; /* of the row used last                                  */
    int64_t left, left_row;          /* sums that a day and money stand in, and the first of them */
    Label   left_said;
    int64_t differs;                 /* the row of the first sum that is not that of any rows above it; 0: none */
    Label   said;                    /* its words */
    Money   stated, added;           /* what it says; what the rows since the sum before it give */
};

/* Why a row that is no sale is left out, better than `fate` says it. */
RowFate row_left(SalesRows *s, const Str *field, int n, RowFate fate, int64_t at);

/* The cell by which a row is a sum, the first one where it says nothing; a piece of it. */
Str     row_total_cell(const SalesRows *s, const Str *field, int n);

/* A row that could be a sale: ROW_USED, or ROW_TOTAL.  Only with s->totals. */
RowFate row_in_order(SalesRows *s, const Str *field, int n, const SaleRow *row);

/* Do some of these names say that they sum others? */
bool    names_say_totals(const Str *name, ptrdiff_t n, Encoding encoding);

#endif
