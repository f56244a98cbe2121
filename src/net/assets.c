/* Serving the browser's files from memory. */
#include "net/assets.h"

static const char policy[] =
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

const Asset *asset_find(Str path)
{
    int from = 0, to = asset_count;
    if (str_eq(path, S("/"))) path = S("/index.html");
    while (from < to) {
        int mid = (from + to) / 2, order = str_cmp(path, str_of(asset_table[mid].url));
        if (order == 0) return &asset_table[mid];
        if (order < 0) to = mid;
        else from = mid + 1;
    }
    return NULL;
}

static bool has_already(const HttpRequest *r, const Asset *a)
{
    Str tags = http_header(r, "If-None-Match");
    return tags.n && (str_eq(tags, S("*")) || str_find(tags, str_of(a->tag)) >= 0);
}

void asset_reply(HttpRequest *r, const Asset *a)
{
    Str  bytes = { (const char *)a->bytes, a->bytes_end - a->bytes };
    bool page  = str_starts(str_of(a->type), S("text/html")), zip = a->gzip && http_takes_gzip(r);
    if (!str_eq(r->method, S("GET")) && !str_eq(r->method, S("HEAD")))
        return http_reply(r, (HttpReply){ .status = 405, .header = { { "Allow", "GET, HEAD" } } });
    bool same = has_already(r, a);
    if (zip) bytes = (Str){ (const char *)a->gzip, a->gzip_end - a->gzip };
    HttpReply reply = {
        .status = same ? 304 : 200, .type = a->type, .kept = true, .body = same ? (Str){ 0 } : bytes,
        .cache  = a->hashed ? "public, max-age=31536000, immutable" : "no-cache", .policy = page ? policy : "",
        .header = { { "ETag", str_fmt(&r->mem, "\"%s%s\"", a->tag, zip ? "-gz" : "").s },
                    { "Vary", "Accept-Encoding" },
                    { zip && !same ? "Content-Encoding" : NULL, "gzip" } },
    };
    http_reply(r, reply);
}
