-- What a client needs is also his who has heard of it, in the order of its list.

-- owner: sales/deals
create index need_maker on need (created_by, term, id);
