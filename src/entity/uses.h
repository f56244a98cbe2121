/* What stored filters read, kept beside them: which fields of which entities, and which records by their values.
 *
 * A field of type `filter` says of which entity's rows it chooses: by `.to` always of one, by `.of` of the entity that
 * another text of the record names.  When it is saved the door asks whether it can be asked at all, in the rights of
 * whoever saves it, stores it in its one form, and writes the table `uses` anew: a row a field and a row a record that
 * it names, read both ways. */
#ifndef ENTITY_USES_H
#define ENTITY_USES_H

#include "core/map.h"
#include "entity/entity.h"

/* Whose rows the filter in this field of the record chooses; null: there is no such entity. */
const Entity *filter_about(const Entity *e, const Field *f, const void *record);

/* How many living records hold a filter that reads a field, by "client.city"; those that nobody reads are not there. */
Err uses_of_fields(Work *w, Map **count);

/* The records are gone for good. */
Err uses_removed(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n);

#endif
