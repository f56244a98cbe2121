/* Answers made smaller on their way, for whoever takes gzip (RFC 1952; RFC 9110, 12.5.3).
 *
 * JSON only, on the thread that answers: a loop has nothing to do but to send.  What is not made smaller, and what
 * finds no memory for it, goes as it is.  So does what another site has made a browser ask for: where a secret stands
 * beside what a stranger has put in, the length of the answer would tell the one by the other (BREACH, 2013). */
#include "net/http_inside.h"

#include <stdlib.h>
#include <zlib.h>

enum { ZIP_LEAST = 1024, ZIP_LEVEL = 5, GZIP_WINDOW = 15 + 16, ZIP_MEMORY = 8 };

/* By that name and not refused by q=0. */
bool http_takes_gzip(const HttpRequest *r)
{
    Str rest = http_header(r, "Accept-Encoding");
    while (rest.n) {
        Str weight = str_cut(&rest, ','), name = str_trim(str_cut(&weight, ';'));
        if (!str_eq(name, S("gzip"))) continue;
        weight = str_trim(weight);
        return !str_starts(weight, S("q=0")) || str_find(weight, S(".")) > 0;
    }
    return false;
}

static bool another_site_asks(const HttpRequest *r)
{
    Str site = http_header(r, "Sec-Fetch-Site");
    return site.n && !str_eq(site, S("same-origin")) && !str_eq(site, S("none"));
}

static bool is_json(const HttpReply *reply)
{
    return !reply->type || str_starts(str_of(reply->type), S("application/"));
}

static bool worth_it(const HttpReply *reply)
{
    return reply->body.n >= ZIP_LEAST && is_json(reply) && !reply->sends_file && !reply->free;
}

/* The body as one gzip member, to be freed; empty: it did not become smaller, or there is no memory. */
static Str packed(Str body)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, ZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, ZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) return (Str){ 0 };
    char *room = malloc((size_t)body.n);
    z.next_in  = (Bytef *)(uintptr_t)body.s;
    z.avail_in = (uInt)body.n;
    z.next_out = (Bytef *)room;
    z.avail_out = room ? (uInt)body.n : 0;
    bool      whole = room && deflate(&z, Z_FINISH) == Z_STREAM_END;
    ptrdiff_t size  = (ptrdiff_t)z.total_out;
    deflateEnd(&z);
    if (whole) return (Str){ room, size };
    free(room);
    return (Str){ 0 };
}

static void header_put(HttpReply *reply, const char *name, const char *value)
{
    for (HttpHeader *h = reply->header; h < reply->header + COUNT(reply->header); h++) {
        if (h->name) continue;
        *h = (HttpHeader){ name, value };
        return;
    }
}

void reply_zip(const HttpRequest *r, HttpReply *reply)
{
    if (!worth_it(reply)) return;
    header_put(reply, "Vary", "Accept-Encoding");
    if (!http_takes_gzip(r) || another_site_asks(r)) return;
    Str small = packed(reply->body);
    if (!small.n) return;
    header_put(reply, "Content-Encoding", "gzip");
    reply->body  = small;
    reply->kept  = false;
    reply->free  = free;
    reply->owned = (void *)(uintptr_t)small.s;
}
