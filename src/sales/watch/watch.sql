-- name: watches_to_run
-- Active watches, and those switched off or archived that have left findings which last.
select t.id
  from watch t
 where (t.active = 1 and t.archived_at is null)
    or exists (select 1 from finding f where f.watch_id = t.id and f.lasting = 1)
 order by t.id
 limit $1

-- name: watches_kept
-- How many there are.
select count(*) from watch t where t.archived_at is null

-- name: watches_of
-- The watches with findings that last about these records.
select distinct f.watch_id
  from finding f
 where f.about_id in {ids $1}
   and f.lasting = 1

-- name: watch_looked
-- Has this watch ($1) looked for what was due at $2?
select r.watch_id from watch_round r where r.watch_id = $1 and r.occurrence = $2

-- name: watch_round_put
-- What a look of a watch came to.
insert into watch_round (watch_id, occurrence, at, opened, failed, capped, problem)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (watch_id, occurrence) do nothing

-- name: watch_task_kind
-- The kind of a task: the first that is work.
select k.id
  from activity_kind k
 where k.channel = $1
   and k.archived_at is null
 order by k.id
 limit 1

-- name: watch_clients_of_deals
-- Whose these deals are: the client, and who leads it.
select d.id, d.client_id, d.keeper_id from deal d where d.id in {ids $1}

-- name: watch_clients_of_requests
-- Whose these requests are, and who answers.
select r.id, r.client_id, r.performer_id from request r where r.id in {ids $1}

-- name: watch_clients_of_activities
-- Whose these activities are, and who does them.
select a.id, a.client_id, a.performer_id from activity a where a.id in {ids $1}

-- name: watch_clients
-- Who keeps these clients.
select c.id, c.id, c.keeper_id from client c where c.id in {ids $1}

-- name: watch_people
-- Of these people: the unit, and whether they sign in.
select u.id, u.unit_id, case when u.blocked = 0 and u.archived_at is null then 1 else 0 end
  from users u
 where u.id in {ids $1}

-- name: watch_units
-- Units, what stands above each, and its head who is there.
select t.id, t.parent_id, u.id
  from unit t
  left join users u on u.id = t.head_id and u.archived_at is null and u.blocked = 0
 where t.archived_at is null
 limit $1

-- name: watch_tasks
-- Open tasks of these findings.
select a.id
  from activity a
 where a.cause_id in {ids $1}
   and a.cause_of = 'finding'
   and a.state = 1
   and a.archived_at is null
 order by a.id

-- name: watch_last_role
-- The role to which comes what nobody else is there for.
select r.id from role r where r.name_key = $1 and r.archived_at is null
