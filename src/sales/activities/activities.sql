-- name: activity_kinds_of
-- What the rule asks of kinds.
select k.id, k.channel, k.asks, k.next_needed, k.name
  from activity_kind k
 where k.id in {ids $1}

-- name: activity_performers
-- Where performers live, who are not where the firm is, and who do not sign in any more.
select u.id, u.zone, case when u.blocked = 1 or u.archived_at is not null then 1 else 0 end
  from users u
 where u.id in {ids $1}
   and (u.zone is not null or u.blocked = 1 or u.archived_at is not null)

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

-- name: loans_over
-- Loans for these activities that are no longer so: the work is called off or in the archive, is somebody else's, or
-- about another client; beyond $2, $3, at most $4.
select g.cause_id, g.user_id, g.record_id
  from given g
 where g.cause_id in {ids $1}
   and (g.cause_id, g.user_id) > ($2, $3)
   and g.entity = 'client'
   and not exists (select 1
                     from activity a
                     join users u on u.id = g.user_id
                    where a.id = g.cause_id
                      and a.client_id = g.record_id
                      and a.state <> 3
                      and a.archived_at is null
                      and (a.performer_id = u.id or (a.performer_id is null and a.queue_id = u.role_id)))
 order by g.cause_id, g.user_id
 limit $4

-- name: loans_last
-- Loans for these activities last while they are open, till $2, and for $3 after they were answered.
update given
   set until = (select case when a.state = 1 then $2 else a.done_at + $3 end
                  from activity a
                 where a.id = given.cause_id)
 where cause_id in {ids $1}
   and exists (select 1 from activity a where a.id = given.cause_id)

-- name: activity_unseen
-- Of these activities, beyond $2, $3, at most $4, those whose performer, or who holds the role they wait for, may look
-- at clients but does not see this one by his role: activity, who, client.
select a.id, u.id, a.client_id
  from activity a
  join client c on c.id = a.client_id
  join users u on u.id = a.performer_id or (a.performer_id is null and u.role_id = a.queue_id)
  join role o on o.id = u.role_id
 where a.id in {ids $1}
   and (a.id, u.id) > ($2, $3)
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
 order by a.id, u.id
 limit $4

-- name: activity_next_lent
-- Whose next contact he set himself when he answered one of these, for which the client is lent to him: the next one,
-- who, client.
select n.id, g.user_id, g.record_id
  from activity a
  join activity n on n.id = a.next_id
  join given g on g.cause_id = a.id and g.user_id = n.performer_id and g.record_id = n.client_id
 where a.id in {ids $1}
   and g.entity = 'client'
   and n.state = 1
   and n.archived_at is null
   and not exists (select 1 from given o where o.cause_id = n.id and o.user_id = g.user_id)

-- name: activities_open_of
-- Open activities at these clients beyond $2, at most $3.
select a.id from activity a where a.client_id in {ids $1} and a.state = 1 and a.archived_at is null and a.id > $2
 order by a.id limit $3

-- name: works_to_follow
-- Open activities of these people $2 at these clients $1, whose keeper works here, beyond $3, at most $4.
select a.id, a.client_id, a.performer_id
  from activity a
  join client c on c.id = a.client_id
  join users u on u.id = c.keeper_id
 where a.client_id in {ids $1}
   and a.performer_id in {ids $2}
   and a.state = 1
   and a.archived_at is null
   and u.blocked = 0
   and u.archived_at is null
   and a.id > $3
 order by a.id
 limit $4

-- name: keepers_before
-- What was last changed of these clients before what has just been: client, work, diff.
select h.record, h.work, h.diff
  from change h
  join client c on c.id = h.record and h.version = c.version - 1
 where h.record in {ids $1}
   and h.entity = 'client'
   and h.verb = 'changed'

-- name: works_followed
-- Which of these activities $2 were changed in these works.
select h.record
  from change h
 where h.record in {ids $2}
   and h.work in {ids $1}
   and h.entity = 'activity'
   and h.verb = 'changed'

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
