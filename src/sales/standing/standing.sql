-- name: standing_last
-- What the last contact with each of these clients came to.
select l.client_id, a.id, a.done_at, a.timed, k.channel, a.outcome, k.name, substr(a.result, 1, 400), u.name
  from client_contact l
  join activity a on a.id = l.last_id
  join activity_kind k on k.id = a.kind_id
  left join users u on u.id = a.performer_id
 where l.client_id in {ids $1}
   and a.archived_at is null
   and {scope activity +a}

-- name: standing_next
-- What the next contact with each of these clients is.
select l.client_id, a.id, a.due_at, a.timed, k.channel, a.outcome, k.name, coalesce(nullif(a.subject, k.name), i.name),
       u.name
  from client_contact l
  join activity a on a.id = l.next_id
  join activity_kind k on k.id = a.kind_id
  left join aim i on i.id = a.aim_id
  left join users u on u.id = a.performer_id
 where l.client_id in {ids $1}
   and a.archived_at is null
   and {scope activity +a}

-- name: standing_deals
-- The newest open deal of each of these clients, and how many there are.
select o.client_id, o.id, o.name, o.stage, o.n
  from (select d.client_id, d.id, d.name, s.name as stage,
               count(*) over (partition by d.client_id) as n,
               row_number() over (partition by d.client_id order by d.id desc) as place
          from deal d
          join stage s on s.id = d.stage_id
         where d.client_id in {ids $1}
           and d.state = 1
           and d.archived_at is null
           and {scope deal +d}) o
 where o.place = 1

-- name: standing_steps
-- Open steps of these deals in the stages they stand in: a deal's soonest first, those without a term last.
select p.about_id, s.name, p.due_at
  from passage p
  join deal d on d.id = p.about_id
  join run r on r.id = p.run_id
  join process_step s on s.version_id = r.version_id and s.code = p.step and s.stage_id = d.stage_id
 where p.about_id in {ids $1}
   and p.state = 1
   and {scope deal +d}
 order by p.about_id, case when p.due_at is null then 1 else 0 end, p.due_at, s.place
