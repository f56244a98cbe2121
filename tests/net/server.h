/* A server on a free port with a few routes, one worker thread, and a client that sends bytes as they are. */
#ifndef TESTS_NET_SERVER_H
#define TESTS_NET_SERVER_H

#include "net/events.h"
#include "net/http.h"
#include "tests/test.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct {
    Http           *http;
    Events         *events;
    pthread_t       worker[2];
    pthread_mutex_t lock;
    pthread_cond_t  more;
    HttpRequest    *first, **end;
    bool            stop;
    int             handed;      /* requests that reached the worker */
    atomic_int      cut_streams; /* whose writer was told that nobody reads */
    char            folder[64];
} Server;

void server_start(Server *s, HttpConfig config, EventsOptions events);
void server_stop(Server *s);

int  client_open(const Server *s);
int  client_open_from(const Server *s, const char *address); /* of this machine */
bool client_send(int fd, Str bytes);

/* Reads until the other side closes or, if `ms` pass without a byte, gives what came so far. */
Str  client_read(Arena *mem, int fd, int ms);

/* Opens, sends, reads one whole answer (as long as Content-Length or the last chunk say, or to the end), closes. */
Str  client_ask(Test *t, const Server *s, Str bytes);
int  client_status(Str answer); /* 0: none */
Str  client_body(Str answer);

#endif
