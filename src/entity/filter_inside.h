/* A condition as it was read: names are found, values are of their type.  From it SQL, the canonical text and what it
 * uses are made.  Used inside entity/ only. */
#ifndef ENTITY_FILTER_INSIDE_H
#define ENTITY_FILTER_INSIDE_H

#include "core/calendar.h"
#include "entity/figure.h"
#include "entity/filter.h"

/* ---- paths ---- */

typedef struct {
    const Field  *by; /* the reference or link that is followed; null: from a child to its record */
    const Entity *to;
} FilterStep;

typedef struct {
    const Entity *from;
    FilterStep    step[FILTER_STEPS];
    int           n;
} FilterWay;

typedef struct {
    Str           name; /* as it is written */
    FilterWay     way;
    const Field  *field; /* at its end: one of both */
    const Figure *figure;
} FilterPath;

typedef struct {
    Str           name;
    FilterWay     way;
    const Entity *rows;
    const char   *list; /* of children; null: rows that point here */
    const Field  *back; /* by which they do                        */
    const Field  *sum;  /* of `sum`: what is summed                */
} FilterMany;

const Entity *way_end(const FilterWay *way);

/* ---- values ---- */

typedef enum { FILTER_DAY_TODAY, FILTER_DAY_WEEK, FILTER_DAY_MONTH, FILTER_DAY_QUARTER, FILTER_DAY_YEAR } FilterAnchor;

typedef struct {
    FilterAnchor anchor;
    bool         end; /* of it, not its start */
    CalendarSpan span;
} FilterDay;

typedef enum {
    FILTER_LITERAL,
    FILTER_DATE, /* a day in the place of a moment */
    FILTER_ME,
    FILTER_TEAM,
    FILTER_DAY_OF,
    FILTER_NOW,
    FILTER_SAME_ROW,
    FILTER_OUTER_ROW
} FilterValueKind;

typedef struct {
    FilterValueKind kind;
    Value           literal; /* of a DATE the day */
    FilterDay       day;
    CalendarSpan    now;
    FilterPath      path;
} FilterValue;

/* ---- the tree ---- */

typedef enum {
    FILTER_ALL, FILTER_ANY, FILTER_NOT, FILTER_LEAF, FILTER_SOME, FILTER_NONE, FILTER_COUNT, FILTER_SUM
} FilterKind;

typedef struct FilterNode FilterNode;

struct FilterNode {
    FilterKind   kind;
    FilterNode  *first, *next; /* of all, any, not; of MANY its `where`                       */
    const Entity *e;           /* whose records it is about                                   */
    FilterPath   path;
    FilterMany   many;
    FilterOp     op;
    Field        compared;     /* what the values are of: the field, the figure, count or sum  */
    FilterValue *value;
    ptrdiff_t    values;
    const Json  *json;         /* the value as it came; null: none                             */
};

/* Reading: whoever reads and what he has met. */
typedef struct {
    const FilterAsk *ask;
    int              leaves, many, nodes;
    bool             keeps; /* what it uses is wanted */
    UsesList         uses;
    ptrdiff_t        uses_room;
} FilterReader;

Err  filter_refuse(FilterReader *r, Str name, const char *key);
void filter_use(FilterReader *r, UsesWhat what, const Entity *e, Str name, int64_t id);

Err filter_read(FilterReader *r, const Json *tree, FilterNode **out);
Err path_read(FilterReader *r, const Entity *e, Str text, FilterPath *out);
Err many_read(FilterReader *r, const Entity *e, Str text, bool sums, FilterMany *out);

/* The values of a leaf or of a count: `outer` is the entity of the row around it, null where there is none. */
Err values_read(FilterReader *r, FilterNode *node, const Entity *outer);

bool filter_day_read(Str text, FilterDay *out);
void filter_day_write(Buf *to, FilterDay day);
bool filter_now_read(Str text, CalendarSpan *out);
void filter_now_write(Buf *to, CalendarSpan span);

/* The day it means; DAY_NONE: there is none. */
Day  filter_day_of(const Calendar *c, Day today, FilterDay day);

/* ---- SQL ---- */

typedef struct {
    const FilterAsk *ask;
    FilterReader    *reader;   /* for words                                  */
    Work            *w;
    Arena           *mem;
    Buf             *sql;
    Binds           *binds;
    int              aliases;
    const Calendar  *calendar; /* null: not read yet                         */
    Day              today;    /* DAY_NONE: not asked yet                    */
} FilterWriter;

/* A row that conditions are about, and the one around it. */
typedef struct FilterRow FilterRow;
struct FilterRow {
    const char      *alias;
    const FilterRow *outer;
};

/* One field of the row `at` against its values; `is_not` as `is`, `empty` as `not_empty`: who calls says no to it. */
Err  compare_write(FilterWriter *f, const FilterNode *node, const char *at, const FilterRow *row);
/* The same of a count or sum that stands written. */
Err  figure_compare(FilterWriter *f, const FilterNode *node, const FilterRow *row);
/* The value at the end of a path as an expression; empty where the path comes to nothing in sight. */
void path_value(FilterWriter *f, const FilterPath *path, const char *alias, const char *tail);

int  filter_bound(FilterWriter *f, Val v);

#endif
