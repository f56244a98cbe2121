-- Jobs: slow works with a row (src/work/jobs.h).  state: 0 waiting, 1 running, 2 done, 3 failed, 4 stopped.

-- name: job_insert
-- Somebody wants one.
insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt, cancel, due_at, key,
                 tries, occurrence)
values ($1, $2, $3, 0, $4, $5, $6, 0, 0, 0, 0, 0, $7, $8, 0, $9)

-- name: job_with_key
-- The one under this key that is not over.
select id
from job
where state < 2
  and kind = $1
  and key = $2

-- name: job_next
-- The next that nobody runs and that is due, or that is among those whose server has not been heard of; `state < 2`
-- leads to the index of the unfinished.  One that is tried again is due too where the clock has been set back so far
-- that it would be in a day or more.  People take turns, the program among them: the oldest job of whoever has waited
-- longest since one of his was begun.
select j.id, j.kind, j.argument, j.actor, j.language, j.attempt, j.state, j.done, j.total, j.tries, j.occurrence
from job j
where j.state < 2
  and ((j.state = 0 and (j.due_at <= $3 or (j.tries > 0 and j.due_at > $3 + 86400000))) or j.id in {ids $1})
  and j.kind in {texts $2}
order by coalesce((select max(b.started_at) from job b where b.actor = j.actor), 0), j.id
limit 1

-- name: job_running
-- Those that some server runs, and until when it says so: while it lives it says something else each second.
select id, leased_until
from job
where state < 2
  and state = 1
order by id
limit 64

-- name: job_take
-- This server runs it now.
update job
set state = 1, attempt = attempt + 1, problem = null, result = null, started_at = $2, rate = 0, leased_by = $3,
    leased_until = $4
where id = $1

-- name: jobs_set_aside
-- Those that took servers down and will not begin again by themselves, since $1, the latest first.
select id, kind, actor, ended_at
from job
where state = 3
  and problem = 'job.too_many_attempts'
  and ended_at > $1
order by ended_at desc, id desc
limit $2

-- name: job_held
-- Whoever writes for a job holds its row until the commit, and finds none when another server has taken the job over.
select id from job where id = $1 and leased_by = $2 and state = 1
-- postgres
for key share

-- name: job_let_go
-- Waits until nothing that was written for the job is without its commit.
select id from job where id = $1
-- postgres
for update

-- name: job_renew
-- Still here, this far; does anybody want it to stop?  One that is further than any attempt before begins to count
-- attempts anew, and `done` never falls.
update job
set attempt = case when $3 > done then 1 else attempt end, done = case when $3 > done then $3 else done end,
    total = $4, rate = $5, leased_until = $6
where id = $1
  and leased_by = $2
  and state = 1
returning cancel

-- name: job_end
-- How it ended; the result of a failure is what its sentence was said with.
update job
set state = $3, ended_at = $4, done = $5, total = $6, problem = $7, result = $8, leased_by = null, leased_until = null
where id = $1
  and leased_by = $2

-- name: job_back
-- The server stops in good order, or the disk is full: somebody goes on, and this does not count as an attempt.
update job
set state = 0, attempt = 1, done = $3, total = $4, problem = $5, result = $6, leased_by = null, leased_until = null
where id = $1
  and leased_by = $2

-- name: job_again
-- It ended in an error and is tried again later.
update job
set state = 0, attempt = 0, tries = tries + 1, due_at = $3, done = $4, total = $5, problem = $6, result = $7,
    leased_by = null, leased_until = null
where id = $1
  and leased_by = $2

-- name: job_leave
-- Its end cannot be written: it is as if its server had died.
update job set leased_until = 0 where id = $1 and leased_by = $2

-- name: job_orphans
-- A data directory has one owner: whoever starts finds only leases of the dead.
update job set leased_until = 0 where state = 1

-- name: job_cancel_waiting
-- One that nobody runs yet ends here.
update job set state = 4, cancel = 1, ended_at = $2 where id = $1 and state = 0

-- name: job_cancel_running
-- One that runs is asked.
update job set cancel = 1 where id = $1 and state = 1

-- name: job_state
-- How it stands.
select state from job where id = $1
