/* The bytes of a file where the system keeps them, without reading them in.  Memory is not used up: the system may drop
 * and fetch them as it likes.  A file that somebody shortens meanwhile ends the program. */
#ifndef FORMAT_MAPPED_H
#define FORMAT_MAPPED_H

#include "core/buf.h"
#include "core/problem.h"

/* A regular file is mapped as it is; what comes through a pipe is copied to a temporary file first.  NOT_FOUND
 * (file.not_found), DENIED (file.not_allowed), INVALID (file.is_folder), BROKEN (file.not_readable, file.no_temporary),
 * all with {path} but the last. An empty file gives the empty text. */
Err  mapped_open(const char *path, Str *out, Problems *problems);

/* A temporary file without a name, in $TMPDIR or /tmp; -1 when there is none to be had. */
int  temporary_open(void);

/* Writes to it (`fd` points at the descriptor, as for buf_to_fd), but never into the last room of its disk, which the
 * base and others need (core/bounds.h): false then, and nothing of it is written. */
bool temporary_write(void *fd, Str bytes);

/* Everything that was written to the file. */
Err  mapped_of(int fd, Str *out);
void mapped_close(Str bytes);

#endif
