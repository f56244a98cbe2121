/* Text that grows. */
#include "core/buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

Buf buf_new(Arena *mem, ptrdiff_t cap)
{
    return (Buf){ .data = NEW_RAW(mem, char, cap), .cap = cap, .mem = mem };
}

Buf buf_sink(Arena *mem, ptrdiff_t cap, bool (*sink)(void *, Str), void *to)
{
    Buf b  = buf_new(mem, cap);
    b.sink = sink;
    b.to   = to;
    return b;
}

bool buf_to_fd(void *fd, Str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(*(int *)fd, bytes.s, (size_t)bytes.n);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes = str_from(bytes, n);
    }
    return true;
}

bool buf_flush(Buf *b)
{
    if (b->sink && b->len && !b->failed) b->failed = !b->sink(b->to, buf_str(b));
    if (b->sink) b->len = 0;
    return !b->failed;
}

static void buf_grow(Buf *b, ptrdiff_t more)
{
    ptrdiff_t cap = b->cap < 64 ? 64 : b->cap;
    while (cap - b->len < more) cap *= 2;
    if (b->data + b->cap == b->mem->beg) { /* nothing was taken since: grow in place */
        arena_take_raw(b->mem, 1, 1, cap - b->cap);
    } else {
        char *data = NEW_RAW(b->mem, char, cap);
        if (b->len) memcpy(data, b->data, (size_t)b->len);
        b->data = data;
    }
    b->cap = cap;
}

void buf_put(Buf *b, Str s)
{
    if (s.n > b->cap - b->len) {
        if (b->sink) {
            buf_flush(b);
            if (s.n > b->cap) {
                if (!b->failed) b->failed = !b->sink(b->to, s);
                return;
            }
        } else {
            buf_grow(b, s.n);
        }
    }
    if (s.n) memcpy(b->data + b->len, s.s, (size_t)s.n);
    b->len += s.n;
}

void buf_c(Buf *b, const char *s)
{
    buf_put(b, str_of(s));
}

void buf_char(Buf *b, char c)
{
    if (b->len < b->cap) b->data[b->len++] = c;
    else buf_put(b, (Str){ &c, 1 });
}

void buf_i64(Buf *b, int64_t v)
{
    char     digits[24];
    char    *end = digits + sizeof digits, *p = end;
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0) *--p = '-';
    buf_put(b, (Str){ p, end - p });
}

void buf_fmt(Buf *b, const char *fmt, ...)
{
    char    small[256];
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, fmt, args);
    if (n < (int)sizeof small) {
        buf_put(b, (Str){ small, n });
    } else {
        Arena borrowed = *b->mem;
        char *large    = NEW_RAW(&borrowed, char, n + 1);
        vsnprintf(large, (size_t)n + 1, fmt, again);
        if (!b->sink) *b->mem = borrowed; /* growing copies from it */
        buf_put(b, (Str){ large, n });
    }
    va_end(again);
    va_end(args);
}

Str buf_str(const Buf *b)
{
    return (Str){ b->data, b->len };
}
