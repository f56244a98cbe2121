-- name: mass_new
-- A deed of the person $2 at $6 records of the entity $4 begins.
insert into mass_edit (id, user_id, at, entity, patch, state, total) values ($1, $2, $3, $4, $5, 1, $6)

-- name: mass_of
-- The deed $1, where it is the person $2's.
select entity, patch, state, total, at, job
  from mass_edit
 where id = $1
   and user_id = $2

-- name: mass_lately
-- The last deeds of the person $1 at the entity $2, at most $3.
select id, at, patch, state, total
  from mass_edit
 where user_id = $1
   and entity = $2
 order by id desc
 limit $3

-- name: mass_state
-- The deed $1 has come so far.
update mass_edit set state = $2 where id = $1

-- name: mass_job
-- The deed $1 is done by this job.
update mass_edit set job = $2 where id = $1

-- name: mass_waiting
-- Records that have not been met yet, at most $2.
select record_id
  from mass_edit_row
 where mass_id = $1
   and fate = 0
 order by record_id
 limit $2

-- name: mass_fates
-- How many records came to what.
select fate, count(*) from mass_edit_row where mass_id = $1 group by fate

-- name: mass_done
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

-- name: mass_forget_rows
-- Which records some of the deeds before $1 were about.
delete from mass_edit_row
 where mass_id in (select id from mass_edit where at < $1 and state in (2, 4) order by at limit 20)

-- name: mass_forget
-- Deeds before $1 of which no records are known any more.
delete from mass_edit
 where at < $1
   and not exists (select 1 from mass_edit_row r where r.mass_id = mass_edit.id)
