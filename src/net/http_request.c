/* The life of a request: target, head, body, handed over, answered, over. */
#include "net/http_inside.h"

#include "core/clock.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SPARES_MAX  64
#define MEMORY_KEPT (32 << 10)
#define SWALLOW     (4 << 20)   /* of a body that turns out too large, so that its sender lives to read why */
#define SLOW_AFTER  30000       /* ms: from then on a body must have come at ...                            */
#define SLOW_RATE   1           /* ... this many bytes a millisecond                                        */

/* ---- beginning and end ---- */

static Request *spare_or_new(Loop *loop)
{
    Request *r = loop->spare;
    if (r) {
        loop->spare = r->posted;
        loop->spares--;
        return r;
    }
    Arena mem  = arena_new(BOUND_REQUEST);
    r          = heap_take(sizeof *r);
    r->pub.mem = mem;
    arena_lasts(&mem);
    return r;
}

typedef struct {
    Loop                  *loop;
    struct MHD_Connection *conn;
    const char            *uri;
    Request               *r;
} Beginning;

static Err begin(void *to)
{
    Beginning *b   = to;
    Request   *r   = spare_or_new(b->loop);
    Arena      mem = r->pub.mem;
    *r             = (Request){ .pub = { .mem = mem, .file = -1 }, .loop = b->loop, .conn = b->conn, .uri = b->uri };
    r->peer        = peer_of(b->conn);
    r->target      = str_copy(&r->pub.mem, str_of(b->uri));
    b->r           = r;
    return OK;
}

void *request_begin(void *arg, const char *uri, struct MHD_Connection *conn)
{
    Beginning b = { arg, conn, uri, NULL };
    if (peer_of(conn)) guarded(begin, &b);
    return b.r; /* null: there is no memory, and request_go_on ends the connection */
}

static void spare_or_free(Request *r)
{
    Loop *loop = r->loop;
    if (loop->spares < SPARES_MAX) {
        arena_reset(&r->pub.mem, MEMORY_KEPT);
        r->posted   = loop->spare;
        loop->spare = r;
        loop->spares++;
    } else {
        arena_drop(&r->pub.mem);
        free(r);
    }
}

void request_drop_spares(Loop *loop)
{
    while (loop->spare) {
        Request *r  = loop->spare;
        loop->spare = r->posted;
        arena_drop(&r->pub.mem);
        free(r);
    }
}

void request_end(void *arg, struct MHD_Connection *conn, void **slot, enum MHD_RequestTerminationCode why)
{
    (void)arg, (void)conn, (void)why;
    Request *r = *slot;
    if (!r) return;
    *slot = NULL;
    if (r->stream) stream_forget(r);
    if (r->reply.free) r->reply.free(r->reply.owned);
    if (r->reply.sends_file) close(r->reply.file);
    if (r->pub.file >= 0) close(r->pub.file);
    if (r->counted) r->loop->open_requests--;
    shares_let_go(r);
    r->peer->since = clock_ticks();
    r->peer->busy  = false;
    spare_or_free(r);
}

enum MHD_Result request_sleep(Request *r)
{
    r->loop->asleep_requests++;
    MHD_suspend_connection(r->conn);
    return MHD_YES;
}

static enum MHD_Result hand_over(Request *r, ReqState state)
{
    Loop *loop       = r->loop;
    r->state         = state;
    r->peer->busy    = true;
    r->pub.next      = NULL;
    *loop->ready_end = &r->pub;
    loop->ready_end  = &r->pub.next;
    return request_sleep(r);
}

/* ---- the body is there ---- */

static enum MHD_Result whole(Request *r)
{
    Loop             *loop = r->loop;
    const HttpConfig *c    = &loop->http->config;
    if (r->rule.spool && r->pub.file >= 0) lseek(r->pub.file, 0, SEEK_SET);
    else r->pub.body = buf_str(&r->bytes);
    r->state   = REQ_QUICK;
    r->counted = true;
    loop->open_requests++;
    if (c->on_quick) c->on_quick(c->self, &r->pub);
    if (r->state == REQ_REPLIED) return reply_send(r);
    return hand_over(r, REQ_HANDED);
}

