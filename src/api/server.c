/* From the network to the lanes: what can be refused without asking anybody is refused here. */
#include "api/call.h"

#include "access/changing.h"
#include "access/firm.h"
#include "access/viewing.h"
#include "core/bounds.h"
#include "core/clock.h"
#include "core/zone.h"
#include "net/assets.h"

#include <sodium.h>
#include <pthread.h>
#include <stdatomic.h>

#define BEAT_MS    15000
#define WRITE_MS   60000

struct Server {
    Arena        mem;
    ServerConfig config;
    RouteTable  *routes;
    Throttle    *throttle, *shares; /* of signing in, of links from outside */
    Http        *http;
    Live        *live;
    Known       *known;
    int64_t      beat_at, write_at; /* clock_ticks of the next */
    atomic_bool  firm_stale;
};

Server      *server_of(const Request *r) { return ((Call *)r->more)->server; }
Throttle    *server_throttle(Server *s) { return s->throttle; }
Throttle    *server_shares(Server *s) { return s->shares; }
bool         server_secure(const Server *s) { return s->config.behind_proxy; }
const char  *server_spool(const Server *s) { return s->config.spool; }
ptrdiff_t    server_route_count(const Server *s) { return routes_count(s->routes); }
const Route *server_route(const Server *s, ptrdiff_t i) { return route_at(s->routes, i); }
int          api_port(const Server *s) { return http_port(s->http); }

Live        *server_live(Server *s) { return s->live; }
Known       *server_known(Server *s) { return s->known; }

Err api_tell(Server *s, Db *db, const Change *changes, ptrdiff_t n) { return live_tell(s->live, db, changes, n); }

/* What routes answer; anything else is a file of the client. */
static bool is_routed(Str path)
{
    return str_starts(path, S("/api/")) || str_eq(path, S("/api")) || str_starts(path, S("/s/"));
}

static Match match_of(Server *s, const HttpRequest *http)
{
    return route_match(s->routes, method_named(http->method), http->path);
}

static HttpBody on_head(void *self, const HttpRequest *http)
{
    Match        m     = match_of(self, http);
    const Route *route = m.route;
    if (!route || route->body == BODY_NONE) return (HttpBody){ 0 };
    int64_t usual = route->body == BODY_FILE ? INT64_C(1) << 30 : route->audience == FOR_ANYBODY ? 16 * 1024 : 1 << 20;
    return (HttpBody){ .limit = route->body_limit ? route->body_limit : usual, .spool = route->body == BODY_FILE,
                       .ask = route->audience != FOR_ANYBODY };
}

/* A page of another site can make a browser send a request with the cookie, but neither this header nor our own
 * origin. */
static bool is_forged(const HttpRequest *http)
{
    Str site = http_header(http, "Sec-Fetch-Site"), origin = http_header(http, "Origin"),
        host = http_header(http, "Host");
    if (!str_eq(http_header(http, "X-Sbyt"), S("1"))) return true;
    if (site.s && !str_eq(site, S("same-origin"))) return true;
    if (!origin.s) return false;
    ptrdiff_t at = str_find(origin, S("://"));
    return at < 0 || !str_eq(str_from(origin, at + 3), host);
}

/* A file of the client; an address of one of its screens gets the page, which finds its way itself.  So does whatever a
 * browser would show as a page: the screen says that there is nothing, in words. */
static void asset_answer(Server *s, HttpRequest *http)
{
    const Asset *asset = asset_find(http->path);
    ptrdiff_t    name  = http->path.n;
    while (name > 0 && http->path.s[name - 1] != '/') name--;
    bool is_screen = str_find(str_from(http->path, name), S(".")) < 0 ||
                     str_find(http_header(http, "Accept"), S("text/html")) >= 0;
    if (!asset && is_screen) asset = asset_find(S("/"));
    if (asset) asset_reply(http, asset);
    else refuse_at_once(s, http, 404, "request.no_address", NULL);
}

