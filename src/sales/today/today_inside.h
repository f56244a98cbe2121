/* What Today reads before it answers.  Used inside today/ only. */
#ifndef SALES_TODAY_TODAY_INSIDE_H
#define SALES_TODAY_TODAY_INSIDE_H

#include "sales/today/order.h"
#include "work/work.h"

typedef struct {
    int64_t id; /* 0: none, or out of sight */
    Str     title;
} Named;

/* What is due, or a client that is offered; ids 0 and texts without s: none. */
typedef struct {
    int64_t activity, version;
    int     channel, asks, minutes, priority;
    bool    next_needed, timed, queued;
    Str     subject, place;
    Named   kind, aim, performer, client, person;
    Moment  due;
    Day     due_day;
} Doing;

/* What the last contact with a client came to. */
typedef struct {
    int64_t client, activity;
    Moment  at;
    Str     kind, result, by;
    int     channel, outcome;
} Last;

typedef struct {
    int64_t owner; /* a person or a client */
    Str     number;
} Phone;

typedef struct {
    Named   user;
    int64_t due, overdue, done; /* up to TODAY_COUNTED */
} Busy;

typedef struct {
    TodayClock clock;
    Day        day;
    Moment     from, until; /* of the reader's day: its first moment, and that of the next */

    TodayLine *line;        /* in order; line[i].at is the place of what it is about in doing */
    Doing     *doing;
    ptrdiff_t  n;
    bool       more;        /* there was more than is read */

    Last      *last;
    Phone     *phone;
    Busy      *busy;        /* the reader first */
    ptrdiff_t  last_n, phone_n, busy_n;
} Today;

/* All of it within the actor's reach, by seven statements. */
Err today_read(Work *w, Today *t);

#endif
