-- All that a person holds, handed to others.

-- owner: sales/handover
create table hand_over (
  id id primary key,
  user_id id not null,                           -- whose things they were
  made_by id,                                    -- null: the program, at the end of an absence
  at int not null,
  rule int,                                      -- 0 one, 1 territory, 2 load, 3 revenue; null: they are given back
  until_day int,                                 -- the last day of an absence; null: for good
  dismissed int not null,                        -- he was blocked in the same act
  back_of id,                                    -- the one that this gives back
  back_id id,                                    -- by which it was given back
  job id,
  total int not null
);
create index hand_over_user on hand_over (user_id, id);
create index hand_over_until on hand_over (until_day) where until_day is not null and back_id is null;

-- Each is a deed at many records (mass_edit).
create table hand_over_part (
  hand_over_id id not null, place int not null, mass_id id not null, entity text not null, to_id id not null,
  primary key (hand_over_id, place)
);

-- Which records went to whom: they are found by it for as long as they may be given back.
create table hand_over_row (
  hand_over_id id not null, record_id id not null, entity text not null, to_id id not null,
  primary key (hand_over_id, record_id)
);
