/* Marks between pages: where a list goes on, in a form that nobody can make up or move to another list.  Used inside
 * entity/ only. */
#ifndef ENTITY_CURSOR_H
#define ENTITY_CURSOR_H

#include "entity/entity.h"

typedef struct {
    bool    empty;  /* the last row had no value to order by */
    Str     text;   /* its value, when it is a text          */
    int64_t number; /* … or a number                         */
    int64_t id;
} Cursor;

/* `list` says of which list and order it is a mark: "client name".  The actor belongs to it as well. */
Err  cursor_write(Work *w, Str list, Cursor at, Str *out);
Err  cursor_read(Work *w, Str list, Str text, Cursor *out); /* INVALID with words unless it was written for this list
                                                               and actor */

#endif
