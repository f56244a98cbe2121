/* fork, exec, wait. */
#include "app/child.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child, where only it is changed. */
static void environment_set(const char *address)
{
    char             *why     = NULL;
    PQconninfoOption *options = PQconninfoParse(address, &why);
    for (PQconninfoOption *o = options; o && o->keyword; o++)
        if (o->val && o->envvar) setenv(o->envvar, o->val, 1);
}

static _Noreturn void become(const char *address, const char *const *words)
{
    int      nothing = open("/dev/null", O_RDWR);
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL); /* what the server holds back */
    dup2(nothing, 0);
    dup2(nothing, 1);
    if (address) environment_set(address);
    execvp(words[0], (char *const *)words);
    _exit(127);
}

static Err ended(int status)
{
    if (!WIFEXITED(status)) return BROKEN;
    if (WEXITSTATUS(status) == 127) return NOT_FOUND;
    return WEXITSTATUS(status) == 0 ? OK : BROKEN;
}

Err child_run(Arena *mem, Str address, const char *const *words, bool (*stop)(void))
{
    const char *c     = address.n ? str_c(mem, address) : NULL;
    pid_t       child = fork();
    int         status;
    if (child < 0) return BROKEN;
    if (child == 0) become(c, words);
    for (;;) {
        pid_t done = waitpid(child, &status, stop ? WNOHANG : 0);
        if (done == child) return ended(status);
        if (done < 0) return BROKEN;
        if (stop()) {
            kill(child, SIGTERM);
            waitpid(child, &status, 0);
            return CONFLICT;
        }
        usleep(100000);
    }
}
