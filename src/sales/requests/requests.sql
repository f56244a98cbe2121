-- name: request_kinds_of
-- What the rule needs to know of these kinds.
select k.id, k.side, k.queue_id, k.term, k.name from request_kind k where k.id in {ids $1}

-- name: request_kinds_handing
-- Of these kinds those by which a client is handed over, and what must be ready.
select k.id, k.checklist from request_kind k where k.id in {ids $1} and k.hands_over = 1

-- name: request_clients_offered
-- Of these clients those that are being handed over, and by which request.
select r.client_id, r.id
  from request r
  join request_kind k on k.id = r.kind_id and k.hands_over = 1
 where r.client_id in {ids $1}
   and r.state in (1, 2)
   and r.archived_at is null

-- name: request_unseen
-- Of these requests those whose performer, or who holds the role they wait for, may look at clients but does not see
-- this one by his role, up to $2: request, who, client.
select r.id, u.id, r.client_id
  from request r
  join client c on c.id = r.client_id
  join users u on u.id = r.performer_id or (r.performer_id is null and u.role_id = r.queue_id)
  join role o on o.id = u.role_id
 where r.id in {ids $1}
   and u.archived_at is null
   and u.blocked = 0
   and exists (select 1
                 from role_right v
                where v.role_id = u.role_id
                  and v.entity = 'client'
                  and v.verb = 'view')
   and o.key is distinct from 'role.owner'
   and not exists (select 1
                     from role_right v
                    where v.role_id = u.role_id
                      and v.entity = 'client'
                      and v.verb = 'view'
                      and (v.scope = 3 or c.keeper_id = u.id
                           or (v.scope = 2 and exists (select 1
                                                         from sees s
                                                        where s.viewer_id = u.id
                                                          and s.owner_id = c.keeper_id))))
 order by r.id, u.id
 limit $2

-- name: request_lent
-- Loans of clients for these requests that run at $2, up to $3.
select g.cause_id, g.user_id, g.record_id
  from given g
 where g.cause_id in {ids $1}
   and g.entity = 'client'
   and g.until > $2
 limit $3

-- name: request_offers_of
-- By which requests these clients are being handed over.
select r.id
  from request r
  join request_kind k on k.id = r.kind_id and k.hands_over = 1
 where r.client_id in {ids $1}
   and r.state in (1, 2)
   and r.archived_at is null
 order by r.id
 limit $2

-- name: request_deals
-- Whose these deals are.
select d.id, d.client_id from deal d where d.id in {ids $1}

-- name: request_people
-- Of these people those whom the actor ($1) is, stands in for or has in his team.
select s.owner_id from sees s where s.viewer_id = $1 and s.owner_id in {ids $2}

-- name: request_services
-- Of these roles those held by the actor ($1), by somebody he stands in for or by one of his team.
select distinct u.role_id
  from sees s
  join users u on u.id = s.owner_id
 where s.viewer_id = $1
   and u.role_id in {ids $2}

-- name: request_gone
-- Of these people those who do not sign in any more.
select u.id from users u where u.id in {ids $1} and (u.blocked = 1 or u.archived_at is not null)

-- name: requests_late
-- Requests whose next step up was due by $1, the earliest first.
select r.id
  from request r
 where r.escalate_at is not null
   and r.escalate_at <= $1
   and r.archived_at is null
 order by r.escalate_at, r.id
 limit $2

-- name: request_units
-- Units, what stands above each, and its head who is there.
select t.id, t.parent_id, u.id
  from unit t
  left join users u on u.id = t.head_id and u.archived_at is null and u.blocked = 0
 where t.archived_at is null
 limit $1

-- name: request_units_of_people
-- The units of these people.
select u.id, u.unit_id from users u where u.id in {ids $1} and u.unit_id is not null

-- name: request_units_of_roles
-- Of each of these roles the unit of whoever has held it longest of those who are there.
select u.role_id, u.unit_id
  from users u
 where u.role_id in {ids $1}
   and u.unit_id is not null
   and u.archived_at is null
   and u.blocked = 0
 order by u.role_id, u.id
 limit $2
