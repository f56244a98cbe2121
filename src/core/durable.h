/* What is still there after a loss of power.
 *
 * POSIX keeps the bytes of a file when the file was synced, and its name when the folder it stands in was: a new file
 * needs both, a new folder the one above it.  What the program keeps beside the base goes through here. */
#ifndef CORE_DURABLE_H
#define CORE_DURABLE_H

#include "core/base.h"

#include <sys/stat.h>

/* Each returns false with errno. */

/* A file's bytes, or the names in a folder. */
bool durable_sync(const char *path);

/* A written file gets its name: its bytes are synced first, the name after.  After a loss of power there is under `to`
 * the whole new file or what was there before, and the new one if this had returned true. */
bool durable_rename(const char *from, const char *to);

/* Makes a folder, unless it is there already. */
bool durable_folder(const char *path, mode_t mode);

#endif
