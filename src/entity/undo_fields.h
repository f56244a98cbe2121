/* What one work did to one record, put together from its change rows.  Used inside entity/ only. */
#ifndef ENTITY_UNDO_FIELDS_H
#define ENTITY_UNDO_FIELDS_H

#include "core/map.h"
#include "entity/entity.h"

typedef struct Deed Deed;

struct Deed {
    Deed           *next;   /* an older one                                                  */
    Deed           *peer;   /* another field of the same child (of the record itself)        */
    char            kind;   /* = a field changed, + a child added, - a child removed         */
    const Children *list;   /* null: of the record itself                                    */
    int64_t         child;
    const Field    *field;
    Value           old, ours;
    const Json     *values; /* of a child that was added or removed                          */
};

/* In the order of the rows, the newest first. */
typedef struct {
    Deed *first, *last;
    Map  *fields; /* by child: the deeds of kind = */
} Deeds;

/* Adds what an older row says. */
void deeds_add(Work *w, const Entity *e, Deeds *all, Str diff);

/* Takes the deeds back in `record`; calls `left` for each that somebody changed since.  True: something was taken
 * back. */
bool deeds_take_back(Work *w, const Entity *e, const Deeds *all, void *record,
                     void (*left)(void *to, const Deed *deed, Value theirs), void *to);

#endif
