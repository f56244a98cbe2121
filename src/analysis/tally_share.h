/* One thread's share of the clients of a tally: what each of them bought in which month, on which days, with which documents.
 *
 * Only the owner changes a share while rows stream in.  Inside, months count from January 1900 (0 .. 3599). */
#ifndef ANALYSIS_TALLY_SHARE_H
#define ANALYSIS_TALLY_SHARE_H

#include "analysis/paged.h"
#include "analysis/tally.h"

enum { TALLY_MONTHS = 300 * 12, TALLY_MONTH0 = 1900 * 12, DAYS_KEPT = 512 };

/* Lines of one client, document and day that came one after the other. */
typedef struct {
    uint64_t    client, document; /* hashes; document 0: documents are not counted */
    Money       amount;           /* of all these lines                            */
    int64_t     at;
    const char *name;
    uint32_t    name_n;
    Day         day;
    uint32_t    lines;
    bool        is_return;
} TallyRun;

typedef struct {
    uint64_t    hash;
    int64_t     at;            /* first appearance                  */
    const char *name;
    uint64_t    last_document; /* the one of the last purchase      */
    uint32_t    name_n;
    int32_t     documents;
    int16_t     last_month;
    bool        in_period;
    int32_t     days;          /* from here on: filled at the end   */
    Day         first, last;
} TallyClient;

/* A client's month when all rows are in. */
typedef struct {
    Money   money;
    int16_t month;  /* from the first one of the period  */
    int16_t days;   /* of purchases, those in the period */
} TallyMonth;

typedef struct {
    Day     day;
    int16_t month;
    int16_t of_month; /* 0 .. 30 */
} TallyDay;

typedef struct {
    uint32_t hash;   /* the upper half of the client's           */
    uint32_t client; /* 1 + its number; 0: nobody                */
} TallyIndex;

typedef struct {
    TallySettings settings;
    Arena         clients_mem, index_mem, big_mem, months_mem;
    TallyClient  *client;
    uint32_t      clients;
    TallyIndex   *index;      /* by the lower bits of the hash           */
    uint32_t      index_mask;
    Paged         cell[PAGED_PARTS], document[PAGED_PARTS];
    Money        *big;        /* sums of cells that left 32 bits         */
    uint32_t      bigs;
    TallyDay      day[DAYS_KEPT];
    _Atomic bool  shared;     /* see tally_shared                        */

    int64_t           lines;       /* in the period                      */
    unsigned __int128 moved;       /* sum of absolute amounts            */
    Day               first, last; /* of all lines                       */

    int64_t       documents;                     /* counted here, see tally_documents.c */
    int32_t       month_documents[TALLY_MONTHS];

    uint32_t     *order;                         /* clients by first appearance         */
    uint32_t     *month_from;                    /* [clients + 1] into month            */
    TallyMonth   *month;
    Money         month_money[TALLY_MONTHS];
    int32_t       month_clients[TALLY_MONTHS], month_days[TALLY_MONTHS]; /* days: clients' purchase days */
} TallyShare;

/* Something and where it appeared first. */
typedef struct {
    int64_t  at;
    uint32_t what;
} TallyPlace;

void places_sort(TallyPlace *a, uint32_t n, Arena scratch);

void share_begin(TallyShare *s, TallySettings settings);
void share_take(TallyShare *s, const TallyRun *runs, ptrdiff_t n);
void share_drop(TallyShare *s);

/* When all runs are taken: fills client[].days, first, last, the arrays by month, and the order.  `from` is the first day of the
 * period.  Gives back the memory that only the stream needed. */
void share_finish(TallyShare *s, Day from);

/* tally_documents.c */
void documents_ask(const TallyShare *s, uint64_t document); /* asks for the memory that the next one will need */
void documents_take(TallyShare *s, TallyClient *c, uint64_t document, int month);
void documents_count(TallyShare *shares, int count, int mine); /* the parts of all shares that are this thread's to count */
void documents_drop(TallyShare *s);

#endif
