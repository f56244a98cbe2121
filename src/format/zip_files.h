/* The files that people put into a zip: for format/unpack.c and format/pack.c. */
#ifndef FORMAT_ZIP_FILES_H
#define FORMAT_ZIP_FILES_H

#include "format/zipped.h"

/* Folders, empty files, and what systems put beside files are none. */
bool zip_is_file(const Zipped *z, int64_t part);

/* Its name without folders: UTF-8, or what DOS made of it. */
Str  zip_file_name(Arena *mem, const Zipped *z, int64_t part);

/* Adds what is wrong with a part that does not open: file.archive_locked, file.archive_broken (part). */
Err  zip_file_refused(const Zipped *z, Str name);

#endif
