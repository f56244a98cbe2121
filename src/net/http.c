/* The server's threads: each listens, reads and sends for its own connections, and takes back what others have
 * answered.
 *
 * libmicrohttpd runs without threads of its own: a loop waits in MHD_run_wait, and an eventfd that was put into the
 * daemon's epoll set (as an event without a connection, which it passes over) wakes it.  So a whole round's requests
 * are handed over together, and however many answers arrive while the loop works, it is woken once. */
#include "net/http_inside.h"

#include "core/clock.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

#define STOP_GRACE_MS 5000
#define LOOK_MS       500

/* ---- one loop ---- */

static void loop_wake(Loop *loop)
{
    uint64_t one = 1;
    while (write(loop->wake, &one, sizeof one) < 0 && errno == EINTR) continue;
}

void loop_post(Request *r)
{
    Loop    *loop = r->loop;
    Request *top  = atomic_load_explicit(&loop->inbox, memory_order_relaxed);
    atomic_fetch_add(&loop->posting, 1);
    do r->posted = top;
    while (!atomic_compare_exchange_weak_explicit(&loop->inbox, &top, r, memory_order_seq_cst, memory_order_relaxed));
    if (atomic_exchange(&loop->asleep, false)) loop_wake(loop);
    atomic_fetch_sub(&loop->posting, 1);
}

static void wake_answered(Loop *loop)
{
    Request *r = atomic_exchange(&loop->inbox, NULL);
    while (r) {
        Request *next = r->posted; /* r runs on as soon as it is awake */
        loop->asleep_requests--;
        MHD_resume_connection(r->conn);
        r = next;
    }
}

static void hand_over(Loop *loop)
{
    HttpRequest *first = loop->ready;
    if (!first) return;
    loop->ready     = NULL;
    loop->ready_end = &loop->ready;
    loop->http->config.on_request(loop->http->config.self, first);
}

static void round_of(Loop *loop)
{
    wake_answered(loop);
    atomic_store(&loop->asleep, true);
    bool more = atomic_load(&loop->inbox) != NULL;
    MHD_run_wait(loop->daemon, more ? 0 : LOOK_MS);
    atomic_store(&loop->asleep, false);
    hand_over(loop);
    int64_t now = clock_ticks();
    linger_look(loop, now);
    if (now - loop->looked < LOOK_MS) return;
    loop->looked = now;
    peers_look(loop, now);
}

static void loop_wind_up(Loop *loop)
{
    int64_t until = clock_ticks() + STOP_GRACE_MS;
    MHD_quiesce_daemon(loop->daemon);
    while (loop->asleep_requests || (loop->open_requests && clock_ticks() < until)) {
        for (Request *r = loop->streams; r; r = r->next_stream) stream_cut(r);
        round_of(loop);
    }
    MHD_stop_daemon(loop->daemon);
    linger_end(loop);
    request_drop_spares(loop);
    while (atomic_load(&loop->posting)) sched_yield(); /* somebody is still on the way out of loop_post */
}

static void *loop_run(void *arg)
{
    Loop *loop = arg;
    while (!atomic_load(&loop->http->stopping)) round_of(loop);
    loop_wind_up(loop);
    return NULL;
}

/* Escapes stay as they are: a route matches the text that was sent. */
static size_t leave_escapes(void *cls, struct MHD_Connection *conn, char *text)
{
    (void)cls, (void)conn;
    return strlen(text);
}

static bool loop_watch_wake(Loop *loop)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct epoll_event          none = { .events = EPOLLIN | EPOLLET, .data.ptr = NULL };
    return info && epoll_ctl(info->epoll_fd, EPOLL_CTL_ADD, loop->wake, &none) == 0;
}

int loop_places(const Http *http)
{
    return (http->config.connections + http->config.threads - 1) / http->config.threads;
}

static bool loop_open(Loop *loop, Http *http)
{
    const HttpConfig *c = &http->config;
    loop->http      = http;
    loop->ready_end = &loop->ready;
    loop->wake      = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (loop->wake < 0) return false;
    loop->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, peer_may_come, loop, request_go_on, loop,
        MHD_OPTION_LISTEN_SOCKET, http->listener, MHD_OPTION_URI_LOG_CALLBACK, request_begin, loop,
        MHD_OPTION_NOTIFY_COMPLETED, request_end, loop, MHD_OPTION_NOTIFY_CONNECTION, peer_came_or_went, loop,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(HEAD_HELD + 8192),
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)loop_places(http),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)c->idle_s, MHD_OPTION_END);
    if (loop->daemon && loop_watch_wake(loop)) return true;
    if (loop->daemon) MHD_stop_daemon(loop->daemon);
    close(loop->wake);
    return false;
}

/* ---- the server ---- */

