/* What about the days of a file is told before they are written: some that an American Excel has turned round, some
 * ahead of today, moments whose day is another one by the firm's clock.  The day as it is written is taken all the
 * same: nobody but who made the file knows which he meant. */
#ifndef SALES_READING_DAYS_DOUBTS_H
#define SALES_READING_DAYS_DOUBTS_H

#include "core/zone.h"
#include "sales/reading/columns.h"

/* By the rows that stand together at the beginning; adds to out[n] and returns how many there are then. */
int days_doubts(const Recognised *r, const SalesColumns *c, Day today, const Zone *zone, SalesDoubt *out, int n);

#endif
