/* What any file is by its content, never by its name: the type under which it may be handed on, and the points of a
 * picture.
 *
 * A type is told only where a browser cannot be made to run what it is given under it.  What could run (HTML, SVG, XML,
 * a script, a program), and what nobody knows, is `application/octet-stream`: something to be saved.
 *
 * Sources: PNG (ISO/IEC 15948) 11.2.2, GIF89a 18, JPEG (ITU T.81) B.2.2, WebP (RFC 9649) 2.5 to 2.7, ISO base media
 * files (ISO/IEC 14496-12) 4.3. */
#ifndef FORMAT_CONTENT_H
#define FORMAT_CONTENT_H

#include "core/str.h"

/* The beginning that it takes to tell: a JPEG of a camera has its thumbnail and its colours ahead of its size. */
enum { CONTENT_HEAD = 1 << 20 };

/* What may be shown at all: a browser unfolds a picture to four bytes a point. */
#define PICTURE_POINTS_MOST INT64_C(50000000)

typedef struct {
    const char *type;          /* "image/png"; "application/octet-stream"                                   */
    int64_t     width, height; /* of a PNG, JPEG, GIF or WebP; 0: of anything else, or it cannot be told    */
} Content;

#define CONTENT_UNKNOWN "application/octet-stream"
#define CONTENT_PDF     "application/pdf"

/* `head` is the whole file, or its first CONTENT_HEAD bytes. */
Content content_of(Str head);

/* A picture that every browser shows, with its points known and not too many. */
bool content_shows(Content c);

#endif
