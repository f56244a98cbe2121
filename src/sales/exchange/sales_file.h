/* A file of sales: which column says what, and its rows as sale lines.  The import and `sbyt analyze` read files through here, so that
 * a file means the same in both.
 *
 * Columns are matched by name (Russian and English, as 1C, spreadsheets and shops name them) and by content. */
#ifndef SALES_EXCHANGE_SALES_FILE_H
#define SALES_EXCHANGE_SALES_FILE_H

#include "analysis/tally.h"
#include "format/form.h"

typedef enum {
    COL_CLIENT, COL_DATE, COL_AMOUNT, COL_QUANTITY, COL_PRICE, COL_DOCUMENT, COL_PRODUCT, COL_RETURN,
    COL_COST, COL_SELLER, COL_CHANNEL, COL_CLIENT_KEY, COL_INN, COL_PHONE, COL_PRODUCT_KEY,
    COL_COUNT
} SalesColumn;

extern const char *const sales_column_names[COL_COUNT]; /* "client", "date", ... as in --columns */

typedef struct {
    int  at[COL_COUNT]; /* index of the column in the file, -1: none */
    bool c_marks_return;/* documents that begin with C are returns, all of which are negative */
    bool whole[COL_COUNT];/* the column's cells are whole numbers written as 17850.0: they are read as 17850 */
} SalesColumns;

typedef struct {
    const char *key;    /* of words/: analyze.skipped.no_client ... */
    int64_t     rows;
} Skipped;

enum { SKIPPED_MAX = 8 };

typedef struct {
    int64_t rows, used;
    Skipped skipped[SKIPPED_MAX];
    int     skipped_count;
} SalesRead;

#endif
