/* Reading `bytes=0-499`, `bytes=500-` and `bytes=-500`, and saying what is answered. */
#include "api/range.h"

#include "api/call.h"

/* Digits alone; beyond what counts as far as can be. */
static bool read_place(Str text, int64_t *out)
{
    if (!text.n) return false;
    *out = 0;
    for (ptrdiff_t i = 0; i < text.n; i++) {
        if (text.s[i] < '0' || text.s[i] > '9') return false;
        *out = *out > INT64_MAX / 100 ? INT64_MAX / 10 : *out * 10 + (text.s[i] - '0');
    }
    return true;
}

static Range part(int64_t from, int64_t last, int64_t size)
{
    if (from >= size) return (Range){ RANGE_OUTSIDE, 0, 0 };
    if (last >= size) last = size - 1;
    return (Range){ RANGE_PART, from, last - from + 1 };
}

Range range_read(Str range, Str if_range, Str tag, int64_t size)
{
    const Range whole = { RANGE_WHOLE, 0, size };
    int64_t     from, last = INT64_MAX;
    if (!str_starts(range, S("bytes=")) || (if_range.s && !str_eq(if_range, tag))) return whole;
    Str rest = str_from(range, 6), end = rest, first = str_cut(&end, '-');
    if (first.n == rest.n || str_find(rest, S(",")) >= 0) return whole; /* no dash, or several */
    if (!first.n) {
        if (!read_place(end, &last)) return whole;
        if (last == 0) return (Range){ RANGE_OUTSIDE, 0, 0 };
        return part(last < size ? size - last : 0, size - 1, size);
    }
    if (!read_place(first, &from) || (end.n && (!read_place(end, &last) || last < from))) return whole;
    return part(from, last, size);
}

static const char *places_of(Arena *mem, Range part, int64_t size)
{
    long long from = part.from, last = part.from + part.n - 1, of = size;
    return str_c(mem, part.kind == RANGE_OUTSIDE ? str_fmt(mem, "bytes */%lld", of)
                                                 : str_fmt(mem, "bytes %lld-%lld/%lld", from, last, of));
}

Err answer_part(Request *r, int64_t id, int64_t size, int64_t *from, int64_t *n)
{
    Call  *c    = call_of(r);
    Arena *mem  = &c->http->mem;
    Str    tag  = str_fmt(mem, "\"file-%lld\"", (long long)id);
    Range  part = range_read(asked_header(r, "Range"), asked_header(r, "If-Range"), tag, size);
    c->parts = (Parts){ .tag = str_c(mem, tag) };
    *from    = part.from;
    *n       = part.n;
    if (part.kind == RANGE_WHOLE) return OK;
    c->parts.places = places_of(mem, part, size);
    if (part.kind == RANGE_PART) return OK;
    c->status = 416;
    return fail(r->w, INVALID, NULL, "file.no_such_part", arg_count("size", size));
}
