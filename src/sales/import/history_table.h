/* The lines of a history, column by column: a column that the file does not have takes no memory, and tens of millions
 * of lines fit. */
#ifndef SALES_IMPORT_HISTORY_TABLE_H
#define SALES_IMPORT_HISTORY_TABLE_H

#include "core/day.h"
#include "core/number.h"
#include "sales/reading/columns.h"

/* Texts as their numbers in the kinds of the history; 0: none.  Figures: NONE where none is given. */
typedef struct {
    uint32_t client, product, document, seller, channel;
    int64_t  row;  /* of the file, or as row_of_sheet */
    Day      day;
    bool     is_return;
    Qty      qty;
    Price    price;
    Money    amount, cost;
} Line;

/* The same with a [room] for each; null: no such column. */
typedef struct {
    uint32_t *client, *product, *document, *seller, *channel;
    uint32_t *row; /* packed */
    Day      *day;
    bool     *is_return;
    Qty      *qty;
    Price    *price;
    Money    *amount, *cost;
    uint32_t  count;
} LineTable;

/* at[COL_COUNT]: columns of the file, negative where it has none.  Addresses are reserved, memory is taken as lines
 * come. */
LineTable line_table(Arena *mem, ptrdiff_t room, const int *at);

void line_put(LineTable *t, const Line *line);
Line line_at(const LineTable *t, uint32_t i);

#endif
