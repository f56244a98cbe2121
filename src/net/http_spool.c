/* Large bodies go to a file without a name, written by one thread of its own: a loop never waits for the disk. */
#include "net/http_inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int http_spool_file(const char *folder)
{
    char name[512];
    if (!folder) return -1;
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || snprintf(name, sizeof name, "%s/.spool-XXXXXX", folder) >= (int)sizeof name) return fd;
    fd = mkostemp(name, O_CLOEXEC); /* a file system that cannot make nameless files */
    if (fd >= 0) unlink(name);
    return fd;
}

static Request *next_in_line(Spool *spool)
{
    pthread_mutex_lock(&spool->lock);
    while (!spool->first && !spool->stop) pthread_cond_wait(&spool->more, &spool->lock);
    Request *r = spool->first;
    if (r) spool->first = r->posted;
    if (!spool->first) spool->end = &spool->first;
    pthread_mutex_unlock(&spool->lock);
    return r;
}

static void *spool_run(void *arg)
{
    for (Request *r; (r = next_in_line(arg));) {
        r->disk_failed |= !buf_to_fd(&r->pub.file, buf_str(&r->bytes));
        r->bytes.len = 0;
        loop_post(r);
    }
    return NULL;
}

void spool_hand(Spool *spool, Request *r)
{
    r->posted = NULL;
    pthread_mutex_lock(&spool->lock);
    *spool->end = r;
    spool->end  = &r->posted;
    pthread_cond_signal(&spool->more);
    pthread_mutex_unlock(&spool->lock);
}

bool spool_start(Spool *spool)
{
    pthread_mutex_init(&spool->lock, NULL);
    pthread_cond_init(&spool->more, NULL);
    spool->end = &spool->first;
    return pthread_create(&spool->thread, NULL, spool_run, spool) == 0;
}

void spool_stop(Spool *spool)
{
    pthread_mutex_lock(&spool->lock);
    spool->stop = true;
    pthread_cond_signal(&spool->more);
    pthread_mutex_unlock(&spool->lock);
    pthread_join(spool->thread, NULL);
    pthread_mutex_destroy(&spool->lock);
    pthread_cond_destroy(&spool->more);
}
