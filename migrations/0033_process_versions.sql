-- Versions of processes, and how records are led by them.

-- owner: engine/process
create table process_version (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text, name_find text, name_sort text, process_id id not null, number int not null,
  state int not null,                            -- 1 draft, 2 in force, 3 past
  since int, note text, find text
);
create unique index process_version_key on process_version (key, origin) where origin is not null;
create unique index process_version_number on process_version (process_id, number);
create unique index process_version_in_force on process_version (process_id) where state = 2;
create index process_version_place on process_version (number, id);
create table process_step (
  id id primary key, version_id id not null, code text not null, name text not null, stage_id id not null, place int,
  performer int,                                 -- 1 the keeper, 2 his head, 3 whoever holds a role, 4 one person
  role_id int, user_id int, after text, must bool not null, norm text, channel int, purpose text, input text,
  action text, result text, document text
);
create index process_step_of on process_step (version_id);
create index process_step_stage on process_step (stage_id);
create table process_gate (
  id id primary key, version_id id not null, code text not null, step text not null,
  at int not null,                               -- 1 leave, 2 enter
  needs int not null,                            -- 1 tick, 2 field, 3 record, 4 filter
  path text, filter text,
  how int not null,                              -- 1 refuse, 2 confirm
  says text not null
);
create index process_gate_of on process_gate (version_id);
create table process_outcome (
  id id primary key, version_id id not null, step text not null, code text not null, name text not null,
  meets bool not null, deviation bool not null
);
create index process_outcome_of on process_outcome (version_id);

-- A record and the version it is led by, one a process; what became of each step for it.
create table run (
  id id primary key, about_of text not null, about_id id not null, process_id id not null, version_id id not null,
  begun_at int not null
);
create unique index run_about on run (about_id, process_id);
create index run_version on run (version_id);
create table passage (
  run_id id not null, step text not null, about_id id not null,
  state int not null,                            -- 1 open, 2 done, 3 passed over
  entered_at int, due_at int, left_at int, by_id int, outcome text,
  ticks text,                                    -- codes of the gates that are ticked off
  deviation bool not null,
  override_by int, why text,                     -- who passed over it in spite of the version
  primary key (run_id, step)
);
create index passage_about on passage (about_id, state, due_at);
create index passage_override on passage (about_id) where override_by is not null;
create index passage_deviation on passage (about_id) where deviation = 1;

-- The step of the process whose work an activity is.
alter table activity add column step text;
