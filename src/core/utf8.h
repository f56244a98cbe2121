/* Text as people write it: UTF-8, letters of both cases, and the keys by which names are sorted and found. */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include "core/buf.h"

/* The next code point of s at *at, which moves on; an ill-formed byte gives U+FFFD and moves by one.  *at < s.n. */
uint32_t utf8_next(Str s, ptrdiff_t *at);
void     buf_rune(Buf *b, uint32_t rune);

/* Well-formed by RFC 3629?  On false *bad is the place of the first wrong byte. */
bool     utf8_valid(Str s, ptrdiff_t *bad);

/* Lower case of Latin, Greek and Cyrillic letters; anything else is itself. */
uint32_t rune_lower(uint32_t rune);
bool     rune_is_letter_or_digit(uint32_t rune);

/* The lower-case letter as one with the marks that follow it at *at, as far as there is such a letter: й, which a Mac
 * writes as и and a breve. */
uint32_t rune_with_marks(uint32_t letter, Str s, ptrdiff_t *at);

/* For finding: lower case, ё as е, runs of blanks as one, no blanks at the ends; a letter and its mark as one letter,
 * invisible ones left out.  `Артём  ЁЖ` -> `артем еж`. */
Str name_find(Arena *mem, Str name);

/* For sorting in byte order as a Russian expects: legal form and quotes aside, case folded, ё between е and ж, digits
 * by value.  The result is a key, not a text for people. */
Str name_sort(Arena *mem, Str name);

#endif
