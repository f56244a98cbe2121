-- name: hand_over_people
-- Of these people those who work here.
select u.id, u.name from users u where u.id in {ids $1} and u.blocked = 0 and u.archived_at is null

-- name: hand_over_clients
-- Of these clients the city, and what they brought in a year where their sales are in sight.
select c.id, c.city, b.revenue
  from client c
  left join client_bought b on b.client_id = c.id and {scope sale c}
 where c.id in {ids $1}

-- name: hand_over_cities
-- In which cities these people keep clients, whoever has the most of a city ahead.
select c.keeper_id, c.city
  from client c
 where c.keeper_id in {ids $1}
   and c.city is not null
   and c.archived_at is null
 group by c.keeper_id, c.city
 order by count(*) desc, c.keeper_id, c.city

-- name: hand_over_new
-- All that $2 holds is handed over.
insert into hand_over (id, user_id, made_by, at, rule, until_day, dismissed, back_of, job, total)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: hand_over_part_new
-- A deed at records of one entity, for one person.
insert into hand_over_part (hand_over_id, place, mass_id, entity, to_id) values ($1, $2, $3, $4, $5)

-- name: hand_over_row_new
-- A record that goes from hand to hand.
insert into hand_over_row (hand_over_id, record_id, entity, to_id) values ($1, $2, $3, $4)

-- name: hand_over_backed
-- It is being given back by this one.
update hand_over set back_id = $2 where id = $1

-- name: hand_over_parts
-- The deeds of a hand-over, in their order.
select mass_id from hand_over_part where hand_over_id = $1 order by place

-- name: hand_overs_taken_up
-- What the round of some night has begun to give back and not done is done by job $1.
update hand_over
   set job = $1
 where back_of is not null
   and made_by is null
   and id in (select p.hand_over_id
                from mass_edit m
                join hand_over_part p on p.mass_id = m.id
               where m.state = 1)

-- name: hand_over_deeds_taken_up
-- So are its deeds.
update mass_edit
   set job = $1
 where state = 1
   and id in (select p.mass_id
                from hand_over h
                join hand_over_part p on p.hand_over_id = h.id
               where h.job = $1)

-- name: hand_over_deeds_of_job
-- The deeds that job $1 has to do yet, in their order; at most $2.
select m.id
  from mass_edit m
  join hand_over_part p on p.mass_id = m.id
 where m.job = $1
   and m.state = 1
 order by p.hand_over_id, p.place
 limit $2

-- name: hand_over_of
-- A hand-over, and whether a job is at it.
select h.user_id, h.dismissed, h.back_of, h.back_id, h.at, j.id
  from hand_over h
  left join job j on j.id = h.job and j.state in (0, 1)
 where h.id = $1

-- name: hand_over_runs
-- A hand-over of this person that a job is still at.
select h.id
  from hand_over h
  join job j on j.id = h.job and j.state in (0, 1)
 where h.user_id = $1
 limit 1

-- name: hand_over_deeds_end
-- Whatever of it still seemed to run does so no more.
update mass_edit
   set state = 2
 where state in (1, 3)
   and id in (select p.mass_id from hand_over_part p where p.hand_over_id = $1)

-- name: hand_overs_of_person
-- What was handed over of a person, the latest first, at most $2.
select h.id, h.at, h.made_by, b.name, h.rule, h.until_day, h.dismissed, h.back_of, h.back_id, h.total, j.id
  from hand_over h
  left join users b on b.id = h.made_by
  left join job j on j.id = h.job and j.state in (0, 1)
 where h.user_id = $1
 order by h.id desc
 limit $2

-- name: hand_over_counts
-- How far these hand-overs are, by who gets and what: all of it, what waits, what was left out.
select p.hand_over_id, p.to_id, u.name, p.entity, count(*), sum(case when r.fate = 0 then 1 else 0 end),
       sum(case when r.fate >= 3 then 1 else 0 end)
  from hand_over_part p
  join mass_edit_row r on r.mass_id = p.mass_id
  left join users u on u.id = p.to_id
 where p.hand_over_id in {ids $1}
 group by p.hand_over_id, p.to_id, u.name, p.entity
 order by p.hand_over_id, p.to_id, p.entity

-- name: hand_over_left
-- What was left out of a hand-over, with why; at most $2.
select p.entity, r.record_id, r.why
  from hand_over_part p
  join mass_edit_row r on r.mass_id = p.mass_id
 where p.hand_over_id = $1
   and r.fate >= 3
 order by r.record_id
 limit $2

-- name: hand_overs_due
-- Those for an absence that was over before day $1, of people who work here, and that nobody has given back; above id
-- $3, at most $2.
select h.id
  from hand_over h
  join users u on u.id = h.user_id
 where h.until_day < $1
   and h.back_id is null
   and h.back_of is null
   and h.id > $3
   and u.blocked = 0
   and u.archived_at is null
 order by h.id
 limit $2
