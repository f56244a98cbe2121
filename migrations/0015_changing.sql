-- What people have written within the last day, for the bound of it (src/access/changing.h).

-- owner: access

-- One row a person, and 0 for the firm: bytes that had not emptied at that moment.
create table changing (
  user_id id primary key,
  bytes int not null,
  at int not null
);
