/* Inside of sales/reading/columns: names against the dictionary, cells against what they should be. */
#ifndef SALES_READING_COLUMNS_INSIDE_H
#define SALES_READING_COLUMNS_INSIDE_H

#include "sales/reading/column_names.h"
#include "sales/reading/columns.h"

/* How well a name (as column_words gives it) says this; 0: not at all, from 1000 on: nothing else. */
int  column_name_score(Str words, SalesColumn column);

/* Names of columns that are none of a sale line, but say something about it. */
typedef enum {
    NAME_KIND /* of document or operation */,
    NAME_STATE,
    NAME_DISCOUNT,
    NAME_BACK,
    NAME_CURRENCY,
    SIDE_NAMES
} SideName;

int  side_name_score(Str words, SideName name);

/* May the cells of this column be what `column` means? */
bool column_may_be(const Recognised *r, int at, SalesColumn column);

/* Does at least one cell of this column read as a day or a number, as `column` wants it? */
bool column_reads_at_all(const Recognised *r, int at, SalesColumn column);

/* Fills what is still missing by content.  `nameless`: the names say nothing at all, so clients and sums may be guessed
 * too. */
void columns_by_content(const Recognised *r, bool nameless, SalesColumns *out);

/* Which columns did a person tell?  Only of what columns_told has read. */
void columns_which_told(Str told, bool out[COL_COUNT]);

/* Fills what is still missing by signs that leave no doubt: a column of kinds of documents or operations marks returns
 * where it names them, and `#1001` is the number of an order. */
void columns_by_signs(Arena scratch, const Recognised *r, SalesColumns *out);

/* Takes the column of states as COL_WON or COL_STATE where it says so, and some rows are left. */
void columns_of_states(Arena scratch, const Recognised *r, SalesColumns *out);

/* Reads what a person told; fills out->at, and by_number[COL_COUNT] for columns told by their numbers. */
Err  columns_told(Arena *mem, const Recognised *r, Str told, SalesColumns *out, bool *by_number, Problems *problems);

/* Do eight of ten cells with something in them, three at least, pass the test? */
bool column_cells_are(const Recognised *r, int at, bool (*test)(Str));

bool is_inn(Str cell);   /* 10 or 12 digits with right check digits */
bool is_phone(Str cell); /* ten to fifteen digits, at least as many as signs between them, with + or 8 in front or a
                            bracket */

/* Has the table a client, a day and money? */
bool sheet_is_sales(Arena scratch, const Recognised *r);

#endif
