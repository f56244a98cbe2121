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
-- The rule of the room for files, and what is kept: of a person, of all; how many files the person has; how much of all is to go.
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
   and not exists (select 1 from import_plan p join import i on i.id = p.import_id where p.file_id = f.id and i.state in (1, 2, 6))
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
-- So many problems of the rows of a file go; why an import came to no end (row 0), and what an undo left (places from $2 on), stay.
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

-- name: import_plan_add
-- How an import is to be done.
insert into import_plan (import_id, file_id, plan, job_id) values ($1, $2, $3, $4)

-- name: import_plan_one
-- How an import is to be done, and who began it.
select p.plan, p.job_id, i.created_by
  from import_plan p
  join import i on i.id = p.import_id
 where p.import_id = $1

-- name: import_plan_job
-- Another job works on the import now.
update import_plan set job_id = $2 where import_id = $1

-- name: import_bad_add
-- A row that was not taken, or was taken with a doubt.
insert into import_bad (import_id, row, place, warning, field, problem, text) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (import_id, row, place) do nothing

-- name: import_bad_why
-- Why an import came to no end stands before its rows.
insert into import_bad (import_id, row, place, warning, field, problem, text)
select $1, 0, coalesce(max(b.place), 0) + 1, 1, null, $2, null
  from import_bad b
 where b.import_id = $1
   and b.row = 0

-- name: import_bad_clear
-- An import begins again from its first row.
delete from import_bad where import_id = $1

-- name: import_left
-- What an undo left as it is: its places begin at $2.
select b.row, b.field, b.problem, b.text
  from import_bad b
 where b.import_id = $1
   and b.place >= $2
 order by b.row, b.place
 limit $3

-- name: import_bad_rows
-- Problems of an import's rows, in their order; what an undo left (places from $2 on) is none of them.
select b.row, b.warning, b.field, b.problem, b.text
  from import_bad b
 where b.import_id = $1
   and b.place < $2
 order by b.row, b.place
 limit $3

-- name: import_bad_page
-- Problems of an import in the order of its rows.
select b.row, b.place, b.warning, b.field, b.problem, b.text
  from import_bad b
 where b.import_id = $1
   and (b.row > $2 or (b.row = $2 and b.place > $3))
 order by b.row, b.place
 limit $4

-- name: import_bad_sums
-- The reasons of an import, each with how many rows it has and the first of them.
select b.problem, b.warning, count(*), min(b.row), min(b.text)
  from import_bad b
 where b.import_id = $1
 group by b.problem, b.warning
 order by b.warning, 3 desc, b.problem

-- name: import_bad_reasons
-- Rows that were not taken, each with its first reason, in their order.
select b.row, b.problem, b.text, b.field
  from import_bad b
 where b.import_id = $1
   and b.warning = 0
   and b.place = (select min(o.place) from import_bad o where o.import_id = b.import_id and o.row = b.row and o.warning = 0)
 order by b.row
 limit $2

-- name: import_shape_keep
-- What the columns of such a file meant is remembered.
insert into import_shape (shape, plan) values ($1, $2)
on conflict (shape) do update set plan = excluded.plan

-- name: import_shape_one
-- What the columns of such a file meant last time.
select s.plan
  from import_shape s
 where s.shape = $1

-- name: import_lines_known
-- Which of these lines are known, in which sale they stand, and whether the importer ($2) sees it or made it himself.
-- A sale that is gone hides nothing.
select l.key, l.sale_id, l.import_id,
       case when s.id is null or s.created_by = $2 or {scope sale c} then 1 else 0 end
  from import_line l
  left join sale s on s.id = l.sale_id
  left join client c on c.id = s.client_id
 where l.key in {texts $1}

-- name: import_line_add
-- A line is known from now on.
insert into import_line (key, import_id, sale_id, line_id) values ($1, $2, $3, $4)

-- name: import_again_add
-- A known line was brought once more.
insert into import_again (import_id, key) values ($1, $2)
on conflict (key, import_id) do nothing

