/* When figures were counted that are written down: a night's classes are of that night, and whoever reads them is told.
 */
#ifndef ENTITY_COUNTED_H
#define ENTITY_COUNTED_H

#include "entity/figure.h"

/* One count that has come to its end. */
typedef struct {
    Moment at;
    Day    from, to; /* of which days; DAY_NONE: of no period            */
    Day    as_of; /* the day looked from                             */
} Counted;

/* From a writing work, with the last of what it has counted: the count of this name is of now. */
Err counted_put(Work *w, const char *name, const Counted *counted);

/* The member `counted` of a list: {"classes": {at, from, to, as_of}} for each count that has written some of these
 * figures; no member at all where none did. */
Err counts_json(Work *w, JsonOut *to, Figures figures);

#endif
