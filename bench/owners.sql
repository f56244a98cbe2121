-- owner: sales/measured
create table deal (id id primary key, version int not null, created_at int not null, created_by int, changed_at int,
  changed_by int, archived_at int, origin text, key text, name text, name_find text, keeper_id id, find text);
create table activity (id id primary key, version int not null, created_at int not null, created_by int, changed_at int,
  changed_by int, archived_at int, origin text, key text, day int not null, doer_id id, client_id id, client_keeper id,
  deal_id id, deal_keeper id, note text);
create index activity_day on activity (day, id) where archived_at is null;
create index activity_doer on activity (doer_id, day, id) where archived_at is null;
create index activity_keeper on activity (client_keeper, day, id) where archived_at is null;
create index activity_deal_keeper on activity (deal_keeper, day, id) where archived_at is null;
create index activity_client on activity (client_id);
create index activity_deal on activity (deal_id);
