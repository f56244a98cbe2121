/* Records that stand above one another: a holding, groups of goods, units.  For the rule of an entity. */
#ifndef ENTITY_TREE_H
#define ENTITY_TREE_H

#include "entity/entity.h"

/* `field` is a reference to another record of the same entity, the one above.  Notes INVALID with the words `key` for
 * each record that would stand above itself, at whatever height and through whichever others: those that are stored and
 * those that are saved beside it.  An Err of its own is the database's. */
Err tree_check(Work *w, Saving *s, const char *field, const char *key);

#endif
