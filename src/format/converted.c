/* A whole text in another encoding, as UTF-8. */
#include "format/converted.h"
#include "format/charset.h"
#include "format/mapped.h"

#include <unistd.h>

enum { PIECE = 1 << 18 };

Err text_as_utf8(Str bytes, Encoding encoding, Str *out)
{
    int   fd  = temporary_open();
    Arena mem = arena_new(4 * PIECE);
    Buf   to  = buf_sink(&mem, PIECE, temporary_write, &fd);
    for (ptrdiff_t n = 1; fd >= 0 && bytes.n && n; bytes = str_from(bytes, n))
        n = text_to_utf8(encoding, str_upto(bytes, PIECE), &to);
    Err err = fd >= 0 && buf_flush(&to) ? mapped_of(fd, out) : BROKEN;
    if (fd >= 0) close(fd);
    arena_drop(&mem);
    return err;
}
