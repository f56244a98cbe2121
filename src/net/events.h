/* What happens on the server, told to the browsers as it happens: Server-Sent Events (WHATWG HTML, 9.2), one stream a
 * browser.
 *
 * A stream holds no worker: publishing puts a few bytes into each one's ring and never waits.  Who does not read (a
 * laptop asleep, a network gone) is dropped when 32 KiB wait for it; its browser comes back by itself and asks anew for
 * what it shows.  A comment each 15 s keeps proxies from closing a silent stream and finds out who has gone. */
#ifndef NET_EVENTS_H
#define NET_EVENTS_H

#include "net/http.h"

typedef struct Events Events;

typedef struct {
    int per_user; /* streams of one user; one more ends the oldest; 0: 16 */
    int beat_ms;  /* 0: 15,000                                            */
} EventsOptions;

Events *events_new(EventsOptions options); /* null: the system gives no thread */

/* Ends every stream.  Nobody may use it any more: after http_stop, which waits for everybody who answers. */
void    events_drop(Events *events);

/* Answers the request with the stream of that user (> 0).  `session` is any number by which events_end finds it. */
void    events_open(Events *events, HttpRequest *r, int64_t user, int64_t session);

/* Tells one user, or with 0 everybody.  `topic` is a word, `data` one line (JSON). */
void    events_publish(Events *events, int64_t user, Str topic, Str data);

/* Ends the streams of a session, or with session 0 all of the user's: somebody signed out or lost a right. */
void    events_end(Events *events, int64_t user, int64_t session);

int     events_count(Events *events); /* streams open, as far as known */

#endif
