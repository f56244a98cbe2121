/* The web server: bytes in, bytes out, and nothing about what they mean.
 *
 * A few threads (two by default) accept, read, parse and send with libmicrohttpd; they never wait for a disk, a
 * database or another thread.  What a request goes through:
 *
 *     on_head     the head is there, the body is not: how large may the body be, and does it go to memory or to a file?
 *     on_request  only if on_head wants to be asked, and the body has more than 64 KiB or an unknown length: handed
 *                 over as below, but with .asks and without the body; http_body_take lets it in, http_reply refuses it
 *                 unread
 *     on_quick    the body is there (or is asked for): may be answered at once, from memory (a file of the client, a
 *                 refusal, a health check)
 *     on_request  handed over: the connection sleeps until somebody, on whichever thread, calls http_reply or
 *                 http_stream
 *
 * Requests that became ready in one round of a thread are handed over together, so that a busy server wakes a worker
 * once for many. A client that goes away while its request is worked on is noticed when the answer is sent; the answer
 * must be given all the same.
 *
 * What never reaches a callback, because it has two readings or none (answered 400, connection closed): both
 * Content-Length and Transfer-Encoding, either of them twice, a length that is not digits, an encoding other than
 * `chunked`, a name with a blank before the colon, a missing or second Host, a NUL, a bare LF, a folded line, control
 * characters, a target that does not begin with `/`, percent signs that do not encode UTF-8 or encode a NUL.  A head
 * above 16 KiB gets 431 (414 where it is the address that is so long), a body above its limit 413, and 507 one that
 * the disk does not take.  An answer that comes before its body has been read closes the connection, but not before the
 * other side has had two seconds to read it.  Their words are `refusal`'s; a head above 64 KiB, one without Host,
 * and what is no HTTP at all, gets the library's own English line, and who does not go on sending is cut off without
 * one.
 *
 * A path is text, never a file name.  Behind a proxy on the same machine the client's address is the last one in
 * X-Forwarded-For. */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include "core/problem.h"

typedef struct Http        Http;
typedef struct HttpRequest HttpRequest;
typedef struct HttpStream  HttpStream;

typedef struct {
    unsigned char ip[16]; /* IPv6, or IPv4 as ::ffff:a.b.c.d */
} HttpAddress;

struct HttpRequest {
    HttpRequest *next;      /* of those handed over together                                      */
    Str          method;    /* "GET"                                                              */
    Str          path;      /* as it was sent, percent signs and all                              */
    Str          query;     /* behind the question mark; see http_arg                             */
    Str          body;      /* in memory                                                          */
    int64_t      body_size; /* in memory or in the file                                           */
    int          file;      /* a body that went to a file without a name, at its beginning; -1: none.  Whoever keeps it
                               puts -1 here and closes it                                         */
    int64_t      announced; /* how many bytes the head says will come; -1: it does not say                */
    bool         asks;      /* the body waits outside: http_body_take or http_reply                       */
    HttpAddress  from;
    Arena        mem;       /* 24 MiB of addresses that live until the answer is sent.  Build the answer here and
                               nothing is copied */
    void        *note;      /* the caller's own                                                   */
};

typedef struct {
    int64_t limit;  /* bytes; a larger body gets 413.  In memory at most 8 MiB  */
    bool    spool;  /* to a file in the folder for spools                       */
    bool    ask;    /* of what strangers may not send: see on_request           */
} HttpBody;

typedef struct {
    Str    host;          /* empty: 127.0.0.1                                            */
    int    port;          /* 0: any free one, see http_port                              */
    int    threads;       /* 0: 2                                                        */
    int    connections;   /* at once; 0: 1,024                                           */
    int    per_address;   /* connections of one address; 0: 64; -1: as many as they want.  When seven of eight places
                             are taken, each newcomer has one closed that waits for its client, of the address that has
                             most of them */
    int    idle_s;        /* a silent connection is closed after; 0: 30                  */
    bool   behind_proxy;  /* trust X-Forwarded-For of a peer on this machine             */
    const char *spool;    /* folder for large bodies; null: there are none               */

    void    *self;
    HttpBody (*on_head)(void *self, const HttpRequest *r);
    void     (*on_quick)(void *self, HttpRequest *r);       /* may be null, may call http_reply          */
    void     (*on_request)(void *self, HttpRequest *first); /* each of the chain must be answered, once  */
    /* The body, in r->mem, of what is refused before all these; `key` is one of words/, of a head that is refused only
     * the headers are there. */
    Str (*refusal)(void *self, HttpRequest *r, int status, const char *key);
    const char *nowhere; /* where a browser goes that wants a page at an address which is none; null: nowhere */
} HttpConfig;

