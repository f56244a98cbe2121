-- Files above all records: equal content stands once, and what a person sent is his until it hangs on a record.

-- owner of file: files
-- owner of file_part: files
-- owner of file_rule: files

-- What was one table is two: the bytes, and what somebody sent, by its name.
drop index file_over;
drop index file_of;
alter table file rename to file_body;
alter table file_part rename column file_id to body_id;

-- owner: files
create table file (
  id id primary key,
  body_id id not null references file_body (id),
  name text not null,
  size int not null,
  made_at int not null,
  made_by int not null,
  over_since int                                       -- since when its term is known to be over
);
insert into file (id, body_id, name, size, made_at, made_by, over_since)
select b.id, b.id, b.name, b.size, b.made_at, b.made_by, b.over_since from file_body b;
create index file_over on file (over_since, id) where over_since is not null;
create index file_of on file (made_by, size);
create index file_body_of on file (body_id);

alter table file_body drop column name;
alter table file_body drop column made_by;
alter table file_body drop column over_since;
alter table file_body add column state int not null default 2;  -- 1 arrives, 2 whole, 3 goes
alter table file_body add column type text;             -- by its content: image/png; null: before it was looked at
alter table file_body add column hash text;             -- SHA-256 in hexadecimal; null: not whole, or of before
alter table file_body add column width int;             -- of a picture, in points
alter table file_body add column height int;
create unique index file_body_hash on file_body (hash) where hash is not null;
create index file_body_going on file_body (id) where state = 3;
