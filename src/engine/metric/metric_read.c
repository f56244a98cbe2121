/* The metrics of the firm as they are asked, read by one statement. */
#include "engine/metric/metric.h"
#include "engine/metric/metric_sql.h"
#include "entity/filter.h"

const MetricRow *metric_found(const Metrics *all, int64_t id)
{
    for (int i = 0; i < all->n; i++)
        if (all->at[i].id == id) return &all->at[i];
    return NULL;
}

const MetricRow *metric_coded(const Metrics *all, Str code)
{
    for (int i = 0; i < all->n; i++)
        if (str_eq(all->at[i].code, code)) return &all->at[i];
    return NULL;
}

static Str text_row(Work *w, const Rows *rows, int column) { return str_copy(w->mem, row_text(rows, column)); }

static Err row_read(Work *w, const Rows *rows, MetricRow *out)
{
    Str filter = row_text(rows, 8);
    *out = (MetricRow){ .id = row_int(rows, 0),
                        .code = text_row(w, rows, 1),
                        .name = text_row(w, rows, 2),
                        .unit = (MetricUnit)row_int(rows, 3),
                        .direction = (MetricDirection)row_int(rows, 4),
                        .how = (MetricHow)row_int(rows, 5),
                        .source = entity_named(row_text(rows, 6)),
                        .path = text_row(w, rows, 7),
                        .on_day = text_row(w, rows, 9),
                        .over_id = row_int(rows, 10),
                        .under_id = row_int(rows, 11),
                        .least_sample = row_null(rows, 12) ? 0 : row_int(rows, 12) };
    if (!filter.n) return OK;
    return json_read(w->mem, filter, (JsonLimits){ .bytes = FILTER_BYTES }, &w->problems, &out->filter);
}

Err metrics_read(Work *w, Metrics *out)
{
    Rows rows;
    *out = (Metrics){ .at = NEW_N(w->mem, MetricRow, METRICS_MOST) };
    TRY(db_query(w->db, SQL_METRICS_LIVING, VALS(val_int(METRICS_MOST)), &rows));
    while (rows_next(&rows)) TRY(row_read(w, &rows, &out->at[out->n++]));
    return rows_end(&rows);
}
