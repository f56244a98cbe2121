/* Between the parts of grouping.  Used inside entity/ only. */
#ifndef ENTITY_GROUP_INSIDE_H
#define ENTITY_GROUP_INSIDE_H

#include "entity/group.h"
#include "entity/paths.h"
#include "entity/totals.h"

/* The firsts of the steps in which there is something, from the oldest to the newest: at most GROUP_STEPS over all
 * names, the oldest of more are cut.  So one row of 1901, or of 2199, is a step and no more. */
enum { GROUP_STEPS = 4000 };

typedef struct {
    Day *first;
    int  n;
    bool cut;
} GroupSteps;

/* A name to group by, in its statement. */
typedef struct {
    PathColumn *column;
    GroupSteps  steps;
} GroupName;

/* What a sum is made of: a path, or nothing where records are counted. */
typedef struct {
    PathColumn *column;
} GroupPart;

typedef struct {
    Work                *w;
    Arena               *mem;
    const Entity        *e;
    const Ask           *ask;
    const GroupQuestion *question;
    FilterAsk            how;
    Binds                binds; /* of the statement at hand; the first `joined` of them are those of the joins */
    int                  joined;
    Paths               *paths;
    Totals               totals;
    GroupName            name[GROUP_BYS];
    GroupPart            part[GROUP_SUMS];
    GroupRows           *out;
    struct GroupSeen    *seen; /* null: nobody counts what the actor looks at */
} Grouping;

bool group_step_named(Str name, GroupStep *out);
Day  group_step_first(GroupStep step, Day day);
Day  group_step_last(GroupStep step, Day first);

/* The steps of each name that has one.  Reads the base. */
Err group_steps_find(Grouping *g);

/* "case when … end": the place of the step that the column falls into; empty where it has no value. */
void group_step_write(Grouping *g, const GroupName *name, Buf *sql);

/* Whoever may look at so many records only is told groups of one record as he is told that record: of the row itself,
 * and of each record at whose end a name stands (group_seen.c).  The columns stand last in the statement. */
void group_seen_begin(Grouping *g);
void group_seen_inner(const Grouping *g, Buf *sql);
void group_seen_outer(const Grouping *g, Buf *sql);
void group_seen_row(Grouping *g, const Rows *rows, int column);
Err  group_seen_count(Grouping *g);

/* The whole of a question whose `out` is to be filled. */
Err group_find(Grouping *g);

/* Begins a statement: its values are those of the joins. */
void group_begin(Grouping *g, Buf *sql);

/* The inner rows of a statement: from, joins and conditions. */
Err group_from_write(Grouping *g, Buf *sql);

#endif
