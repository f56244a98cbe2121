-- What clients ask of us, and we of adjacent services: by when, who answers, and what.

-- owner: sales/requests
create table request_kind (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  name text not null, name_find text, name_sort text,
  side int not null,                             -- 1 client, 2 service
  queue_id id not null,
  term text not null,
  asks text,
  find text
);
create unique index request_kind_key on request_kind (key, origin) where origin is not null;
create unique index request_kind_once on request_kind (name_find) where archived_at is null;
create index request_kind_queue on request_kind (queue_id);

create table request (
  id id primary key, version int not null, created_at int not null, created_by int, changed_at int not null,
  changed_by int, archived_at int, origin text, key text,
  kind_id id not null,
  subject text, subject_find text,
  what text not null,
  client_id id, client_keeper id,
  deal_id id,
  state int not null,                            -- 1 waiting, 2 taken, 3 answered, 4 accepted, 5 cancelled
  performer_id id,
  queue_id id,
  author_id id,
  asked_at int not null,
  term text, term_why text,
  due_at int,
  taken_at int, answered_at int, closed_at int,
  answer text, reason text,
  returned int not null, level int not null,
  escalated_id id,
  escalate_at int,                               -- while it is open: when it comes before the next head
  find text
);
create unique index request_key on request (key, origin) where origin is not null;
create index request_performer on request (performer_id, asked_at, id);
create index request_queue on request (queue_id, asked_at, id) where performer_id is null;
create index request_author on request (author_id, asked_at, id);
create index request_keeper on request (client_keeper, asked_at, id);
create index request_escalated on request (escalated_id, asked_at, id) where escalated_id is not null;
create index request_client on request (client_id, asked_at, id);
create index request_deal on request (deal_id, asked_at, id) where deal_id is not null;
create index request_kind_of on request (kind_id, asked_at, id);
create index request_asked on request (asked_at, id);
create index request_due on request (due_at, id);
create index request_mine on request (performer_id, due_at, id) where state = 2 and archived_at is null;
create index request_waiting on request (queue_id, due_at, id)
  where state = 1 and archived_at is null and performer_id is null;
create index request_answered on request (author_id, answered_at, id) where state = 3 and archived_at is null;
create index request_late on request (escalate_at, id) where escalate_at is not null;
