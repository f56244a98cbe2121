-- name: card_classes
-- The classes of a client, each with the day since when.
select k.kind, k.value, k.since
  from client_class k
 where k.client_id = $1
 order by k.kind

-- name: card_classes_of
-- The classes of many clients at once, of those the reader may see with their sales.
select k.client_id, k.kind, k.value
  from client_class k
  join client c on c.id = k.client_id
 where {scope client c}
   and {scope sale c}
   and k.client_id in {ids $1}
 order by k.client_id, k.kind

-- name: card_rhythms_of
-- When each of many clients bought last and is expected next, of those the reader may see with their sales.
select r.client_id, r.last_day, r.next_day
  from client_rhythm r
  join client c on c.id = r.client_id
 where {scope client c}
   and {scope sale c}
   and r.client_id in {ids $1}
 order by r.client_id
