/* What time it is. */
#include "core/clock.h"

#include "core/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

static int64_t clock_ms(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* `2026-03-04T05:06:07Z`, nothing else. */
static bool moment_read(Str s, Moment *out)
{
    Day     day;
    int64_t h, m, sec;
    if (s.n != 20 || s.s[10] != 'T' || s.s[13] != ':' || s.s[16] != ':' || s.s[19] != 'Z') return false;
    if (!day_read(str_upto(s, 10), &day)) return false;
    if (!str_i64((Str){ s.s + 11, 2 }, &h) || !str_i64((Str){ s.s + 14, 2 }, &m) ||
        !str_i64((Str){ s.s + 17, 2 }, &sec))
        return false;
    if (h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59) return false;
    *out = ((Moment)day * 86400 + h * 3600 + m * 60 + sec) * 1000;
    return true;
}

Moment clock_now(const Clock *clock)
{
    if (!clock->file) return clock_ms(CLOCK_REALTIME);
    char    text[64];
    Moment  told;
    int     fd = open(clock->file, O_RDONLY | O_CLOEXEC);
    ssize_t n  = fd < 0 ? -1 : read(fd, text, sizeof text);
    if (fd >= 0) close(fd);
    if (n >= 0 && moment_read(str_trim((Str){ text, n }), &told)) return told;
    log_line("clock", "%s does not hold a moment like 2026-03-04T05:06:07Z", clock->file);
    return clock_ms(CLOCK_REALTIME);
}

int64_t clock_ticks(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

int64_t clock_steady(const Clock *clock)
{
    static pthread_mutex_t lock   = PTHREAD_MUTEX_INITIALIZER;
    static int64_t         passed = 1200000000;
    static Moment          last   = INT64_MAX;
    if (!clock->file) return clock_ticks();
    pthread_mutex_lock(&lock);
    Moment now = clock_now(clock);
    if (now > last) passed += now - last;
    last          = now;
    int64_t ticks = passed;
    pthread_mutex_unlock(&lock);
    return ticks;
}
