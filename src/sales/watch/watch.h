/* Watches: what should not be is found by itself, becomes somebody's task, and is over by itself when it is mended.
 *
 * A watch is a condition on the records of an entity, published: it is asked as the program.  The round `watches` comes
 * each minute.  An active watch whose rhythm has come round since it last looked opens a finding for each record that
 * meets the condition and has none that lasts, at most `cap` a time, and gives the task of the watch, where it has one,
 * to whom it names: whose the record is, the head above him, a person, a role.  Where nobody is there who could do it,
 * it goes to a head above, then to the role of the owner.
 *
 *     open ────────> closed      the record meets the condition no more, or is archived; the watch is switched off
 *       └─> excused              somebody has said why it may be so
 *
 * A finding lasts until the condition is no longer met, an excused one too, and of those that last there is one for a
 * watch and a record (a unique index): so nothing is found twice, and what comes back later is a new one.  What is over
 * takes its open task with it.  It is looked for in the work of each save of the record, or of what belongs to its
 * client or its deal, and by the round.  The tasks of watches are no matter of watches: none feeds on itself. */
#ifndef SALES_WATCH_WATCH_H
#define SALES_WATCH_WATCH_H

#include "api/route.h"
#include "entity/entity.h"
#include "work/jobs.h"

enum { WATCH_CAP_USUAL = 500, WATCH_CAP_MOST = 5000, WATCHES_MOST = 200 };

#define WATCH_PERFORMERS(X) X(WATCH_KEEPER, keeper) X(WATCH_HEAD, head) X(WATCH_PERSON, person) X(WATCH_ROLE, role)
#define FINDING_STATES(X)   X(FINDING_OPEN, open) X(FINDING_CLOSED, closed) X(FINDING_EXCUSED, excused)

CHOICE(WatchPerformer, WATCH_PERFORMER_NONE, WATCH_PERFORMERS, watch_performers);
CHOICE(FindingState, FINDING_STATE_NONE, FINDING_STATES, finding_states);

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/watch/watch.def"
} Watch;

/* Not `Finding`, which is what an analysis says. */
typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/watch/finding.def"
} Found;

extern const Entity watch_entity, finding_entity;

/* For the lists in app/. */
extern const Route   watch_routes[];
extern const Handler watch_handlers[];

/* Kind of job, a round: what is due is looked for, and what is over is closed.  What one watch found is a row of
 * `watch_round`, with what kept it from finding more; one that cannot be asked any more keeps no other back. */
Err watches_run(Work *w, Job *job);

/* ---- inside the folder ---- */

enum { WATCH_PIECE = 100 };

Err watch_rule(Work *w, Saving *s);
Err finding_rule(Work *w, Saving *s);

/* Records that meet it and have no finding that lasts, by id, above `above`, at most
 * WATCH_PIECE; `ids` (null: all): only of these.  INVALID: the condition can be read no more. */
Err watch_found(Work *w, const Watch *watch, int64_t above, const int64_t *ids, ptrdiff_t n, int64_t *out,
                ptrdiff_t *found);

/* Findings that last though nothing keeps them up, at most WATCH_PIECE; `about` (null: all): only of these records. */
Err watch_over(Work *w, const Watch *watch, const int64_t *about, ptrdiff_t n, int64_t *out, ptrdiff_t *over);

/* From writing works: findings with their tasks are opened about these records, n at most WATCH_PIECE; *failed are
 * those for whom no task could be made.  And are closed. */
Err findings_open(Work *w, const Watch *watch, const int64_t *ids, ptrdiff_t n, ptrdiff_t *failed);
Err findings_close(Work *w, const int64_t *ids, ptrdiff_t n);
Err finding_tasks_cancel(Work *w, const int64_t *ids, ptrdiff_t n, Str why);

#endif
