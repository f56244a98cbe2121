/* A figure: a name that filters take though it is no field.  A class, what a client bought, "bought product 7".  A row
 * beside the entity describes it, as one of a list describes a field. */
#ifndef ENTITY_FIGURE_H
#define ENTITY_FIGURE_H

#include "entity/reach.h"

/* `where` is a condition in which {row} is the alias of the entity's table and {value} the bound value (of a choice its
 * key); `is` and `in` (one condition a value) are the operators.  A figure counted from rows that follow this entity's
 * (`counts`: "sale" of a client's class) holds only where those rows are in sight, and is no name at all for whoever
 * sees none. */
struct Figure {
    const char        *name;
    TypeId             type;
    const char *const *options; /* choice */
    const char        *to;      /* ref    */
    const char        *mask;
    const char        *counts;  /* may be null */
    const char        *where;
};

const Figure *figure_named(const Entity *e, Str name); /* null: there is none */

/* May the actor name it at all? */
bool figure_known(const Actor *actor, const Figure *f);

/* Where a condition goes: for rows under `alias`. */
typedef struct {
    Work       *w;
    Arena      *mem;
    const char *alias;
    Buf        *sql;
    Binds      *binds;
} FigureWriter;

/* Appends the condition in parentheses; INVALID with words for an operator or a value that it does not take. */
Err figure_write(const FigureWriter *to, const Figure *f, FilterOp op, const Json *value);

#endif
