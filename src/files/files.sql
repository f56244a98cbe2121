-- name: file_body_known
-- The whole body with this content.
select b.id, b.type, b.width, b.height from file_body b where b.hash = $1 and b.state = 2

-- name: file_body_add
-- A body begins to arrive.
insert into file_body (id, size, made_at, state, type, width, height) values ($1, $2, $3, 1, $4, $5, $6)

-- name: file_body_part_add
-- The next mebibyte of a body.
insert into file_part (body_id, place, bytes) values ($1, $2, $3)

-- name: file_body_whole
-- A body has arrived.
update file_body set state = 2, hash = $2 where id = $1

-- name: file_add
-- What somebody sends, by its name.
insert into file (id, body_id, name, size, made_at, made_by) values ($1, $2, $3, $4, $5, $6)

-- name: file_moves
-- The same content has arrived meanwhile: it stands there.
update file set body_id = $2 where id = $1

-- name: file_many
-- Of these files those that have come whole; $2 is who sent them, 0 asks for anybody's.
select f.id, f.body_id, f.name, f.size, f.made_at, f.made_by, coalesce(b.type, ''), coalesce(b.width, 0),
    coalesce(b.height, 0)
  from file f
  join file_body b on b.id = f.body_id
 where f.id in {ids $1}
   and b.state = 2
   and (f.made_by = $2 or $2 = 0)

-- name: file_parts
-- The bytes of a body, in order.
select p.bytes
  from file_part p
 where p.body_id = $1
 order by p.place

-- name: file_parts_from
-- The same from one part to another.
select p.bytes
  from file_part p
 where p.body_id = $1
   and p.place >= $2
   and p.place <= $3
 order by p.place

-- name: file_room
-- The rule of the room for files, and what is kept: of a person, of all, each content once; how many files the person
-- has sent since $2; how much is to go.
select r.days, r.person_mb, r.firm_mb,
       coalesce((select sum(f.size) from file f where f.made_by = $1), 0),
       coalesce((select sum(b.size) from file_body b), 0),
       (select count(*) from file f where f.made_by = $1 and f.made_at > $2),
       coalesce((select sum(f.size) from file f where f.over_since is not null), 0)
  from file_rule r
 where r.one = 1

-- name: file_days
-- How long files are kept, of the rule alone: what goes is asked for file by file.
select r.days from file_rule r where r.one = 1

-- name: file_rule_put
-- How long files are kept, and how much of them.
update file_rule set days = $1, person_mb = $2, firm_mb = $3

-- name: file_over_again
-- The clock had run ahead when these were marked.
update file set over_since = null where over_since > $1

-- name: file_forget
-- A file goes.
delete from file where id = $1

-- name: file_body_left
-- Bodies that no file names any more go with their parts; $1 is the one that may be.
update file_body
   set state = 3, hash = null
 where id = $1
   and state <> 3
   and not exists (select 1 from file f where f.body_id = file_body.id)

-- name: file_body_of
-- Where the bytes of a file stand.
select f.body_id from file f where f.id = $1

-- name: file_body_going
-- A body that is to go.
select b.id from file_body b where b.state = 3 order by b.id limit 1

-- name: file_body_goes
-- Is it that body that is to go?
select b.id from file_body b where b.id = $1 and b.state = 3

-- name: file_body_parts_forget
-- So many parts of a body go.
delete from file_part
 where body_id = $1
   and place in (select p.place from file_part p where p.body_id = $1 order by p.place limit $2)

-- name: file_body_forget
-- A body goes.
delete from file_body where id = $1

-- name: file_bodies_check
-- Whole bodies above $1, with what they ought to be, and a name to tell them by.
select b.id, b.size, b.hash, coalesce((select min(f.name) from file f where f.body_id = b.id), '')
  from file_body b
 where b.id > $1
   and b.state = 2
 order by b.id
 limit $2

-- name: share_add
-- A link for somebody outside.
insert into share (id, hash, about_id, made_at, made_by, until, times) values ($1, $2, $3, $4, $5, $6, $7)

-- name: shares_open
-- How many links of an attachment open something.
select count(*)
  from share s
 where s.about_id = $1
   and s.ended_at is null
   and s.until > $2
   and (s.times is null or s.fetched < s.times)

-- name: share_by_hash
-- The link with this token, and whether its time is over at $2.
select s.id, s.about_id, s.made_by, s.until,
       case when s.ended_at is null and s.until > $2 and (s.times is null or s.fetched < s.times) then 1 else 0 end
  from share s
 where s.hash = $1

-- name: share_fetched
-- It is fetched once more, if it may be.
update share
   set fetched = fetched + 1, fetched_at = $2
 where id = $1
   and ended_at is null
   and until > $2
   and (times is null or fetched < times)

-- name: share_maker
-- Who has made this link of an attachment; 0: it is none of it.
select coalesce(max(made_by), 0) from share where id = $1 and about_id = $2

-- name: share_end
-- A link of an attachment ends.
update share set ended_at = coalesce(ended_at, $3) where id = $1 and about_id = $2

-- name: shares_of
-- The links of an attachment, those that open something first, the newest first.
select s.id, s.made_at, s.made_by, s.until, s.times, s.fetched, s.fetched_at, s.ended_at
  from share s
 where s.about_id = $1
 order by case when s.ended_at is null and s.until > $3 and (s.times is null or s.fetched < s.times) then 0 else 1 end,
       s.id desc
 limit $2

-- name: shares_forget
-- Links that have opened nothing since before $1.
delete from share
 where until < $1
    or ended_at < $1
    or (fetched >= times and fetched_at < $1)
