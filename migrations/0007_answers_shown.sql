-- An answer kept for a request that is sent again is shown by what its person may see when it is sent again.

-- owner: access

-- the answer is this record, which is read anew; null: the answer is `answer`
alter table idempotency add column entity text;
alter table idempotency add column record int;
-- under which role and edition of rights it was given; null: nobody knows any more
alter table idempotency add column role int;
alter table idempotency add column rights int;
