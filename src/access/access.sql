-- name: session_by_token
-- Who is signed in with this token, and the edition of all rights: the one look-up that every request pays for.
select u.id, u.role_id, u.login, u.name, u.language, u.zone, f.rights,
       (select count(*) from (select 1 from given x where x.user_id = u.id and x.until > cast($1 as bigint) limit 1) g),
       (select count(*) from stands_in x where x.user_id = u.id),
       s.id, s.seen_at
  from session s
  join users u on u.id = s.user_id
  join firm f on f.one = 1
 where s.token = $2
   and s.ends_at > $1
   and s.seen_at > $3
   and u.blocked = 0
   and u.archived_at is null

-- name: actor_by_id
-- The actor that a user would be without a session; the columns are those of session_by_token up to whom he stands in
-- for.
select u.id, u.role_id, u.login, u.name, u.language, u.zone, f.rights,
       (select count(*) from (select 1 from given x where x.user_id = u.id and x.until > cast($1 as bigint) limit 1) g),
       (select count(*) from stands_in x where x.user_id = u.id),
       u.blocked
  from users u
  join firm f on f.one = 1
 where u.id = $2
   and u.archived_at is null

-- name: session_add
-- A person has signed in.
insert into session (id, token, user_id, made_at, seen_at, ends_at, address, agent)
values ($1, $2, $3, $4, $4, $5, $6, $7)

-- name: sessions_old_remove
-- Of a person who has signed in ever again those stay that were used last, so many.
delete from session
 where user_id = $1
   and id not in (select id from session where user_id = $1 order by seen_at desc, id desc limit $2)

-- name: session_seen
-- The session is in use.  One that was made while the clock ran ahead does not last longer than any.
update session set seen_at = $2, ends_at = case when ends_at > $3 then $3 else ends_at end where id = $1
    and seen_at <> $2

-- name: session_remove
-- A person signs out here.
delete from session where id = $1

-- name: sessions_of_user_remove
-- A person is signed out everywhere but in one session.
delete from session where user_id = $1 and id <> $2

-- name: sessions_over_remove
-- Sessions that have ended by themselves.
delete from session where ends_at <= $1 or seen_at <= $2

-- name: role_by_id
-- What a role says beside its rights.
select name, view_limit, name_key from role where id = $1

-- name: rights_of_role
-- What a role allows, in the order in which rights are looked up.
select entity, verb, scope, mask from role_right where role_id = $1 order by entity, verb

-- name: rights_edition
-- Every server reads the rights anew at its next request.
update firm set rights = $1

-- name: credential_by_login
-- Whoever could sign in with this login.
select u.id, c.hash
  from users u
  join credential c on c.user_id = u.id
 where u.login = $1
   and u.blocked = 0
   and u.archived_at is null

-- name: credential_by_user
-- The hash of a person's password.
select hash from credential where user_id = $1

-- name: credential_put
-- A new password.
insert into credential (user_id, hash, changed_at)
values ($1, $2, $3)
on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at

-- name: login_by_user
-- The login of a person.
select login from users where id = $1

-- name: sees_pair
-- As what the viewer sees the owner's rows: 1 himself, or one of his team for whom he stands in, 2 stands in for a
-- stranger, 3 his team's.
select how from sees where viewer_id = $1 and owner_id = $2

-- name: sees_holders
-- As what the viewer sees those who hold this role.
select distinct s.how
  from sees s
  join users q on q.id = s.owner_id
 where s.viewer_id = $1
   and q.role_id = $2
   and q.archived_at is null

-- name: sees_count
-- How many the viewer sees, up to so many.
select count(*) from (select 1 from sees where viewer_id = $1 limit $2) s

