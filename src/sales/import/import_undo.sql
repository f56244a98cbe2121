-- name: import_sales_shared
-- Sales with lines of this import in which another one, which stands, has a part: it brought such a line too, or added
-- one.
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
 cross join (select h.work from import_heir h where h.import_id = $1 union select i2.id from import i2
     where i2.id = $1) k
 where i.state = 3
   and i.dry = 0
   and i.target = 'sale'
   and i.id <> $1
on conflict (import_id, work) do nothing

-- name: import_heir_clear
-- An import that is taken back inherits nothing more.
delete from import_heir where import_id = $1

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
   and exists (select 1 from sale_line n join import_line l on l.sale_id = n.sale_id and l.line_id = n.id
       where n.product_id = c.record)

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
