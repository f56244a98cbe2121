/* Rows that sum those above them without a word of it: `Ромашка` in bold type below what Ромашка bought, a row of her
 * name and a sum where others name a product.
 *
 * Arithmetic alone proves nothing (two sales may well add up to a third), nor do looks.  Where all rows that look apart
 * are what the rows above them add up to, they are sums, and the file says so from then on (FormReport.below); where
 * rows add up that look like all others, that is told. */
#ifndef SALES_READING_SUMS_BELOW_H
#define SALES_READING_SUMS_BELOW_H

#include "sales/reading/unfold.h"

/* Looks for them among the first rows of a table: sets out->below and below_at, or leaves them. */
void    sums_below_find(Arena scratch, const Recognised *r, const SalesColumns *c, FormReport *out);

/* How many rows that look like all others end what their client bought with its sum, where nearly all clients end so;
 * *first: where the first of them stands, as people count. */
int64_t sums_unmarked(Arena scratch, const Recognised *r, const SalesColumns *c, int64_t *first);

/* Does the row look as the sums do?  False where the file has none. */
bool    row_marked(const FormReport *says, const ReportRow *row);

#endif
