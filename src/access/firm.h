/* The firm itself: one row; and the one-time token with which its owner is created.
 *
 * There is no default account.  As long as nobody owns the firm, each start of the server makes a new token, prints it
 * once, and keeps its hash; it is good for 24 hours and for one owner. */
#ifndef ACCESS_FIRM_H
#define ACCESS_FIRM_H

#include "access/session.h"

#define SET_UP_MS (INT64_C(24) * 3600 * 1000)

typedef struct {
    Str  name, currency, language, zone;
    bool ready; /* has an owner */
} Firm;

/* Of the base that w stands on; a base without the row gives the defaults: no name, RUB, ru, Europe/Moscow. */
Err firm_read(Work *w, Firm *out);

/* The rest are for writing works.  Makes the row when it is missing; what comes by itself comes by its zone from now
 * on. */
Err firm_write(Work *w, const Firm *firm);

/* A new token, the old one is dead.  CONFLICT when the firm has an owner. */
Err set_up_token(Work *w, char token[TOKEN_SIZE]);

/* Is it the token, in time, and has nobody been faster?  DENIED with `set_up.wrong` otherwise. */
Err set_up_check(Work *w, Str token);

#endif
