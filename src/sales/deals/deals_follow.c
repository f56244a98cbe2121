/* What follows a change of a deal: the day it was changed on is kept, and later deals of its client prove repeat, and
 * its way lets it move or not.  And what a stage on which deals stand may not become. */
#include "engine/process/way.h"
#include "sales/deals/deals.h"
#include "sales/deals/deals_sql.h"

enum { DAY_COLUMNS = 6 };

static bool is_told(const Saving *s, ptrdiff_t i)
{
    const Deal *now = s->now[i], *was = s->was[i];
    return !was || was->stage_id != now->stage_id || was->amount != now->amount ||
           was->expected_on != now->expected_on || was->state != now->state;
}

/* History that comes in stands where it stood then. */
static Day day_told(const Work *w, const Saving *s, ptrdiff_t i)
{
    const Deal *now = s->now[i];
    return s->bulk && !s->was[i] && now->stage_since != DAY_NONE ? now->stage_since : w->today;
}

static Err days_keep(Work *w, const Saving *s)
{
    Val      *vals = NEW_RAW(w->mem, Val, s->n * DAY_COLUMNS), *at = vals;
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Deal *now = s->now[i];
        if (!is_told(s, i)) continue;
        *at++ = val_int(now->base.id);
        *at++ = val_day(day_told(w, s, i));
        *at++ = val_int(now->stage_id);
        *at++ = val_int(now->amount);
        *at++ = val_day(now->expected_on);
        *at++ = val_int(now->state);
        n++;
    }
    return n ? db_many(w->db, SQL_DEAL_DAY_KEEP, vals, DAY_COLUMNS, n, NULL) : OK;
}

static Err deals_saved(Work *w, const Event *event)
{
    TRY(days_keep(w, event->what));
    TRY(deal_directions_mend(w, event->what));
    return ways_follow(w, event->what, "stage_id");
}

static Err deals_removed(Work *w, const Event *event)
{
    const Removed *gone = event->what;
    TRY(db_run(w->db, SQL_DEAL_DAYS_FORGET, VALS(val_ids(gone->ids, gone->n)), NULL));
    return ways_forget(w, gone->ids, gone->n);
}

const Handler deals_handlers[] = {
    { .event = "deal.saved", .handle = deals_saved },
    { .event = "deal.removed", .handle = deals_removed },
    { 0 },
};

/* ---- stages ---- */

static Err stages_ask(Work *w, Saving *s)
{
    int64_t *ids = NEW_RAW(w->mem, int64_t, s->n);
    Err      err = OK;
    Rows     rows;
    if (s->archive <= 0) return OK;
    for (ptrdiff_t i = 0; i < s->n; i++) ids[i] = ((Stage *)s->now[i])->base.id;
    TRY(db_query(w->db, SQL_STAGES_USED, VALS(val_ids(ids, s->n)), &rows));
    while (rows_next(&rows))
        for (ptrdiff_t i = 0; i < s->n; i++)
            if (ids[i] == row_int(&rows, 0)) err = saving_fail(w, s, i, CONFLICT, "name", "stage.used");
    Err end = rows_end(&rows);
    return end ? end : err;
}

const Check deals_checks[] = { { "stage", stages_ask }, { 0 } };
