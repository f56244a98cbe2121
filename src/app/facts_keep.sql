-- name: classes_counted
-- When a count of classes was last wanted; one of a day that has not come yet is none, the clock ran ahead.
select max(j.made_at)
  from job j
 where j.kind = 'classes'
   and j.made_at <= $1

-- name: imports_under_way
-- Imports that come in or go back at this moment.
select count(*)
  from import i
 where i.state in (2, 6)
