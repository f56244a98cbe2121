-- name: example_client
-- Is there anybody?  Those of the origin $1 do not count.
select c.id
  from client c
 where c.origin is distinct from $1
 limit 1

-- name: example_job
-- How far the example is on its way in or out.
select j.state, j.done, j.total, j.kind = 'example_drop'
  from job j
 where j.kind in ('example', 'example_drop')
 order by j.id desc
 limit 1

-- name: example_keys
-- Kinds of activity and of requests, aims, stages and reasons that came with the program, by their keys.
select k.key, k.id from activity_kind k where k.origin = 'seed:sbyt' and k.archived_at is null
union all
select a.key, a.id from aim a where a.origin = 'seed:sbyt' and a.archived_at is null
union all
select s.key, s.id from stage s where s.origin = 'seed:sbyt' and s.archived_at is null
union all
select q.key, q.id from request_kind q where q.origin = 'seed:sbyt' and q.archived_at is null
union all
select r.key, r.id from reason r where r.origin = 'seed:sbyt' and r.archived_at is null
