-- name: today_mine
-- Open activities of the actor ($1) and of those for whom he stands in: due before $2, or some time on a day up to $4
-- where their doer lives; the latest first, up to $5.  No day ends later than $3.
with mine (id) as (
  select m.id
    from activity m
   where m.performer_id in (select s.owner_id from sees s where s.viewer_id = $1 and s.how <= 2)
     and m.state = 1
     and m.archived_at is null
     and m.due_at < $3
     and (m.due_at < $2 or (m.timed = 0 and m.due_day <= $4))
     and {scope activity m}
   order by m.due_at desc, m.id
   limit $5
)
select a.id, a.version, a.kind_id, k.name, k.channel, k.asks, k.next_needed, a.subject, a.aim_id, i.name,
       a.due_at, a.timed, a.due_day, a.priority, a.minutes, a.place, a.performer_id, u.name,
       c.id, c.name, b.revenue, a.person_id
  from mine
  join activity a on a.id = mine.id
  join activity_kind k on k.id = a.kind_id
  left join aim i on i.id = a.aim_id
  left join users u on u.id = a.performer_id
  left join client c on c.id = a.client_id and {scope client c}
  left join client_bought b on b.client_id = c.id and {scope sale c}
 order by a.due_at desc, a.id

-- name: today_queued
-- The same of what waits for whoever holds the actor's role, or the role of somebody for whom he stands in, and takes
-- it first.
with mine (id) as (
  select m.id
    from activity m
   where m.queue_id in (select h.role_id from users h join sees s on s.owner_id = h.id
                         where s.viewer_id = $1 and s.how <= 2)
     and m.performer_id is null
     and m.state = 1
     and m.archived_at is null
     and m.due_at < $3
     and (m.due_at < $2 or (m.timed = 0 and m.due_day <= $4))
     and {scope activity m}
   order by m.due_at desc, m.id
   limit $5
)
select a.id, a.version, a.kind_id, k.name, k.channel, k.asks, k.next_needed, a.subject, a.aim_id, i.name,
       a.due_at, a.timed, a.due_day, a.priority, a.minutes, a.place, a.performer_id, null,
       c.id, c.name, b.revenue, a.person_id
  from mine
  join activity a on a.id = mine.id
  join activity_kind k on k.id = a.kind_id
  left join aim i on i.id = a.aim_id
  left join client c on c.id = a.client_id and {scope client c}
  left join client_bought b on b.client_id = c.id and {scope sale c}
 order by a.due_at desc, a.id

-- name: today_offered
-- Clients of the actor ($1) and of those for whom he stands in that are worked and have no next contact: those that
-- brought most first, up to $2.
select c.id, c.name, b.revenue, b.next_day, l.last_at
  from client c
  left join client_contact l on l.client_id = c.id
  left join client_bought b on b.client_id = c.id and {scope sale c}
 where c.keeper_id in (select s.owner_id from sees s where s.viewer_id = $1 and s.how <= 2)
   and c.archived_at is null
   and l.next_at is null
   and {scope client c}
 order by case when b.revenue is null then 1 else 0 end, b.revenue desc, c.id
 limit $2

-- name: today_last
-- What the last contact with each of these clients came to.
select l.client_id, a.id, a.done_at, k.name, k.channel, a.outcome, substr(a.result, 1, 400), u.name
  from client_contact l
  join activity a on a.id = l.last_id
  join activity_kind k on k.id = a.kind_id
  left join users u on u.id = a.performer_id
 where l.client_id in {ids $1}
   and a.archived_at is null
   and {scope activity a}

-- name: today_phones
-- Phones of these clients and persons, whom the actor sees: those of the person first, up to $3.
select 2 as whose, q.person_id as owner_id, q.number, q.id
  from person_phone q
 where q.person_id in {ids $2}
union all
select 1, p.client_id, p.number, p.id
  from client_phone p
 where p.client_id in {ids $1}
 order by 1 desc, 4
 limit $3

-- name: today_team
-- The actor ($1) first, then whoever works with activities of those whose activities he sees ($2: 0 nobody's, 1 his
-- team's, 2 everybody's; of whoever has a team, his team's alone): how much of each is due before $3, how much of that
-- since before $4, and how much was done on day $5, each counted up to $6.
select u.id, u.name,
       (select count(*)
          from (select 1 from activity a
                 where a.performer_id = u.id and a.state = 1 and a.archived_at is null and a.due_at < $3
                   and {scope activity a} limit $6) due),
       (select count(*)
          from (select 1 from activity a
                 where a.performer_id = u.id and a.state = 1 and a.archived_at is null and a.due_at < $4
                   and {scope activity a} limit $6) overdue),
       (select count(*)
          from (select 1 from activity a
                 where a.performer_id = u.id and a.done_day = $5 and a.archived_at is null
                   and {scope activity a} limit $6) done)
  from users u
 where u.archived_at is null
   and u.blocked = 0
   and (u.id = $1
        or (((cast($2 as bigint) = 2
              and not exists (select 1 from sees s where s.viewer_id = $1 and s.how = 3))
             or (cast($2 as bigint) >= 1 and u.id in (select s.owner_id from sees s where s.viewer_id = $1)))
            and exists (select 1 from role_right r
                         where r.role_id = u.role_id and r.entity = 'activity' and r.verb = 'change')))
 order by case when u.id = $1 then 0 else 1 end, u.name_sort, u.id
 limit $7
