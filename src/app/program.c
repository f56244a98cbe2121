/* Opening the data directory and the base in it. */
#include "app/program.h"

#include "access/access.h"
#include "access/calendar.h"
#include "access/firm.h"
#include "app/backup.h"
#include "app/options.h"
#include "app/seeding.h"
#include "core/durable.h"
#include "core/log.h"
#include "core/zone.h"
#include "entity/change.h"
#include "entity/owners.h"
#include "sales/people/people.h"
#include "store/migrate.h"
#include "work/jobs.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

Str path_from(Call *call, const char *path)
{
    if (path[0] == '/' || !call->folder) return str_copy(call->mem, str_of(path));
    return str_fmt(call->mem, "%s/%s", call->folder, path);
}

Err fault_problem(Call *call, const DbFault *why)
{
    return PROBLEM(&call->problems, why->err, NULL, why->key ? why->key : "store.broken");
}

/* --data, else SBYT_DATA, else the usual place for data of this user. */
static Str data_dir(Call *call, const Options *options)
{
    const char *given = options->value[OPTION_DATA], *home = getenv("HOME"), *share = getenv("XDG_DATA_HOME");
    if (!given) given = getenv("SBYT_DATA");
    if (given && *given) return path_from(call, given);
    if (share && *share) return str_fmt(call->mem, "%s/sbyt", share);
    return str_fmt(call->mem, "%s/.local/share/sbyt", home && *home ? home : "");
}

static void parents_make(Call *call, Str dir)
{
    for (ptrdiff_t i = 1; i < dir.n; i++)
        if (dir.s[i] == '/') durable_folder(str_c(call->mem, str_upto(dir, i)), 0755);
}

static const char *folder_make(Program *p, const char *name)
{
    char *path = str_c(&p->mem, str_fmt(&p->mem, "%.*s/%s", (int)p->dir.n, p->dir.s, name));
    durable_folder(path, 0700);
    return path;
}

/* The folder is ours: what is in it with this ending was left by one who died, perhaps a list of clients or half a
 * copy. */
static void folder_clear(const char *path, Str ending)
{
    DIR *dir = opendir(path);
    for (struct dirent *e = NULL; dir && (e = readdir(dir)) != NULL;)
        if (e->d_type == DT_REG && str_ends(str_of(e->d_name), ending)) unlinkat(dirfd(dir), e->d_name, 0);
    if (dir) closedir(dir);
}

static Program *program_new(Call *call, const Options *options, Str dir)
{
    Arena       mem = arena_new(1 << 24);
    Program    *p   = NEW(&mem, Program);
    const char *db  = options->value[OPTION_DB] ? options->value[OPTION_DB] : getenv("SBYT_DB");
    p->mem          = mem;
    arena_lasts(&mem);
    p->dir          = str_copy(&p->mem, dir);
    if (options->value[OPTION_CLOCK]) p->clock.file = str_c(&p->mem, path_from(call, options->value[OPTION_CLOCK]));
    bool url   = db && (db_engine_of(str_of(db)) == DB_POSTGRES);
    p->address = !db || !*db ? str_fmt(&p->mem, "%.*s/sbyt.db", (int)dir.n, dir.s)
                             : str_copy(&p->mem, url ? str_of(db) : path_from(call, db));
    return p;
}

static Err taken(Call *call, Err err, Str dir)
{
    if (err == OK) return OK;
    return PROBLEM(&call->problems, err, NULL, err == CONFLICT ? "program.owned" : "program.no_directory",
                   arg_text("dir", dir));
}

Err program_take(Call *call, const Options *options, Program **out)
{
    Str dir = data_dir(call, options);
    parents_make(call, dir);
    Program *p   = program_new(call, options, dir);
    Err      err = owner_take(p->dir, &p->owner);
    if (err != OK) {
        Arena mem = p->mem;
        arena_drop(&mem);
        return taken(call, err, dir);
    }
    p->spool  = folder_make(p, "spool");
    folder_clear(p->spool, S(""));
    p->backup = folder_make(p, "backup");
    folder_clear(p->backup, S(".part"));
    err       = restore_finish(call, p);
    if (err != OK) program_leave(p);
    else *out = p;
    return err;
}

