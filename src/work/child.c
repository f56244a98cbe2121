/* Start, wait, stop. */
#include "work/child.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_set(char *const *set, const char *pair)
{
    size_t n = (size_t)(strchrnul(pair, '=') - pair);
    for (; *set; set++)
        if (strncmp(*set, pair, n + 1) == 0) return true;
    return false;
}

/* The environment with what the address says.  Made before there is a child: between fork and exec a process of many
 * threads may not take memory, for whoever held the allocator's lock is not there any more. */
static char **environment_of(Arena *mem, const char *address)
{
    char             *why     = NULL;
    PQconninfoOption *options = address ? PQconninfoParse(address, &why) : NULL;
    ptrdiff_t         most = 1, n = 0;
    for (char **e = environ; *e; e++) most++;
    for (PQconninfoOption *o = options; o && o->keyword; o++) most++;
    char **set = NEW_N(mem, char *, most);
    for (PQconninfoOption *o = options; o && o->keyword; o++)
        if (o->val && o->envvar) set[n++] = str_c(mem, str_fmt(mem, "%s=%s", o->envvar, o->val));
    for (char **e = environ; *e; e++)
        if (!is_set(set, *e)) set[n++] = *e;
    PQconninfoFree(options);
    PQfreemem(why);
    return set;
}

/* Between vfork and exec: the parent's memory is in use, and its thread waits.  A child that outlived a killed parent
 * would go on beside whoever takes its work up again, and end what nobody asks for any more: a restore. */
static int become(pid_t parent, const char *const *words, char *const *environment)
{
    sigset_t none;
    int      nothing = open("/dev/null", O_RDWR);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0) return EIO;
    execvpe(words[0], (char *const *)words, environment);
    return errno;
}

/* It reads and says nothing; signals that the server holds back reach it; it dies with the thread that waits for it.
 * Where there is none: a number of errno. */
static int start(pid_t *child, const char *const *words, char *const *environment)
{
    pid_t        parent = getpid();
    volatile int why    = 0;
    *child = vfork();
    if (*child == 0) {
        why = become(parent, words, environment);
        _exit(127);
    }
    if (*child < 0) return errno;
    if (why) waitpid(*child, NULL, 0);
    return why;
}

static Err ended(int status)
{
    if (!WIFEXITED(status)) return BROKEN;
    if (WEXITSTATUS(status) == 127) return NOT_FOUND;
    return WEXITSTATUS(status) == 0 ? OK : BROKEN;
}

Err child_run(Arena *mem, Str address, const char *const *words, bool (*stop)(void))
{
    char **environment = environment_of(mem, address.n ? str_c(mem, address) : NULL);
    pid_t  child;
    int    status, why = start(&child, words, environment);
    if (why) return why == ENOENT ? NOT_FOUND : BROKEN;
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
