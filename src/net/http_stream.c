/* Answers that come bit by bit: a ring of bytes between whoever writes and the loop that sends.
 *
 * The loop takes what is there and puts the connection to sleep when there is nothing; the writer wakes it, and itself
 * waits when the ring is full.  The stream belongs to both and is freed by whichever lets go last. */
#include "net/http_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct HttpStream {
    pthread_mutex_t lock;
    pthread_cond_t  room;
    Request        *r;      /* null: the connection is over             */
    ptrdiff_t       cap, from, len;
    bool            asleep; /* the loop waits for bytes                 */
    bool            ended, cut;
    int             holders;
    char            ring[];
};

HttpStream *stream_new(Request *r, ptrdiff_t hold)
{
    HttpStream        *s = heap_take(sizeof *s + (size_t)hold);
    pthread_condattr_t monotonic;
    *s = (HttpStream){ .r = r, .cap = hold, .holders = 2 };
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s->room, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return s;
}

/* Unlocks. */
static void let_go(HttpStream *s)
{
    bool last = --s->holders == 0;
    pthread_mutex_unlock(&s->lock);
    if (!last) return;
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->room);
    free(s);
}

/* ---- the loop's side ---- */

void stream_enrol(Request *r)
{
    Loop *loop     = r->loop;
    r->next_stream = loop->streams;
    if (loop->streams) loop->streams->prev_stream = r;
    loop->streams = r;
}

void stream_forget(Request *r)
{
    HttpStream *s = r->stream;
    if (r->next_stream) r->next_stream->prev_stream = r->prev_stream;
    if (r->prev_stream) r->prev_stream->next_stream = r->next_stream;
    else if (r->loop->streams == r) r->loop->streams = r->next_stream;
    pthread_mutex_lock(&s->lock);
    s->r   = NULL;
    s->cut = true;
    pthread_cond_broadcast(&s->room);
    let_go(s);
}

/* With the lock. */
static void wake_loop(HttpStream *s)
{
    if (!s->asleep || !s->r) return;
    s->asleep = false;
    loop_post(s->r);
}

void stream_cut(Request *r)
{
    HttpStream *s = r->stream;
    pthread_mutex_lock(&s->lock);
    s->cut = true;
    pthread_cond_broadcast(&s->room);
    wake_loop(s);
    pthread_mutex_unlock(&s->lock);
}

static ptrdiff_t take_some(HttpStream *s, char *to, ptrdiff_t room)
{
    ptrdiff_t n = s->cap - s->from < s->len ? s->cap - s->from : s->len;
    if (n > room) n = room;
    memcpy(to, s->ring + s->from, (size_t)n);
    s->from = (s->from + n) % s->cap;
    s->len -= n;
    pthread_cond_signal(&s->room);
    return n;
}

ssize_t stream_read(void *stream, uint64_t at, char *to, size_t room)
{
    (void)at;
    HttpStream *s = stream;
    ssize_t     n = 0;
    pthread_mutex_lock(&s->lock);
    if (s->cut) n = MHD_CONTENT_READER_END_WITH_ERROR;
    else if (s->len) n = take_some(s, to, (ptrdiff_t)room);
    else if (s->ended) n = MHD_CONTENT_READER_END_OF_STREAM;
    else {
        s->asleep = true;
        request_sleep(s->r);
    }
    pthread_mutex_unlock(&s->lock);
    return n;
}

/* ---- the writer's side ---- */

static struct timespec in_ms(int ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) t.tv_sec++, t.tv_nsec -= 1000000000;
    return t;
}

static bool wait_for_room(HttpStream *s, int wait_ms, const struct timespec *until)
{
    while (!s->cut && s->len == s->cap) {
        if (wait_ms == 0) return false;
        if (wait_ms < 0) pthread_cond_wait(&s->room, &s->lock);
        else if (pthread_cond_timedwait(&s->room, &s->lock, until) == ETIMEDOUT && s->len == s->cap) return false;
    }
    return !s->cut;
}

static ptrdiff_t put_some(HttpStream *s, Str bytes)
{
    ptrdiff_t to = (s->from + s->len) % s->cap, n = to < s->from ? s->from - to : s->cap - to;
    if (n > s->cap - s->len) n = s->cap - s->len;
    if (n > bytes.n) n = bytes.n;
    memcpy(s->ring + to, bytes.s, (size_t)n);
    s->len += n;
    return n;
}

bool http_stream_put(HttpStream *s, Str bytes, int wait_ms)
{
    struct timespec until = in_ms(wait_ms > 0 ? wait_ms : 0);
    bool            good  = true;
    pthread_mutex_lock(&s->lock);
    while (bytes.n && (good = wait_for_room(s, wait_ms, &until))) {
        bytes = str_from(bytes, put_some(s, bytes));
        wake_loop(s);
    }
    good &= !s->cut;
    if (!good) {
        s->cut = true;
        wake_loop(s);
    }
    pthread_mutex_unlock(&s->lock);
    return good;
}

void http_stream_end(HttpStream *s, bool complete)
{
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    if (!complete) s->cut = true;
    wake_loop(s);
    let_go(s);
}
