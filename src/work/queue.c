/* What waits for a lane: a ring with a bound, so that a rush is refused instead of piled up. */
#include "work/inside.h"

#include <errno.h>
#include <time.h>

void queue_new(Queue *q, Arena *mem, int most, int back)
{
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&q->mutex, NULL);
    pthread_cond_init(&q->filled, &steady);
    pthread_condattr_destroy(&steady);
    q->ring = NEW_N(mem, Queued, most + back);
    q->room = most + back;
    q->most = most;
}

Err queue_put(Queue *q, const LaneWork *work)
{
    pthread_mutex_lock(&q->mutex);
    bool fits = q->count < q->most && !q->closed;
    if (fits) q->ring[(q->head + q->count++) % q->room] = (Queued){ .work = *work };
    pthread_cond_signal(&q->filled);
    pthread_mutex_unlock(&q->mutex);
    return fits ? OK : BUSY;
}

/* Others may have taken their room meanwhile: the ring has `back` places beyond its bound for them. */
void queue_back(Queue *q, const Queued *first, int n)
{
    pthread_mutex_lock(&q->mutex);
    for (int i = n - 1; i >= 0; i--) {
        q->head          = (q->head + q->room - 1) % q->room;
        q->ring[q->head] = first[i];
        q->count++;
    }
    pthread_mutex_unlock(&q->mutex);
}

static Queued take_first(Queue *q)
{
    Queued first = q->ring[q->head];
    q->head      = (q->head + 1) % q->room;
    q->count--;
    return first;
}

bool queue_take(Queue *q, Queued *out)
{
    pthread_mutex_lock(&q->mutex);
    while (!q->count && !q->closed) pthread_cond_wait(&q->filled, &q->mutex);
    bool any = q->count > 0;
    if (any) *out = take_first(q);
    pthread_mutex_unlock(&q->mutex);
    return any;
}

bool queue_try(Queue *q, Queued *out, int64_t until_us)
{
    struct timespec until = { until_us / 1000000, until_us % 1000000 * 1000 };
    pthread_mutex_lock(&q->mutex);
    while (!q->count && !q->closed && until_us)
        if (pthread_cond_timedwait(&q->filled, &q->mutex, &until) == ETIMEDOUT) break;
    bool any = q->count > 0;
    if (any) *out = take_first(q);
    pthread_mutex_unlock(&q->mutex);
    return any;
}

int queue_drain(Queue *q, Queued *out, int most)
{
    int n = 0;
    pthread_mutex_lock(&q->mutex);
    while (q->count && n < most) out[n++] = take_first(q);
    pthread_mutex_unlock(&q->mutex);
    return n;
}

void queue_close(Queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->closed = true;
    pthread_cond_broadcast(&q->filled);
    pthread_mutex_unlock(&q->mutex);
}
