-- name: metrics_living
-- The metrics of the firm, up to $1.
select m.id, m.code, m.name, m.unit, m.direction, m.how, m.source, m.path, m.filter, m.on_day, m.over_id, m.under_id,
       m.least_sample
  from metric m
 where m.archived_at is null
 order by m.id
 limit $1

-- name: metric_codes_taken
-- Codes that living metrics have.
select m.id, m.code from metric m where m.archived_at is null order by m.id limit $1

-- name: metrics_used
-- Which of these metrics a living ratio is made of.
select m.over_id, m.under_id from metric m
 where m.archived_at is null and (m.over_id in {ids $1} or m.under_id in {ids $1})

-- name: metrics_parts
-- Which of these metrics are ratios themselves.
select m.id from metric m where m.id in {ids $1} and m.how = 7
