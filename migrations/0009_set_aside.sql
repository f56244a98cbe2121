-- What an administrator is to be told of is found without going through all jobs there ever were.

-- owner: work

create index job_failed on job (ended_at) where state = 3;
