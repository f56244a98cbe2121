-- name: file_in_use
-- How many imports still work with the file.
select count(*)
  from import_plan p
  join import i on i.id = p.import_id
 where p.file_id = $1
   and i.state in (1, 2, 6)

-- name: import_file
-- The file of an import, while it is kept.
select f.id
  from import_plan p
  join file f on f.id = p.file_id
 where p.import_id = $1

-- name: file_problems_forget
-- So many problems of the rows of a file go; why an import came to no end (row 0), and what an undo left (places from
-- $2 on), stay.
delete from import_bad
 where (import_bad.import_id, import_bad.row, import_bad.place) in
       (select b.import_id, b.row, b.place
          from import_plan p
          join import_bad b on b.import_id = p.import_id
         where p.file_id = $1
           and b.row > 0
           and b.place < $2
         limit $3)