static void on_quick(void *self, HttpRequest *http)
{
    Server *s     = self;
    bool    reads = str_eq(http->method, S("GET")) || str_eq(http->method, S("HEAD"));
    if (!is_routed(http->path)) {
        if (reads) asset_answer(s, http);
        else refuse_at_once(s, http, 405, "problem.no_method", "GET, HEAD");
        return;
    }
    Match match = match_of(s, http);
    if (!match.known) refuse_at_once(s, http, 404, "request.no_address", NULL);
    else if (!match.route) refuse_at_once(s, http, 405, "problem.no_method", match.allow);
    else if (!reads && !match.route->page && is_forged(http)) refuse_at_once(s, http, 403, "request.forged", NULL);
}

/* The parameters, decoded; false: one came twice, there are too many, or one is not UTF-8. */
static bool args_take(Call *c)
{
    Str rest = c->http->query, name, value;
    while (http_arg_next(c->http, &rest, &name, &value)) {
        for (int i = 0; i < c->arg_count; i++)
            if (str_eq(c->arg[i].name, name)) return false;
        if (c->arg_count == ARGS_MAX) return false;
        c->arg[c->arg_count++] = (CallArg){ name, value };
    }
    return true;
}

static Call *call_make(Server *s, HttpRequest *http)
{
    Match match = match_of(s, http);
    Call *c     = NEW(&http->mem, Call);
    c->http     = http;
    c->server   = s;
    c->lang     = call_lang(http);
    c->r        = (Request){ .route = match.route, .id = match.id, .file = http->file, .file_size = http->body_size,
                         .query = http->query, .more = c };
    for (int i = 0; i < COUNT(match.part); i++)
        if (match.part[i].s) c->r.part[i] = http_decode(&http->mem, match.part[i], false);
    if (match.route->method == POST && match.route->writes) c->key = http_header(http, "Idempotency-Key");
    return c;
}

static Lane lane_of(const Route *route)
{
    return route->hashes ? LANE_SIGN_IN : route->slow ? LANE_SLOW : route->writes ? LANE_WRITER : LANE_FAST;
}

/* Whom nobody waits for any more reads nothing more; what changes something is brought to its end. */
static bool call_left(void *call) { return http_left(((Call *)call)->http); }

static bool ends_when_left(const Route *route, Lane lane)
{
    return (lane == LANE_SLOW || lane == LANE_FAST) && !route->writes && !route->makes;
}

static int limit_ms(const Route *route, Lane lane)
{
    int usual = lane != LANE_SLOW ? 0 : route->writes ? BOUND_CHANGING_S : BOUND_ASKED_S;
    return (route->limit_s ? route->limit_s : usual) * 1000;
}

static void hand_over(Server *s, HttpRequest *http)
{
    Call    *c        = call_make(s, http);
    Problems problems = { .mem = &http->mem, .limit = 20 };
    Err      err      = args_take(c) ? OK : PROBLEM(&problems, INVALID, NULL, "request.arguments");
    if (err != OK) {
        c->status = 400;
        call_refuse(c, err, &problems);
        return;
    }
    const Route *route = c->r.route;
    Lane         lane  = http->asks ? LANE_FAST : lane_of(route);
    c->answer_from     = http->mem.beg;
    c->answer_end      = http->mem.end;
    LaneWork work = { .before = http->asks ? NULL : call_before,
                      .run = http->asks ? call_ask : call_run,
                      .done = http->asks ? call_asked : call_done,
                      .to = c,
                      .line = known_line(s->known, http, lane == LANE_SIGN_IN),
                      .snapshot = route->snapshot,
                      .limit_ms = limit_ms(route, lane),
                      .left = !http->asks && ends_when_left(route, lane) ? call_left : NULL,
                      .language = lang_names[c->lang],
                      .name = route };
    if (lanes_submit(s->config.lanes, lane, &work) == OK) return;
    if (lane == LANE_SIGN_IN) c->status = 429;
    c->retry_s = 1;
    PROBLEM(&problems, BUSY, NULL, lane == LANE_SIGN_IN ? "sign_in.often" : "problem.busy");
    call_refuse(c, BUSY, &problems);
}

typedef struct {
    Server      *server;
    HttpRequest *http;
} Handed;

