/* Text that grows.
 *
 * Without a sink the bytes stay in the arena (other things may be taken from it between two writes).  With a sink,
 * `cap` bytes are held and handed on when full: memory stays flat however long the text. */
#ifndef CORE_BUF_H
#define CORE_BUF_H

#include "core/str.h"

typedef struct Buf Buf;

struct Buf {
    char      *data;
    ptrdiff_t  len, cap;
    Arena     *mem;
    bool     (*sink)(void *to, Str bytes); /* false: the receiver is gone or the disk is full */
    void      *to;
    bool       failed;                     /* the sink refused; what follows is dropped       */
};

Buf  buf_new(Arena *mem, ptrdiff_t cap);
Buf  buf_sink(Arena *mem, ptrdiff_t cap, bool (*sink)(void *, Str), void *to);
bool buf_to_fd(void *fd, Str bytes); /* a sink; `fd` points to an int */

void buf_put(Buf *b, Str s);
void buf_c(Buf *b, const char *s);
void buf_char(Buf *b, char c);
void buf_i64(Buf *b, int64_t v);
void buf_fmt(Buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
Str  buf_str(const Buf *b);  /* what is held  */
bool buf_flush(Buf *b);      /* hands on what is held; false if anything was lost */

#endif
