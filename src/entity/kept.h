/* The columns in which the door keeps whose a row is by what it follows (OwnerWay.kept).
 *
 * Each copies one column of the record pointed at: its first owner (owner_first).  It is no field: nobody patches it,
 * it has no version and no change row.  It is set in two places:
 *
 *   - whoever writes a new or another reference sets the column in the same statement, from what the base says then;
 *   - where an owner moves (handed over, undone, imported, or a kept first way moved itself), the door sets those that
 *     follow and differ, then theirs, up to KEPT_AT_ONCE rows in the same work.  What is more goes by the job
 *     `owners_follow` in pieces of KEPT_PIECE, each reading the owner as it stands then, so that two hand-overs in a
 *     row end right.  The record itself has moved at once.
 *
 * Archiving moves no owner.  An entity without kept columns that nobody follows pays nothing. */
#ifndef ENTITY_KEPT_H
#define ENTITY_KEPT_H

#include "entity/columns.h"
#include "work/jobs.h"

enum { KEPT_AT_ONCE = 5000, KEPT_PIECE = 1000 };

/* Called by entities_set, which the names are to outlast: who follows whom. */
void kept_set(Arena *mem);

/* Of a statement of the door whose parameters are these columns behind `before` others: the kept columns that go with
 * them, as `, a, b`; what stands in them, as `, (select …)`; both, as `, a = (select …)`. */
void kept_names(Buf *sql, const Entity *e, FieldColumns columns);
void kept_values(Buf *sql, const Entity *e, FieldColumns columns, int before);
void kept_puts(Buf *sql, const Entity *e, FieldColumns columns, int before);

/* Kind of job: `argument` is the entity and the ids of records whose first owner moved, "client 12 15". */
Err kept_follow_run(Work *w, Job *job);

/* Counts each kept column again, a statement each: tells of those in which rows differ from what they follow. */
typedef struct {
    const char *table, *column;
    int64_t     rows;
} KeptWrong;

Err kept_count(Work *w, KeptWrong *out, int most, int *n);

#endif
