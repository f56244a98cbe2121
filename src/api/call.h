/* What the files of this folder share about one request on its way; areas see only route.h. */
#ifndef API_CALL_H
#define API_CALL_H

#include "access/idempotency.h"
#include "access/sign_in.h"
#include "api/known.h"
#include "api/live.h"
#include "api/match.h"
#include "api/server.h"
#include "net/http.h"

#define ARGS_MAX   40
#define REPLY_ROOM (64 << 10) /* of a request's memory, kept while it runs: what has been done can be told */

typedef struct Call Call;

typedef struct {
    Str name, value;
} CallArg;

/* A file that is the answer: written by the work, sent when it has ended well. */
typedef struct {
    bool        any;
    int         file;
    bool        shown; /* in its place, not saved */
    const char *mime;
    Str         name;
} Sent;

/* Of a file that may be asked for in parts. */
typedef struct {
    const char *tag;    /* null: it may not     */
    const char *places; /* Content-Range; null: the whole */
} Parts;

struct Call {
    HttpRequest *http;
    Server      *server;
    Request      r;
    char        *answer_from;  /* of http->mem: where the answer begins; a rerun begins there again */
    char        *answer_end;   /* where that memory ends; see REPLY_ROOM                            */
    Buf          answer;
    CallArg      arg[ARGS_MAX];
    int          arg_count;
    Lang         lang;         /* of a person nobody knows yet; of the signed-in one once he is known */
    int          status;       /* of a refusal, where it is not the usual one of its Err            */
    int64_t      retry_s;      /* Retry-After                                                       */
    bool         stale;        /* the session is to be touched                                      */
    bool         replayed;     /* the answer was kept under an Idempotency-Key                      */
    bool         settled;      /* the answer of a slow work stands under its key already             */
    int64_t      session, user;
    Str          key;          /* Idempotency-Key; s null: none                                     */
    Str          extra;        /* members of the problem document: "record":{…}                     */
    Sent         sent;         /* the answer is a file                                               */
    Parts        parts;        /* ... or its refusal                                                 */
    const char  *policy;       /* the answer is a page under this policy; null: it is JSON            */
    bool         listens;      /* the answer is the event stream, which begins when `run` was OK     */
    Listener     listener;
};

static inline Call *call_of(Request *r) { return r->more; }

/* The status of an answer that went well. */
int call_status(const Call *c);

/* The language of somebody nobody knows yet: what his browser asks for, else the firm's. */
Lang call_lang(const HttpRequest *http);

/* Answers with an RFC 9457 document made of `problems`; one problem at least is made from the Err when there is
 * none. */
void call_refuse(Call *c, Err err, const Problems *problems);

/* The same with a single key, from the thread that read the request. */
void refuse_at_once(Server *s, HttpRequest *http, int status, const char *key, const char *allow);

/* Without words, which takes no memory. */
void refuse_bare(HttpRequest *http, int status);

/* What the network itself refuses, as such a document. */
Str refusal_text(void *server, HttpRequest *http, int status, const char *key);

/* What is said of a work that has passed, as the array "notes" of its answer. */
Str notes_text(Call *c, Work *w);

/* The status of an Err. */
int http_status_of(Err err);

Live  *server_live(Server *s);
Known *server_known(Server *s);

/* The lane's side: finds the session, asks the rights, runs the route. */
Err  call_before(Work *w, void *call); /* LaneWork.before of call_run */
Err  call_run(Work *w, void *call);
void call_done(void *call, Err err, Work *w);

/* The same for the head of a large body: may he send it?  Then it is let in, and the call is made anew when it is
 * there. */
Err  call_ask(Work *w, void *call);
void call_asked(void *call, Err err, Work *w);

#endif
