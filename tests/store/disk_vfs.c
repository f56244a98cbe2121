/* The file system under SQLite: the system's own, with each write, sync and change of name noted, and writes refused
 * when there is no room.  Reads, locks and shared memory go straight through. */
#include "tests/store/disk.h"

#include "store/db.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    sqlite3_file  base;
    int           file;
    sqlite3_file *real; /* behind this */
} Noted;

static sqlite3_vfs        *real, ours;
static sqlite3_syscall_ptr folder_open;

static sqlite3_file *real_of(sqlite3_file *f) { return ((Noted *)f)->real; }

/* ---- what is noted ---- */

static int n_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
    if (!disk_write(((Noted *)f)->file, at, (Str){ bytes, n })) return SQLITE_FULL;
    return real_of(f)->pMethods->xWrite(real_of(f), bytes, n, at);
}

static int n_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    disk_size(((Noted *)f)->file, size);
    return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int n_sync(sqlite3_file *f, int flags)
{
    disk_sync(((Noted *)f)->file);
    return real_of(f)->pMethods->xSync(real_of(f), flags);
}

/* ---- what goes through ---- */

#define THROUGH(f, call, ...) (real_of(f)->pMethods->call(real_of(f), ##__VA_ARGS__))

static int  n_close(sqlite3_file *f) { return THROUGH(f, xClose); }
static int  n_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) { return THROUGH(f, xRead, to, n, at); }
static int  n_size(sqlite3_file *f, sqlite3_int64 *size) { return THROUGH(f, xFileSize, size); }
static int  n_lock(sqlite3_file *f, int kind) { return THROUGH(f, xLock, kind); }
static int  n_unlock(sqlite3_file *f, int kind) { return THROUGH(f, xUnlock, kind); }
static int  n_locked(sqlite3_file *f, int *is) { return THROUGH(f, xCheckReservedLock, is); }
static int  n_control(sqlite3_file *f, int what, void *arg) { return THROUGH(f, xFileControl, what, arg); }
static int  n_sector(sqlite3_file *f) { return THROUGH(f, xSectorSize); }
static int  n_traits(sqlite3_file *f) { return THROUGH(f, xDeviceCharacteristics); }
static int  n_shm_lock(sqlite3_file *f, int at, int n, int flags) { return THROUGH(f, xShmLock, at, n, flags); }
static void n_shm_barrier(sqlite3_file *f) { THROUGH(f, xShmBarrier); }
static int  n_shm_unmap(sqlite3_file *f, int remove) { return THROUGH(f, xShmUnmap, remove); }
static int  n_shm_map(sqlite3_file *f, int at, int size, int grow, void volatile **to)
{
    return THROUGH(f, xShmMap, at, size, grow, to);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,           .xClose = n_close,       .xRead = n_read,         .xWrite = n_write,
    .xTruncate = n_truncate, .xSync = n_sync,         .xFileSize = n_size,     .xLock = n_lock,
    .xUnlock = n_unlock,     .xCheckReservedLock = n_locked, .xFileControl = n_control, .xSectorSize = n_sector,
    .xDeviceCharacteristics = n_traits, .xShmMap = n_shm_map, .xShmLock = n_shm_lock, .xShmBarrier = n_shm_barrier,
    .xShmUnmap = n_shm_unmap,
};

/* ---- names ---- */

static int n_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *got)
{
    Noted *n = (Noted *)f;
    (void)vfs;
    n->real  = (sqlite3_file *)(void *)(n + 1);
    n->file  = DISK_OTHER;
    int code = real->xOpen(real, path, n->real, flags, got);
    f->pMethods = n->real->pMethods ? &methods : NULL;
    if (code == SQLITE_OK && flags & SQLITE_OPEN_READWRITE) n->file = disk_file(path, false);
    return code;
}

static int n_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
    (void)vfs;
    int code = real->xDelete(real, path, false);
    if (code == SQLITE_OK) disk_remove(path);
    char *slash = code == SQLITE_OK && sync ? strrchr(path, '/') : NULL;
    if (slash) {
        char folder[512];
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
        disk_folder_sync(folder);
    }
    return code;
}

/* SQLite opens a folder in order to sync it: below a new journal, at its first sync. */
static int folder_opened(const char *path, int *fd)
{
    char  folder[512];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash) *slash = 0;
    disk_folder_sync(folder);
    return ((int (*)(const char *, int *))(void (*)(void))folder_open)(path, fd);
}

/* SQLite is set up by whoever opens a base first: that is to be the program. */
static void set_up_first(void)
{
    Db     *db;
    DbFault why;
    if (db_open(S(":memory:"), DB_CREATE, &db, &why) == OK) db_close(db);
}

void disk_vfs_begin(void)
{
    set_up_first();
    real          = sqlite3_vfs_find(NULL);
    ours          = *real;
    ours.zName    = "noted";
    ours.szOsFile = real->szOsFile + (int)sizeof(Noted);
    ours.xOpen    = n_open;
    ours.xDelete  = n_delete;
    folder_open   = real->xGetSystemCall(real, "openDirectory");
    real->xSetSystemCall(real, "openDirectory", (sqlite3_syscall_ptr)(void (*)(void))folder_opened);
    sqlite3_vfs_register(&ours, 1);
}

void disk_vfs_end(void)
{
    sqlite3_vfs_unregister(&ours);
    sqlite3_vfs_register(real, 1);
    real->xSetSystemCall(real, "openDirectory", folder_open);
}
