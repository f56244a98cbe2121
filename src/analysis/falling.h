/* Clients who buy less than they used to, and clients whose next purchase is overdue.  Rows CRS-01 and PRD-12. */
#ifndef ANALYSIS_FALLING_H
#define ANALYSIS_FALLING_H

#include "analysis/status.h"
#include "core/number.h"

typedef struct {
    int   recent;  /* the last months looked at, usually 3                                        */
    int   past;    /* at most so many months before them, usually 12                              */
    int   least;   /* so many months of past are needed to speak of a habit, usually 3            */
    Ratio limit;   /* a fall of this share is a fall, parts per million, usually 300000           */
} FallingSettings;

#define FALLING_USUAL ((FallingSettings){ 3, 12, 3, 300000 })

typedef struct {
    Money was;     /* average month of the past, rounded                                          */
    Money now;     /* average month lately                                                        */
    Money stake;   /* was less now: what is missing a month                                       */
    Ratio change;  /* (now - was) / was: -400000 is a fall by 40 %                                */
} Falling;

/* Does the client fall against its own past?
 *
 *   month[n]   money of whole calendar months one after another, up to the last
 *   begins     which of them is the month of the client's first purchase; below 0: it lies before them all
 *
 * False (and *out all zero) when the past is shorter than `least` months, brought nothing on average, or the fall is
 * smaller than `limit`.  Who is lost buys nothing at all and is not asked about: client_falling
 * (analysis/changes.h). */
bool falling_find(const Money *month, int n, int begins, FallingSettings set, Falling *out);

/* Late is who is at risk: silent for over two rhythms and not yet lost.  One rhythm would not do: it is an average, and
 * every other purchase of the most faithful client comes later than on average. */
bool is_late(Status status);

typedef struct {
    Day     due;       /* the last purchase and one rhythm, rounded to the day                         */
    int     days_late; /* from then to as_of; 0 or less: not late                                */
} Late;

/* When a client with purchases should have come again.  `rhythm` is its own or the usual one. */
Late late_of(Day last, Rhythm rhythm, Day as_of);

#endif
