/* Classes and rhythms written down for lists, cards and filters: `client_class` with its dated log and `client_rhythm`.
 *
 * A job of the night, and of every finished import: counts ABC, XYZ and status of all clients over the last twelve months and writes what differs
 * from what stands there, so that a night without news writes nothing.  A client that has never bought is `potential`. */
#ifndef SALES_INSIGHT_CLASSES_H
#define SALES_INSIGHT_CLASSES_H

#include "facts/facts.h"
#include "work/jobs.h"

Err classes_run(Work *w, Job *job);

/* From a writing work: a count is wanted soon. `nothing` is not looked at. */
Err classes_wanted(Work *w, void *nothing);

/* The period, usual for every analysis: the twelve months up to the last sale (not ahead of today); and the day looked from: today, or the day
 * after the last sale when that is over 90 days ago. */
typedef struct {
    Day from, to, as_of, earliest;
} UsualPeriod;

Day         usual_from(Day to); /* the first day of the twelve months that end with it */
UsualPeriod usual_period(const FactsView *view, Day today);

#endif
