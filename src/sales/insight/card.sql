-- name: card_classes
-- The classes of a client, each with the day since when.
select k.kind, k.value, k.since
  from client_class k
 where k.client_id = $1
 order by k.kind
