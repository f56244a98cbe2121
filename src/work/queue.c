/* What waits for a lane: lines of people, served in turn, with bounds, so that a rush is refused instead of piled up
 * and holds up nobody but whom it belongs to.
 *
 * Works stand in `room` slots; a line is a chain of them.  There are as many lines as people who wait or are served
 * just now, so looking for one is a walk through a short table. */
#include "work/inside.h"

#include <errno.h>
#include <string.h>
#include <time.h>

void queue_new(Queue *q, Arena *mem, int most, int back, int workers)
{
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_init(&q->mutex, NULL);
    pthread_cond_init(&q->filled, &steady);
    pthread_condattr_destroy(&steady);
    q->room  = most + back;
    q->most  = most;
    q->share = workers > 1 ? workers / 2 : 0;
    q->slot  = NEW_N(mem, Waiting, q->room);
    q->line  = NEW_N(mem, Line, q->room + back + workers);
    for (int i = 0; i < q->room; i++) {
        q->slot[i].next = q->spare;
        q->spare        = &q->slot[i];
    }
}

/* ---- lines ---- */

static Line *line_of(Queue *q, int64_t who)
{
    for (int i = 0; i < q->lines; i++)
        if (q->line[i].who == who) return &q->line[i];
    return NULL;
}

static Line *line_for(Queue *q, int64_t who)
{
    Line *line = line_of(q, who);
    if (line) return line;
    q->line[q->lines] = (Line){ .who = who };
    return &q->line[q->lines++];
}

/* A line where nobody waits and nobody is served is none.  The others keep their order. */
static void line_close(Queue *q, Line *line)
{
    if (line->waiting || line->served) return;
    ptrdiff_t at = line - q->line;
    memmove(line, line + 1, sizeof *line * (size_t)(q->lines - at - 1));
    q->lines--;
    if (q->turn > at) q->turn--;
}

static bool may_be_served(const Queue *q, const Line *line)
{
    return line->waiting && (!q->share || line->who == LINE_OWN || line->served < q->share || q->closed);
}

static Line *next_line(Queue *q)
{
    for (int i = 0; i < q->lines; i++) {
        Line *line = &q->line[(q->turn + i) % q->lines];
        if (may_be_served(q, line)) return line;
    }
    return NULL;
}

static void stand_first(Queue *q, const Queued *work)
{
    Line *line = line_for(q, work->work.line);
    Waiting *slot = q->spare;
    q->spare   = slot->next;
    slot->work = *work;
    slot->next = line->first;
    if (!line->first) line->last = slot;
    line->first = slot;
    line->waiting++;
    q->count++;
}

/* True: somebody may serve it now. */
static bool stand_last(Queue *q, const LaneWork *work)
{
    Line *line = line_for(q, work->line);
    Waiting *slot = q->spare;
    q->spare   = slot->next;
    *slot      = (Waiting){ .work = { .work = *work } };
    if (line->first) line->last->next = slot;
    else line->first = slot;
    line->last = slot;
    line->waiting++;
    q->count++;
    return may_be_served(q, line);
}

static Queued take_first(Queue *q, Line *line)
{
    Waiting *slot = line->first;
    Queued   work = slot->work;
    line->first = slot->next;
    slot->next  = q->spare;
    q->spare    = slot;
    line->waiting--;
    line->served++;
    q->count--;
    q->turn = (int)(line - q->line) + 1;
    return work;
}

/* ---- the queue ---- */

/* Nobody may hold more places than he leaves to the others: at most half of them, and somebody who comes later finds
 * one. */
static bool fits(Queue *q, int64_t who)
{
    const Line *line = line_of(q, who);
    int         left = q->most - q->count;
    return !q->closed && left > 0 && (who == LINE_OWN || !line || line->waiting < left);
}

Err queue_put(Queue *q, const LaneWork *work)
{
    pthread_mutex_lock(&q->mutex);
    bool taken = fits(q, work->line);
    if (taken && stand_last(q, work)) pthread_cond_signal(&q->filled);
    pthread_mutex_unlock(&q->mutex);
    return taken ? OK : BUSY;
}

/* Nobody need be woken: whoever is done comes back at once, and takes what may be served from now on. */
void queue_over(Queue *q, int64_t who)
{
    pthread_mutex_lock(&q->mutex);
    Line *line = line_of(q, who);
    line->served--;
    line_close(q, line);
    pthread_mutex_unlock(&q->mutex);
}

/* Others may have taken their room meanwhile: there are `back` places beyond the bound for them. */
void queue_back(Queue *q, const Queued *first, int n)
{
    pthread_mutex_lock(&q->mutex);
    for (int i = n - 1; i >= 0; i--) {
        stand_first(q, &first[i]);
        line_of(q, first[i].work.line)->served--;
    }
    pthread_mutex_unlock(&q->mutex);
}

bool queue_take(Queue *q, Queued *out)
{
    Line *line;
    pthread_mutex_lock(&q->mutex);
    while (!(line = next_line(q)) && !(q->closed && !q->count)) pthread_cond_wait(&q->filled, &q->mutex);
    if (line) *out = take_first(q, line);
    pthread_mutex_unlock(&q->mutex);
    return line;
}

bool queue_try(Queue *q, Queued *out, int64_t until_us)
{
    struct timespec until = { until_us / 1000000, until_us % 1000000 * 1000 };
    Line           *line;
    pthread_mutex_lock(&q->mutex);
    while (!(line = next_line(q)) && !q->closed && until_us)
        if (pthread_cond_timedwait(&q->filled, &q->mutex, &until) == ETIMEDOUT) break;
    if (line || (line = next_line(q))) *out = take_first(q, line);
    pthread_mutex_unlock(&q->mutex);
    return line;
}

int queue_drain(Queue *q, Queued *out, int most)
{
    int n = 0;
    pthread_mutex_lock(&q->mutex);
    for (int i = 0; i < q->lines && n < most; i++)
        while (q->line[i].waiting && n < most) {
            out[n++] = take_first(q, &q->line[i]);
            q->line[i].served--;
        }
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
