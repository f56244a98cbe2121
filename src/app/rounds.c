/* What comes by itself: the rounds of the program, each a kind of job with the rhythm it comes with.
 *
 * They run once for all servers of a base.  What every server does for itself, news and facts, is its beat
 * (serve.c). */
#include "app/rounds.h"

#include "access/access.h"
#include "access/forgetting.h"
#include "entity/mass.h"
#include "files/share.h"

enum { ROUND_JOBS_AT_ONCE = 1000 };
#define ROUND_JOBS_KEPT_MS (INT64_C(90) * 24 * 3600 * 1000)

const ScheduleRound all_rounds[] = {
    { "backup", .job = "backup", .argument = "", .rhythm = "daily 01:00", .misses = MISSES_LAST, .at_once = true },
    { "classes", .job = "classes", .argument = "", .rhythm = "daily 02:00", .misses = MISSES_LAST },
    { "contact_rhythms", .job = "contact_rhythms", .argument = "", .rhythm = "daily 04:00", .misses = MISSES_LAST },
    { "clearing", .job = "clearing", .argument = "", .rhythm = "daily 03:00", .misses = MISSES_LAST },
    { "requests", .job = "requests", .argument = "", .rhythm = "each 5 min", .misses = MISSES_LAST },
    { "watches", .job = "watches", .argument = "", .rhythm = "each 1 min", .misses = MISSES_LAST },
    { "hand_overs", .job = "hand_overs", .argument = "", .rhythm = "daily 00:20", .misses = MISSES_LAST },
    { "teams", .job = "teams", .argument = "", .rhythm = "daily 00:00", .misses = MISSES_LAST },
    { 0 },
};

/* Sessions, kept answers, links and files whose time is over are marked, or go where they were marked a day before. */
static Err old_things_remove(Work *w, void *nothing)
{
    (void)nothing;
    TRY(files_mark(w));
    return forget_what_is_over(w, shares_forget);
}

static Err round_jobs_forget(Work *w, void *gone)
{
    return schedule_forget(w, w->now - ROUND_JOBS_KEPT_MS, ROUND_JOBS_AT_ONCE, gone);
}

/* In stretches, so that nobody waits behind them. */
Err clearing_run(Work *w, Job *job)
{
    int64_t gone = 0, done = 0;
    bool    more;
    (void)job;
    w->who = &actor_program;
    TRY(work_write(w, old_things_remove, NULL));
    do {
        TRY(files_clear(w, &more));
        TRY(job_step(w, ++done, 0));
    } while (more);
    do {
        TRY(work_write(w, round_jobs_forget, &gone));
        TRY(job_step(w, ++done, 0));
    } while (gone == ROUND_JOBS_AT_ONCE);
    do {
        TRY(work_write(w, mass_forget, &gone));
        TRY(job_step(w, ++done, 0));
    } while (gone == MASS_FORGET);
    return OK;
}

Err teams_run(Work *w, Job *job)
{
    (void)job;
    return work_write(w, access_teams_round, NULL);
}
