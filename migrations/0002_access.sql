-- Who works here, what each may do, and what keeps a signed-in person apart from a stranger.


-- owner: access
-- The firm itself: one row, made at the first start.
create table firm (
  one        int not null primary key check (one = 1),
  name       text not null,
  currency   text not null,                      -- RUB
  language   text not null,                      -- ru, en
  zone       text not null,                      -- Europe/Moscow
  ready      bool not null,                      -- has an owner: set-up is over
  -- marks between pages are signed with it, the same on every server of the base
  secret     bytes not null,
  set_up     bytes,                              -- hash of the one-time token that creates the owner
  set_up_until int,
  -- another number after each change of a role: servers read the rights anew
  rights     int not null
);

create table unit (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text, find text,
  parent_id id references unit (id),
  head_id id
);
create unique index unit_key on unit (origin, key) where origin is not null;
create index unit_parent on unit (parent_id);
create index unit_name on unit (name_sort, id);

create table role (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text, find text,
  name_key text,                                 -- of words/: a role that came with the program and was not renamed
  view_limit int                                 -- how many cards in ten minutes; null: as many as he likes
);
create unique index role_key on role (origin, key) where origin is not null;
create index role_name on role (name_sort, id);

create table role_right (
  id id primary key,
  role_id id not null references role (id),
  entity text not null,
  verb text not null,
  scope int not null,                            -- 1 own, 2 team, 3 all
  mask text
);
create unique index role_right_of on role_right (role_id, entity, verb);

create table users (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int,
  archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text, find text,
  login text not null, login_find text, login_sort text,
  email text, email_find text, phone text,
  role_id id not null references role (id),
  unit_id id references unit (id),
  language int, zone text,                       -- 1 ru, 2 en
  blocked bool not null
);
create unique index users_key on users (origin, key) where origin is not null;
create unique index users_login on users (login) where archived_at is null;
create index users_login_order on users (login_sort, id);
create index users_unit on users (unit_id);
create index users_role on users (role_id);
create index users_name on users (name_sort, id);

-- Never a field of the person: no list, form, export or history can show it.
create table credential (
  user_id id primary key references users (id),
  hash text not null,
  changed_at int not null
);

create table session (
  id id primary key,
  token bytes not null,                          -- SHA-256 of the cookie
  user_id id not null references users (id),
  made_at int not null,
  seen_at int not null,
  ends_at int not null,
  address text, agent text
);
create unique index session_token on session (token);
create index session_of_user on session (user_id);

-- Who belongs to whose team, written out; everybody sees himself.
create table sees (
  viewer_id id not null,
  owner_id id not null,
  primary key (viewer_id, owner_id)
);

-- Single records lent until a moment.
create table given (
  user_id id not null,
  entity text not null,
  record_id id not null,
  until int not null,
  primary key (user_id, entity, record_id)
);

-- How much each person has looked at: one row a minute.
create table viewing (
  user_id id not null,
  entity text not null,
  minute int not null,                           -- since 1970
  cards int not null,
  rows int not null,                             -- in lists and exports
  primary key (user_id, entity, minute)
);

-- The same request sent twice is done once.
create table idempotency (
  user_id id not null,
  key text not null,
  asked bytes not null,                          -- hash of method, path and body
  status int not null,
  answer text not null,
  at int not null,
  primary key (user_id, key)
);
create index idempotency_at on idempotency (at);
