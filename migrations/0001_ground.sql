-- The ground: ids, jobs, and what the program must know about its own base.
-- Types are the project's own (src/store/ddl.h): id int bool text bytes real.

-- owner: work

-- One series of ids for the whole firm; servers take blocks of it.
create table id_series (
  one   int not null primary key check (one = 1),
  next  int not null                              -- the first number nobody has taken
);
insert into id_series (one, next) values (1, 1);

-- Slow works with a row (src/work/jobs.h).
create table job (
  id           id primary key,
  kind         text not null,
  argument     text not null,
  state        int not null,                      -- 0 waiting, 1 running, 2 done, 3 failed, 4 stopped
  actor        int not null,                      -- the user who asked; 0: the program
  language     text not null,
  made_at      int not null,
  started_at   int,                               -- of this attempt
  ended_at     int,
  done         int not null,
  total        int not null,
  rate         int not null,                      -- items a second
  attempt      int not null,
  leased_by    int,                               -- the server that runs it
  leased_until int,
  cancel       bool not null,
  problem      text,                              -- a key of words/, when it failed
  result       text                               -- what its kind left
);
create index job_unfinished on job (state, id) where state < 2;
