/* What a search of a list looks for.  Used inside entity/ only. */
#ifndef ENTITY_SEARCH_H
#define ENTITY_SEARCH_H

#include "entity/reach.h"

/* Appends a condition for each word of the search, with `and` before it, on the column `find` of e under `alias`; a
 * number is looked for in the ways in which people write it. */
void search_write(Work *w, Arena *mem, const Entity *e, Str search, const char *alias, Buf *sql, Binds *binds);

#endif
