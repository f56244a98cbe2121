/* Open connections: how many one address may have, who has gone, who never comes to the point. */
#include "net/http_inside.h"

#include "core/clock.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static bool is_local(const struct sockaddr *a)
{
    const unsigned char *six = ((const struct sockaddr_in6 *)(const void *)a)->sin6_addr.s6_addr;
    static const unsigned char mapped[13] = { [10] = 0xFF, [11] = 0xFF, [12] = 127 }, one[16] = { [15] = 1 };
    if (a->sa_family == AF_INET)
        return (ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr) >> 24) == 127;
    return a->sa_family == AF_INET6 && (!memcmp(six, one, 16) || !memcmp(six, mapped, 13));
}

/* An IPv6 client has at least a /64 to itself. */
static _Atomic uint16_t *slot_of(Http *http, const struct sockaddr *a)
{
    Str bytes = a->sa_family == AF_INET6
                    ? (Str){ (const char *)((const struct sockaddr_in6 *)(const void *)a)->sin6_addr.s6_addr, 8 }
                    : (Str){ (const char *)&((const struct sockaddr_in *)(const void *)a)->sin_addr, 4 };
    if (a->sa_family == AF_INET6 && !memcmp(bytes.s, (char[8]){ 0 }, 8)) bytes.n = 16; /* an IPv4 address in IPv6 */
    return &http->peers[str_hash(bytes, http->seed) % COUNT(http->peers)];
}

enum MHD_Result peer_may_come(void *loop, const struct sockaddr *a, socklen_t n)
{
    (void)n;
    Http *http  = ((Loop *)loop)->http;
    int   limit = http->config.per_address;
    if (limit < 0 || (http->config.behind_proxy && is_local(a))) return MHD_YES;
    return atomic_load(slot_of(http, a)) < limit ? MHD_YES : MHD_NO;
}

static Peer *peer_new(Loop *loop, struct MHD_Connection *conn)
{
    Peer *p = calloc(1, sizeof *p);
    if (!p) return NULL; /* its first request ends it */
    p->fd    = MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    p->slot  = slot_of(loop->http, MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    p->since = clock_ticks();
    p->next  = loop->peers;
    if (p->next) p->next->prev = p;
    loop->peers = p;
    loop->open++;
    return p;
}

/* Rather of the address with most connections; of these rather one without a request; of these the one that waits
 * longest. */
static bool goes_before(const Peer *a, const Peer *b)
{
    int many_a = atomic_load(a->slot), many_b = atomic_load(b->slot);
    if (many_a != many_b) return many_a > many_b;
    if (!a->since != !b->since) return a->since;
    return a->since < b->since;
}

static void make_room(Loop *loop, const Peer *newcomer)
{
    Peer *goes = NULL;
    for (Peer *p = loop->peers; p; p = p->next)
        if (p != newcomer && !p->busy && !p->shut && (!goes || goes_before(p, goes))) goes = p;
    if (!goes) return;
    goes->shut = true;
    shutdown(goes->fd, SHUT_RDWR);
}

void peer_came_or_went(void *arg, struct MHD_Connection *conn, void **slot, enum MHD_ConnectionNotificationCode what)
{
    Loop *loop = arg;
    Peer *p    = *slot;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *slot = p = peer_new(loop, conn);
        if (!p) return;
        atomic_fetch_add(p->slot, 1);
        int places = loop_places(loop->http);
        if (loop->open > places - places / 8) make_room(loop, p);
        return;
    }
    if (!p) return;
    atomic_fetch_sub(p->slot, 1);
    loop->open--;
    if (p->unread) linger_begin(loop, p->fd);
    if (p->next) p->next->prev = p->prev;
    if (p->prev) p->prev->next = p->next;
    else loop->peers = p->next;
    free(p);
}

Peer *peer_of(struct MHD_Connection *conn)
{
    return MHD_get_connection_info(conn, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* libmicrohttpd waits for edges, and a read that gave less than was asked for makes it wait for the next one.  When the
 * last bytes and the end came together there is none, and the connection would stay until its time is over.  Shutting
 * down what is over already makes one. */
static bool has_ended(const Peer *p)
{
    char byte;
    return recv(p->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* The same of a connection that sleeps, whatever else it has sent before it went. */
static bool has_left(const Peer *p)
{
    struct pollfd look = { .fd = p->fd, .events = POLLRDHUP };
    return poll(&look, 1, 0) > 0 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

bool http_left(const HttpRequest *pub) { return atomic_load(&((const Request *)pub)->peer->left); }

void peers_look(Loop *loop, int64_t now)
{
    int64_t patience = (int64_t)loop->http->config.idle_s * 2000; /* a silent one goes earlier; this one sends a byte
                                                                     now and then */
    for (Peer *p = loop->peers; p; p = p->next) {
        if (p->busy && has_left(p)) atomic_store(&p->left, true);
        if (p->since && now - p->since > patience) shutdown(p->fd, SHUT_RDWR);
        if (p->ended || !has_ended(p)) continue;
        p->ended = true;
        shutdown(p->fd, SHUT_RD);
    }
}
