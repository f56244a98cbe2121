-- How often clients are to be spoken with (src/sales/activities/contact_rhythm.h).

-- owner: sales/activities
create table contact_rhythm (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text, name_find text, name_sort text,
  clients text,
  days int,
  kind_id id,
  aim_id id,
  off bool not null default 0,
  find text
);
create unique index contact_rhythm_key on contact_rhythm (key, origin) where origin is not null;
create unique index contact_rhythm_once on contact_rhythm (name_find) where archived_at is null;

-- owner: sales/parties
create index client_contact_none on client_contact (client_id) where next_at is null;
