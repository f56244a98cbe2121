/* What figures are cut by: one word over any source, handed down by areas as rows.  "user" of deals is `keeper_id`. */
#ifndef ENGINE_METRIC_GRAIN_H
#define ENGINE_METRIC_GRAIN_H

#include "entity/entity.h"

typedef struct {
    const char *source, *grain, *path; /* an entity or a list of children; the word; a path of it as in filters */
} MetricGrain;

/* Of areas, each list ends with an empty row; ends with null. */
void metric_grains_set(const MetricGrain *const *lists);

/* Null: nothing of this source is cut by it. */
const char *metric_grain_path(const Entity *source, Str grain);

#endif
