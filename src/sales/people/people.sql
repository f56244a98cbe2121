-- name: role_of_key
-- The role that came with the program under this key.
select id from role where name_key = $1 and archived_at is null

-- name: role_lives
-- Is this role out of the archive?
select count(*) from role where id = $1 and archived_at is null

-- name: administrators
-- How many can still change roles and people everywhere.
select count(*)
  from users u
 where u.blocked = 0
   and u.archived_at is null
   and exists (select 1 from role_right r where r.role_id = u.role_id and r.entity = 'role' and r.verb = 'change'
       and r.scope = 3)
   and exists (select 1 from role_right r where r.role_id = u.role_id and r.entity = 'user' and r.verb = 'change'
       and r.scope = 3)

-- name: people_any
-- Is there anybody at all?
select count(*) from users

-- name: user_sessions
-- Where a person is signed in.
select id, made_at, seen_at, address, agent from session where user_id = $1 order by seen_at desc, id

-- name: person_works
-- Is this somebody who can still sign in?
select count(*) from users where id = $1 and blocked = 0 and archived_at is null

-- name: role_of_person
-- The role of a person.
select role_id from users where id = $1
