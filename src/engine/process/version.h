/* Versions of a process: what is agreed about the way a record goes.
 *
 * A version is one aggregate: steps, each on a stage of its process; gates, what must hold at a step; outcomes, what a
 * step may come to.  They are tied by `code`, so that versions are compared and a record goes from one to another.  A
 * draft is edited freely and may be wrong; publishing it asks whether it can be gone (version_check) and then it is in
 * force, the one before is past, and neither changes any more.  Records go to their end by the version with which they
 * began (engine/process/way.h).
 *
 * Steps are gone in the order of stages and of their places, where `after` does not name others, codes with blanks
 * between.  A gate needs one of four things:
 *
 *     tick      somebody has ticked it off                          a list of these is the checklist of a step
 *     field     the field `path` of the record is not empty         amount, client_id.inn
 *     record    a row of `path` is there (`filter`: one for which that holds)     <attachment.about, client_id.persons
 *     filter    the condition `filter` holds of the record          the language of entity/filter.h */
#ifndef ENGINE_PROCESS_VERSION_H
#define ENGINE_PROCESS_VERSION_H

#include "api/route.h"
#include "engine/process/process.h"
#include "entity/filter.h"

enum {
    STEPS_MOST = 100,
    GATES_MOST = 300,
    OUTCOMES_MOST = 300,
    CONDITIONS_MOST = 60000 /* bytes of all its gates together */
};

#define VERSION_STATES(X)  X(VERSION_DRAFT, draft) X(VERSION_IN_FORCE, in_force) X(VERSION_PAST, past)
#define STEP_PERFORMERS(X) X(STEP_BY_KEEPER, keeper) X(STEP_BY_HEAD, head) X(STEP_BY_ROLE, role) X(STEP_BY_USER, user)
#define STEP_CHANNELS(X)                                                                                               \
    X(STEP_CALL, call)                                                                                                 \
    X(STEP_MEETING, meeting) X(STEP_VISIT, visit) X(STEP_LETTER, letter) X(STEP_MESSAGE, message) X(STEP_WORK, work)
#define GATE_PLACES(X) X(GATE_LEAVE, leave) X(GATE_ENTER, enter)
#define GATE_NEEDS(X)  X(GATE_TICK, tick) X(GATE_FIELD, field) X(GATE_RECORD, record) X(GATE_FILTER, filter)
#define GATE_HOWS(X)   X(GATE_REFUSES, refuse) X(GATE_CONFIRMS, confirm)

CHOICE(VersionState, VERSION_STATE_NONE, VERSION_STATES, version_states);
CHOICE(StepPerformer, STEP_PERFORMER_NONE, STEP_PERFORMERS, step_performers);
CHOICE(StepChannel, STEP_CHANNEL_NONE, STEP_CHANNELS, step_channels);
CHOICE(GatePlace, GATE_PLACE_NONE, GATE_PLACES, gate_places);
CHOICE(GateNeed, GATE_NEED_NONE, GATE_NEEDS, gate_needs);
CHOICE(GateHow, GATE_HOW_NONE, GATE_HOWS, gate_hows);

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "engine/process/process_step.def"
} ProcessStep;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "engine/process/process_gate.def"
} ProcessGate;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "engine/process/process_outcome.def"
} ProcessOutcome;

typedef struct {
    Record base;
#define FIELD    AS_MEMBER
#define CHILDREN AS_MEMBERS
#include "engine/process/process_version.def"
} ProcessVersion;

extern const Entity process_version_entity, process_step_entity, process_gate_entity, process_outcome_entity;

/* Publishing, what keeps a draft from it, a new draft from a version: for the list in app/. */
extern const Route version_routes[];

/* What keeps this version from being gone, each a problem with its place (`steps.3.performer`); OK where nothing does,
 * else INVALID.  `stages`: of its subject. */
Err version_check(Work *w, const ProcessVersion *v, const Entity *subject, const Stages *stages);

/* The step with this code; -1: there is none. */
ptrdiff_t version_step(const ProcessVersion *v, Str code);

/* Is this code one of those in a text, which stand there with blanks between? */
bool code_among(Str codes, Str code);

/* The condition of a gate that is no tick, as a tree, in mem.  INVALID, with words, where it is none. */
Err gate_tree(Work *w, const ProcessGate *gate, const Json **out);

#endif
