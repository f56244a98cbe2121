/* What the words of a row say about it when it sums others: `Итого`, `Итого за июнь`, `июнь Итог`, `Grand Total`. */
#ifndef SALES_READING_TOTAL_SAID_H
#define SALES_READING_TOTAL_SAID_H

#include "core/str.h"

typedef enum {
    TOTAL_NOT,
    TOTAL_PERHAPS, /* `Ромашка Итог`, `ООО Итог`: of *of, if that is a thing of the rows beside it */
    TOTAL_SURE,    /* `Итого`, `Всего за период`, `июнь Итог`                                      */
} TotalSaid;

/* Capitals, blanks and signs make no difference.  *of (may be null): what stands before the word, a piece of the
 * text. */
TotalSaid total_said(Str text, Str *of);

/* Could it be?  By a few bytes; never false where total_said says more than TOTAL_NOT. */
bool      total_likely(Str text);

#endif
