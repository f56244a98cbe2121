-- What comes in from files: the files themselves, each import, and which lines of sales are known already.

-- owner: sales/exchange

-- A file somebody sent, in parts of 1 MiB.
create table file (
  id id primary key,
  name text not null,
  size int not null,
  made_at int not null,
  made_by int not null
);
create table file_part (
  file_id id not null references file (id),
  place int not null,
  bytes bytes not null,
  primary key (file_id, place)
);

create table import (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,   -- of the file
  target text not null,                                 -- the entity it brings
  state int not null,
  source text not null, source_find text,               -- the system the file came from
  dry bool not null,                                    -- only looks, changes nothing
  rows_read int, made int, changed int, known int, bad int, warned int,
  started_at int, ended_at int,
  find text
);
create unique index import_key on import (origin, key) where origin is not null;
create index import_made on import (created_at, id);

-- How it is to be read, and the job that does it.
create table import_plan (
  import_id id primary key,
  file_id int not null,
  plan text not null,
  job_id int
);

-- Rows that were not taken, or were taken with a doubt, and why; the rows themselves stand in the file.
create table import_bad (
  import_id id not null,
  row int not null,
  place int not null,                                   -- of the problem within the row
  warning bool not null,                                -- taken all the same
  field text,                                           -- the column it is about
  problem text not null,                                -- key of words/
  text text,                                            -- what stood there
  primary key (import_id, row, place)
);

-- Which columns a file of this shape had last time.
create table import_shape (
  shape text primary key,                               -- target and names of the columns
  plan text not null
);

-- A line of a sale that has been imported: its key says source, document, content and place among equal lines.
create table import_line (
  key text primary key,
  import_id int not null,
  sale_id int not null,
  line_id int not null
);
create index import_line_of on import_line (import_id, sale_id);
create index import_line_sale on import_line (sale_id);

-- Later imports that brought a known line again.
create table import_again (
  import_id id not null,
  key text not null,
  primary key (key, import_id)
);
-- Imports for whose sake something stayed of a work that was taken back.
create table import_heir (
  import_id id not null,
  work int not null,
  primary key (import_id, work)
);
create index sale_line_product on sale_line (product_id); -- what a product stands in, which says whether it may go
create index import_again_of on import_again (import_id);
