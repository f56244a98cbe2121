/* What others did to a record since a version, read from its change rows.  Used inside entity/ only. */
#ifndef ENTITY_TOUCH_H
#define ENTITY_TOUCH_H

#include "core/map.h"
#include "entity/entity.h"

typedef enum { TOUCH_FIELD, TOUCH_ADDED, TOUCH_REMOVED } TouchKind;

typedef struct Touch Touch;

struct Touch {
    Touch          *next;
    Touch          *peer;   /* of the same child (of the record itself)                      */
    TouchKind       kind;
    const Children *list;   /* null: the record itself                                   */
    int64_t         child;
    const Field    *field;  /* of TOUCH_FIELD                                            */
    Value           base;   /* what it held at the version                               */
    const Json     *values; /* of TOUCH_REMOVED: the child's fields when it went         */
};

/* How far back is looked, in bytes of diffs: at one record, and at all that are asked for together.  A version costs
 * whoever names it nothing, and reading what happened since takes the writer some 50 ms a MiB. */
#define TOUCHES_MOST     4194304
#define TOUCHES_ALL_MOST 16777216

/* The newest first, except that a field has only the oldest change. */
typedef struct {
    Touch *first;    /* null: nothing happened */
    Map   *by_child;
    bool   too_many; /* more happened than is looked at: what is here is not all of it */
} Touches;

/* For each of n records what happened after from[i] (0: nothing is asked).  Ends where the work is to end. */
Err touches_read(Work *w, const Entity *e, const int64_t *ids, const int64_t *from, ptrdiff_t n,
                 Touches *out);

/* The newest about this child (null, 0: about the record itself), the others by `peer`; null when there is none. */
const Touch *touches_of(const Touches *all, const Children *list, int64_t child);

/* The newest touch of that child and kind; null when there is none. */
const Touch *touch_child(const Touches *all, const Children *list, int64_t child, TouchKind kind);

/* Makes a stored record what it was at the version. */
void touches_take_back(Work *w, const Entity *e, const Touches *all, void *record);

#endif
