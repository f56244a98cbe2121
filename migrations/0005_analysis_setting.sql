-- Settings of an analysis kept under a name.

-- owner: sales/insight

create table analysis_setting (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  analysis text not null,                         -- the last part of its address: abc, status ...
  settings text not null,                         -- JSON, the parameters of the address
  shared bool not null,                           -- colleagues see it too
  owner_id int not null,
  find text
);
create unique index analysis_setting_key on analysis_setting (origin, key) where origin is not null;
create index analysis_setting_of on analysis_setting (analysis, name_sort, id);
