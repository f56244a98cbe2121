/* A page of a PDF as a picture.
 *
 * Not in the browser's own viewer: phones have none inside a page, and a file that is both PDF and page could be taken
 * for the other.  `pdftoppm` of poppler draws it, as a program of its own within a fence (work/fence.h): whatever a
 * file makes of it, it ends, takes no more of memory, time and disk than it may, and reaches nothing but itself. */
#ifndef FILES_PREVIEW_H
#define FILES_PREVIEW_H

#include "files/files.h"

enum { PREVIEW_PAGES_MOST = 10000 };

/* From a slow work: page n from 1 as PNG in a file without a name; the caller closes it.  NOT_FOUND with words: no PDF,
 * no such page, or one that cannot be drawn.  `folder` is for files without names, on the disk meanwhile. */
Err preview_page(Work *w, const File *f, int64_t n, const char *folder, int *fd);

#endif
