/* What an activity must say before it is kept, and what follows from that: its title, its days, its place in time.
 *
 * A contact is asked whom it is with and what for when that is said or changed, and again when it is closed: a client
 * may have got its first person meanwhile.  What was closed once is left in peace. */
#include "sales/activities/activities.h"
#include "sales/activities/activities_sql.h"

#include "entity/ids.h"

#define CLOCKS_DIFFER_MS 60000

typedef struct {
    ActivityChannel channel;
    ActivityAsks    asks;
    bool            next;
    Str             name;
} Kind;

/* What the rule needs to know of the whole batch, a statement each. */
typedef struct {
    Ids          kind, zone; /* places in .kinds, .zones */
    Ids          gone;       /* performers who do not sign in any more */
    Kind        *kinds;
    const Zone **zones;
    Ids          peopled, placed; /* clients with persons; persons with clients */
    Ids          worked; /* clients that are not archived */
    Ids          next; /* clients: places in .next_id */
    int64_t     *next_id;
} Known;

static bool at_rest(const Saving *s, const Activity *now) { return s->archive != 0 || now->base.archived_at != NONE; }

static bool closes(const Saving *s, ptrdiff_t i)
{
    const Activity *now = s->now[i], *was = s->was[i];
    return !at_rest(s, now) && now->state == ACTIVITY_DONE && (!was || was->state != ACTIVITY_DONE);
}

static bool speaks_anew(const Saving *s, ptrdiff_t i)
{
    const Activity *now = s->now[i], *was = s->was[i];
    if (at_rest(s, now) || now->state == ACTIVITY_CANCELLED) return false;
    return closes(s, i) || !was || was->kind_id != now->kind_id || was->client_id != now->client_id ||
           was->person_id != now->person_id || was->aim_id != now->aim_id;
}

/* ---- what is asked of the base ---- */

