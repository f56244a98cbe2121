/* The register of streams and the beat that keeps them alive. */
#include "net/events.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HOLD (32 << 10)

typedef struct Listener Listener;

struct Listener {
    Listener   *next; /* opened earlier */
    int64_t     user, session;
    HttpStream *stream;
};

struct Events {
    EventsOptions   options;
    pthread_mutex_t lock;
    pthread_cond_t  stop_now;
    pthread_t       beat;
    bool            stop;
    Listener       *first;
    int             count;
};

/* With the lock: ends the stream at *at. */
static void end_at(Events *e, Listener **at)
{
    Listener *gone = *at;
    *at = gone->next;
    e->count--;
    http_stream_end(gone->stream, true);
    free(gone);
}

/* With the lock. */
static void put_to(Events *e, int64_t user, Str bytes)
{
    for (Listener **at = &e->first; *at;) {
        bool wanted = !user || (*at)->user == user;
        if (wanted && !http_stream_put((*at)->stream, bytes, 0)) end_at(e, at);
        else at = &(*at)->next;
    }
}

static void *beat_run(void *arg)
{
    Events         *e = arg;
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    pthread_mutex_lock(&e->lock);
    while (!e->stop) {
        int64_t ns = at.tv_nsec + (int64_t)e->options.beat_ms * 1000000;
        at.tv_sec += ns / 1000000000;
        at.tv_nsec = ns % 1000000000;
        while (!e->stop && pthread_cond_timedwait(&e->stop_now, &e->lock, &at) != ETIMEDOUT) continue;
        put_to(e, 0, S(":\n\n"));
    }
    pthread_mutex_unlock(&e->lock);
    return NULL;
}

Events *events_new(EventsOptions options)
{
    Events            *e = heap_take(sizeof *e);
    pthread_condattr_t monotonic;
    e->options = options;
    if (!e->options.per_user) e->options.per_user = 16;
    if (!e->options.beat_ms) e->options.beat_ms = 15000;
    pthread_mutex_init(&e->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&e->stop_now, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&e->beat, NULL, beat_run, e) == 0) return e;
    free(e);
    return NULL;
}

void events_drop(Events *e)
{
    pthread_mutex_lock(&e->lock);
    e->stop = true;
    pthread_cond_signal(&e->stop_now);
    pthread_mutex_unlock(&e->lock);
    pthread_join(e->beat, NULL);
    while (e->first) end_at(e, &e->first);
    pthread_mutex_destroy(&e->lock);
    pthread_cond_destroy(&e->stop_now);
    free(e);
}

/* With the lock: the list runs from the newest to the oldest, so the first ones of a user may stay. */
static void end_beyond(Events *e, int64_t user, int allowed)
{
    for (Listener **at = &e->first; *at;) {
        if ((*at)->user == user && allowed-- <= 0) end_at(e, at);
        else at = &(*at)->next;
    }
}

void events_open(Events *e, HttpRequest *r, int64_t user, int64_t session)
{
    HttpStream *stream = http_stream(r, (HttpReply){ .status = 200, .type = "text/event-stream",
                                                     .header = { { "X-Accel-Buffering", "no" } } }, HOLD);
    Listener   *l      = malloc(sizeof *l);
    if (!l) {
        http_stream_end(stream, false); /* the browser comes back */
        return;
    }
    *l = (Listener){ .user = user, .session = session, .stream = stream };
    http_stream_put(stream, S("retry: 3000\n\n"), 0);
    pthread_mutex_lock(&e->lock);
    l->next  = e->first;
    e->first = l;
    e->count++;
    end_beyond(e, user, e->options.per_user);
    pthread_mutex_unlock(&e->lock);
}

void events_publish(Events *e, int64_t user, Str topic, Str data)
{
    Str   piece[5] = { S("event: "), topic, S("\ndata: "), data, S("\n\n") };
    char *text     = malloc((size_t)(topic.n + data.n) + 32), *to = text;
    if (!text) return; /* news, no record: whoever misses it sees at his next look what there is */
    for (int i = 0; i < 5; i++) to = (char *)mempcpy(to, piece[i].s, (size_t)piece[i].n);
    pthread_mutex_lock(&e->lock);
    put_to(e, user, (Str){ text, to - text });
    pthread_mutex_unlock(&e->lock);
    free(text);
}

void events_end(Events *e, int64_t user, int64_t session)
{
    pthread_mutex_lock(&e->lock);
    for (Listener **at = &e->first; *at;) {
        if ((*at)->user == user && (!session || (*at)->session == session)) end_at(e, at);
        else at = &(*at)->next;
    }
    pthread_mutex_unlock(&e->lock);
}

int events_count(Events *e)
{
    pthread_mutex_lock(&e->lock);
    int n = e->count;
    pthread_mutex_unlock(&e->lock);
    return n;
}
