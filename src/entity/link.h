/* A link in words, as people read it in a history and in a file and write it there again. */
#ifndef ENTITY_LINK_H
#define ENTITY_LINK_H

#include "core/words.h"
#include "entity/entity.h"

Str entity_label(Arena *mem, Lang lang, const Entity *e); /* Clients */

/* `Clients: Zarya` */
Str link_say(Arena *mem, Lang lang, const Entity *to, Str title);

typedef struct {
    const Entity *to;
    int64_t       id;    /* 0: it is known by its title */
    Str           title; /* a piece of the text         */
} LinkHeard;

/* `Clients: Zarya` in either language, `client:Zarya`, or `client:42`.  False where it does not begin with an entity
 * that the field may point at, or names nothing. */
bool link_hear(Arena scratch, const Field *f, Str text, LinkHeard *out);

#endif
