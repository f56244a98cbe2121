/* The sums that a list tells: of its fields of money and quantity, and of such figures as are asked for.  Used inside
 * entity/ only. */
#ifndef ENTITY_TOTALS_H
#define ENTITY_TOTALS_H

#include "entity/figure.h"

typedef struct {
    Fields  fields;
    Figures figures;
    int     n; /* of both */
} Totals;

/* Those the actor sees; `figures` as of a list, of which those without a total are left out. */
Err totals_asked(Work *w, const Entity *e, const char *verb, Str figures, Totals *out);

/* Appends ", sum(…)" for each, and from there on " from TABLE t" with what they need. */
void totals_write(Work *w, Arena *mem, const Entity *e, const Totals *totals, Buf *sql, Binds *binds);

/* The i-th of them as a column of the rows `t`, with their figures joined as `counted`. */
void totals_column(const Totals *totals, int i, Buf *sql);

/* [n] the sums of a row, which begin at `column`. */
Wide *totals_row(Arena *mem, const Totals *totals, const Rows *row, int column);

/* The member `totals`. */
void totals_json(JsonOut *to, const Totals *totals, const Wide *sums);

#endif
