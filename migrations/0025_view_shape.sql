-- owner: sales/people
-- How the rows of a kept list are shown, and by what: nothing is a list.
alter table saved_view add column shape int;
alter table saved_view add column shape_by text;
