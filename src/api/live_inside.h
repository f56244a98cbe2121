/* What the two files of the event stream share: the listeners, and what is told to each. */
#ifndef API_LIVE_INSIDE_H
#define API_LIVE_INSIDE_H

#include "api/live.h"
#include "entity/owners.h"

enum { LISTENERS = 2048 };

/* A person who listens, however many of his browsers do. */
typedef struct {
    int64_t              user;
    bool                 given, stands_in;
    const unsigned char *scope;
} Viewer;

/* Who is told of what. */
typedef struct {
    Live     *live;
    Db       *db;
    Arena    *mem;
    Moment    now;
    Viewer   *viewer;
    ptrdiff_t viewers;
} Telling;

/* Whom the field held before this change: a user, or a record that was followed. */
typedef struct {
    const Entity *to; /* null: a user, or nobody */
    int64_t       id; /* 0: it did not change, or held none */
} Before;

Before held_before(Arena scratch, Str diff, const Way *way);

/* The role in whose queue each record waited before its change, which took it out of there, or else: 0. */
Err queue_left(Telling *t, const Entity *e, const Way *way, const Change *const *change, ptrdiff_t n, int64_t *role);

/* Changes of one entity, `place` in the list of entities, with all that decides who may hear of them. */
typedef struct News News;

Err  news_read(Telling *t, ptrdiff_t place, const Change *const *changes, ptrdiff_t n, News **out);
void news_tell(News *news, ptrdiff_t change); /* of its changes, in their order */

/* {"topic":…,"entity":…,"id":…} to the streams of that person; id 0: without one. */
void news_send(Live *live, int64_t user, const Entity *e, int64_t id);

#endif
