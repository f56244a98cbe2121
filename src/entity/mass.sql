-- name: mass_new
-- A deed of the person $2 at $6 records of the entity $4 begins.
insert into mass_edit (id, user_id, at, entity, patch, state, total) values ($1, $2, $3, $4, $5, 1, $6)

-- name: mass_of
-- The deed $1, where it is the person $2's, and the job that is at it.
select m.entity, m.patch, m.state, m.total, m.at, j.id
  from mass_edit m
  left join job j on j.id = m.job and j.state in (0, 1)
 where m.id = $1
   and m.user_id = $2

-- name: mass_lately
-- The last deeds of the person $1 at the entity $2, at most $3.
select m.id, m.at, m.patch, m.state, m.total, j.id
  from mass_edit m
  left join job j on j.id = m.job and j.state in (0, 1)
 where m.user_id = $1
   and m.entity = $2
 order by m.id desc
 limit $3

-- name: mass_state
-- The deed $1 has come so far.
update mass_edit set state = $2 where id = $1

-- name: mass_job
-- The deed $1 is done by this job.
update mass_edit set job = $2 where id = $1

-- name: mass_waiting
-- Records that have not been met yet, above id $2, at most $3.
select record_id
  from mass_edit_row
 where mass_id = $1
   and fate = 0
   and record_id > $2
 order by record_id
 limit $3

-- name: mass_fates
-- How many records came to what.
select fate, count(*) from mass_edit_row where mass_id = $1 group by fate

-- name: mass_changed
-- Records that were changed, above id $2, at most $3.
select record_id
  from mass_edit_row
 where mass_id = $1
   and fate = 1
   and record_id > $2
 order by record_id
 limit $3

-- name: mass_left
-- Records that were left out, or could not be taken back, with why; at most $2.
select record_id, why
  from mass_edit_row
 where mass_id = $1
   and fate >= 3
 order by record_id
 limit $2

-- name: mass_untouched
-- Of the records $2 of the deed $1 those whose last change is its own.
select r.record_id
  from mass_edit_row r
 where r.mass_id = $1
   and r.record_id in {ids $2}
   and (select c.work
          from change c
         where c.record = r.record_id
         order by c.version desc, c.id
         limit 1) = $1

-- name: mass_forget_rows
-- Which records deeds before $1 were about, $2 at most, however they ended.
delete from mass_edit_row
 where (mass_id, record_id) in (select r.mass_id, r.record_id
                                  from mass_edit m
                                  join mass_edit_row r on r.mass_id = m.id
                                 where m.at < $1
                                 limit $2)

-- name: mass_forget
-- Deeds before $1 of which no records are known any more, $2 at most.
delete from mass_edit
 where id in (select m.id
                from mass_edit m
               where m.at < $1
                 and not exists (select 1 from mass_edit_row r where r.mass_id = m.id)
               limit $2)
