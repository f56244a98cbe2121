-- What is done and to be done with clients: calls, meetings, visits, letters, tasks (src/sales/activities).

-- owner: sales/activities
create table activity_kind (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text, name_find text, name_sort text,
  channel int,                                   -- 1 call, 2 meeting, 3 visit, 4 letter, 5 message, 6 work, 7 session
  asks int,                                      -- 1 result, 2 outcome
  next_needed bool not null default 0,
  minutes int,
  find text
);
create unique index activity_kind_key on activity_kind (key, origin) where origin is not null;
create unique index activity_kind_once on activity_kind (name_find) where archived_at is null;

create table aim (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text, name_find text, name_sort text,
  find text
);
create unique index aim_key on aim (key, origin) where origin is not null;
create unique index aim_once on aim (name_find) where archived_at is null;

create table activity (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  kind_id id,
  subject text, subject_find text,
  aim_id id,
  client_id id, client_keeper id,
  person_id id,
  about_of text, about_id id, about_keeper id,
  performer_id id,
  queue_id id,
  due_at int,
  timed bool not null default 1,
  due_day int,
  minutes int,
  place text,
  priority int,
  state int,                                     -- 1 open, 2 done, 3 cancelled
  done_at int, done_day int,
  at int,                                        -- done_at, else due_at
  outcome int,
  result text,
  reason text,
  next_id id,
  cause_of text, cause_id id,
  find text
);
create unique index activity_key on activity (key, origin) where origin is not null;
create index activity_todo on activity (performer_id, due_at, id) where state = 1 and archived_at is null;
create index activity_queue on activity (queue_id, due_at, id)
  where state = 1 and archived_at is null and performer_id is null;
create index activity_due on activity (due_at, performer_id, id) where state = 1 and archived_at is null;
create index activity_open_of on activity (client_id, due_at, id) where state = 1 and archived_at is null;
create index activity_mine on activity (performer_id, at, id);
create index activity_keeper on activity (client_keeper, at, id);
create index activity_about_keeper on activity (about_keeper, at, id) where about_keeper is not null;
create index activity_maker on activity (created_by, at, id);
create index activity_client on activity (client_id, at, id);
create index activity_person on activity (person_id, at, id) where person_id is not null;
create index activity_about on activity (about_id, at, id) where about_id is not null;
create index activity_next on activity (next_id) where next_id is not null;
create index activity_cause on activity (cause_id) where cause_id is not null;
create index activity_by on activity (performer_id, done_day, kind_id, minutes) where done_day is not null;
create index activity_at on activity (at, id);

create table participant (id id primary key, activity_id id not null, who_of text, who_id id, part text);
create index participant_of on participant (activity_id);
create index participant_who on participant (who_id);

-- owner: sales/parties
-- When a client was last spoken with, and when it will be next: written with every activity.
create table client_contact (
  client_id id primary key,
  last_at int, last_id id,
  next_at int, next_id id
);
create index client_contact_last on client_contact (last_at, client_id) where last_at is not null;
create index client_contact_next on client_contact (next_at, client_id) where next_at is not null;
create index client_contact_last_id on client_contact (last_id) where last_id is not null;
create index client_contact_next_id on client_contact (next_id) where next_id is not null;
