/* Reading a request: headers, cookies, arguments, addresses. */
#include "net/http_inside.h"

#include <arpa/inet.h>
#include <string.h>

Str http_header(const HttpRequest *pub, const char *name)
{
    const char *value = NULL;
    size_t      n     = 0;
    MHD_lookup_connection_value_n(((const Request *)pub)->conn, MHD_HEADER_KIND, name, strlen(name), &value, &n);
    return value ? str_trim((Str){ value, (ptrdiff_t)n }) : (Str){ 0 };
}

Str http_cookie(const HttpRequest *r, const char *name)
{
    Str rest = http_header(r, "Cookie");
    while (rest.n) {
        Str value = str_trim(str_cut(&rest, ';')), key = str_cut(&value, '=');
        if (str_eq(key, str_of(name))) return (Str){ value.s ? value.s : "", value.n };
    }
    return (Str){ 0 };
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Str http_decode(Arena *mem, Str s, bool plus)
{
    char     *to = NEW_RAW(mem, char, s.n + 1);
    ptrdiff_t n  = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (c == '+' && plus) c = ' ';
        if (c == '%') {
            int high = i + 2 < s.n ? hex_digit(s.s[i + 1]) : -1, low = i + 2 < s.n ? hex_digit(s.s[i + 2]) : -1;
            if (high < 0 || low < 0 || !(high | low)) return (Str){ 0 };
            c = (char)(high << 4 | low);
            i += 2;
        }
        to[n++] = c;
    }
    return (Str){ to, n };
}

bool http_arg_next(HttpRequest *r, Str *rest, Str *name, Str *value)
{
    while (rest->n) {
        Str pair = str_cut(rest, '&'), key = str_cut(&pair, '=');
        if (!key.n) continue;
        *name  = http_decode(&r->mem, key, true);
        *value = http_decode(&r->mem, pair, true);
        return true;
    }
    return false;
}

Str http_arg(HttpRequest *r, const char *name)
{
    Str rest = r->query, key, value;
    while (http_arg_next(r, &rest, &key, &value))
        if (str_eq(key, str_of(name))) return value;
    return (Str){ 0 };
}

static bool is_four(HttpAddress a)
{
    static const unsigned char mapped[12] = { [10] = 0xFF, [11] = 0xFF };
    return !memcmp(a.ip, mapped, 12);
}

Str http_address(Arena *mem, HttpAddress a)
{
    char text[INET6_ADDRSTRLEN];
    bool four = is_four(a);
    inet_ntop(four ? AF_INET : AF_INET6, four ? a.ip + 12 : a.ip, text, sizeof text);
    return str_copy(mem, str_of(text));
}

bool http_address_read(Str text, HttpAddress *out)
{
    char c[INET6_ADDRSTRLEN] = { 0 };
    if (text.n <= 0 || text.n >= (ptrdiff_t)sizeof c) return false;
    memcpy(c, text.s, (size_t)text.n);
    *out = (HttpAddress){ .ip = { [10] = 0xFF, [11] = 0xFF } };
    return inet_pton(AF_INET, c, out->ip + 12) == 1 || inet_pton(AF_INET6, c, out->ip) == 1;
}

bool http_address_is_local(HttpAddress a)
{
    static const unsigned char one[16] = { [15] = 1 };
    return is_four(a) ? a.ip[12] == 127 : !memcmp(a.ip, one, 16);
}
