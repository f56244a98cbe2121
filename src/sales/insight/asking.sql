-- name: insight_visible
-- The clients of whom the reader may know what was sold to them.
select c.id
  from client c
 where {scope analysis c}

-- name: insight_sold_to
-- The clients whose sales the reader may see.
select c.id
  from client c
 where {scope client c}
   and {scope sale c}

-- name: insight_class
-- The clients of one ABC class as of the last count.
select k.client_id
  from client_class k
 where k.kind = 'abc'
   and k.place = $1

-- name: insight_client_names
-- What the clients of a table are called.
select c.id, c.name
  from client c
 where c.id in {ids $1}

-- name: insight_product_names
-- What the products of a table are called, for whoever may see products.
select p.id, p.name
  from product p
 where p.id in {ids $1}
   and {scope product p}

-- name: insight_currency
-- The firm's currency, for the sign behind sums.
select f.currency
  from firm f

-- name: insight_status_log
-- How many clients, of one ABC class or of all, moved from one status to another on each day of the period, newest
-- first.
select l.day, l.old, l.new, count(*)
  from client_class_log l
  join client c on c.id = l.client_id
 where {scope analysis c}
   and l.kind = 'status'
   and l.day >= $1
   and l.day <= $2
   and l.old is distinct from l.new
   and ($3 = '' or exists (select 1 from client_class k where k.client_id = l.client_id and k.kind = 'abc'
       and k.value = $3))
 group by l.day, l.old, l.new
 order by l.day desc, l.old nulls last, l.new

-- name: insight_status_moved
-- Which clients, of one ABC class or of all, moved from one status (or from none) to another on a day.
select l.client_id
  from client_class_log l
  join client c on c.id = l.client_id
 where {scope analysis c}
   and l.kind = 'status'
   and l.day = $1
   and coalesce(l.old, '') = $2
   and l.new = $3
   and ($4 = '' or exists (select 1 from client_class k where k.client_id = l.client_id and k.kind = 'abc'
       and k.value = $4))
 order by l.client_id

-- name: insight_sources
-- All sources with their names.
select s.id, s.name
  from source s
 order by s.id

-- name: insight_everybody
-- All clients that the reader may know of: where each came from, when it was entered, whether it is archived.
select c.id, c.source_id, c.created_at, case when c.archived_at is null then 0 else 1 end
  from client c
 where {scope analysis c}
