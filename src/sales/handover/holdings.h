/* What a person can hold: a row a kind of thing, so whatever areas come can be handed over by one more row. */
#ifndef SALES_HANDOVER_HOLDINGS_H
#define SALES_HANDOVER_HOLDINGS_H

#include "entity/entity.h"

/* In the order in which they change hands: clients first, so that whoever gets work about one sees it as its keeper. */
typedef struct {
    const Entity *entity;
    const char   *owner; /* the field with the person                                                   */
    const char   *client; /* the column with the client whose keeper gets it; of clients `id`            */
    const char   *open; /* SQL: which of them are held, `t` being the table                            */
    bool          work; /* it is work to be done, and counts as load                                   */
} HeldKind;

extern const HeldKind holdings[];

enum { HOLDINGS = 4 };

/* A record that somebody holds. */
typedef struct {
    int     holding;
    int64_t id, client; /* client 0: none                        */
    bool    may; /* the actor may change it               */
    int     to; /* place of the one who gets it; -1: not yet said */
} Held;

/* All that the person holds, by holding and id.  INVALID with words beyond MASS_MOST of a kind.  *beyond is how many of
 * them the actor may not change. */
Err held_read(Work *w, int64_t user, Held **out, ptrdiff_t *n, int64_t *beyond);

/* Adds up how many things of each kind these people hold: count[person * HOLDINGS + holding]. */
Err held_count(Work *w, const int64_t *users, int n, int64_t *count);

#endif