/* Listens and serves from now on.  BROKEN with words when the address cannot be had. */
Err  http_start(const HttpConfig *config, Http **http, Problems *problems);
int  http_port(const Http *http);

/* A file without a name in a folder, for bytes on their way; -1: the disk refuses. */
int  http_spool_file(const char *folder);

/* Takes no new connection, cuts streams, waits until every request that was handed over is answered, gives answers on
 * their way five seconds, closes the rest. */
void http_stop(Http *http);

/* Lets the body of a request that asks in; the request comes again with it.  What one owner sends at once is bounded
 * (in memory 16 MiB, in files 2 GiB), and so is what all send (256 MiB, 8 GiB): false, and the request must be
 * answered. */
bool http_body_take(HttpRequest *r, int64_t owner);

/* ---- reading a request: from whoever holds it ---- */

Str  http_header(const HttpRequest *r, const char *name);  /* trimmed; .s is null when it is not there     */
Str  http_cookie(const HttpRequest *r, const char *name);
Str  http_arg(HttpRequest *r, const char *name);           /* of the query, decoded, UTF-8; .s null: not there */
bool http_arg_next(HttpRequest *r, Str *rest, Str *name, Str *value); /* all of them: begin with *rest = r->query */
bool http_takes_gzip(const HttpRequest *r);                /* Accept-Encoding says so                    */
Str  http_decode(Arena *mem, Str encoded, bool plus);      /* percent signs, and + as a blank if `plus`    */
Str  http_address(Arena *mem, HttpAddress a);              /* "192.0.2.7", "2001:db8::1"                   */
bool http_address_is_local(HttpAddress a);                 /* this machine                                 */

/* Has whoever sent it closed the connection, or his half of it?  Known within half a second; from any thread, as long
 * as the request has not been answered. */
bool http_left(const HttpRequest *r);

/* ---- answering: from any thread, once; the request is gone afterwards.  Texts are copied unless it is said. ---- */

typedef struct {
    const char *name, *value; /* the name must live on */
} HttpHeader;

typedef struct {
    int         status;
    const char *type;       /* null: application/json                                               */
    const char *cache;      /* null: no-store                                                       */
    const char *policy;     /* null: a Content-Security-Policy that allows nothing                  */
    HttpHeader  header[8];  /* up to the first without a name                                       */
    Str         body;
    bool        kept;       /* the body's bytes outlive the server: not copied                      */
    void      (*free)(void *owned); /* called with `owned` when the body has been sent: not copied  */
    void       *owned;
    bool        sends_file; /* the body is `file`, from its beginning to its end: closed when it has been sent  */
    int         file;
    bool        close;      /* the connection ends with this answer                                 */
} HttpReply;

#define HTTP_JSON    "application/json"
#define HTTP_PROBLEM "application/problem+json"
#define HTTP_HTML    "text/html; charset=utf-8"
#define HTTP_TEXT    "text/plain; charset=utf-8"

/* JSON of a kilobyte or more goes out as gzip to whoever takes it (http_zip.c). */
void http_reply(HttpRequest *r, HttpReply reply);

/* Before an answer is given: may so many bytes wait to be read?  What one owner has waiting is bounded (in memory 64
 * MiB, in files 2 GiB), and so is what all have (512 MiB, 8 GiB); they count until they have been sent or the
 * connection is over.  Up to 64 KiB nobody is asked. */
bool http_answer_take(HttpRequest *r, int64_t owner, HttpReply reply);

/* ---- answering bit by bit ---- */

/* Sends the head of `reply` (its body is not looked at) and then what is put, as it comes.  At most `hold` bytes wait
 * to be read.  As after http_reply the request is gone: its client may leave at any byte, and its memory serves the
 * next one.  So this is for streams that need nothing of it, such as events; an answer that a worker writes bit by bit
 * is written into a file, and the file is sent. */
HttpStream *http_stream(HttpRequest *r, HttpReply reply, ptrdiff_t hold);

/* Waits for room up to wait_ms (-1: as long as the client goes on reading).  False: the client is gone, or did not read
 * in time; nothing more can be put. */
bool http_stream_put(HttpStream *stream, Str bytes, int wait_ms);

/* The end.  `whole` false cuts the connection, so that the client knows that something is missing. */
void http_stream_end(HttpStream *stream, bool whole);

#endif