static Err handed(void *to)
{
    const Handed *h = to;
    hand_over(h->server, h->http);
    return OK;
}

static void on_request(void *self, HttpRequest *first)
{
    while (first) {
        HttpRequest *next = first->next;
        Handed       h    = { self, first };
        if (guarded(handed, &h) == TOO_LARGE) refuse_bare(first, http_status_of(TOO_LARGE));
        first = next;
    }
}

/* ---- from start to stop ---- */

Err api_start(const ServerConfig *config, Server **server, Problems *problems)
{
    Arena   mem = arena_new(64 << 20);
    Server *s   = NEW(&mem, Server);
    arena_lasts(&mem);
    s->mem      = mem;
    if (sodium_init() < 0) return BROKEN;
    s->config   = *config;
    s->routes   = routes_compile(&s->mem, config->routes);
    s->throttle = throttle_new(&s->mem, (uint64_t)randombytes_random() << 32 | randombytes_random());
    s->shares   = throttle_new(&s->mem, (uint64_t)randombytes_random() << 32 | randombytes_random());
    s->known    = known_new(&s->mem, (uint64_t)randombytes_random() << 32 | randombytes_random());
    s->live     = live_new(&s->mem, config->lanes);
    if (!s->live) return BROKEN;
    HttpConfig http = { .host = config->host,
                        .port = config->port,
                        .connections = 4096,
                        .per_address = 1024,
                        .behind_proxy = config->behind_proxy,
                        .spool = config->spool,
                        .self = s,
                        .on_head = on_head,
                        .on_quick = on_quick,
                        .on_request = on_request,
                        .refusal = refusal_text,
                         .nowhere = "/nowhere" };
    TRY(http_start(&http, &s->http, problems));
    *server = s;
    return OK;
}

static void viewed_write(Server *s)
{
    Arena    mem    = arena_new(8 << 20);
    Viewed   viewed = viewing_take(&mem);
    LaneWork work   = { .run = viewing_write, .to = &viewed };
    if (viewed.count && lanes_run(s->config.lanes, LANE_WRITER, &work, NULL) != OK) viewing_back(&viewed);
    arena_drop(&mem);
}

static void changed_write(Server *s, int64_t least)
{
    Arena    mem     = arena_new(1 << 20);
    Changed  changed = changing_take(&mem, least);
    LaneWork work    = { .run = changing_write, .to = &changed };
    if (changed.count) changing_written(&changed, lanes_run(s->config.lanes, LANE_WRITER, &work, NULL) == OK);
    arena_drop(&mem);
}

/* Works read a zone even after the server has stopped. */
static Zones           zones;
static pthread_mutex_t zones_taken = PTHREAD_MUTEX_INITIALIZER;

static void zone_set(Server *s, Str name)
{
    pthread_mutex_lock(&zones_taken);
    const Zone *zone = zones_get(&zones, name);
    pthread_mutex_unlock(&zones_taken);
    if (zone) lanes_zone(s->config.lanes, zone);
}

static Err zone_follow(Work *w, void *to)
{
    Firm firm;
    TRY(firm_read(w, &firm));
    zone_set(to, firm.zone);
    return OK;
}

/* Where the work that changed it comes to nothing, what stands is read again. */
void server_firm_changed(Server *s, Str zone)
{
    zone_set(s, zone);
    atomic_store(&s->firm_stale, true);
}

void api_beat(Server *s)
{
    int64_t now = clock_ticks();
    LaneWork zone = { .run = zone_follow, .to = s };
    live_beat(s->live);
    if (atomic_exchange(&s->firm_stale, false) || now >= s->beat_at) {
        s->beat_at = now + BEAT_MS;
        lanes_run(s->config.lanes, LANE_FAST, &zone, NULL);
    }
    changed_write(s, now >= s->write_at ? 1 : CHANGING_STRETCH);
    if (now >= s->write_at) {
        s->write_at = now + WRITE_MS;
        viewed_write(s);
    }
}

void api_stop(Server *s)
{
    http_stop(s->http);
    live_drop(s->live);
    viewed_write(s);
    changed_write(s, 1);
    Arena mem = s->mem;
    arena_drop(&mem);
}
