/* The bytes of a file where the system keeps them. */
#include "format/mapped.h"
#include "core/bounds.h"
#include "core/number.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

int temporary_open(void)
{
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder) folder = "/tmp";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) return fd;
    char path[4096]; /* a file system that knows no nameless files */
    if (strlen(folder) > sizeof path - 16) return -1;
    strcat(strcpy(path, folder), "/sbyt-XXXXXX");
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0) unlink(path);
    return fd;
}

bool temporary_write(void *fd, Str bytes)
{
    struct statvfs disk;
    if (fstatvfs(*(int *)fd, &disk) != 0) return false;
    Wide room = (Wide)disk.f_bavail * (Wide)disk.f_frsize;
    return room - bytes.n >= BOUND_ROOM_KEPT && buf_to_fd(fd, bytes);
}

Err mapped_of(int fd, Str *out)
{
    struct stat st;
    *out = (Str){ "", 0 };
    if (fstat(fd, &st) != 0) return BROKEN;
    if (st.st_size == 0) return OK;
    char *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) return BROKEN;
    *out = (Str){ at, (ptrdiff_t)st.st_size };
    return OK;
}

void mapped_close(Str bytes)
{
    if (bytes.n) munmap((char *)(uintptr_t)bytes.s, (size_t)bytes.n);
}

/* All that comes out of `from`. */
static Err pipe_keep(int from, Str *out, Problems *problems)
{
    static _Thread_local char block[1 << 16];
    int     to = temporary_open();
    ssize_t n  = to < 0 ? -1 : read(from, block, sizeof block);
    while (n > 0 && temporary_write(&to, (Str){ block, n })) n = read(from, block, sizeof block);
    Err err = n == 0 ? mapped_of(to, out) : BROKEN;
    if (to >= 0) close(to);
    return err == OK ? OK : PROBLEM(problems, BROKEN, NULL, "file.no_temporary");
}

static Err refused(int error, const char *path, Problems *problems)
{
    Arg what = arg_text("path", str_of(path));
    if (error == ENOENT || error == ENOTDIR) return PROBLEM(problems, NOT_FOUND, NULL, "file.not_found", what);
    if (error == EACCES || error == EPERM) return PROBLEM(problems, DENIED, NULL, "file.not_allowed", what);
    if (error == EISDIR) return PROBLEM(problems, INVALID, NULL, "file.is_folder", what);
    return PROBLEM(problems, BROKEN, NULL, "file.not_readable", what);
}

Err mapped_open(const char *path, Str *out, Problems *problems)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) return refused(errno, path, problems);
    Err err = OK;
    if (S_ISDIR(st.st_mode)) err = refused(EISDIR, path, problems);
    else if (!S_ISREG(st.st_mode)) err = pipe_keep(fd, out, problems);
    else if (mapped_of(fd, out) != OK) err = refused(EIO, path, problems);
    close(fd);
    return err;
}
