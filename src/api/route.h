/* A route: one row says what address it answers, who may ask, where it runs and what it takes and gives.
 *
 *     static Err ship(Request *r)
 *     {
 *         Day shipped_on;
 *         TRY(body_day(r, "shipped_on", &shipped_on));
 *         ...
 *         js_object(&r->out);
 *         js_key(&r->out, "state"); js_c(&r->out, "shipped");
 *         js_end(&r->out);
 *         return OK;
 *     }
 *
 *     const Route orders_routes[] = {
 *         { .method = POST, .path = "/api/order/{id}/ship", .run = ship, .needs = { "order", "ship" }, .writes = true,
 *           .takes = "shipped_on: day", .gives = "order", .says = "order.ship.help" },
 *         { 0 },
 *     };
 *
 * The dispatcher has parsed address and body, found the session, refused a forged or unauthorised request and begun the
 * transaction before `run`; it turns the Err that comes back into a status and the problems of the work into RFC 9457
 * in the reader's language (OK 200, 201 where .makes; NOT_FOUND 404, DENIED 403, INVALID 422, CONFLICT 409, TOO_LARGE
 * 413, BUSY 503, BROKEN 500).  A work that does not return OK is rolled back and its answer is dropped.  After BUSY
 * `run` is called again with an empty answer.
 *
 * `run` never sees HTTP.  Rows are matched exactly; a fixed part of a path wins over `{...}`; routes of areas win over
 * the generic ones of /api/{entity}.  The list of lists stands in app/. */
#ifndef API_ROUTE_H
#define API_ROUTE_H

#include "access/access.h"
#include "format/json.h"
#include "work/lanes.h"

typedef enum { METHOD_NONE, GET, POST, PATCH, PUT, DELETE } Method;

typedef enum {
    FOR_SIGNED_IN,  /* whoever is signed in and has .needs (no .needs: anybody signed in)           */
    FOR_ANYBODY,    /* before signing in: session, set-up, words, health                            */
} Audience;

typedef enum {
    BODY_NONE,      /* a body is refused                                                            */
    BODY_JSON,      /* an object, up to .body_limit (0: 1 MiB); r->body                             */
    BODY_FILE,      /* bytes as they are, kept in a file without a name: r->file, r->file_size      */
} BodyKind;

typedef struct Request Request;
typedef struct Route   Route;

struct Route {
    Method      method;
    const char *path;                 /* "/api/client/{id}/card"; {id} is a number, other {names} are texts       */
    Err       (*run)(Request *r);
    struct {
        const char *entity, *verb;    /* entity null: signed in is enough.  "{entity}": the one in the path        */
    } needs;
    Audience    audience;
    bool        writes;               /* runs in the writer lane, in a transaction; a POST obeys Idempotency-Key   */
    bool        slow; /* runs in the slow lane.  With .writes it writes by work_write, and a POST obeys the key all the
                         same.  Without: a read whose question is too long for an address (import/recognise and
                         import/preview), or a password (session, set-up, password): a kept hash of its body
                         would be a way to guess it, and twice done is as good as once                */
    int         limit_s;              /* with .slow: stopped after so long; 0: what core/bounds.h says            */
    bool        hashes;               /* with .slow: computes a password, in the lane for signing in              */
    bool        children; /* of a generic row: it answers for children as well, with the rights of what they belong
                             to */
    bool        snapshot;             /* reads several statements of one state                                    */
    bool        makes;                /* 201 instead of 200                                                       */
    bool        later;                /* 202: a job has been started                                              */
    bool        page; /* for a browser from outside: the answer is a page or a file (answer_page), and a form may be
                         sent without the header that the client sends */
    BodyKind    body;
    int64_t     body_limit;
    Err (*may_send)(Request *r); /* asked before a body of more than 64 KiB or of unknown length is read, when session
                                    and right are known: is there room for it?  Reads only; r->file_size is what the
                                    head announces, -1: unknown; r->body and r->file are not there.  What must hold is
                                    asked again in `run`.  null: the right is enough */
    const char *takes;                /* for people and OpenAPI: "from: day?, measure: revenue|margin" (? optional) */
    const char *gives;                /* an entity, or "…" in the same form as .takes; null: nothing              */
    const char *says;                 /* key of words/: one sentence                                              */
};

