-- Pipelines with their stages, deals and what clients need.

-- owner: engine/process
create table process (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  code text,                                     -- of those that come with the program
  subject text not null,                         -- the entity whose records go it
  place int, find text
);
create unique index process_key on process (key, origin) where origin is not null;
create unique index process_once on process (name_find) where archived_at is null;
create index process_place on process (place, id);

create table stage (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  process_id id not null, name text not null, name_find text, name_sort text, code text, place int,
  kind int not null,                             -- 1 open, 2 won, 3 lost
  lead bool not null,                            -- what stands here is a lead still
  weight int, term text, find text
);
create unique index stage_key on stage (key, origin) where origin is not null;
create index stage_process on stage (process_id, place, id);
create index stage_place on stage (place, id);

-- owner: sales/deals
create table reason (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  to_rival bool not null,                        -- whoever loses a deal says to whom
  find text
);
create unique index reason_key on reason (key, origin) where origin is not null;
create unique index reason_once on reason (name_find) where archived_at is null;

create table deal (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  number text, number_find text, number_sort text, name text, name_find text, name_sort text,
  client_id int, client_keeper int, person_id int, stage_id int,
  state int,                                     -- 1 open, 2 won, 3 lost: the kind of the stage
  direction int,                                 -- 1 new, 2 existing
  amount int, probability int, margin int, expected_on int, keeper_id int,
  source_id int, inbound int, channel_id int,
  stage_since int, opened_on int, qualified_on int, closed_on int, cycle_days int,
  reason_id int, rival text,
  contracted int, paid int, shipped int, to_pay int, to_ship int,
  note text, find text
);
create unique index deal_key on deal (key, origin) where origin is not null;
create index deal_stage on deal (stage_id, expected_on, id);
create index deal_keeper on deal (keeper_id, expected_on, id);
create index deal_client_keeper on deal (client_keeper, expected_on, id);
create index deal_client on deal (client_id, id);
create index deal_person on deal (person_id) where person_id is not null;
create index deal_number on deal (number_find) where number_find is not null;
create index deal_name on deal (name_sort, id);
create index deal_name_find on deal (name_find);
create index deal_opened on deal (opened_on, id);
create index deal_expected on deal (expected_on, id);
create index deal_since on deal (stage_since, id);
create index deal_closed on deal (closed_on, id);
create index deal_amount on deal (amount, id);
create index deal_to_pay on deal (to_pay, id) where to_pay is not null;

create table deal_line (id id primary key, deal_id id not null, product_id int not null, qty int, amount int);
create index deal_line_of on deal_line (deal_id);
create index deal_line_product on deal_line (product_id);
create table deal_settlement (
  id id primary key, deal_id id not null, kind int not null, day int not null, amount int not null, note text
);
create index deal_settlement_of on deal_settlement (deal_id);
create table deal_participant (id id primary key, deal_id id not null, who_of text, who_id id, part text);
create index deal_participant_of on deal_participant (deal_id);
create index deal_participant_who on deal_participant (who_id);
create table deal_rival (id id primary key, deal_id id not null, name text not null, note text);
create index deal_rival_of on deal_rival (deal_id);

-- Where a deal stood at the end of each day on which it changed.
create table deal_day (
  deal_id id not null, day int not null, stage_id id not null, amount int, expected_on int, state int not null,
  primary key (deal_id, day)
);

-- The last number of the firm's series of deals; from which amount on a deal is large.
create table deal_series (last int not null);
insert into deal_series (last) values (0);
create table deal_limit (large int not null);
insert into deal_limit (large) values (100000000);

create table need (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  client_id id not null, client_keeper int, product_id int, what text, what_find text,
  volume int, term int, source_of text, source_id id, note text, find text
);
create unique index need_key on need (key, origin) where origin is not null;
create index need_client on need (client_id, id);
create index need_keeper on need (client_keeper, term, id);
create index need_product on need (product_id, id);
create index need_source on need (source_id) where source_id is not null;
create index need_term on need (term, id);
