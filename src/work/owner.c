/* Who owns the data directory: a lock that dies with its process, and a socket that carries a command over.
 *
 * A call is one message: the number of arguments and the folder, each text ending with a NUL, with the three streams
 * attached (SCM_RIGHTS).  The answer is one byte, the exit code. */
#include "work/owner.h"

#include "core/buf.h"
#include "core/durable.h"
#include "core/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { CALL_MOST = 1 << 17, ARGS_MOST = 1024, TALKS = 16 };

/* A call that is being served. */
typedef struct {
    Owner *owner;
    int    fd;
    bool   busy;
} Talk;

struct Owner {
    Arena           mem;
    int             dir, lock, socket;
    int             wake[2];
    bool            listens;
    pthread_t       thread;
    pthread_mutex_t mutex;      /* over the talks        */
    pthread_cond_t  ended;      /* one of them has       */
    Talk            talk[TALKS];
    int           (*run)(void *to, OwnerCall *call);
    void           *to;
};

/* ---- the lock ---- */

static Err lock_take(Owner *o)
{
    o->lock = openat(o->dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (o->lock < 0) return BROKEN;
    if (flock(o->lock, LOCK_EX | LOCK_NB) != 0) return errno == EWOULDBLOCK ? CONFLICT : BROKEN;
    char pid[24];
    int  n = snprintf(pid, sizeof pid, "%d\n", (int)getpid());
    return ftruncate(o->lock, 0) == 0 && pwrite(o->lock, pid, (size_t)n, 0) == n ? OK : BROKEN;
}

static void owner_close(Owner *o)
{
    int fds[] = { o->lock, o->dir, o->socket, o->wake[0], o->wake[1] };
    for (ptrdiff_t i = 0; i < COUNT(fds); i++)
        if (fds[i] >= 0) close(fds[i]);
    Arena mem = o->mem; /* holds the owner itself */
    arena_drop(&mem);
}

Err owner_take(Str dir, Owner **out)
{
    Arena  mem = arena_new(1 << 24);
    Owner *o   = NEW(&mem, Owner);
    char  *c   = str_c(&mem, dir);
    *o = (Owner){ .mem = mem,
                  .lock = -1,
                  .socket = -1,
                  .wake = { -1, -1 },
                  .mutex = PTHREAD_MUTEX_INITIALIZER,
                  .ended = PTHREAD_COND_INITIALIZER };
    durable_folder(c, 0700);
    o->dir  = open(c, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    Err err = o->dir < 0 ? BROKEN : lock_take(o);
    if (err) owner_close(o);
    else *out = o;
    return err;
}

/* ---- the socket ---- */

/* A socket's path is at most 107 bytes; through the open folder any depth will do. */
static struct sockaddr_un socket_address(int dir)
{
    struct sockaddr_un a = { .sun_family = AF_UNIX };
    snprintf(a.sun_path, sizeof a.sun_path, "/proc/self/fd/%d/socket", dir);
    return a;
}

static bool may_call(int fd)
{
    struct ucred who;
    socklen_t    size = sizeof who;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && (who.uid == geteuid() || who.uid == 0);
}

/* Only the first piece carries the descriptors; the text is complete when the caller has closed its sending side. */
static ptrdiff_t receive(int fd, char *text, int streams[3])
{
    char           room[CMSG_SPACE(3 * sizeof(int))];
    ptrdiff_t      n   = 0;
    bool           got = false;
    for (;;) {
        struct iovec  part = { text + n, (size_t)(CALL_MOST - n) };
        struct msghdr m    = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room };
        ssize_t       more = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
        struct cmsghdr *h  = more > 0 ? CMSG_FIRSTHDR(&m) : NULL;
        if (h && !got && h->cmsg_type == SCM_RIGHTS && h->cmsg_len == CMSG_LEN(3 * sizeof(int))) {
            memcpy(streams, CMSG_DATA(h), 3 * sizeof(int));
            got = true;
        }
        if (more < 0 && errno == EINTR) continue;
        if (more <= 0) return more == 0 && got ? n : -1;
        n += more;
        if (n == CALL_MOST) return -1;
    }
}

/* The texts of a call: the folder, then the arguments. */
static bool call_read(Arena *mem, char *text, ptrdiff_t n, OwnerCall *call)
{
    if (n < 2 || text[n - 1] != 0) return false;
    call->argv   = NEW_N(mem, char *, ARGS_MOST + 1);
    call->folder = text;
    for (char *at = text + strlen(text) + 1; at < text + n; at += strlen(at) + 1) {
        if (call->argc == ARGS_MOST) return false;
        call->argv[call->argc++] = at;
    }
    return call->argc > 0;
}

static void serve_one(Owner *o, int fd)
{
    Arena     mem        = arena_new(1 << 20);
    char     *text       = NEW_RAW(&mem, char, CALL_MOST);
    int       streams[3] = { -1, -1, -1 };
    OwnerCall call       = { 0 };
    ptrdiff_t n          = may_call(fd) ? receive(fd, text, streams) : -1;
    unsigned char code   = 70;
    if (n > 0 && call_read(&mem, text, n, &call)) {
        call.in  = streams[0];
        call.out = streams[1];
        call.err = streams[2];
        code     = (unsigned char)o->run(o->to, &call);
        if (send(fd, &code, 1, MSG_NOSIGNAL) != 1) log_line("owner", "a command did not wait for its answer");
    }
    for (int i = 0; i < 3; i++)
        if (streams[i] >= 0) close(streams[i]);
    close(fd);
    arena_drop(&mem);
}

static void *talk_run(void *to)
{
    Talk  *t = to;
    Owner *o = t->owner;
    serve_one(o, t->fd);
    pthread_mutex_lock(&o->mutex);
    t->busy = false;
    pthread_cond_broadcast(&o->ended);
    pthread_mutex_unlock(&o->mutex);
    return NULL;
}

/* With as many talks as there may be, the next one waits for the end of one. */
static Talk *talk_free(Owner *o)
{
    Talk *found = NULL;
    pthread_mutex_lock(&o->mutex);
    while (!found) {
        for (int i = 0; i < TALKS && !found; i++)
            if (!o->talk[i].busy) found = &o->talk[i];
        if (!found) pthread_cond_wait(&o->ended, &o->mutex);
    }
    found->busy = true;
    pthread_mutex_unlock(&o->mutex);
    return found;
}

static void talk_begin(Owner *o, int fd)
{
    pthread_t      thread;
    Talk          *t        = talk_free(o);
    struct timeval patience = { .tv_sec = 10 };
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    t->owner = o;
    t->fd    = fd;
    if (pthread_create(&thread, NULL, talk_run, t) == 0) pthread_detach(thread);
    else talk_run(t);
}

static void talks_end(Owner *o)
{
    pthread_mutex_lock(&o->mutex);
    for (int i = 0; i < TALKS; i++)
        while (o->talk[i].busy) pthread_cond_wait(&o->ended, &o->mutex);
    pthread_mutex_unlock(&o->mutex);
}

static void *serve(void *to)
{
    Owner        *o = to;
    struct pollfd wait[2] = { { .fd = o->socket, .events = POLLIN }, { .fd = o->wake[0], .events = POLLIN } };
    for (;;) {
        if (poll(wait, 2, -1) < 0 && errno != EINTR) return NULL;
        if (wait[1].revents) return NULL;
        int fd = wait[0].revents ? accept4(o->socket, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (fd >= 0) talk_begin(o, fd);
    }
}

Err owner_listen(Owner *o, int (*run)(void *to, OwnerCall *call), void *to)
{
    struct sockaddr_un a = socket_address(o->dir);
    o->run    = run;
    o->to     = to;
    o->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlinkat(o->dir, "socket", 0); /* of an owner that died; the lock says that there is none */
    if (o->socket < 0 || bind(o->socket, (struct sockaddr *)&a, sizeof a) != 0 ||
        fchmodat(o->dir, "socket", 0600, 0) != 0)
        return BROKEN;
    if (listen(o->socket, 16) != 0 || pipe2(o->wake, O_CLOEXEC) != 0) return BROKEN;
    o->listens = pthread_create(&o->thread, NULL, serve, o) == 0;
    return o->listens ? OK : BROKEN;
}

void owner_hush(Owner *o)
{
    if (!o->listens) return;
    unlinkat(o->dir, "socket", 0);
    if (write(o->wake[1], "", 1) == 1) pthread_join(o->thread, NULL);
    talks_end(o);
    o->listens = false;
}

void owner_leave(Owner *o)
{
    if (!o) return;
    owner_hush(o);
    owner_close(o);
}

/* ---- the command's side ---- */

static bool send_streams(int fd, Str text)
{
    static const int streams[3] = { 0, 1, 2 };
    union {
        char           room[CMSG_SPACE(sizeof streams)];
        struct cmsghdr align;
    } control = { 0 };
    struct iovec    part = { (char *)text.s, (size_t)text.n };
    struct msghdr   m = {
          .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room
    };
    struct cmsghdr *h    = CMSG_FIRSTHDR(&m);
    *h = (struct cmsghdr){ .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof streams) };
    memcpy(CMSG_DATA(h), streams, sizeof streams);
    ssize_t n = sendmsg(fd, &m, MSG_NOSIGNAL);
    return n > 0 && buf_to_fd(&fd, str_from(text, n)) && shutdown(fd, SHUT_WR) == 0;
}

static Str call_text(Arena *mem, int argc, char *const *argv)
{
    Buf  b = buf_new(mem, 1024);
    char folder[4096];
    buf_c(&b, getcwd(folder, sizeof folder) ? folder : "/");
    buf_char(&b, 0);
    for (int i = 0; i < argc; i++) {
        buf_c(&b, argv[i]);
        buf_char(&b, 0);
    }
    return buf_str(&b);
}

Err owner_ask(Str dir, int argc, char *const *argv, int *exit_code)
{
    Arena mem    = arena_new(1 << 22);
    Str   text   = call_text(&mem, argc, argv);
    int   folder = open(str_c(&mem, dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC),
        fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_un a = socket_address(folder);
    unsigned char      code;
    Err err = folder < 0 || fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) != 0 ? NOT_FOUND : OK;
    if (!err && text.n >= CALL_MOST) err = INVALID;
    if (!err && !send_streams(fd, text)) err = BROKEN;
    if (!err && recv(fd, &code, 1, 0) != 1) err = BROKEN;
    if (!err) *exit_code = code;
    if (fd >= 0) close(fd);
    if (folder >= 0) close(folder);
    arena_drop(&mem);
    return err;
}