struct Request {
    Work        *w;
    const Route *route;
    int64_t      id;       /* {id}; 0: the path has none                                           */
    Str          part[3];  /* texts in the places of the other {…}, in order, decoded              */
    const Json  *body;     /* null: none                                                           */
    int          file;     /* descriptor of the body of BODY_FILE, at its beginning; -1: none      */
    int64_t      file_size;
    JsonOut      out;      /* the answer                                                           */
    int          status;   /* 0: as the route, or the Err, says                                     */
    Str          tag;      /* becomes ETag: "7"                                                    */
    const char  *shown;    /* the answer is this record and nothing else: set by answer_record      */
    int64_t      shown_id;
    Str          notes;    /* "notes" of that answer, an array as text; s null: none               */
    Str          cookie;   /* becomes Set-Cookie                                                   */
    Str          query;    /* as it came; see asked_…                                              */
    void        *more;     /* the dispatcher's own                                                 */
};

/* ---- parameters behind the question mark, decoded; a parameter that came twice is INVALID before `run` ---- */

bool asked(const Request *r, const char *name);                           /* is it there?               */
Str  asked_text(const Request *r, const char *name);                      /* s null: it is not there    */
Err  asked_i64(Request *r, const char *name, int64_t least, int64_t most, int64_t *out); /* missing: *out stays */
Err  asked_day(Request *r, const char *name, Day *out);                   /* the same                   */
Err  asked_bool(Request *r, const char *name, bool *out);                 /* true, false, 1, 0          */
/* place from 0; keys end with null */
Err  asked_choice(Request *r, const char *name, const char *const *keys, int *out);
Err  asked_json(Request *r, const char *name, const Json **out);          /* missing: null              */

/* INVALID at the first parameter that .takes of the route does not name. */
Err  asked_only(Request *r);

/* The same for the members of the body; asked of every route that makes something from members that it names itself,
 * before `run`, so that nothing that was sent is dropped in silence. */
Err  body_only(Request *r);

Str  asked_header(const Request *r, const char *name);                    /* a header; s null: none      */

/* If-Match: the version; 0: none came.  INVALID when it is not a version. */
Err  asked_version(Request *r, int64_t *out);

/* ---- members of the body; `required` ones that are missing or of another kind are INVALID at that field ---- */

Err  body_text(Request *r, const char *name, ptrdiff_t max, Str *out);
Err  body_i64(Request *r, const char *name, int64_t least, int64_t most, int64_t *out);
Err  body_day(Request *r, const char *name, Day *out);
Err  body_bool(Request *r, const char *name, bool *out);                  /* missing: *out stays        */
Err  body_text_maybe(Request *r, const char *name, ptrdiff_t max, Str *out); /* missing: *out stays      */
Err  body_i64_maybe(Request *r, const char *name, int64_t least, int64_t most, int64_t *out);

/* ---- answers that are kept ---- */

/* For a slow route that writes all it does in one work: called there, so that the answer stands under the
 * Idempotency-Key with what was done, and a server that dies before it answers has neither or both.  `text` is the
 * whole answer, JSON. */
Err answer_settle(Request *r, Work *w, Str text);

/* ---- answers that are no JSON ---- */

/* A file: `name` is what the browser saves it as.  It is written whole into the folder for spools, without a name, and
 * sent when `run` has returned OK: so whatever goes wrong is said in words, a slow reader holds no worker, and nobody
 * answers a request whose client has left.  Only in the slow lane, by a route that `.gives` "file" (or of whose
 * `format`s one is a file). */
typedef struct {
    bool (*sink)(void *to, Str bytes); /* false: the disk is full, which `run` says (file.not_written) */
    void  *to;
} Download;

Err  answer_file_new(Request *r, const char *mime, Str name, Download *out); /* empty, to be filled through the sink */
/* The file of the answer may be shown where it is asked for, as a picture: only of a type that a browser cannot run. */
void answer_shown(Request *r);

/* The file may be asked for in parts: of its `size` bytes those are to be poured that come back, n of them from `from`
 * on, 0 where there are none.  `id` tells one such file from any other for good.  INVALID, answered 416 with words,
 * where what was asked for lies outside of it.  Before answer_file_new. */
Err answer_part(Request *r, int64_t id, int64_t size, int64_t *from, int64_t *n);

/* It is no file after all. */
void answer_no_file(Request *r);

/* one that is there; the descriptor is taken over */
void answer_file(Request *r, const char *mime, Str name, int file);

/* A page, of a route with .page; `policy` is its Content-Security-Policy. */
void answer_page(Request *r, Str html, const char *policy);

#endif
