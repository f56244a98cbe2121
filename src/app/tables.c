/* The tables of contents: every entity, route, event handler and kind of job of the program, written by hand. */
#include "api/lists.h"
#include "api/session_json.h"
#include "app/backup.h"
#include "app/program.h"
#include "sales/catalog/catalog.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "sales/people/people.h"
#include "work/jobs.h"

const Entity *const all_entities[] = {
    &user_entity, &unit_entity, &role_entity, &role_right_entity,
    &client_entity, &client_address_entity, &client_phone_entity, &client_person_entity,
    &person_entity, &person_phone_entity, &source_entity,
    &product_entity, &product_group_entity,
    &channel_entity, &sale_entity, &sale_line_entity,
    NULL,
};

const Route *const all_routes[] = {
    session_routes,
    ground_routes,
    people_routes,
    backup_routes,
    entity_routes,
    NULL,
};

const Handler *const all_handlers[] = {
    people_handlers,
    parties_handlers,
    orders_handlers,
    NULL,
};

const JobKind all_jobs[] = {
    { 0 },
};