-- name: sees_remove
-- Pairs that are no longer true on this day.  Seen are: oneself; whom one stands in for; whoever is in one's unit, in a
-- unit one heads, or in a unit below one of these.
with recursive below (viewer_id, unit_id) as (
  select id, unit_id from users where unit_id is not null
  union
  select head_id, id from unit where head_id is not null and archived_at is null
  union
  select b.viewer_id, u.id from below b join unit u on u.parent_id = b.unit_id where u.archived_at is null
), each_way (viewer_id, owner_id, how) as (
  select b.viewer_id, p.id, 3 from below b join users p on p.unit_id = b.unit_id
  union
  select user_id, for_id, 2 from stands_in where from_day <= $1 and until_day >= $1
  union
  select id, id, 1 from users
), pair (viewer_id, owner_id, how) as (
  select viewer_id, owner_id, case when min(how) = 2 and max(how) = 3 then 1 else min(how) end
    from each_way
   group by viewer_id, owner_id
)
delete from sees
 where not exists (select 1 from pair p where p.viewer_id = sees.viewer_id and p.owner_id = sees.owner_id
                                          and p.how = sees.how)

-- name: sees_add
-- Pairs that have become true, by the same rule.
with recursive below (viewer_id, unit_id) as (
  select id, unit_id from users where unit_id is not null
  union
  select head_id, id from unit where head_id is not null and archived_at is null
  union
  select b.viewer_id, u.id from below b join unit u on u.parent_id = b.unit_id where u.archived_at is null
), each_way (viewer_id, owner_id, how) as (
  select b.viewer_id, p.id, 3 from below b join users p on p.unit_id = b.unit_id
  union
  select user_id, for_id, 2 from stands_in where from_day <= $1 and until_day >= $1
  union
  select id, id, 1 from users
), pair (viewer_id, owner_id, how) as (
  select viewer_id, owner_id, case when min(how) = 2 and max(how) = 3 then 1 else min(how) end
    from each_way
   group by viewer_id, owner_id
)
insert into sees (viewer_id, owner_id, how)
select viewer_id, owner_id, how
  from pair p
 where not exists (select 1 from sees s where s.viewer_id = p.viewer_id and s.owner_id = p.owner_id)

-- name: sees_coming
-- People of which roles come to see whom by the same rule, and how far the actor ($1) has them in sight until now:
-- it is himself (1), his team (2), or neither (3).  Whoever is new has no rows yet.
with recursive below (viewer_id, unit_id) as (
  select id, unit_id from users where unit_id is not null
  union
  select head_id, id from unit where head_id is not null and archived_at is null
  union
  select b.viewer_id, u.id from below b join unit u on u.parent_id = b.unit_id where u.archived_at is null
), pair (viewer_id, owner_id) as (
  select b.viewer_id, p.id from below b join users p on p.unit_id = b.unit_id
)
select v.role_id,
       max(case when p.owner_id = $1 then 1
                when exists (select 1 from sees s where s.viewer_id = $1 and s.owner_id = p.owner_id) then 2
                else 3 end)
  from pair p
  join users v on v.id = p.viewer_id
 where not exists (select 1 from sees s where s.viewer_id = p.viewer_id and s.owner_id = p.owner_id and s.how <> 2)
   and exists (select 1 from sees s where s.viewer_id = p.owner_id and s.owner_id = p.owner_id)
 group by v.role_id

-- name: sees_within
-- How far the actor ($1) has in sight what one person ($2), or everybody of a role ($3), has: of their own rows and of
-- those whom they stand in for, or are to from today ($4) on, and of their teams' (1, 2, 3 as above).
with pair (owner_id, how) as (
  select owner_id, how from sees where viewer_id in (select id from users where id = $2 or role_id = $3)
  union
  select for_id, 2 from stands_in where until_day >= $4
     and user_id in (select id from users where id = $2 or role_id = $3)
)
select max(case when s.how = 3 then 1
                when s.owner_id = $1 then 1 when a.owner_id is not null then 2 else 3 end),
       max(case when s.owner_id = $1 then 1 when a.owner_id is not null then 2 else 3 end)
  from pair s
  left join sees a on a.viewer_id = $1 and a.owner_id = s.owner_id

-- name: sees_in_team
-- Is the person ($2) in a unit that makes him one of the viewer's ($1) team, whomever that one stands in for?
with recursive below (unit_id) as (
  select unit_id from users where id = $1 and unit_id is not null
  union
  select id from unit where head_id = $1 and archived_at is null
  union
  select u.id from below b join unit u on u.parent_id = b.unit_id where u.archived_at is null
)
select 1 from users where id = $2 and unit_id in (select unit_id from below)

