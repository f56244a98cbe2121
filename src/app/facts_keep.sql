-- name: classes_counted
-- When a count of classes was last wanted.
select max(j.made_at)
  from job j
 where j.kind = 'classes'
