/* Facts in groups: what a list of lines is in groups (entity/group.h), from the columns, in one walk. */
#ifndef FACTS_GROUP_H
#define FACTS_GROUP_H

#include "facts/view.h"

enum { FACTS_BYS = 3, FACTS_CELLS_MOST = 1 << 20 };

typedef enum {
    FACTS_BY_CLIENT,
    FACTS_BY_PRODUCT,
    FACTS_BY_SELLER,
    FACTS_BY_CHANNEL,
    FACTS_BY_DAY, /* from here on in the order of DayStep */
    FACTS_BY_WEEK,
    FACTS_BY_MONTH,
    FACTS_BY_QUARTER,
    FACTS_BY_YEAR
} FactsGrain;

typedef struct {
    FactsGrain      grain;
    const uint32_t *map; /* of a member, by its number (0: none): the group it is in, below `groups`; as many as there
                            are numbers (view->clients, view->products, FACTS_SELLERS_MAX + 1, FACTS_CHANNELS_MAX + 1).
                            Null: each member is a group of its own.  Steps of days have none */
    uint32_t groups;
} FactsBy;

typedef struct {
    uint32_t key[FACTS_BYS]; /* the member's number or the group; of a step its first day (a Day) */
    Money    revenue; /* of all lines; of returns it is negative, as cost and quantity are  */
    Money    costed, cost; /* the revenue of the lines whose cost is known, and that cost       */
    Qty      quantity; /* of those lines whose quantity is known                            */
    int64_t  lines, sales, buyers; /* sales and their clients that have a line here, returns among them */
} FactsCell;

typedef struct {
    FactsCell *at; /* in the order of their keys */
    ptrdiff_t  n;
} FactsCells;

/* The cells of a question's lines by up to FACTS_BYS names (none: one cell, if there is a line).  The measure of the
 * question does not matter, its reach, filters and period do; facts_fit has been asked.  TOO_LARGE when there are more
 * than FACTS_CELLS_MOST.  Everything lies in mem. */
Err facts_group(const FactsView *view, const FactsQuestion *question, const FactsBy *by, int n, Arena *mem,
                FactsCells *out);

#endif
