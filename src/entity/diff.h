/* Reading what a change row keeps (entity/change.h): the one place that takes a diff apart.
 *
 *     {"city": ["Омск", "Пермь"], "phones": {"71": {"number": ["1", "2"]}, "72": ["+", {"number": "3"}]}}
 *
 * says three things: the city, the number of phone 71, and phone 72.  Used inside entity/ only. */
#ifndef ENTITY_DIFF_H
#define ENTITY_DIFF_H

#include "entity/entity.h"

typedef enum { DIFF_FIELD, DIFF_ADDED, DIFF_REMOVED } DiffKind;

typedef struct {
    DiffKind        kind;
    const Children *list;       /* null: the record itself                                              */
    int64_t         child;      /* 0: the record itself                                                 */
    Str             name;       /* of DIFF_FIELD                                                        */
    const Field    *field;      /* null: there is none of that name any more                            */
    const Json     *old, *now;  /* of DIFF_FIELD: texts, or JSON null where nothing stood               */
    const Json     *values;     /* of DIFF_ADDED and DIFF_REMOVED: the child's fields as texts, by name */
} DiffPart;

typedef struct {
    Work           *w;
    const Entity   *e;
    const Json     *at, *entry, *pair; /* what is read next: of the record, of a list, of a child */
    const Children *list;
    int64_t         child;
} DiffReader;

/* Texts and values are pieces of `diff` and live in w->mem.  A diff that is none, or was erased, says nothing. */
DiffReader diff_read(Work *w, const Entity *e, Str diff);

/* The next thing that it says; false behind the last. */
bool diff_next(DiffReader *r, DiffPart *out);

/* The field of that name; null: there is none. */
const Field *field_in(Fields fields, Str name);

#endif
