/* The example firm taken out of the base again, with the sales that people have written down to its clients and the
 * work that the program has set about them.
 *
 * What people made of their own stays, and of the example what that needs: a product in a sale of theirs, a group
 * they put a product into, an employee as whom somebody can sign in.  It goes in small works, the latest first, and a
 * job that was cut off goes on with what is left. */
#include "sales/example/example_drop.h"

#include "access/access.h"
#include "entity/record.h"
#include "entity/used.h"
#include "sales/activities/activities.h"
#include "sales/catalog/catalog.h"
#include "sales/deals/deals.h"
#include "sales/example/example_drop_sql.h"
#include "sales/insight/classes.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "sales/people/people.h"
#include "sales/requests/requests.h"

enum { CHUNK = 400 };

typedef struct {
    const Entity *e;
    int64_t       id[CHUNK];
    ptrdiff_t     n, gone;
} Chunk;

static Err ids_read(Work *w, Str sql, const Val *vals, int count, Chunk *c)
{
    Rows rows;
    TRY(db_query(w->db, sql, vals, count, &rows));
    for (c->n = 0; c->n < CHUNK && rows_next(&rows); c->n++) c->id[c->n] = row_int(&rows, 0);
    return rows_end(&rows);
}

static Err lines_forget(Work *w, const int64_t *sales, ptrdiff_t n)
{
    TRY(db_run(w->db, SQL_EXAMPLE_AGAIN_CLEAR, VALS(val_ids(sales, n)), NULL));
    return db_run(w->db, SQL_EXAMPLE_LINES_CLEAR, VALS(val_ids(sales, n)), NULL);
}

static Err chunk_remove(Work *w, void *to)
{
    Chunk    *c    = to;
    bool     *none = NEW_N(w->mem, bool, c->n), *used = NEW_N(w->mem, bool, c->n);
    int64_t  *go   = NEW_RAW(w->mem, int64_t, c->n + 1);
    SaveHow   how  = { .trusted = true, .bulk = true };
    c->gone        = 0;
    TRY(records_used(w, c->e, c->id, c->n, none, used));
    for (ptrdiff_t i = 0; i < c->n; i++)
        if (!used[i]) go[c->gone++] = c->id[i];
    if (c->e == &sale_entity && c->gone) TRY(lines_forget(w, go, c->gone));
    return record_remove_many(w, c->e, go, c->gone, &how);
}

/* One going-through of an entity; *gone and *left say what became of its records. */
static Err go_through(Work *w, const Entity *e, Str next, int64_t *done, int64_t total, int64_t *gone, int64_t *left)
{
    Chunk  *c     = NEW(w->mem, Chunk);
    int64_t below = INT64_MAX;
    c->e          = e;
    *gone = *left = 0;
    do {
        TRY(ids_read(w, next, VALS(val_int(below), val_int(CHUNK)), c));
        if (!c->n) break;
        below = c->id[c->n - 1];
        TRY(work_write(w, chunk_remove, c));
        *gone += c->gone;
        *left += c->n - c->gone;
        *done += c->gone;
        TRY(job_step(w, *done < total ? *done : total, total));
    } while (c->n == CHUNK);
    return OK;
}

/* A record that only others of the example need goes when these have gone. */
static Err entity_remove(Work *w, const Entity *e, Str next, int64_t *done, int64_t total)
{
    int64_t gone, left;
    do TRY(go_through(w, e, next, done, total, &gone, &left));
    while (gone && left);
    return OK;
}

/* Heads point at units and units at their heads: the heads let go first. */
static Err heads_clear(Work *w, void *to)
{
    Chunk  *c     = to;
    Unit   *units = NEW_N(w->mem, Unit, CHUNK);
    bool   *found = NEW_N(w->mem, bool, CHUNK);
    SaveHow how   = { .trusted = true, .bulk = true };
    TRY(ids_read(w, SQL_EXAMPLE_HEADS, NO_VALS, c));
    TRY(record_fetch(w, &unit_entity, c->id, c->n, false, units, found));
    for (ptrdiff_t i = 0; i < c->n; i++) units[i].head_id = 0;
    return c->n ? record_save_many(w, &unit_entity, units, c->n, &how) : OK;
}

