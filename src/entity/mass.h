/* One deed at many records of a list: the same values for all of them, or all into the archive.
 *
 * It is no import: each record is saved by the door in the rights of whoever wants it, in works of MASS_CHUNK; every
 * rule and check is asked, and nobody is there to confirm.  What is refused is left out and told with its sentence, the
 * others go through.  The records are written down when it begins, so what comes into the filter meanwhile is not
 * touched, and whoever takes the deed up after the death of a server goes on where it was.
 *
 * Its change rows have its id as their work: whoever did it takes it back as one, within MASS_UNDO_DAYS.  What somebody
 * has changed since stays (entity/undo.h), an archived record to which anything has happened since too; so does what
 * the door refuses to take back and what has left the actor's reach.  All that stays is told.
 *
 * One that is done while one waits has no job: where its server dies under it, it counts as done, as far as it went,
 * from MASS_WAITED_MS after its beginning. */
#ifndef ENTITY_MASS_H
#define ENTITY_MASS_H

#include "entity/list.h"
#include "work/jobs.h"

enum {
    MASS_MOST      = 20000,  /* records of one deed                                   */
    MASS_CHUNK     = 200,    /* of a work; a deed at no more is done while one waits  */
    MASS_SHOWN     = 100,    /* left-out records that are told                        */
    MASS_LATELY    = 20,     /* deeds that are told                                   */
    MASS_UNDO_DAYS = 30,     /* and a day longer it is remembered which were touched  */
    MASS_WAITED_MS = 120000, /* nobody waits longer for a deed without a job          */
    MASS_FORGET    = 4096    /* rows that are forgotten at once                       */
};

typedef struct {
    const Entity *e;
    bool          archive; /* else `values` are set                                    */
    const Json   *values;  /* a patch (record.h) of the record's own fields            */
    const int64_t *ids;    /* those of the list, of these; null: all of the list       */
    ptrdiff_t     id_count;
    Ask           ask;     /* search and filter */
} MassAsk;

/* As numbers in mass_edit.state. */
typedef enum { MASS_RUNNING = 1, MASS_DONE, MASS_UNDOING, MASS_UNDONE } MassState;

/* Is the deed one that can be asked of any record?  INVALID with words about a field that is unknown, hidden or not to
 * be set; DENIED without the right. */
Err mass_check(Work *w, const MassAsk *ask);

/* How many of them are in sight, and how many of those the actor may change (archive). */
Err mass_count(Work *w, const MassAsk *ask, int64_t *in_sight, int64_t *may);

/* Finds the records, so that no condition is asked for in a writing work: ask->ids are those of the list in sight, at
 * most MASS_MOST + 1, and its search and filter are gone. */
Err mass_choose(Work *w, MassAsk *ask);

/* From a writing work, of an ask whose records are chosen: writes those down that are in sight.  *id names the
 * deed. INVALID where there are none or more than MASS_MOST; DENIED with `change.too_much` beyond what the actor
 * may write in a day. */
Err mass_begin(Work *w, const MassAsk *ask, int64_t *id, int64_t *total);

/* From a slow work: does what has not been done yet.  Where it ends early, what is done stays and can be taken back. */
Err mass_go(Work *w, int64_t id);

/* From a slow work: takes it back. */
Err mass_back(Work *w, int64_t id);

/* From a writing work: may the actor take it back?  CONFLICT with words when it runs, is undone or too long ago. */
Err mass_undo_begin(Work *w, const Entity *e, int64_t id, int64_t *total);

/* From a writing work: asks it to stop; what is done stays.  CONFLICT when nothing runs. */
Err mass_stop(Work *w, const Entity *e, int64_t id);

/* A writing work: forgets what can no longer be taken back, in stretches: again while *gone, an int64_t, is
 * MASS_FORGET. */
Err mass_forget(Work *w, void *gone);

/* From a writing work: the job that does it. */
Err mass_by(Work *w, int64_t id, int64_t job);

/* {id, archive, state, total, waiting, changed, same, refused, kept,
 * left: [{id, title, text}]}; NOT_FOUND: it is not the
 * actor's. */
Err mass_json(Work *w, JsonOut *to, const Entity *e, int64_t id);

/* {items: [{id, at, archive, fields: [name], state, total}]}: the actor's last deeds, the latest first. */
Err mass_lately_json(Work *w, JsonOut *to, const Entity *e);

/* Kinds of job, for deeds at more than MASS_CHUNK; the argument is the id. */
Err mass_run(Work *w, Job *job);
Err mass_undo_run(Work *w, Job *job);
Err mass_given_up(Work *w, Job *job); /* done, or undone, as far as it went */

#endif
