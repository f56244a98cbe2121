/* What a command of `sbyt` is, and what it is handed when somebody calls it. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "core/words.h"

typedef struct {
    Voice    voice;
    Arena   *mem;      /* of the whole call                                            */
    Problems problems; /* what went wrong: main says it on the error output            */
    int      argc;
    char   **argv;     /* what stands behind the name of the command, without --lang   */
} Call;

typedef struct {
    const char *name;
    const char *summary; /* key of words/: one line                                    */
    const char *help;    /* key of words/: the page that `sbyt NAME --help` shows      */
    Err       (*run)(Call *call);
} Command;

Err analyze_run(Call *call);

#endif
