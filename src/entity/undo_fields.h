/* What one work did to one record, put together from its change rows.  Used inside entity/ only. */
#ifndef ENTITY_UNDO_FIELDS_H
#define ENTITY_UNDO_FIELDS_H

#include "entity/entity.h"

typedef struct Deed Deed;

struct Deed {
    Deed           *next;   /* an older one                                                  */
    char            kind;   /* = a field changed, + a child added, - a child removed         */
    const Children *list;   /* null: of the record itself                                    */
    int64_t         child;
    const Field    *field;
    Value           old, ours;
    const Json     *values; /* of a child that was added or removed                          */
};

/* Adds what an older row says. */
void deeds_add(Work *w, const Entity *e, Deed **all, Str diff);

/* Takes the deeds back in `record`; calls `left` for each that somebody changed since.  True: something was taken back. */
bool deeds_take_back(Work *w, const Deed *all, void *record, void (*left)(void *to, const Deed *deed, Value theirs), void *to);

#endif
