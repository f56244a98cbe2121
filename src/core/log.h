/* What the administrator reads: one line an event on standard error, with the moment in UTC.  Never holds passwords,
 * tokens or personal data; what users see goes through problems (core/problem.h). */
#ifndef CORE_LOG_H
#define CORE_LOG_H

/* 2026-03-04T05:06:07Z store: could not … */
void log_line(const char *area, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
