/* How a text is read by several threads; for the files sales_file.c and sales_chunks.c only. */
#ifndef SALES_READING_SALES_PASS_H
#define SALES_READING_SALES_PASS_H

#include "core/map.h"
#include "sales/reading/sales_row.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SALES_CHUNK = 1 << 20 };

typedef struct SalesPass SalesPass;

/* One thread's part of a pass. */
typedef struct {
    SalesPass *pass;
    int        thread;
    SalesRows  rows;
    Arena      fields, quoted; /* the reader's fields; texts of one row          */
    Arena     *names;          /* client and product names that had to be copied */
    Map       *name;
    Str        client, product; /* kept last: the next row's are often the same */
    SaleRow    row[CSV_BLOCK_ROWS];
    CsvBlock   block;
} Hand;

struct SalesPass {
    Str              text;
    TableForm        form;
    const SalesRun  *run;
    TallySettings    settings;
    Tally           *tally;
    int              threads;
    pthread_mutex_t  gate;
    bool             alone;       /* the first thread reads all chunks in their order         */
    ptrdiff_t        body;        /* where the rows below the header begin                    */
    ptrdiff_t        chunks;
    _Atomic ptrdiff_t next, done; /* chunks given out; bytes read                             */
    _Atomic bool     stop;        /* `tick` said no                                           */
    _Atomic bool     fault;       /* met, perhaps by a wrong guess; for sure when read alone  */
    ptrdiff_t       *start, *end; /* [chunks] where the first row begins, and the one behind the last */
    CsvFault         fault_is;    /* when read alone                                          */
    ptrdiff_t        fault_at;
    bool             guessed;     /* and wrong                                                */
    bool             exchanged;   /* a header came again with its columns in another order    */
    int64_t          fate[ROW_FATES];
    Hand            *hand[SALES_THREADS_MAX];
};

/* A thread of a pass: reads chunks as long as there are any, then completes its share of the tally.  Takes a Hand. */
void *hand_work(void *hand);

/* Hands one row in; `at` is its place. */
void row_hand_in(Hand *h, const Str *field, int n, int64_t at);

void fault_met(SalesPass *pass, const CsvReader *r);

#endif
