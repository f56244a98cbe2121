-- Who stands in for whom, who sees whom as what, and how far a record is lent.

-- owner: access
create table stands_in (
  id         id primary key,                     -- the record that says so
  user_id    id not null,                        -- who stands in
  for_id     id not null,
  from_day   int not null,
  until_day  int not null
);
create index stands_in_of on stands_in (user_id);

alter table sees add column how int not null default 3; -- 1 himself, 2 stands in for him, 3 his team's
update sees set how = 1 where viewer_id = owner_id;

alter table given add column level int not null default 2; -- 1 to look at, 2 to work with
alter table given add column why text;
alter table given add column given_by id;        -- null: the program
alter table given add column given_at int not null default 0;
create index given_record on given (record_id);

-- owner: sales/people
create table absence (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  user_id     id not null,
  from_day    int not null,
  until_day   int not null,
  why         int not null,                      -- 1 leave, 2 illness, 3 trip, 4 other
  stand_in_id id,
  note        text
);
create unique index absence_key on absence (key, origin) where origin is not null;
create index absence_user on absence (user_id, from_day, id);
create index absence_from on absence (from_day, id);
