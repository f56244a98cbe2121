/* Between the rows of the base and the structs of an entity.  Used inside entity/ only. */
#ifndef ENTITY_ROWS_H
#define ENTITY_ROWS_H

#include "core/map.h"
#include "entity/entity.h"
#include "entity/ids.h"
#include "entity/reach.h"

#define BASE_COLUMNS 9 /* id, version, created_at, created_by, changed_at, changed_by, archived_at, origin, key */

/* "c.id, c.version, …, c.name, …, c.x71": the base columns and the fields, one each, `inner` ones too. */
void columns_write(Buf *sql, const char *alias, Fields fields);

/* The struct from columns `from` and on; texts in mem; children not read. */
void record_row(Work *w, Arena *mem, const Entity *e, Fields fields, const Rows *rows, int from, void *record);

/* Reads the children of these records, one query a list.  ids[i] belongs to the record at records + i x size. */
Err children_read(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, void *records);

/* The statement that reads `id, title` of those of these records that the actor may view, in one. */
Str titles_sql(Work *w, Arena *mem, const Entity *to, const int64_t *ids, ptrdiff_t n, Binds *binds);

/* Sets `titles` of n records (and of their children that are read) by one query a reference field, a link one for each
 * entity that it points at.  What the actor may
 * not see has none.  Whoever names somebody's record on a card, in a list or in an export shows it (access/viewing.h).
 */
Err titles_read(Work *w, const Entity *e, Fields fields, void *records, ptrdiff_t n);

/* Empties what the mask hides from the actor doing `verb`, in children too. */
void hidden_empty(Work *w, const Entity *e, Fields fields, const char *verb, void *record);

/* The struct of a child from its parent's id, its own and its fields. */
void child_row(Arena *mem, const Entity *child, const Rows *rows, void *row);

ChildRows *children_of(const Children *list, const void *record);
void      *child_at(const Children *list, const ChildRows *rows, ptrdiff_t i);

/* From the id of each child to its place; those without an id are not in it, of two with one id the first is. */
Ids        children_place(Arena *mem, const Children *list, const ChildRows *rows);

/* A number about one child of one list (about the record itself: null, 0), kept in a map; it begins with 0.  Without
 * mem null when there is none. */
int64_t   *child_slot(Map **map, const Children *list, int64_t child, Arena *mem);

void       children_mark(const Entity *e, void *record, ptrdiff_t n); /* sets all lists to n rows at nowhere: 0 none,
                                                                         -1 not read */

#endif
