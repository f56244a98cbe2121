/* Undo: takes back what one work (an import, a mass change) did, from its change rows, newest first.
 *
 * Each field it changed gets its old value back unless somebody changed it since: then it stays and is listed with both
 * values.  Records it made go, unless something points at them or somebody changed them since: then they are archived
 * and listed.  Children it added go, those it removed come back with their ids. */
#ifndef ENTITY_UNDO_H
#define ENTITY_UNDO_H

#include "entity/change.h"

typedef struct {
    Str     entity;
    int64_t record;
    Str     title;
    Str     field; /* empty: the record itself was archived instead of removed */
    Str     ours;  /* what the work had set     */
    Str     theirs; /* what stands there now    */
    const char *why; /* key of words/: undo.changed_since, undo.in_use, or what the door refused it for */
} UndoLeft;

typedef struct {
    Arena    *mem;  /* set by the caller: where `left` and its texts live; null: w->mem, which is gone when the work
                       has been answered */
    int64_t   removed, archived, given_back, kept;
    UndoLeft *left; /* what could not be taken back */
    ptrdiff_t left_count;
    ChangeMark below; /* where the next chunk goes on; id 0: all is done */
} UndoDone;

/* Records that must stay as they are though the work made or changed them (a later import also brought them): sets
 * keep[i].  May be null. */
typedef Err (*UndoKeep)(Work *w, void *to, const Entity *e, const int64_t *ids, ptrdiff_t n, bool *keep);

/* One chunk of at most `limit` change rows of `work`, a page by CHANGE_DIFFS, from below `below` ({0}: the
 * newest).  Made records are taken up after everything else that points at them because they were made earlier.  From a
 * writing work; call until done->below.id is 0. */
Err undo_chunk(Work *w, int64_t work, ChangeMark below, ptrdiff_t limit, UndoKeep keep, void *to, UndoDone *done);

#endif
