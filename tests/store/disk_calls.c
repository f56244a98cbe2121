/* The calls of libc by which our own code touches files, with the disk in between: the linker sends them here (--wrap
 * in meson.build).  With 64-bit offsets, as the project is built, open is open64. */
#include "tests/store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void (*disk_synced)(int fd);

enum { FDS_MOST = 4096 };

static _Atomic(int) file_of[FDS_MOST]; /* number of the file behind a descriptor, plus 1 */
static char         folder_of[FDS_MOST][256];

int     __real_open64(const char *path, int flags, ...);
int     __real_close(int fd);
ssize_t __real_write(int fd, const void *bytes, size_t n);
int     __real_fsync(int fd);
int     __real_rename(const char *from, const char *to);
int     __real_link(const char *from, const char *to);
int     __real_unlink(const char *path);
int     __real_mkdir(const char *path, mode_t mode);
int     __wrap_open64(const char *path, int flags, ...);
int     __wrap_close(int fd);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
int     __wrap_fsync(int fd);
int     __wrap_rename(const char *from, const char *to);
int     __wrap_link(const char *from, const char *to);
int     __wrap_unlink(const char *path);
int     __wrap_mkdir(const char *path, mode_t mode);

static bool is_folder(int fd)
{
    struct stat s;
    return fstat(fd, &s) == 0 && S_ISDIR(s.st_mode);
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    int fd = __real_open64(path, flags, mode);
    if (fd < 0 || fd >= FDS_MOST || !disk_holds(path)) return fd;
    if ((flags & O_TMPFILE) == O_TMPFILE) atomic_store(&file_of[fd], disk_nameless(path) + 1);
    else if (is_folder(fd)) strncpy(folder_of[fd], path, sizeof folder_of[fd] - 1);
    else atomic_store(&file_of[fd], disk_file(path, flags & O_TRUNC) + 1);
    return fd;
}

int __wrap_close(int fd)
{
    if (fd >= 0 && fd < FDS_MOST) {
        if (folder_of[fd][0]) folder_of[fd][0] = 0; /* written by whoever opened a folder alone: others only look */
        atomic_store(&file_of[fd], 0);
    }
    return __real_close(fd);
}

static int noted_file(int fd)
{
    return fd >= 0 && fd < FDS_MOST ? atomic_load(&file_of[fd]) - 1 : DISK_OTHER;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    int file = noted_file(fd);
    if (file != DISK_OTHER && !disk_write(file, lseek(fd, 0, SEEK_CUR), (Str){ bytes, (ptrdiff_t)n })) {
        errno = ENOSPC;
        return -1;
    }
    return __real_write(fd, bytes, n);
}

int __wrap_fsync(int fd)
{
    disk_sync(noted_file(fd));
    if (fd >= 0 && fd < FDS_MOST && folder_of[fd][0]) disk_folder_sync(folder_of[fd]);
    int code = __real_fsync(fd);
    if (disk_synced) disk_synced(fd);
    return code;
}

int __wrap_rename(const char *from, const char *to)
{
    int code = __real_rename(from, to);
    if (code == 0) disk_rename(from, to);
    return code;
}

int __wrap_link(const char *from, const char *to)
{
    int code = __real_link(from, to);
    if (code == 0) disk_link(from, to);
    return code;
}

int __wrap_unlink(const char *path)
{
    int code = __real_unlink(path);
    if (code == 0) disk_remove(path);
    return code;
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    int code = __real_mkdir(path, mode);
    if (code == 0) disk_folder(path);
    return code;
}
