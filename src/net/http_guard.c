/* Refuses a head that two programs could read in two ways (request smuggling, CWE-444), by RFC 9110 and RFC 9112.
 *
 * libmicrohttpd 0.9.75 cuts a value at a NUL, takes a bare LF as the end of a line, and joins a folded line to the
 * *name* of the one before, without a word about any of it.  But it cuts the head into strings where it stands: each
 * line ends where its CR and LF were, so in a clean head the next name begins exactly two bytes behind the value, and
 * the head ends two bytes behind the last.  Anything else shows as a gap. */
#include "net/http_inside.h"

#include "core/utf8.h"

#include <string.h>

typedef struct {
    const char *expected; /* where the next name must begin; null: this library keeps its lines elsewhere */
    const char *bad;
    int         hosts, lengths, encodings, count;
} Head;

#define HEADERS_MAX 100

static const char bad_line[] = "net.bad_line";

static bool is_token_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_token(const char *s)
{
    const char *p = s;
    while (is_token_char((unsigned char)*p)) p++;
    return p > s && !*p;
}

static bool has_control(const char *s)
{
    for (; *s; s++)
        if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7F) return true;
    return false;
}

static bool is_digits(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n > 0 && n <= 18 && !s[n];
}

static const char *wrong_value(Head *head, const char *name, const char *value)
{
    if (!strcasecmp(name, "Host")) head->hosts++;
    if (!strcasecmp(name, "Content-Length")) {
        head->lengths++;
        if (!is_digits(value)) return "net.bad_length";
    }
    if (!strcasecmp(name, "Transfer-Encoding")) {
        head->encodings++;
        if (strcasecmp(value, "chunked")) return "net.only_chunked";
    }
    return NULL;
}

static enum MHD_Result look_at(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    Head *head = arg;
    if (!value) value = "";
    if (head->expected && name != head->expected) head->bad = bad_line;
    else if (!is_token(name)) head->bad = "net.bad_header_name";
    else if (has_control(value)) head->bad = "net.control_in_header";
    else if (++head->count > HEADERS_MAX) head->bad = "net.many_headers";
    else head->bad = wrong_value(head, name, value);
    if (head->expected) head->expected = value + strlen(value) + 2;
    return head->bad ? MHD_NO : MHD_YES;
}

static const char *wrong_target(const Request *r)
{
    Str t = r->target;
    if (!t.n || t.s[0] != '/') return "net.target_slash";
    for (ptrdiff_t i = 0; i < t.n; i++)
        if ((unsigned char)t.s[i] <= 0x20 || t.s[i] == 0x7F || t.s[i] == '#') return "net.target_character";
    Arena scratch = r->pub.mem;
    Str   decoded = http_decode(&scratch, t, false);
    return decoded.s && utf8_valid(decoded, NULL) ? NULL : "net.target_encoding";
}

/* The method, the target and the version stand one byte apart. */
static bool gap_in_first_line(const Request *r, const char *method, const char *version)
{
    return r->uri != method + strlen(method) + 1 || version != r->uri + r->target.n + 1;
}

size_t guard_head_size(const Request *r)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(r->conn, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

/* Behind the last line there is the empty one, and that is the end. */
static bool gap_at_end(const Request *r, const char *method, const char *expected)
{
    return expected + 2 != method + guard_head_size(r);
}

const char *guard_head(const Request *r, const char *method, const char *version)
{
    bool one_one = !strcmp(version, "HTTP/1.1"), lines = r->loop->http->strict_lines;
    if (!is_token(method) || strlen(method) > 20) return "net.bad_method";
    if (!one_one && strcmp(version, "HTTP/1.0")) return "net.http_version";
    if (lines && gap_in_first_line(r, method, version)) return "net.first_line";
    const char *bad  = wrong_target(r);
    Head        head = { .expected = lines ? version + strlen(version) + 2 : NULL };
    if (bad) return bad;
    MHD_get_connection_values(r->conn, MHD_HEADER_KIND, look_at, &head);
    if (head.bad) return head.bad;
    if (lines && gap_at_end(r, method, head.expected)) return bad_line;
    if (head.hosts > 1 || (one_one && head.hosts < 1)) return "net.one_host";
    if (head.lengths > 1 || head.encodings > 1) return "net.length_twice";
    if (head.lengths && head.encodings) return "net.length_two_ways";
    if (head.encodings && !one_one) return "net.old_chunks";
    return NULL;
}
