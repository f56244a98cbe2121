/* What is not answered in time comes before a head: first of the unit of whoever holds it, or of the service in whose
 * queue it waits, then, each after another term, of the next unit above that has another one.  It is written down at
 * the request, so it stands in its history, and each level comes once: a step is taken in the work that finds it due.
 * A head who holds the request himself is passed over.  Where nobody is of the service, or who holds it is of no unit,
 * it goes up from the unit of who asked: it is answered by nobody, and that is somebody's to hear. */
#include "access/access.h"
#include "access/calendar.h"
#include "entity/ids.h"
#include "entity/record.h"
#include "sales/requests/requests.h"
#include "sales/requests/requests_sql.h"

enum { CHUNK = 100, UNITS_MOST = 20000, HOLDERS_MOST = 100000, STEPS_MOST = 100 };

typedef struct {
    int64_t above, head; /* 0: none */
} Unit;

typedef struct {
    Ids         unit, of_user, of_role; /* places in .units, .user_unit, .role_unit */
    Unit       *units;
    int64_t    *user_unit, *role_unit;
    Calendar    calendar;
    const Zone *zone;
    ptrdiff_t   n; /* were due */
} Round;

static int64_t id_at(const Rows *rows, int column) { return row_null(rows, column) ? 0 : row_int(rows, column); }

static Err units_read(Work *w, Round *r)
{
    Rows rows;
    r->unit = ids_new(w->mem, UNITS_MOST);
    r->units = NEW_N(w->mem, Unit, UNITS_MOST);
    TRY(db_query(w->db, SQL_REQUEST_UNITS, VALS(val_int(UNITS_MOST)), &rows));
    while (r->unit.n < UNITS_MOST && rows_next(&rows)) {
        r->units[r->unit.n] = (Unit){ id_at(&rows, 1), id_at(&rows, 2) };
        ids_put(&r->unit, row_int(&rows, 0), r->unit.n);
    }
    return rows_end(&rows);
}

/* The unit of each person, or of each role, of whom these requests are. */
static Err homes_read(Work *w, Str sql, const Val *vals, int count, ptrdiff_t n, Ids *of, int64_t **home)
{
    Rows rows;
    *of = ids_new(w->mem, n);
    *home = NEW_N(w->mem, int64_t, n);
    if (!n) return OK;
    TRY(db_query(w->db, sql, vals, count, &rows));
    while (rows_next(&rows))
        if (ids_put(of, row_int(&rows, 0), of->n)) (*home)[of->n - 1] = row_int(&rows, 1);
    return rows_end(&rows);
}

static Err holders_read(Work *w, Round *r, const Asked *list, ptrdiff_t n)
{
    Ids       people = ids_new(w->mem, 2 * n), roles = ids_new(w->mem, n);
    ptrdiff_t person_n, role_n;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (list[i].performer_id) ids_put(&people, list[i].performer_id, 0);
        else if (list[i].queue_id) ids_put(&roles, list[i].queue_id, 0);
        if (list[i].author_id) ids_put(&people, list[i].author_id, 0);
    }
    int64_t *person = ids_all(w->mem, &people, &person_n), *role = ids_all(w->mem, &roles, &role_n);
    TRY(homes_read(w, SQL_REQUEST_UNITS_OF_PEOPLE, VALS(val_ids(person, person_n)), person_n, &r->of_user,
                   &r->user_unit));
    return homes_read(w, SQL_REQUEST_UNITS_OF_ROLES, VALS(val_ids(role, role_n), val_int(HOLDERS_MOST)), role_n,
                      &r->of_role, &r->role_unit);
}

/* ---- up the units ---- */

static int64_t home_at(const Ids *of, const int64_t *home, int64_t id)
{
    ptrdiff_t at = ids_at(of, id);
    return at < 0 ? 0 : home[at];
}

static int64_t home_of(const Round *r, const Asked *a)
{
    int64_t home = a->performer_id ? home_at(&r->of_user, r->user_unit, a->performer_id)
                                   : home_at(&r->of_role, r->role_unit, a->queue_id);
    return home ? home : home_at(&r->of_user, r->user_unit, a->author_id);
}

/* The head of the level, from 0, above who holds it; 0: there are not so many. */
static int64_t head_above(const Round *r, const Asked *a, int64_t level)
{
    int64_t unit = home_of(r, a), last = 0;
    for (int step = 0; unit && step < STEPS_MOST; step++) {
        ptrdiff_t at = ids_at(&r->unit, unit);
        if (at < 0) return 0;
        int64_t head = r->units[at].head;
        if (head && head != last && head != a->performer_id && level-- == 0) return head;
        if (head) last = head;
        unit = r->units[at].above;
    }
    return 0;
}

static void step_up(const Work *w, const Round *r, Asked *a)
{
    CalendarSpan  term;
    CalendarFault fault;
    int64_t       head = head_above(r, a, a->level);
    a->escalate_at = NONE;
    if (!head) return;
    a->escalated_id = head;
    a->level++;
    if (head_above(r, a, a->level) && span_read(a->term, &term, &fault))
        a->escalate_at = calendar_plus(&r->calendar, r->zone, w->now, term);
}

/* ---- the round ---- */

static Err late_read(Work *w, Asked *list, ptrdiff_t *n)
{
    int64_t *ids = NEW_RAW(w->mem, int64_t, CHUNK);
    bool    *found = NEW_N(w->mem, bool, CHUNK);
    Rows     rows;
    *n = 0;
    TRY(db_query(w->db, SQL_REQUESTS_LATE, VALS(val_int(w->now), val_int(CHUNK)), &rows));
    while (*n < CHUNK && rows_next(&rows)) ids[(*n)++] = row_int(&rows, 0);
    TRY(rows_end(&rows));
    return *n ? record_fetch(w, &request_entity, ids, *n, false, list, found) : OK;
}

static Err late_escalate(Work *w, void *round)
{
    Round  *r = round;
    Asked  *list = NEW_N(w->mem, Asked, CHUNK);
    SaveHow how = { .trusted = true, .verb = "escalated" };
    TRY(late_read(w, list, &r->n));
    if (!r->n) return OK;
    TRY(firm_calendar(w, &r->calendar, &r->zone));
    TRY(units_read(w, r));
    TRY(holders_read(w, r, list, r->n));
    for (ptrdiff_t i = 0; i < r->n; i++) step_up(w, r, &list[i]);
    return record_save_many(w, &request_entity, list, r->n, &how);
}

Err requests_escalate_run(Work *w, Job *job)
{
    Round  *r = NEW(w->mem, Round);
    int64_t done = 0;
    (void)job;
    w->who = &actor_program;
    do {
        TRY(work_write(w, late_escalate, r));
        TRY(job_step(w, done += r->n, 0));
    } while (r->n == CHUNK);
    return OK;
}
