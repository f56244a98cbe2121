-- Work that waits for whoever holds a role (src/sales/activities), in the order of its list.

-- owner: sales/activities
create index activity_queue_at on activity (queue_id, at, id) where performer_id is null;
