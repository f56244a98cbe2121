/* `sbyt restore`: a copy takes the place of the base, and what was there is kept under a name of its own, which is
 * told.
 *
 * The copy is checked before anything is touched.  On PostgreSQL it takes its place in one transaction.  On SQLite it
 * is first written whole beside the base, checked there, and given the name of what will be kept with `.next` behind
 * it: from that renaming on the restore is decided, and when the power goes between the few that are left the next
 * start goes on with them (restore_finish).  So whoever starts finds the base as it was or the restored one; a log that
 * could not be taken in stays with its base, and no file ever has two names.  What was there is never overwritten and
 * never removed: who has RESTORE_KEPT_MOST of them is told to remove some himself. */
#include "app/backup.h"
#include "app/copy_check.h"
#include "core/durable.h"
#include "core/log.h"
#include "entity/change.h"
#include "work/child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 20260304t050607, and a number behind it from the second of the same second on. */
static Str kept_name(Arena *mem, const char *prefix, Moment now, int n)
{
    Buf iso = buf_new(mem, 32), b = buf_new(mem, 100);
    buf_moment(&iso, now);
    buf_c(&b, prefix);
    for (ptrdiff_t i = 0; i < 19; i++)
        if (iso.data[i] != ':' && iso.data[i] != '-') buf_char(&b, iso.data[i] == 'T' ? 't' : iso.data[i]);
    if (n > 1) buf_fmt(&b, "_%d", n);
    return buf_str(&b);
}

static Err failed(Call *call, const char *why)
{
    return PROBLEM(&call->problems, BROKEN, NULL, "restore.failed", arg_text("why", str_of(why)));
}

/* The names of what earlier restores kept, with commas between them. */
typedef struct {
    Buf     names;
    int64_t n;
} KeptList;

static void kept_add(KeptList *kept, Str name)
{
    if (kept->n++) buf_c(&kept->names, ", ");
    buf_put(&kept->names, name);
}

static Err kept_room(Call *call, const KeptList *kept)
{
    if (kept->n < RESTORE_KEPT_MOST) return OK;
    return PROBLEM(&call->problems, CONFLICT, NULL, "restore.kept_many", arg_count("n", kept->n),
                   arg_text("kept", buf_str(&kept->names)));
}

/* ---- SQLite ---- */

static bool bytes_copy(const char *from, const char *to)
{
    enum { PIECE = 1 << 20 };
    static char bytes[PIECE];
    int     in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ssize_t n  = in < 0 || out < 0 ? -1 : 1;
    while (n > 0 && (n = read(in, bytes, PIECE)) > 0)
        if (!buf_to_fd(&out, (Str){ bytes, n })) n = -1;
    bool good = n == 0 && fsync(out) == 0;
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    return good;
}

/* What is decided has this ending. */
#define NEXT ".next"
#define BESIDE ".before-restore-"

static char *beside(Arena *mem, const char *path, const char *ending)
{
    return str_c(mem, str_fmt(mem, "%s%s", path, ending));
}

/* What a base has in its log belongs to it. */
static bool has_log(Arena *mem, const char *base)
{
    return access(beside(mem, base, "-wal"), F_OK) == 0 || access(beside(mem, base, "-journal"), F_OK) == 0;
}

static Err base_copy(Call *call, const char *from, const char *to)
{
    DbFault why;
    Db     *db;
    unlink(to);
    if (db_open(str_of(from), DB_READ, &db, &why) != OK) return fault_problem(call, &why);
    Err err = db_copy(db, to) == OK ? OK : failed(call, db_engine_words(db));
    db_close(db);
    if (err) unlink(to);
    return err;
}

/* Behind its folder. */
static const char *file_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The names beside the base that begin as those of what is kept, one after the other; empty behind the last. */
static Str kept_next(DIR *dir, const char *prefix)
{
    Str begins = str_of(file_of(prefix));
    for (struct dirent *entry; (entry = readdir(dir));)
        if (str_starts(str_of(entry->d_name), begins)) return str_of(entry->d_name);
    return (Str){ 0 };
}

static DIR *kept_folder(Arena *mem, const char *prefix)
{
    return opendir(file_of(prefix) == prefix ? "." : str_c(mem, str_upto(str_of(prefix), file_of(prefix) - prefix)));
}

static Err files_kept(Call *call, const char *prefix)
{
    DIR     *dir  = kept_folder(call->mem, prefix);
    KeptList kept = { .names = buf_new(call->mem, 400) };
    if (!dir) return OK;
    for (Str name; (name = kept_next(dir, prefix)).n;)
        if (!str_ends(name, S("-wal")) && !str_ends(name, S("-shm"))) kept_add(&kept, name);
    closedir(dir);
    return kept_room(call, &kept);
}

/* A name that neither a base nor a log has yet. */
static char *file_name(Call *call, const char *prefix, Moment now)
{
    for (int n = 1;; n++) {
        char *name = str_c(call->mem, kept_name(call->mem, prefix, now, n));
        if (access(name, F_OK) != 0 && access(beside(call->mem, name, "-wal"), F_OK) != 0) return name;
    }
}

