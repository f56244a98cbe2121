/* Metrics: the figures of a firm as rows, and the one question to all of them.
 *
 * A metric counts, sums or asks the mean, least, most or the different values of a path, over the records of a source
 * (an entity or a list of children) under a condition.  `on_day` is the day by which a record falls into the period
 * that is asked about; without one the metric is of this moment, whatever the period.  A ratio is one metric over
 * another, such as neither is a ratio; by nothing it is empty.  Below `least_sample` (of a ratio what it is over, of
 * others the records counted) a value is not told: too few.
 *
 * What figures are cut by is called a grain.  Areas hand them down as rows, so one word works over any source: `user`
 * is deal.keeper_id here and activity.doer_id there, and rows of different sources meet by it.  Grains of time are
 * day, week, month, quarter and year of `on_day`.
 *
 * Everything is counted within the reader's reach and mask, and `within` of the answer says how far that is; so each
 * figure opens to a list of exactly its records.  One statement a source, its day and period; none a row. */
#ifndef ENGINE_METRIC_METRIC_H
#define ENGINE_METRIC_METRIC_H

#include "access/access.h"
#include "api/route.h"
#include "engine/metric/grain.h"
#include "entity/group.h"

#define METRIC_UNITS(X)                                                                                                \
    X(METRIC_COUNT, count) X(METRIC_MONEY, money) X(METRIC_QTY, qty) X(METRIC_RATIO, ratio) X(METRIC_DAYS, days)
#define METRIC_DIRECTIONS(X) X(METRIC_UP, up) X(METRIC_DOWN, down) X(METRIC_NEITHER, none)
/* in the order of GroupHow, and the ratio */
#define METRIC_HOWS(X)                                                                                                 \
    X(METRIC_HOW_COUNT, count)                                                                                         \
    X(METRIC_HOW_SUM, sum) X(METRIC_HOW_MEAN, mean) X(METRIC_HOW_LEAST, least) X(METRIC_HOW_MOST, most)                \
        X(METRIC_HOW_DISTINCT, distinct) X(METRIC_HOW_RATIO, ratio)

CHOICE(MetricUnit, METRIC_UNIT_NONE, METRIC_UNITS, metric_units);
CHOICE(MetricDirection, METRIC_DIRECTION_NONE, METRIC_DIRECTIONS, metric_directions);
CHOICE(MetricHow, METRIC_HOW_NONE, METRIC_HOWS, metric_hows);

enum {
    METRICS_MOST = 500, /* that a firm keeps                       */
    METRICS_ASKED = 12,
    METRIC_LEAVES = 2 * METRICS_ASKED,
    METRIC_ROWS = 400, /* of an answer                            */
    METRIC_WHERE = 8 /* grains of a question's condition        */
};

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "engine/metric/metric.def"
} Metric;

extern const Entity metric_entity;
extern const Route  metric_routes[];

/* ---- a question ---- */

/* A metric as it is asked. */
typedef struct {
    int64_t         id, over_id, under_id;
    Str             code, name, path, on_day;
    MetricUnit      unit;
    MetricDirection direction;
    MetricHow       how;
    const Entity   *source; /* of a ratio null */
    const Json     *filter; /* null: each      */
    int64_t         least_sample; /* NONE: any       */
} MetricRow;

typedef struct {
    Day from, to; /* DAY_NONE: open */
} MetricSpan;

typedef struct {
    Str         metric[METRICS_ASKED];
    int         metrics;
    Str         by[GROUP_BYS];
    int         bys;
    MetricSpan  period, than;
    bool        compared; /* `than` is asked too */
    const Json *where; /* {grain: value or list of values}; null: all */
} MetricAsk;

typedef struct {
    Wide  n;
    bool  empty; /* nothing has a value there, or the row was cut off where it was counted */
    bool  few; /* below the least sample: empty, too */
    Field field; /* what n is of */
} MetricCell;

typedef struct {
    GroupKey    key[GROUP_BYS];
    MetricCell *cell; /* [2][metrics]: of the period, and of `than` */
} MetricLine;

typedef struct {
    const MetricRow *metric[METRICS_ASKED], *over[METRICS_ASKED], *under[METRICS_ASKED]; /* of a ratio its parts */
    int              metrics;
    GroupBy          by[GROUP_BYS];
    Str              grain[GROUP_BYS];
    int              bys;
    MetricLine      *at; /* in the order of time, or the most records first; those without a value last */
    int              n;
    bool             more;
    MetricLine       all; /* of all records, those of rows that are not told too */
    Scope            within; /* the narrowest reach in which something was counted      */
    Str              door[2][METRICS_ASKED]; /* the filter of exactly the records counted, but for the keys of a row */
} MetricTable;

/* INVALID at `metrics`, `by`, `where`, `period` or `than` with words; DENIED without `view` of a source.  In w->mem. */
Err metric_answer(Work *w, const MetricAsk *ask, MetricTable *out);

/* ---- inside the folder ---- */

typedef struct {
    MetricRow *at;
    int        n;
} Metrics;

Err              metrics_read(Work *w, Metrics *out);
const MetricRow *metric_found(const Metrics *all, int64_t id); /* null: none */
const MetricRow *metric_coded(const Metrics *all, Str code);

#endif
