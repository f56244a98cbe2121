/* The way of records: by which version each is led, where it stands in it, what is missing for the next stage.
 *
 * A record whose process has a version in force is led by it from its first move on: a run ties it to that version for
 * good, or until it goes over to the one that is in force (way_adopt), and a passage is what became of one step for it.
 * What stood on a stage already when it began to be led has come past the steps before.  A record moves by its field
 * for the stage alone, whoever changes that and by which door: ways_follow is asked when the change is written, and
 * refuses it with all that is missing.
 *
 *     forward     the steps of the stage that is left, closed where nothing is missing, else named with their gates;
 *                 each step that must be gone on stages between; the gates at the entrance of what is come to
 *     back, lost  nothing is asked, and what is done stays done
 *     imports     bring stages as history has them: what they pass is passed over
 *
 * Whoever has the verb `override` on the record may go on all the same when he says why.  What he passes over is kept
 * with his name and reason in the passages, and in the history of the record. */
#ifndef ENGINE_PROCESS_WAY_H
#define ENGINE_PROCESS_WAY_H

#include "engine/process/version.h"
#include "access/calendar.h"
#include "entity/check.h"

typedef enum { PASSAGE_NONE, PASSAGE_OPEN, PASSAGE_DONE, PASSAGE_SKIPPED } PassageState;

typedef struct {
    const ProcessStep *step;
    const StageRow    *stage; /* null: there no more                       */
    ptrdiff_t          number; /* as people count, from 1                   */
    PassageState       state;
    Moment             entered_at, due_at, left_at; /* NONE: not yet, no term */
    int64_t            by; /* who closed it; 0: nobody, the program     */
    Str                outcome; /* its code                                  */
    Str                ticks; /* codes of gates, with blanks between       */
    bool               deviation;
    int64_t            override_by; /* who passed over it, and               */
    Str                why;
    bool               changed; /* to be written                             */
} WayStep;

typedef struct {
    int64_t               record, run; /* run 0: none yet                    */
    const StageRow       *at; /* where it stands                    */
    const ProcessVersion *version; /* null: nothing leads it             */
    WayStep              *steps; /* in the order in which they are gone */
    ptrdiff_t             n;
    bool                 *met; /* by gate of the version             */
    const char          **fault; /* by gate: why it cannot be asked; null: it can */
} Way;

typedef struct {
    Work                 *w;
    const Entity         *e;
    Stages                stages;
    const ProcessVersion *versions;
    ptrdiff_t             version_n;
    Way                  *at;
    ptrdiff_t             n;
} Ways;

/* The ways of these records, which stand (or stood) on these stages; several statements for all of them together. */
Err ways_read(Work *w, const Entity *e, const int64_t *records, const int64_t *stages, ptrdiff_t n, Ways *out);

/* Sets `met` and `fault` of all ways: one statement a version.  Of what this work has just written, too. */
Err ways_ask(Ways *ways);

/* Writes runs and passages that are new or changed. */
Err ways_write(Ways *ways);

/* ---- what is missing ---- */

typedef struct {
    ptrdiff_t *step, steps; /* places in Way.steps: they are to be closed before, and cannot be by themselves */
    ptrdiff_t *gate, gates; /* places in the version: unmet, refusing      */
    ptrdiff_t *asked, confirms; /* unmet, to be told that it is meant          */
} Missing;

/* For a move to this stage; in w->mem. */
void way_missing(Work *w, const Way *way, const StageRow *to, Missing *out);

/* For closing this step where the record stands. */
void way_step_missing(Work *w, const Way *way, ptrdiff_t step, Missing *out);

/* Each kind of what is missing in one sentence: `run.steps_missing` {steps}, `run.gates_missing` {gates},
 * `run.gates_meant` {gates}; false: nothing of that kind. */
bool missing_steps_say(Work *w, const Way *way, const Missing *m, Problem *out);
bool missing_gates_say(Work *w, const Way *way, const Missing *m, bool meant, Problem *out);

/* ---- what becomes of it ---- */

/* The terms of steps are reckoned by the firm's calendar. */
typedef struct {
    Work       *w;
    Calendar    calendar;
    const Zone *zone;
    int64_t     override_by; /* 0: nobody passes over anything */
    Str         why;
} Going;

Err  going_begin(Work *w, Going *g);
void way_go(const Going *g, Way *way, const StageRow *to); /* what is not closed by then is passed over */
void way_step_close(const Going *g, Way *way, ptrdiff_t step, Str outcome);
void way_step_open(const Going *g, Way *way, ptrdiff_t step);

/* After a save that may have moved records of this entity: `mirror` names its field for the stage.  CONFLICT at that
 * field where a way refuses. */
Err ways_follow(Work *w, const Saving *s, const char *mirror);

/* The records are gone for good. */
Err ways_forget(Work *w, const int64_t *ids, ptrdiff_t n);

/* ---- one record ---- */

/* What comes next for it, as a page of a card needs it; `to`: a stage, what is missing for which is told (0: none). */
Err way_answer(Request *r, const Entity *e, int64_t record, int64_t stage, int64_t to);

/* From a request about one step: {"step", "ticks"?, "was"?, "outcome"?, "close"?}; `was`: the ticks that were seen, so
 * that those of others stay.  CONFLICT with what is missing. */
Err way_step_take(Request *r, const Entity *e, int64_t record, int64_t stage);

/* The work of a step is done, and has come to something. */
typedef struct {
    int64_t record, stage;
    Str     step, outcome;
} StepDone;

/* Closes the open steps of these records where nothing is missing for that, in this order; leaves the others. */
Err way_steps_done(Work *w, const Entity *e, const StepDone *done, ptrdiff_t n);

/* It goes over to the version in force, where that has the codes of all its open steps. */
Err way_adopt(Work *w, const Entity *e, int64_t record, int64_t stage);

#endif
