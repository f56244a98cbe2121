-- name: card_classes
-- The classes of a client that its card shows, each with the day since when.
select k.kind, k.value, k.since
  from client_class k
 where k.client_id = $1
   and k.kind in ('abc', 'xyz', 'status')
 order by k.kind

-- name: card_days_late
-- How many days late a client was by the last count.
select b.days_late
  from client_bought b
 where b.client_id = $1
