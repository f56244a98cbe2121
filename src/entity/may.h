/* What the actor may do with one record: so that nothing is offered to him that will be refused.
 *
 *     "_may": ["view", "change"]       the verbs of the entity that his rights, his reach and the fence let him do here
 *     "_fixed": ["keeper_id"]          fields that he sees and may not change here, though he may change the record:
 *                                      what is hidden from changing, whose a record is that he has for a time only, and
 *                                      the only owner, where he may hand over to nobody
 *
 * It says what is known beforehand; the door judges. */
#ifndef ENTITY_MAY_H
#define ENTITY_MAY_H

#include "entity/record.h"
#include "format/json.h"

/* Both, as members of an object.  `by` is a verb by which the record is known to be in reach (null: none): what is
 * reached in the same way is not asked of the base again. */
Err may_json(Work *w, JsonOut *to, const Entity *e, int64_t id, const char *by);

/* Is this field of use in the form of a new record, and in changing any that is there: neither hidden from the deed nor
 * an owner who can be nobody else? */
bool may_say_new(Work *w, const Entity *e, const Field *f);
bool may_say_anew(Work *w, const Entity *e, const Field *f);

#endif
