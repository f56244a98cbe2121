-- name: timeline_next
-- What is planned with client $1, the soonest first.
select a.id, a.due_at, a.kind_id, k.name, k.channel, a.subject, a.state, m.name, a.person_id, a.performer_id, u.name,
       a.outcome, a.result, a.place, a.timed
  from activity a
  join activity_kind k on k.id = a.kind_id
  left join aim m on m.id = a.aim_id
  left join users u on u.id = a.performer_id
 where a.client_id = $1
   and a.state = 1
   and a.archived_at is null
   and {scope activity a}
 order by a.due_at, a.id
 limit $2

-- name: timeline_activities
-- What was done, or called off, with client $1 before moment $2 and id $3.
select a.id, a.at, a.kind_id, k.name, k.channel, a.subject, a.state, m.name, a.person_id, a.performer_id, u.name,
       a.outcome, coalesce(a.result, a.reason), a.place, a.timed
  from activity a
  join activity_kind k on k.id = a.kind_id
  left join aim m on m.id = a.aim_id
  left join users u on u.id = a.performer_id
 where a.client_id = $1
   and a.state <> 1
   and a.archived_at is null
   and (a.at, a.id) < ($2, $3)
   and {scope activity a}
 order by a.at desc, a.id desc
 limit $4

-- name: timeline_sales
-- What client $1 bought and gave back before day $2 and id $3.
select s.id, s.day, s.number, s.kind, s.total, s.seller_id, u.name
  from sale s
  join client c on c.id = s.client_id
  left join users u on u.id = s.seller_id
 where s.client_id = $1
   and s.archived_at is null
   and (s.day, s.id) < ($2, $3)
   and {scope sale c}
 order by s.day desc, s.id desc
 limit $4

-- name: timeline_requests
-- What client $1 has asked, or was asked about it, before moment $2 and id $3.
select r.id, r.asked_at, k.name, r.subject, r.state, r.author_id, u.name, coalesce(r.answer, r.what)
  from request r
  join request_kind k on k.id = r.kind_id
  left join users u on u.id = r.author_id
 where r.client_id = $1
   and r.archived_at is null
   and (r.asked_at, r.id) < ($2, $3)
   and {scope request r}
 order by r.asked_at desc, r.id desc
 limit $4

-- name: timeline_files
-- What hangs on client $1, hung up before moment $2 and id $3.
select a.id, a.created_at, a.name, a.kind, a.created_by, u.name
  from attachment a
  join client c on c.id = a.about_id
  left join users u on u.id = a.created_by
 where a.about_id = $1
   and a.archived_at is null
   and (a.created_at, a.id) < ($2, $3)
   and {scope client c}
 order by a.created_at desc, a.id desc
 limit $4

-- name: timeline_changes
-- What was changed of client $1 before moment $2 and id $3.
select h.id, h.at, h.verb, h.actor, u.name
  from change h
  join client c on c.id = h.record
  left join users u on u.id = h.actor
 where h.record = $1
   and h.entity = 'client'
   and (h.at, h.id) < ($2, $3)
   and {scope client c}
 order by h.at desc, h.id desc
 limit $4

-- name: contacts_of_person
-- The chain of contacts with person $1 that were had, as far as they are in sight, numbered from the first; the latest
-- $3 below number $2.
select h.id, h.at, h.kind_id, h.name, h.channel, h.subject, h.state, h.aim, h.client_id, h.performer_id, h.performer,
       h.outcome, h.result, h.place, h.timed, h.n
  from (select a.id, a.at, a.kind_id, k.name as name, k.channel, a.subject, a.state, m.name as aim, a.client_id,
               a.performer_id, u.name as performer, a.outcome, a.result, a.place, a.timed,
               row_number() over (order by a.at, a.id) as n
          from activity a
          join activity_kind k on k.id = a.kind_id
          left join aim m on m.id = a.aim_id
          left join users u on u.id = a.performer_id
         where a.person_id = $1
           and a.state = 2
           and a.archived_at is null
           and k.channel <= 5
           and {scope activity a}) h
 where h.n < $2
 order by h.n desc
 limit $3
