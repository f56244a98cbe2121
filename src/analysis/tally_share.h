/* One thread's share of the clients of a tally: what each of them bought in which month, on which days, with which
 * documents.
 *
 * A client keeps the month it bought in last; when another month comes, that one goes to a list of cells, which is
 * sorted and condensed whenever it has grown by half.  In a file sorted by day each month of a client comes once, so
 * there is nearly nothing to condense.
 *
 * Only the owner changes a share while rows stream in.  Inside, months count from January 1900 (0 .. 3599). */
#ifndef ANALYSIS_TALLY_SHARE_H
#define ANALYSIS_TALLY_SHARE_H

#include "analysis/tally.h"

#include <string.h>

/* TALLY_EARLIER stands for the days of the period's first month that lie before the period. */
enum {
    TALLY_MONTHS = 300 * 12,
    TALLY_EARLIER = TALLY_MONTHS,
    TALLY_MONTH0 = 1900 * 12,
    DAYS_KEPT = 512,
    DOCUMENT_PARTS = 256
};

/* Lines of one client, document and day that came one after the other. */
typedef struct {
    uint64_t    client, document; /* hashes; document 0: nothing to count any more */
    Money       amount;           /* of all these lines                            */
    int64_t     at;
    const char *name;
    uint32_t    name_n;
    Day         day;
    uint32_t    lines;
    bool        is_return;
    bool        new_document;     /* met for the first time, and counted by the thread that read it */
} TallyRun;

typedef struct {
    uint64_t    hash;
    int64_t     at;            /* first appearance                         */
    const char *name;
    uint32_t    name_n;
    int32_t     documents;
    int16_t     month;         /* the one bought in last; -1: none         */
    int16_t     last_month;    /* of last_document                         */
    uint32_t    purchase_days; /* of that month, as bits 0 .. 30           */
    bool        in_period;
    union {
        struct {               /* while rows stream in                     */
            Money    money;    /* of that month                            */
            uint64_t last_document;
        };
        struct {               /* when they are all in                     */
            int32_t  days;
            Day      first, last;
        };
    };
} TallyClient;

/* A client's month.  Sums that leave 52 bits take two of them. */
typedef struct {
    uint32_t client;
    uint32_t days;        /* of purchases, ever, as bits 0 .. 30         */
    int64_t  money_month; /* 52 bits money, 12 bits month                */
} TallyCell;

#define CELL_MONEY_MAX (INT64_MAX >> 12)

static inline Money cell_money(const TallyCell *c)
{
    return c->money_month >> 12;
}

static inline int cell_month(const TallyCell *c)
{
    return (int)(c->money_month & 4095);
}

static inline TallyCell cell_of(uint32_t client, uint32_t days, Money money, int month)
{
    return (TallyCell){ client, days, (int64_t)((uint64_t)money << 12 | (uint64_t)month) };
}

typedef struct {
    Day     day;
    int16_t month;
    int16_t of_month; /* 0 .. 30 */
} TallyDay;

typedef struct {
    uint32_t hash;   /* the upper half of the client's           */
    uint32_t client; /* 1 + its number; 0: nobody                */
} TallyIndex;

/* A client bought with a document in a month: see tally_documents.c. */
typedef struct {
    uint32_t key_low, key_high, client;
} TallyHolding;

typedef struct {
    Arena         range;
    TallyHolding *holding; /* [n], room for `limit` */
    uint32_t      n, limit;
} TallyDocuments;

typedef struct {
    TallySettings settings;
    Arena         clients_mem, index_mem, cells_mem, order_mem;
    Arena         spare;      /* borrowed by whoever sorts */
    TallyClient  *client;
    uint32_t      clients;
    TallyIndex   *index;      /* by the lower bits of the hash           */
    uint32_t      index_mask;
    TallyCell    *cell;       /* [cells]; the first `sorted` by client and month, in the end all */
    uint32_t      cells, sorted;
    TallyDocuments document[DOCUMENT_PARTS]; /* by the upper bits of the hash */
    TallyDay      day[DAYS_KEPT];
    int64_t           lines;       /* in the period                      */
    unsigned __int128 moved;       /* sum of absolute amounts            */
    Day               first, last; /* of all lines                       */

    int64_t       documents;                     /* counted here, see tally_documents.c */
    int32_t       month_documents[TALLY_MONTHS];

    TallyDay      from;                          /* first day of the period             */
    uint32_t     *order;                         /* clients by first appearance         */
    uint32_t     *cell_from;                     /* [clients + 1] into cell             */
    Money         month_money[TALLY_MONTHS + 1]; /* before the period too                */
    int32_t       month_clients[TALLY_MONTHS + 1],
        month_days[TALLY_MONTHS + 1]; /* of the period; days: clients' purchase days */
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

/* When all runs are taken: fills client[].days, first, last, the arrays by month, and the order.  `from` is the first
 * day of the period.  Gives back the memory that only the stream needed. */
void share_finish(TallyShare *s, Day from);

/* Does a cell lie in the period?  Behind its end there are none. */
static inline bool cell_in_period(const TallyShare *s, const TallyCell *cell)
{
    return cell_month(cell) >= s->from.month && cell_month(cell) != TALLY_EARLIER;
}

/* The calendar month of a cell. */
static inline int cell_calendar(const TallyShare *s, const TallyCell *cell)
{
    return cell_month(cell) == TALLY_EARLIER ? s->from.month : cell_month(cell);
}

/* tally_cells.c: sorts all cells and joins those of one client and month. */
void cells_condense(TallyShare *s);

/* tally_documents.c */
void documents_take(TallyShare *s, TallyClient *c, uint64_t document, int month);
void documents_count(TallyShare *shares, int count, int mine); /* the parts of all shares that are this thread's to
                                                                  count */
void documents_drop(TallyShare *s);

#endif
