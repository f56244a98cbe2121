/* Answers that go out as gzip: to whoever takes it (RFC 9110, 12.5.3), and never where another site asks.  What comes
 * back is opened with zlib's own inflate. */
#include "tests/net/server.h"

#include <zlib.h>

/* What a gzip member holds; empty: it is none, or more stands behind it. */
static Str opened(Arena *mem, Str body)
{
    z_stream z = { .next_in = (Bytef *)(uintptr_t)body.s, .avail_in = (uInt)body.n };
    char    *text = NEW_RAW(mem, char, 1 << 20);
    if (inflateInit2(&z, 15 + 16) != Z_OK) return (Str){ 0 };
    z.next_out  = (Bytef *)text;
    z.avail_out = 1 << 20;
    bool      whole = inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_in == 0;
    ptrdiff_t size  = (ptrdiff_t)z.total_out;
    inflateEnd(&z);
    return whole ? (Str){ text, size } : (Str){ 0 };
}

/* A text of n bytes asked for as JSON, with these headers. */
static Str ask(Test *t, Server *s, ptrdiff_t n, const char *headers, Str *text)
{
    char *q = NEW_RAW(&t->mem, char, n);
    for (ptrdiff_t i = 0; i < n; i++) q[i] = (char)('a' + (i * i + i / 7) % 26);
    *text = (Str){ q, n };
    return client_ask(t, s, str_fmt(&t->mem, "GET /arg?q=%.*s HTTP/1.1\r\nHost: h\r\n%s\r\n", (int)n, q, headers));
}

static bool is_packed(Str answer) { return str_find(answer, S("Content-Encoding: gzip\r\n")) > 0; }

TESTS(test_zip)
{
    Server s;
    Str    text;
    server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ 0 });
    CASE("an answer of a kilobyte is packed for whoever takes gzip, and opens to the same bytes") {
        Str answer = ask(t, &s, 1024, "Accept-Encoding: br, gzip\r\n", &text), body = client_body(answer);
        CHECK(is_packed(answer) && str_find(answer, S("Vary: Accept-Encoding\r\n")) > 0);
        CHECK(body.n < 1024 && str_eq(opened(&t->mem, body), text));
    }
    CASE("who does not take gzip, or refuses it, gets the bytes, and a proxy is told that others may not") {
        Str answer = ask(t, &s, 5000, "", &text);
        CHECK(!is_packed(answer) && str_eq(client_body(answer), text));
        CHECK(str_find(answer, S("Vary: Accept-Encoding\r\n")) > 0);
        answer = ask(t, &s, 5000, "Accept-Encoding: gzip;q=0, br\r\n", &text);
        CHECK(!is_packed(answer) && str_eq(client_body(answer), text));
    }
    CASE("less than a kilobyte is not worth it") {
        Str answer = ask(t, &s, 1023, "Accept-Encoding: gzip\r\n", &text);
        CHECK(!is_packed(answer) && str_eq(client_body(answer), text));
    }
    CASE("what another site has a browser ask for keeps its length from telling anything") {
        Str answer = ask(t, &s, 5000, "Accept-Encoding: gzip\r\nSec-Fetch-Site: cross-site\r\n", &text);
        CHECK(!is_packed(answer) && str_eq(client_body(answer), text));
        CHECK(is_packed(ask(t, &s, 5000, "Accept-Encoding: gzip\r\nSec-Fetch-Site: same-origin\r\n", &text)));
    }
    CASE("a text that is no JSON goes as it is") {
        Str answer = client_ask(t, &s, S("GET /quick HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n"));
        CHECK(!is_packed(answer) && str_eq(client_body(answer), S("quick")));
    }
    server_stop(&s);
}
