/* A table that was packed, unpacked: .gz, and .zip with one table in it.  A .zip of several stays (format/pack.c). */
#ifndef FORMAT_UNPACK_H
#define FORMAT_UNPACK_H

#include "core/problem.h"

/* *file, mapped (format/mapped.h), becomes what is packed in it, also where that is packed once more; a file that is
 * not packed stays as it is.  Of a zip the one table is taken, told from what lies beside it by its content.
 *
 * INVALID: file.archive_deep (a pack in a pack in a pack), file.archive_empty,
 * file.archive_locked, file.archive_broken (part), file.cut (byte), file.bomb (megabytes, part), file.too_many_parts;
 * BROKEN: file.no_temporary.  Then *file is still to be closed. */
Err table_unpack(Str *file, Problems *problems);

#endif
