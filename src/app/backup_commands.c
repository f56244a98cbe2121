/* `sbyt backup` and `sbyt restore`, and the list of copies for the administrator's page. */
#include "api/route.h"
#include "app/backup.h"
#include "app/child.h"
#include "app/options.h"
#include "store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BACKUP_LIST = OPTION_OWN, BACKUP_TO };
static const OptionRow backup_rows[] = { PROGRAM_OPTIONS, { "list", true }, { "to", false } };

static void copy_line(Buf *b, const Copy *copy)
{
    buf_moment(b, copy->at);
    buf_fmt(b, "  %12lld  %.*s\n", (long long)copy->size, (int)copy->name.n, copy->name.s);
}

static Err backup_show(Call *call, Program *p)
{
    Copy     *copies;
    ptrdiff_t n;
    Buf       b = buf_new(call->mem, 4096);
    TRY(backup_list(call->mem, p->backup, &copies, &n));
    for (ptrdiff_t i = 0; i < n; i++) copy_line(&b, &copies[i]);
    return buf_to_fd(&call->out, buf_str(&b)) ? OK : BROKEN;
}

static Err backup_do(Call *call, Program *p, const Options *options)
{
    Str         name;
    const char *to = options->value[BACKUP_TO];
    if (options->value[BACKUP_LIST]) return backup_show(call, p);
    const char *folder = to ? str_c(call->mem, path_from(call, to)) : p->backup;
    TRY(backup_make(&call->problems, call->mem, p->address, folder, clock_now(&p->clock), &name));
    Buf b = buf_new(call->mem, 300);
    buf_fmt(&b, "%s/%.*s\n", folder, (int)name.n, name.s);
    return buf_to_fd(&call->out, buf_str(&b)) ? OK : BROKEN;
}

Err backup_run(Call *call)
{
    Options options;
    TRY(options_alone(call, backup_rows, (int)COUNT(backup_rows), &options));
    return program_there(call, &options, backup_do);
}

/* ---- restore: only while nobody has the base open ---- */

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

/* The base that is there stays beside under another name. */
static Err sqlite_restore(Call *call, Program *p, const char *from, bool *was)
{
    char *base = str_c(call->mem, p->address), *part = str_c(call->mem, str_fmt(call->mem, "%s.part", base));
    char *aside = str_c(call->mem, str_fmt(call->mem, "%s.before-restore", base));
    if (!bytes_copy(from, part)) return PROBLEM(&call->problems, BROKEN, NULL, "backup.failed", arg_text("why", str_of(strerror(errno))));
    *was = access(base, F_OK) == 0;
    if (*was) {
        DbFault why;
        Db     *db;
        if (db_open(p->address, DB_WRITE, &db, &why) == OK) db_close(db); /* takes in what stands in the log beside it */
        if (rename(base, aside) != 0) return PROBLEM(&call->problems, BROKEN, NULL, "backup.failed", arg_text("why", str_of(strerror(errno))));
    }
    unlink(str_c(call->mem, str_fmt(call->mem, "%s-wal", base)));
    unlink(str_c(call->mem, str_fmt(call->mem, "%s-shm", base)));
    return rename(part, base) == 0 ? OK : PROBLEM(&call->problems, BROKEN, NULL, "backup.failed", arg_text("why", str_of(strerror(errno))));
}

static Err dump_restore(Call *call, Program *p, const char *from)
{
    const char *words[] = { "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--dbname", "", from, NULL };
    Err err = child_run(call->mem, p->address, words, NULL);
    return err == OK ? OK : PROBLEM(&call->problems, BROKEN, NULL, "backup.failed", arg_text("why", S("pg_restore")));
}

static Err restore_do(Call *call, Program *p, const char *name)
{
    char *from = str_c(call->mem, path_from(call, name));
    if (access(from, R_OK) != 0) from = str_c(call->mem, str_fmt(call->mem, "%s/%s", p->backup, name));
    TRY(backup_check(&call->problems, call->mem, p->address, from));
    bool was = false;
    TRY(db_engine_of(p->address) == DB_SQLITE ? sqlite_restore(call, p, from, &was) : dump_restore(call, p, from));
    Buf b = buf_new(call->mem, 200);
    SAY(&b, call->voice, was ? "restore.done_beside" : "restore.done", arg_text("file", str_of(from)));
    buf_c(&b, "\n");
    return buf_to_fd(&call->out, buf_str(&b)) ? OK : BROKEN;
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

/* ---- for the administrator's page ---- */

static Program *backup_program; /* set by serve: routes know no command line */

void backup_serves(Program *p) { backup_program = p; }

static Err copies(Request *r)
{
    Copy     *list;
    ptrdiff_t n;
    JsonOut  *j = &r->out;
    TRY(backup_list(r->w->mem, backup_program->backup, &list, &n));
    js_object(j);
    js_key(j, "items");
    js_array(j);
    for (ptrdiff_t i = 0; i < n; i++) {
        js_object(j);
        js_key(j, "name"); js_str(j, list[i].name);
        js_key(j, "at");   js_moment(j, list[i].at);
        js_key(j, "size"); js_i64(j, list[i].size);
        js_end(j);
    }
    js_end(j);
    js_key(j, "late");
    js_bool(j, n == 0 || r->w->now - list[0].at > BACKUP_DAY_MS + 3600000);
    js_end(j);
    return OK;
}

static Err copy_now(Request *r)
{
    Str name;
    TRY(backup_make(&r->w->problems, r->w->mem, backup_program->address, backup_program->backup, r->w->now, &name));
    js_object(&r->out);
    js_key(&r->out, "name");
    js_str(&r->out, name);
    js_end(&r->out);
    return OK;
}

const Route backup_routes[] = {
    { .method = GET, .path = "/api/backup", .run = copies, .needs = { "backup", "view" }, .gives = "items: list, late: bool", .says = "api.backups" },
    { .method = POST, .path = "/api/backup", .run = copy_now, .needs = { "backup", "add" }, .writes = true, .slow = true, .makes = true, .gives = "name: text",
      .says = "api.backup" },
    { 0 },
};
