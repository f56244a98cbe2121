/* Making, checking and listing copies. */
#include "app/backup.h"

#include "app/child.h"
#include "app/copy_check.h"
#include "core/bounds.h"
#include "core/durable.h"
#include "core/log.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* sbyt-2026-03-04T050607: sorts by time, and no colon troubles any file system. */
static Str name_of(Arena *mem, Moment at, bool dump)
{
    Buf iso = buf_new(mem, 32), b = buf_new(mem, 40);
    buf_moment(&iso, at);
    buf_c(&b, "sbyt-");
    for (ptrdiff_t i = 0; i < 19; i++)
        if (iso.data[i] != ':') buf_char(&b, iso.data[i]);
    buf_c(&b, dump ? ".dump" : ".db");
    return buf_str(&b);
}

static bool at_of(Str name, Moment *at)
{
    Day     day;
    int64_t clock;
    bool    ending = str_ends(name, S(".db")) || str_ends(name, S(".dump"));
    if (!ending || !str_starts(name, S("sbyt-")) || name.n < 22 || name.s[15] != 'T') return false;
    if (!day_read((Str){ name.s + 5, 10 }, &day) || !str_i64((Str){ name.s + 16, 6 }, &clock)) return false;
    *at = (int64_t)day * 86400000 + (clock / 10000 * 3600 + clock / 100 % 100 * 60 + clock % 100) * 1000;
    return true;
}

static int newer_first(const void *a, const void *b)
{
    const Copy *x = a, *y = b;
    return x->at < y->at ? 1 : x->at > y->at ? -1 : 0;
}

Err backup_list(Arena *mem, const char *folder, Copy **out, ptrdiff_t *n)
{
    enum { MOST = 10000 };
    DIR *dir = opendir(folder);
    *out     = NEW_N(mem, Copy, MOST);
    *n       = 0;
    if (!dir) return errno == ENOENT ? OK : BROKEN;
    for (struct dirent *entry; (entry = readdir(dir)) && *n < MOST;) {
        struct stat s;
        Copy        copy = { .name = str_copy(mem, str_of(entry->d_name)) };
        if (!at_of(copy.name, &copy.at) || fstatat(dirfd(dir), entry->d_name, &s, 0) != 0) continue;
        copy.size      = s.st_size;
        (*out)[(*n)++] = copy;
    }
    closedir(dir);
    qsort(*out, (size_t)*n, sizeof(Copy), newer_first);
    return OK;
}

/* ---- stopping what runs ---- */

static struct {
    pthread_mutex_t lock;
    Db             *db;   /* of the copy that is being made or checked */
    bool            stop;
} making = { .lock = PTHREAD_MUTEX_INITIALIZER };

static bool stop_asked(void)
{
    pthread_mutex_lock(&making.lock);
    bool stop = making.stop;
    pthread_mutex_unlock(&making.lock);
    return stop;
}

void backup_stop(void)
{
    pthread_mutex_lock(&making.lock);
    making.stop = true;
    if (making.db) db_stop(making.db);
    pthread_mutex_unlock(&making.lock);
}

static void making_set(Db *db)
{
    pthread_mutex_lock(&making.lock);
    making.db = db;
    if (db && making.stop) db_stop(db);
    pthread_mutex_unlock(&making.lock);
}

/* ---- SQLite ---- */

/* A connection for reading only may not write elsewhere either. */
static Err sqlite_copy(Arena *mem, Str address, const char *path, Str *words)
{
    Db     *db;
    DbFault why;
    TRY(db_open(address, DB_WRITE, &db, &why));
    making_set(db);
    Err err = db_run(db, S("vacuum into $1"), VALS(val_text(str_of(path))), NULL);
    making_set(NULL);
    if (err) *words = str_copy(mem, str_of(db_engine_words(db)));
    db_close(db);
    return err;
}

/* ---- PostgreSQL ---- */

static Err dump(Arena *mem, Str address, const char *path)
{
    const char *words[] = { "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--exclude-schema=" RESTORE_KEPT "*", "--file", path, NULL };
    return child_run(mem, address, words, stop_asked);
}

/* ---- both ---- */

static Err give_name(Problems *problems, const char *part, const char *path)
{
    if (durable_rename(part, path)) return OK;
    return PROBLEM(problems, BROKEN, NULL, "backup.failed", arg_text("why", str_of(strerror(errno))));
}

static const CopyStop copy_stop = { stop_asked, making_set };

