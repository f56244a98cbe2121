-- name: import_lines_known
-- Which of these lines are known, in which sale they stand, and whether the importer ($2) sees it or made it himself.
-- A sale that is gone hides nothing.
select l.key, l.sale_id, l.import_id,
       case when s.id is null or s.created_by = $2 or {scope sale c} then 1 else 0 end
  from import_line l
  left join sale s on s.id = l.sale_id
  left join client c on c.id = s.client_id
 where l.key in {texts $1}

-- name: import_line_add
-- A line is known from now on.
insert into import_line (key, import_id, sale_id, line_id) values ($1, $2, $3, $4)

-- name: import_again_add
-- A known line was brought once more.
insert into import_again (import_id, key) values ($1, $2)
on conflict (key, import_id) do nothing

-- name: clients_by_number
-- Living clients that the importer sees, by their own numbers; the folded ones lead to them.
select c.id, c.number
  from client c
 where {scope client +c}
   and c.number_find in {texts $2}
   and c.number in {texts $1}
   and c.archived_at is null

-- name: clients_by_inn
-- Living clients that the importer sees, by ИНН.
select c.id, c.inn
  from client c
 where {scope client +c}
   and c.inn in {texts $1}
   and c.archived_at is null

-- name: clients_by_name
-- Living clients that the importer sees, by their folded names; who has neither number nor ИНН goes before namesakes
-- that do.
select c.id, c.name_find
  from client c
 where {scope client +c}
   and c.name_find in {texts $1}
   and c.archived_at is null
   and ((c.number is null and c.inn is null)
        or not exists (select 1 from client o
                        where {scope client +o} and o.name_find = c.name_find and o.number is null and o.inn is null
                            and o.archived_at is null))

-- name: products_by_number
-- Living products by article; the folded ones lead to them.
select p.id, p.number
  from product p
 where p.number_find in {texts $2}
   and p.number in {texts $1}
   and p.archived_at is null

-- name: products_by_name
-- Living products by their folded names; one without an article goes before namesakes that have one.
select p.id, p.name_find
  from product p
 where p.name_find in {texts $1}
   and p.archived_at is null
   and (p.number is null or not exists (select 1 from product o where o.name_find = p.name_find
       and o.number is null and o.archived_at is null))

-- name: channels_by_name
-- Living channels by their folded names.
select c.id, c.name_find
  from channel c
 where c.name_find in {texts $1}
   and c.archived_at is null

-- name: users_by_name
-- People by their folded names, those who left as well.
select u.id, u.name_find
  from users u
 where u.name_find in {texts $1}

-- name: sales_by_key
-- Sales that this source made, by what it calls them, the archived ones too, and those that the importer does not see.
select s.id, s.key, s.archived_at,
       case when {scope sale c} then 1 else 0 end
  from sale s
  join client c on c.id = s.client_id
 where s.origin = $2
   and s.key in {texts $1}
