-- name: example_clients_told
-- Of the clients in sight: those of the example, those of them that people have changed, and people's own.
select count(case when c.origin = 'example' then 1 end),
       count(case when c.origin = 'example' and c.changed_by is not null then 1 end),
       count(case when c.origin is distinct from 'example' then 1 end)
  from client c
 where {scope client c}

-- name: example_sales_told
-- Of the sales in sight: those of the example, those of people to its clients, and all others of people.
select count(case when s.origin = 'example' then 1 end),
       count(case when s.origin is distinct from 'example' and c.origin = 'example' then 1 end),
       count(case when s.origin is distinct from 'example' and c.origin is distinct from 'example' then 1 end)
  from sale s
  join client c on c.id = s.client_id
 where {scope sale c}

-- name: example_at_work
-- Is it being loaded or taken out just now?
select j.id
  from job j
 where j.kind in ('example', 'example_drop')
   and j.state < 2
 limit 1

-- name: example_there
-- How many sales, activities, deals, requests, needs, clients and people at clients there are to be taken out; one more
-- where that was begun and has failed, so that it may go on with what is left.
select (select count(*)
          from sale s
          join client c on c.id = s.client_id
         where s.origin = 'example' or c.origin = 'example')
     + (select count(*) from activity a where a.origin = 'example')
     + (select count(*) from deal d where d.origin = 'example')
     + (select count(*) from request r where r.origin = 'example')
     + (select count(*) from need n where n.origin = 'example')
     + (select count(*) from client c where c.origin = 'example')
     + (select count(*) from person p where p.origin = 'example')
     + (select count(*)
          from job j
         where j.id = (select max(l.id) from job l where l.kind = 'example_drop')
           and j.state = 3)

-- name: example_absences_next
-- Absences of employees of the example.
select a.id
  from absence a
  join users u on u.id = a.user_id
 where a.id < $1
   and u.origin = 'example'
 order by a.id desc
 limit $2

-- name: example_activities_next
-- Activities of the example, and those that the program has set for its clients, the latest first, below id $1.
select a.id
  from activity a
  left join client c on c.id = a.client_id
 where a.id < $1
   and (a.origin = 'example' or (c.origin = 'example' and a.created_by is null))
 order by a.id desc
 limit $2

-- name: example_requests_next
-- Requests of the example.
select r.id
  from request r
 where r.id < $1
   and r.origin = 'example'
 order by r.id desc
 limit $2

-- name: example_needs_next
-- What clients of the example need.
select n.id
  from need n
 where n.id < $1
   and n.origin = 'example'
 order by n.id desc
 limit $2

-- name: example_deals_next
-- Deals of the example.
select d.id
  from deal d
 where d.id < $1
   and d.origin = 'example'
 order by d.id desc
 limit $2

-- name: example_sales_next
-- Sales of the example and sales to its clients, the latest first, below id $1.
select s.id
  from sale s
  join client c on c.id = s.client_id
 where s.id < $1
   and (s.origin = 'example' or c.origin = 'example')
 order by s.id desc
 limit $2

-- name: example_clients_next
-- Clients of the example.
select c.id
  from client c
 where c.id < $1
   and c.origin = 'example'
 order by c.id desc
 limit $2

-- name: example_persons_next
-- People at clients of the example.
select p.id
  from person p
 where p.id < $1
   and p.origin = 'example'
 order by p.id desc
 limit $2

-- name: example_products_next
-- Products of the example.
select p.id
  from product p
 where p.id < $1
   and p.origin = 'example'
 order by p.id desc
 limit $2

-- name: example_groups_next
-- Groups of products of the example; a group stands before its parts.
select g.id
  from product_group g
 where g.id < $1
   and g.origin = 'example'
 order by g.id desc
 limit $2

-- name: example_channels_next
-- Channels of the example.
select c.id
  from channel c
 where c.id < $1
   and c.origin = 'example'
 order by c.id desc
 limit $2

-- name: example_sources_next
-- Sources of the example.
select s.id
  from source s
 where s.id < $1
   and s.origin = 'example'
 order by s.id desc
 limit $2

-- name: example_users_next
-- Employees of the example as whom nobody can sign in.
select u.id
  from users u
 where u.id < $1
   and u.origin = 'example'
   and not exists (select 1 from credential k where k.user_id = u.id)
 order by u.id desc
 limit $2

-- name: example_units_next
-- Units of the example; a unit stands before its parts.
select t.id
  from unit t
 where t.id < $1
   and t.origin = 'example'
 order by t.id desc
 limit $2

-- name: example_heads
-- Units with a head of the example.
select t.id
  from unit t
  join users u on u.id = t.head_id
 where u.origin = 'example'

-- name: example_again_clear
-- Lines of sales that are about to go are not known any more, however often they were brought.
delete from import_again where key in (select l.key from import_line l where l.sale_id in {ids $1})

-- name: example_lines_clear
-- The same.
delete from import_line where sale_id in {ids $1}
