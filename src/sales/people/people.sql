-- name: role_of_key
-- The role that came with the program under this key.
select id from role where name_key = $1 and archived_at is null

-- name: administrators
-- How many can still change roles and people everywhere.
select count(*)
  from users u
 where u.blocked = 0
   and u.archived_at is null
   and exists (select 1 from role_right r where r.role_id = u.role_id and r.entity = 'role' and r.verb = 'change' and r.scope = 3)
   and exists (select 1 from role_right r where r.role_id = u.role_id and r.entity = 'user' and r.verb = 'change' and r.scope = 3)

-- name: people_any
-- Is there anybody at all?
select count(*) from users

-- name: unit_above
-- Is the second unit the first one or above it?
with recursive up (id, parent_id) as (
  select id, parent_id from unit where id = $1
  union
  select u.id, u.parent_id from up join unit u on u.id = up.parent_id
)
select count(*) from up where id = $2

-- name: user_sessions
-- Where a person is signed in.
select id, made_at, seen_at, address, agent from session where user_id = $1 order by seen_at desc, id
