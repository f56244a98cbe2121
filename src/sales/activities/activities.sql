-- name: activity_kinds_of
-- What the rule asks of kinds.
select k.id, k.channel, k.asks, k.next_needed, k.name
  from activity_kind k
 where k.id in {ids $1}

-- name: activity_zones
-- Where performers live, who are not where the firm is.
select u.id, u.zone
  from users u
 where u.id in {ids $1}
   and u.zone is not null

-- name: activity_clients_with_persons
-- Clients at which we know somebody.
select distinct k.client_id
  from client_person k
 where k.client_id in {ids $1}

-- name: activity_persons_with_clients
-- Persons who are somewhere.
select distinct k.person_id
  from client_person k
 where k.person_id in {ids $1}

-- name: activity_clients_worked
-- Clients that are not archived.
select c.id
  from client c
 where c.id in {ids $1}
   and c.archived_at is null

-- name: activity_next_of
-- Open contacts of clients, a client's soonest first.
select a.client_id, a.id
  from activity a
  join activity_kind k on k.id = a.kind_id
 where a.client_id in {ids $1}
   and a.archived_at is null
   and a.state = 1
   and k.channel <= $2
 order by a.client_id, a.at, a.id

-- name: contact_clear
-- Before these clients are counted anew.
delete from client_contact where client_id in {ids $1}

-- name: contact_count
-- The last contact that was had with a client, and the next that is due.
insert into client_contact (client_id, last_at, last_id, next_at, next_id)
select c.id, l.at, l.id, n.due_at, n.id
  from client c
  left join activity l on l.id = (select a.id
                                    from activity a
                                    join activity_kind k on k.id = a.kind_id
                                   where a.client_id = c.id
                                     and a.state = 2
                                     and a.archived_at is null
                                     and k.channel <= $2
                                   order by a.at desc, a.id desc
                                   limit 1)
  left join activity n on n.id = (select a.id
                                    from activity a
                                    join activity_kind k on k.id = a.kind_id
                                   where a.client_id = c.id
                                     and a.state = 1
                                     and a.archived_at is null
                                     and k.channel <= $2
                                   order by a.due_at, a.id
                                   limit 1)
 where c.id in {ids $1}
   and (l.id is not null or n.id is not null)

-- name: contact_stood
-- Clients whose last or next contact one of these was.
select k.client_id from client_contact k where k.last_id in {ids $1}
union
select k.client_id from client_contact k where k.next_id in {ids $1}

-- name: activity_unseen
-- Of these activities those whose performer, or who holds the role they wait for, may look at clients but sees this
-- one neither by his role nor by a loan until $3 after they are due, nor has it to work with, which stays as it was
-- said; the latest last: client, who, until when.
select a.client_id, u.id, case when a.due_at > $2 then a.due_at else $2 end + $3
  from activity a
  join client c on c.id = a.client_id
  join users u on u.id = a.performer_id or (a.performer_id is null and u.role_id = a.queue_id)
  join role o on o.id = u.role_id
 where a.id in {ids $1}
   and u.archived_at is null
   and exists (select 1
                 from role_right r
                where r.role_id = u.role_id
                  and r.entity = 'client'
                  and r.verb = 'view')
   and o.key is distinct from 'role.owner'
   and not exists (select 1
                     from role_right r
                    where r.role_id = u.role_id
                      and r.entity = 'client'
                      and r.verb = 'view'
                      and (r.scope = 3 or c.keeper_id = u.id
                           or (r.scope = 2 and exists (select 1
                                                         from sees s
                                                        where s.viewer_id = u.id
                                                          and s.owner_id = c.keeper_id))))
   and not exists (select 1
                     from given g
                    where g.user_id = u.id
                      and g.entity = 'client'
                      and g.record_id = c.id
                      and ((g.level = 2 and g.until > $2)
                           or g.until >= case when a.due_at > $2 then a.due_at else $2 end + $3))
 order by a.due_at, a.id, u.id
 limit $4

-- name: contact_rhythms
-- Those that are switched on, the shortest first.
select r.id, r.days, r.kind_id, r.aim_id, r.clients, r.name
  from contact_rhythm r
 where r.archived_at is null
   and r.off = 0
 order by r.days, r.id
 limit $1

-- name: contact_due_of
-- Clients above id $1 that were last spoken with before $2 and have nothing planned: with their keeper, who works here,
-- and the person who was spoken with, or is known first.
select k.client_id, c.keeper_id,
       coalesce((select a.person_id from activity a where a.id = k.last_id),
                (select p.person_id from client_person p where p.client_id = k.client_id order by p.id limit 1)),
       k.last_at
  from client_contact k
  join client c on c.id = k.client_id
  join users u on u.id = c.keeper_id
 where k.client_id > $1
   and k.next_at is null
   and k.last_at < $2
   and c.archived_at is null
   and u.archived_at is null
   and u.blocked = 0
 order by k.client_id
 limit $3