static int listen_at(const struct addrinfo *a)
{
    int on = 1, fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, 1024) == 0) return fd;
    close(fd);
    return -1;
}

static int listen_on(const HttpConfig *c, const char **why)
{
    char             host[256] = "127.0.0.1", port[16];
    struct addrinfo *list, hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    if (c->host.n > 0 && c->host.n < (ptrdiff_t)sizeof host) {
        memcpy(host, c->host.s, (size_t)c->host.n);
        host[c->host.n] = 0;
    }
    Buf digits = { .data = port, .cap = sizeof port };
    buf_i64(&digits, c->port);
    port[digits.len] = 0;
    int bad = getaddrinfo(host, port, &hints, &list), fd = -1;
    if (bad) {
        *why = gai_strerror(bad);
        return -1;
    }
    for (struct addrinfo *a = list; a && fd < 0; a = a->ai_next) fd = listen_at(a);
    *why = strerror(errno);
    freeaddrinfo(list);
    return fd;
}

static int port_of(int fd)
{
    struct sockaddr_storage a;
    socklen_t               n = sizeof a;
    getsockname(fd, (struct sockaddr *)&a, &n);
    return ntohs(a.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&a)->sin6_port
                                         : ((struct sockaddr_in *)&a)->sin_port);
}

/* Each connection is a descriptor: as many as the system lets this process have. */
static void want_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit)) return;
    limit.rlim_cur = limit.rlim_max < 65536 ? limit.rlim_max : limit.rlim_cur > 65536 ? limit.rlim_cur : 65536;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static HttpConfig completed(HttpConfig c)
{
    if (!c.threads) c.threads = 2;
    if (c.threads > (int)COUNT(((Http *)NULL)->loop)) c.threads = (int)COUNT(((Http *)NULL)->loop);
    if (!c.connections) c.connections = 1024;
    if (!c.per_address) c.per_address = 64;
    if (!c.idle_s) c.idle_s = 30;
    return c;
}

static bool open_all(Http *http)
{
    if (!spool_start(&http->spool)) return false;
    int opened = 0;
    while (opened < http->config.threads && loop_open(&http->loop[opened], http)) opened++;
    if (opened == http->config.threads) return true;
    while (opened--) MHD_stop_daemon(http->loop[opened].daemon), close(http->loop[opened].wake);
    spool_stop(&http->spool);
    return false;
}

static Err refuse_start(Http *http, Problems *problems, const char *why)
{
    Err err = PROBLEM(problems, BROKEN, NULL, "net.no_listen",
                      arg_text("host", http->config.host.n ? http->config.host : S("127.0.0.1")),
                      arg_text("port", str_fmt(problems->mem, "%d", (int)http->config.port)),
                      arg_text("why", str_of(why)));
    if (http->listener >= 0) close(http->listener);
    free(http);
    return err;
}

static Err too_few_threads(Http *http, Problems *problems, int begun)
{
    atomic_store(&http->stopping, true);
    for (int i = 0; i < begun; i++) pthread_join(http->loop[i].thread, NULL);
    for (int i = begun; i < http->config.threads; i++) MHD_stop_daemon(http->loop[i].daemon);
    for (int i = 0; i < http->config.threads; i++) close(http->loop[i].wake);
    spool_stop(&http->spool);
    return refuse_start(http, problems, strerror(EAGAIN));
}

Err http_start(const HttpConfig *config, Http **out, Problems *problems)
{
    Http       *http = heap_take(sizeof *http);
    const char *why  = strerror(ENOMEM);
    want_descriptors();
    http->config       = completed(*config);
    http->strict_lines = strcmp(MHD_get_version(), "0.9.75") == 0;
    if (getrandom(&http->seed, sizeof http->seed, 0) < 0) http->seed = (uint64_t)clock_ticks();
    http->listener = listen_on(&http->config, &why);
    if (http->listener < 0 || !open_all(http)) return refuse_start(http, problems, why);
    http->port = port_of(http->listener);
    int begun = 0;
    while (begun < http->config.threads &&
           pthread_create(&http->loop[begun].thread, NULL, loop_run, &http->loop[begun]) == 0)
        begun++;
    if (begun < http->config.threads) return too_few_threads(http, problems, begun);
    *out = http;
    return OK;
}

int http_port(const Http *http)
{
    return http->port;
}

void http_stop(Http *http)
{
    atomic_store(&http->stopping, true);
    for (int i = 0; i < http->config.threads; i++) loop_wake(&http->loop[i]);
    for (int i = 0; i < http->config.threads; i++) pthread_join(http->loop[i].thread, NULL);
    for (int i = 0; i < http->config.threads; i++) close(http->loop[i].wake);
    spool_stop(&http->spool);
    close(http->listener);
    free(http);
}
