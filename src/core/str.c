/* A piece of text and what is done with it. */
#include "core/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Str str_of(const char *c)
{
    return (Str){ c, c ? (ptrdiff_t)strlen(c) : 0 };
}

Str str_copy(Arena *mem, Str s)
{
    char *to = NEW_RAW(mem, char, s.n);
    if (s.n) memcpy(to, s.s, (size_t)s.n);
    return (Str){ to, s.n };
}

char *str_c(Arena *mem, Str s)
{
    char *to = NEW_RAW(mem, char, s.n + 1);
    if (s.n) memcpy(to, s.s, (size_t)s.n);
    to[s.n] = 0;
    return to;
}

Str str_fmt(Arena *mem, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int   n  = vsnprintf(NULL, 0, fmt, args);
    char *to = NEW_RAW(mem, char, n + 1);
    vsnprintf(to, (size_t)n + 1, fmt, again);
    va_end(again);
    va_end(args);
    return (Str){ to, n };
}

bool str_eq(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, (size_t)a.n) == 0);
}

int str_cmp(Str a, Str b)
{
    ptrdiff_t n = a.n < b.n ? a.n : b.n;
    int       c = n ? memcmp(a.s, b.s, (size_t)n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(Str s, Str head)
{
    return s.n >= head.n && str_eq((Str){ s.s, head.n }, head);
}

bool str_ends(Str s, Str tail)
{
    return s.n >= tail.n && str_eq(str_from(s, s.n - tail.n), tail);
}

enum { SHORT_PART = 32 };

/* By its last byte: of letters beyond ASCII it tells more than the first, which nearly all of them share. */
static ptrdiff_t find_short(Str s, Str part)
{
    ptrdiff_t   before = part.n - 1;
    const char *end = s.s + s.n, *at = s.s + before;
    while (at < end && (at = memchr(at, part.s[before], (size_t)(end - at)))) {
        if (memcmp(at - before, part.s, (size_t)before) == 0) return at - before - s.s;
        at++;
    }
    return -1;
}

/* memmem fills a table at each call, which takes longer than to look through a name; it is for what is long, where
 * comparing at each place could take a square of it. */
ptrdiff_t str_find(Str s, Str part)
{
    if (part.n == 0) return 0;
    if (s.n < part.n) return -1;
    if (part.n <= SHORT_PART) return find_short(s, part);
    const char *at = memmem(s.s, (size_t)s.n, part.s, (size_t)part.n);
    return at ? at - s.s : -1;
}

Str str_from(Str s, ptrdiff_t at)
{
    if (at > s.n) at = s.n;
    return (Str){ s.s ? s.s + at : s.s, s.n - at };
}

Str str_upto(Str s, ptrdiff_t n)
{
    return (Str){ s.s, n < s.n ? n : s.n };
}

Str str_short(Str s, ptrdiff_t n)
{
    if (n >= s.n) return s;
    while (n > 0 && ((unsigned char)s.s[n] & 0xC0) == 0x80) n--;
    return str_upto(s, n);
}

static ptrdiff_t blank_at_start(Str s)
{
    if (s.n == 0 || (signed char)*s.s > ' ') return 0; /* nearly all texts; bytes from 0x80 are below 0 */
    if (*s.s == ' ' || (*s.s >= '\t' && *s.s <= '\r')) return 1;
    if (str_starts(s, S("\xC2\xA0"))) return 2;
    if (str_starts(s, S("\xE2\x80\xAF")) || str_starts(s, S("\xEF\xBB\xBF"))) return 3;
    return 0;
}

static ptrdiff_t blank_at_end(Str s)
{
    signed char last = s.n ? (signed char)s.s[s.n - 1] : 'x';
    if (last > ' ') return 0;
    if (last == ' ' || (last >= '\t' && last <= '\r')) return 1;
    if (str_ends(s, S("\xC2\xA0"))) return 2;
    if (str_ends(s, S("\xE2\x80\xAF")) || str_ends(s, S("\xEF\xBB\xBF"))) return 3;
    return 0;
}

Str str_trim(Str s)
{
    for (ptrdiff_t n; (n = blank_at_start(s)) > 0;) s = str_from(s, n);
    for (ptrdiff_t n; (n = blank_at_end(s)) > 0;) s.n -= n;
    return s;
}

Str str_cut(Str *rest, char sep)
{
    const char *at   = rest->n ? memchr(rest->s, sep, (size_t)rest->n) : NULL;
    Str         head = at ? str_upto(*rest, at - rest->s) : *rest;
    *rest            = at ? str_from(*rest, head.n + 1) : (Str){ rest->s ? rest->s + rest->n : NULL, 0 };
    return head;
}

bool str_i64(Str s, int64_t *out)
{
    bool minus = s.n > 0 && *s.s == '-';
    if (minus) s = str_from(s, 1);
    if (s.n == 0) return false;
    int64_t value = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        int digit = s.s[i] - '0';
        if (digit < 0 || digit > 9) return false;
        if (__builtin_mul_overflow(value, 10, &value)) return false;
        if (__builtin_sub_overflow(value, digit, &value)) return false;
    }
    if (!minus && value == INT64_MIN) return false;
    *out = minus ? value : -value;
    return true;
}

static uint64_t fold128(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Multiply-and-fold over words of eight bytes: the construction of wyhash (public domain, Wang Yi), with its own
 * constants. */
uint64_t str_hash(Str s, uint64_t seed)
{
    const uint64_t k0 = 0x9E3779B97F4A7C15u, k1 = 0xD1B54A32D192ED03u;
    uint64_t       h  = seed ^ k0;
    const char    *p  = s.s;
    ptrdiff_t      n  = s.n;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        h = fold128(h ^ word, k1);
    }
    uint64_t tail = 0;
    if (n) memcpy(&tail, p, (size_t)n);
    h = fold128(h ^ tail, k1);
    return fold128(h ^ (uint64_t)s.n, k0);
}
