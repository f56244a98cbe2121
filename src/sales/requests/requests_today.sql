-- name: requests_mine
-- Open requests of the actor ($1) and of those for whom he stands in: the soonest due first, up to $2.
select r.id, r.version, k.name, r.subject, substr(r.what, 1, 1000), r.state, r.due_at, substr(r.answer, 1, 1000),
       r.reason, r.level, c.id, c.name, d.id, d.name, r.author_id, a.name, r.performer_id, p.name,
       k.hands_over
  from request r
  join request_kind k on k.id = r.kind_id
  left join client c on c.id = r.client_id and {scope client c}
  left join deal d on d.id = r.deal_id and {scope deal d}
  left join users a on a.id = r.author_id
  left join users p on p.id = r.performer_id
 where r.performer_id in (select s.owner_id from sees s where s.viewer_id = $1 and s.how <= 2)
   and r.state = 2
   and r.archived_at is null
   and {scope request r}
 order by r.due_at, r.id
 limit $2

-- name: requests_waiting
-- What waits for whoever holds the role of the actor ($1), or of somebody for whom he stands in, and takes it first.
select r.id, r.version, k.name, r.subject, substr(r.what, 1, 1000), r.state, r.due_at, substr(r.answer, 1, 1000),
       r.reason, r.level, c.id, c.name, d.id, d.name, r.author_id, a.name, r.performer_id, null,
       k.hands_over
  from request r
  join request_kind k on k.id = r.kind_id
  left join client c on c.id = r.client_id and {scope client c}
  left join deal d on d.id = r.deal_id and {scope deal d}
  left join users a on a.id = r.author_id
 where r.queue_id in (select h.role_id from users h join sees s on s.owner_id = h.id
                       where s.viewer_id = $1 and s.how <= 2)
   and r.performer_id is null
   and r.state = 1
   and r.archived_at is null
   and {scope request r}
 order by r.due_at, r.id
 limit $2

-- name: requests_answered
-- What the actor ($1), or somebody for whom he stands in, has asked and was answered.
select r.id, r.version, k.name, r.subject, substr(r.what, 1, 1000), r.state, r.due_at, substr(r.answer, 1, 1000),
       r.reason, r.level, c.id, c.name, d.id, d.name, r.author_id, a.name, r.performer_id, p.name,
       k.hands_over
  from request r
  join request_kind k on k.id = r.kind_id
  left join client c on c.id = r.client_id and {scope client c}
  left join deal d on d.id = r.deal_id and {scope deal d}
  left join users a on a.id = r.author_id
  left join users p on p.id = r.performer_id
 where r.author_id in (select s.owner_id from sees s where s.viewer_id = $1 and s.how <= 2)
   and r.state = 3
   and r.archived_at is null
   and {scope request r}
 order by r.answered_at, r.id
 limit $2

-- name: requests_escalated
-- What is late and has come before the actor ($1), or somebody for whom he stands in.
select r.id, r.version, k.name, r.subject, substr(r.what, 1, 1000), r.state, r.due_at, substr(r.answer, 1, 1000),
       r.reason, r.level, c.id, c.name, d.id, d.name, r.author_id, a.name, r.performer_id, p.name,
       k.hands_over
  from request r
  join request_kind k on k.id = r.kind_id
  left join client c on c.id = r.client_id and {scope client c}
  left join deal d on d.id = r.deal_id and {scope deal d}
  left join users a on a.id = r.author_id
  left join users p on p.id = r.performer_id
 where r.escalated_id in (select s.owner_id from sees s where s.viewer_id = $1 and s.how <= 2)
   and r.escalated_id is not null
   and r.state <= 2
   and r.archived_at is null
   and {scope request r}
 order by r.due_at, r.id
 limit $2
