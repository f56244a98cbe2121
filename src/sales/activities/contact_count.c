/* A client's last and next contact, written down beside the client with every activity that touches them. */
#include "sales/activities/activities_inside.h"
#include "sales/activities/activities_sql.h"

#include "entity/ids.h"

/* Whom a batch of activities concerns, as they were and as they are. */
static Ids clients_of(Work *w, const Saving *s)
{
    Ids ids = ids_new(w->mem, 2 * s->n);
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Activity *now = s->now[i], *was = s->was[i];
        if (now->client_id) ids_put(&ids, now->client_id, 0);
        if (was && was->client_id) ids_put(&ids, was->client_id, 0);
    }
    return ids;
}

static Err count(Work *w, const Ids *clients)
{
    ptrdiff_t n;
    int64_t  *ids = ids_all(w->mem, clients, &n);
    if (n == 0) return OK;
    TRY(db_run(w->db, SQL_CONTACT_CLEAR, VALS(val_ids(ids, n)), NULL));
    return db_run(w->db, SQL_CONTACT_COUNT, VALS(val_ids(ids, n), val_int(ACTIVITY_MESSAGE)), NULL);
}

Err contacts_saved(Work *w, const Event *event)
{
    Ids clients = clients_of(w, event->what);
    return count(w, &clients);
}

/* What is gone says no more whose it was; but what it was the last or the next of does. */
Err contacts_removed(Work *w, const Event *event)
{
    const Removed *gone = event->what;
    Ids            clients = ids_new(w->mem, 2 * gone->n);
    Rows           rows;
    TRY(db_query(w->db, SQL_CONTACT_STOOD, VALS(val_ids(gone->ids, gone->n)), &rows));
    while (rows_next(&rows)) ids_put(&clients, row_int(&rows, 0), 0);
    TRY(rows_end(&rows));
    return count(w, &clients);
}
