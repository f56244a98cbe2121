-- What hangs on a record, and links for somebody outside.

-- owner: files
create table attachment (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int, changed_by int,
  archived_at int, origin text, key text,
  about_of text, about_id id,
  file_id int,
  kind int,
  name text, name_find text, name_sort text,
  note text,
  type text,
  size int,
  picture bool not null default 0,
  links int,
  find text
);
create unique index attachment_key on attachment (key, origin) where origin is not null;
create index attachment_about on attachment (about_id);
create index attachment_file on attachment (file_id);

-- A link for somebody outside.
create table share (
  id id primary key,
  hash text not null unique,                            -- SHA-256 of the token, in hexadecimal
  about_id id not null,                                 -- an attachment
  made_at int not null,
  made_by int not null,
  until int not null,
  times int,                                            -- how often it may be fetched; null: as often as one likes
  fetched int not null default 0,
  fetched_at int,                                       -- last
  ended_at int
);
create index share_about on share (about_id);
