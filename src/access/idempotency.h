/* The same request sent twice is done once: the answer to an `Idempotency-Key` is kept in the transaction that did the work. */
#ifndef ACCESS_IDEMPOTENCY_H
#define ACCESS_IDEMPOTENCY_H

#include "access/access.h"

typedef struct {
    unsigned char bytes[32];
} Asked;

typedef struct {
    int status; /* 0: not asked before */
    Str text;
} Answer;

/* A hash of what was asked. */
Asked idempotency_asked(Str method, Str path, Str body);

/* Both from the writing work that does it.  find: the earlier answer, or status 0; CONFLICT with `request.key_reused` at the
 * field `Idempotency-Key` when the key came with something else, INVALID when it is longer than 200 bytes or empty. */
Err idempotency_find(Work *w, Str key, const Asked *asked, Answer *earlier);
Err idempotency_keep(Work *w, Str key, const Asked *asked, Answer answer);

/* Forgets what is older than a week; daily. */
Err idempotency_clear(Work *w);

#endif
