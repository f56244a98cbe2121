/* How passwords are kept, compared and refused.
 *
 * A password is kept as an argon2id text of libsodium (19 MiB, 2 passes: OWASP Password Storage Cheat Sheet, 2023), one
 * computation at a time in the whole process: it costs about 21 ms and its memory goes back to the system afterwards.
 * Call these from the slow lane only. */
#ifndef ACCESS_PASSWORD_H
#define ACCESS_PASSWORD_H

#include "core/problem.h"

#define PASSWORD_MIN       10   /* letters                                           */
#define PASSWORD_MAX_BYTES 1000 /* longer ones only cost time                        */
#define PASSWORD_HASH_SIZE 128

/* BROKEN when the system refuses the memory. */
Err  password_hash(Str password, char out[PASSWORD_HASH_SIZE]);

/* Takes as long for an empty `hash` (nobody has this login) as for a real one, and is then false. */
bool password_matches(Str password, Str hash);

/* INVALID with a sentence at the field `password` when it is too short, too long, one of the commonest, made of less
 * than four different letters, or holds the login. */
Err  password_check(Problems *problems, Str password, Str login);

#endif
