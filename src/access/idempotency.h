/* The same request sent twice is done once: the answer to an `Idempotency-Key` is kept in the transaction that did the
 * work. */
#ifndef ACCESS_IDEMPOTENCY_H
#define ACCESS_IDEMPOTENCY_H

#include "access/access.h"

typedef struct {
    unsigned char bytes[32];
} Asked;

/* What is kept is shown by what the person may see when he asks again: of a record only which one it is, so that it is
 * read anew, and what was noted; any text with the role and the edition of rights under which it was given. */
typedef struct {
    int         status;   /* 0: not asked before                                                   */
    Str         text;
    const char *entity;   /* the answer is this record, and `text` its notes; null: it is the text  */
    int64_t     record;
    bool        withheld; /* it was given under other rights: `text` is empty and must not be guessed; of a record
                             only the notes are */
} Answer;

/* A hash of what was asked: texts, and the bytes of a file from its beginning (-1: none), which is put back there. */
Asked idempotency_asked(const Str *texts, int count, int file);

/* Both from the writing work that does it.  find: the earlier answer, or status 0; CONFLICT with `request.key_reused`
 * at the field `Idempotency-Key` when the key came with something else, INVALID when it is longer than 200 bytes or
 * empty. */
Err idempotency_find(Work *w, Str key, const Asked *asked, Answer *earlier);
Err idempotency_keep(Work *w, Str key, const Asked *asked, Answer answer);

/* For a slow work, which is no transaction: it claims the key before it begins, and settles with its answer or gives
 * the key back after. claim: like find; CONFLICT with `request.key_running` while another work has it.  A claim whose
 * server died is free after ten minutes. */
Err idempotency_claim(Work *w, Str key, const Asked *asked, Answer *earlier);
Err idempotency_settle(Work *w, Str key, Answer answer);
Err idempotency_give_back(Work *w, Str key);

/* Forgets what was older than a week at this moment (access/forgetting.h). */
Err idempotency_clear(Work *w, Moment at);

#endif