static Err after_write(Work *w, void *nothing)
{
    TRY(access_teams_changed(w));
    return classes_wanted(w, nothing);
}

Err example_drop_run(Work *w, Job *job)
{
    const struct {
        const Entity *e;
        Str           next;
    } parts[] = {
        { &absence_entity, SQL_EXAMPLE_ABSENCES_NEXT },
        { &activity_entity, SQL_EXAMPLE_ACTIVITIES_NEXT },
        { &request_entity, SQL_EXAMPLE_REQUESTS_NEXT },
        { &need_entity, SQL_EXAMPLE_NEEDS_NEXT },
        { &deal_entity, SQL_EXAMPLE_DEALS_NEXT },
        { &sale_entity, SQL_EXAMPLE_SALES_NEXT },         { &client_entity, SQL_EXAMPLE_CLIENTS_NEXT },
        { &person_entity, SQL_EXAMPLE_PERSONS_NEXT },     { &product_entity, SQL_EXAMPLE_PRODUCTS_NEXT },
        { &product_group_entity, SQL_EXAMPLE_GROUPS_NEXT }, { &channel_entity, SQL_EXAMPLE_CHANNELS_NEXT },
        { &source_entity, SQL_EXAMPLE_SOURCES_NEXT },     { &user_entity, SQL_EXAMPLE_USERS_NEXT },
        { &unit_entity, SQL_EXAMPLE_UNITS_NEXT },
    };
    int64_t done = 0, total = 0;
    (void)job;
    w->who = &actor_program;
    TRY(db_int(w->db, SQL_EXAMPLE_THERE, NO_VALS, &total));
    TRY(work_write(w, heads_clear, NEW(w->mem, Chunk)));
    for (size_t i = 0; i < COUNT(parts); i++) TRY(entity_remove(w, parts[i].e, parts[i].next, &done, total));
    return work_write(w, after_write, NULL);
}

/* ---- the addresses ---- */

static Err told(Request *r, Str sql, const char *const *names)
{
    Rows rows;
    TRY(scope_query(r->w, sql, NO_VALS, &rows));
    rows_next(&rows);
    for (int i = 0; names[i]; i++) {
        js_key(&r->out, names[i]);
        js_i64(&r->out, row_int(&rows, i));
    }
    return rows_end(&rows);
}

/* What would go, and what of it people have made: told first. */
static Err made(Request *r)
{
    static const char *const clients[] = { "clients", "changed", "own_clients", NULL };
    static const char *const sales[]   = { "sales", "own_sales_to_them", "own_sales", NULL };
    js_object(&r->out);
    TRY(told(r, SQL_EXAMPLE_CLIENTS_TOLD, clients));
    TRY(told(r, SQL_EXAMPLE_SALES_TOLD, sales));
    js_end(&r->out);
    return OK;
}

static Err drop(Request *r)
{
    int64_t id, there = 0;
    Err     err = db_int(r->w->db, SQL_EXAMPLE_AT_WORK, NO_VALS, &id);
    if (err != NOT_FOUND) return err ? err : fail(r->w, CONFLICT, NULL, "example.at_work");
    TRY(db_int(r->w->db, SQL_EXAMPLE_THERE, NO_VALS, &there));
    if (!there) return fail(r->w, CONFLICT, NULL, "example.not_there");
    TRY(job_add(r->w, "example_drop", S(""), &id));
    js_object(&r->out);
    js_key(&r->out, "job");
    js_i64(&r->out, id);
    js_end(&r->out);
    return OK;
}

const Route example_drop_routes[] = {
    { .method = GET,
      .path = "/api/example/made",
      .run = made,
      .needs = { "firm", "change" },
      .slow = true,
      .snapshot = true,
      .gives = "clients: int, changed: int, own_clients: int, sales: int, own_sales_to_them: int, own_sales: int",
      .says = "route.example.made" },
    { .method = DELETE,
      .path = "/api/example",
      .run = drop,
      .needs = { "firm", "change" },
      .writes = true,
      .later = true,
      .gives = "job: int",
      .says = "route.example.drop" },
    { 0 },
};
