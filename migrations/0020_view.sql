-- Lists kept under a name, what stored filters read, and deeds at many records of a list.

-- owner: entity
create table uses (
  of_id  id not null,                            -- the record that holds the filter
  what   text not null,                          -- in which field: view.filter
  entity text not null,                          -- whose field, figure or list it reads; of a record its own
  name   text not null,                          -- empty where it reads a record
  to_id  id                                      -- the record
);
create index uses_of on uses (of_id, what);
create index uses_name on uses (entity, name);
create index uses_to on uses (to_id);

-- Deeds at many records, and those records (src/entity/mass.h).
create table mass_edit (
  id      id primary key,                        -- the work of its change rows
  user_id id not null,
  at      int not null,
  entity  text not null,
  patch   text,                                  -- JSON; nothing: into the archive
  state   int not null,                          -- 1 running, 2 done, 3 undoing, 4 undone
  total   int not null,
  job     id
);
create index mass_edit_at on mass_edit (at);
create table mass_edit_row (
  mass_id   id not null,
  record_id id not null,
  fate      int not null,                        -- 0 waiting, 1 changed, 2 same, 3 refused, 4 not taken back
  why       text,
  primary key (mass_id, record_id)
);

-- owner: sales/people
create table saved_view (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  entity text not null,                          -- of whose rows it is a list: client, sale ...
  filter text,                                   -- JSON; nothing: all of them
  search text,
  columns text,                                  -- names with blanks between
  sort text,
  shared int not null,                           -- 1 mine, 2 unit, 3 role, 4 all
  unit_id id, role_id id,
  owner_id int,                                  -- nobody: it came with the program
  find text
);
create unique index saved_view_key on saved_view (origin, key) where origin is not null;
create index saved_view_of on saved_view (entity, name_sort, id);
create index saved_view_owner on saved_view (owner_id);
create index saved_view_unit on saved_view (unit_id);
create index saved_view_role on saved_view (role_id);
