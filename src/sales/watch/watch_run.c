/* The round of the watches, and what follows from a save at once. */
#include "access/access.h"
#include "access/calendar.h"
#include "entity/ids.h"
#include "entity/record.h"
#include "sales/activities/activities.h"
#include "sales/deals/deals.h"
#include "sales/requests/requests.h"
#include "sales/watch/watch.h"
#include "sales/watch/watch_sql.h"

#include <string.h>

/* ---- closing ---- */

static Err over_close(Work *w, const Watch *watch, const int64_t *about, ptrdiff_t n)
{
    int64_t   ids[WATCH_PIECE];
    ptrdiff_t over;
    do {
        TRY(watch_over(w, watch, about, n, ids, &over));
        TRY(findings_close(w, ids, over));
    } while (over == WATCH_PIECE);
    return OK;
}

static Err watches_fetch(Work *w, const int64_t *ids, ptrdiff_t n, Watch **out)
{
    bool *is = NEW_N(w->mem, bool, n);
    *out = NEW_N(w->mem, Watch, n);
    return n ? record_fetch(w, &watch_entity, ids, n, false, *out, is) : OK;
}

/* One whose condition can be read no more is for the round to tell, not for whoever saves. */
static Err at_once(Work *w, const int64_t *about, ptrdiff_t n)
{
    int64_t  *ids = NEW_RAW(w->mem, int64_t, WATCHES_MOST);
    ptrdiff_t watches = 0;
    Watch    *list;
    Rows      rows;
    TRY(db_query(w->db, SQL_WATCHES_OF, VALS(val_ids(about, n)), &rows));
    while (watches < WATCHES_MOST && rows_next(&rows)) ids[watches++] = row_int(&rows, 0);
    TRY(rows_end(&rows));
    TRY(watches_fetch(w, ids, watches, &list));
    for (ptrdiff_t i = 0; i < watches; i++) {
        Problems before = w->problems;
        Err      err = over_close(w, &list[i], about, n);
        if (err != OK && err != INVALID) return err;
        if (err == INVALID) w->problems = before;
    }
    return OK;
}

static void put(Ids *ids, int64_t id)
{
    if (id) ids_put(ids, id, 0);
}

/* The record itself, and what it belongs to. */
static void touched_put(Ids *ids, const Saving *s, const void *record)
{
    put(ids, ((const Record *)record)->id);
    if (s->entity == &deal_entity) put(ids, ((const Deal *)record)->client_id);
    if (s->entity == &request_entity) {
        put(ids, ((const Asked *)record)->client_id);
        put(ids, ((const Asked *)record)->deal_id);
    }
    if (s->entity == &activity_entity) {
        put(ids, ((const Activity *)record)->client_id);
        put(ids, ((const Activity *)record)->about.id);
    }
}

static Err saved(Work *w, const Event *event)
{
    const Saving *s = event->what;
    Ids           ids = ids_new(w->mem, s->n * 6);
    ptrdiff_t     n;
    if (s->bulk) return OK; /* of imports the round hears */
    for (ptrdiff_t i = 0; i < s->n; i++) {
        touched_put(&ids, s, s->now[i]);
        if (s->was[i]) touched_put(&ids, s, s->was[i]);
    }
    int64_t *all = ids_all(w->mem, &ids, &n);
    return n ? at_once(w, all, n) : OK;
}

const Handler watch_handlers[] = {
    { .event = "client.saved", .handle = saved },
    { .event = "client.archived", .handle = saved },
    { .event = "deal.saved", .handle = saved },
    { .event = "deal.archived", .handle = saved },
    { .event = "activity.saved", .handle = saved },
    { .event = "activity.archived", .handle = saved },
    { .event = "request.saved", .handle = saved },
    { .event = "request.archived", .handle = saved },
    { 0 },
};

/* ---- the round ---- */

typedef struct {
    Watch      *watch;
    int64_t     ids[WATCH_PIECE];
    ptrdiff_t   n, room, opened, failed;
    ptrdiff_t   piece_opened, piece_failed; /* a piece may be written twice before it stands */
    Moment      occurrence;
    bool        capped;
    const char *problem; /* null: none */
} Look;

static Err close_write(Work *w, void *watch) { return over_close(w, watch, NULL, 0); }

