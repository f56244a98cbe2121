/* The ways that records go, and their stages.
 *
 * A stage is a record of its own, so that what stands on it is an ordinary reference: deal.stage_id.  Its process, its
 * kind and whether it is a lead's are given when it is made, since what stands there has been counted by them; name,
 * place, weight (how likely what stands there is to be won) and term (how long it should take) change freely.  A
 * process with living stages is not archived; whether a stage is used, the areas know whose records stand on it. */
#ifndef ENGINE_PROCESS_PROCESS_H
#define ENGINE_PROCESS_PROCESS_H

#include "entity/entity.h"

#define STAGE_KINDS(X) X(STAGE_OPEN, open) X(STAGE_WON, won) X(STAGE_LOST, lost)

CHOICE(StageKind, STAGE_KIND_NONE, STAGE_KINDS, stage_kinds);

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "engine/process/process.def"
} Process;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "engine/process/stage.def"
} Stage;

/* What there may be of them, archived ones too: whoever reads them has room for all, and more are refused when made. */
enum { PROCESSES_MOST = 500, STAGES_MOST = 2000 };

extern const Entity process_entity, stage_entity;

/* A stage as areas ask for it. */
typedef struct {
    int64_t   id, process;
    Str       process_code; /* empty: the firm's own */
    StageKind kind;
    bool      lead; /* what stands here is a lead still */
    bool      living; /* neither it nor its process is archived */
} StageRow;

typedef struct {
    StageRow *at; /* by the places of the processes, then their own */
    ptrdiff_t n;
} Stages;

/* All stages of processes for this entity, archived ones too. */
Err stages_read(Work *w, Str subject, Stages *out);

const StageRow *stage_found(const Stages *all, int64_t id); /* null: none of them */

/* Where a new record begins: the first living open stage of the process with this code, where there is none of any;
 * null: there is none at all. */
const StageRow *stage_first(const Stages *all, Str process_code);

#endif