-- name: given_until
-- Until when this record is lent to the person, at least so far.
select max(until) from given where user_id = $1 and record_id = $2 and level >= $3

-- name: given_put
-- A record is lent, for the piece of work $4 or (0) because somebody says so.
insert into given (user_id, entity, record_id, cause_id, until, level, why, given_by, given_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (user_id, entity, record_id, cause_id) do update
   set until = excluded.until, level = excluded.level, why = excluded.why, given_by = excluded.given_by,
       given_at = excluded.given_at

-- name: given_of_record
-- To whom this record is lent, the one whose loan ends first ahead, and for which piece of work.
select g.user_id, u.name, g.until, g.level, g.why, g.given_by, b.name, g.cause_id
  from given g
  join users u on u.id = g.user_id
  left join users b on b.id = g.given_by
 where g.record_id = $1
   and g.until > $2
 order by g.until, g.user_id, g.cause_id
 limit $3

-- name: given_by_whom
-- Who lent this record to the person by saying so, where that is not over.
select coalesce(given_by, 0) from given where user_id = $1 and record_id = $2 and cause_id = 0 and until > $3

-- name: given_for_work
-- Is this record lent to the person for a piece of work?
select count(*) from given where user_id = $1 and record_id = $2 and cause_id > 0 and until > $3

-- name: given_said_count
-- To how many people this record is lent because somebody says so.
select count(*) from given where record_id = $1 and cause_id = 0 and until > $2

-- name: person_to_lend
-- Somebody who can still sign in.
select 1 from users where id = $1 and blocked = 0 and archived_at is null

-- name: stands_in_put
-- Somebody stands in for another.
insert into stands_in (id, user_id, for_id, from_day, until_day) values ($1, $2, $3, $4, $5)

-- name: stands_in_remove
-- What this record said of it.
delete from stands_in where id = $1

-- name: stands_in_over
-- Whose days are over.
delete from stands_in where until_day < $1

-- name: given_remove
-- A record is taken back.
delete from given where user_id = $1 and entity = $2 and record_id = $3 and cause_id = $4

-- name: viewing_add
-- What a person has looked at in a minute.
insert into viewing (user_id, entity, minute, cards, rows)
values ($1, $2, $3, $4, $5)
on conflict (user_id, entity, minute) do update set cards = viewing.cards + excluded.cards,
    rows = viewing.rows + excluded.rows

-- name: changing_of
-- What these people (0: the firm) had written, and when that was counted.
select user_id, bytes, at from changing where user_id in {ids $1}

-- name: changing_lately
-- The same of everybody since a moment.
select user_id, bytes, at from changing where at > $1

-- name: changing_put
-- How much a person has written that has not emptied at this moment.
insert into changing (user_id, bytes, at)
values ($1, $2, $3)
on conflict (user_id) do update set bytes = excluded.bytes, at = excluded.at

-- name: answer_by_key
-- What was answered to this key, and under which rights.
select asked, status, answer, at, entity, record, role, rights from idempotency where user_id = $1 and key = $2

-- name: answer_put
-- An answer is kept in the transaction that did the work.
insert into idempotency (user_id, key, asked, status, answer, at, entity, record, role, rights)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: answer_settle
-- A slow work that claimed the key has answered.
update idempotency set status = $3, answer = $4, entity = $5, record = $6, role = $7, rights = $8
    where user_id = $1 and key = $2

-- name: answer_claim_remove
-- A slow work that claimed the key was refused.
delete from idempotency where user_id = $1 and key = $2 and status = 0

-- name: answers_old_remove
-- Answers nobody will ask for again.
delete from idempotency where at < $1

-- name: forgetting_looked
-- When what is over was last looked for.
select at from forgetting where one = 1

-- name: forgetting_look
-- It was looked for now.
update forgetting set at = $1 where one = 1

-- name: firm_read
-- The firm itself.
select name, currency, language, zone, ready from firm where one = 1

-- name: firm_put
-- The firm itself is made or changed.
insert into firm (one, name, currency, language, zone, ready, secret, rights)
values (1, $1, $2, $3, $4, $5, $6, 1)
on conflict (one) do update
   set name = excluded.name, currency = excluded.currency, language = excluded.language, zone = excluded.zone,
       ready = excluded.ready

-- name: set_up_put
-- A new one-time token; the old one is dead.
update firm set set_up = $1, set_up_until = $2

-- name: set_up_read
-- The token that is still good.
select set_up from firm where ready = 0 and set_up_until > $1

-- name: sessions_alive
-- Which of these sessions still let somebody in, whom, and under which role and edition of rights.
select s.id, u.id, u.role_id, f.rights,
       (select count(*) from (select 1 from given x where x.user_id = u.id and x.until > cast($2 as bigint) limit 1) g),
       (select count(*) from stands_in x where x.user_id = u.id)
  from session s
  join users u on u.id = s.user_id
  join firm f on f.one = 1
 where s.id in {ids $1}
   and s.ends_at > $2
   and s.seen_at > $3
   and u.blocked = 0
   and u.archived_at is null

-- name: sees_among
-- Which of these viewers see the rows of which of these owners as their team's, or otherwise but as $3.
select viewer_id, owner_id
  from sees
 where viewer_id in {ids $1}
   and owner_id in {ids $2}
   and how <> $3

-- name: stands_among
-- Which of these viewers see the rows of which of these owners as their own, or stand in for them.
select viewer_id, owner_id
  from sees
 where viewer_id in {ids $1}
   and owner_id in {ids $2}
   and how <= 2

-- name: holders_among
-- Which of these viewers see the rows of somebody who holds which of these roles, and as what.
select s.viewer_id, q.role_id, s.how
  from sees s
  join users q on q.id = s.owner_id
 where s.viewer_id in {ids $1}
   and q.role_id in {ids $2}
   and q.archived_at is null

-- name: given_among
-- Which of these records are lent to which of these people.
select distinct user_id, record_id
  from given
 where user_id in {ids $1}
   and record_id in {ids $2}
   and until > $3

-- name: calendar_week
-- The firm's usual week, its hours, and whose holidays it keeps.
select week, from_at, to_at, pause_from, pause_to, russia from calendar_week where one = 1

-- name: calendar_week_put
-- It is another one from now on.
update calendar_week
   set week = $1, from_at = $2, to_at = $3, pause_from = $4, pause_to = $5, russia = $6
 where one = 1

-- name: calendar_days_count
-- How many days the firm says something of.
select count(*) from calendar_day

-- name: calendar_days
-- What the firm says of single days.
select day, kind from calendar_day order by day

-- name: calendar_day_put
-- The firm says something of a day.
insert into calendar_day (day, kind) values ($1, $2)
on conflict (day) do update set kind = excluded.kind

-- name: calendar_day_remove
-- The firm says nothing of a day any more.
delete from calendar_day where day = $1

-- name: calendar_unit_days_count
-- How many days this unit says something of.
select count(*) from calendar_unit_day where unit_id = $1

-- name: calendar_unit_days
-- What the unit and those above it say of single days, the nearest first.
with recursive up (id, far) as (
  select u.id, 0 from unit u where u.id = $1
  union all
  select u.parent_id, up.far + 1 from up join unit u on u.id = up.id where u.parent_id is not null and up.far < 40
)
select d.day, d.kind, up.far
  from up
  join calendar_unit_day d on d.unit_id = up.id
 order by d.day, up.far

-- name: calendar_unit_of
-- The unit of a person.
select unit_id from users where id = $1

-- name: calendar_unit_there
-- Is there such a unit?
select count(*) from unit where id = $1 and archived_at is null

-- name: calendar_unit_day_put
-- A unit says something of a day.
insert into calendar_unit_day (unit_id, day, kind) values ($1, $2, $3)
on conflict (unit_id, day) do update set kind = excluded.kind

-- name: calendar_unit_day_remove
-- A unit says nothing of a day any more.
delete from calendar_unit_day where unit_id = $1 and day = $2

-- name: given_over
-- What was lent and has been over for long.
delete from given where until < $1
