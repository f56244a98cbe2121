-- On PostgreSQL the order of changes is the number of their transactions, which belongs to a cluster and not to the
-- base: a base that comes into another cluster finds smaller numbers there than its rows have.  An epoch stands before
-- the number and is raised then (src/entity/epoch.c); as a constant in a function it costs nothing.

-- owner: entity

-- postgres
create or replace function change_epoch() returns bigint language sql immutable parallel safe
    as 'select cast(0 as bigint)';
alter table change alter column tx set default (change_epoch() + pg_current_xact_id()::text::bigint);
