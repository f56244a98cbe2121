/* Lists of children: the lines of all sales, the phones of all clients.  They are read, counted, grouped and exported,
 * never written here.  A child is in sight where its record is, and living as that is; names of that record stand
 * behind `parent.`, in filters, in the order and in what is told.  Used inside entity/ only. */
#ifndef ENTITY_CHILD_LIST_H
#define ENTITY_CHILD_LIST_H

#include "entity/list.h"

/* The page of a list of children, as list_page gives it: structs of e, with their titles, and the records above them.
 * Ordered by `id`, by a number, sum or day of its own, or by what lists of the record above are ordered by; when nobody
 * says as those are.  A search looks for the record above. */
Err child_page(Work *w, const Entity *e, const Ask *ask, Page *out);

/* The i-th of it: {id, sale_id, fields…, "parent.day"…, _titles}, without what the actor may not see; js_end closes it.
 */
void child_json_open(Work *w, JsonOut *to, const Entity *e, const Page *page, ptrdiff_t i);

#endif
