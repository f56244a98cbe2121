-- When what is over was last looked for: what was over then goes a day later, so that a clock that runs ahead for a
-- night loses nothing (src/access/forgetting.h).

-- owner: access

create table forgetting (
  one int primary key check (one = 1),
  at int not null
);
insert into forgetting (one, at) values (1, 0);
