/* Rows that are several people's. */
#include "tests/entity/owned.h"

#include "entity/check.h"

#define ROUTE_ROW(...) AS_ROW(Route_, __VA_ARGS__)
#define STOP_ROW(...)  AS_ROW(Stop, __VA_ARGS__)
#define PHOTO_ROW(...) AS_ROW(Photo, __VA_ARGS__)
#define VISIT_ROW(...) AS_ROW(Visit, __VA_ARGS__)

static const Field route_fields[] = { ROUTE(ROUTE_ROW) }, stop_fields[] = { STOP(STOP_ROW) },
                   photo_fields[] = { PHOTO(PHOTO_ROW) }, visit_fields[] = { VISIT(VISIT_ROW) };

const Entity route_entity = { .name = "route", .title = "note",
                              .owners = { { "client_id", "client_keeper" } },
                              ENTITY_FIELDS(Route_, route_fields) };
const Entity stop_entity  = { .name = "stop", .title = "note",
                              .owners = { { "route_id", "route_owner" } },
                              ENTITY_FIELDS(Stop, stop_fields) };
const Entity photo_entity = { .name = "photo", .title = "note",
                              .owners = { { "stop_id", "stop_owner" } },
                              ENTITY_FIELDS(Photo, photo_fields) };
const Entity visit_entity = { .name = "visit", .title = "day",
                              .owners = { { "doer_id" },
                                          { "helper_id" },
                                          { "client_id", "client_keeper" },
                                          { "stop_id", "stop_owner" },
                                          { "about", "about_owner" } },
                              .order = "-day",
                              ENTITY_FIELDS(Visit, visit_fields) };

/* Users are people's ids here: what points at them is not looked for. */
static const Field  user_fields[] = { { .name = "name", .type = TYPE_text } };
static const Entity user_entity_  = { .name        = "user",
                                      .table       = "users",
                                      .title       = "name",
                                      .known       = true,
                                      .fields      = user_fields,
                                      .field_count = 1,
                                      .size        = sizeof(Record) };

const Entity *const owned_entities[] = {
    &user_entity_, &client_entity, &client_address_entity, &client_phone_entity, &client_person_entity,
    &person_entity, &person_phone_entity, &source_entity, &product_entity, &product_group_entity, &route_entity,
    &stop_entity, &photo_entity, &visit_entity, NULL,
};

#define HEAD                                                                                             \
    "(id id primary key, version int not null, created_at int not null, created_by int, changed_at int," \
    " changed_by int, archived_at int, origin text, key text, "

static const char tables[] =
    "create table route " HEAD "client_id id, client_keeper id, note text);"
    "create table stop " HEAD "route_id id, route_owner id, note text);"
    "create table photo " HEAD "stop_id id, stop_owner id, note text);"
    "create table visit " HEAD "day int, doer_id id, helper_id id, client_id id, client_keeper id, stop_id id,"
    " stop_owner id, about_of text, about_id id, about_owner id, queue_id id);"
    "create index route_client on route (client_id); create index stop_route on stop (route_id);"
    "create index photo_stop on photo (stop_id); create index visit_client on visit (client_id);"
    "create index visit_stop on visit (stop_id); create index visit_about on visit (about_id);"
    "create index visit_day on visit (day, id); create index visit_doer on visit (doer_id, day, id);"
    "create index visit_helper on visit (helper_id, day, id);"
    "create index visit_keeper on visit (client_keeper, day, id);"
    "create index visit_stop_owner on visit (stop_owner, day, id);"
    "create index visit_about_owner on visit (about_owner, day, id);"
    "insert into role (id, version, created_at, changed_at, name) values (1, 1, 0, 0, 'seller');"
    "insert into users (id, version, created_at, changed_at, name, login, role_id, language, blocked)"
    " values (11, 1, 0, 0, 'Olga', 'olga', 1, 1, 0), (12, 1, 0, 0, 'Anna', 'anna', 1, 1, 0),"
    " (13, 1, 0, 0, 'Boris', 'boris', 1, 1, 0), (14, 1, 0, 0, 'Gleb', 'gleb', 1, 1, 0);"
    "update id_series set next = 1000;";

Firm owned_open(Base *base, Test *t)
{
    Firm  firm = firm_open(base, t);
    Work *w    = deed(&firm);
    entities_set(owned_entities);
    EQUAL(db_ddl(w->db, str_of(tables)), OK);
    EQUAL(deed_end(&firm, OK), OK);
    return firm;
}

int64_t owned_client(Firm *firm, int64_t keeper)
{
    Test   *t = firm->t;
    Work   *w = deed(firm);
    Client  c;
    SaveHow how = { .trusted = true };
    record_empty(w, &client_entity, &c);
    c.name      = S("Клиент");
    c.keeper_id = keeper;
    EQUAL(record_save_many(w, &client_entity, &c, 1, &how), OK);
    EQUAL(deed_end(firm, OK), OK);
    return c.base.id;
}
