/* What else points at records: asked before they are removed for good. */
#ifndef ENTITY_USED_H
#define ENTITY_USED_H

#include "entity/entity.h"

/* used[i]: a record that will be there points at ids[i], or something beside the entities does (Entity.held).  Those of
 * them that go do not count, unless something points at them in turn; `stays` says which do not go whatever is found.
 */
Err records_used(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const bool *stays, bool *used);

#endif
