-- name: imports_under_way
-- Imports that come in or go back at this moment.
select count(*)
  from import i
 where i.state in (2, 6)