/* Asked again where it is written: what was mended meanwhile opens nothing. */
static Err open_write(Work *w, void *to)
{
    Look     *look = to;
    int64_t   ids[WATCH_PIECE];
    ptrdiff_t n, failed = 0;
    TRY(watch_found(w, look->watch, 0, look->ids, look->n, ids, &n));
    if (n > look->room) n = look->room, look->capped = true;
    TRY(findings_open(w, look->watch, ids, n, &failed));
    look->piece_opened = n;
    look->piece_failed = failed;
    return OK;
}

static Err piece_write(Work *w, Look *look)
{
    TRY(work_write(w, open_write, look));
    look->opened += look->piece_opened;
    look->room -= look->piece_opened;
    look->failed += look->piece_failed;
    return OK;
}

/* A piece that is refused is done one by one. */
static Err piece_open(Work *w, Look *look)
{
    int64_t   ids[WATCH_PIECE];
    ptrdiff_t n = look->n;
    Problems  before = w->problems;
    Err       err = piece_write(w, look);
    if (err != INVALID && err != CONFLICT) return err;
    w->problems = before;
    memcpy(ids, look->ids, sizeof ids);
    for (ptrdiff_t i = 0; i < n; i++) {
        look->ids[0] = ids[i], look->n = 1;
        err = piece_write(w, look);
        if (err != OK && err != INVALID && err != CONFLICT) return err;
        if (err != OK) look->failed++, w->problems = before;
    }
    return OK;
}

static Err round_write(Work *w, void *to)
{
    const Look *look = to;
    return db_run(w->db, SQL_WATCH_ROUND_PUT,
                  VALS(val_int(look->watch->base.id), val_int(look->occurrence), val_int(w->now), val_int(look->opened),
                       val_int(look->failed), val_int(look->capped),
                       look->problem ? val_text(str_of(look->problem)) : val_null()),
                  NULL);
}

static Err all_open(Work *w, Look *look)
{
    int64_t   above = 0;
    ptrdiff_t found;
    do {
        TRY(watch_found(w, look->watch, above, NULL, 0, look->ids, &found));
        look->capped |= found && !look->room;
        if (!found || !look->room) break;
        above = look->ids[found - 1];
        look->n = found;
        TRY(piece_open(w, look));
        TRY(job_step(w, look->opened, 0));
    } while (found == WATCH_PIECE);
    return OK;
}

/* Since it last looked its rhythm has come round. */
static Err is_due(Work *w, const Watch *watch, Moment *occurrence, bool *due)
{
    Calendar       calendar;
    const Zone    *zone;
    CalendarRhythm rhythm;
    CalendarFault  fault;
    int64_t        looked;
    *due = false;
    if (watch->active != 1 || watch->base.archived_at != NONE) return OK;
    if (!rhythm_read(watch->rhythm, &rhythm, &fault)) return OK;
    TRY(firm_calendar(w, &calendar, &zone));
    *occurrence = rhythm_last(&rhythm, &calendar, zone, w->now);
    if (*occurrence == NONE) return OK;
    Err err = db_int(w->db, SQL_WATCH_LOOKED, VALS(val_int(watch->base.id), val_int(*occurrence)), &looked);
    *due = err == NOT_FOUND;
    return err == NOT_FOUND ? OK : err;
}

static Err look_go(Work *w, Watch *watch)
{
    Look    *look = NEW(w->mem, Look);
    Problems before = w->problems;
    bool     due;
    look->watch = watch;
    look->room = (ptrdiff_t)watch->cap;
    TRY(is_due(w, watch, &look->occurrence, &due));
    Err err = work_write(w, close_write, watch);
    if (err == OK && due) err = all_open(w, look);
    if (err != OK && err != INVALID) return err;
    if (err == INVALID) {
        look->problem = w->problems.first ? w->problems.first->key : "filter.not_a_tree";
        w->problems = before;
    }
    return due ? work_write(w, round_write, look) : OK;
}

Err watches_run(Work *w, Job *job)
{
    (void)job;
    int64_t  *ids = NEW_RAW(w->mem, int64_t, WATCHES_MOST);
    ptrdiff_t n = 0;
    Watch    *list;
    Rows      rows;
    w->who = &actor_program;
    TRY(db_query(w->db, SQL_WATCHES_TO_RUN, VALS(val_int(WATCHES_MOST)), &rows));
    while (n < WATCHES_MOST && rows_next(&rows)) ids[n++] = row_int(&rows, 0);
    TRY(rows_end(&rows));
    TRY(watches_fetch(w, ids, n, &list));
    for (ptrdiff_t i = 0; i < n; i++) TRY(look_go(w, &list[i]));
    return OK;
}
