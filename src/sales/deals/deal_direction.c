/* Whether a deal is with a new client or with one who has bought: the first that he closes is primary, each later one
 * repeat. */
#include "entity/ids.h"
#include "entity/record.h"
#include "sales/deals/deals.h"
#include "sales/deals/deals_sql.h"

enum { MENDED_MOST = 1000 }; /* of a batch: at most one or two a client */

/* What the clients of a batch have bought without it. */
typedef struct {
    Ids  place;
    Day *sold; /* the first day of a sale; DAY_NONE: never    */
    Day *won; /* the first day on which a deal of his closed */
} Bought;

static bool is_asked(const Saving *s, ptrdiff_t i)
{
    const Deal *now = s->now[i], *was = s->was[i];
    if (!was || was->client_id != now->client_id) return true;
    return now->state == DEAL_WON && was->state != DEAL_WON;
}

static bool came_before(Day day, Day than, bool same)
{
    return day != DAY_NONE && (day < than || (same && day == than));
}

static Err first_days(Work *w, Str sql, const Val *vals, int n, const Bought *b, Day *out)
{
    Rows rows;
    TRY(db_query(w->db, sql, vals, n, &rows));
    while (rows_next(&rows)) {
        ptrdiff_t at = ids_at(&b->place, row_int(&rows, 0));
        if (at >= 0) out[at] = row_day(&rows, 1);
    }
    return rows_end(&rows);
}

static Err bought_read(Work *w, const Saving *s, Bought *b)
{
    int64_t *deals = NEW_RAW(w->mem, int64_t, s->n);
    b->place = ids_new(w->mem, s->n);
    b->sold = NEW_RAW(w->mem, Day, s->n);
    b->won = NEW_RAW(w->mem, Day, s->n);
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Deal *now = s->now[i];
        deals[i] = now->base.id;
        b->sold[i] = b->won[i] = DAY_NONE;
        if (now->client_id && is_asked(s, i)) ids_put(&b->place, now->client_id, b->place.n);
    }
    ptrdiff_t n;
    int64_t  *clients = ids_all(w->mem, &b->place, &n);
    if (n == 0) return OK;
    TRY(first_days(w, SQL_DEAL_FIRST_SOLD, VALS(val_ids(clients, n)), b, b->sold));
    return first_days(w, SQL_DEAL_FIRST_WON, VALS(val_ids(clients, n), val_ids(deals, s->n)), b, b->won);
}

/* The day up to which counts what was bought: one that is won comes behind those that closed before it. */
static Day counted_to(const Work *w, const Deal *d)
{
    if (d->state == DEAL_WON) return d->closed_on != DAY_NONE ? d->closed_on : w->today;
    return d->opened_on != DAY_NONE ? d->opened_on : w->today;
}

/* Has another of the batch been won by the same client before? */
static bool won_beside(const Work *w, const Saving *s, ptrdiff_t i)
{
    const Deal *now = s->now[i];
    for (ptrdiff_t k = 0; k < s->n; k++) {
        const Deal *other = s->now[k];
        bool        same = now->state != DEAL_WON || k < i;
        if (k != i && other->client_id == now->client_id && other->state == DEAL_WON &&
            came_before(counted_to(w, other), counted_to(w, now), same))
            return true;
    }
    return false;
}

Err deal_directions_set(Work *w, const Saving *s)
{
    Bought b;
    TRY(bought_read(w, s, &b));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Deal *now = s->now[i];
        if (!is_asked(s, i)) continue;
        ptrdiff_t at = now->client_id ? ids_at(&b.place, now->client_id) : -1;
        Day       opened = now->opened_on != DAY_NONE ? now->opened_on : w->today;
        bool      bought = at >= 0 && (came_before(b.sold[at], opened, false) ||
                                  came_before(b.won[at], counted_to(w, now), true) || won_beside(w, s, i));
        now->direction = bought ? DEAL_EXISTING : DEAL_NEW;
    }
    return OK;
}

/* ---- what a deal of long ago makes of the later ones ---- */

static Err wrong_ones(Work *w, const Saving *s, int64_t **ids, ptrdiff_t *n)
{
    int64_t  *clients = NEW_RAW(w->mem, int64_t, s->n);
    ptrdiff_t asked = 0;
    Rows      rows;
    *n = 0;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Deal *now = s->now[i];
        if (now->client_id && now->state == DEAL_WON && is_asked(s, i)) clients[asked++] = now->client_id;
    }
    if (!asked) return OK;
    *ids = NEW_RAW(w->mem, int64_t, MENDED_MOST);
    TRY(db_query(w->db, SQL_DEAL_NO_LONGER_FIRST, VALS(val_ids(clients, asked), val_int(MENDED_MOST)), &rows));
    while (*n < MENDED_MOST && rows_next(&rows)) (*ids)[(*n)++] = row_int(&rows, 0);
    return rows_end(&rows);
}

Err deal_directions_mend(Work *w, const Saving *s)
{
    SaveHow   how = { .trusted = true, .work = s->work, .bulk = s->bulk };
    int64_t  *ids = NULL;
    ptrdiff_t n;
    TRY(wrong_ones(w, s, &ids, &n));
    if (n == 0) return OK;
    Deal *deal = NEW_RAW(w->mem, Deal, n);
    bool *found = NEW_N(w->mem, bool, n);
    TRY(record_fetch(w, &deal_entity, ids, n, false, deal, found));
    for (ptrdiff_t i = 0; i < n; i++) deal[i].direction = DEAL_EXISTING;
    return record_save_many(w, &deal_entity, deal, n, &how);
}
