/* What the files of the server share; nobody else includes it.
 *
 * A request belongs to one thread at a time.  Its loop (the thread that reads and sends for it) has it until it is
 * handed over; whoever answers has it then; posting gives it back.  So its fields need no lock: each passing is an
 * atomic exchange or somebody's queue. */
#ifndef NET_HTTP_INSIDE_H
#define NET_HTTP_INSIDE_H

#include "core/bounds.h"
#include "net/http.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#define HEAD_MAX     (16 * 1024)
#define HEAD_HELD    (64 * 1024) /* a head up to this size is refused in words; the library itself refuses a larger
                                    one */
#define UNASKED      (64 << 10)  /* a body up to this size comes in before anybody is asked, as long as all have no
                                    more than BOUND_UNASKED */
#define SPOOL_PIECE  (256 << 10)

typedef enum {
    REQ_NEW,      /* the target is known                        */
    REQ_ASKED,    /* asleep, with whoever lets the body in      */
    REQ_LET_IN,   /* ... who did                                */
    REQ_BODY,     /* the head is known, the body comes in       */
    REQ_QUICK,    /* on_quick looks at it                       */
    REQ_HANDED,   /* asleep, with whoever answers               */
    REQ_REPLIED,  /* the answer is ready to be sent             */
    REQ_SENDING,
} ReqState;

/* How many bytes each owner, by his hash, and all together hold; and what one request holds of them. */
typedef struct {
    _Atomic int64_t all, of[1 << 10];
} Shares;

typedef struct {
    _Atomic int64_t *of, *all;
    int64_t          n;
} Held;

typedef struct Loop    Loop;
typedef struct Peer    Peer;
typedef struct Request Request;

struct Request {
    HttpRequest            pub;      /* first: one pointer is both                     */
    Loop                  *loop;
    struct MHD_Connection *conn;
    Peer                  *peer;
    Request               *posted;   /* the next in the loop's inbox, or in the spool  */
    Request               *prev_stream, *next_stream;
    ReqState               state;
    Str                    target;
    const char            *uri;      /* where the target stood in the connection's own memory */
    HttpBody               rule;
    Buf                    bytes;    /* the body; of a spool the piece being filled    */
    bool                   too_large, disk_failed, counted;
    int64_t                unasked;  /* bytes of Http.unasked                          */
    Held                   body, answer;
    int64_t                began;    /* clock_ticks                                    */
    HttpReply              reply;
    uint64_t               file_size;
    HttpStream            *stream;
};

/* An open connection. */
struct Peer {
    Peer             *prev, *next;
    int               fd;
    _Atomic uint16_t *slot;  /* where connections of its address are counted             */
    int64_t           since; /* clock_ticks: waited for a head from then on; 0: it came  */
    bool              ended; /* the other side sends no more, and libmicrohttpd knows    */
    bool              busy;  /* a request is with whoever answers, or the answer is a stream */
    atomic_bool       left;  /* ... and the other side has closed                            */
    bool              shut;  /* had to make room                                         */
    bool              unread; /* answered before its body was read                        */
};

/* A connection whose body was not wanted: read on for a moment, so that the system does not throw away the answer with
 * what comes. */
typedef struct {
    int       fd;
    int64_t   until; /* clock_ticks */
    ptrdiff_t left;  /* bytes       */
} Linger;

#define LINGERS 64

/* One thread that reads and sends. */
struct Loop {
    Http              *http;
    struct MHD_Daemon *daemon;
    pthread_t          thread;
    int                wake;             /* an eventfd in the daemon's own epoll set            */
    _Atomic(Request *) inbox;            /* answered, written or streamed to: wake these up     */
    atomic_bool        asleep;
    atomic_int         posting;          /* threads inside loop_post                            */
    HttpRequest       *ready, **ready_end; /* to be handed over at the end of this round        */
    Request           *spare;            /* of earlier requests                                 */
    Request           *streams;
    Peer              *peers;
    int                open;             /* peers                                               */
    Linger             linger[LINGERS];
    int                lingers;
    int64_t            looked;           /* clock_ticks of the last peers_look                  */
    int                spares, asleep_requests, open_requests;
};

typedef struct {
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  more;
    Request        *first, **end;
    bool            stop;
} Spool;

struct Http {
    HttpConfig       config;
    int              listener;
    int              port;
    atomic_bool      stopping;
    bool             strict_lines;  /* this libmicrohttpd takes what http_guard.c must refuse by the place of lines */
    uint64_t         seed;
    _Atomic uint16_t peers[1 << 14]; /* open connections by the hash of the address */
    _Atomic int64_t  unasked;        /* bytes of bodies that come in unasked        */
    Shares           memory, files;  /* bytes of bodies that were let in            */
    Shares           sent_memory, sent_files; /* bytes of answers that wait to be read  */
    Spool            spool;
    Loop             loop[8];
};

/* Gives a request back to its loop, which wakes its connection. */
void loop_post(Request *r);

int loop_places(const Http *http); /* connections that one loop may have */

/* http_request.c: libmicrohttpd's callbacks. */
void           *request_begin(void *loop, const char *uri, struct MHD_Connection *conn);
enum MHD_Result request_go_on(void *loop, struct MHD_Connection *conn, const char *url, const char *method,
                              const char *version, const char *upload, size_t *size, void **slot);
void            request_end(void *loop, struct MHD_Connection *conn, void **slot, enum MHD_RequestTerminationCode why);
void            request_drop_spares(Loop *loop);
enum MHD_Result request_sleep(Request *r); /* the connection sleeps until r is posted; always MHD_YES */

/* http_peer.c */
enum MHD_Result peer_may_come(void *loop, const struct sockaddr *a, socklen_t n);
void peer_came_or_went(void *loop, struct MHD_Connection *conn, void **slot, enum MHD_ConnectionNotificationCode what);
Peer           *peer_of(struct MHD_Connection *conn);
void            peers_look(Loop *loop, int64_t now); /* twice a second: ends those who have gone or dribble */

/* http_share.c */
bool body_unasked(Request *r);  /* may it come in before anybody is asked? */
void shares_let_go(Request *r);

/* http_linger.c */
void linger_begin(Loop *loop, int fd);
void linger_look(Loop *loop, int64_t now);
void linger_end(Loop *loop); /* all of them */

/* http_guard.c: null when the head has one reading, else the key of what is wrong with it; the bytes of the head. */
const char *guard_head(const Request *r, const char *method, const char *version);
size_t      guard_head_size(const Request *r);

/* http_read.c */
bool http_address_read(Str text, HttpAddress *out);

/* http_reply.c */
uint64_t        file_size(int file);
enum MHD_Result reply_send(Request *r);
enum MHD_Result reply_refuse(Request *r, int status, const char *key);
enum MHD_Result reply_elsewhere(Request *r, const char *path);

/* http_zip.c: makes the body smaller where that may be and helps */
void reply_zip(const HttpRequest *r, HttpReply *reply);

/* http_stream.c */
HttpStream *stream_new(Request *r, ptrdiff_t hold);
void    stream_enrol(Request *r);  /* the loop begins to send it                              */
ssize_t stream_read(void *stream, uint64_t at, char *to, size_t room);
void    stream_forget(Request *r); /* the connection is over                                   */
void    stream_cut(Request *r);    /* the server stops                                         */

/* http_spool.c */
bool spool_start(Spool *spool);
void spool_stop(Spool *spool);
void spool_hand(Spool *spool, Request *r); /* writes what r->bytes holds, empties it, posts r         */

#endif