-- name: import_sales_shared
-- Sales with lines of this import in which another one, which stands, has a part: it brought such a line too, or added one.
select distinct l.sale_id
  from import_line l
 where l.import_id = $1
   and l.sale_id > $2
   and (exists (select 1 from import_again a where a.key = l.key and a.import_id <> $1)
        or exists (select 1 from import_line o where o.sale_id = l.sale_id and o.import_id <> $1))
 order by l.sale_id
 limit $3

-- name: import_lines_alone
-- Lines of these sales that only this import brought.
select l.line_id
  from import_line l
 where l.import_id = $1
   and l.sale_id in {ids $2}
   and not exists (select 1 from import_again a where a.key = l.key and a.import_id <> $1)

-- name: import_lines_count
-- How many lines of these sales the import owns.
select count(*)
  from import_line l
 where l.import_id = $1
   and l.sale_id in {ids $2}

-- name: import_sales_inherited
-- Sales that hold lines of this import after everything it made is gone: another one made them, and was taken back.
select distinct l.sale_id
  from import_line l
  join sale s on s.id = l.sale_id
 where l.import_id = $1
   and l.sale_id > $2
   and s.archived_at is null
 order by l.sale_id
 limit $3

-- name: import_inherited
-- Works of which something stayed for the sake of this import, the newest first.
select h.work
  from import_heir h
 where h.import_id = $1
 order by h.work desc
 limit $2

-- name: import_heirs
-- Whoever stands may need what stayed of this import and of those it has inherited.
insert into import_heir (import_id, work)
select i.id, k.work
  from import i
 cross join (select h.work from import_heir h where h.import_id = $1 union select i2.id from import i2 where i2.id = $1) k
 where i.state = 3
   and i.dry = 0
   and i.target = 'sale'
   and i.id <> $1
on conflict (import_id, work) do nothing

-- name: import_heir_clear
-- An import that is taken back inherits nothing more.
delete from import_heir where import_id = $1

-- name: import_made
-- Records of these kinds that the work made.
select count(*)
  from change c
 where c.work = $1
   and c.version = 1
   and c.entity in {texts $2}

-- name: import_changed
-- How often the work changed a record of the kind.
select count(*)
  from change c
 where c.work = $1
   and c.version > 1
   and c.entity = $2

-- name: import_job_state
-- How the job of the import stands.
select j.state
  from import_plan p
  join job j on j.id = p.job_id
 where p.import_id = $1

-- name: import_lines_shared
-- Some lines of this import that another one brought too.
select l.key
  from import_line l
 where l.import_id = $1
   and exists (select 1 from import_again a where a.key = l.key and a.import_id <> $1)
   and l.key > $2
 order by l.key
 limit $3

-- name: import_lines_pass
-- These lines belong to the first of those that brought them too.
update import_line
   set import_id = (select min(a.import_id) from import_again a where a.key = import_line.key and a.import_id <> $1)
 where key in {texts $2}

-- name: import_again_owned
-- Whoever owns one of these lines need not stand among those who brought it again.
delete from import_again
 where key in {texts $1}
   and exists (select 1 from import_line l where l.key = import_again.key and l.import_id = import_again.import_id)

-- name: import_again_clear
-- An import that is taken back has brought nothing again; so many at a time.
delete from import_again
 where import_id = $1
   and key in (select a.key from import_again a where a.import_id = $1 limit $2)

-- name: import_lines_clear
-- Lines that only this import brought are not known any more; so many at a time.
delete from import_line
 where key in (select l.key from import_line l where l.import_id = $1 limit $2)

-- name: import_used_clients
-- Clients of these that the work made and whose sales stay because another import brought them.
select c.record
  from change c
 where c.work = $2
   and c.record in {ids $1}
   and c.version = 1
   and exists (select 1 from sale s join import_line l on l.sale_id = s.id where s.client_id = c.record)

-- name: import_used_products
-- Products of these that the work made and that stand in lines of another import.
select c.record
  from change c
 where c.work = $2
   and c.record in {ids $1}
   and c.version = 1
   and exists (select 1 from sale_line n join import_line l on l.sale_id = n.sale_id and l.line_id = n.id where n.product_id = c.record)

