-- What is counted, and how far each deal has come.

-- owner: engine/metric
create table metric (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  code text not null,
  unit int not null,                             -- 1 count, 2 money, 3 quantity, 4 ratio, 5 days
  direction int not null,                        -- 1 more is better, 2 less is, 3 neither
  how int not null,                              -- 1 count, 2 sum, 3 mean, 4 least, 5 most, 6 distinct, 7 ratio
  source text, path text, filter text, on_day text,
  over_id id, under_id id,                       -- of a ratio
  least_sample int, note text, find text
);
create unique index metric_key on metric (key, origin) where origin is not null;
create unique index metric_once on metric (name_find) where archived_at is null;
create unique index metric_code on metric (code) where archived_at is null;
create index metric_name on metric (name_sort, id);
create index metric_over on metric (over_id) where over_id is not null;
create index metric_under on metric (under_id) where under_id is not null;

-- owner: sales/deals
alter table deal add column reached_id id;
alter table deal add column lost_at_id id;
update deal set
  reached_id = case when state <> 2 then
      (select d.stage_id from deal_day d join stage s on s.id = d.stage_id join stage o on o.id = deal.stage_id
        where d.deal_id = deal.id and s.kind = 1 and s.process_id = o.process_id
        order by coalesce(s.place, 10001) desc, s.id desc limit 1)
    else stage_id end,
  lost_at_id = case when state = 3 then
      (select d.stage_id from deal_day d where d.deal_id = deal.id and d.state = 1 order by d.day desc limit 1) end;
create index deal_reached on deal (reached_id, id);
create index deal_lost_at on deal (lost_at_id) where lost_at_id is not null;
