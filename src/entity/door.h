/* The inside of the one door: what its steps share.  Used inside entity/ only. */
#ifndef ENTITY_DOOR_H
#define ENTITY_DOOR_H

#include "entity/record.h"

typedef struct Reads Reads; /* what a stored filter reads (uses.c) */

typedef struct {
    Work         *w;
    const Entity *e;
    Fields        fields;
    SaveHow       how;
    const char   *verb;    /* the right it takes for stored records: change, archive */
    int           archive; /* 1: archives, -1: restores, 0: neither                  */
    ptrdiff_t     n;
    void        **now;     /* each record of the caller                              */
    void        **was;     /* as it is stored; null: is new                          */
    bool         *skip;    /* nothing is to be done with it                          */
    bool          many;
    bool         *hidden;  /* by field: the actor may neither see nor change it      */
    bool         *closed;  /* by field: nor may he give it to a new record           */
    Reads        *reads;   /* of the filters that are new or different               */
    Err           err;     /* of the first problem                                   */
} Door;

/* Notes a problem about record i. */
void door_fail(Door *d, ptrdiff_t i, Problem p);
#define DOOR_FAIL(d, i, err_, field_, key_, ...)                                                                       \
    door_fail(d, i,                                                                                                    \
              (Problem){ .err = (err_),                                                                                \
                         .field = (field_),                                                                            \
                         .key = (key_),                                                                                \
                         .args = { __VA_ARGS__ },                                                                      \
                         .arg_count = ARGS_N(__VA_ARGS__) })

/* The right it takes to write record i. */
static inline const char *door_verb(const Door *d, ptrdiff_t i) { return d->was[i] ? d->verb : "add"; }

/* "phones.0.number": the field of child k. */
const char *child_field_name(Door *d, const Children *list, ptrdiff_t k, const Field *f);

/* Steps, in their order.  Each notes problems and goes on; an Err of their own is the database's. */
Err door_stored(Door *d);  /* finds what was made before under origin and key, reads the stored rows, asks for scope */
Err door_merge(Door *d);   /* takes over what others changed since the record's version */
Err door_filters(Door *d); /* stored filters can be asked, and get their one form      */
void door_values(Door *d); /* types, limits, required, children that exist               */
Err door_refs(Door *d);    /* references exist and are visible                           */
Err door_owners(Door *d);  /* who has it himself says whose it is; it is in reach as it will stand; of door_refs */
Err door_follow(Door *d);  /* what it hangs on may be changed (Entity.follows); of door_refs */
Err door_tree(Door *d);    /* nobody stands above himself (Entity.tree)                 */
Err door_unique(Door *d);
Err door_write(Door *d);   /* rows, children, change rows                                */
Err door_written(Door *d); /* the same, if they then stand within the fence of whoever saves them (Entity.fence) */
Err door_uses(Door *d);    /* what the filters read                                       */

Err door_kept(Door *d);    /* those that follow an owner who moved (entity/kept.h)       */

/* Of door_write: new children get their ids, and then all lists are written. */
Err door_children_ids(Door *d);
Err door_children(Door *d);

/* The diff of record i as in change.h; no bytes: nothing differs. */
Str door_diff(Door *d, Arena *mem, ptrdiff_t i);

/* The stored child with this id, null when there is none. */
const void *stored_child(const Children *list, const void *was, int64_t id);

#endif
