/* A list in groups: how many records each value of a field has, and what their sums come to.
 *
 * A group opens to exactly its records: `filter` beside it, joined to the conditions of the question, gives a list of
 * that count and those totals.  Records without a value are a group of their own, without a value, always the last. */
#ifndef ENTITY_GROUP_H
#define ENTITY_GROUP_H

#include "entity/list.h"

enum { GROUPS_MOST = 200 }; /* the largest; `more` says that there are others */

typedef enum { GROUP_BY_VALUE, GROUP_BY_MONTH, GROUP_BY_QUARTER, GROUP_BY_YEAR } GroupStep;

typedef struct {
    Value   value; /* of a step its first day; empty: of whoever has none            */
    Day     last; /* of a step its last day                                         */
    int64_t count;
    Wide   *sums; /* as the totals of the list, in their order                      */
    Str     title; /* what a reference points at; no bytes: nothing, or not to be seen */
} GroupRow;

typedef struct {
    const Field *by;
    GroupStep    step;
    GroupRow    *at; /* the most records first, steps in the order of time; at most those of the most records or
                           the last steps, and whoever has no value                            */
    int          n;
    bool         more;
} GroupRows;

/* `by` names a choice, a yes or no, a reference, or a day with its step: "keeper_id", "day:month" (quarter, year).
 * INVALID at `by` with words for any other, and for a field that is hidden from the actor; else as list_count. */
Err group_rows(Work *w, const Entity *e, const Ask *ask, Str by, GroupRows *out);

/* {items: [{value, title?, count, totals, filter}], more}. */
Err group_json(Work *w, JsonOut *to, const Entity *e, const Ask *ask, Str by);

#endif
