-- Rounds and when they come (src/work/schedule.h).

-- name: schedule_due
-- Is there a round that is due and whose last job is over, or a job that waited for its moment?  One that is tried
-- again is due too where the clock has been set back so far that it would be in a day or more.
select (select count(*) from (
          select s.id
            from schedule s
           where s.off = 0
             and s.next_at <= $1
             and s.job in {texts $2}
             and not exists (select 1 from job j where j.id = s.job_id and j.state < 2)
           limit 1) x),
       (select count(*) from (
          select j.id
            from job j
           where j.state < 2
             and j.state = 0
             and j.due_at > 0
             and (j.due_at <= $1 or (j.tries > 0 and j.due_at > $1 + 86400000))
             and j.kind in {texts $2}
           limit 1) y)

-- name: schedule_rows_due
-- The rounds that are due.
select s.id, s.name, s.job, s.argument, s.rhythm, s.misses, s.next_at, s.last_for, s.usual, s.off
  from schedule s
 where s.off = 0
   and s.next_at <= $1
   and s.job in {texts $2}
   and not exists (select 1 from job j where j.id = s.job_id and j.state < 2)
 order by s.next_at, s.id
 limit 64

-- name: schedule_rows
-- Every round.
select s.id, s.name, s.job, s.argument, s.rhythm, s.misses, s.next_at, s.last_for, s.usual, s.off
  from schedule s
 order by s.id

-- name: schedule_row
-- One round.
select s.id, s.name, s.job, s.argument, s.rhythm, s.misses, s.next_at, s.last_for, s.usual, s.off
  from schedule s
 where s.id = $1

-- name: schedule_named
-- One round.
select s.id, s.name, s.job, s.argument, s.rhythm, s.misses, s.next_at, s.last_for, s.usual, s.off
  from schedule s
 where s.name = $1

-- name: schedule_take
-- Whoever moves it has it.
update schedule
set next_at = $3, last_for = $4, job_id = $5
where id = $1
  and next_at = $2
  and off = 0

-- name: schedule_set_next
-- When it comes next.
update schedule set next_at = $2, last_for = $3 where id = $1

-- name: schedule_add
-- A new round.
insert into schedule (id, name, job, argument, rhythm, usual, misses, next_at, off)
values ($1, $2, $3, $4, $5, $5, $6, $7, 0)

-- name: schedule_say
-- What the program says of a round now.
update schedule set job = $2, argument = $3, usual = $4, misses = $5, rhythm = $6, next_at = $7 where id = $1

-- name: schedule_set
-- What somebody wants of it.
update schedule set rhythm = $2, off = $3, next_at = $4 where id = $1

-- name: schedule_ran
-- Its latest job, beside the rhythm.
update schedule set job_id = $2 where id = $1

-- name: schedule_changed_add
-- Somebody has changed a round.
insert into schedule_changed (id, schedule_id, at, by_id, was_rhythm, rhythm, was_off, off)
values ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: schedule_delete
-- It comes no more.
delete from schedule where name = $1

-- name: schedule_unfinished
-- Its job that is not over, and whether that waits.
select j.id, j.state
  from schedule s
  join job j on j.id = s.job_id
 where s.id = $1
   and j.state < 2

-- name: schedule_hurry
-- A job that waits, for its turn or to be tried again, is due.
update job set due_at = $2 where id = $1 and state = 0

-- name: schedule_told
-- Each with its latest job.
select s.id, s.name, s.job, s.rhythm, s.usual, s.next_at, s.off, s.last_for, j.state, j.tries, j.started_at, j.ended_at,
       j.due_at, j.problem, j.result
  from schedule s
  left join job j on j.id = s.job_id
 order by s.name
 limit $1

-- name: schedule_told_one
-- One with its latest job.
select s.id, s.name, s.job, s.rhythm, s.usual, s.next_at, s.off, s.last_for, j.state, j.tries, j.started_at, j.ended_at,
       j.due_at, j.problem, j.result
  from schedule s
  left join job j on j.id = s.job_id
 where s.id = $1

-- name: schedule_forget
-- Jobs of rounds that ended well before $1 go, but for the one that its round names.
delete from job
where id in (
  select j.id
    from job j
   where j.occurrence is not null
     and j.state = 2
     and j.ended_at < $1
     and not exists (select 1 from schedule s where s.job_id = j.id)
   order by j.ended_at
   limit $2)
