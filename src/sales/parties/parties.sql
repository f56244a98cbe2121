-- name: clients_of_inn
-- Living clients with one of these ИНН, and whether the actor sees them: first those that he does.
select c.id, c.inn, coalesce(c.kpp, ''), c.name, case when {scope client c} then 1 else 0 end
  from client c
 where c.inn in {texts $1}
   and c.archived_at is null
 order by 5 desc, c.id
 limit $2
