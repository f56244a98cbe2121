/* Why sales rose or fell between two periods: clients that came and went, and for those who stayed price, quantity and
 * assortment.
 *
 * Source: the usual price and quantity variances of cost accounting (C. T. Horngren, "Cost Accounting", flexible
 * budgets), taken client by client and product by product so that a change of the mix is not taken for a change of
 * price.  Row PLN-08. */
#ifndef ANALYSIS_VARIANCE_H
#define ANALYSIS_VARIANCE_H

#include "core/number.h"

/* What one client bought of one product in the two periods. */
typedef struct {
    uint32_t client;          /* 0 .. clients - 1                                        */
    bool     before, after;   /* has lines in that period                                */
    Qty      quantity_before, quantity_after; /* returns taken off; NONE: not known      */
    Money    money_before, money_after;
    uint32_t product;         /* says to the asker what was bought; not looked at here       */
} SoldPair;

/* The parts of the change; they add up to after - before exactly. */
typedef struct {
    Wide    before, after;
    Wide    new_clients;  /* of clients with nothing in the first period                                           */
    Wide    lost_clients; /* negative: what clients with nothing in the second period had brought                  */
    Wide    price;        /* what was bought in both periods: today's quantity at the two prices                   */
    Wide    quantity;     /* the same at the old price: today's quantity against the old one                       */
    Wide    assortment;   /* products that a staying client began to buy, less those it dropped                    */
    int64_t clients_before, clients_after;
    int64_t clients_new, clients_lost, clients_both;
    int64_t clients_price, clients_quantity, clients_assortment; /* those with a share in the part, even one that
                                                                    comes to nothing in all */
} Variance;

/*   pair[n]   each client and product at most once, in any order
 *   clients   how many clients there are
 *
 * Today's quantity at the old price is rounded to the minor unit once for each pair, half away from zero, and both
 * price and quantity are counted from that rounded figure: nothing is left over.  Where no price can be told (a
 * quantity unknown, zero or negative after returns) the whole change of the pair is quantity. scratch holds a byte a
 * client. */
Variance variance_of(const SoldPair *pair, ptrdiff_t n, ptrdiff_t clients, Arena scratch);

/* ---- what a part is made of ---- */

typedef enum {
    PART_BEFORE,
    PART_NEW_CLIENTS,
    PART_LOST_CLIENTS,
    PART_PRICE,
    PART_QUANTITY,
    PART_ASSORTMENT,
    PART_AFTER,
    VARIANCE_PARTS
} VariancePart;

/* In which of the periods each client bought, BOUGHT_BEFORE and BOUGHT_AFTER together; seen[clients] is all 0 at
 * first. */
enum { BOUGHT_BEFORE = 1, BOUGHT_AFTER = 2 };
void variance_seen(const SoldPair *pair, ptrdiff_t n, uint8_t *seen);

/* What a pair brings to a part, `seen` being its client's; false: it does not belong there.  Over all pairs these add
 * up to the part. */
bool variance_share(const SoldPair *pair, uint8_t seen, VariancePart part, Wide *share);

#endif
