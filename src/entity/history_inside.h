/* The inside of telling a history: who tells, and the titles he has looked up.  Used inside entity/ only. */
#ifndef ENTITY_HISTORY_INSIDE_H
#define ENTITY_HISTORY_INSIDE_H

#include "core/words.h"
#include "entity/change.h"
#include "entity/ids.h"

typedef struct Names Names;

/* The titles of one entity that a page names: read in one statement; those that are told are looked at. */
struct Names {
    Names        *next;
    const Entity *to;
    int64_t      *id;
    Str          *title; /* none: out of reach, or gone */
    bool         *told;
    ptrdiff_t     n, room;
    Ids           place;
};

typedef struct {
    Work         *w;
    const Entity *e;
    JsonOut      *to;
    Voice         voice;
    bool          named; /* each event says of which record */
    Names        *names;
} Teller;

/* The page will name this record; no bytes: it is out of reach, or gone. */
void name_want(Teller *t, const Entity *to, int64_t id);
Str  title_of(Teller *t, const Entity *to, int64_t id);

/* Of a row that says a sentence: what was confirmed, to whom it was lent. */
bool change_is_sentence(const Change *c);
void confirmed_wants(Teller *t, Str diff);
void confirmed_told(Teller *t, Str diff);

#endif
