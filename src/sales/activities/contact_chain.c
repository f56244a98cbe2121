/* The chain of contacts that were had with a person, numbered from the first. */
#include "access/viewing.h"
#include "entity/reach.h"
#include "sales/activities/activity_close.h"
#include "sales/activities/timeline_rows.h"
#include "sales/activities/timeline_sql.h"
#include "sales/parties/parties.h"

enum { ITEMS_USUAL = 50, ITEMS_MOST = 200 };

static Err contacts(Request *r)
{
    int64_t below = INT64_MAX, limit = ITEMS_USUAL;
    Rows    rows;
    TRY(asked_only(r));
    TRY(access_need(r->w, "activity", "view"));
    TRY(reach_need(r->w, &person_entity, "view", r->id));
    TRY(asked_i64(r, "below", 1, INT64_MAX, &below));
    TRY(asked_i64(r, "limit", 1, ITEMS_MOST, &limit));
    LineItems items = { .at = NEW_RAW(r->w->mem, LineItem, limit) };
    TRY(scope_query(r->w, SQL_CONTACTS_OF_PERSON, VALS(val_int(r->id), val_int(below), val_int(limit)), &rows));
    while (rows_next(&rows)) {
        LineItem *item = line_item_new(&items);
        item->place = (LinePlace){ .source = FROM_ACTIVITIES, .id = row_int(&rows, 0) };
        line_activity_read(r->w, &rows, item);
        item->n = row_int(&rows, 15);
    }
    TRY(rows_end(&rows));
    TRY(line_items_shown(r->w, &items, FROM_ACTIVITIES));
    TRY(viewing_card(r->w, "person", r->id));
    js_object(&r->out);
    js_key(&r->out, "items");
    TRY(line_items_put(r, &items, &client_entity));
    js_end(&r->out);
    return OK;
}

const Route contact_routes[] = {
    { .method = GET,
      .path = "/api/person/{id}/contacts",
      .run = contacts,
      .needs = { "person", "view" },
      .takes = "below: int?, limit: int?",
      .gives = "items: list",
      .says = "route.person.contacts" },
    { 0 },
};
