-- Rounds, that come by themselves in a rhythm; jobs that begin later, that are wanted once under a key, and that are
-- tried again.

-- owner: work
create table schedule (
  id       id primary key,
  name     text not null,                        -- backup; what data brings says whose it is: watch:512
  job      text not null,                        -- kind of job that a round is
  argument text not null,
  rhythm   text not null,                        -- workdays 08:00 (src/core/calendar.h)
  usual    text not null,                        -- the one it came with
  misses   int not null,                         -- of those while nobody ran: 1 each, 2 the last, 3 none
  next_at  int,                                  -- null: never
  last_for int,                                  -- the moment for which it last ran
  job_id   id,                                   -- of that
  off      bool not null
);
create unique index schedule_name on schedule (name);
create index schedule_next on schedule (next_at) where off = 0;

alter table job add column due_at int not null default 0;
alter table job add column key text;
alter table job add column tries int not null default 0;
alter table job add column occurrence int;
create unique index job_once on job (kind, key) where state < 2 and key is not null;
create index job_round_over on job (ended_at) where occurrence is not null and state = 2;
drop index job_unfinished;
create index job_unfinished on job (due_at, id) where state < 2;

-- owner: access
-- What the firm itself says of a day: 1 it is worked, 2 an hour less, 3 it is off.
create table calendar_day (
  day  int primary key,
  kind int not null
);

-- The usual week (bit 0 Monday), its hours in minutes since midnight, and whose public holidays are kept.
create table calendar_week (
  one        int primary key check (one = 1),
  week       int not null,
  from_at    int not null,
  to_at      int not null,
  pause_from int not null,
  pause_to   int not null,
  russia     bool not null
);
insert into calendar_week (one, week, from_at, to_at, pause_from, pause_to, russia)
values (1, 31, 540, 1080, 780, 840, 1);
