/* Where things stand with each client: the last contact and what came of it, the deal that is open and its stage, what
 * comes next and when.  A line a client, of any list of clients: of a person's, of a unit's, of those of a city.  Owns
 * no table: whatever it tells stands in its place already. */
#ifndef SALES_STANDING_STANDING_H
#define SALES_STANDING_STANDING_H

#include "api/route.h"
#include "entity/list.h"

typedef struct {
    int64_t id; /* 0: none, or out of sight */
    Str     title;
} StandingName;

typedef struct {
    int64_t activity;      /* 0: none, or out of the reader's reach, where only the moment is told */
    Moment  at;            /* NONE: there is none                                                  */
    bool    timed;         /* else some time on that day                                           */
    int     channel, outcome; /* as stored; 0: none                                                */
    Str     kind, says, by; /* what came of it, or what it is about                                */
} StandingContact;

/* Of a client's deals that are open and within reach the one that came last. */
typedef struct {
    int64_t id;            /* 0: none */
    Str     name, stage;
    int64_t others;        /* open ones besides */
    Str     step;          /* of its process, the one that is due first; no bytes: none */
    Moment  step_due;      /* NONE: no term */
} StandingDeal;

typedef struct {
    StandingName    client, keeper;
    StandingContact last, next;
    StandingDeal    deal;
    bool            late;  /* what comes next, or the step of the deal, was due before now */
} StandingLine;

typedef struct {
    StandingLine *line;
    ptrdiff_t     n;
    Str           next;    /* cursor of the page that follows; empty: the last */
} Standing;

/* A page of clients as `ask` wants them, whose next contact is due first if it does not say; four statements besides
 * the list's own.  Errors as list_page. */
Err standing_read(Work *w, const Ask *ask, Standing *out);

extern const Route standing_routes[];

#endif
