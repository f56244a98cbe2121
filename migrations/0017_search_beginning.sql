-- The text of a search stands in indexes, so that a list walks through them alone; a row of an index of PostgreSQL
-- holds 2,704 bytes.  So there its beginning does, 300 characters beside as many of a name, and the few texts that are
-- longer stand once more in a column that is empty for all others and has an index of its own (src/entity/filter.c).

-- owner: entity

-- postgres
alter table client add column find_start text generated always as (left(find, 300)) stored;
alter table client add column find_long text generated always as (case when length(find) > 300 then find end) stored;
alter table person add column find_start text generated always as (left(find, 300)) stored;
alter table person add column find_long text generated always as (case when length(find) > 300 then find end) stored;
alter table product add column find_start text generated always as (left(find, 300)) stored;
alter table product add column find_long text generated always as (case when length(find) > 300 then find end) stored;
drop index client_of_keeper;
drop index client_name;
drop index person_name;
drop index product_name;
create index client_of_keeper on client (keeper_id, name_sort, id, find_start, archived_at) where archived_at is null;
create index client_name on client (name_sort, id, find_start, archived_at) where archived_at is null;
create index person_name on person (name_sort, id, find_start, archived_at) where archived_at is null;
create index product_name on product (name_sort, id, find_start, archived_at) where archived_at is null;
create index client_long on client (id) where find_long is not null;
create index person_long on person (id) where find_long is not null;
create index product_long on product (id) where find_long is not null;
analyze client;
analyze person;
analyze product;
