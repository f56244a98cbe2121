/* The server and the client of the network tests. */
#include "tests/net/server.h"

#include "net/assets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static HttpBody on_head(void *self, const HttpRequest *r)
{
    (void)self;
    if (str_eq(r->path, S("/file"))) return (HttpBody){ .limit = 1 << 30, .spool = true };
    if (str_eq(r->path, S("/asked"))) return (HttpBody){ .limit = 8 << 20, .ask = true };
    if (str_eq(r->path, S("/asked/file"))) return (HttpBody){ .limit = 1 << 30, .spool = true, .ask = true };
    if (str_eq(r->path, S("/echo"))) return (HttpBody){ .limit = 100000 };
    return (HttpBody){ 0 };
}

static void on_quick(void *self, HttpRequest *r)
{
    (void)self;
    if (str_eq(r->path, S("/asset"))) asset_reply(r, asset_find(S("/")));
    if (str_eq(r->path, S("/quick")))
        http_reply(r, (HttpReply){ .status = 200, .type = HTTP_TEXT, .body = S("quick"), .kept = true });
}

static Str refusal(void *self, HttpRequest *r, int status, const char *key)
{
    (void)self;
    Str language = http_header(r, "Accept-Language");
    return str_fmt(&r->mem, "%d %s %.*s", status, key, (int)language.n, language.s);
}

static void on_request(void *self, HttpRequest *first)
{
    Server       *s = self;
    HttpRequest **end = &first;
    pthread_mutex_lock(&s->lock);
    *s->end = first;
    for (; *end; end = &(*end)->next) s->handed++;
    s->end = end == &first ? s->end : end;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
}

/* Size and sum of what came, wherever it lies. */
static void answer_body(HttpRequest *r)
{
    uint64_t sum = 0;
    int64_t  seen = 0;
    char     piece[65536];
    for (ptrdiff_t i = 0; i < r->body.n; i++) sum = sum * 31 + (unsigned char)r->body.s[i], seen++;
    for (ssize_t n; r->file >= 0 && (n = read(r->file, piece, sizeof piece)) > 0; seen += n)
        for (ssize_t i = 0; i < n; i++) sum = sum * 31 + (unsigned char)piece[i];
    Buf b = buf_new(&r->mem, 64);
    buf_fmt(&b, "%lld %llu %s", (long long)seen, (unsigned long long)sum, r->file >= 0 ? "file" : "memory");
    http_reply(r, (HttpReply){ .status = r->body_size == seen ? 200 : 500, .type = HTTP_TEXT, .body = buf_str(&b) });
}

/* More than fits into a request's memory: copied, or handed over with who frees it. */
static void answer_large(HttpRequest *r, bool hand_over)
{
    char     *bytes = calloc(1, 40 << 20);
    HttpReply reply = { .status = 200, .body = { bytes, 40 << 20 } };
    if (hand_over) reply.free = free, reply.owned = bytes;
    if (http_arg(r, "who").s && !http_answer_take(r, 5, reply)) {
        http_reply(r, (HttpReply){ .status = 503 });
        hand_over = false;
    } else {
        http_reply(r, reply);
    }
    if (!hand_over) free(bytes);
}

static void answer_stream(Server *s, HttpRequest *r)
{
    int64_t pieces = 0;
    str_i64(http_arg(r, "pieces"), &pieces);
    bool        whole  = !http_arg(r, "break").s;
    HttpStream *stream = http_stream(r, (HttpReply){ .status = 200, .type = HTTP_TEXT }, 5000);
    char        line[1000];
    bool        good = true;
    memset(line, 'x', sizeof line);
    for (int64_t i = 0; i < pieces && good; i++) good = http_stream_put(stream, (Str){ line, sizeof line }, 3000);
    if (!good) atomic_fetch_add(&s->cut_streams, 1);
    http_stream_end(stream, whole);
}

/* Who says that he is somebody is let in. */
static void let_in(HttpRequest *r)
{
    bool known = http_arg(r, "who").s;
    if (!known || !http_body_take(r, 5))
        http_reply(r, (HttpReply){ .status = known ? 503 : 401, .type = HTTP_TEXT, .body = S("not let in") });
}

static void answer_whole_file(Server *s, HttpRequest *r)
{
    int     file = http_spool_file(s->folder);
    int64_t n    = 0;
    char    line[1000];
    str_i64(http_arg(r, "pieces"), &n);
    memset(line, 'f', sizeof line);
    for (int64_t i = 0; i < n; i++)
        if (write(file, line, sizeof line) < 0) break;
    http_reply(r, (HttpReply){ .status = 200, .type = HTTP_TEXT, .sends_file = true, .file = file });
}

/* 1.5 GB that are nowhere on the disk. */
static void answer_long_file(Server *s, HttpRequest *r)
{
    int  file = http_spool_file(s->folder);
    HttpReply whole = { .status = 200, .sends_file = true, .file = file };
    bool      room  = ftruncate(file, 1500000000) == 0 && http_answer_take(r, 5, whole);
    if (!room) close(file);
    http_reply(r, room ? whole : (HttpReply){ .status = 503 });
}

/* Whoever answers goes on with other work in the same memory. */
static void answer_lent(HttpRequest *r)
{
    char      text[] = "text/lent", value[] = "lent";
    HttpReply reply  = { .status = 200, .type = text, .cache = text, .policy = text };
    reply.header[0]  = (HttpHeader){ "X-Lent", value };
    http_reply(r, reply);
    memset(text, 'x', sizeof text - 1);
    memset(value, 'x', sizeof value - 1);
}

