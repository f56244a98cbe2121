/* What is asked of the facts, and the summary that answers it.
 *
 * A view is one state of the facts: the main part, what came since, and which sales of the main part are gone.  It
 * never changes, so any number of questions read it at once; a question walks through it client by client, in two
 * threads where that pays. */
#ifndef FACTS_VIEW_H
#define FACTS_VIEW_H

#include "analysis/summary.h"
#include "facts/columns.h"

typedef struct {
    const FactsNames *names;
    const FactsPart  *main, *recent; /* recent may be null                                    */
    const uint64_t   *gone;          /* a bit a sale of main; null: all live                  */
    uint32_t          clients, products; /* numbers at the moment the view was made           */
} FactsView;

typedef enum {
    MEASURE_REVENUE,
    MEASURE_MARGIN,
    MEASURE_QUANTITY
} Measure;

/* What of the sales may be told to whoever asks. */
typedef struct {
    bool            everyone; /* each client's; else those of `clients`                       */
    const uint64_t *clients;  /* a bit a client                                               */
    bool            cost;     /* what goods cost, and so every margin; else no cost is known  */
} FactsReach;

extern const FactsReach facts_everything; /* for counts of the program itself */

/* Who and what is asked about, by whom.  Without a reach nobody is counted; a null list below means everything within
 * it. */
typedef struct {
    const FactsReach *reach;
    Day             from, to;   /* DAY_NONE: open                                             */
    Day             as_of;      /* DAY_NONE: the day after the last sale                      */
    Day             seen;       /* purchases up to it tell where a client stands; 0: up to `to`       */
    bool            ignore_returns;
    bool            sums;       /* nothing is wanted but sums of the period: no months of clients, which saves much */
    bool            margins;    /* of revenue: what each client leaves is wanted beside it                            */
    Measure         measure;
    const uint64_t *clients;    /* a bit a client                                             */
    const bool     *sellers;    /* by seller number                                           */
    const bool     *channels;   /* by channel number                                          */
    const bool     *products;   /* by product number; lines of others are not there           */
    int             threads;    /* 0: two                                                     */
} FactsQuestion;

typedef struct {
    Summary        summary;     /* client and product names are null: the numbers below say who they are; `judged` is
                                   the end of the period, as the facts do not know what day it is              */
    const int64_t  *client_id;     /* [summary.clients]                                       */
    const uint32_t *client_number; /* the same, ascending: what two answers are compared by   */
    const int64_t  *product_id;    /* [summary.products]                                      */
    const uint32_t *product_number;
    Wide           revenue;     /* of the lines asked about, whatever the measure             */
    Wide covered; /* the part of it whose cost, for quantity whose quantity is known; not counted for revenue */
    int64_t        sales;       /* in the period, returns among them                          */
    Money         *margin;      /* [summary.clients] of the lines with a cost; null unless asked for */
    Money         *costed;      /* [summary.clients] the revenue of these lines                      */
} FactsAnswer;

/* Margin counts lines with a cost only; quantity is in thousandths.  Clients are those with a line that was asked
 * about, in the order of their numbers.  Everything lies in mem.  The reach outlives the answer. */
FactsAnswer facts_ask(const FactsView *view, const FactsQuestion *question, Arena *mem);

/* Do the sums of all that could be asked about under the question's filters, whatever its period, fit?  Asked before
 * each of the questions below: their sums are kept in 64 bits.  A walk through the lines only where a firm's whole
 * history comes to more than MONEY_SUM_MAX. */
bool facts_fit(const FactsView *view, const FactsQuestion *question);

/* The lines of the client with this number (0: none), oldest first: for a card.  Calls `take` for each line asked about
 * and within reach. */
void facts_client_lines(const FactsView *view, const FactsQuestion *question, uint32_t number,
                        void (*take)(void *to, const FactSale *sale, const FactLine *line), void *to);

/* The lines of every client, those of one after another and oldest first: for a product's card. */
void facts_lines(const FactsView *view, const FactsQuestion *question,
                 void (*take)(void *to, const FactSale *sale, const FactLine *line), void *to);

/* ---- walking: what the questions of facts/ are made of ---- */

/* The sales of one client in the order of their days, from both parts, without those that are gone. */
typedef struct {
    const FactsView *view;
    uint32_t         at[2], end[2];
} Walk;

typedef struct {
    const FactsPart *part;
    uint32_t         sale;
} Step;

Walk walk_of(const FactsView *view, uint32_t client);
bool walk_next(Walk *walk, Step *step);
bool step_asked(const FactsQuestion *question, const Step *step); /* by seller, channel and kind, not by day */

static inline bool client_asked(const FactsQuestion *q, uint32_t client)
{
    const FactsReach *reach = q->reach;
    if (!reach || (!reach->everyone && !(reach->clients[client / 64] >> client % 64 & 1))) return false;
    return !q->clients || (q->clients[client / 64] >> client % 64 & 1);
}

static inline bool line_asked(const FactsQuestion *q, const FactsPart *part, uint32_t line)
{
    return !q->products || q->products[part->line_product[line]];
}

/* The first and the last day of all sales; low > high when there are none. */
typedef struct {
    Day low, high;
} Span;

Span facts_span(const FactsView *view);

/* NONE: not known, or not to be known by whoever asks. */
static inline Money line_cost(const FactsQuestion *q, const FactsPart *part, uint32_t line)
{
    return q->reach->cost ? part->line_cost[line] : NONE;
}

Money line_measure(const FactsQuestion *question, const FactsPart *part, uint32_t line);

/* One part of the living sales of both, in time that grows with the lines: no sorting. */
FactsPart facts_merge(const FactsView *view);

#endif
