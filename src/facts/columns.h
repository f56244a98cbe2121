/* Sale lines as columns: what every analysis of the server reads.
 *
 * A part holds sales sorted by client, then day, then id, and under each sale its lines.  Parts never change once made:
 * a view (facts/view.h) is a large main part, a small part of what came since, and a mark on the sales of the main part
 * that are gone.
 *
 * Clients, products, sellers and channels stand as small numbers; FactsNames keeps which id each one is.  A client's
 * number never changes while the program runs, later ones get higher numbers.
 *
 * Bytes: 20 a sale and 28 a line; 35 a line where a sale has three. */
#ifndef FACTS_COLUMNS_H
#define FACTS_COLUMNS_H

#include "core/arena.h"
#include "core/day.h"
#include "core/number.h"

enum {
    FACTS_SELLERS_MAX  = 65535,
    FACTS_CHANNELS_MAX = 65535,
};

/* ---- ids and numbers ---- */

typedef struct {
    int64_t  *id;    /* [count], id[0] is 0: "none" */
    uint32_t *slot;  /* open addressing; 0: free     */
    uint32_t  count, room;
    Arena     mem;   /* of id                        */
} FactsIds;

typedef struct {
    Arena    mem;
    FactsIds client, product, seller, channel;
} FactsNames;

FactsNames facts_names_new(void);
void       facts_names_drop(FactsNames *names);
uint32_t   facts_number(FactsNames *names, FactsIds *ids, int64_t id);  /* adds it when new; id 0 or NONE is 0 */
uint32_t   facts_known(const FactsIds *ids, int64_t id);                /* 0 when there is none                */

/* ---- a part ---- */

typedef struct {
    Arena    mem;                      /* holds the arrays, unless the part is a mapped file                    */
    uint32_t clients;                  /* numbers 0 .. clients - 1; clients without sales here have none        */
    uint32_t sales, lines;
    uint32_t *client_sales;            /* [clients + 1] where each client's sales begin                         */
    int64_t  *sale_id;                 /* [sales]                                                               */
    Day      *sale_day;
    uint32_t *sale_lines;              /* [sales + 1] where each sale's lines begin                             */
    uint16_t *sale_seller;             /* the seller then                                                       */
    uint16_t *sale_channel;
    bool     *sale_return;
    uint32_t *line_product;            /* [lines]                                                               */
    Money    *line_amount;             /* negative in a return                                                  */
    Money    *line_cost;               /* the same sign; NONE: not known                                        */
    Qty      *line_qty;                /* the same sign; NONE: not known                                        */
    Wide      moved;                   /* of all lines amount, cost and quantity without their signs: no sum of some
                                          of them is beyond it */
} FactsPart;

/* What one line adds to `moved`. */
static inline Wide line_moved(Money amount, Money cost, Qty qty)
{
    Wide a = amount == NONE ? 0 : amount, c = cost == NONE ? 0 : cost, q = qty == NONE ? 0 : qty;
    return (a < 0 ? -a : a) + (c < 0 ? -c : c) + (q < 0 ? -q : q);
}

/* ---- making one ---- */

typedef struct {
    int64_t id, client, seller, channel; /* 0: none */
    Day     day;
    bool    is_return;
} FactSale;

typedef struct {
    int64_t product; /* 0: none */
    Money   amount, cost;
    Qty     qty;
} FactLine;

typedef struct FactsDraft FactsDraft;

/* A draft takes a sale and then its lines, in any order of sales.  `lines` is an upper bound, of addresses only. */
FactsDraft *facts_draft_new(int64_t lines);
void facts_draft_sale(FactsDraft *d, FactSale sale);
void facts_draft_line(FactsDraft *d, FactLine line);
ptrdiff_t facts_draft_lines(const FactsDraft *d);

/* Copies the living sales of a part into the draft: `gone` is a bit a sale, null: all live. */
void facts_draft_part(FactsDraft *d, const FactsNames *names, const FactsPart *part, const uint64_t *gone);

void facts_draft_drop(FactsDraft *d);

/* Sorts, numbers and drops the draft.  INVALID when there are more sellers or channels than fit, BROKEN when more lines
 * came than were announced. */
Err  facts_part_make(FactsDraft *d, FactsNames *names, FactsPart *out);
void facts_part_drop(FactsPart *part);

/* Room for a part of exactly this size, to be filled in order; `clients` numbers. */
FactsPart facts_part_room(uint32_t clients, uint32_t sales, uint32_t lines);
int64_t facts_part_bytes(const FactsPart *part);

#endif
