-- Jobs: slow works with a row (src/work/jobs.h).  state: 0 waiting, 1 running, 2 done, 3 failed, 4 stopped.

-- name: job_insert
-- Somebody wants one.
insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt, cancel)
values ($1, $2, $3, 0, $4, $5, $6, 0, 0, 0, 0, 0)

-- name: job_next
-- The oldest that nobody runs, or that is among those whose server has not been heard of; `state < 2` leads to the index of the unfinished.
select id, kind, argument, actor, language, attempt, state, done, total
from job
where state < 2
  and (state = 0 or id in {ids $1})
  and kind in {texts $2}
order by id
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
set state = 1, attempt = attempt + 1, problem = null, started_at = $2, rate = 0, leased_by = $3, leased_until = $4
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

-- name: job_renew
-- Still here, this far; does anybody want it to stop?  One that is further than any attempt before begins to count attempts anew, and `done` never falls.
update job
set attempt = case when $3 > done then 1 else attempt end, done = case when $3 > done then $3 else done end, total = $4, rate = $5, leased_until = $6
where id = $1
  and leased_by = $2
  and state = 1
returning cancel

-- name: job_end
-- How it ended.
update job
set state = $3, ended_at = $4, done = $5, total = $6, problem = $7, result = $8, leased_by = null, leased_until = null
where id = $1
  and leased_by = $2

-- name: job_back
-- The server stops in good order, or the disk is full: somebody goes on, and this does not count as an attempt.
update job
set state = 0, attempt = 1, done = $3, total = $4, problem = $5, leased_by = null, leased_until = null
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
