/* Syncing files, names and folders. */
#include "core/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool durable_sync(const char *path)
{
    int  fd   = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    int  why  = errno;
    if (fd >= 0) close(fd);
    errno = why;
    return good;
}

/* The folder in which the last name of a path stands: "/a" of "/a/b" and "/a/b/", "/" of "/a", "." of "a". */
static bool folder_sync(const char *path)
{
    char      folder[4096];
    ptrdiff_t n = (ptrdiff_t)strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    while (n > 0 && path[n - 1] != '/') n--;
    while (n > 1 && path[n - 1] == '/') n--;
    if (n >= (ptrdiff_t)sizeof folder) {
        errno = ENAMETOOLONG;
        return false;
    }
    snprintf(folder, sizeof folder, "%.*s", (int)n, path);
    return durable_sync(n ? folder : ".");
}

bool durable_rename(const char *from, const char *to)
{
    return durable_sync(from) && rename(from, to) == 0 && folder_sync(to);
}

bool durable_folder(const char *path, mode_t mode)
{
    if (mkdir(path, mode) == 0) return folder_sync(path);
    return errno == EEXIST;
}
