/* Connections that were answered before their body was read.
 *
 * Closing a socket on which bytes wait makes the system reset the connection, and the other side may lose the answer
 * that it has not read yet (RFC 9112, 9.6).  So the sending half is closed, and what comes is thrown away for two
 * seconds or 4 MiB. */
#include "net/http_inside.h"

#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_MS 2000
#define PATIENCE    (4 << 20)

/* libmicrohttpd closes its own descriptor; the events of this one wake the loop as its eventfd does. */
void linger_begin(Loop *loop, int fd)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct epoll_event          none = { .events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = NULL };
    int                         own  = loop->lingers < LINGERS ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
    if (own < 0) return;
    shutdown(own, SHUT_WR);
    if (info) epoll_ctl(info->epoll_fd, EPOLL_CTL_ADD, own, &none);
    loop->linger[loop->lingers++] = (Linger){ own, clock_ticks() + PATIENCE_MS, PATIENCE };
}

/* True: there is nothing more to wait for. */
static bool throw_away(Linger *l)
{
    char    piece[1 << 16];
    ssize_t n = 1;
    while (l->left > 0 && (n = recv(l->fd, piece, sizeof piece, MSG_DONTWAIT)) > 0) l->left -= n;
    return l->left <= 0 || n == 0 || errno != EAGAIN;
}

void linger_look(Loop *loop, int64_t now)
{
    for (int i = 0; i < loop->lingers;) {
        if (!throw_away(&loop->linger[i]) && now < loop->linger[i].until) i++;
        else {
            close(loop->linger[i].fd);
            loop->linger[i] = loop->linger[--loop->lingers];
        }
    }
}

void linger_end(Loop *loop)
{
    while (loop->lingers) close(loop->linger[--loop->lingers].fd);
}
