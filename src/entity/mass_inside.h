/* A deed at many records as it is written down.  Used inside entity/mass alone. */
#ifndef ENTITY_MASS_INSIDE_H
#define ENTITY_MASS_INSIDE_H

#include "entity/mass.h"

typedef struct {
    int64_t       id;
    const Entity *e;
    Str           patch; /* no bytes: they go into the archive */
    MassState     state;
    int64_t       total, job;
    Moment        at;
} Mass;

/* What became of a record, as numbers in mass_edit_row.fate. */
typedef enum { FATE_WAITING, FATE_CHANGED, FATE_SAME, FATE_REFUSED, FATE_KEPT, FATES } Fate;

const char *mass_verb(bool archive);
Err         mass_read(Work *w, int64_t id, Mass *out); /* NOT_FOUND: it is not the actor's */

#endif
