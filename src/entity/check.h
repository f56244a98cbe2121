/* What is asked before a save, beside the entity's own rule: checks of any area about any entity.
 *
 * A check is asked with all records of a batch when they are found to be right, last of all before anything is
 * written.  It refuses (`saving_fail`), notes (`saving_note`: the save passes, and the answer carries the sentence in
 * "notes"), or wants to be told that it is meant (`saving_confirm`: CONFLICT, the problem is `confirmable`, and the
 * same request with its key in "_confirm" passes).  Where it is `saving_confirm_why`, a reason is wanted too, in
 * "_reason".  What was confirmed stands in the record's history: a change row of its own, verb `confirmed`, with key,
 * sentence and reason.
 *
 * Only whoever asks for a record to be saved can confirm, and only of that record.  What the program saves (trusted) or
 * an import (bulk) asks nobody: a confirmation becomes a note.  Of records that a request saves beside its own, it is a
 * refusal.  A check that asks about a record in a handler, when it is written, is answered the same way. */
#ifndef ENTITY_CHECK_H
#define ENTITY_CHECK_H

#include "entity/entity.h"

typedef struct {
    const char *entity; /* null: of every one */
    Err       (*ask)(Work *w, Saving *s);
} Check;

void checks_set(const Check *const *lists); /* of areas, each ends with a row without `ask`; ends with null */

#define CHECK_SAYS(field_, key_, why_, ...)                                                                            \
    ((Problem){ .field = (field_),                                                                                     \
                .key = (key_),                                                                                         \
                .needs_reason = (why_),                                                                                \
                .args = { __VA_ARGS__ },                                                                               \
                .arg_count = ARGS_N(__VA_ARGS__) })
#define saving_note(w, s, i, field_, key_, ...)    check_note(w, s, i, CHECK_SAYS(field_, key_, false, __VA_ARGS__))
#define saving_confirm(w, s, i, field_, key_, ...) check_confirm(w, s, i, CHECK_SAYS(field_, key_, false, __VA_ARGS__))
#define saving_confirm_why(w, s, i, field_, key_, ...)                                                                 \
    check_confirm(w, s, i, CHECK_SAYS(field_, key_, true, __VA_ARGS__))

/* OK. */
Err check_note(Work *w, const Saving *s, ptrdiff_t i, Problem p);
/* OK where it is confirmed, or nobody is there to ask; else CONFLICT. */
Err check_confirm(Work *w, const Saving *s, ptrdiff_t i, Problem p);

/* Takes "_confirm": [keys] and "_reason" of a request for this record (id 0: `record`, which is to be made).  Without
 * them what it has taken before of the same record stands.  INVALID where they are not what they should be. */
Err confirm_read(Work *w, const Entity *e, int64_t id, const void *record, const Json *body);
bool confirm_member(Str name); /* is it one of these, or "_leave"? */

/* "_leave": true of a request for this record: what hangs on it stays with whom it is, though it gets another owner. */
bool confirm_leaves(Work *w, const Entity *e, int64_t id);
Str  confirmed_reason(Work *w); /* what came as the reason; no bytes: none */

/* A row of the history, verb `confirmed`: what its diff keeps.  False: nothing, or it was erased. */
typedef struct {
    const char *key, *field; /* field null: about the whole */
    Arg         args[4];
    int         arg_count;
    Str         reason;
} ConfirmedRow;

bool confirmed_read(Arena *mem, Str diff, ConfirmedRow *out);

#define CONFIRMED_VERB "confirmed"

#endif