static enum MHD_Result refuse_body(Request *r)
{
    return reply_refuse(r, 413, r->rule.limit ? "net.large_body" : "net.no_body");
}

static enum MHD_Result last_piece(Request *r)
{
    if (r->too_large) return refuse_body(r);
    if (r->disk_failed) return reply_refuse(r, 507, "net.disk_full");
    if (!r->rule.spool || !r->bytes.len) return whole(r);
    spool_hand(&r->loop->http->spool, r);
    return request_sleep(r);
}

/* ---- the body comes in ---- */

static bool too_slow(const Request *r)
{
    int64_t ms = clock_ticks() - r->began;
    return ms > SLOW_AFTER && r->pub.body_size < ms * SLOW_RATE;
}

static enum MHD_Result swallow(Request *r, size_t *size)
{
    r->pub.body_size += (int64_t)*size;
    *size = 0;
    return r->pub.body_size > r->rule.limit + SWALLOW ? MHD_NO : MHD_YES;
}

static enum MHD_Result next_piece(Request *r, const char *data, size_t *size)
{
    if (too_slow(r)) return MHD_NO;
    if (r->too_large || r->disk_failed) return swallow(r, size);
    r->too_large = r->pub.body_size + (int64_t)*size > r->rule.limit;
    if (r->too_large) return swallow(r, size);
    ptrdiff_t take = (ptrdiff_t)*size, room = SPOOL_PIECE - r->bytes.len;
    if (r->rule.spool && take > room) take = room;
    buf_put(&r->bytes, (Str){ data, take });
    r->pub.body_size += take;
    *size -= (size_t)take;
    if (!r->rule.spool || r->bytes.len < SPOOL_PIECE) return MHD_YES;
    spool_hand(&r->loop->http->spool, r);
    return request_sleep(r);
}

/* ---- the head is there ---- */

static HttpAddress address_of(const struct sockaddr *a)
{
    HttpAddress out = { .ip = { [10] = 0xFF, [11] = 0xFF } };
    if (a->sa_family == AF_INET6) memcpy(out.ip, ((const struct sockaddr_in6 *)(const void *)a)->sin6_addr.s6_addr, 16);
    else if (a->sa_family == AF_INET) memcpy(out.ip + 12, &((const struct sockaddr_in *)(const void *)a)->sin_addr, 4);
    return out;
}

static enum MHD_Result keep_last(void *to, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    if (!strcasecmp(name, "X-Forwarded-For")) *(const char **)to = value;
    return MHD_YES;
}

