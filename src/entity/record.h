/* The one door: everything that changes a record goes through record_save_many.
 *
 * It reads the stored rows in one statement, compares, checks (types, limits, required, unique, references exist and
 * are visible), asks the entity's rule and the checks (entity/check.h), and access/ for right, scope and mask, writes
 * only what differs in one statement a table, adds a change row each and raises one event for all of them,
 * `ENTITY.saved`, `ENTITY.archived`, `ENTITY.restored`, whose `what` is the Saving (entity.h) with the records that
 * were written and their earlier state; `ENTITY.removed` has a Removed.  Nothing is written when anything is refused:
 * all problems of all records are in w->problems, `row` is the number of the record from 1 when there are several.
 *
 * Versions are optimistic.  A record whose `version` is older than the stored one is merged field by field: what only
 * one side changed stands; what both changed to different values is a clash (CONFLICT, `record.clash`, field, arguments
 * theirs, yours and base).  Children are saved only through their parent, with its version and its change row; their
 * list merges as a whole by the id of each child.
 *
 * A new record (id 0) with origin and key that exist already is not made again: it becomes the first one, unchanged
 * (`known`).  Where the actor may not view that one, CONFLICT with `record.key_unusable` at `key`. */
#ifndef ENTITY_RECORD_H
#define ENTITY_RECORD_H

#include "entity/entity.h"

/* Every field empty, no children.  Every struct begins its life here: a zero is not an empty sum or day. */
void record_empty(Work *w, const Entity *e, void *record);
void child_empty(const Entity *child, void *row);

/* The whole aggregate with the titles of its references.  NOT_FOUND when there is none or the actor may not see it;
 * fields hidden from him are empty.  A field that was hidden is never written by a save of the same actor. */
Err record_load(Work *w, const Entity *e, int64_t id, void *out);

/* For the program's own code: the stored records without asking for rights, in the order of ids; `found[i]` says which
 * exist.  Children as well when asked for, in one query a list; otherwise their n is -1. */
Err record_fetch(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, bool children, void *out, bool *found);

typedef struct {
    bool        trusted;  /* the program's own deed: rights, scope and mask are not asked                    */
    int64_t     work;     /* what ties the change rows together; 0: work_id(w).  An import gives its own id  */
    const char *verb;     /* of the change row; null: made or changed                                       */
    bool        quiet;    /* a record that does not exist any more is skipped                                */
    bool        as_it_was; /* undo: an earlier state comes back; no rule is asked, a child that went returns with its
                              id */
    bool        bulk;     /* an import, or an undo: `*.saved` reaches whoever hears of those too             */
    ptrdiff_t   list_most; /* how long a list may become; 0: CHILDREN_MOST                                   */
} SaveHow;

/* On OK each record holds what is stored: id, version, what rules set, what merged. */
Err record_save(Work *w, const Entity *e, void *record);
Err record_save_many(Work *w, const Entity *e, void *records, ptrdiff_t n, const SaveHow *how);

/* Archived records are out of lists, searches and unique checks, and stay readable.  `version` as in a save; 0:
 * whatever is stored. */
Err record_archive(Work *w, const Entity *e, int64_t id, int64_t version);
Err record_restore(Work *w, const Entity *e, int64_t id, int64_t version);

/* Several at once, whatever version is stored; those that are archived (restored) already stay as they are. */
Err record_archive_many(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const SaveHow *how);
Err record_restore_many(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const SaveHow *how);

/* Removes for good, children too: only for undo.  The caller has made sure that nothing points at them.  The change
 * rows hold no values. */
Err record_remove_many(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const SaveHow *how);

/* ---- from and to JSON ---- */

/* A record as `version` knew it with the patch applied: ready for record_save.  What it confirms is taken too
 * (entity/check.h).  `patch` is an object of fields (and
 * lists of children: an element with an id changes that child, one without adds, a missing one goes).  A name that is
 * unknown, hidden or not to be set is INVALID.  id 0: a new record, whose `origin` must hold no colon: those that do
 * are the program's own (`import:7`), and a pair of one is CONFLICT with `record.key_unusable`, there or not. */
Err record_patch(Work *w, const Entity *e, int64_t id, int64_t version, const Json *patch, void *out);

/* The patch put to a record in hand, nothing read and no right asked but to the fields; `fresh`: it is a new one. */
Err record_apply(Work *w, const Entity *e, const Json *patch, bool fresh, void *record);

/* {"id":…,"version":…,fields…,children…,"created_at":…,"_titles":{…}} without what the actor may not see. */
void record_json(Work *w, JsonOut *to, const Entity *e, const void *record);
void record_json_open(Work *w, JsonOut *to, const Entity *e, const void *record); /* js_end closes it */

/* The titles of these records, as far as the actor may view them: out[i], else without bytes. */
Err record_titles(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, Str *out);

/* The title of a record: the text of its title field, or its number, or `#id`. */
Str record_title(Work *w, const Entity *e, const void *record);

#endif
