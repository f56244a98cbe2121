/* A list in the order of a figure: from the index of the table that keeps it, then the records without a value.  Used
 * inside entity/ only. */
#ifndef ENTITY_FIGURE_ORDER_H
#define ENTITY_FIGURE_ORDER_H

#include "entity/cursor.h"
#include "entity/figure.h"
#include "entity/list.h"

typedef struct {
    const Figure *figure;
    bool          down;
    bool          unvalued; /* those without a value, by their ids, instead of those with one */
    const Cursor *after; /* null: from the beginning                                       */
    int           limit; /* the number of the parameter                                    */
} FigureOrder;

/* Appends a select of `id` and `figured`, the value, of the rows that the list asks for. */
Err figure_order_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, const FigureOrder *o, Buf *sql,
                       Binds *binds);

#endif
