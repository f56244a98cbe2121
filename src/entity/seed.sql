-- name: seeds_loaded
-- What was loaded of the program's own seeds, and in which language.
select s.digest, f.language
  from seeded s
  left join firm f on f.one = 1

-- name: seeds_loaded_put
-- All of them have been loaded.
insert into seeded (one, digest, at)
values (1, $1, $2)
on conflict (one) do update set digest = excluded.digest, at = excluded.at

-- name: seeds_known
-- What these keys have brought; of two files the one that asks ($2) comes first.
select key, entity, record_id, digest, version, origin
  from seed
 where key in {texts $1}
 order by case when origin = $2 then 0 else 1 end

-- name: seed_put
-- What a key has brought now.
insert into seed (origin, key, entity, record_id, digest, version, at, offered)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (origin, key) do update
   set entity = excluded.entity, record_id = excluded.record_id, digest = excluded.digest, version = excluded.version,
       at = excluded.at, offered = excluded.offered

-- name: seed_followed
-- A record that nobody had touched has been saved by its seeds.
update seed set version = $3 where record_id = $1 and version = $2 and origin = $4

-- name: seeds_unsaid
-- What a base had before there were seeds, and no seed of this version speaks of.
delete from seed where digest = ''

-- name: seed_keys_of
-- Under which keys these records are known; the firm's own first.
select record_id, key, entity
  from seed
 where record_id in {ids $1}
 order by case when origin = 'firm' then 0 else 1 end, key

-- name: seeds_offered
-- What was offered and neither taken nor left, the first $1.
select origin, key, entity, record_id, at, offered
  from seed
 where offered is not null
 order by entity, key, origin
 limit $1

-- name: seed_offered
-- The same of one key.
select origin, key, entity, record_id, at, offered
  from seed
 where origin = $1
   and key = $2
   and offered is not null

-- name: seed_answered
-- It was taken, and the record has this version, or left.
update seed set offered = null, version = coalesce(cast($3 as bigint), version) where origin = $1 and key = $2
