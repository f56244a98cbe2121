-- name: sale_facts_all
-- Every line of every living sale, the lines of a sale one after another.
select s.id, s.client_id, s.seller_id, s.channel_id, s.day, case when s.kind = 2 then 1 else 0 end, l.product_id,
    l.amount, l.cost, l.qty
  from sale s
  join sale_line l on l.sale_id = s.id
 where s.archived_at is null
 order by s.id, l.id

-- name: sale_facts_some
-- The same of some sales.
select s.id, s.client_id, s.seller_id, s.channel_id, s.day, case when s.kind = 2 then 1 else 0 end, l.product_id,
    l.amount, l.cost, l.qty
  from sale s
  join sale_line l on l.sale_id = s.id
 where s.id in {ids $1}
   and s.archived_at is null
 order by s.id, l.id

-- name: sale_facts_sums
-- How many lines there are and what they come to.
select count(*), sum(l.amount)
  from sale s
  join sale_line l on l.sale_id = s.id
 where s.archived_at is null
