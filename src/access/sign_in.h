/* Signing in, passwords, and the token that creates the owner. */
#ifndef ACCESS_SIGN_IN_H
#define ACCESS_SIGN_IN_H

#include "access/session.h"
#include "access/throttle.h"

/* As logins are kept and compared: lower case, no blanks at the ends. */
Str login_fold(Arena *mem, Str login);

/* For the lane of signing in: looks the login up, computes, and begins a session in the writer lane.  The refusal does
 * not say whether the login, the password or the blocking was the reason, and takes as long for each.  DENIED with
 * `sign_in.wrong`; DENIED with `sign_in.wait` and *wait_s above 0 without computing anything when it was tried too
 * often. */
Err sign_in(Work *w, Throttle *throttle, Str login, Str password, Visitor from, char token[TOKEN_SIZE],
            int64_t *wait_s);

/* A new password: for the lane of signing in; checks it, computes, writes, and ends the person's sessions except
 * `but`. */
Err password_set(Work *w, int64_t user, Str password, int64_t but);

/* The same from a writing work that has computed the hash before. */
Err credential_write(Work *w, int64_t user, Str hash, int64_t but);

/* Is this his password?  For the lane of signing in. */
bool password_is(Work *w, int64_t user, Str password);

#endif
