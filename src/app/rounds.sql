-- What people have done with rounds.

-- name: rounds_changed
-- Who has changed a round, the latest first.
select c.at, c.by_id, u.name, c.was_rhythm, c.rhythm, c.was_off, c.off
  from schedule_changed c
  left join users u on u.id = c.by_id
 where c.schedule_id = $1
 order by c.id desc
 limit $2
