-- name: stages_of
-- The stages of all processes that records of one entity go.
select s.id, s.process_id, p.code, s.kind, s.lead,
       case when s.archived_at is null and p.archived_at is null then 1 else 0 end
  from stage s join process p on p.id = s.process_id
 where p.subject = $1
 order by coalesce(p.place, 10001), p.id, coalesce(s.place, 10001), s.id

-- name: processes_count
-- How many processes there are.
select count(*) from process

-- name: stages_count
-- How many stages there are, of all processes.
select count(*) from stage

-- name: stages_living
-- Which of these processes have a stage.
select s.process_id from stage s where s.process_id in {ids $1} and s.archived_at is null

-- name: versions_last
-- The number of the latest version of each of these processes.
select v.process_id, max(v.number) from process_version v where v.process_id in {ids $1} group by v.process_id

-- name: version_in_force
-- The version by which records begin to be led.
select v.id from process_version v where v.process_id = $1 and v.state = 2

-- name: able_of
-- Of these roles and people those who can take a step: a role that somebody holds who is let in, a person who is.
select u.id from users u where u.id in {ids $1} and u.archived_at is null and u.blocked = 0
union
select u.role_id from users u where u.role_id in {ids $1} and u.archived_at is null and u.blocked = 0

-- name: runs_of
-- Which of these records are led, by which version of which process.
select r.about_id, r.process_id, r.id, r.version_id from run r where r.about_id in {ids $1}

-- name: versions_in_force
-- The versions by which records of an entity begin to be led.
select v.process_id, v.id
  from process_version v join process p on p.id = v.process_id
 where p.subject = $1 and p.archived_at is null and v.state = 2 and v.archived_at is null

-- name: passages_of
-- What became of the steps of these runs.
select p.run_id, p.step, p.state, p.entered_at, p.due_at, p.left_at, p.by_id, p.outcome, p.ticks, p.deviation,
       p.override_by, p.why
  from passage p
 where p.run_id in {ids $1}

-- name: run_begin
-- A record begins to be led.
insert into run (id, about_of, about_id, process_id, version_id, begun_at) values ($1, $2, $3, $4, $5, $6)

-- name: run_version
-- A record goes over to another version.
update run set version_id = $2 where id = $1

-- name: passage_keep
-- What has become of a step.
insert into passage (run_id, step, about_id, state, entered_at, due_at, left_at, by_id, outcome, ticks, deviation,
  override_by, why)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (run_id, step) do update set state = excluded.state, entered_at = excluded.entered_at,
  due_at = excluded.due_at, left_at = excluded.left_at, by_id = excluded.by_id, outcome = excluded.outcome,
  ticks = excluded.ticks, deviation = excluded.deviation, override_by = excluded.override_by, why = excluded.why

-- name: passages_forget
-- What was of records that are removed.
delete from passage where about_id in {ids $1}

-- name: runs_forget
-- What led records that are removed.
delete from run where about_id in {ids $1}

-- name: way_names
-- What roles and people of a way are called: its reader's colleagues.
select u.id, u.name from users u where u.id in {ids $1}
union
select o.id, o.name from role o where o.id in {ids $1}

-- name: stages_led
-- By which of these stages a version in force leads.
select distinct s.stage_id
  from process_step s join process_version v on v.id = s.version_id
 where s.stage_id in {ids $1} and v.state = 2 and v.archived_at is null
