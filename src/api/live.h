/* Who listens to the event stream, and who is told what.
 *
 * Each listener is a session with what its person may view and in which scope.  Before anything is told, and once a
 * second, all sessions are looked up in one statement: a stream whose session is over is ended, one whose person has
 * another role, or whose rights are of an older edition, is given the rights of now.  So what somebody has lost he does
 * not hear of any more, on every server of the base.
 *
 * News of a record go to those who may view that record: {"topic":"client","entity":"client","id":7}.  Without an id
 * they say that something of the kind has changed: to who could view the record until this change, and to everybody who
 * may view the kind when a record has gone for good, because whose it was is not known any more; and in place of more
 * than fifty changes at once, to who sees one of them. */
#ifndef API_LIVE_H
#define API_LIVE_H

#include "access/session.h"
#include "entity/change.h"
#include "net/events.h"
#include "work/lanes.h"

typedef struct Live Live;

Live *live_new(Arena *mem, Lanes *lanes);
void  live_drop(Live *live);

/* Who listens, read in a lane; then the answer with the stream. */
typedef struct {
    int64_t        user, session, role, edition;
    bool           given; /* holds single records at this moment */
    bool           stands_in; /* for somebody who is away */
    unsigned char *scope; /* in which he may view entity_at(i)   */
} Listener;

void live_listener(Work *w, Listener *out); /* its scopes stand in w->mem */
/* false: the server stops or has no memory, nothing was answered */
bool live_open(Live *live, HttpRequest *http, const Listener *listener);

/* Tells what has changed, in few statements however many changes and listeners there are.  From the thread of the
 * follower, with its connection. An Err is the database's: nothing has been told then, or some of it, and the same
 * changes may be told again. */
Err  live_tell(Live *live, Db *db, const Change *changes, ptrdiff_t n);

/* Ends streams of sessions that are over.  From any thread that is no lane's own; every second. */
void live_beat(Live *live);

#endif
