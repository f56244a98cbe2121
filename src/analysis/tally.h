/* Counting sale lines into a summary while they stream by, with memory for the clients and documents, not for the
 * lines.
 *
 * Several threads hand in blocks of rows; each client belongs to one thread, so nothing is locked per row.  The result
 * does not depend on which thread read what: "first appearance" is decided by SaleRow.at.
 *
 * Clients are told apart by their keys, else by a number (an ИНН), else by their names as people tell them
 * (name_find of core/utf8.h: capitals, Ё and Е, blanks of any kind and number make no difference).  In keys every
 * byte counts, as in those of documents and products.
 *
 * Clients, products and documents are told apart by 64-bit hashes of their texts, seeded at random; two of n fall
 * together with probability n^2 / 2^65 (3 million: 1 in 4 million files).
 *
 * A document has one client and one month, nearly always, and its name ends in a number that others are near to: that
 * takes 4 bytes. When such a number turns up with a second client or month, or the numbers are far apart, tally_unsure
 * is true, the result is worthless, and the rows must be handed in again to a tally with .any_documents, which counts
 * all exactly (16 bytes for each client and month of a document, as for names without a number always).  A first shared
 * number goes unnoticed with probability 2^-32. */
#ifndef ANALYSIS_TALLY_H
#define ANALYSIS_TALLY_H

#include "analysis/summary.h"

typedef struct {
    Str     client;    /* its name; must stay readable until the tally is dropped                   */
    Str     client_key;/* what tells clients apart; n = 0: their number does                        */
    uint64_t client_number; /* or, 0, their name                                                    */
    Str     document;  /* n = 0: none, then the client's purchase day is the document               */
    Str     product;   /* n = 0: none; must stay readable as client                                 */
    Day     day;
    Money   amount;    /* negative for a return                                                     */
    bool    is_return;
    int64_t at;        /* place in the source: what is smaller came first                           */
} SaleRow;

typedef struct {
    Day  from, to;     /* DAY_NONE: open                                                            */
    Day  as_of;        /* DAY_NONE: the day after the last line                                     */
    bool ignore_returns; /* drop them instead of netting                                            */
    bool has_documents;
    uint64_t seed;         /* of the hashes: random when a stranger chose the texts                 */
    Str (*fold)(Arena *mem, int of, Str name); /* a name as people compare it, for names that are no UTF-8; null:
                                                  name_find */
    int  fold_of;
    bool any_documents; /* numbers of documents may be shared and scattered                      */
} TallySettings;

typedef struct Tally Tally;

Tally *tally_new(TallySettings settings, int threads);

/* Thread `thread` (0 .. threads - 1) hands in n rows.  Rows after `to` are not counted. */
void tally_add(Tally *t, int thread, const SaleRow *rows, ptrdiff_t n);

/* Called by every thread once it has handed in its last row; returns when this thread's share of the clients is
 * complete. */
void tally_done(Tally *t, int thread);

/* The documents are not as they should be: begin again with .any_documents.  May be asked at any time. */
bool tally_unsure(const Tally *t);

/* After all threads are done.  The summary lives as long as the tally.  INVALID when the sum of absolute amounts leaves
 * 63 bits. */
Err  tally_summary(Tally *t, Summary *out);
void tally_drop(Tally *t);

#endif
