-- What an import of sales brought, for the sentence that tells it.

-- owner: sales/import

alter table import add column sales int;        -- made, or filled up with lines that were not known
alter table import add column amount int;       -- of the new lines, minor units
alter table import add column clients int;      -- to whom these sales went
alter table import add column new_clients int;  -- made for them