/* Nothing is ever overwritten; what is not there has been moved before. */
static bool move_aside(const char *from, const char *to)
{
    if (access(from, F_OK) != 0) return errno == ENOENT;
    if (access(to, F_OK) != 0) return durable_rename(from, to);
    errno = EEXIST;
    return false;
}

/* The power may go between any two of these: what is left of them is done at the next start. */
static Err take_place(Call *call, const char *base, const char *kept)
{
    unlink(beside(call->mem, base, "-shm"));
    if (move_aside(beside(call->mem, base, "-wal"), beside(call->mem, kept, "-wal")) && move_aside(base, kept)
        && durable_rename(beside(call->mem, kept, NEXT), base))
        return OK;
    Str why = str_of(strerror(errno));
    return PROBLEM(&call->problems, BROKEN, NULL, "restore.unfinished", arg_text("why", why),
                   arg_text("kept", str_of(kept)));
}

Err restore_finish(Call *call, Program *p)
{
    if (db_engine_of(p->address) != DB_SQLITE) return OK;
    char *base = str_c(call->mem, p->address), *prefix = beside(call->mem, base, BESIDE), *kept = NULL;
    DIR  *dir = kept_folder(call->mem, prefix);
    for (Str name; dir && !kept && (name = kept_next(dir, prefix)).n;)
        if (str_ends(name, S(NEXT))) {
            name = str_from(str_upto(name, name.n - S(NEXT).n), str_of(file_of(prefix)).n);
            kept = str_c(call->mem, str_fmt(call->mem, "%s%.*s", prefix, (int)name.n, name.s));
        }
    if (dir) closedir(dir);
    return kept ? take_place(call, base, kept) : OK;
}

/* Its words are true: nothing has been touched yet. */
static Err not_begun(Call *call, const char *part)
{
    Err err = failed(call, strerror(errno));
    unlink(part);
    return err;
}

/* As it stood alone all the while: no log beside it, and nobody wrote into it. */
static bool stood_alone(Arena *mem, const char *from, const struct stat *before)
{
    struct stat s;
    return stat(from, &s) == 0 && s.st_size == before->st_size && s.st_ino == before->st_ino &&
           s.st_mtim.tv_sec == before->st_mtim.tv_sec && s.st_mtim.tv_nsec == before->st_mtim.tv_nsec &&
           !has_log(mem, from);
}

/* The copy beside the base: as its bytes where it stands alone, else through SQLite, with what is in its log.  Somebody
 * may begin to write into it while its bytes are read, so that is looked at behind them; and what is checked is what
 * will be the base. */
static Err part_made(Call *call, Program *p, const char *from, const char *part)
{
    struct stat before;
    bool        there = stat(from, &before) == 0;
    if (there && !has_log(call->mem, from) && !bytes_copy(from, part)) return not_begun(call, part);
    if (there && !stood_alone(call->mem, from, &before)) TRY(base_copy(call, from, part));
    Err err = copy_check(&call->problems, call->mem, p->address, there ? part : from, from, NULL);
    unlink(beside(call->mem, part, "-shm"));
    if (err) unlink(part);
    return err;
}

static Err sqlite_restore(Call *call, Program *p, const char *from, Str *kept)
{
    DbFault why;
    Db     *db;
    char   *base = str_c(call->mem, p->address), *part = beside(call->mem, base, ".part");
    char   *prefix = beside(call->mem, base, BESIDE);
    TRY(files_kept(call, prefix));
    TRY(part_made(call, p, from, part));
    bool there = access(base, F_OK) == 0;
    if (there && db_open(p->address, DB_WRITE, &db, &why) == OK) db_close(db); /* takes in what stands in the log */
    char *aside = file_name(call, prefix, clock_now(&p->clock)), *next = beside(call->mem, aside, NEXT);
    if (!move_aside(part, next)) {
        Err err = not_begun(call, part);
        unlink(next);
        return err;
    }
    if (there) *kept = str_of(aside);
    return take_place(call, base, aside);
}

/* ---- PostgreSQL ---- */

static Err schemas_kept(Call *call, Db *db)
{
    Rows     rows;
    KeptList kept = { .names = buf_new(call->mem, 400) };
    TRY(db_query(db, S("select cast(n.nspname as text) from pg_namespace n where strpos(n.nspname, $1) = 1 order by 1"),
                 VALS(val_text(S(RESTORE_KEPT))), &rows));
    while (rows_next(&rows)) kept_add(&kept, row_text(&rows, 0));
    TRY(rows_end(&rows));
    return kept_room(call, &kept);
}

/* Nobody else may be at work in what is about to be another base. */
static Err alone(Call *call, Db *db)
{
    int64_t others = 0;
    TRY(db_int(
        db,
        S("select count(*) from pg_stat_activity a where a.datname = current_database() and a.application_name = 'sbyt'"
          " and a.pid <> pg_backend_pid()"),
        NO_VALS, &others));
    return others ? PROBLEM(&call->problems, CONFLICT, NULL, "restore.others") : OK;
}

