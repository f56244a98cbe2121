/* The server of one firm: routes over lanes over the network. */
#ifndef API_SERVER_H
#define API_SERVER_H

#include "access/session.h"
#include "access/throttle.h"
#include "api/route.h"
#include "core/words.h"
#include "entity/change.h"

typedef struct Server Server;

typedef struct {
    Str                 host;         /* empty: 127.0.0.1                                   */
    int                 port;         /* 0: any free one                                    */
    bool                behind_proxy; /* an HTTPS proxy on this machine: X-Forwarded-For is believed, cookies are
                                         Secure */
    const char         *spool;        /* folder for large bodies                            */
    Lanes              *lanes;
    const Route *const *routes;       /* lists of areas, ends with null                     */
} ServerConfig;

/* Listens and answers from now on. */
Err  api_start(const ServerConfig *config, Server **server, Problems *problems);
int  api_port(const Server *server);
void api_stop(Server *server);

/* Every second or so, from a thread that is no lane's own: ends streams of sessions that are over, writes what was
 * looked at. */
void api_beat(Server *server);

/* For the follower of changes, with its connection: tells the browsers of those who may view what has changed
 * (live.h). */
Err api_tell(Server *server, Db *db, const Change *changes, ptrdiff_t n);

/* What handlers ask of the server that answers them. */
Server    *server_of(const Request *r);
Throttle  *server_throttle(Server *server);
Throttle  *server_shares(Server *server);       /* of links for somebody outside */
bool       server_secure(const Server *server); /* cookies only over TLS */
Visitor    request_visitor(Request *r);         /* who asks, as far as his connection tells */
void       server_firm_changed(Server *server, Str zone); /* the firm's zone, for works from now on */
const char *server_spool(const Server *server); /* the folder for large bodies                      */
ptrdiff_t  server_route_count(const Server *server);
const Route *server_route(const Server *server, ptrdiff_t i);

#endif