/* What the proxy itself saw is the last address of the last line; whatever stands before may be invented. */
static HttpAddress client_of(const Request *r)
{
    HttpAddress peer = address_of(MHD_get_connection_info(r->conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr),
                told;
    if (!r->loop->http->config.behind_proxy || !http_address_is_local(peer)) return peer;
    const char *line = NULL;
    MHD_get_connection_values(r->conn, MHD_HEADER_KIND, keep_last, &line);
    if (!line) return peer;
    Str rest = str_of(line), last = { 0 };
    while (rest.n) last = str_cut(&rest, ',');
    return http_address_read(str_trim(last), &told) ? told : peer;
}

/* -1: it comes in chunks; 0: there is none. */
static int64_t body_announced(const HttpRequest *r)
{
    int64_t n = 0;
    if (http_header(r, "Transfer-Encoding").s) return -1;
    str_i64(http_header(r, "Content-Length"), &n);
    return n;
}

static bool body_room(Request *r)
{
    r->began = clock_ticks();
    if (!r->rule.spool) {
        r->bytes = buf_new(&r->pub.mem, r->pub.announced > 0 ? (ptrdiff_t)r->pub.announced : 4096);
        return true;
    }
    r->bytes    = buf_new(&r->pub.mem, SPOOL_PIECE);
    r->pub.file = http_spool_file(r->loop->http->config.spool);
    return r->pub.file >= 0;
}

static enum MHD_Result body_begin(Request *r)
{
    r->pub.asks   = false;
    r->state      = REQ_BODY;
    r->peer->busy = false;
    if (!r->pub.announced) r->rule.spool = false; /* libmicrohttpd calls at once again: an answer now would close the
                                                     connection */
    else if (!body_room(r)) return reply_refuse(r, 507, "net.disk_full");
    return MHD_YES;
}

/* Whatever can be said at once about a request is said about its head alone. */
static enum MHD_Result ask(Request *r)
{
    const HttpConfig *c = &r->loop->http->config;
    r->pub.asks = true;
    r->state    = REQ_QUICK;
    if (c->on_quick) c->on_quick(c->self, &r->pub);
    return r->state == REQ_REPLIED ? reply_send(r) : hand_over(r, REQ_ASKED);
}

/* Somebody looks at what comes back, and is told in words rather than in JSON. */
static bool wants_page(const Request *r, const char *method)
{
    Str accept = http_header(&r->pub, "Accept");
    return r->loop->http->config.nowhere && !strcmp(method, "GET") && str_find(accept, S("text/html")) >= 0;
}

static enum MHD_Result refuse_large(Request *r, const char *method)
{
    if (r->target.n < HEAD_MAX / 2) return reply_refuse(r, 431, "net.large_head");
    return wants_page(r, method) ? reply_elsewhere(r, r->loop->http->config.nowhere)
                                 : reply_refuse(r, 414, "net.long_target");
}

static enum MHD_Result head(Request *r, const char *method, const char *version)
{
    const HttpConfig *c   = &r->loop->http->config;
    const char       *bad = guard_head(r, method, version);
    r->peer->since        = 0;
    if (guard_head_size(r) > HEAD_MAX) return refuse_large(r, method);
    if (bad && wants_page(r, method) && !strcmp(bad, "net.target_encoding")) return reply_elsewhere(r, c->nowhere);
    if (bad) return reply_refuse(r, 400, bad);
    if (atomic_load(&r->loop->http->stopping)) return reply_refuse(r, 503, "net.stopping");
    r->pub.method = str_of(method);
    r->pub.query  = r->target;
    r->pub.path   = str_cut(&r->pub.query, '?');
    r->pub.from   = client_of(r);
    r->rule       = c->on_head(c->self, &r->pub);
    if (!r->rule.spool && r->rule.limit > BOUND_REQUEST_BODY) r->rule.limit = BOUND_REQUEST_BODY;
    r->pub.announced = body_announced(&r->pub);
    if (r->pub.announced > r->rule.limit) return refuse_body(r);
    return r->rule.ask && !body_unasked(r) ? ask(r) : body_begin(r);
}

typedef struct {
    Request        *r;
    const char     *method, *version, *upload;
    size_t         *size;
    enum MHD_Result result;
} Step;

static Err step(void *to)
{
    Step    *s = to;
    Request *r = s->r;
    s->result  = MHD_NO;
    switch (r->state) {
    case REQ_NEW: s->result = head(r, s->method, s->version); break;
    case REQ_BODY: s->result = *s->size ? next_piece(r, s->upload, s->size) : last_piece(r); break;
    case REQ_REPLIED: s->result = reply_send(r); break;
    case REQ_LET_IN: s->result = body_begin(r); break;
    case REQ_ASKED:
    case REQ_QUICK:
    case REQ_HANDED:
    case REQ_SENDING: break;
    }
    return OK;
}

/* A request that its own memory does not hold, or the system has none for, ends with its connection. */
enum MHD_Result request_go_on(void *arg, struct MHD_Connection *conn, const char *url, const char *method,
                              const char *version, const char *upload, size_t *size, void **slot)
{
    (void)arg, (void)conn, (void)url;
    Step s = { *slot, method, version, upload, size, MHD_NO };
    if (!s.r || guarded(step, &s) != OK) return MHD_NO;
    return s.result;
}