static void answer(Server *s, HttpRequest *r)
{
    if (r->asks) {
        let_in(r);
        return;
    }
    if (str_eq(r->path, S("/slow"))) usleep(100000);
    if (str_eq(r->path, S("/pause"))) usleep(2000);
    if (str_eq(r->path, S("/stream"))) answer_stream(s, r);
    else if (str_eq(r->path, S("/events"))) events_open(s->events, r, 7, 1);
    else if (str_eq(r->path, S("/whole"))) answer_whole_file(s, r);
    else if (str_eq(r->path, S("/long"))) answer_long_file(s, r);
    else if (str_starts(r->path, S("/asked"))) answer_body(r);
    else if (str_eq(r->path, S("/echo")) || str_eq(r->path, S("/file"))) answer_body(r);
    else if (str_eq(r->path, S("/from")))
        http_reply(r, (HttpReply){ .status = 200, .body = http_address(&r->mem, r->from) });
    else if (str_eq(r->path, S("/lent"))) answer_lent(r);
    else if (str_eq(r->path, S("/arg"))) http_reply(r, (HttpReply){ .status = 200, .body = http_arg(r, "q") });
    else if (str_eq(r->path, S("/large"))) answer_large(r, false);
    else if (str_eq(r->path, S("/owned"))) answer_large(r, true);
    else
        http_reply(r, (HttpReply){
                          .status = 200, .type = HTTP_TEXT, .body = S("hello"), .header = { { "X-Worker", "yes" } } });
}

static HttpRequest *next_request(Server *s)
{
    pthread_mutex_lock(&s->lock);
    while (!s->first && !s->stop) pthread_cond_wait(&s->more, &s->lock);
    HttpRequest *r = s->first;
    if (r) s->first = r->next;
    if (!s->first) s->end = &s->first;
    pthread_mutex_unlock(&s->lock);
    return r;
}

static void *work(void *arg)
{
    for (HttpRequest *r; (r = next_request(arg));) answer(arg, r);
    return NULL;
}

void server_start(Server *s, HttpConfig config, EventsOptions events)
{
    *s = (Server){ .folder = "/tmp/sbyt-net-XXXXXX" };
    if (!mkdtemp(s->folder)) abort();
    s->end = &s->first;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->more, NULL);
    config.self       = s;
    config.spool      = config.spool ? config.spool : s->folder;
    config.on_head    = on_head;
    config.on_quick   = on_quick;
    config.on_request = on_request;
    config.refusal    = refusal;
    s->events         = events_new(events);
    Arena    mem      = arena_new(1 << 16);
    Problems problems = { .mem = &mem };
    if (http_start(&config, &s->http, &problems) != OK) abort();
    arena_drop(&mem);
    for (int i = 0; i < 2; i++) pthread_create(&s->worker[i], NULL, work, s);
}

void server_stop(Server *s)
{
    http_stop(s->http);
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_cond_broadcast(&s->more);
    pthread_mutex_unlock(&s->lock);
    for (int i = 0; i < 2; i++) pthread_join(s->worker[i], NULL);
    events_drop(s->events);
    rmdir(s->folder);
}

int client_open(const Server *s) { return client_open_from(s, "127.0.0.1"); }

int client_open_from(const Server *s, const char *address)
{
    int                fd  = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr.s_addr = inet_addr(address) };
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_port = htons((uint16_t)http_port(s->http)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(fd, (struct sockaddr *)&own, sizeof own) == 0 && connect(fd, (struct sockaddr *)&a, sizeof a) == 0)
        return fd;
    close(fd);
    return -1;
}

bool client_send(int fd, Str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.s, (size_t)bytes.n, MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes = str_from(bytes, n);
    }
    return true;
}

static ssize_t read_in(int fd, char *to, size_t room, int ms)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    return poll(&p, 1, ms) == 1 ? read(fd, to, room) : -1;
}

Str client_read(Arena *mem, int fd, int ms)
{
    Buf  b = buf_new(mem, 4096);
    char piece[65536];
    for (ssize_t n; (n = read_in(fd, piece, sizeof piece, ms)) > 0;) buf_put(&b, (Str){ piece, n });
    return buf_str(&b);
}

int client_status(Str answer)
{
    int64_t status = 0;
    if (str_starts(answer, S("HTTP/1."))) str_i64(str_upto(str_from(answer, 9), 3), &status);
    return (int)status;
}

Str client_body(Str answer)
{
    ptrdiff_t at = str_find(str_upto(answer, 64000), S("\r\n\r\n"));
    return at < 0 ? (Str){ 0 } : str_from(answer, at + 4);
}

static bool is_whole(Str answer)
{
    ptrdiff_t at = str_find(str_upto(answer, 4000), S("Content-Length: "));
    int64_t   n  = 0;
    Str       rest;
    if (!client_body(answer).s) return false;
    if (at < 0) return str_ends(answer, S("0\r\n\r\n"));
    rest = str_from(answer, at + 16);
    str_i64(str_trim(str_cut(&rest, '\r')), &n);
    return client_body(answer).n >= n;
}

Str client_ask(Test *t, const Server *s, Str bytes)
{
    int  fd = client_open(s);
    Buf  b  = buf_new(&t->mem, 4096);
    char piece[65536];
    client_send(fd, bytes);
    while (!is_whole(buf_str(&b))) {
        ssize_t n = read_in(fd, piece, sizeof piece, 3000);
        if (n <= 0) break;
        buf_put(&b, (Str){ piece, n });
    }
    close(fd);
    return buf_str(&b);
}
