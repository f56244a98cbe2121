/* A list of children that is being put back to an earlier state: each found by its id, dropped and added in constant
 * time, so that a list of thousands is gone through once.  Used inside entity/ only. */
#ifndef ENTITY_ROSTER_H
#define ENTITY_ROSTER_H

#include "entity/ids.h"
#include "entity/rows.h"

typedef struct {
    const Children *list;
    ChildRows       rows; /* a copy of the record's, with room for those that come back */
    Ids             place;
    bool           *gone;
} Roster;

/* `most` are the children that roster_add will bring at most. */
Roster roster_open(Arena *mem, const Children *list, const ChildRows *rows, ptrdiff_t most);

void *roster_at(const Roster *r, int64_t id);  /* null: it is not in the list */
void *roster_add(Roster *r, int64_t id);       /* an empty child with this id, which is not in the list */
void  roster_drop(Roster *r, int64_t id);

/* What is in the list now, in its order; those that came back at the end. */
ChildRows roster_close(const Roster *r);

#endif
