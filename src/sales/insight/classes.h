/* Classes, and what was bought, written down for lists, cards and filters: `client_class` with its dated log and
 * `client_bought`, the figures of a client (sales/parties/client_figures.c).
 *
 * A job of the night, and of every finished import: counts ABC, XYZ, RFM and status of all clients over the usual
 * period, revenue and margin of it, rhythm and lateness, just as the analyses answer when nobody says a period, and
 * writes what differs from what stands there; then that it has counted, when and of which days (`counted`).  A client
 * without sales is `potential`, and a class or a purchase whose reason is gone, since an import was undone or a sale
 * archived, ends. */
#ifndef SALES_INSIGHT_CLASSES_H
#define SALES_INSIGHT_CLASSES_H

#include "facts/facts.h"
#include "work/jobs.h"

Err classes_run(Work *w, Job *job);

/* From a writing work: a count is wanted soon. `nothing` is not looked at. */
Err classes_wanted(Work *w, void *nothing);

/* The period, usual for every analysis: the last twelve months that have ended, counted back from the last sale that
 * is not ahead of today, or from today where nothing was sold; where all sales are of the month that runs, the twelve
 * months up to the last of them.  And the day looked from: today, or the day after the last sale when that is over 90
 * days ago.  Purchases up to `latest` tell where a client stands. */
typedef struct {
    Day from, to, as_of, earliest, latest;
} UsualPeriod;

/* The first day of the twelve months that end with it: whole ones where it is the last day of a month. */
Day         usual_from(Day to);

/* The first day of as long a time before from..to: as many whole months where these are whole months, else as many
 * days. */
Day         usual_before(Day from, Day to);

UsualPeriod usual_period(const FactsView *view, Day today);

#endif
