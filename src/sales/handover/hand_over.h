/* Handing over all that a person holds: to one, or to several by a rule; for good, with the person blocked in the same
 * act, or for an absence, after which comes back what is still held.
 *
 * A hand-over is a deed at many records (entity/mass.h) for each kind of thing and each who gets some, all by one job:
 * each record is saved by the door in the rights of whoever asked, what is refused stays and is told.  What belongs to
 * a client goes where the client goes.  It is given back by another such deed: what they who got it still hold goes
 * back to him, with what they have to do there since. */
#ifndef SALES_HANDOVER_HAND_OVER_H
#define SALES_HANDOVER_HAND_OVER_H

#include "api/route.h"
#include "sales/handover/plan.h"
#include "work/jobs.h"

enum { HAND_OVERS_SHOWN = 10, HAND_LEFT_SHOWN = 50, HAND_BACK_AT_ONCE = 50 };

extern const Route hand_over_routes[];

/* May the actor hand over what this person holds?  DENIED, NOT_FOUND with words. */
Err hand_over_need(Work *w, int64_t user);

/* From a writing work: blocks him where that is asked, writes the deeds down and adds the job.  INVALID where he holds
 * nothing that could go, and is not to be blocked; CONFLICT while another of his runs. */
Err hand_over_begin(Work *w, const HandPlan *p, int64_t *id);

/* From a writing work: the same backwards; lets him in again whom it had blocked.  By this job (the round of the
 * night), or with 0 by one of its own.  CONFLICT while it runs, or where it was given back. */
Err hand_over_back(Work *w, int64_t of, int64_t job, int64_t *id);

/* {items: [hand-over]}, the latest first. */
Err hand_overs_json(Work *w, JsonOut *to, int64_t user);

/* Kind of job; the argument is the id. */
Err hand_over_run(Work *w, Job *job);
Err hand_over_given_up(Work *w, Job *job);

/* Kind of job: the round of the night gives back what was handed over for an absence that is over, having gone on first
 * with what an earlier one had begun and could not end. */
Err hand_overs_round(Work *w, Job *job);

#endif
