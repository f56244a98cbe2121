/* Everybody in the base, those who have never bought among them: what growth and the statuses count. */
#ifndef SALES_INSIGHT_EVERYBODY_H
#define SALES_INSIGHT_EVERYBODY_H

#include "sales/insight/asking.h"

typedef struct {
    ptrdiff_t n, sold; /* the first `sold` are the clients of the summary, at their places; the others have no sale up
                          to its end */
    int64_t  *id;       /* [n]                                                           */
    Money    *amount;   /* [n] of the period                                             */
    Day      *entered;  /* [n] into the base; DAY_NONE: not known                        */
    int64_t  *source;   /* [n] id; 0: none                                               */
} Everybody;

/* Once asking_answer was asked.  One statement for all clients within reach.  Archived ones are here by their sales
 * alone, and where only a part of the sales is asked about, of a channel or a class, nobody but those who have some. */
Err everybody_find(Asking *a, Everybody *out);

#endif
