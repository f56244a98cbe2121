/* Who listens to the event stream, and who is told what.
 *
 * Each listener is a session with the set of entities its person may view, as of the moment the stream began.  A beat looks all sessions
 * up in one statement: a stream whose session is over, or whose rights are of an older edition, is ended; its browser comes back and is
 * asked anew who it is. */
#ifndef API_LIVE_H
#define API_LIVE_H

#include "access/session.h"
#include "net/events.h"
#include "work/lanes.h"

typedef struct Live Live;

Live *live_new(Arena *mem, Lanes *lanes);
void  live_drop(Live *live);

/* Who listens, read in a lane; then the answer with the stream.  `edition` is that of the rights under which the actor was read. */
typedef struct {
    int64_t  user, session, edition;
    uint64_t may[4]; /* bit i: may view entity_at(i) */
} Listener;

Err  live_listener(Work *w, Listener *out);
bool live_open(Live *live, HttpRequest *http, const Listener *listener); /* false: the server stops, nothing was answered */

/* Tells everybody who may view the entity: {"topic":…,"entity":…,"id":…}; id 0: many of them. */
void live_tell(Live *live, const char *topic, const char *entity, int64_t id);

/* From any thread that is no lane's own; every 15 s. */
void live_beat(Live *live);

#endif
