/* What the server lets in and what it refuses: expected answers follow RFC 9110, RFC 9112 and CWE-444 (request
 * smuggling). */
#include "tests/net/server.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HOST "Host: h\r\n"

static const struct {
    const char *what;
    Str         bytes;
    int         status; /* 0: closed without an answer */
} shapes[] = {
    { "plain", { "GET / HTTP/1.1\r\n" HOST "\r\n", 27 }, 200 },
    { "HTTP/1.0 without Host", { "GET / HTTP/1.0\r\n\r\n", 18 }, 200 },
#define SHAPE(what, text, status) { what, { text, sizeof text - 1 }, status }
    SHAPE("HEAD has no body", "HEAD / HTTP/1.1\r\n" HOST "\r\n", 200),
    SHAPE("blanks around a value", "GET / HTTP/1.1\r\nHost:   h  \r\nX-A:\t b\t\r\n\r\n", 200),
    SHAPE("an empty value", "GET / HTTP/1.1\r\n" HOST "X-A:\r\nX-B: \r\n\r\n", 200),
    SHAPE("a Cyrillic path, encoded", "GET /%D1%8F HTTP/1.1\r\n" HOST "\r\n", 200),
    SHAPE("Content-Length and Transfer-Encoding",
          "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    SHAPE("two Content-Length", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
          400),
    SHAPE("two equal Content-Length",
          "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
    SHAPE("a list of lengths", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 3, 3\r\n\r\nabc", 400),
    SHAPE("a signed length", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: +3\r\n\r\nabc", 400),
    SHAPE("a negative length", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: -3\r\n\r\nabc", 400),
    SHAPE("a length in hex", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 0x3\r\n\r\nabc", 400),
    SHAPE("an empty length", "POST /echo HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n", 400),
    SHAPE("a length of thirty digits",
          "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 100000000000000000000000000000\r\n\r\n", 413),
    SHAPE("a length of 2 GB", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 2147483648\r\n\r\n", 413),
    SHAPE("a body where none is allowed", "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\na", 413),
    SHAPE("a blank before the colon", "POST /echo HTTP/1.1\r\n" HOST "Content-Length : 3\r\n\r\nabc", 400),
    SHAPE("a tab before the colon", "GET / HTTP/1.1\r\n" HOST "X-A\t: 3\r\n\r\n", 400),
    SHAPE("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
    SHAPE("two Hosts", "GET / HTTP/1.1\r\n" HOST HOST "\r\n", 400),
    SHAPE("a NUL in a value", "GET / HTTP/1.1\r\n" HOST "X-A: a\0b\r\n\r\n", 400),
    SHAPE("a NUL in the last value before the end", "GET / HTTP/1.1\r\nX-A: a\0b\r\n" HOST "\r\n", 400),
    SHAPE("a NUL in a name", "GET / HTTP/1.1\r\nX\0A: a\r\n" HOST "\r\n", 400),
    SHAPE("a NUL in the path", "GET /a\0b HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("an encoded NUL in the path", "GET /a%00 HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("an encoded NUL in the query", "GET /a?b=%00 HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("half a percent sign", "GET /a%2 HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("no digits behind a percent sign", "GET /a%zz HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("an encoded path that is not UTF-8", "GET /%FF HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("four NULs at the end of the head", "GET / HTTP/1.1\r\n" HOST "X-A: a\0\0\0\0\r\n\r\n", 400),
    SHAPE("a control character in a value", "GET / HTTP/1.1\r\n" HOST "X-A: a\x01\r\n\r\n", 400),
    SHAPE("a CR inside a value", "GET / HTTP/1.1\r\n" HOST "X-A: a\rb\r\n\r\n", 400),
    SHAPE("bare LF after a header", "GET / HTTP/1.1\r\n" HOST "X-A: a\nX-B: b\r\n\r\n", 400),
    SHAPE("bare LF after the first line", "GET / HTTP/1.1\n" HOST "\r\n", 400),
    SHAPE("a folded line", "GET / HTTP/1.1\r\n" HOST "X-A: a\r\n b\r\nX-B: c\r\n\r\n", 400),
    SHAPE("a folded last line", "GET / HTTP/1.1\r\n" HOST "X-A: a\r\n b\r\n\r\n", 400),
    SHAPE("a folded first line", "GET / HTTP/1.1\r\n X-A: a\r\n" HOST "\r\n", 400),
    SHAPE("a line without a colon", "GET / HTTP/1.1\r\n" HOST "nonsense\r\n\r\n", 400),
    SHAPE("a header without a name", "GET / HTTP/1.1\r\n" HOST ": a\r\n\r\n", 400),
    SHAPE("a name with a bracket", "GET / HTTP/1.1\r\n" HOST "X(A): a\r\n\r\n", 400),
    SHAPE("gzip as Transfer-Encoding", "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\n\r\n", 400),
    SHAPE("identity as Transfer-Encoding", "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n", 400),
    SHAPE("gzip, chunked", "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
    SHAPE("chunked with a blank behind", "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked \r\n\r\n0\r\n\r\n",
          400),
    SHAPE("chunked twice",
          "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          400),
    SHAPE("chunks in HTTP/1.0", "POST /echo HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    SHAPE("a chunk size 0x0", "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n", 400),
    SHAPE("a negative chunk size", "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", 400),
    SHAPE("an absolute target", "GET http://h/ HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("a target without a slash", "GET a HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("a blank in the target", "GET /a b HTTP/1.1\r\n" HOST "\r\n", 0),
    SHAPE("two blanks before the target", "GET  / HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("two blanks before the version", "GET /  HTTP/1.1\r\n" HOST "\r\n", 0),
    SHAPE("a blank behind the version", "GET / HTTP/1.1 \r\n" HOST "\r\n", 400),
    SHAPE("a bracket in the method", "G{T / HTTP/1.1\r\n" HOST "\r\n", 400),
    SHAPE("HTTP/0.9", "GET /\r\n\r\n", 400),
    SHAPE("HTTP/2", "GET / HTTP/2.0\r\n" HOST "\r\n", 505),
    SHAPE("lower case version", "GET / http/1.1\r\n" HOST "\r\n", 400),
};

static Str head_of(Test *t, ptrdiff_t bytes)
{
    Buf b = buf_new(&t->mem, bytes + 64);
    buf_c(&b, "GET / HTTP/1.1\r\n" HOST);
    for (int i = 0; b.len < bytes; i++) buf_fmt(&b, "X-%d: %0200d\r\n", i, i);
    buf_c(&b, "\r\n");
    return buf_str(&b);
}

static Str long_address(Test *t, int bytes, const char *more)
{
    Buf b = buf_new(&t->mem, bytes + 200);
    buf_c(&b, "GET /?a=");
    for (int i = 0; i < bytes; i++) buf_char(&b, 'a');
    buf_fmt(&b, " HTTP/1.1\r\n" HOST "%s\r\n", more);
    return buf_str(&b);
}

static uint64_t sum_of(Str s)
{
    uint64_t sum = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) sum = sum * 31 + (unsigned char)s.s[i];
    return sum;
}

static Str noise(Test *t, ptrdiff_t n)
{
    char    *s    = NEW_RAW(&t->mem, char, n);
    uint32_t seed = 12345;
    for (ptrdiff_t i = 0; i < n; i++) s[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
    return (Str){ s, n };
}

static Str with_length(Test *t, const char *line, Str body)
{
    Buf b = buf_new(&t->mem, body.n + 256);
    buf_fmt(&b, "%s HTTP/1.1\r\n" HOST "Content-Length: %lld\r\n\r\n", line, (long long)body.n);
    buf_put(&b, body);
    return buf_str(&b);
}

static Str in_chunks(Test *t, const char *line, Str body, ptrdiff_t piece)
{
    Buf b = buf_new(&t->mem, body.n * 2 + 256);
    buf_fmt(&b, "%s HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", line);
    for (; body.n; body = str_from(body, body.n < piece ? body.n : piece)) {
        Str part = str_upto(body, piece);
        buf_fmt(&b, "%llx\r\n", (unsigned long long)part.n);
        buf_put(&b, part);
        buf_c(&b, "\r\n");
    }
    buf_c(&b, "0\r\n\r\n");
    return buf_str(&b);
}

static void bodies(Test *t, const Server *s, const char *line, Str body, const char *where)
{
    Str want = str_fmt(&t->mem, "%lld %llu %s", (long long)body.n, (unsigned long long)sum_of(body), where);
    STR(client_body(client_ask(t, s, with_length(t, line, body))), want);
    STR(client_body(client_ask(t, s, in_chunks(t, line, body, 777))), want);
}

/* Sends the bytes in pieces of n, so that the head and the body arrive in any number of reads. */
static Str ask_slowly(Test *t, const Server *s, Str bytes, ptrdiff_t n)
{
    int fd = client_open(s);
    for (; bytes.n; bytes = str_from(bytes, bytes.n < n ? bytes.n : n)) {
        client_send(fd, str_upto(bytes, n));
        usleep(200);
    }
    shutdown(fd, SHUT_WR);
    Str answer = client_read(&t->mem, fd, 2000);
    close(fd);
    return answer;
}

/* Asks, and reads no more than the status. */
static int first_status(const Server *s, Str ask, int *fd)
{
    char head[12] = { 0 };
    *fd = client_open(s);
    client_send(*fd, ask);
    recv(*fd, head, sizeof head, MSG_WAITALL);
    return client_status((Str){ head, sizeof head });
}

/* The same, asked again for some seconds while whoever was there before is still being let go. */
static int freed_status(const Server *s, Str ask, int *fd)
{
    int status = first_status(s, ask, fd);
    for (int i = 0; i < 50 && status == 503; i++) {
        close(*fd);
        usleep(100000);
        status = first_status(s, ask, fd);
    }
    return status;
}

TESTS(test_http)
{
    Server s;
    server_start(&s, (HttpConfig){ .per_address = -1 }, (EventsOptions){ 0 });
    CASE("a request with two readings or none is refused and its connection closed, a clean one is answered") {
        for (ptrdiff_t i = 0; i < COUNT(shapes); i++) {
            int fd     = client_open(&s);
            Str answer = { 0 };
            if (client_send(fd, shapes[i].bytes)) {
                if (shapes[i].status == 200) shutdown(fd, SHUT_WR);
                answer = client_read(&t->mem, fd, 1000);
            }
            bool still_open = send(fd, "x", 1, MSG_NOSIGNAL) == 1 && send(fd, "x", 1, MSG_NOSIGNAL) == 1 &&
                              recv(fd, (char[1]){ 0 }, 1, MSG_DONTWAIT) < 0;
            test_check(t, client_status(answer) == shapes[i].status, __FILE__, __LINE__, "%s gives %d, not %d",
                       shapes[i].what, client_status(answer), shapes[i].status);
            test_check(t, shapes[i].status == 200 || !still_open, __FILE__, __LINE__, "%s leaves the connection open",
                       shapes[i].what);
            close(fd);
        }
    }
    CASE("a head is read whole however it is cut, and one that is too large gets 431") {
        EQUAL(client_status(ask_slowly(t, &s, S("GET / HTTP/1.1\r\n" HOST "X-A: b\r\nX-C: d\r\n\r\n"), 1)), 200);
        EQUAL(client_status(ask_slowly(t, &s, head_of(t, 8000), 1000)), 200);
        EQUAL(client_status(ask_slowly(t, &s, head_of(t, 12000), 137)), 200);
        EQUAL(client_status(client_ask(t, &s, head_of(t, 14000))), 200);
        EQUAL(client_status(client_ask(t, &s, head_of(t, 64000))), 431);
    }
    CASE("what the network refuses is said by a key, in the language that the head asks for") {
        STR(client_body(client_ask(t, &s, S("GET /a HTTP/1.1\r\n" HOST HOST "Accept-Language: ru-RU\r\n\r\n"))),
            S("400 net.one_host ru-RU"));
        STR(client_body(client_ask(t, &s, S("GET a HTTP/1.1\r\n" HOST "\r\n"))), S("400 net.target_slash "));
        STR(client_body(client_ask(t, &s, head_of(t, 17000))), S("431 net.large_head "));
        STR(client_body(client_ask(t, &s, S("POST /echo HTTP/1.1\r\n" HOST "Content-Length: 100001\r\n\r\n"))),
            S("413 net.large_body "));
    }
    CASE("an address that is too long is said to be that, up to 60 kB") {
        static const struct {
            int         bytes;
            const char *more, *answer;
        } longs[] = {
            { 20000, "Accept-Language: ru\r\n", "414 net.long_target ru" },
            { 32000, "", "414 net.long_target " },
            { 60000, "Accept-Language: en\r\n", "414 net.long_target en" },
        };
        for (ptrdiff_t i = 0; i < COUNT(longs); i++)
            TEXT(str_c(&t->mem, client_body(client_ask(t, &s, long_address(t, longs[i].bytes, longs[i].more)))),
                 longs[i].answer);
        EQUAL(client_status(client_ask(t, &s, long_address(t, 12000, ""))), 200);
    }
    CASE("more than a hundred headers are refused") {
        Buf b = buf_new(&t->mem, 4096);
        buf_c(&b, "GET / HTTP/1.1\r\n" HOST);
        for (int i = 0; i < 100; i++) buf_fmt(&b, "A%d: b\r\n", i);
        buf_c(&b, "\r\n");
        EQUAL(client_status(client_ask(t, &s, buf_str(&b))), 400);
    }
    CASE("a body arrives as it was sent, with a length or in chunks, in memory or in a file") {
        bodies(t, &s, "POST /echo", S("a"), "memory");
        bodies(t, &s, "POST /echo", noise(t, 100000), "memory");
        bodies(t, &s, "POST /file", S("a"), "file");
        bodies(t, &s, "POST /file", noise(t, 262144), "file");
        bodies(t, &s, "POST /file", noise(t, 3000001), "file");
        STR(client_body(client_ask(t, &s, with_length(t, "POST /file", S("")))), S("0 0 memory"));
        STR(client_body(ask_slowly(t, &s, in_chunks(t, "POST /echo", S("abcdef"), 4), 1)),
            str_fmt(&t->mem, "6 %llu memory", (unsigned long long)sum_of(S("abcdef"))));
    }
    CASE("a body above its limit gets 413: at once when its length says so, at its end when it came in chunks") {
        int before = s.handed;
        EQUAL(client_status(client_ask(t, &s, S("POST /echo HTTP/1.1\r\n" HOST "Content-Length: 100001\r\n\r\n"))),
              413);
        EQUAL(client_status(client_ask(t, &s, in_chunks(t, "POST /echo", noise(t, 100001), 5000))), 413);
        EQUAL(client_status(client_ask(t, &s, in_chunks(t, "POST /echo", noise(t, 6 << 20), 5000))), 0);
        EQUAL(client_status(client_ask(
                  t, &s, S("POST /echo HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 100001\r\n\r\n"))),
              413);
        EQUAL(s.handed, before);
    }
    CASE("a large body waits outside until it is let in, and who is refused sends none of it") {
        EQUAL(client_status(client_ask(t, &s, S("POST /asked HTTP/1.1\r\n" HOST "Content-Length: 1000000\r\n\r\n"))),
              401);
        EQUAL(client_status(client_ask(t, &s,
                                       S("POST /asked/file HTTP/1.1\r\n" HOST
                                         "Content-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n"))),
              401);
        EQUAL(client_status(client_ask(
                  t, &s, S("POST /asked/file HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"))),
              401);
        EQUAL(client_status(client_ask(t, &s, with_length(t, "POST /asked", noise(t, 65536)))), 200);
        EQUAL(client_status(client_ask(t, &s, with_length(t, "POST /asked", noise(t, 65537)))), 401);
        bodies(t, &s, "POST /asked?who=Anna", noise(t, 1000000), "memory");
        bodies(t, &s, "POST /asked/file?who=Anna", noise(t, 3000001), "file");
    }
    CASE("who waits to be told to go on is told so when he is let in") {
        Str noise_ = noise(t, 100000);
        int fd     = client_open(&s);
        client_send(fd, S("POST /asked?who=Anna HTTP/1.1\r\n" HOST
                          "Expect: 100-continue\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n"));
        Str told = client_read(&t->mem, fd, 300);
        CHECK(str_starts(told, S("HTTP/1.1 100 Continue\r\n\r\n")));
        client_send(fd, noise_);
        EQUAL(client_status(client_read(&t->mem, fd, 2000)), 200);
        close(fd);
    }
    CASE("who is refused while he sends can read why") {
        for (int i = 0; i < 5; i++)
            EQUAL(client_status(client_ask(t, &s, with_length(t, "POST /asked", noise(t, 3000000)))), 401);
    }
    CASE("what one person sends at once is bounded, and free again when it is over") {
        int fd[3], let_in = 0;
        for (int i = 0; i < 3; i++) {
            fd[i] = client_open(&s);
            client_send(fd[i], S("POST /asked?who=Anna HTTP/1.1\r\n" HOST
                                 "Expect: 100-continue\r\nContent-Length: 8000000\r\n\r\n"));
            int status = client_status(client_read(&t->mem, fd[i], 300));
            let_in += status == 100;
            EQUAL(status, i < 2 ? 100 : 503);
        }
        EQUAL(let_in, 2);
        for (int i = 0; i < 3; i++) close(fd[i]);
        usleep(100000);
        EQUAL(client_status(
                  client_ask(t, &s, S("POST /asked?who=Anna HTTP/1.1\r\n" HOST "Content-Length: 8000000\r\n\r\n"))),
              0);
    }
    CASE("a file is sent with its length, and is closed when nobody reads it") {
        EQUAL(client_body(client_ask(t, &s, S("GET /whole?pieces=3000 HTTP/1.1\r\n" HOST "\r\n"))).n, 3000000);
        EQUAL(client_status(client_ask(t, &s, S("GET /whole?pieces=0 HTTP/1.1\r\n" HOST "\r\n"))), 200);
        for (int i = 0; i < 20; i++) {
            int fd = client_open(&s);
            client_send(fd, S("GET /whole?pieces=3000 HTTP/1.1\r\n" HOST "\r\n"));
            if (i % 2) client_read(&t->mem, fd, 0);
            close(fd);
        }
        EQUAL(client_status(client_ask(t, &s, S("GET /hello HTTP/1.1\r\n" HOST "\r\n"))), 200);
    }
    CASE("answers that wait to be read are bounded for one person, and free again when he has gone") {
        static const Str asks[] = { S("GET /long HTTP/1.1\r\n" HOST "\r\n"),
                                    S("GET /large?who=Anna HTTP/1.1\r\n" HOST "\r\n"),
                                    S("GET /owned?who=Anna HTTP/1.1\r\n" HOST "\r\n") };
        for (int k = 0; k < COUNT(asks); k++) {
            int fd[2];
            EQUAL(freed_status(&s, asks[k], &fd[0]), 200);
            EQUAL(first_status(&s, asks[k], &fd[1]), 503);
            for (int i = 0; i < 2; i++) close(fd[i]);
            EQUAL(freed_status(&s, asks[k], &fd[0]), 200);
            close(fd[0]);
            EQUAL(freed_status(&s, asks[k], &fd[0]), 200);
            close(fd[0]);
        }
    }
    CASE("many requests sent at once on one connection are answered in their order") {
        Buf b = buf_new(&t->mem, 4096);
        for (int i = 0; i < 50; i++)
            buf_c(&b, i % 2 ? "GET /quick HTTP/1.1\r\n" HOST "\r\n" : "GET /hello HTTP/1.1\r\n" HOST "\r\n");
        buf_c(&b, "GET /arg?q=last HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
        int fd = client_open(&s);
        client_send(fd, buf_str(&b));
        Str answer = client_read(&t->mem, fd, 3000);
        close(fd);
        CHECK(str_ends(answer, S("\r\n\r\nlast")));
        int hello = 0, quick = 0;
        for (ptrdiff_t at; (at = str_find(answer, S("\r\n\r\n"))) >= 0;) {
            answer = str_from(answer, at + 4);
            hello += str_starts(answer, S("hello")) && hello == quick;
            quick += str_starts(answer, S("quick")) && hello == quick + 1;
        }
        EQUAL(hello, 25);
        EQUAL(quick, 25);
    }
    CASE("arguments of the query are decoded, blanks and Cyrillic alike") {
        STR(client_body(client_ask(t, &s, S("GET /arg?a=1&q=%D0%BE%D0%BE%D0%BE+%26%20x&q=2 HTTP/1.1\r\n" HOST "\r\n"))),
            S("ооо & x"));
        STR(client_body(client_ask(t, &s, S("GET /arg?a=1&&=3&q HTTP/1.1\r\n" HOST "\r\n"))), S(""));
    }
    CASE("every answer forbids framing, sniffing, scripts and keeping") {
        Str a = client_ask(t, &s, S("GET / HTTP/1.1\r\n" HOST "\r\n"));
        CHECK(str_find(a, S("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n")) > 0);
        CHECK(str_find(a, S("X-Content-Type-Options: nosniff\r\n")) > 0);
        CHECK(str_find(a, S("Cache-Control: no-store\r\n")) > 0);
        CHECK(str_find(a, S("Referrer-Policy: same-origin\r\n")) > 0);
        CHECK(str_find(a, S("X-Worker: yes\r\n")) > 0);
    }
    CASE("what an answer says of itself is its own, whatever becomes of the texts it was given") {
        for (int i = 0; i < 50; i++) {
            Str a = client_ask(t, &s, S("GET /lent HTTP/1.1\r\n" HOST "\r\n"));
            CHECK(str_find(a, S("Content-Type: text/lent\r\n")) > 0);
            CHECK(str_find(a, S("Cache-Control: text/lent\r\n")) > 0);
            CHECK(str_find(a, S("Content-Security-Policy: text/lent\r\n")) > 0);
            CHECK(str_find(a, S("X-Lent: lent\r\n")) > 0);
        }
    }
    CASE("an answer larger than a request's memory comes whole") {
        EQUAL(client_body(client_ask(t, &s, S("GET /large HTTP/1.1\r\n" HOST "\r\n"))).n, 40 << 20);
        EQUAL(client_body(client_ask(t, &s, S("GET /owned HTTP/1.1\r\n" HOST "\r\n"))).n, 40 << 20);
    }
    CASE("an answer in pieces comes whole, a broken one is seen as broken") {
        Str whole = client_ask(t, &s, S("GET /stream?pieces=2000 HTTP/1.1\r\n" HOST "\r\n"));
        Str sent  = client_body(whole);
        int xs    = 0;
        for (ptrdiff_t i = 0; i < sent.n; i++) xs += sent.s[i] == 'x';
        EQUAL(xs, 2000000);
        CHECK(str_ends(whole, S("\r\n0\r\n\r\n")));
        CHECK(
            !str_ends(client_ask(t, &s, S("GET /stream?pieces=50&break=1 HTTP/1.1\r\n" HOST "\r\n")), S("0\r\n\r\n")));
    }
    CASE("a writer learns that its reader has gone, and one that reads nothing is given up") {
        int fd = client_open(&s), before = atomic_load(&s.cut_streams);
        client_send(fd, S("GET /stream?pieces=100000 HTTP/1.1\r\n" HOST "\r\n"));
        usleep(50000);
        close(fd);
        for (int i = 0; i < 100 && atomic_load(&s.cut_streams) == before; i++) usleep(20000);
        EQUAL(atomic_load(&s.cut_streams), before + 1);
    }
    CASE("a client that leaves while its request is worked on harms nobody") {
        int before = s.handed;
        for (int i = 0; i < 20; i++) {
            int fd = client_open(&s);
            client_send(fd, S("GET /slow HTTP/1.1\r\n" HOST "\r\n"));
            usleep(2000);
            close(fd);
        }
        EQUAL(client_status(client_ask(t, &s, S("GET /hello HTTP/1.1\r\n" HOST "\r\n"))), 200);
        CHECK(s.handed > before);
    }
    CASE("an upload that stops in the middle reaches nobody") {
        int before = s.handed;
        for (int i = 0; i < 20; i++) {
            int fd = client_open(&s);
            client_send(fd, S("POST /file HTTP/1.1\r\n" HOST "Content-Length: 1000000\r\n\r\n"));
            client_send(fd, noise(t, 300000));
            close(fd);
        }
        EQUAL(client_status(client_ask(t, &s, S("GET /quick HTTP/1.1\r\n" HOST "\r\n"))), 200);
        EQUAL(s.handed, before);
    }
    server_stop(&s);
}

TESTS(test_http_limits)
{
    CASE("one address has so many connections, more are closed unheard; a place that is left is free again") {
        Server s;
        int    fd[5], heard = 0;
        server_start(&s, (HttpConfig){ .per_address = 3 }, (EventsOptions){ 0 });
        for (int i = 0; i < 5; i++) {
            fd[i] = client_open(&s);
            client_send(fd[i], S("GET /quick HTTP/1.1\r\n" HOST "\r\n"));
            heard += client_status(client_read(&t->mem, fd[i], 200)) == 200;
        }
        EQUAL(heard, 3);
        for (int i = 0; i < 5; i++) close(fd[i]);
        usleep(100000);
        EQUAL(client_status(client_ask(t, &s, S("GET /quick HTTP/1.1\r\n" HOST "\r\n"))), 200);
        server_stop(&s);
    }
    CASE("when places run short, the address with most silent connections makes room, and who is served keeps his") {
        enum { PLACES = 64, EACH = 30 };
        Server s;
        int    idle[4][EACH], busy, events;
        server_start(&s, (HttpConfig){ .per_address = -1, .connections = PLACES, .threads = 1 }, (EventsOptions){ 0 });
        busy   = client_open_from(&s, "127.0.0.9");
        events = client_open_from(&s, "127.0.0.9");
        client_send(events, S("GET /events HTTP/1.1\r\n" HOST "\r\n"));
        for (int a = 0; a < 4; a++)
            for (int i = 0; i < EACH; i++)
                idle[a][i] = client_open_from(
                    &s, (const char *[]){ "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5" }[a]);
        client_send(busy, S("GET /hello HTTP/1.1\r\n" HOST "\r\n"));
        EQUAL(client_status(client_read(&t->mem, busy, 500)), 200);
        for (int i = 0; i < 10; i++)
            EQUAL(client_status(client_ask(t, &s, S("GET /hello HTTP/1.1\r\n" HOST "\r\n"))), 200);
        events_publish(s.events, 7, S("still"), S("{}"));
        CHECK(str_find(client_read(&t->mem, events, 300), S("event: still\n")) > 0);
        for (int a = 0; a < 4; a++)
            for (int i = 0; i < EACH; i++) close(idle[a][i]);
        close(busy);
        close(events);
        server_stop(&s);
    }
    CASE("a silent connection is closed in its time") {
        Server s;
        server_start(&s, (HttpConfig){ .idle_s = 1 }, (EventsOptions){ 0 });
        int fd = client_open(&s);
        client_send(fd, S("GET / HTTP/1.1\r\nHost:"));
        CHECK(client_read(&t->mem, fd, 4000).n == 0 && recv(fd, (char[1]){ 0 }, 1, MSG_DONTWAIT) == 0);
        close(fd);
        server_stop(&s);
    }
    CASE("who dribbles a head is cut in twice that time, who left in the middle of one at once") {
        Server s;
        server_start(&s, (HttpConfig){ .idle_s = 1, .per_address = 1 }, (EventsOptions){ 0 });
        int  fd = client_open(&s);
        bool on = client_send(fd, S("GET / HTTP/1.1\r\nX-A: "));
        for (int i = 0; i < 24 && on; i++) {
            usleep(200000);
            on = client_send(fd, S("a"));
        }
        CHECK(!on);
        close(fd);
        server_stop(&s);
        server_start(&s, (HttpConfig){ .per_address = 1 }, (EventsOptions){ 0 });
        for (int i = 0; i < 2; i++) {
            fd = client_open(&s);
            client_send(fd, i ? S("GET / HT") : S("POST /echo HTTP/1.1\r\n" HOST "Content-Length: 9\r\n\r\nabc"));
            close(fd);
            usleep(1200000);
            EQUAL(client_status(client_ask(t, &s, S("GET /quick HTTP/1.1\r\n" HOST "\r\n"))), 200);
        }
        server_stop(&s);
    }
    CASE("the last address of X-Forwarded-For is the client behind a proxy, and nobody else is believed") {
        static const Str asked = S("GET /from HTTP/1.1\r\n" HOST
                                   "X-Forwarded-For: 10.9.9.9\r\nX-Forwarded-For: 10.1.1.1, 2001:db8::7\r\n\r\n");
        Server s;
        server_start(&s, (HttpConfig){ .behind_proxy = true }, (EventsOptions){ 0 });
        STR(client_body(client_ask(t, &s, asked)), S("2001:db8::7"));
        STR(client_body(client_ask(t, &s, S("GET /from HTTP/1.1\r\n" HOST "X-Forwarded-For: nonsense\r\n\r\n"))),
            S("127.0.0.1"));
        server_stop(&s);
        server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ 0 });
        STR(client_body(client_ask(t, &s, asked)), S("127.0.0.1"));
        server_stop(&s);
    }
    CASE("a disk that does not take the body is said, not hidden") {
        Server s;
        server_start(&s, (HttpConfig){ .spool = "/proc/no-such-folder" }, (EventsOptions){ 0 });
        EQUAL(client_status(client_ask(t, &s, with_length(t, "POST /file", S("abc")))), 507);
        server_stop(&s);
    }
    CASE("a server that cannot have its port says so") {
        Server s;
        server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ 0 });
        Problems   problems = { .mem = &t->mem };
        Http      *second;
        HttpConfig taken = { .port = http_port(s.http) };
        EQUAL(http_start(&taken, &second, &problems), BROKEN);
        TEXT(problems.first->key, "net.no_listen");
        server_stop(&s);
    }
    CASE("a server that stops answers what it was asked before") {
        Server s;
        server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ 0 });
        int fd = client_open(&s);
        client_send(fd, S("GET /slow HTTP/1.1\r\n" HOST "\r\n"));
        usleep(20000);
        server_stop(&s);
        EQUAL(client_status(client_read(&t->mem, fd, 1000)), 200);
        close(fd);
    }
}
