/* A list in groups: how many records there are of each value, and what their sums come to.
 *
 * A question is by what, over paths as in filters, and which sums:
 *
 *     by=client_id.category,day:month
 *     sums=[{"how": "sum", "path": "total", "filter": {"field": "kind", "op": "is", "value": "sale"}}]
 *
 *     by             a choice, a yes or no, a number without a unit, a short text, a reference or link, a figure
 *                    (`client_id.abc`), or a day or moment with its step: day, week, month, quarter, year; at most
 *                    GROUP_BYS of them
 *     sums           each under a filter of its own, if it has one; at most GROUP_SUMS of them
 *       count        of the records, or with a path of those that have a value there
 *       sum          of money, quantities, numbers
 *       mean         the same, and of prices and shares, over those that have a value, rounded half away from zero
 *       least, most  the same, and of days and moments
 *       distinct     how many different values there are
 *
 * A group opens to exactly its records: `filter` beside it, joined to the conditions of the question, gives a list of
 * that count and those totals, and with the filter of a sum to the records of that.  Records without a value are a
 * group of their own, without a value, always the last; so are those whose path comes to nothing in sight. */
#ifndef ENTITY_GROUP_H
#define ENTITY_GROUP_H

#include "entity/export.h"

enum { GROUPS_MOST = 200, GROUP_BYS = 3, GROUP_SUMS = 12 }; /* of groups the largest; `more` says there are others */

typedef enum { GROUP_BY_VALUE, GROUP_BY_DAY, GROUP_BY_WEEK, GROUP_BY_MONTH, GROUP_BY_QUARTER, GROUP_BY_YEAR } GroupStep;

typedef enum { GROUP_COUNT, GROUP_SUM, GROUP_MEAN, GROUP_LEAST, GROUP_MOST, GROUP_DISTINCT } GroupHow;

typedef struct {
    GroupHow    how;
    Str         path; /* of a count it may be empty: the records */
    const Json *filter; /* null: all of the group                  */
} GroupSum;

typedef struct {
    Str      by[GROUP_BYS]; /* "client_id.category", "day:month" */
    int      bys;
    GroupSum sum[GROUP_SUMS];
    int      sums;
} GroupQuestion;

typedef struct {
    Value value; /* of a step its first day; empty: of whoever has none               */
    Day   last; /* of a step its last day                                            */
    Str   title; /* what a reference points at; no bytes: nothing, or not to be seen  */
} GroupKey;

typedef struct {
    Wide n; /* in the units of its field; a mean in them too */
    bool empty; /* nothing has a value there                     */
} GroupCell;

typedef struct {
    GroupKey   key[GROUP_BYS];
    int64_t    count;
    Wide      *totals; /* as the totals of the list, in their order */
    GroupCell *cell; /* [sums] of the question                    */
} GroupRow;

/* A name to group by as it was found. */
typedef struct {
    Str       path; /* without its step                                  */
    GroupStep step;
    Field     field; /* what the value is of: of a step a day             */
} GroupBy;

typedef struct {
    GroupBy   by[GROUP_BYS];
    int       bys;
    Field     sum[GROUP_SUMS]; /* what each cell is of */
    int       sums;
    GroupRow *at; /* the most records first; where the first name has steps they are in the order of time, and within
                     one the most records first; at most those of the most records or the last steps, and whoever has
                     no value */
    int      n;
    bool     more;
    int64_t  groups; /* how many there are; of more days than can be told those that can */
    GroupRow all; /* of all records, those of groups that are not told too; without keys */
} GroupRows;

/* By nothing: `all` alone.  INVALID at `by` or `sums` with words for what cannot be grouped by or summed, is not there,
 * or is hidden from the actor; else as list_count.  A child is grouped as any other entity. */
Err group_rows(Work *w, const Entity *e, const Ask *ask, const GroupQuestion *question, GroupRows *out);

/* "client_id.category,day:month" and the array of sums (null: none).  INVALID with words. */
Err group_question(Work *w, Str by, const Json *sums, GroupQuestion *out);

/* {items: [{value, title?, values?, count, totals, sums?, filter}], more, groups, all: {count, totals, sums?}}: `value`
 * is of the first name, `values` has them all where there are several, `sums` is in the order of the question. */
Err group_json(Work *w, JsonOut *to, const Entity *e, const Ask *ask, const GroupQuestion *question);

/* The same table as a file, as people read it on the screen (csv: paths and keys): names, the share of the first sum
 * that is one, or of the records, how many, the sums, and at the end those of all (not in a csv, whose rows are groups
 * alone).  Asks for the right `export`, whose masks hold. */
Err group_export(Work *w, const Entity *e, const Ask *ask, const GroupQuestion *question, ExportForm form,
                 const char *path, int64_t *rows);

#endif
