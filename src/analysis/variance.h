/* Why sales rose or fell between two periods: clients that came and went, and for those who stayed price, quantity and assortment.
 *
 * Source: the usual price and quantity variances of cost accounting (C. T. Horngren, "Cost Accounting", flexible budgets), taken
 * client by client and product by product so that a change of the mix is not taken for a change of price.  Row PLN-08. */
#ifndef ANALYSIS_VARIANCE_H
#define ANALYSIS_VARIANCE_H

#include "core/number.h"

/* What one client bought of one product in the two periods. */
typedef struct {
    uint32_t client;          /* 0 .. clients - 1                                        */
    bool     before, after;   /* has lines in that period                                */
    Qty      quantity_before, quantity_after; /* returns taken off; NONE: not known      */
    Money    money_before, money_after;
} SoldPair;

/* The parts of the change; they add up to after - before exactly. */
typedef struct {
    Wide    before, after;
    Wide    new_clients;  /* of clients with nothing in the first period                                           */
    Wide    lost_clients; /* negative: what clients with nothing in the second period had brought                  */
    Wide    price;        /* what was bought in both periods: today's quantity at the two prices                   */
    Wide    quantity;     /* the same at the old price: today's quantity against the old one                       */
    Wide    assortment;   /* products that a staying client began to buy, less those it dropped                    */
    int64_t clients_new, clients_lost, clients_both;
} Variance;

/*   pair[n]   each client and product at most once, in any order
 *   clients   how many clients there are
 *
 * Today's quantity at the old price is rounded to the minor unit once for each pair, half away from zero, and both price and
 * quantity are counted from that rounded figure: nothing is left over.  Where no price can be told (a quantity unknown, zero or
 * negative after returns) the whole change of the pair is quantity.
 * scratch holds a byte a client. */
Variance variance_of(const SoldPair *pair, ptrdiff_t n, ptrdiff_t clients, Arena scratch);

#endif
