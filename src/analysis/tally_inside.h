/* What a tally is made of; for the files tally*.c only. */
#ifndef ANALYSIS_TALLY_INSIDE_H
#define ANALYSIS_TALLY_INSIDE_H

#include "analysis/tally_numbers.h"
#include "analysis/tally_share.h"

#include <pthread.h>

enum { BATCH = 512, BATCHES = 16 }; /* runs in a batch; batches on their way to one thread */

typedef struct Batch Batch;

struct Batch {
    Batch   *next;
    int      n;
    TallyRun run[BATCH];
};

typedef struct {
    uint64_t hash;
    int64_t  at;
    Str      name;
    Money    money;
} Product;

/* A client's name by its hash as it is written, and by that of what people read in it. */
typedef struct {
    uint64_t raw, folded;
} Spelling;

enum { SPELLINGS = 1 << 16 };

/* What one thread has read, whoever owns the clients. */
typedef struct {
    Batch   **out;               /* [threads] being filled, one for each owner      */
    Arena     product_mem, index_mem, fold_mem;
    Spelling *spelling;          /* [SPELLINGS] met lately, by the lower bits of `raw` */
    Product  *product;
    uint32_t  products;
    uint32_t *index, index_mask; /* 1 + product, by hash; 0: free                   */
    TallyRun *run;               /* of the line before, as long as it can go on     */
    uint64_t  client, document;  /* its texts as words, if they are brief: n > 0    */
    ptrdiff_t client_n, document_n;
    NumberReader numbers;
    int32_t   month_documents[TALLY_MONTHS]; /* numbered ones met here first        */
    Day       month_day;         /* a day and its month: those of the last document */
    int       month;
} Feed;

/* Where full batches wait for their owner, and empty ones for whoever wants to fill them for this owner. */
typedef struct {
    Batch *full, **full_end, *empty;
} Box;

struct Tally {
    TallySettings   settings;
    uint64_t        seed[2];
    int             threads, done, arrived;
    Arena           mem, summary_mem;
    Feed           *feed;
    TallyShare     *share;
    Box            *box;
    Numbers         numbers;
    _Atomic bool    shared;  /* a numbered document had two holders                            */
    pthread_mutex_t lock;
    pthread_cond_t  changed; /* a box, `done` or `arrived`                                    */
    uint32_t       *owner;   /* [clients] of the summary: client of its share * threads + share */
};

/* The first day of the period: as asked, or that of the lines (0 if there are none). */
Day  tally_first(const Tally *t);

/* Hands a full batch to its owner and comes back with an empty one. */
Batch *batch_send(Tally *t, int thread, int owner, Batch *b);

/* tally_rows.c */
void runs_number(Tally *t, int thread, TallyRun *runs, int n);
void feed_product(Feed *f, uint64_t hash, Str name, int64_t at, Money amount);

#endif
