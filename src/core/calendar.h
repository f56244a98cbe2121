/* The firm's calendar: which days are worked and from when to when; rhythms, which say when something comes round; and
 * spans, which say how long after something else.
 *
 * A day is off, worked, or worked an hour less.  What holds for it is, the first that says anything: the firm's own
 * correction; where the firm keeps them, the public holidays of Russia (Labour Code, articles 95 and 112, with the
 * days off moved by decree for the years listed in calendar_russia.c); the usual week.
 *
 * A rhythm or a span is kept as text, in one form for each:
 *
 *     daily 17:00                    weekly mon,thu 09:00           yearly 05-09
 *     workdays 08:00                 monthly 1 08:00                yearly 05-09 10:00
 *     each 15 min                    monthly workday 1 08:00        every 14 d
 *     each 2 h                       quarterly workday 1 08:00      every 14 d 09:00
 *     2 a week                       3 a month                      (so often, at no fixed time)
 *
 *     30 min    4 h    4 wh    3 d    12 wd    2 w    1 m           (wh, wd: hours and days that are worked; also -3 d)
 *
 * Times are those of the firm's wall clock.  A month that has no such day, or fewer working days, means its last one.
 * `each` is counted from the midnight of each day, `every` in days from Monday, 5 January 1970.  An hour that the clock
 * shows twice counts once, the first time; a time that a jump leaves out is the moment of the jump. */
#ifndef CORE_CALENDAR_H
#define CORE_CALENDAR_H

#include "core/number.h"
#include "core/words.h"
#include "core/zone.h"

typedef enum { CALENDAR_WORK = 1, CALENDAR_SHORT, CALENDAR_OFF } CalendarKind;

typedef struct {
    Day          day;
    CalendarKind kind;
} CalendarDay;

/* Hours in minutes since midnight: from < pause_from <= pause_to < to; no pause: both the same. */
typedef struct Calendar Calendar;

struct Calendar {
    unsigned           week;   /* the days worked in a usual week: bit 0 Monday .. bit 6 Sunday */
    int                from, to, pause_from, pause_to;
    bool               russia;
    const CalendarDay *days;   /* corrections, by day, each once */
    ptrdiff_t          n;
};

extern const Calendar calendar_usual; /* Monday to Friday, 9:00 to 18:00 with an hour from 13:00, holidays of Russia */

CalendarKind calendar_kind(const Calendar *c, Day day);
CalendarKind calendar_russia(Day day, bool worked); /* `worked`: what the usual week says of it */
int          calendar_minutes(const Calendar *c, Day day);          /* that are worked on it  */
int          calendar_workdays(const Calendar *c, Day from, Day to); /* both included; 0 where from > to */
Day          calendar_workday(const Calendar *c, Day day, int n);   /* the n-th working day after it, before it where n
                                                                       is negative; 0: itself, or the next.  DAY_NONE
                                                                       where a year has none */
Moment       calendar_moment(const Zone *zone, Day day, int second); /* as the head says of hours */

/* ---- texts ---- */

typedef struct {
    const char *key; /* of words/: what is missing at this place */
    ptrdiff_t   at;  /* bytes from the beginning */
} CalendarFault;

typedef enum {
    RHYTHM_DAILY, RHYTHM_WORKDAYS, RHYTHM_WEEKLY, RHYTHM_MONTHLY, RHYTHM_MONTHLY_WORKDAY, RHYTHM_QUARTERLY_WORKDAY,
    RHYTHM_YEARLY, RHYTHM_EACH, RHYTHM_EVERY, RHYTHM_A_WEEK, RHYTHM_A_MONTH, RHYTHM_KINDS,
} CalendarRhythmKind;

typedef struct {
    CalendarRhythmKind kind;
    int                n;      /* day or working day; minutes of EACH; days of EVERY; times of A_…           */
    unsigned           week;   /* WEEKLY: as Calendar.week                                                  */
    int                month, day; /* YEARLY                                                                */
    int                minute; /* of the day                                                                */
} CalendarRhythm;

typedef enum { SPAN_MIN, SPAN_HOUR, SPAN_WORK_HOUR, SPAN_DAY, SPAN_WORKDAY, SPAN_WEEK, SPAN_MONTH } CalendarSpanKind;

enum { CALENDAR_SPAN_MOST = 99999, CALENDAR_TEXT = 64 /* bytes of either text, and room */ };

typedef struct {
    CalendarSpanKind kind;
    int              n; /* at most CALENDAR_SPAN_MOST either way */
} CalendarSpan;

/* False with *fault.  Several blanks count as one, and what has a shorter form is written in that (`each 60 min`). */
bool rhythm_read(Str text, CalendarRhythm *out, CalendarFault *fault);
bool span_read(Str text, CalendarSpan *out, CalendarFault *fault);
void rhythm_write(Buf *to, const CalendarRhythm *r);
void span_write(Buf *to, CalendarSpan s);

/* In words: "по рабочим дням в 08:00", "every working day at 08:00"; "12 рабочих дней". */
void rhythm_say(Buf *to, Voice voice, const CalendarRhythm *r);
void span_say(Buf *to, Voice voice, CalendarSpan s);

/* ---- reckoning; NONE: never, or not before 2200 ---- */

Moment rhythm_next(const CalendarRhythm *r, const Calendar *c, const Zone *zone, Moment after); /* the first after it */
Moment rhythm_last(const CalendarRhythm *r, const Calendar *c, const Zone *zone, Moment at); /* the last not after it */

/* Days, weeks and months keep the time on the wall; `wd` gives that time on the n-th working day, `wh` counts only what
 * is worked.  calendar_day_plus gives DAY_NONE for spans in minutes and hours. */
Moment calendar_plus(const Calendar *c, const Zone *zone, Moment at, CalendarSpan s);
Day    calendar_day_plus(const Calendar *c, Day day, CalendarSpan s);

#endif
