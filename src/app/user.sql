-- name: users_all
-- Everybody who has an account, by login.
select u.id, u.login, u.name, r.name, u.blocked
  from users u
  join role r on r.id = u.role_id
 where u.archived_at is null
 order by u.login

-- name: role_named
-- A role by the key it came with or by its name.
select id from role where archived_at is null and (name_key = $1 or name = $2) order by id limit 1

-- name: user_of_login
-- A person by login.
select id from users where login = $1 and archived_at is null
