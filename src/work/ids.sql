-- One series of ids for the whole firm.

-- name: ids_bump
-- Takes a block; the first number after it comes back.
update id_series set next = next + $1 where one = 1 returning next