static Err make(Problems *problems, Arena *mem, Str address, const char *folder, Moment now, Str *name)
{
    bool  sqlite = db_engine_of(address) == DB_SQLITE;
    *name        = name_of(mem, now, !sqlite);
    char *path = str_c(mem, str_fmt(mem, "%s/%.*s", folder, (int)name->n, name->s)), *part = str_c(mem, str_fmt(mem, "%s.part", path));
    Str   why  = sqlite ? S("SQLite") : S("pg_dump");
    if (access(folder, W_OK | X_OK) != 0) return PROBLEM(problems, NOT_FOUND, NULL, "backup.no_folder", arg_text("dir", str_of(folder)));
    unlink(part);
    Err err = sqlite ? sqlite_copy(mem, address, part, &why) : dump(mem, address, part);
    if (err != OK) err = PROBLEM(problems, err, NULL, "backup.failed", arg_text("why", why));
    if (err == OK) err = copy_check(problems, mem, address, part, &copy_stop);
    if (err == OK) err = give_name(problems, part, path);
    if (err != OK) unlink(part);
    return err;
}

typedef struct {
    Problems   *problems;
    Arena      *mem;
    Str         address;
    const char *folder;
    Moment      now;
    Str        *name;
} Making;

static Err make_guarded(void *to)
{
    const Making *m = to;
    return make(m->problems, m->mem, m->address, m->folder, m->now, m->name);
}

/* Two copies at once would only take longer. */
Err backup_make(Problems *problems, Arena *mem, Str address, const char *folder, Moment now, Str *name)
{
    static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
    Making m = { problems, mem, address, folder, now, name };
    pthread_mutex_lock(&one);
    Err err = guarded(make_guarded, &m);
    pthread_mutex_unlock(&one);
    return err;
}

/* ---- every day ---- */

typedef struct {
    Program    *p;
    atomic_bool running;
    bool        warned;
} Daily;

static Daily daily;

Moment backup_newest(const Copy *copies, ptrdiff_t n, Moment now)
{
    ptrdiff_t i = 0;
    while (i < n && copies[i].at > now) i++;
    return i < n ? copies[i].at : 0;
}

/* Copies of a time to come were made while the clock ran ahead: as many of them stay beside those of their own, which they must not drive out. */
static void remove_old(Arena *mem, const char *folder, Moment now)
{
    Copy     *copies;
    ptrdiff_t n, kept[2] = { 0 };
    if (backup_list(mem, folder, &copies, &n) != OK) return;
    for (ptrdiff_t i = 0; i < n; i++)
        if (kept[copies[i].at > now]++ >= BACKUPS_KEPT) unlink(str_c(mem, str_fmt(mem, "%s/%.*s", folder, (int)copies[i].name.n, copies[i].name.s)));
}

static Err daily_make(Work *w, void *to)
{
    Daily *d = to;
    Str    name;
    TRY(backup_make(&w->problems, w->mem, d->p->address, d->p->backup, w->now, &name));
    log_line("backup", "%.*s is made and checked", (int)name.n, name.s);
    remove_old(w->mem, d->p->backup, w->now);
    return OK;
}

static void daily_done(void *to, Err err, Work *w)
{
    Daily *d = to;
    if (err != OK) log_line("backup", "the daily copy failed: %s", w->problems.first ? w->problems.first->key : "?");
    atomic_store(&d->running, false);
}

static Moment newest(Program *p, Moment now)
{
    Arena     mem = arena_new(BOUND_COPIES);
    Copy     *copies;
    ptrdiff_t n;
    Moment    at = backup_list(&mem, p->backup, &copies, &n) == OK ? backup_newest(copies, n, now) : 0;
    arena_drop(&mem);
    return at;
}

void backup_daily(Call *call, Program *p, Moment now)
{
    static int64_t asked_at;
    (void)call;
    if (atomic_load(&daily.running) || (asked_at && now - asked_at < 60000 && now >= asked_at)) return;
    asked_at = now;
    Moment at = newest(p, now);
    if (at && now - at < BACKUP_DAY_MS) return;
    if (at && now - at > BACKUP_DAY_MS + 3600000) log_line("backup", "the last good copy is older than a day");
    daily.p = p;
    atomic_store(&daily.running, true);
    LaneWork work = { .run = daily_make, .done = daily_done, .to = &daily };
    if (lanes_submit(p->lanes, LANE_SLOW, &work) != OK) atomic_store(&daily.running, false);
}
