/* Lending a record so that its history tells it: to whom, until which day and why, and who took it back.
 *
 * Rows of `change` with a verb of their own, beside that of the version that stands then; they change no field, so
 * nobody's edit meets them.  That a loan has run out is no row: it ends by the day that was said. */
#ifndef ENTITY_LEND_H
#define ENTITY_LEND_H

#include "access/access.h"
#include "entity/entity.h"

#define LENT_VERB       "lent"
#define TAKEN_BACK_VERB "taken_back"

/* access_give, and a row each: four statements for however many.  The entity of each is e. */
Err record_lend(Work *w, const Entity *e, const Loan *loans, ptrdiff_t n);

#endif
