/* What a command of `sbyt` is, and what it is handed when somebody calls it. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "core/words.h"

typedef struct Program Program;

typedef struct {
    Voice    voice;
    Arena   *mem;        /* of the whole call                                            */
    Problems problems;   /* what went wrong: said on the error output at the end         */
    int      argc;
    char   **argv;       /* what stands behind the name of the command, without --lang   */
    int      whole_argc;
    char   **whole_argv; /* as the shell gave it                                         */
    int      in, out, err; /* the streams of whoever typed the command                   */
    const char *folder;  /* where it was typed; null: our own working directory          */
    Program *program;    /* the server that runs it for somebody; null: nobody does      */
} Call;

typedef struct {
    const char *name;
    const char *summary; /* key of words/: one line                                    */
    const char *help;    /* key of words/: the page that `sbyt NAME --help` shows      */
    Err       (*run)(Call *call);
} Command;

/* What the shell is told, by Err. */
extern const int exit_codes[];

/* Runs a whole command line; the exit code. */
int sbyt_call(int argc, char **argv, Program *program, const char *folder, int in, int out, int err);

Err analyze_run(Call *call);
Err serve_run(Call *call);
Err user_run(Call *call);
Err migrate_run(Call *call);
Err check_run(Call *call);
Err backup_run(Call *call);
Err restore_run(Call *call);
Err schema_run(Call *call);
Err import_command_run(Call *call);
Err undo_command_run(Call *call);
Err export_command_run(Call *call);
Err example_command_run(Call *call);
Err seed_run(Call *call);
Err types_run(Call *call);

#endif
