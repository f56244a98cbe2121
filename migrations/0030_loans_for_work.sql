-- A loan made for a piece of work says for which, and lasts as long as that is open; several may be made of one record.

-- owner: access
drop index given_record;
alter table given rename to given_before;
create table given (
  user_id id not null,
  entity text not null,
  record_id id not null,
  cause_id id not null,                          -- the work it is lent for; 0: somebody has said so himself
  until int not null,
  level int not null,                            -- 1 to look at, 2 to work with
  why text,
  given_by id,                                   -- null: the program
  given_at int not null,
  primary key (user_id, entity, record_id, cause_id)
);

-- What stood for work that is still open, whether it had run out or not: 253402300799000 is the end of year 9999.
insert into given (user_id, entity, record_id, cause_id, until, level, why, given_by, given_at)
select g.user_id, g.entity, g.record_id, a.id, 253402300799000, 1, g.why, g.given_by, g.given_at
  from given_before g
  join activity a on a.client_id = g.record_id
 where g.entity = 'client'
   and g.level = 1
   and g.why in ('поручено дело по этому клиенту', 'was given work about this client')
   and a.state = 1
   and a.archived_at is null
   and (a.performer_id = g.user_id
        or (a.performer_id is null
            and exists (select 1 from users u where u.id = g.user_id and u.role_id = a.queue_id)));
insert into given (user_id, entity, record_id, cause_id, until, level, why, given_by, given_at)
select b.user_id, b.entity, b.record_id, 0, b.until, b.level, b.why, b.given_by, b.given_at
  from given_before b
 where not exists (select 1
                     from given g
                    where g.user_id = b.user_id
                      and g.entity = b.entity
                      and g.record_id = b.record_id);
drop table given_before;
create index given_record on given (record_id);
create index given_cause on given (cause_id);
create index given_alive on given (user_id, until);
