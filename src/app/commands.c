/* The list of commands, written by hand, and how one of them is called: by a shell, or by a command that found the base
 * open in a server. */
#include "app/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const Command commands[] = {
    { "analyze", "command.analyze", "help.analyze", analyze_run },
    { "serve", "command.serve", "help.serve", serve_run },
    { "import", "command.import", "help.import", import_command_run },
    { "undo", "command.undo", "help.undo", undo_command_run },
    { "export", "command.export", "help.export", export_command_run },
    { "seed", "command.seed", "help.seed", seed_run },
    { "example", "command.example", "help.example", example_command_run },
    { "user", "command.user", "help.user", user_run },
    { "backup", "command.backup", "help.backup", backup_run },
    { "restore", "command.restore", "help.restore", restore_run },
    { "check", "command.check", "help.check", check_run },
    { "migrate", "command.migrate", "help.migrate", migrate_run },
    { "schema", "command.schema", "help.schema", schema_run },
    { "types", "command.types", "help.types", types_run },
};

/* What the shell is told. */
const int exit_codes[] = {
    [OK] = 0, [BROKEN] = 1, [INVALID] = 2, [NOT_FOUND] = 3, [DENIED] = 4, [CONFLICT] = 5, [BUSY] = 6, [TOO_LARGE] = 7,
};

static const Command *command_named(const char *name)
{
    for (ptrdiff_t i = 0; i < COUNT(commands); i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

/* The language of the environment, in the order in which programs ask it; English where it is neither. */
static Lang lang_of_environment(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    Lang lang = LANG_EN;
    for (ptrdiff_t i = 0; i < COUNT(names); i++) {
        const char *value = getenv(names[i]);
        if (!value || !*value) continue;
        lang_read(str_of(value), &lang);
        break;
    }
    return lang;
}

/* Takes --lang out of the words, wherever it stands. */
static Err lang_take(Call *call)
{
    int kept = 0;
    for (int i = 0; i < call->argc; i++) {
        const char *word = call->argv[i], *value = NULL;
        if (strncmp(word, "--lang=", 7) == 0) value = word + 7;
        else if (strcmp(word, "--lang") == 0 && i + 1 < call->argc) value = call->argv[++i];
        else call->argv[kept++] = call->argv[i];
        if (value && !lang_read(str_of(value), &call->voice.lang))
            return PROBLEM(&call->problems, INVALID, NULL, "options.no_such_lang", arg_text("lang", str_of(value)));
    }
    call->argc = kept;
    return OK;
}

static void show(Buf *b, int fd) { buf_to_fd(&fd, buf_str(b)); }

static Err overview(Call *call)
{
    Buf b = buf_new(call->mem, 1024);
    SAY(&b, call->voice, "help.sbyt");
    buf_c(&b, "\n\n");
    for (ptrdiff_t i = 0; i < COUNT(commands); i++) {
        buf_fmt(&b, "  %-10s ", commands[i].name);
        SAY(&b, call->voice, commands[i].summary);
        buf_char(&b, '\n');
    }
    buf_char(&b, '\n');
    SAY(&b, call->voice, "help.more");
    buf_char(&b, '\n');
    show(&b, call->out);
    return OK;
}

static Err help(Call *call, const Command *command)
{
    Buf b = buf_new(call->mem, 4096);
    SAY(&b, call->voice, command->help);
    buf_char(&b, '\n');
    show(&b, call->out);
    return OK;
}

static Err version(Call *call)
{
    return buf_to_fd(&call->out, S("sbyt " SBYT_VERSION "\n")) ? OK : BROKEN;
}

static Err no_such_command(Call *call, const char *name)
{
    const char *names[COUNT(commands)];
    for (ptrdiff_t i = 0; i < COUNT(commands); i++) names[i] = commands[i].name;
    const char *nearest = name_nearest(name, names, (int)COUNT(commands));
    if (nearest)
        return PROBLEM(&call->problems, INVALID, NULL, "command.unknown_near", arg_text("name", str_of(name)),
                       arg_text("near", str_of(nearest)));
    return PROBLEM(&call->problems, INVALID, NULL, "command.unknown", arg_text("name", str_of(name)));
}

static bool asks(const Call *call, const char *word, const char *letter)
{
    for (int i = 0; i < call->argc && strcmp(call->argv[i], "--") != 0; i++)
        if (strcmp(call->argv[i], word) == 0 || strcmp(call->argv[i], letter) == 0) return true;
    return false;
}

static Err run(Call *call)
{
    TRY(lang_take(call));
    if (call->argc == 0) return overview(call);
    const char    *name    = call->argv[0];
    const Command *command = command_named(name);
    if (command && asks(call, "--help", "-h")) return help(call, command);
    if (!command && strcmp(name, "help") == 0 && call->argc > 1) {
        command = command_named(call->argv[1]);
        return command ? help(call, command) : no_such_command(call, call->argv[1]);
    }
    if (!command && (strcmp(name, "help") == 0 || asks(call, "--help", "-h"))) return overview(call);
    if (!command && asks(call, "--version", "-V")) return version(call);
    if (!command) return no_such_command(call, name);
    call->argc--;
    call->argv++;
    return command->run(call);
}

/* Each problem on a line of its own: where, and what. */
static void problems_show(Call *call)
{
    Buf b = buf_new(call->mem, 1024);
    for (const Problem *p = call->problems.first; p; p = p->next) {
        buf_c(&b, "sbyt: ");
        if (p->row) SAY(&b, call->voice, "problem.in_row", arg_row("at", p->row));
        if (p->row) buf_c(&b, ": ");
        problem_put(&b, call->voice, p);
        buf_char(&b, '\n');
    }
    ptrdiff_t more = call->problems.count - call->problems.limit;
    if (call->problems.limit && more > 0) {
        buf_c(&b, "sbyt: ");
        SAY(&b, call->voice, "problem.more", arg_count("n", more));
        buf_char(&b, '\n');
    }
    show(&b, call->err);
}

static Err run_guarded(void *call) { return run(call); }

int sbyt_call(int argc, char **argv, Program *program, const char *folder, int in, int out, int err)
{
    Arena mem  = arena_new((ptrdiff_t)1 << 33);
    char **own = NEW_N(&mem, char *, argc + 1); /* --lang is taken out of these, the whole line stays */
    for (int i = 0; i < argc; i++) own[i] = argv[i];
    Call call = { .voice = { .lang = lang_of_environment() },
                  .mem = &mem,
                  .argc = argc ? argc - 1 : 0,
                  .argv = own + 1,
                  .whole_argc = argc,
                  .whole_argv = argv,
                  .in = in,
                  .out = out,
                  .err = err,
                  .folder = folder,
                  .program = program };
    call.problems = (Problems){ .mem = &mem, .limit = 20 };
    char *mark = mem.beg;
    Err result = guarded(run_guarded, &call);
    if (result == TOO_LARGE ) { /* whatever it had said stands in memory that is given up */
        mem.beg       = mark;
        call.problems = (Problems){ .mem = &mem };
        PROBLEM(&call.problems, TOO_LARGE, NULL, "command.too_large");
    }
    problems_show(&call);
    arena_drop(&mem);
    return exit_codes[result];
}
