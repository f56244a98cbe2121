-- name: import_brought
-- Sales that the import made or filled up, their clients, and what its lines come to.
select count(distinct s.id), count(distinct s.client_id), sum(l.amount)
  from import_line i
  join sale s on s.id = i.sale_id
  join sale_line l on l.id = i.line_id
 where i.import_id = $1

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
insert into import_bad (import_id, row, place, warning, field, problem, text, args)
values ($1, $2, $3, $4, $5, $6, $7, $8)
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
select b.row, b.warning, b.field, b.problem, b.text, b.args
  from import_bad b
 where b.import_id = $1
   and b.place < $2
 order by b.row, b.place
 limit $3

-- name: import_bad_kinds
-- Problems of an import by kind, and of how many texts; what an undo left (places from $2 on) is none of them.
select b.problem, b.warning, b.field, count(*), count(distinct b.text)
  from import_bad b
 where b.import_id = $1
   and b.place < $2
 group by b.problem, b.warning, b.field
 order by b.warning, 4 desc, b.problem, b.field
 limit $3

-- name: import_bad_firsts
-- The first $3 rows of each of these kinds.
select k.row, k.warning, k.field, k.problem, k.text, k.args
  from (select b.row, b.warning, b.field, b.problem, b.text, b.args,
               row_number() over (partition by b.problem, b.warning, b.field order by b.row, b.place) as nth
          from import_bad b
         where b.import_id = $1
           and b.place < $2) k
 where k.nth <= $3
 order by k.row

-- name: import_role_of_sellers
-- The role that sellers have, unless the firm has taken it away or made it another one.
select r.id, r.name
  from role r
 where r.name_key = 'role.sales_manager'
   and r.archived_at is null

-- name: import_logins_taken
-- Which of these logins somebody has, those who left as well.
select u.login
  from users u
 where u.login in {texts $1}

-- name: import_bad_page
-- Problems of an import in the order of its rows.
select b.row, b.place, b.warning, b.field, b.problem, b.text, b.args
  from import_bad b
 where b.import_id = $1
   and (b.row > $2 or (b.row = $2 and b.place > $3))
 order by b.row, b.place
 limit $4

-- name: import_bad_sums
-- The reasons of an import, each with how many rows it has, the first of them, and what is said of one.
select b.problem, b.warning, count(*), min(b.row), min(b.text), min(b.args)
  from import_bad b
 where b.import_id = $1
 group by b.problem, b.warning
 order by b.warning, 3 desc, b.problem

-- name: import_bad_reasons
-- Rows that were not taken, each with its first reason, in their order.
select b.row, b.problem, b.text, b.field, b.args
  from import_bad b
 where b.import_id = $1
   and b.warning = 0
   and b.place = (select min(o.place) from import_bad o where o.import_id = b.import_id and o.row = b.row
       and o.warning = 0)
 order by b.row
 limit $2

-- name: import_shape_keep
-- What the columns of such a file meant is remembered.
insert into import_shape (shape, plan) values ($1, $2)
on conflict (shape) do update set plan = excluded.plan

-- name: import_shape_one
-- What the columns of such a file meant last time: to the person ($1), or else to anybody.
select s.plan
  from import_shape s
 where s.shape in ($1, $2)
 order by case when s.shape = $1 then 0 else 1 end
 limit 1

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

-- name: import_waiting
-- How many imports of a person have not ended.
select count(*)
  from job
 where state < 2
   and actor = $1
   and kind = 'import'

-- name: import_held
-- Imports whose sales are not to be seen yet.
select i.id
  from import i
 where i.state = 2

-- name: import_held_sales
-- The sales such imports have touched so far: of the few imports each its changes (SQLite keeps to this order).
select c.work, c.record
  from import i
 cross join change c
 where c.work = i.id
   and i.state = 2
   and c.entity = 'sale'

-- name: import_state
-- An import with its job, for whoever looks at it.
select i.id, i.name, i.target, i.dry, i.state, i.rows_read, i.made, i.changed, i.known, i.bad, i.created_at,
    i.created_by, u.name, j.done, j.total, j.rate, i.warned, j.state,
       f.size, f.made_at + r.days * 86400000, i.sales, i.amount, i.clients, i.new_clients
  from import i
 cross join file_rule r
  left join import_plan p on p.import_id = i.id
  left join job j on j.id = p.job_id
  left join file f on f.id = p.file_id
  left join users u on u.id = i.created_by
 where i.id = $1

-- name: import_newest
-- Imports within the reader's reach, newest first.
select i.id, i.name, i.target, i.dry, i.state, i.rows_read, i.made, i.changed, i.known, i.bad, i.created_at,
    i.created_by, u.name, j.done, j.total, j.rate, i.warned, j.state,
       f.size, f.made_at + r.days * 86400000, i.sales, i.amount, i.clients, i.new_clients
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
