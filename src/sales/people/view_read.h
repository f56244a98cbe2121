/* A view as its reader may have it: by his own rights, whoever keeps it. */
#ifndef SALES_PEOPLE_VIEW_READ_H
#define SALES_PEOPLE_VIEW_READ_H

#include "entity/entity.h"

typedef struct {
    Str       filter;  /* what of it can be asked; no bytes: all records                                     */
    Str       columns; /* those that there are for him, with blanks between                                  */
    Str       sort;    /* no bytes: the list's own                                                           */
    Str       shape_by; /* those of the names it is shaped by                                                */
    ptrdiff_t conditions, names; /* left out: conditions; columns, the order and what it is shaped by        */
    ptrdiff_t records; /* the same: records of lists of values in conditions that stand                      */
} ViewRead;

/* A condition is left out where it names a field that is hidden, archived or gone, or a record that is out of reach; of
 * several that must hold each by itself, else the filter as a whole.  Records out of reach also go from lists of
 * values. */
Err view_read(Work *w, const Entity *e, Str filter, Str columns, Str sort, Str by, ViewRead *out);

#endif
