/* How the fence is put up around a program, and taken down with it. */
#include "work/fence.h"

#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_US = 20000, FILES_MOST = 32 };

/* ---- files ---- */

#define TO_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE)
#define OF_1    ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define REFER   (UINT64_C(1) << 13) /* from the second edition of Landlock on, */
#define CUT     (UINT64_C(1) << 14) /* and from the third                      */

static const char *const open_to_all[] = {
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/var/cache/fontconfig",
};

static int edition(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

const char *fence_no_files(void) { return edition() < 1 ? "fence.no_files" : NULL; }

/* What there is not, is not opened. */
static void let_read(int rules, const char *path)
{
    struct stat s;
    int         at = open(path, O_PATH | O_CLOEXEC);
    if (at >= 0 && fstat(at, &s) == 0) {
        struct landlock_path_beneath_attr beneath = {
            .parent_fd = at, .allowed_access = TO_READ | (S_ISDIR(s.st_mode) ? LANDLOCK_ACCESS_FS_READ_DIR : 0)
        };
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    }
    if (at >= 0) close(at);
}

/* -1: this kernel has none. */
static int rules_make(const char *program)
{
    int  n     = edition();
    struct landlock_ruleset_attr all = { .handled_access_fs = OF_1 | (n >= 2 ? REFER : 0) | (n >= 3 ? CUT : 0) };
    int  rules = n < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0) return -1;
    for (ptrdiff_t i = 0; i < COUNT(open_to_all); i++) let_read(rules, open_to_all[i]);
    let_read(rules, program);
    return rules;
}

/* ---- calls ---- */

/* Tried in a process that does nothing else: what is refused stays so. */
const char *fence_no_calls(void)
{
    int   status = 1;
    pid_t child  = vfork();
    if (child == 0) _exit(fence_calls() ? 0 : 1);
    if (child > 0) waitpid(child, &status, 0);
    return status ? "fence.no_calls" : NULL;
}

/* ---- the program ---- */

/* s null: it is nowhere. */
static const char *found(Arena *mem, const char *name)
{
    Str path = str_of(getenv("PATH") ? getenv("PATH") : "/usr/local/bin:/usr/bin:/bin");
    while (path.n) {
        Str         folder = str_cut(&path, ':');
        const char *file   = str_c(mem, str_fmt(mem, "%.*s/%s", (int)folder.n, folder.s, name));
        if (folder.n && access(file, X_OK) == 0) return file;
    }
    return NULL;
}

static bool limited(int what, int64_t most)
{
    struct rlimit limit = { (rlim_t)most, (rlim_t)most };
    return setrlimit((__rlimit_resource_t)what, &limit) == 0;
}

static bool limits_set(const Fence *f)
{
    return limited(RLIMIT_AS, f->memory) && limited(RLIMIT_FSIZE, f->out_bytes) && limited(RLIMIT_CPU, f->cpu_s) &&
           limited(RLIMIT_CORE, 0) && limited(RLIMIT_NOFILE, FILES_MOST);
}

/* Between vfork and exec: the parent's memory is in use, and its thread waits.  What this kernel does not have of the
 * fence is left out, which the server has told when it started. */
static int become(pid_t parent, const Fence *f, int rules, const char *program, char *const *words)
{
    static char *const nothing_said[] = { "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL };
    sigset_t none;
    int      nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || nothing < 0) return EIO;
    if (dup2(f->in, 0) < 0 || dup2(f->out, 1) < 0 || dup2(nothing, 2) < 0) return EIO;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || !limits_set(f)) return EIO;
    if (rules >= 0 && syscall(SYS_landlock_restrict_self, rules, 0) < 0) return EIO;
    syscall(SYS_close_range, 3, ~0u, CLOSE_RANGE_CLOEXEC);
    fence_calls();
    execve(program, words, nothing_said);
    return errno;
}

static int start(pid_t *child, const Fence *f, int rules, const char *program, const char *const *words)
{
    pid_t        parent = getpid();
    volatile int why    = 0;
    *child              = vfork();
    if (*child == 0) {
        why = become(parent, f, rules, program, (char *const *)words);
        _exit(127);
    }
    if (*child < 0) return errno;
    if (why) waitpid(*child, NULL, 0);
    return why;
}

static Err killed(pid_t child, Err err)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return err;
}

static Err waited_for(pid_t child, const Fence *f)
{
    int64_t until = clock_ticks() + (int64_t)f->wall_s * 1000;
    for (int status;;) {
        pid_t done = waitpid(child, &status, WNOHANG);
        if (done == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? OK : BROKEN;
        if (done < 0) return BROKEN;
        if (clock_ticks() > until) return killed(child, BROKEN);
        if (f->unwanted && f->unwanted(f->of)) return killed(child, CONFLICT);
        usleep(LOOK_US);
    }
}

Err fence_run(Arena *mem, const Fence *fence, const char *const *words)
{
    const char *program = found(mem, words[0]);
    if (!program) return NOT_FOUND;
    int   rules = rules_make(program);
    pid_t child;
    int   why = start(&child, fence, rules, program, words);
    if (rules >= 0) close(rules);
    return why ? BROKEN : waited_for(child, fence);
}
