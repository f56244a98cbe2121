/* Encodings of text files: which one it is, and from and to UTF-8, in which everything inside the program is. */
#ifndef FORMAT_CHARSET_H
#define FORMAT_CHARSET_H

#include "format/form.h"

extern const char *const encoding_names[]; /* by Encoding, as IANA names them */

/* What the bytes are written in: by their mark (*mark is its length, else 0), by their shape (UTF-16, UTF-8), and,
 * where each byte is a letter, by how often letters stand in Russian text.  UTF-8 with single broken bytes is still
 * UTF-8, so that the reader can name the place.  Plain ASCII is UTF-8.  A UTF-16 sample begins at an even place of its
 * file. */
Encoding encoding_detect(Str sample, ptrdiff_t *mark);

Str encoding_mark(Encoding e); /* the byte order mark; empty for one-byte encodings */

/* Appends the text in UTF-8 and returns how many bytes it took: all, but for the half of a UTF-16 character at the end.
 * Whatever is no character becomes U+FFFD.  UTF-8 is passed on unchecked (utf8_first_bad checks it).  A mark is a
 * character like others. */
ptrdiff_t text_to_utf8(Encoding from, Str bytes, Buf *out);

/* Appends the UTF-8 text in another encoding; returns how many characters had no place there and became '?'. */
int64_t text_from_utf8(Encoding to, Str utf8, Buf *out);

/* Where the first byte stands that is not well-formed by RFC 3629, or -1.  As core's utf8_valid, in long steps. */
ptrdiff_t utf8_first_bad(Str s);

#endif
