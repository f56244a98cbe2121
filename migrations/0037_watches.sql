-- What the firm keeps an eye on, and what was found (src/sales/watch).

-- owner: sales/watch
create table watch (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text, name_find text, name_sort text,
  entity text,
  filter text,
  rhythm text,
  performer int,                                 -- 1 keeper, 2 head, 3 person, 4 role
  person_id id, role_id id,
  task text,
  due text,
  cap int,
  active bool not null default 0,
  find text
);
create unique index watch_key on watch (key, origin) where origin is not null;
create unique index watch_once on watch (name_find) where archived_at is null;

create table finding (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text, name_find text,
  watch_id id,
  about_of text, about_id id, about_keeper id,
  state int,                                     -- 1 open, 2 closed, 3 excused
  owner_id id, queue_id id,
  opened_at int, closed_at int,
  reason text,
  lasting bool not null default 0,               -- its record still meets the condition
  find text
);
create unique index finding_key on finding (key, origin) where origin is not null;
create unique index finding_lasting on finding (about_id, watch_id) where lasting = 1;
create index finding_lasting_of on finding (watch_id, id) where lasting = 1;
create index finding_about on finding (about_id, opened_at, id);
create index finding_watch on finding (watch_id, opened_at, id);
create index finding_owner on finding (owner_id, opened_at, id);
create index finding_queue on finding (queue_id, opened_at, id) where owner_id is null;
create index finding_keeper on finding (about_keeper, opened_at, id);
create index finding_at on finding (opened_at, id);

-- What each look of a watch came to: one that found nothing is a row too.
create table watch_round (
  watch_id id not null,
  occurrence int not null,                       -- the moment it was due
  at int not null,
  opened int not null,
  failed int not null,                           -- records or tasks that were refused
  capped bool not null,                          -- there was more than it may open at once
  problem text,                                  -- a key of words/: it cannot be asked
  primary key (watch_id, occurrence)
);