-- name: import_used_channels
-- Channels of these that the work made and through which sales of another import went.
select c.record
  from change c
 where c.work = $2
   and c.record in {ids $1}
   and c.version = 1
   and exists (select 1 from sale s join import_line l on l.sale_id = s.id where s.channel_id = c.record)

-- name: import_sales_staying
-- Sales of these in which another import has a part.
select distinct l.sale_id
  from import_line l
 where l.sale_id in {ids $1}
   and (l.import_id <> $2 or exists (select 1 from import_again a where a.key = l.key and a.import_id <> $2))

-- name: clients_by_number
-- Living clients that the importer sees, by their own numbers; the folded ones lead to them.
select c.id, c.number
  from client c
 where {scope client c}
   and c.number_find in {texts $2}
   and c.number in {texts $1}
   and c.archived_at is null

-- name: clients_by_inn
-- Living clients that the importer sees, by ИНН.
select c.id, c.inn
  from client c
 where {scope client c}
   and c.inn in {texts $1}
   and c.archived_at is null

-- name: clients_by_name
-- Living clients that the importer sees, by their folded names; who has neither number nor ИНН goes before namesakes that do.
select c.id, c.name_find
  from client c
 where {scope client c}
   and c.name_find in {texts $1}
   and c.archived_at is null
   and ((c.number is null and c.inn is null)
        or not exists (select 1 from client o
                        where {scope client o} and o.name_find = c.name_find and o.number is null and o.inn is null and o.archived_at is null))

-- name: products_by_number
-- Living products by article; the folded ones lead to them.
select p.id, p.number
  from product p
 where p.number_find in {texts $2}
   and p.number in {texts $1}
   and p.archived_at is null

-- name: products_by_name
-- Living products by their folded names; one without an article goes before namesakes that have one.
select p.id, p.name_find
  from product p
 where p.name_find in {texts $1}
   and p.archived_at is null
   and (p.number is null or not exists (select 1 from product o where o.name_find = p.name_find and o.number is null and o.archived_at is null))

-- name: channels_by_name
-- Living channels by their folded names.
select c.id, c.name_find
  from channel c
 where c.name_find in {texts $1}
   and c.archived_at is null

-- name: users_by_name
-- People by their folded names, those who left as well.
select u.id, u.name_find
  from users u
 where u.name_find in {texts $1}

-- name: sales_by_key
-- Sales that this source made, by what it calls them, the archived ones too, and those that the importer does not see.
select s.id, s.key, s.archived_at,
       case when {scope sale c} then 1 else 0 end
  from sale s
  join client c on c.id = s.client_id
 where s.origin = $2
   and s.key in {texts $1}

-- name: import_held
-- Imports whose sales are not to be seen yet.
select i.id
  from import i
 where i.state = 2

-- name: import_held_sales
-- The sales such imports have touched so far.
select c.work, c.record
  from change c
  join import i on i.id = c.work
 where i.state = 2
   and c.entity = 'sale'

-- name: import_state
-- An import with its job, for whoever looks at it.
select i.id, i.name, i.target, i.dry, i.state, i.rows_read, i.made, i.changed, i.known, i.bad, i.created_at, i.created_by, u.name, j.done, j.total, j.rate, i.warned, j.state,
       f.size, f.made_at + r.days * 86400000
  from import i
 cross join file_rule r
  left join import_plan p on p.import_id = i.id
  left join job j on j.id = p.job_id
  left join file f on f.id = p.file_id
  left join users u on u.id = i.created_by
 where i.id = $1

-- name: import_newest
-- Imports within the reader's reach, newest first.
select i.id, i.name, i.target, i.dry, i.state, i.rows_read, i.made, i.changed, i.known, i.bad, i.created_at, i.created_by, u.name, j.done, j.total, j.rate, i.warned, j.state,
       f.size, f.made_at + r.days * 86400000
  from import i
 cross join file_rule r
  left join import_plan p on p.import_id = i.id
  left join job j on j.id = p.job_id
  left join file f on f.id = p.file_id
  left join users u on u.id = i.created_by
 where i.archived_at is null
   and i.id < $1
   and {scope import i}
 order by i.id desc
 limit $2
