/* Signed in: from a cookie to an actor.
 *
 * The cookie `sbyt` holds a random token of 256 bits; the base holds its SHA-256, so neither a copy of the base nor a
 * log opens a session.  A session ends 12 hours after it was last used, 7 days after it began, with a new password,
 * with blocking, or when somebody signs the person out.  A person has at most SESSIONS_MOST of them: who signs in once
 * more ends the one that has not been used for longest. */
#ifndef ACCESS_SESSION_H
#define ACCESS_SESSION_H

#include "access/access.h"

#define SESSION_IDLE_MS  (INT64_C(12) * 3600 * 1000)
#define SESSION_MAX_MS   (INT64_C(7) * 24 * 3600 * 1000)
#define SESSION_TOUCH_MS (INT64_C(5) * 60 * 1000)
#define SESSIONS_MOST    1000
#define TOKEN_SIZE       65 /* hexadecimal, with the NUL */

/* What a browser sent beside its password. */
typedef struct {
    Str address, agent;
} Visitor;

/* From the token to who it is, with his rights of this moment: one statement, and a second one only after a role was
 * changed.  Sets w->who, w->actor and w->language.  NOT_FOUND when nobody is signed in with it.  *stale: it is time for
 * session_touch. */
Err session_find(Work *w, Str token, bool *stale);

/* The rest are for writing works. */
Err session_begin(Work *w, int64_t user, Visitor from, char token[TOKEN_SIZE]);
Err session_touch(Work *w, int64_t session);
Err session_end(Work *w, int64_t session);
Err sessions_end(Work *w, int64_t user, int64_t but); /* all of a person, `but` one (0: none) */
Err sessions_clear(Work *w, Moment at);               /* removes what was over then (access/forgetting.h) */

/* The actor that a user would be, without a session: for commands `--as`, jobs he asked for.  NOT_FOUND, or blocked:
 * DENIED. */
Err actor_of(Work *w, int64_t user);

#endif
