-- name: clients_of_inn
-- Living clients within the actor's reach with one of these ИНН.
select c.id, c.inn, coalesce(c.kpp, ''), c.name
  from client c
 where c.inn in {texts $1}
   and c.archived_at is null
   and {scope client +c}
 order by c.id
 limit $2
