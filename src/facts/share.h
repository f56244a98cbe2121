/* What the files of an answer share: the clients one thread counts, and what the summary asks again later. */
#ifndef FACTS_SHARE_H
#define FACTS_SHARE_H

#include "facts/view.h"

#include <pthread.h>

/* Arrays by client number belong to all shares together, those marked `own` to one. */
typedef struct {
    const FactsView     *view;
    const FactsQuestion *q;
    Day       from, to, seen;
    Month     month0;
    int       months;
    uint32_t  first_client, end_client;
    bool     *has;              /* by client number: a line ever */
    bool     *in_period;
    Money    *money, *margin, *costed; /* the last two null unless asked for */
    int32_t  *documents, *days;
    Day      *first, *last;
    MonthBought **row;          /* where the months of each client begin, before the period too */
    uint32_t *rows;             /* and how many they are                                        */
    MonthBought *free_row;      /* own: where the next month goes                               */
    Money    *product_money;    /* own */
    uint8_t  *product_seen;
    Money    *month_money;      /* own */
    int32_t  *month_documents, *month_clients;
    int64_t   lines, sales, all_documents;
    Wide      total, revenue, covered;
    Day       low, high;        /* of all lines asked about */
    pthread_t thread;
} Share;

/* Counts the clients of one share; for pthread_create. */
void *count_share(void *share);

/* Behind Summary.cells. */
typedef struct {
    Month           to;      /* of the end of the period                       */
    MonthBought   **row;     /* by client number, as in Share                  */
    const uint32_t *rows, *number; /* client number of each client of the summary */
} Cells;

/* Summary.client_months: one client's money month by month, before the period too, and in which he bought. */
void client_months(const Summary *s, ptrdiff_t client, XyzMonths of, Money *out, bool *bought);

/* Summary.client_history. */
ptrdiff_t client_history(const Summary *s, ptrdiff_t client, MonthBought *out);

#endif
