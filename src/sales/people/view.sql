-- name: views_of
-- How many living views a person keeps.
select count(*) from saved_view where owner_id = $1 and archived_at is null

-- name: unit_of
-- The unit of a person; 0: none.
select coalesce(max(unit_id), 0) from users where id = $1

-- name: views_offered
-- The views of an entity that the reader $1 of role $2 keeps himself or gets from others, at most $4: his own come
-- first, then those of colleagues (of each in turn), then those that came with the program.  What is shared with a unit
-- is for those below it as well.
with recursive above (id) as (
  select unit_id from users where id = $1 and unit_id is not null
  union
  select u.parent_id from above a join unit u on u.id = a.id where u.parent_id is not null)
select id, version, name, filter, search, columns, sort, shape, shape_by, shared, unit_id, role_id, owner_id, owner,
       gone
  from (select v.id, v.version, v.name, v.name_sort, v.filter, v.search, v.columns, v.sort, v.shape,
               v.shape_by, v.shared, v.unit_id, v.role_id, v.owner_id, o.name as owner,
               case when o.archived_at is not null or o.blocked = 1 then 1 else 0 end as gone,
               row_number() over (partition by v.owner_id order by v.name_sort, v.id) as turn
          from saved_view v
          left join users o on o.id = v.owner_id
         where v.archived_at is null
           and v.entity = $3
           and (v.owner_id = $1 or v.shared = 4 or (v.shared = 3 and v.role_id = $2)
                or (v.shared = 2 and v.unit_id in (select id from above)))
         order by case when v.owner_id = $1 then 0 else 1 end, turn, v.id
         limit $4) offered
 order by case when owner_id = $1 then 0 when owner_id is not null then 1 else 2 end, name_sort, id