/* What the schema will be called; empty when there is nothing in it to keep. */
static Err schema_name(Call *call, Db *db, Moment now, Str *kept)
{
    int64_t tables = 0, taken = 1;
    TRY(db_int(db, S("select count(*) from pg_tables where schemaname = 'public'"), NO_VALS, &tables));
    for (int n = 1; tables && taken; n++) {
        *kept = kept_name(call->mem, RESTORE_KEPT, now, n);
        TRY(db_int(db, S("select count(*) from pg_namespace where nspname = $1"), VALS(val_text(*kept)), &taken));
    }
    return OK;
}

/* OK, or a problem in words. */
static Err dump_prepare(Call *call, Program *p, Str *kept)
{
    DbFault why;
    Db     *db;
    if (db_open(p->address, DB_WRITE, &db, &why) != OK) return fault_problem(call, &why);
    Err err = alone(call, db);
    if (!err) err = schemas_kept(call, db);
    if (!err) err = schema_name(call, db, clock_now(&p->clock), kept);
    if (err && !call->problems.count) err = fault_problem(call, db_fault(db));
    db_close(db);
    return err;
}

static Err script_run(Call *call, Program *p, Str kept, const char *script)
{
    const char *aside = "select 1";
    if (kept.n)
        aside = str_c(call->mem, str_fmt(call->mem, "alter schema public rename to %.*s; create schema public",
                                         (int)kept.n, kept.s));
    const char *words[] = {
        "psql",   "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--command", aside,
        "--file", script,        NULL
    };
    return child_run(call->mem, p->address, words, NULL) == OK ? OK : failed(call, "psql");
}

/* A base of an earlier version has no epochs yet; the next start gives it them. */
static Err epoch_raise_in(Db *db)
{
    int64_t known  = 0;
    bool    raised = false;
    TRY(db_int(
        db,
        S("select count(*) from pg_proc where proname = 'change_epoch' and pronamespace = to_regnamespace('public')"),
        NO_VALS, &known));
    return known ? change_epoch_settle(db, true, &raised) : OK;
}

/* The base is restored by then, and stands. */
static Err epoch_raise(Call *call, Program *p)
{
    DbFault why;
    Db     *db;
    if (db_open(p->address, DB_WRITE, &db, &why) != OK) {
        fault_problem(call, &why);
        return PROBLEM(&call->problems, BROKEN, NULL, "restore.no_epoch");
    }
    Err err = epoch_raise_in(db);
    if (err) {
        fault_problem(call, db_fault(db));
        err = PROBLEM(&call->problems, BROKEN, NULL, "restore.no_epoch");
    }
    db_close(db);
    return err;
}

static Err dump_restore(Call *call, Program *p, const char *from, Str *kept)
{
    const char *script  = str_c(call->mem, str_fmt(call->mem, "%s/restore.sql", p->spool));
    const char *words[] = { "pg_restore", "--no-owner", "--no-privileges", "--file", script, from, NULL };
    TRY(copy_check(&call->problems, call->mem, p->address, from, from, NULL));
    TRY(dump_prepare(call, p, kept));
    Err err = child_run(call->mem, (Str){ 0 }, words, NULL) == OK ? script_run(call, p, *kept, script)
                                                                  : failed(call, "pg_restore");
    unlink(script);
    return err;
}

/* ---- both ---- */

static Err restore_do(Call *call, Program *p, const char *name)
{
    char *from = str_c(call->mem, path_from(call, name));
    Str   kept = { 0 };
    if (access(from, R_OK) != 0) from = str_c(call->mem, str_fmt(call->mem, "%s/%s", p->backup, name));
    TRY(db_engine_of(p->address) == DB_SQLITE ? sqlite_restore(call, p, from, &kept)
                                              : dump_restore(call, p, from, &kept));
    Buf b = buf_new(call->mem, 200);
    SAY(&b, call->voice, kept.n ? "restore.done_beside" : "restore.done", arg_text("file", str_of(from)),
        arg_text("kept", kept));
    buf_c(&b, "\n");
    if (!buf_to_fd(&call->out, buf_str(&b))) return BROKEN;
    return db_engine_of(p->address) == DB_SQLITE ? OK : epoch_raise(call, p);
}

Err restore_run(Call *call)
{
    static const OptionRow rows[] = { PROGRAM_OPTIONS };
    Options  options;
    Program *p;
    TRY(options_read(call, rows, (int)COUNT(rows), &options));
    if (options.plain_count != 1) return PROBLEM(&call->problems, INVALID, NULL, "restore.usage");
    if (call->program) return PROBLEM(&call->problems, CONFLICT, NULL, "restore.stop_first");
    TRY(program_take(call, &options, &p));
    Err err = restore_do(call, p, options.plain[0]);
    program_leave(p);
    return err;
}
