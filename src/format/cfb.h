/* Compound files: the container in which the old Office keeps its streams, a small file system of sectors in chains.
 *
 * Nothing is believed: a chain that is longer than the file has sectors goes in circles, and one that leaves the file
 * is cut.  A stream is a list of pieces of the file; its bytes are shown where they lie wherever they lie together.
 *
 * Source of the format: [MS-CFB], version 3 and 4. */
#ifndef FORMAT_CFB_H
#define FORMAT_CFB_H

#include "core/problem.h"

#define CFB_HEAD S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

typedef struct {
    int64_t at, from, n; /* in the file; in the stream; bytes */
} CfbPiece;

typedef struct {
    Str       file;
    CfbPiece *piece;
    ptrdiff_t pieces;
    int64_t   size;
    ptrdiff_t last; /* the piece that was asked for last */
} CfbStream;

/* The stream with the first of these names (ASCII, null behind the last) that the file has.  NOT_FOUND without a
 * problem: it has none of them.  INVALID: file.cut (byte), file.xls_circle (byte), file.broken_xls (byte). */
Err cfb_stream(Arena *mem, Str file, const char *const *names, CfbStream *out, Problems *problems);

/* All of a file as a stream. */
CfbStream cfb_whole(Arena *mem, Str file);

/* n bytes of the stream at a place, in `room` where they lie apart; fewer, at the end of what is there. */
Str cfb_bytes(CfbStream *s, int64_t at, ptrdiff_t n, char *room);

/* Where a byte of the stream stands in the file, from 1: for problems. */
int64_t cfb_place(CfbStream *s, int64_t at);

#endif
