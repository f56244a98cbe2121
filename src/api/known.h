/* Whose request is it, as far as can be told without the base: the network may not wait for a look-up of the session.
 *
 * A lane that has looked somebody up keeps his cookie here.  So the next request with it stands in his line, whatever
 * he has asked before; what comes with another cookie, or none, stands in the one line of strangers.  This is about
 * turns alone: who somebody is and what he may is asked anew each time. */
#ifndef API_KNOWN_H
#define API_KNOWN_H

#include "net/http.h"

typedef struct Known Known;

Known  *known_new(Arena *mem, uint64_t seed);

/* From any thread.  user 0: the cookie is nobody's any more. */
void    known_keep(Known *k, Str token, int64_t user);
int64_t known_owner(const Known *k, Str token);              /* 0: nobody we know */
int64_t known_user(const Known *k, const HttpRequest *http); /* the same */

/* For LaneWork.line.  Those who sign in are strangers all: with `by_address` each address has a line of its own. */
int64_t known_line(const Known *k, const HttpRequest *http, bool by_address);

#endif
