/* A list in the order of a figure: from the index of the table that keeps it, then the records without a value.  Where
 * a record without a row is something (Figure.none) it stands among those that are counted as such, by id.  Used inside
 * entity/ only. */
#ifndef ENTITY_FIGURE_ORDER_H
#define ENTITY_FIGURE_ORDER_H

#include "entity/cursor.h"
#include "entity/figure.h"
#include "entity/list.h"

/* The parts of such a list, in their order; where nothing is what a record without a row is, of the last two alone. */
typedef enum { FIGURE_BEFORE_NONE, FIGURE_NONE, FIGURE_VALUED, FIGURE_EMPTY } FigurePart;

typedef struct {
    const Figure *figure;
    bool          down;
    FigurePart    part;
    const Cursor *after; /* null: from the beginning of the part */
    int           limit; /* the number of the parameter          */
} FigureOrder;

/* The part in which a list goes on behind `after`. */
FigurePart figure_part(const Figure *f, bool down, const Cursor *after);

/* Appends a select of `id` and `figured`, the value, of the rows of the part that the list asks for. */
Err figure_order_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, const FigureOrder *o, Buf *sql,
                       Binds *binds);

#endif
