-- name: stages_of
-- The stages of all processes that records of one entity go.
select s.id, s.process_id, p.code, s.kind, s.lead,
       case when s.archived_at is null and p.archived_at is null then 1 else 0 end
  from stage s join process p on p.id = s.process_id
 where p.subject = $1
 order by coalesce(p.place, 10001), p.id, coalesce(s.place, 10001), s.id

-- name: stages_living
-- Which of these processes have a stage.
select s.process_id from stage s where s.process_id in {ids $1} and s.archived_at is null
