/* What whoever asked for a save has confirmed, and keeping it.  Used inside entity/ only. */
#ifndef ENTITY_CONFIRM_H
#define ENTITY_CONFIRM_H

#include "entity/check.h"
#include "entity/door.h"

bool checks_any(const Entity *e);
Err  checks_ask(Work *w, Saving *s);

bool confirm_can(Work *w, const Saving *s, ptrdiff_t i);  /* is it the record that is asked for? */
bool confirm_has(Work *w, const Problem *p);              /* did its key come, and a reason where one is wanted? */
/* It passes: kept until the record is written, or written at once where it is. */
Err  confirm_pass(Work *w, const Saving *s, ptrdiff_t i, const Problem *p);

/* Writes down what was confirmed of a record of this save. */
Err  door_confirmed(Door *d);

/* The diff of a row of the history that says a sentence in place of fields (confirmed_read). */
Str sentence_diff(Arena *mem, const Problem *p, Str reason);

#endif
