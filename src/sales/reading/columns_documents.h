/* What the rows of one document, standing together, say about a column: does each row have a value of its own there, or
 * the document one? */
#ifndef SALES_READING_COLUMNS_DOCUMENTS_H
#define SALES_READING_COLUMNS_DOCUMENTS_H

#include "sales/reading/columns.h"

typedef enum {
    OF_ROW,
    OF_DOCUMENT,          /* the same in all rows of each document: a total repeated, when it is money         */
    OF_DOCUMENT_ONCE,     /* in the first row of each document only, the others are empty there                */
} ValueOf;

/* Looks at the documents of out->at[COL_DOCUMENT] that have several rows which are not all equal; three of them at
 * least must say it, and with two values at least.  Where price x quantity is the value of most such rows it is
 * OF_ROW. */
ValueOf column_value_of(const Recognised *r, const SalesColumns *out, int at);

#endif
