-- To a person the state "archive" and being archived are one thing: whoever is in one is in the other, and comes back
-- as what he was.

-- owner: sales/parties

alter table client add column state_before int;
update client set state_before = state, state = 4 where archived_at is not null and state <> 4;
update client set archived_at = changed_at where archived_at is null and state = 4;