static Err kinds_read(Work *w, const Saving *s, Known *k)
{
    Ids       ids = ids_new(w->mem, 2 * s->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Activity *now = s->now[i], *was = s->was[i];
        if (now->kind_id) ids_put(&ids, now->kind_id, 0);
        if (was && was->kind_id) ids_put(&ids, was->kind_id, 0);
    }
    int64_t *all = ids_all(w->mem, &ids, &n);
    k->kind = ids_new(w->mem, n);
    k->kinds = NEW_N(w->mem, Kind, n);
    if (n == 0) return OK;
    TRY(db_query(w->db, SQL_ACTIVITY_KINDS_OF, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) {
        k->kinds[k->kind.n] = (Kind){ (ActivityChannel)row_int(&rows, 1), (ActivityAsks)row_int(&rows, 2),
                                      row_int(&rows, 3) != 0, str_copy(w->mem, row_text(&rows, 4)) };
        ids_put(&k->kind, row_int(&rows, 0), k->kind.n);
    }
    return rows_end(&rows);
}

static const Kind *kind_of(const Known *k, int64_t id)
{
    static const Kind none = { .channel = ACTIVITY_WORK };
    ptrdiff_t         at = id ? ids_at(&k->kind, id) : -1;
    return at < 0 ? &none : &k->kinds[at];
}

static Err performers_read(Work *w, const Saving *s, Known *k)
{
    Ids       ids = ids_new(w->mem, s->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Activity *now = s->now[i];
        if (now->performer_id) ids_put(&ids, now->performer_id, 0);
    }
    int64_t *all = ids_all(w->mem, &ids, &n);
    k->zone = ids_new(w->mem, n);
    k->gone = ids_new(w->mem, n);
    k->zones = NEW_N(w->mem, const Zone *, n);
    if (n == 0) return OK;
    TRY(db_query(w->db, SQL_ACTIVITY_PERFORMERS, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) {
        if (row_int(&rows, 2)) ids_put(&k->gone, row_int(&rows, 0), 0);
        if (row_null(&rows, 1)) continue;
        const Zone *zone = zone_load(w->mem, NULL, row_text(&rows, 1));
        if (!zone) continue;
        k->zones[k->zone.n] = zone;
        ids_put(&k->zone, row_int(&rows, 0), k->zone.n);
    }
    return rows_end(&rows);
}

static const Zone *zone_of(const Work *w, const Known *k, int64_t performer)
{
    ptrdiff_t at = performer ? ids_at(&k->zone, performer) : -1;
    return at < 0 ? w->zone : k->zones[at];
}

/* Which of these the statement names. */
static Err named(Work *w, Str sql, const Ids *asked, Ids *out)
{
    ptrdiff_t n;
    int64_t  *all = ids_all(w->mem, asked, &n);
    Rows      rows;
    *out = ids_new(w->mem, n);
    if (n == 0) return OK;
    TRY(db_query(w->db, sql, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) ids_put(out, row_int(&rows, 0), out->n);
    return rows_end(&rows);
}

static Err company_read(Work *w, const Saving *s, Known *k)
{
    Ids clients = ids_new(w->mem, s->n), persons = ids_new(w->mem, s->n);
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Activity *now = s->now[i];
        if (!speaks_anew(s, i) || !activity_is_contact(kind_of(k, now->kind_id)->channel)) continue;
        if (now->client_id && !now->person_id) ids_put(&clients, now->client_id, 0);
        if (now->person_id && !now->client_id) ids_put(&persons, now->person_id, 0);
    }
    TRY(named(w, SQL_ACTIVITY_CLIENTS_WITH_PERSONS, &clients, &k->peopled));
    return named(w, SQL_ACTIVITY_PERSONS_WITH_CLIENTS, &persons, &k->placed);
}

/* It needs a next contact.  History comes without. */
static bool next_asked(const Saving *s, const Known *k, ptrdiff_t i)
{
    const Activity *now = s->now[i];
    return !s->bulk && closes(s, i) && now->client_id && kind_of(k, now->kind_id)->next;
}

/* The soonest open contact of each client, of those that stay open. */
static Err next_read(Work *w, const Saving *s, Known *k)
{
    Ids       clients = ids_new(w->mem, s->n), closing = ids_new(w->mem, s->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Activity *now = s->now[i];
        if (now->base.id && now->state != ACTIVITY_OPEN) ids_put(&closing, now->base.id, 0);
        if (next_asked(s, k, i)) ids_put(&clients, now->client_id, 0);
    }
    TRY(named(w, SQL_ACTIVITY_CLIENTS_WORKED, &clients, &k->worked));
    int64_t *all = ids_all(w->mem, &clients, &n);
    k->next = ids_new(w->mem, n);
    k->next_id = NEW_N(w->mem, int64_t, n);
    if (n == 0) return OK;
    TRY(db_query(w->db, SQL_ACTIVITY_NEXT_OF, VALS(val_ids(all, n), val_int(ACTIVITY_MESSAGE)), &rows));
    while (rows_next(&rows)) {
        if (ids_at(&closing, row_int(&rows, 1)) >= 0 || !ids_put(&k->next, row_int(&rows, 0), k->next.n)) continue;
        k->next_id[k->next.n - 1] = row_int(&rows, 1);
    }
    return rows_end(&rows);
}

/* ---- what must hold ---- */

static void contact_rule(Work *w, Saving *s, ptrdiff_t i, const Known *k)
{
    const Activity *now = s->now[i];
    if (!speaks_anew(s, i) || !activity_is_contact(kind_of(k, now->kind_id)->channel)) return;
    if (!now->client_id && !now->person_id) saving_fail(w, s, i, INVALID, "client_id", "activity.with_whom");
    else if (!now->client_id && ids_at(&k->placed, now->person_id) >= 0)
        saving_fail(w, s, i, INVALID, "client_id", "activity.at_which_client");
    else if (!now->person_id && ids_at(&k->peopled, now->client_id) >= 0)
        saving_fail(w, s, i, INVALID, "person_id", "activity.which_person");
    if (!now->aim_id) saving_fail(w, s, i, INVALID, "aim_id", "activity.what_for");
}

static bool says_otherwise(const Activity *now, const Activity *was)
{
    return !was || was->outcome != now->outcome || !str_eq(was->result, now->result);
}

static void closing_rule(Work *w, Saving *s, ptrdiff_t i, const Known *k)
{
    Activity       *now = s->now[i];
    const Activity *was = s->was[i];
    const Kind     *kind = kind_of(k, now->kind_id);
    if (at_rest(s, now) || now->state != ACTIVITY_DONE) return;
    if (closes(s, i) || says_otherwise(now, was)) {
        if (kind->asks == ASKS_RESULT && !now->result.n)
            saving_fail(w, s, i, INVALID, "result", "activity.result_missing");
        if (kind->asks == ASKS_OUTCOME && !now->outcome)
            saving_fail(w, s, i, INVALID, "outcome", "activity.outcome_missing");
    }
    if (!next_asked(s, k, i) || ids_at(&k->worked, now->client_id) < 0) return;
    ptrdiff_t at = ids_at(&k->next, now->client_id);
    if (at < 0) saving_fail(w, s, i, INVALID, "next", "activity.next_missing");
    else if (!now->next_id) now->next_id = k->next_id[at];
}

/* Open work is given to nobody who has left; what he has already stays with him until somebody takes it. */
static void performer_rule(Work *w, Saving *s, ptrdiff_t i, const Known *k)
{
    const Activity *now = s->now[i], *was = s->was[i];
    bool            anew = !was || was->performer_id != now->performer_id || was->state != now->state;
    if (s->archive > 0 || now->base.archived_at != NONE || now->state != ACTIVITY_OPEN || !now->performer_id) return;
    if ((anew || s->archive < 0) && ids_at(&k->gone, now->performer_id) >= 0)
        saving_fail(w, s, i, INVALID, "performer_id", "activity.performer_gone");
}

static void cancel_rule(Work *w, Saving *s, ptrdiff_t i)
{
    const Activity *now = s->now[i], *was = s->was[i];
    bool            anew = !was || was->state != now->state || !str_eq(was->reason, now->reason);
    if (!at_rest(s, now) && now->state == ACTIVITY_CANCELLED && anew && !now->reason.n)
        saving_fail(w, s, i, INVALID, "reason", "activity.reason_missing");
}

/* ---- what follows ---- */

static void title_rule(const Work *w, const Known *k, Activity *now, const Activity *was)
{
    bool usual = was && str_eq(was->subject, kind_of(k, was->kind_id)->name) && str_eq(was->subject, now->subject);
    if (!now->subject.n || usual) now->subject = kind_of(k, now->kind_id)->name;
    /* Who does what waits for a role, has done it. */
    bool his = now->state == ACTIVITY_DONE || (!was && !now->queue_id);
    if (!now->performer_id && his) now->performer_id = w->actor;
}

/* Work without an hour is due when its day is over where its performer lives, also when it comes to another one. */
static void due_rule(Work *w, Saving *s, ptrdiff_t i, const Zone *zone)
{
    Activity       *now = s->now[i];
    const Activity *was = s->was[i];
    if (now->due_at == NONE && now->state == ACTIVITY_OPEN && !at_rest(s, now))
        saving_fail(w, s, i, INVALID, "due_at", "activity.when");
    if (now->due_at == NONE) {
        now->due_day = DAY_NONE;
        return;
    }
    bool kept = !now->timed && was && !was->timed && was->due_at == now->due_at && was->due_day != DAY_NONE;
    now->due_day = kept ? was->due_day : zone_day(zone, now->due_at);
    if (!now->timed) now->due_at = zone_moment(zone, now->due_day, DAY_LAST_SECOND);
}

static void done_rule(Work *w, Saving *s, ptrdiff_t i, const Zone *zone)
{
    Activity *now = s->now[i];
    if (now->state != ACTIVITY_DONE) now->done_at = NONE, now->next_id = 0; /* opened again it names the next anew */
    else if (now->done_at == NONE) now->done_at = w->now;
    else if (now->done_at > w->now + CLOCKS_DIFFER_MS) saving_fail(w, s, i, INVALID, "done_at", "activity.done_ahead");
    now->done_day = now->done_at == NONE ? DAY_NONE : zone_day(zone, now->done_at);
}

static void time_rule(Work *w, Saving *s, ptrdiff_t i, const Known *k)
{
    Activity       *now = s->now[i];
    const Activity *was = s->was[i];
    const Zone     *zone = zone_of(w, k, now->performer_id);
    due_rule(w, s, i, zone);
    done_rule(w, s, i, zone);
    if (now->done_at != NONE) now->at = now->done_at;
    else if (now->due_at != NONE) now->at = now->due_at;
    else now->at = was ? was->at : w->now;
}

Err activity_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    Known     k = { 0 };
    TRY(kinds_read(w, s, &k));
    TRY(company_read(w, s, &k));
    TRY(next_read(w, s, &k));
    for (ptrdiff_t i = 0; i < s->n; i++) title_rule(w, &k, s->now[i], s->was[i]);
    TRY(performers_read(w, s, &k));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Activity *now = s->now[i];
        if (now->participants.n > PARTICIPANTS_MOST)
            saving_fail(w, s, i, INVALID, "participants", "activity.too_many", arg_count("limit", PARTICIPANTS_MOST));
        contact_rule(w, s, i, &k);
        closing_rule(w, s, i, &k);
        performer_rule(w, s, i, &k);
        cancel_rule(w, s, i);
        time_rule(w, s, i, &k);
    }
    return w->problems.count > before ? INVALID : OK;
}
