/* Making, checking and listing copies. */
#include "app/backup.h"

#include "app/copy_check.h"
#include "core/durable.h"
#include "core/log.h"
#include "work/child.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* sbyt-2026-03-04T050607: sorts by time, and no colon troubles any file system; sbyt-2026-03-04T050607-2 is the second
 * of its second. */
static Str name_of(Arena *mem, Moment at, int n, bool dump)
{
    Buf iso = buf_new(mem, 32), b = buf_new(mem, 40);
    buf_moment(&iso, at);
    buf_c(&b, "sbyt-");
    for (ptrdiff_t i = 0; i < 19; i++)
        if (iso.data[i] != ':') buf_char(&b, iso.data[i]);
    if (n > 1) buf_fmt(&b, "-%d", n);
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
    if (x->at != y->at) return x->at < y->at ? 1 : -1;
    return x->name.n != y->name.n ? (x->name.n < y->name.n ? 1 : -1) : str_cmp(y->name, x->name);
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

static const CopyStop copy_stop = { stop_asked, making_set };

/* ---- SQLite ---- */

typedef struct {
    Arena      *mem;
    Db         *db;
    const char *path;
    Str        *words;
} Copying;

static Err vacuum_into(void *to)
{
    const Copying *c   = to;
    Err            err = db_run(c->db, S("vacuum into $1"), VALS(val_text(str_of(c->path))), NULL);
    if (err) *c->words = str_copy(c->mem, str_of(db_engine_words(c->db)));
    return err;
}

/* A connection for reading only may not write elsewhere either. */
static Err sqlite_copy(Arena *mem, Str address, const char *path, Str *words)
{
    Copying c = { .mem = mem, .path = path, .words = words };
    DbFault why;
    TRY(db_open(address, DB_WRITE, &c.db, &why));
    return copy_opened(c.db, &copy_stop, vacuum_into, &c);
}

/* ---- PostgreSQL ---- */

static Err dump(Arena *mem, Str address, const char *path)
{
    const char *words[] = { "pg_dump",
                            "--format=custom",
                            "--no-owner",
                            "--no-privileges",
                            "--exclude-schema=" RESTORE_KEPT "*",
                            "--file",
                            path,
                            NULL };
    return child_run(mem, address, words, stop_asked);
}

/* ---- both ---- */

static Err give_name(Problems *problems, const char *part, const char *path)
{
    if (durable_rename(part, path)) return OK;
    return PROBLEM(problems, BROKEN, NULL, "backup.failed", arg_text("why", str_of(strerror(errno))));
}

/* A copy never takes the name of another. */
static char *free_path(Arena *mem, const char *folder, Moment now, bool dump, Str *name)
{
    for (int n = 1;; n++) {
        *name      = name_of(mem, now, n, dump);
        char *path = str_c(mem, str_fmt(mem, "%s/%.*s", folder, (int)name->n, name->s));
        if (access(path, F_OK) != 0) return path;
    }
}

typedef struct {
    Problems   *problems;
    Arena      *mem;
    Str         address;
    const char *folder;
    Moment      now;
    Str        *name;
    char       *part; /* what stands on the disk while it is made; null: nothing yet */
} Making;

static Err make(void *to)
{
    Making *m      = to;
    bool    sqlite = db_engine_of(m->address) == DB_SQLITE;
    char   *path   = free_path(m->mem, m->folder, m->now, !sqlite, m->name);
    Str     why    = sqlite ? S("SQLite") : S("pg_dump");
    if (access(m->folder, W_OK | X_OK) != 0)
        return PROBLEM(m->problems, NOT_FOUND, NULL, "backup.no_folder", arg_text("dir", str_of(m->folder)));
    m->part = str_c(m->mem, str_fmt(m->mem, "%s.part", path));
    unlink(m->part);
    Err err = sqlite ? sqlite_copy(m->mem, m->address, m->part, &why) : dump(m->mem, m->address, m->part);
    if (err != OK) return PROBLEM(m->problems, err, NULL, "backup.failed", arg_text("why", why));
    TRY(copy_check(m->problems, m->mem, m->address, m->part, m->part, &copy_stop));
    return give_name(m->problems, m->part, path);
}

/* Two copies at once would only take longer; whoever wants the second is told so and does not wait. */
Err backup_make(Problems *problems, Arena *mem, Str address, const char *folder, Moment now, Str *name)
{
    static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
    Making m = { problems, mem, address, folder, now, name, NULL };
    if (pthread_mutex_trylock(&one) != 0) return PROBLEM(problems, CONFLICT, NULL, "backup.one_is_made");
    Err err = guarded(make, &m);
    if (err != OK && m.part) unlink(m.part);
    pthread_mutex_unlock(&one);
    return err;
}

/* ---- what is kept ---- */

typedef struct {
    int days, others;
} KeptCopies;

/* `next` is the one made before it; null: there is none. */
static bool is_kept(const Copy *copy, const Copy *next, KeptCopies *kept)
{
    bool first_of_day = !next || next->at / BACKUP_DAY_MS != copy->at / BACKUP_DAY_MS;
    return (first_of_day ? kept->days++ : kept->others++) < BACKUPS_KEPT;
}

/* Of each day the first stays, of the rest the newest: so whoever makes many in a row drives out no day.  Copies of a
 * time to come were made while the clock ran ahead: as many of them stay beside those of their own. */
static void remove_old(Arena *mem, const char *folder, Moment now)
{
    Copy      *copies;
    ptrdiff_t  n;
    KeptCopies kept[2] = { 0 };
    if (backup_list(mem, folder, &copies, &n) != OK) return;
    for (ptrdiff_t i = 0; i < n; i++)
        if (!is_kept(&copies[i], i + 1 < n ? &copies[i + 1] : NULL, &kept[copies[i].at > now]))
            unlink(str_c(mem, str_fmt(mem, "%s/%.*s", folder, (int)copies[i].name.n, copies[i].name.s)));
}

Err backup_make_own(Problems *problems, Arena *mem, const Program *p, Moment now, Str *name)
{
    TRY(backup_make(problems, mem, p->address, p->backup, now, name));
    remove_old(mem, p->backup, now);
    return OK;
}

/* ---- the round ---- */

Moment backup_newest(const Copy *copies, ptrdiff_t n, Moment now)
{
    ptrdiff_t i = 0;
    while (i < n && copies[i].at > now) i++;
    return i < n ? copies[i].at : 0;
}

Err backup_round(Work *w, const Program *p)
{
    Str name;
    Err err = backup_make_own(&w->problems, w->mem, p, w->now, &name);
    if (err == OK) log_line("backup", "%.*s is made and checked", (int)name.n, name.s);
    else log_line("backup", "the daily copy failed: %s", w->problems.first ? w->problems.first->key : "?");
    return err;
}