static Err zone_of_firm(Program *p, Db *db)
{
    Firm firm;
    Work w = { .mem = &p->mem, .db = db };
    TRY(firm_read(&w, &firm));
    p->zone = zone_load(&p->mem, NULL, firm.zone);
    if (!p->zone) p->zone = zone_utc();
    return OK;
}

static Err base_prepare(Call *call, Program *p)
{
    Db     *db;
    DbFault why;
    if (db_open(p->address, DB_CREATE, &db, &why) != OK) return fault_problem(call, &why);
    Err err = db_fit(db);
    if (err != OK) why = *db_fault(db);
    if (err == OK) err = migrate(db, migrations, clock_now(&p->clock), NULL, &why);
    bool raised = false;
    if (err == OK && (err = change_epoch_settle(db, false, &raised)) != OK) why = *db_fault(db);
    if (raised) log_line("store", "the base has come into another cluster: its changes go on in the next epoch");
    if (err == OK && (err = zone_of_firm(p, db)) != OK) why = *db_fault(db);
    db_close(db);
    return err == OK ? OK : fault_problem(call, &why);
}

/* The lists of areas as one, in the order in which they are written. */
static const Handler *handlers_joined(Program *p)
{
    int n = 0;
    for (const Handler *const *list = all_handlers; *list; list++)
        for (const Handler *h = *list; h->event; h++) n++;
    Handler *joined = NEW_N(&p->mem, Handler, n + 1);
    n               = 0;
    for (const Handler *const *list = all_handlers; *list; list++)
        for (const Handler *h = *list; h->event; h++) joined[n++] = *h;
    return joined;
}

static Err lanes_begin(Call *call, Program *p, Entering way)
{
    DbFault      why;
    LanesOptions o = { .address = p->address,
                       .clock = p->clock,
                       .zone = p->zone,
                       .handlers = handlers_joined(p),
                       .jobs = all_jobs,
                       .served = way.big,
                       .rounds = way.rounds,
                       .without = way.without,
                       .calendar = firm_calendar };
    for (int i = 0; i < LANE_COUNT && !way.big; i++) o.threads[i] = 1;
    if (way.big) backup_serves(p);
    if (lanes_start(&o, &p->lanes, &why) != OK) return fault_problem(call, &why);
    return OK;
}

/* A program that says of some rows in a circle whose they are is not started. */
static Err owners_are_right(Call *call)
{
    const char *wrong = owners_wrong(call->mem);
    return wrong ? PROBLEM(&call->problems, BROKEN, NULL, "start.owners_wrong", arg_text("what", str_of(wrong))) : OK;
}

Err program_enter(Call *call, const Options *options, Entering way, Program **out)
{
    Program *p;
    TRY(program_take(call, options, &p));
    entities_set(all_entities);
    checks_set(all_checks);
    metric_grains_set(all_grains);
    files_uses_set(all_file_uses);
    rights_gather();
    Err err = owners_are_right(call);
    if (err == OK) err = base_prepare(call, p);
    if (err == OK) err = lanes_begin(call, p, way);
    if (err == OK) err = seeding_bring(call, p);
    if (err != OK) {
        program_leave(p);
        return err;
    }
    *out = p;
    return OK;
}

void program_leave(Program *p)
{
    if (p->lanes) lanes_stop(p->lanes);
    owner_leave(p->owner);
    Arena mem = p->mem;
    arena_drop(&mem);
}

Err program_run(Call *call, Program *p, Lane lane, Err (*run)(Work *w, void *to), void *to)
{
    LaneWork work = { .run = run, .to = to, .who = &actor_program, .language = lang_names[call->voice.lang] };
    return lanes_run(p->lanes, lane, &work, &call->problems);
}

typedef struct {
    Arena *mem;
    Str    settings;
} Risks;

static Err risks(Work *w, void *to)
{
    Risks *r = to;
    return db_risks(w->db, r->mem, &r->settings);
}

Err risks_say(Call *call, Program *p, Buf *to)
{
    Risks r = { .mem = call->mem };
    TRY(program_run(call, p, LANE_FAST, risks, &r));
    if (!r.settings.n) return OK;
    SAY(to, call->voice, "program.risk", arg_text("settings", r.settings));
    buf_c(to, "\n");
    return OK;
}

