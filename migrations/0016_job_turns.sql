-- Whose turn it is: when a job of each person was last begun (src/work/job.sql).

-- owner: work

create index job_turn on job (actor, started_at);
