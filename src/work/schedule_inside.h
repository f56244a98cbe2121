/* What schedule.c and schedule_change.c share, and what the keeper calls.  Nobody else includes this. */
#ifndef WORK_SCHEDULE_INSIDE_H
#define WORK_SCHEDULE_INSIDE_H

#include "work/inside.h"
#include "work/schedule.h"

/* A row as it is kept. */
typedef struct {
    int64_t        id;
    Str            name, job, argument, text, usual;
    CalendarRhythm rhythm;
    bool           sound, off; /* sound: the text is a rhythm */
    ScheduleMisses misses;
    Moment         next_at, last_for;
} ScheduleKept;

/* What rhythms are reckoned by. */
typedef struct {
    Calendar    calendar;
    const Zone *zone;
} ScheduleWall;

Err          schedule_wall(Work *w, ScheduleWall *out);
void         schedule_rhythm(ScheduleKept *k, Str text);
Moment       schedule_next_of(const ScheduleWall *wall, const ScheduleKept *k, Moment after);
ScheduleKept schedule_kept(Arena *mem, const Rows *rows); /* of the columns that all selects have */
Err          schedule_named(Work *w, Str sql, Val which, ScheduleKept *out); /* NOT_FOUND without words */
Err          schedule_job(Work *w, const ScheduleWall *wall, const ScheduleKept *k, Moment at, int64_t *job);
Err          schedule_check(Work *w, const ScheduleWall *wall, Str rhythm, Str *told); /* told: in one form */

#endif
