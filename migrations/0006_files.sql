-- How much of what people send is kept, and for how long.

-- owner: sales/exchange

create table file_rule (
  one int not null primary key check (one = 1),
  -- a file is kept so long, its import and what it brought for ever
  days int not null,
  person_mb int not null,                               -- all files of one person
  firm_mb int not null                                  -- of everybody together
);
insert into file_rule (one, days, person_mb, firm_mb) values (1, 30, 3000, 10000);
alter table file add column over_since int;              -- since when its term is known to be over
create index file_over on file (over_since, id) where over_since is not null;
create index file_of on file (made_by, size);
create index import_plan_file on import_plan (file_id);
