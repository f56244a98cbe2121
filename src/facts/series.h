/* Facts day by day, and client by product: what Dynamics and "why it changed" are made of. */
#ifndef FACTS_SERIES_H
#define FACTS_SERIES_H

#include "analysis/variance.h"
#include "facts/view.h"

/* Money and documents of each day of from..to (both must be given): fills money[to - from + 1] and documents[same].
 * Returns count as money, not as documents. */
void facts_days(const FactsView *view, const FactsQuestion *question, Money *money, int32_t *documents);

typedef struct {
    Day before_from, before_to, after_from, after_to;
} TwoPeriods;

typedef struct {
    SoldPair      *pair;       /* [n] in mem; `client` is a place in client_id, `product` a number */
    ptrdiff_t      n, clients;
    const int64_t *client_id;  /* [clients] */
} FactsPairs;

/* What each client bought of each product in two periods that do not overlap; from and to of the question are not
 * looked at.  60 bytes a product of scratch. */
FactsPairs facts_pairs(const FactsView *view, const FactsQuestion *question, TwoPeriods when, Arena *mem,
                       Arena scratch);

#endif
