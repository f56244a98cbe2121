-- What the base knows about its own shape.

-- name: migration_table
-- Made before everything else, in the project's own types.
create table if not exists migration (
  number   id primary key,
  name     text not null,
  checksum text not null,
  at       int not null
)

-- name: migration_all
-- The base's own list, from the first to the last.
select number, checksum from migration order by number

-- name: migration_note
-- One more is done.
insert into migration (number, name, checksum, at) values ($1, $2, $3, $4)

-- name: migration_lock
-- One server at a time; the number is `sbyt` and nothing more.
-- postgres
select pg_advisory_lock(7295013546012745472)
-- sqlite
select 1
-- both

-- name: migration_known
-- Is there a list at all?
-- sqlite
select count(*) from sqlite_schema where type = 'table' and name = 'migration'
-- postgres
select count(*) from pg_tables where schemaname = current_schema() and tablename = 'migration'
-- both
