-- name: reasons_to_rival
-- Which of these reasons ask to whom.
select r.id from reason r where r.id in {ids $1} and r.to_rival = 1

-- name: deal_numbers_take
-- So many numbers of the firm's series of deals.
update deal_series set last = last + $1

-- name: deal_number
-- The last number that was given.
select s.last from deal_series s

-- name: deal_first_sold
-- When each of these clients bought for the first time.
select s.client_id, min(s.day) from sale s where s.client_id in {ids $1} and s.archived_at is null group by s.client_id

-- name: deal_first_won
-- When the first deal of each of these clients was won, but for some.
select d.client_id, min(d.closed_on)
  from deal d
 where d.client_id in {ids $1} and d.state = 2 and d.archived_at is null and d.id not in {ids $2}
 group by d.client_id

-- name: deal_no_longer_first
-- Deals of these clients that count as primary, and another one was won before.
select d.id
  from deal d
 where d.client_id in {ids $1} and d.state = 2 and d.direction = 1 and d.archived_at is null
   and exists (select 1 from deal o
                where o.client_id = d.client_id and o.state = 2 and o.archived_at is null
                  and (o.closed_on < d.closed_on or (o.closed_on = d.closed_on and o.id < d.id)))
 order by d.id
 limit $2

-- name: deal_day_keep
-- Where a deal stood at the end of a day on which it changed.
insert into deal_day (deal_id, day, stage_id, amount, expected_on, state) values ($1, $2, $3, $4, $5, $6)
on conflict (deal_id, day) do update set stage_id = excluded.stage_id, amount = excluded.amount,
  expected_on = excluded.expected_on, state = excluded.state

-- name: deal_days_forget
-- What stood of deals that are removed.
delete from deal_day where deal_id in {ids $1}

-- name: stages_used
-- On which of these stages deals stand.
select s.id from stage s where s.id in {ids $1} and exists (select 1 from deal d where d.stage_id = s.id)

-- name: deal_limit
-- From which amount on a deal is large.
select l.large from deal_limit l

-- name: deal_limit_put
-- From which amount on it will be.
update deal_limit set large = $1

-- name: deal_steps_due
-- Open steps of deals of the actor ($1) and of those for whom he stands in, whose term is before $2: the oldest first,
-- up to $3.
select d.id, d.name, c.id, c.name, s.name, p.due_at
  from deal d
  join passage p on p.about_id = d.id and p.state = 1
  join run r on r.id = p.run_id
  join process_step s on s.version_id = r.version_id and s.code = p.step and s.stage_id = d.stage_id
  left join client c on c.id = d.client_id and {scope client c}
 where d.keeper_id in (select e.owner_id from sees e where e.viewer_id = $1 and e.how <= 2)
   and d.state = 1
   and d.archived_at is null
   and p.due_at < $2
   and {scope deal d}
 order by p.due_at, d.id
 limit $3

-- name: funnel_process
-- The process of deals with this id; of 0 the first there is.
select p.id, p.name
  from process p
 where p.subject = 'deal' and ($1 = 0 or p.id = $1) and ($1 > 0 or p.archived_at is null)
 order by coalesce(p.place, 10001), p.id
 limit 1

-- name: funnel_stages
-- Its stages in their order: those that live, and those on which a deal has stood.
select s.id, s.name, s.kind
  from stage s
 where s.process_id = $1
   and (s.archived_at is null
        or exists (select 1 from deal d
                    where (d.stage_id = s.id or d.reached_id = s.id or d.lost_at_id = s.id) and {scope deal d}))
 order by case when s.kind = 1 then 1 when s.kind = 2 then 2 else 3 end, coalesce(s.place, 10001), s.id
 limit $2
