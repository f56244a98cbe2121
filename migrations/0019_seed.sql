-- Seeds: records that came with the program or with a file of the firm's (src/entity/seed.h).

-- owner: entity
create table seed (
  origin    text not null,                       -- sbyt, firm
  key       text not null,                       -- role.sales_manager/activity
  entity    text not null,
  record_id id not null,
  digest    text not null,                       -- of what it said; empty: before there were seeds
  version   int not null,                        -- of the record when it was saved
  at        int not null,
  offered   text,                                -- what it says now and nobody has taken or left
  primary key (origin, key)
);
create index seed_record on seed (record_id);
create index seed_offered on seed (entity, key) where offered is not null;

-- What was loaded last of all that the program brings: one row, where anything was.
create table seeded (
  one    int primary key check (one = 1),
  digest text not null,
  at     int not null
);

-- The roles that a base has from an earlier version.
insert into seeded (one, digest, at) select 1, '', 0 where exists (select 1 from role where name_key is not null);
insert into seed (origin, key, entity, record_id, digest, version, at)
select 'sbyt', r.name_key, 'role', r.id, '', r.version, r.created_at
  from role r
 where r.name_key is not null
   and r.archived_at is null
   and not exists (select 1 from role x where x.name_key = r.name_key and x.archived_at is null and x.id < r.id);
