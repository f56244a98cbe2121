-- What a firm sets for its analyses.

-- owner: sales/insight

create table analysis_rule (
  one int not null primary key check (one = 1),
  one_limit int not null,      -- from this share of the revenue on one client is a danger, parts per million
  fixed_month int              -- what a month costs whether anything is sold or not, minor units
);
insert into analysis_rule (one, one_limit, fixed_month) values (1, 300000, null);
