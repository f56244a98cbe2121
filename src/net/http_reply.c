/* Answers: what every one of them says, and where its bytes live until they are sent. */
#include "net/http_inside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void give_back(Request *r)
{
    bool quick = r->state == REQ_QUICK;
    r->state   = REQ_REPLIED;
    if (r->pub.asks) r->reply.close = true;
    if (!quick) loop_post(r);
}

/* A body that does not fit into the request's memory is copied beside it. */
static void copy_body(Arena *mem, HttpReply *reply)
{
    Str body = reply->body;
    if (reply->kept || reply->free || !body.n || (body.s >= mem->floor && body.s < mem->beg)) return;
    if (body.n <= mem->end - mem->beg) {
        reply->body = str_copy(mem, body);
        return;
    }
    char *copy = heap_take((size_t)body.n);
    reply->body  = (Str){ memcpy(copy, body.s, (size_t)body.n), body.n };
    reply->free  = free;
    reply->owned = copy;
}

static const char *copied(Arena *mem, const char *text)
{
    return text ? str_c(mem, str_of(text)) : NULL;
}

/* Who answers goes on to other work while a loop sends what was answered. */
static void copy_head(Arena *mem, HttpReply *reply)
{
    reply->type   = copied(mem, reply->type);
    reply->cache  = copied(mem, reply->cache);
    reply->policy = copied(mem, reply->policy);
    for (HttpHeader *h = reply->header; h < reply->header + COUNT(reply->header) && h->name; h++)
        h->value = copied(mem, h->value);
}

uint64_t file_size(int file)
{
    struct stat s;
    return fstat(file, &s) == 0 ? (uint64_t)s.st_size : 0;
}

void http_reply(HttpRequest *pub, HttpReply reply)
{
    Request *r = (Request *)pub;
    copy_head(&pub->mem, &reply);
    reply_zip(pub, &reply);
    copy_body(&pub->mem, &reply); /* last of what may find no memory: what the answer owns is its giver's until it is
                                     taken whole */
    r->reply     = reply;
    r->file_size = reply.sends_file ? file_size(reply.file) : 0; /* here, on the thread that answers: a loop asks no
                                                                    file system */
    give_back(r);
}

HttpStream *http_stream(HttpRequest *pub, HttpReply reply, ptrdiff_t hold)
{
    Request *r = (Request *)pub;
    reply.body = (Str){ 0 };
    copy_head(&pub->mem, &reply);
    r->reply           = reply;
    HttpStream *stream = stream_new(r, hold); /* last of what may find no memory */
    r->stream          = stream;
    give_back(r);
    return stream;
}

/* From here on the file is the response's, which closes it. */
static struct MHD_Response *response_of_file(Request *r)
{
    struct MHD_Response *response = MHD_create_response_from_fd64(r->file_size, r->reply.file);
    if (response) r->reply.sends_file = false;
    return response;
}

static struct MHD_Response *response_of(Request *r)
{
    if (r->stream) return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, stream_read, r->stream, NULL);
    if (r->reply.sends_file) return response_of_file(r);
    return MHD_create_response_from_buffer((size_t)r->reply.body.n, (void *)(uintptr_t)r->reply.body.s,
                                           MHD_RESPMEM_PERSISTENT);
}

static void say(struct MHD_Response *response, const char *name, const char *value)
{
    if (value && *value) MHD_add_response_header(response, name, value);
}

enum MHD_Result reply_send(Request *r)
{
    const HttpReply     *reply    = &r->reply;
    if (r->pub.asks) r->peer->unread = true;
    struct MHD_Response *response = response_of(r);
    if (!response) return MHD_NO;
    say(response, "Content-Type", reply->type ? reply->type : HTTP_JSON);
    say(response, "Cache-Control", reply->cache ? reply->cache : "no-store");
    say(response, "Content-Security-Policy",
        reply->policy ? reply->policy : "default-src 'none'; frame-ancestors 'none'");
    say(response, "X-Content-Type-Options", "nosniff");
    say(response, "Referrer-Policy", "same-origin");
    for (const HttpHeader *h = reply->header; h < reply->header + COUNT(reply->header) && h->name; h++)
        say(response, h->name, h->value);
    if (reply->close) say(response, "Connection", "close");
    if (r->stream) stream_enrol(r);
    r->state             = REQ_SENDING;
    r->peer->busy        = r->stream;
    enum MHD_Result sent = MHD_queue_response(r->conn, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return sent;
}

enum MHD_Result reply_elsewhere(Request *r, const char *path)
{
    r->peer->unread = r->state <= REQ_BODY;
    r->reply = (HttpReply){ .status = 303, .type = "text/plain", .header = { { "Location", path } }, .close = true };
    return reply_send(r);
}

enum MHD_Result reply_refuse(Request *r, int status, const char *key)
{
    const HttpConfig *c = &r->loop->http->config;
    r->peer->unread = r->state <= REQ_BODY;
    r->reply = (HttpReply){
        .status = status, .type = HTTP_PROBLEM, .body = c->refusal(c->self, &r->pub, status, key), .close = true
    };
    return reply_send(r);
}
