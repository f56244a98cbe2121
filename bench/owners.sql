-- owner: sales/measured
create table bargain (id id primary key, version int not null, created_at int not null, created_by int, changed_at int,
  changed_by int, archived_at int, origin text, key text, name text, name_find text, keeper_id id, find text);
create table chore (id id primary key, version int not null, created_at int not null, created_by int, changed_at int,
  changed_by int, archived_at int, origin text, key text, day int not null, doer_id id, client_id id, client_keeper id,
  bargain_id id, bargain_keeper id, note text);
create index chore_day on chore (day, id) where archived_at is null;
create index chore_doer on chore (doer_id, day, id) where archived_at is null;
create index chore_keeper on chore (client_keeper, day, id) where archived_at is null;
create index chore_bargain_keeper on chore (bargain_keeper, day, id) where archived_at is null;
create index chore_client on chore (client_id);
create index chore_bargain on chore (bargain_id);
