/* Sales: goods that left or came back, with the seller of that day, the channel and, where it is known, the cost.
 *
 * A sale's total is the sum of its lines' amounts, and a line's amount is quantity x price rounded to the minor unit,
 * half away from zero, unless an amount is given (a discount on the line).  In a return (kind `return`) quantities and
 * amounts are negative, so that sums over lines need no case.  cost_total is empty when no line has a cost. */
#ifndef SALES_ORDERS_ORDERS_H
#define SALES_ORDERS_ORDERS_H

#include "entity/entity.h"

#define SALE_KINDS(X) X(SALE_GOODS, sale) X(SALE_RETURN, return)

CHOICE(SaleKind, SALE_KIND_NONE, SALE_KINDS, sale_kinds);

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/orders/sale_line.def"
} SaleLine;

typedef struct {
    Record base;
#define FIELD    AS_MEMBER
#define CHILDREN AS_MEMBERS
#include "sales/orders/sale.def"
} Sale;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/orders/channel.def"
} Channel;

/* For the list in app/: whoever has bought is a potential client no longer.  Ends with an empty row. */
extern const Handler orders_handlers[];

extern const Entity sale_entity, sale_line_entity, channel_entity;

#endif
