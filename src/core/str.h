/* A piece of text: where it starts and how many bytes it has.  Never owns memory, need not end in a NUL. */
#ifndef CORE_STR_H
#define CORE_STR_H

#include "core/arena.h"

typedef struct {
    const char *s;
    ptrdiff_t   n;
} Str;

#define S(literal) ((Str){ "" literal, (ptrdiff_t)sizeof(literal) - 1 })

Str  str_of(const char *c);                       /* null gives the empty text                        */
Str  str_copy(Arena *mem, Str s);
char *str_c(Arena *mem, Str s);                   /* NUL-terminated copy                              */
Str  str_fmt(Arena *mem, const char *fmt, ...) __attribute__((format(printf, 2, 3), nonnull(2)));

bool str_eq(Str a, Str b);
int  str_cmp(Str a, Str b);                       /* byte order                                       */
bool str_starts(Str s, Str head);
bool str_ends(Str s, Str tail);
ptrdiff_t str_find(Str s, Str part);              /* where it begins, or -1                           */
Str  str_from(Str s, ptrdiff_t at);               /* without the first `at` bytes                     */
Str  str_upto(Str s, ptrdiff_t n);                /* the first n bytes at most                        */
Str  str_short(Str s, ptrdiff_t n);               /* the same, but no character of UTF-8 is cut in two  */
Str  str_trim(Str s);                             /* without white space (ASCII, U+00A0, U+202F, U+FEFF) at both ends */

/* Takes what stands before `sep` off the front of *rest; the last piece is the rest itself. */
Str  str_cut(Str *rest, char sep);

/* The whole text as a decimal number; false when it is anything else or does not fit. */
bool str_i64(Str s, int64_t *out);

/* A 64-bit hash of the bytes; equal seeds give equal hashes.  Seed it at random when a stranger chooses the text. */
uint64_t str_hash(Str s, uint64_t seed);

#endif
