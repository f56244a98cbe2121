/* The facts of a base while the server runs: loaded once, kept up by the changes, asked by many.
 *
 * The sales themselves belong to an area above; it hands its statements down in a FactsSource.  Before each answer the
 * facts read what has changed since and take it in, so that a sale saved a moment ago, on this server or another, is in
 * the answer.  Sales of an import that is still running are left out until it is done.
 *
 * Memory: the main part (35 bytes a line where a sale has three), once more while it is written anew. */
#ifndef FACTS_FACTS_H
#define FACTS_FACTS_H

#include "facts/view.h"
#include "entity/change.h"

/* Statements that give lines in this order of columns, the lines of a sale one after another:
 *     sale, client, seller, channel, day, is_return (0 or 1), product, amount, cost, qty
 * Archived sales are left out. */
typedef struct {
    const char *entity;     /* whose changes matter: "sale"                                     */
    Str         all;        /* every line, by sale                                              */
    Str         some;       /* those of the sales in {ids $1}                                   */
    Str         sums;       /* count of lines and sum of amounts of what `all` gives            */
    Str         held;       /* one column: the works whose changes are not to be seen yet       */
    Str         held_sales; /* two columns: such a work, a sale it has changed                  */
} FactsSource;

typedef struct Facts Facts;

/* `file` is where the main part is kept; null keeps none. */
Facts *facts_new(FactsSource source, const char *file);
void   facts_free(Facts *f);

typedef struct {
    bool    ready;
    int64_t done, total; /* lines, while loading */
} FactsProgress;

FactsProgress facts_progress(Facts *f);

/* Opens the file or reads the whole base; called once, in the slow lane.  `tick` (may be null) is asked each 4,096
 * lines and stops it with CONFLICT by returning false.  The facts are ready when it returns OK. */
Err facts_load(Facts *f, Db *db, bool (*tick)(void *to), void *to);

/* Do the facts hold what the base holds?  OK, or CONFLICT with a line in the log; the next facts_load then reads the
 * base. */
Err facts_check(Facts *f, Db *db);

typedef struct FactsState FactsState;

typedef struct {
    FactsView   view;
    FactsState *state;
} FactsHold;

/* Takes in what has changed and holds the state it leads to; BUSY while the facts are not ready.  Release it soon. */
Err  facts_hold(Facts *f, Db *db, FactsHold *out);
void facts_release(Facts *f, FactsHold *hold);

/* Writes the main part anew when much has come since; from a thread that may take its time. */
Err facts_tidy(Facts *f, Db *db);

/* The number of each id, 0 for one that the facts do not know. */
void facts_client_numbers(Facts *f, const int64_t *ids, ptrdiff_t n, uint32_t *out);

/* A bit a client for those ids that the facts know; in mem, as many words as the view has clients. */
uint64_t *facts_client_bits(Facts *f, const FactsView *view, const int64_t *ids, ptrdiff_t n, Arena *mem);

/* true under the number of each id; FACTS_SELLERS_MAX + 1 and FACTS_CHANNELS_MAX + 1 places, for products as many as
 * the view has. */
bool *facts_seller_set(Facts *f, const int64_t *ids, ptrdiff_t n, Arena *mem);
bool *facts_channel_set(Facts *f, const int64_t *ids, ptrdiff_t n, Arena *mem);
bool *facts_product_set(Facts *f, const FactsView *view, const int64_t *ids, ptrdiff_t n, Arena *mem);

#endif
