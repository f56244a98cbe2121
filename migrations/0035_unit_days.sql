-- What a unit says of a day beside the firm, and who has changed a round.

-- owner: access
-- 1 it is worked, 2 an hour less, 3 it is off: of those who belong to the unit or to one below it.
create table calendar_unit_day (
  unit_id id not null,
  day     int not null,
  kind    int not null,
  primary key (unit_id, day)
);

-- owner: work
-- What somebody has changed of a round: as it was and as it is since.
create table schedule_changed (
  id          id primary key,
  schedule_id id not null,
  at          int not null,
  by_id       id,
  was_rhythm  text not null,
  rhythm      text not null,
  was_off     bool not null,
  off         bool not null
);
create index schedule_changed_of on schedule_changed (schedule_id, id);
