-- The client base, the catalog, sales, and what happened to each record.
-- Every record has the same head; a text to sort has a column _sort, a text to find _find, both made by the program
-- (src/entity/record_write.c); `find` holds all that a search looks through.  References are checked by the one door,
-- not by the engine.

-- owner: entity

-- Every deed, in the order of (tx, id).
-- sqlite
create table change (
  id       int primary key,                       -- one writer: the order of commits
  tx       int not null default 0,
  at       int not null,
  actor    int,
  work     int not null,
  entity   text not null,
  record   int not null,
  version  int not null,
  verb     text not null,
  diff     text,
  salt     bytes,
  digest   bytes                                  -- SHA-256(salt, diff): what the journal's chain covers
);
-- postgres
create table change (
  id       bigint generated always as identity primary key,
  tx       int not null default (pg_current_xact_id()::text::bigint),
  at       int not null,
  actor    int,
  work     int not null,
  entity   text not null,
  record   int not null,
  version  int not null,
  verb     text not null,
  diff     text,
  salt     bytes,
  digest   bytes
);
create index change_order on change (tx, id);
-- both
create index change_record on change (record, version);
create index change_work on change (work, id);

-- The journal: rows of `change` sealed in blocks, each over the hash of the one before.
create table journal_block (
  id       id primary key,                        -- 1, 2 ...
  at       int not null,
  tx       int not null,                          -- the last row of the block
  last     int not null,
  rows     int not null,
  hash     bytes not null
);

-- What marks between pages are signed with (src/entity/cursor.c).
create table mark_secret (
  one    int not null primary key check (one = 1),
  secret bytes not null
);
-- sqlite
insert into mark_secret (one, secret) values (1, randomblob(32));
-- postgres
insert into mark_secret (one, secret) values (1, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
-- both

-- The firm's own fields: each is a column x<id> of the entity's table.
create table own_field (
  id          id primary key,
  entity      text not null,
  type        text not null,
  label_ru    text not null,
  label_en    text not null,
  to_entity   text,
  options     text,                               -- JSON: [[ru, en], ...]; keys are 1, 2 ...
  required    bool not null,
  find        bool not null,
  sort        bool not null,
  made_at     int not null,
  made_by     int,
  archived_at int
);

-- owner: sales/parties

create table source (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text, find text
);
create unique index source_key on source (key, origin) where origin is not null;
create unique index source_once on source (name_find) where archived_at is null;
create index source_name on source (name_sort, id);

create table client (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  kind int not null,                              -- 1 organisation, 2 entrepreneur, 3 person, 4 outlet_owner
  state int not null,                             -- 1 potential, 2 existing, 3 reserve, 4 archive
  state_reason text, state_since int,
  parent_id int,
  number text, number_find text, number_sort text,
  inn text, inn_find text, inn_wrong bool not null, kpp text,
  keeper_id int,                                  -- users; whose row it is
  source_id int,
  city text, city_sort text,
  note text,
  find text
);
create unique index client_key on client (key, origin) where origin is not null;
create index client_of_keeper on client (keeper_id, name_sort, id, find, archived_at) where archived_at is null;
create index client_name on client (name_sort, id, find, archived_at) where archived_at is null;
create index client_name_find on client (name_find);
create index client_inn on client (inn) where inn is not null;
create index client_number on client (number_find) where number_find is not null;
create index client_parent on client (parent_id) where parent_id is not null;
create index client_source on client (source_id) where source_id is not null;
create index client_made on client (created_at, id);

create table client_address (
  id id primary key, client_id int not null,
  kind int not null, text text not null, city text, latitude int, longitude int
);
create index client_address_of on client_address (client_id);

create table client_phone (
  id id primary key, client_id int not null,
  number text not null, digits text, note text
);
create index client_phone_of on client_phone (client_id);
create index client_phone_digits on client_phone (digits);

create table client_person (
  id id primary key, client_id int not null,
  person_id int not null, role int, post text, since int, until int
);
create index client_person_of on client_person (client_id);
create index client_person_who on client_person (person_id);

create table person (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  post text, email text, email_find text, birthday int, note text,
  find text
);
create unique index person_key on person (key, origin) where origin is not null;
create index person_name on person (name_sort, id, find, archived_at) where archived_at is null;
create index person_made_by on person (created_by);

create table person_phone (
  id id primary key, person_id int not null,
  number text not null, digits text, note text
);
create index person_phone_of on person_phone (person_id);

-- What insight computes about a client stands beside it, without a version, with a dated log.
create table client_class (
  client_id int not null,
  kind text not null,                             -- abc, xyz, status
  value text not null,
  since int not null,                             -- the day it became so
  primary key (client_id, kind)
);
create index client_class_value on client_class (kind, value, client_id);

create table client_class_log (
  client_id int not null,
  kind text not null,
  day int not null,
  old text,
  new text,
  primary key (client_id, kind, day)
);
create index client_class_log_day on client_class_log (kind, day);

create table client_rhythm (
  client_id int primary key,
  purchases int not null,                         -- days with a purchase
  first_day int,
  last_day int,
  rhythm int,                                     -- thousandths of a day between two purchases
  next_day int                                    -- when the next one is due
);
create index client_rhythm_next on client_rhythm (next_day);

-- owner: sales/catalog

create table product_group (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text, parent_id int, find text
);
create unique index product_group_key on product_group (key, origin) where origin is not null;
create index product_group_name on product_group (name_sort, id);

create table product (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  number text, number_find text, number_sort text,
  group_id int, unit text, price int, cost int,
  find text
);
create unique index product_key on product (key, origin) where origin is not null;
create index product_name on product (name_sort, id, find, archived_at) where archived_at is null;
create index product_name_find on product (name_find);
create index product_number on product (number_find) where number_find is not null;
create index product_group_of on product (group_id);

-- owner: sales/orders

create table channel (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text, find text
);
create unique index channel_key on channel (key, origin) where origin is not null;
create unique index channel_once on channel (name_find) where archived_at is null;

create table sale (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  number text, number_find text, number_sort text,
  day int not null,
  client_id int not null,
  seller_id int, channel_id int,
  kind int not null,                              -- 1 sale, 2 return
  source text,
  total int, cost_total int,
  note text,
  find text
);
create unique index sale_key on sale (key, origin) where origin is not null;
create index sale_client on sale (client_id, day, id);
create index sale_day on sale (day, id);

create table sale_line (
  id id primary key, sale_id int not null,
  product_id int, qty int, price int, amount int not null, cost int
);
create index sale_line_of on sale_line (sale_id);
