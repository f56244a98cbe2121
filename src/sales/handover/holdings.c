/* What a person holds, read kind by kind. */
#include "sales/handover/holdings.h"

#include "entity/mass.h"
#include "entity/reach.h"
#include "sales/activities/activities.h"
#include "sales/deals/deals.h"
#include "sales/parties/parties.h"
#include "sales/requests/requests.h"

const HeldKind holdings[] = {
    { .entity = &client_entity, .owner = "keeper_id", .client = "id", .open = "1 = 1" },
    { .entity = &request_entity, .owner = "performer_id", .client = "client_id", .open = "t.state in (1, 2)",
      .work = true },
    { .entity = &activity_entity, .owner = "performer_id", .client = "client_id", .open = "t.state = 1", .work = true },
    { .entity = &deal_entity, .owner = "keeper_id", .client = "client_id", .open = "t.state = 1", .work = true },
};

_Static_assert(COUNT(holdings) == HOLDINGS, "a kind of thing held is a row and one more of HOLDINGS");

static Err kind_read(Work *w, int64_t user, int h, Held *out, ptrdiff_t *n)
{
    const HeldKind *at = &holdings[h];
    Binds           binds = { 0 };
    Buf             sql = buf_new(w->mem, 400);
    Rows            rows;
    ptrdiff_t       count = 0;
    buf_fmt(&sql, "select t.id, t.%s, case when ", at->client);
    reach_write(w, w->mem, at->entity, "change", "t", &sql, &binds);
    buf_fmt(&sql, " then 1 else 0 end from %s t where t.%s = $%d and t.archived_at is null and %s limit %d",
            entity_table(at->entity), at->owner, bind_val(w->mem, &binds, val_int(user)), at->open, MASS_MOST + 1);
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    for (; count <= MASS_MOST && rows_next(&rows); count++)
        out[(*n)++] = (Held){ h, row_int(&rows, 0), row_null(&rows, 1) ? 0 : row_int(&rows, 1), row_int(&rows, 2) != 0,
                              -1 };
    TRY(rows_end(&rows));
    return count <= MASS_MOST ? OK : fail(w, INVALID, NULL, "hand_over.too_many", arg_count("limit", MASS_MOST));
}

Err held_read(Work *w, int64_t user, Held **out, ptrdiff_t *n, int64_t *beyond)
{
    *out = NEW_RAW(w->mem, Held, HOLDINGS * (MASS_MOST + 1));
    *n = 0;
    *beyond = 0;
    for (int h = 0; h < HOLDINGS; h++) TRY(kind_read(w, user, h, *out, n));
    for (ptrdiff_t i = 0; i < *n; i++) *beyond += !(*out)[i].may;
    return OK;
}

Err held_count(Work *w, const int64_t *users, int n, int64_t *count)
{
    for (int h = 0; h < HOLDINGS; h++) {
        const HeldKind *at = &holdings[h];
        Buf             sql = buf_new(w->mem, 300);
        Rows            rows;
        buf_fmt(&sql, "select t.%s, count(*) from %s t where t.%s in {ids $1} and t.archived_at is null and %s",
                at->owner, entity_table(at->entity), at->owner, at->open);
        buf_fmt(&sql, " group by t.%s", at->owner);
        TRY(db_query(w->db, buf_str(&sql), VALS(val_ids(users, n)), &rows));
        while (rows_next(&rows))
            for (int i = 0; i < n; i++)
                if (users[i] == row_int(&rows, 0)) count[i * HOLDINGS + h] += row_int(&rows, 1);
        TRY(rows_end(&rows));
    }
    return OK;
}
