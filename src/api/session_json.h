/* The answer to "who am I": user, rights, firm; given at signing in, at set-up and by GET /api/session. */
#ifndef API_SESSION_JSON_H
#define API_SESSION_JSON_H

#include "api/route.h"

extern const Route session_routes[];

/* Of w->who, who must be there. */
Err session_json(Request *r);

/* The cookie with the token for so many seconds; 0 takes it away. */
void session_cookie(Request *r, const char *token, int64_t seconds);

#endif
