-- name: file_add
-- A file begins to arrive.
insert into file (id, name, size, made_at, made_by) values ($1, $2, $3, $4, $5)

-- name: file_part_add
-- The next mebibyte of a file.
insert into file_part (file_id, place, bytes) values ($1, $2, $3)

-- name: file_one
-- A file that somebody sent; the program itself (0) reads all.
select f.name, f.size
  from file f
 where f.id = $1
   and (f.made_by = $2 or $2 = 0)

-- name: file_parts
-- The bytes of a file, in order.
select p.bytes
  from file_part p
 where p.file_id = $1
 order by p.place

-- name: file_room
-- The rule of the room for files, and what is kept: of a person, of all; how many files the person has; how much of all
-- is to go.
select r.days, r.person_mb, r.firm_mb,
       coalesce((select sum(f.size) from file f where f.made_by = $1), 0),
       coalesce((select sum(f.size) from file f), 0),
       (select count(*) from file f where f.made_by = $1),
       coalesce((select sum(f.size) from file f where f.over_since is not null), 0)
  from file_rule r
 where r.one = 1

-- name: file_rule_put
-- How long files are kept, and how much of them.
update file_rule set days = $1, person_mb = $2, firm_mb = $3

-- name: file_over_mark
-- The term of these is over: made before $1, or before $2 and never imported.
update file
   set over_since = $3
 where over_since is null
   and made_at < $2
   and (made_at < $1 or not exists (select 1 from import_plan p where p.file_id = file.id))

-- name: file_over_again
-- The clock had run ahead when these were marked.
update file set over_since = null where over_since > $1

-- name: file_over
-- The file whose term was over first, before $1; one that an import still works with stays.
select f.id
  from file f
 where f.over_since is not null
   and f.over_since <= $1
   and not exists (select 1 from import_plan p join import i on i.id = p.import_id where p.file_id = f.id
       and i.state in (1, 2, 6))
 order by f.over_since, f.id
 limit 1

-- name: file_in_use
-- How many imports still work with the file.
select count(*)
  from import_plan p
  join import i on i.id = p.import_id
 where p.file_id = $1
   and i.state in (1, 2, 6)

-- name: import_file
-- The file of an import, while it is kept.
select f.id
  from import_plan p
  join file f on f.id = p.file_id
 where p.import_id = $1

-- name: file_parts_forget
-- So many parts of a file go.
delete from file_part
 where file_id = $1
   and place in (select p.place from file_part p where p.file_id = $1 order by p.place limit $2)

-- name: file_problems_forget
-- So many problems of the rows of a file go; why an import came to no end (row 0), and what an undo left (places from
-- $2 on), stay.
delete from import_bad
 where (import_bad.import_id, import_bad.row, import_bad.place) in
       (select b.import_id, b.row, b.place
          from import_plan p
          join import_bad b on b.import_id = p.import_id
         where p.file_id = $1
           and b.row > 0
           and b.place < $2
         limit $3)

-- name: file_forget
-- A file goes.
delete from file where id = $1
