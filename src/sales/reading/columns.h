/* Which column of a file of sales says what.
 *
 * First by name: Russian and English names as 1C, Excel, МойСклад, Битрикс24, shops and databases write them, folded,
 * with camel case and punctuation taken apart (`InvoiceNo`, `Кол-во, шт.`), whole names before parts of names; a column
 * whose cells cannot be what its name says (a date that is no date) does not count, unless the name says nothing else
 * and one cell at least can be read.  Then by content where names say nothing: the only column of dates, taxpayer
 * numbers with right check digits, telephones; a file without a header is read by content alone.
 *
 * Sums that are the same in all rows of a document are the document's, not the row's: another column of sums, or
 * quantity and price, is taken instead.  A column whose cells say `Возврат`, `Credit memo` and the like beside words of
 * sales marks returns.  A column of states (`Статус`, `Stage`) says which rows came to nothing: where some deals are
 * won only those are sales (COL_WON), elsewhere all but what was cancelled (COL_STATE).
 *
 * What `sbyt export sale` writes is known by its header of field names; clients and products are taken by their titles.
 *
 * Where nothing else says who the client is, COL_INN does and COL_CLIENT is -1.
 *
 * A client or a product that has a name and a code keeps both (COL_CLIENT and COL_CLIENT_KEY); one that has only a code
 * has it as COL_CLIENT.  Products are told apart by COL_PRODUCT_KEY where there is one: names change, codes stay. */
#ifndef SALES_READING_COLUMNS_H
#define SALES_READING_COLUMNS_H

#include "format/recognise.h"
#include "sales/reading/sales_file.h"

extern const char *const sales_column_words[COL_COUNT]; /* keys of words/: columns.role.client, columns.role.date ... */

/* `told` is what a person said, `client=Контрагент,date=2,amount=Сумма`: names of columns or their numbers from 1;
 * names win.  What was told stands, the rest is found (no amount where quantity and price were told).  Decides
 * r->form.number and r->form.day by the columns that matter.
 *
 * INVALID with problems when a client, a date or an amount (or quantity and price) is missing: columns.missing,
 * columns.missing_near
 * (`column`, `near`: what comes close); or when what was told is wrong: columns.no_role (`text`), columns.no_such
 * (`text`, `near`), columns.told_twice (`column`); or when a column that matters has the name of another one:
 * columns.duplicate (`text`, `first`, `second`, `option`); or when the only sums are those of whole documents, repeated
 * in each of their rows: columns.document_total (`column`, `option`). */
Err sales_columns_find(Arena *mem, Recognised *r, Str told, SalesColumns *out, Problems *problems);

/* What a column may be told to mean: the name one says, and how it is called in a sentence. */
typedef struct {
    Str         name;
    const char *word;  /* null: */
    Str         label; /* which may be said in place of the name too */
} Meaning;

typedef struct {
    const Meaning *at;
    ptrdiff_t      n;
} Meanings;

/* Reads such a text of these meanings: at[i] is the column of the i-th where it was told and by_number[i] whether by
 * its number; the others stay as they are.  Those that at[] has already are told twice. */
Err meanings_told(Arena *mem, const Recognised *r, Str told, const Meanings *of, int *at, bool *by_number,
                  Problems *problems);

/* As table_recognise; of a workbook it takes the sheet that looks most like sales, hidden ones last, unless wish.sheet
 * names one. */
Err sales_table_recognise(Arena *mem, Str file, FormWish wish, Recognised *r, Problems *problems);

/* What could be taken in another way, and how it was: a sentence of words/ with what it speaks of. */
typedef struct {
    const char *key;
    Arg         args[4];
} SalesDoubt;

enum { SALES_DOUBTS_MAX = 24 };

/* Fills out[] and returns how many: numbers and days of two readings; other columns that say revenue, date day;
 * discounts and returns that are not taken off; rows that were cancelled; sums in thousands or in two currencies; rows
 * with more cells than there are columns; other sheets like this one.  Nobody is asked about what he told. */
int sales_doubts(Arena *mem, const Recognised *r, const SalesColumns *c, Str told, SalesDoubt out[SALES_DOUBTS_MAX]);

/* The table and its columns. */
Err sales_recognise(Arena *mem, Str file, FormWish wish, Str told, Recognised *r, SalesColumns *out,
                    Problems *problems);

#endif
