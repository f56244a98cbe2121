-- What is counted of a record, as columns of lists (src/entity/figure.h).

-- owner: entity
-- When figures were counted that are written down, and of which days.
create table counted (
  name     text primary key,                      -- classes
  at       int not null,
  from_day int,
  to_day   int,
  as_of    int
);

-- owner: sales/parties
-- The place of the class among those of its kind, by which lists are ordered.
alter table client_class add column place int not null default 0;
update client_class set place = case kind || ' ' || value
  when 'abc A' then 1 when 'abc B' then 2 when 'abc C' then 3
  when 'xyz X' then 1 when 'xyz Y' then 2 when 'xyz Z' then 3
  when 'status new' then 1 when 'status active' then 2 when 'status slipping' then 3 when 'status at_risk' then 4
  when 'status lost' then 5 when 'status potential' then 6 else 0 end;
drop index client_class_value;
create index client_class_place on client_class (kind, place, client_id);

-- What a client has bought: beside the rhythm what it brought in the usual period, and how late it is.
alter table client_rhythm rename to client_bought;
alter table client_bought add column revenue int not null default 0;
alter table client_bought add column margin int;
alter table client_bought add column days_late int;
drop index client_rhythm_next;
create index client_bought_revenue on client_bought (revenue, client_id);
create index client_bought_margin on client_bought (margin, client_id) where margin is not null;
create index client_bought_last on client_bought (last_day, client_id);
create index client_bought_next on client_bought (next_day, client_id) where next_day is not null;
create index client_bought_late on client_bought (days_late, client_id) where days_late is not null;
create index client_bought_rhythm on client_bought (rhythm, client_id) where rhythm is not null;
