/* What the two files of the event stream share: the listeners, and what is told to each. */
#ifndef API_LIVE_INSIDE_H
#define API_LIVE_INSIDE_H

#include "api/live.h"

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

/* Changes of one entity, `place` in the list of entities, with all that decides who may hear of them. */
typedef struct News News;

Err  news_read(Telling *t, ptrdiff_t place, const Change *const *changes, ptrdiff_t n, News **out);
void news_tell(News *news, ptrdiff_t change); /* of its changes, in their order */

/* {"topic":…,"entity":…,"id":…} to the streams of that person; id 0: without one. */
void news_send(Live *live, int64_t user, const Entity *e, int64_t id);

#endif
