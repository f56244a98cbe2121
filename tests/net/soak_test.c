/* Everything at once: clients that stay, leave, send half, read slowly, listen and talk nonsense.  What must hold:
 * every whole request is answered rightly, nothing is left behind.  SBYT_SOAK=SECONDS makes it longer (2 by
 * default). */
#include "tests/net/server.h"

#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
    Server      *s;
    atomic_bool *stop;
    uint32_t     seed;
    int64_t      good, wrong;
} Actor;

static uint32_t draw(Actor *a, uint32_t below)
{
    a->seed = a->seed * 1664525 + 1013904223;
    return (a->seed >> 8) % below;
}

/* Reads until the text `end` has come; false when the other side closed or was silent for five seconds. */
static bool read_until(int fd, const char *end, char *last, size_t room)
{
    size_t n = 0, want = strlen(end);
    while (n < want || !memmem(last, n, end, want)) {
        struct pollfd p   = { .fd = fd, .events = POLLIN };
        ssize_t       got = poll(&p, 1, 5000) == 1 ? read(fd, last + n, room - n) : -1;
        if (got <= 0) return false;
        n += (size_t)got;
        if (n > room / 2) memmove(last, last + n - want, want), n = want;
    }
    return true;
}

static void count(Actor *a, bool good)
{
    if (good) a->good++;
    else a->wrong++;
}

static void *stays(void *arg)
{
    Actor *a = arg;
    char   got[8192];
    int    fd = client_open(a->s);
    while (!atomic_load(a->stop)) {
        bool hello = draw(a, 2);
        client_send(fd,
                    hello ? S("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n") : S("GET /quick HTTP/1.1\r\nHost: h\r\n\r\n"));
        count(a, read_until(fd, hello ? "\r\n\r\nhello" : "\r\n\r\nquick", got, sizeof got));
    }
    close(fd);
    return NULL;
}

static void *uploads(void *arg)
{
    Actor *a = arg;
    char   piece[10000], got[8192], head[200], want[64];
    while (!atomic_load(a->stop)) {
        int pieces = 1 + (int)draw(a, 60), sent = 0, stop_at = draw(a, 2) ? pieces : (int)draw(a, (uint32_t)pieces),
            fd = client_open(a->s);
        uint64_t sum    = 0;
        memset(piece, 'a' + (int)draw(a, 26), sizeof piece);
        snprintf(head, sizeof head, "POST /file HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n", pieces * 10000);
        bool on = client_send(fd, str_of(head));
        for (; on && sent < stop_at; sent++) on = client_send(fd, (Str){ piece, 10000 });
        for (int i = 0; i < sent * 10000; i++) sum = sum * 31 + (unsigned char)piece[0];
        snprintf(want, sizeof want, "\r\n\r\n%d %llu file", pieces * 10000, (unsigned long long)sum);
        if (sent == pieces) count(a, read_until(fd, want, got, sizeof got));
        close(fd);
    }
    return NULL;
}

static void *reads_slowly(void *arg)
{
    Actor *a = arg;
    char   got[2000];
    while (!atomic_load(a->stop)) {
        int fd = client_open(a->s);
        client_send(fd, S("GET /stream?pieces=3000 HTTP/1.1\r\nHost: h\r\n\r\n"));
        for (uint32_t i = draw(a, 50); i; i--) {
            if (read(fd, got, sizeof got) <= 0) break;
            usleep(1000);
        }
        close(fd);
        a->good++;
    }
    return NULL;
}

static void *leaves(void *arg)
{
    static const Str half[] = { S("GET /pause HTTP/1.1\r\nHost: h\r\n\r\n"),
                                S("GET /hel"),
                                S("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nabc"),
                                S("GET / HTTP/1.1\r\nHost: h\r\nX-A: b\0c\r\n\r\n"),
                                S("\r\n\r\n\r\n"),
                                S("GET /stream?pieces=100 HTTP/1.1\r\nHost: h\r\n\r\n"),
                                S("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab") };
    Actor *a = arg;
    while (!atomic_load(a->stop)) {
        int fd = client_open(a->s);
        client_send(fd, half[draw(a, (uint32_t)COUNT(half))]);
        usleep(draw(a, 20000));
        close(fd);
        a->good++;
    }
    return NULL;
}

static void *listens(void *arg)
{
    Actor *a = arg;
    char   got[8192];
    while (!atomic_load(a->stop)) {
        int fd = client_open(a->s);
        client_send(fd, S("GET /events HTTP/1.1\r\nHost: h\r\n\r\n"));
        if (draw(a, 4)) count(a, read_until(fd, "event: tick\ndata: {}\n\n", got, sizeof got));
        close(fd);
    }
    return NULL;
}

static void *publishes(void *arg)
{
    Actor *a = arg;
    while (!atomic_load(a->stop)) {
        events_publish(a->s->events, draw(a, 2) ? 7 : 0, S("tick"), S("{}"));
        usleep(5000);
    }
    return NULL;
}

static int descriptors(void)
{
    int  n   = 0;
    DIR *dir = opendir("/proc/self/fd");
    while (dir && readdir(dir)) n++;
    if (dir) closedir(dir);
    return n;
}

TESTS(test_soak)
{
    static void *(*const roles[])(void *) = { stays,  stays,  stays,   uploads, uploads, reads_slowly,
                                              leaves, leaves, listens, listens, listens, publishes };
    CASE("everything at once: each whole request is answered, and nothing is left behind") {
        Server      s;
        Actor       actor[COUNT(roles)];
        pthread_t   thread[COUNT(roles)];
        atomic_bool stop[2] = { false, false }; /* the publisher goes last: others wait for its word */
        int64_t     seconds = 2, good = 0;
        const char *told    = getenv("SBYT_SOAK");
        int         before  = descriptors();
        if (told) str_i64(str_of(told), &seconds);
        server_start(&s, (HttpConfig){ .per_address = -1 }, (EventsOptions){ .beat_ms = 50 });
        for (int i = 0; i < COUNT(roles); i++) {
            actor[i] = (Actor){ .s = &s, .stop = &stop[roles[i] == publishes], .seed = (uint32_t)i * 7919 + 1 };
            pthread_create(&thread[i], NULL, roles[i], &actor[i]);
        }
        sleep((unsigned)seconds);
        atomic_store(&stop[0], true);
        for (int i = 0; i < COUNT(roles); i++) {
            if (roles[i] == publishes) atomic_store(&stop[1], true);
            pthread_join(thread[i], NULL);
            good += actor[i].good;
            test_check(t, !actor[i].wrong, __FILE__, __LINE__, "actor %d was served wrongly %lld times of %lld", i,
                       (long long)actor[i].wrong, (long long)(actor[i].good + actor[i].wrong));
        }
        CHECK(good > 100);
        for (int i = 0; i < 100 && events_count(s.events); i++) usleep(50000);
        EQUAL(events_count(s.events), 0);
        EQUAL(client_status(client_ask(t, &s, S("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"))), 200);
        server_stop(&s);
        EQUAL(descriptors(), before);
    }
}
