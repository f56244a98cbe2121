/* One list of an answer in the order of one of its columns: all its rows are kept until the last has come, and then the
 * page that was asked for is written.
 *
 * Figures stand by their value, names and classes as lists do, days by time; those without a value come last whichever
 * way, equal ones as the list has them by itself.  So the pages of one order never overlap. */
#ifndef SALES_INSIGHT_TABLE_ORDER_H
#define SALES_INSIGHT_TABLE_ORDER_H

#include "sales/insight/table.h"

enum { ORDER_ROWS_MAX = 250000 };

struct TableOrder {
    Str       column; /* empty: the list stands as it is */
    bool      down;
    Str       table;  /* the list                        */
    ptrdiff_t skip, limit;
    Arena    *mem;
    Err     (*names)(void *to, bool of_clients, const int64_t *ids, ptrdiff_t n, bool shown, Str *out);
    void     *to;     /* of names: `shown` says that a person will read them */

    Datum    *rows;   /* [n][columns] */
    ptrdiff_t n, room;
    int       at;     /* the column's place; -1: not met      */
    bool      keeps;  /* its table is being written           */
    bool      met;    /* the list has a column of that name   */
    Err       err;
};

/* Is the table with these columns to be put in order?  Then its rows are kept. */
bool table_order_begins(TableOrder *o, const char *name, const Column *columns, int count);
void table_order_row(TableOrder *o, const Datum *data, int count);

/* The rows of the page as table_row takes them: fills *out and returns how many. */
ptrdiff_t table_order_ends(Tables *t, const Datum **out);

#endif
