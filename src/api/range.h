/* A part of a file, as a player asks for it that jumps to a minute of a recording (RFC 9110, 14).
 *
 * One stretch of bytes is answered, 206; several, or what is no range, get the whole file, as the standard lets one do.
 * The file is known by its tag: who has begun with another one (If-Range) gets the whole as well. */
#ifndef API_RANGE_H
#define API_RANGE_H

#include "core/str.h"

typedef enum { RANGE_WHOLE, RANGE_PART, RANGE_OUTSIDE } RangeKind;

typedef struct {
    RangeKind kind;
    int64_t   from, n; /* of RANGE_PART: n > 0, within the size */
} Range;

/* `range` and `if_range` are the headers' values, s null where they are not there; `tag` with its quotation marks. */
Range range_read(Str range, Str if_range, Str tag, int64_t size);

#endif
