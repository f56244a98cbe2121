/* Writing change rows.  Used inside entity/ only. */
#ifndef ENTITY_CHANGE_ROW_H
#define ENTITY_CHANGE_ROW_H

#include "entity/entity.h"

typedef struct {
    int64_t record, version;
    const char *verb;
    Str     diff; /* no bytes: holds no values */
} ChangeRow;

/* `work` 0: the id of this work. */
Err change_rows(Work *w, const Entity *e, int64_t work, const ChangeRow *rows, ptrdiff_t n);

#endif
