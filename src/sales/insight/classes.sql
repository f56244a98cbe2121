-- name: classes_kept
-- All classes as they were written last.
select k.client_id, k.kind, k.value, k.since
  from client_class k

-- name: classes_bought
-- What each client has bought, as it was written last.
select b.client_id, b.purchases, b.last_day, b.revenue, b.margin, b.days_late
  from client_bought b

-- name: classes_keep
-- A client's class and since when.
insert into client_class (client_id, kind, value, since, place) values ($1, $2, $3, $4, $5)
on conflict (client_id, kind) do update set value = excluded.value, since = excluded.since, place = excluded.place

-- name: classes_log
-- What a client's class was and became on that day.
insert into client_class_log (client_id, kind, day, old, new) values ($1, $2, $3, $4, $5)
on conflict (client_id, kind, day) do update set new = excluded.new

-- name: classes_end
-- A class whose reason is gone ends.
delete from client_class where client_id = $1 and kind = $2 and value = $3

-- name: classes_bought_end
-- Whose sales are gone has bought nothing.
delete from client_bought where client_id = $1

-- name: classes_bought_keep
-- How often a client buys and when the next purchase is due, what it brought in the usual period, how late it is.
insert into client_bought (client_id, purchases, first_day, last_day, rhythm, next_day, revenue, margin, days_late)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (client_id) do update set purchases = excluded.purchases, first_day = excluded.first_day,
  last_day = excluded.last_day, rhythm = excluded.rhythm, next_day = excluded.next_day, revenue = excluded.revenue,
  margin = excluded.margin, days_late = excluded.days_late

-- name: classes_potential
-- Clients without any status have never bought: some of them become potential.
insert into client_class (client_id, kind, value, since, place)
select c.id, 'status', 'potential', $1, $3
  from client c
 where not exists (select 1 from client_class k where k.client_id = c.id and k.kind = 'status')
 order by c.id
 limit $2
