/* One line an event, written at once so that lines of several threads do not mix. */
#include "core/log.h"

#include "core/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

void log_line(const char *area, const char *fmt, ...)
{
    char    line[1024];
    time_t  now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    int n = (int)strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%SZ ", &utc);
    n += snprintf(line + n, 40, "%s: ", area);
    va_list args;
    va_start(args, fmt);
    int more = vsnprintf(line + n, sizeof line - (size_t)n - 1, fmt, args);
    va_end(args);
    int room = (int)sizeof line - n - 2;
    n += more < room ? more : room;
    for (int i = 0; i < n; i++)
        if ((unsigned char)line[i] < ' ') line[i] = ' ';
    line[n++] = '\n';
    int err = STDERR_FILENO;
    buf_to_fd(&err, (Str){ line, n });
}
