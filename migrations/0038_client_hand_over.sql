-- A client is handed to the client department by a request that is accepted: what must be ready, and what is.

-- owner: sales/requests
alter table request_kind add column hands_over bool;
alter table request_kind add column checklist text;
alter table request add column checked text;
alter table request add column offered int;        -- the client that was offered by it