/* The server's exit code as an Err; its words have been said already, on our own error output. */
static Err err_of_exit(int code)
{
    for (Err e = OK; e <= BROKEN; e++)
        if (exit_codes[e] == code) return e;
    return BROKEN;
}

/* The server speaks the language of whoever typed the command. */
static char **with_language(Call *call)
{
    char **argv = NEW_N(call->mem, char *, call->whole_argc + 3);
    argv[0]     = call->whole_argv[0];
    argv[1]     = str_c(call->mem, S("--lang"));
    argv[2]     = str_c(call->mem, str_of(lang_names[call->voice.lang]));
    for (int i = 1; i < call->whole_argc; i++) argv[i + 2] = call->whole_argv[i];
    return argv;
}

/* One that it has heard is not done here as well, whatever became of it. */
static bool server_does(Call *call, const Options *options, Err *err)
{
    int code   = 0;
    Err asked  = owner_ask(data_dir(call, options), call->whole_argc + 2, with_language(call), &code);
    if (asked == BROKEN) *err = PROBLEM(&call->problems, BROKEN, NULL, "program.server_went");
    else *err = err_of_exit(code);
    return asked == OK || asked == BROKEN;
}

static Err do_here(Call *call, const Options *options, Err (*run)(Call *, Program *, const Options *))
{
    Program *p;
    TRY(program_enter(call, options, (Entering){ 0 }, &p));
    Err err = run(call, p, options);
    program_leave(p);
    return err;
}

Err program_do(Call *call, const Options *options, Err (*run)(Call *, Program *, const Options *))
{
    Err err;
    if (call->program) return run(call, call->program, options);
    return server_does(call, options, &err) ? err : do_here(call, options, run);
}

/* Looks without making anything. */
static Err base_look(Call *call, const Options *options)
{
    Program *p    = program_new(call, options, data_dir(call, options));
    Arena    mem  = p->mem;
    int64_t  done = 0;
    Db      *db;
    DbFault  why;
    Err      err  = db_open(p->address, DB_READ, &db, &why);
    bool     file = db_engine_of(p->address) == DB_SQLITE;
    if (err && !file) fault_problem(call, &why);
    Str  table = file ? S("select count(*) from sqlite_master where name = 'migration'")
                      : S("select count(*) from pg_class where oid = to_regclass('migration')");
    bool there = err == OK && db_int(db, table, NO_VALS, &done) == OK && done > 0;
    if (err == OK) db_close(db);
    if (!there && (err == OK || file))
        err = PROBLEM(&call->problems, NOT_FOUND, NULL, "program.no_base",
                      arg_text("base", file ? str_copy(call->mem, p->address) : S("PostgreSQL")));
    arena_drop(&mem);
    return err;
}

Err program_there(Call *call, const Options *options, Err (*run)(Call *, Program *, const Options *))
{
    Err err;
    if (call->program) return run(call, call->program, options);
    if (server_does(call, options, &err)) return err;
    TRY(base_look(call, options));
    return do_here(call, options, run);
}

/* A server that is being stopped does not wait for a person. */
static bool there_is_more(Call *call)
{
    struct pollfd wait = { .fd = call->in, .events = POLLIN };
    while (poll(&wait, 1, 200) == 0)
        if (call->program && call->program->stops) return false;
    return true;
}

static Str line_read(Call *call)
{
    Buf  b = buf_new(call->mem, 128);
    char c;
    while (b.len < 2000 && there_is_more(call) && read(call->in, &c, 1) == 1 && c != '\n') buf_char(&b, c);
    Str line = buf_str(&b);
    if (str_ends(line, S("\r"))) line.n--;
    return line;
}

Err secret_read(Call *call, const char *prompt_key, Str *out)
{
    struct termios shown, hidden;
    bool           terminal = tcgetattr(call->in, &shown) == 0;
    if (terminal) {
        Buf b = buf_new(call->mem, 100);
        SAY(&b, call->voice, prompt_key);
        buf_c(&b, " ");
        buf_to_fd(&call->err, buf_str(&b));
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(call->in, TCSAFLUSH, &hidden);
    }
    *out = line_read(call);
    if (terminal) {
        tcsetattr(call->in, TCSAFLUSH, &shown);
        buf_to_fd(&call->err, S("\n"));
    }
    return OK;
}
