/* What a request must say at each step of its way, who may take that step, and what follows: its title, its queue, its
 * term and the moments of the way.
 *
 * Imports bring history: they are asked for nothing but what a request is. */
#include "access/access.h"
#include "access/calendar.h"
#include "entity/ids.h"
#include "sales/requests/requests.h"
#include "sales/requests/requests_sql.h"

typedef struct {
    RequestSide side;
    int64_t     queue;
    Str         term, name;
} Kind;

typedef struct {
    Work       *w;
    Saving     *s;
    Ids         kind, deal; /* places in .kinds, .clients */
    Kind       *kinds;
    int64_t    *clients;
    Ids         people, services; /* those the actor acts for */
    Ids         gone; /* of who answers those who do not sign in any more */
    bool        all; /* he may change everybody's */
    Calendar    calendar;
    const Zone *zone; /* null: not read yet */
} Asking;

static bool is_history(const Saving *s) { return s->bulk || s->trusted; }

static bool at_rest(const Saving *s, const Asked *now) { return s->archive != 0 || now->base.archived_at != NONE; }

#define FAIL(a, i, field, ...) saving_fail((a)->w, (a)->s, i, INVALID, field, __VA_ARGS__)

/* ---- what is asked of the base ---- */

static Err kinds_read(Asking *a)
{
    Ids       ids = ids_new(a->w->mem, 2 * a->s->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < a->s->n; i++) {
        const Asked *now = a->s->now[i], *was = a->s->was[i];
        if (now->kind_id) ids_put(&ids, now->kind_id, 0);
        if (was && was->kind_id) ids_put(&ids, was->kind_id, 0);
    }
    int64_t *all = ids_all(a->w->mem, &ids, &n);
    a->kind = ids_new(a->w->mem, n);
    a->kinds = NEW_N(a->w->mem, Kind, n);
    if (n == 0) return OK;
    TRY(db_query(a->w->db, SQL_REQUEST_KINDS_OF, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) {
        a->kinds[a->kind.n] = (Kind){ (RequestSide)row_int(&rows, 1), row_int(&rows, 2),
                                      str_copy(a->w->mem, row_text(&rows, 3)),
                                      str_copy(a->w->mem, row_text(&rows, 4)) };
        ids_put(&a->kind, row_int(&rows, 0), a->kind.n);
    }
    return rows_end(&rows);
}

static const Kind *kind_of(const Asking *a, int64_t id)
{
    static const Kind none = { .side = REQUEST_OF_SERVICE };
    ptrdiff_t         at = id ? ids_at(&a->kind, id) : -1;
    return at < 0 ? &none : &a->kinds[at];
}

static Err deals_read(Asking *a)
{
    Ids       ids = ids_new(a->w->mem, a->s->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < a->s->n; i++)
        if (((const Asked *)a->s->now[i])->deal_id) ids_put(&ids, ((const Asked *)a->s->now[i])->deal_id, 0);
    int64_t *all = ids_all(a->w->mem, &ids, &n);
    a->deal = ids_new(a->w->mem, n);
    a->clients = NEW_N(a->w->mem, int64_t, n);
    if (n == 0) return OK;
    TRY(db_query(a->w->db, SQL_REQUEST_DEALS, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) {
        a->clients[a->deal.n] = row_null(&rows, 1) ? 0 : row_int(&rows, 1);
        ids_put(&a->deal, row_int(&rows, 0), a->deal.n);
    }
    return rows_end(&rows);
}

/* Which of these the statement gives for the actor. */
static Err acted_for(Asking *a, Str sql, const Ids *asked, Ids *out)
{
    ptrdiff_t n;
    int64_t  *all = ids_all(a->w->mem, asked, &n);
    Rows      rows;
    *out = ids_new(a->w->mem, n);
    if (n == 0) return OK;
    TRY(db_query(a->w->db, sql, VALS(val_int(a->w->actor), val_ids(all, n)), &rows));
    while (rows_next(&rows)) ids_put(out, row_int(&rows, 0), 0);
    return rows_end(&rows);
}

static Err actor_read(Asking *a)
{
    Ids people = ids_new(a->w->mem, 3 * a->s->n), services = ids_new(a->w->mem, 2 * a->s->n);
    for (ptrdiff_t i = 0; i < a->s->n; i++) {
        const Asked *now = a->s->now[i], *was = a->s->was[i];
        if (!was) continue;
        if (was->author_id) ids_put(&people, was->author_id, 0);
        if (was->performer_id) ids_put(&people, was->performer_id, 0);
        if (was->escalated_id) ids_put(&people, was->escalated_id, 0);
        if (was->queue_id) ids_put(&services, was->queue_id, 0);
        if (now->queue_id) ids_put(&services, now->queue_id, 0);
    }
    a->all = access_scope(a->w->who, "request", "change") == SCOPE_ALL;
    TRY(acted_for(a, SQL_REQUEST_PEOPLE, &people, &a->people));
    return acted_for(a, SQL_REQUEST_SERVICES, &services, &a->services);
}

static Err gone_read(Asking *a)
{
    Ids       ids = ids_new(a->w->mem, a->s->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < a->s->n; i++)
        if (((const Asked *)a->s->now[i])->performer_id) ids_put(&ids, ((const Asked *)a->s->now[i])->performer_id, 0);
    int64_t *all = ids_all(a->w->mem, &ids, &n);
    a->gone = ids_new(a->w->mem, n);
    if (n == 0) return OK;
    TRY(db_query(a->w->db, SQL_REQUEST_GONE, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) ids_put(&a->gone, row_int(&rows, 0), 0);
    return rows_end(&rows);
}

/* He acts for who asked. */
static bool acts_for(const Asking *a, int64_t person) { return person && ids_at(&a->people, person) >= 0; }

static bool is_author(const Asking *a, const Asked *was) { return a->all || acts_for(a, was->author_id); }

/* He acts for who answers: for who has it, for the service in whose queue it is, or for the head before whom it has
 * come. */
static bool is_service(const Asking *a, const Asked *was)
{
    return a->all || acts_for(a, was->performer_id) || acts_for(a, was->escalated_id) ||
           (was->queue_id && ids_at(&a->services, was->queue_id) >= 0);
}

/* ---- what it is ---- */

static void title_set(const Asking *a, Asked *now, const Asked *was)
{
    bool usual = was && str_eq(was->subject, kind_of(a, was->kind_id)->name) && str_eq(was->subject, now->subject);
    if (!now->subject.n || usual) now->subject = kind_of(a, now->kind_id)->name;
}

/* Of a client's deal it is the client's request.  A deal that goes to another client later, or a kind that is another
 * one's since, is nothing that whoever answers could mend. */
static void client_judge(Asking *a, ptrdiff_t i, Asked *now, const Asked *was)
{
    ptrdiff_t at = now->deal_id ? ids_at(&a->deal, now->deal_id) : -1;
    int64_t   client = at < 0 ? 0 : a->clients[at];
    bool      same = was && was->client_id == now->client_id && was->deal_id == now->deal_id;
    if (same && was->kind_id == now->kind_id) return;
    if (!now->client_id) now->client_id = client;
    else if (client && client != now->client_id) FAIL(a, i, "deal_id", "request.deal_of_another");
    if (!now->client_id && kind_of(a, now->kind_id)->side == REQUEST_OF_CLIENT)
        FAIL(a, i, "client_id", "request.which_client");
}

/* The door makes what names nobody its maker's (entity/owners.h): of a request he is the author, and the queue has it.
 */
static void maker_is_author(const Asking *a, Asked *now, const Asked *was)
{
    bool named = now->author_id || now->queue_id || now->client_id;
    if (!was && !named && now->performer_id == a->w->actor) now->performer_id = 0;
}

/* Another kind brings its own standard where who asked says so, or who may set terms: it is no way to be late later. */
static bool terms_follow(const Asking *a, const Asked *was)
{
    return is_history(a->s) || is_author(a, was) || access_scope(a->w->who, "request", "term") != SCOPE_NONE;
}

static void made(const Asking *a, Asked *now, const Asked *was)
{
    const Kind *kind = kind_of(a, now->kind_id), *before = was ? kind_of(a, was->kind_id) : NULL;
    bool        other = was && was->kind_id != now->kind_id;
    if (!now->queue_id || (other && now->queue_id == before->queue)) now->queue_id = kind->queue;
    bool        follows = other && str_eq(now->term, was->term) && str_eq(was->term, before->term);
    if (!now->term.n || (follows && terms_follow(a, was))) now->term = kind->term;
    if (!was && !now->author_id && !is_history(a->s)) now->author_id = a->w->actor;
    if (now->asked_at == NONE) now->asked_at = a->w->now;
    if (now->returned == NONE) now->returned = 0;
    if (now->level == NONE) now->level = 0;
}

/* ---- its term ---- */

/* The standard is kept but by who may say otherwise, and says why. */
static void term_judge(Asking *a, ptrdiff_t i, const Asked *now, const Asked *was)
{
    const Kind *kind = kind_of(a, now->kind_id);
    bool        usual = str_eq(now->term, kind->term), same = was && str_eq(was->term, now->term);
    bool        other = was && was->kind_id != now->kind_id;
    if (is_history(a->s) || same || (usual && !was) || (usual && other && terms_follow(a, was))) return;
    if (access_scope(a->w->who, "request", "term") == SCOPE_NONE) FAIL(a, i, "term", "request.term_denied");
    else if (!now->term_why.n || (was && str_eq(was->term_why, now->term_why)))
        FAIL(a, i, "term_why", "request.term_why_missing");
}

static Err calendar_need(Asking *a) { return a->zone ? OK : firm_calendar(a->w, &a->calendar, &a->zone); }

static Err due_set(Asking *a, ptrdiff_t i, Asked *now, const Asked *was)
{
    CalendarSpan  term;
    CalendarFault fault;
    if (was && str_eq(was->term, now->term) && was->asked_at == now->asked_at) return OK;
    if (!now->term.n || !span_read(now->term, &term, &fault)) return OK;
    if (term.n < 1) FAIL(a, i, "term", "request_kind.no_time");
    TRY(calendar_need(a));
    now->due_at = calendar_plus(&a->calendar, a->zone, now->asked_at, term);
    if (now->due_at == NONE) FAIL(a, i, "term", "request.term_too_long");
    return OK;
}

/* ---- its way ---- */

/* Who is named takes it, and who takes it is named. */
static void holder_set(const Asking *a, Asked *now, const Asked *was)
{
    C_choice before = was ? was->state : REQUEST_WAITING;
    bool     moved = was && was->state != now->state;
    if (now->state == REQUEST_WAITING && moved && was->performer_id == now->performer_id) now->performer_id = 0;
    if (now->state == REQUEST_TAKEN && !now->performer_id)
        moved ? (now->performer_id = a->w->actor) : (now->state = REQUEST_WAITING);
    if (now->state == REQUEST_ANSWERED && before != REQUEST_ANSWERED && !now->performer_id && !is_history(a->s))
        now->performer_id = a->w->actor;
    if (now->state == REQUEST_WAITING && now->performer_id) now->state = REQUEST_TAKEN;
}

typedef enum { NOBODY, AUTHOR, SERVICE, EITHER } Mover;

/* From the state of the row to that of the column, in the order of RequestState. */
static const Mover movers[6][6] = {
    [REQUEST_WAITING] = { [REQUEST_TAKEN] = SERVICE, [REQUEST_ANSWERED] = SERVICE, [REQUEST_CANCELLED] = EITHER },
    [REQUEST_TAKEN] = { [REQUEST_WAITING] = SERVICE, [REQUEST_ANSWERED] = SERVICE, [REQUEST_CANCELLED] = EITHER },
    [REQUEST_ANSWERED] = { [REQUEST_TAKEN] = AUTHOR, [REQUEST_ACCEPTED] = AUTHOR },
    [REQUEST_ACCEPTED] = { [REQUEST_TAKEN] = AUTHOR },
    [REQUEST_CANCELLED] = { [REQUEST_WAITING] = AUTHOR, [REQUEST_TAKEN] = AUTHOR },
};

static bool may_move(Asking *a, ptrdiff_t i, const Asked *now, const Asked *was)
{
    Mover mover = movers[was->state][now->state];
    bool  author = is_author(a, was), service = is_service(a, was);
    if (mover == NOBODY) FAIL(a, i, "state", "request.no_way");
    else if (mover == AUTHOR && !author) FAIL(a, i, "state", "request.authors");
    else if (mover == SERVICE && !service) FAIL(a, i, "state", "request.services");
    else if (mover == EITHER && !author && !service) FAIL(a, i, "state", "request.cancels");
    else return true;
    return false;
}

/* By this it comes to another, or has come from another: of another kind it goes by itself to that one's service, and
 * called back to wait it leaves whoever had it. */
static bool is_given(const Asking *a, const Asked *now, const Asked *was)
{
    bool routed = was->kind_id != now->kind_id && now->queue_id == kind_of(a, now->kind_id)->queue;
    bool freed = was->state == REQUEST_CANCELLED && now->state == REQUEST_WAITING && !now->performer_id;
    return (was->performer_id != now->performer_id && !freed) || (was->queue_id != now->queue_id && !routed);
}

/* It is given to nobody who has left; what he has already stays with him until somebody takes it. */
static void holder_judge(Asking *a, ptrdiff_t i, const Asked *now, const Asked *was)
{
    bool anew = !was || was->performer_id != now->performer_id;
    if (anew && request_is_open(now->state) && ids_at(&a->gone, now->performer_id) >= 0)
        FAIL(a, i, "performer_id", "request.performer_gone");
}

/* A reason is given for this step, not for an earlier one: that goes with the next answer. */
static void move_judge(Asking *a, ptrdiff_t i, Asked *now, const Asked *was)
{
    bool moved = !was || was->state != now->state;
    bool back = was && moved && (was->state == REQUEST_ANSWERED || was->state == REQUEST_ACCEPTED) &&
                now->state == REQUEST_TAKEN;
    if (was && moved && !may_move(a, i, now, was)) return;
    if (!was && now->state == REQUEST_ACCEPTED && !is_history(a->s)) FAIL(a, i, "state", "request.no_way");
    if (was && is_given(a, now, was) && !is_service(a, was)) FAIL(a, i, "performer_id", "request.services");
    if (was && was->author_id != now->author_id && !is_author(a, was)) FAIL(a, i, "author_id", "request.authors_own");
    if (was && !str_eq(was->answer, now->answer) && !is_service(a, was)) FAIL(a, i, "answer", "request.services");
    if (now->state == REQUEST_ANSWERED && !now->answer.n) FAIL(a, i, "answer", "request.answer_missing");
    if (back && !now->reason.n) FAIL(a, i, "reason", "request.return_why");
    if (moved && now->state == REQUEST_CANCELLED && !now->reason.n) FAIL(a, i, "reason", "request.cancel_why");
    if (moved && !back && now->state != REQUEST_CANCELLED) now->reason = (Str){ 0 };
    now->returned += back;
}

/* An import brings them; else they are when it happened. */
static void moments_set(const Asking *a, Asked *now, const Asked *was)
{
    bool moved = !was || was->state != now->state;
    if (now->state == REQUEST_WAITING) now->taken_at = NONE;
    else if (now->taken_at == NONE && now->performer_id) now->taken_at = a->w->now;
    if (request_is_open(now->state)) now->answered_at = NONE;
    else if (now->answered_at == NONE && now->state != REQUEST_CANCELLED) now->answered_at = a->w->now;
    if (now->state < REQUEST_ACCEPTED) now->closed_at = NONE;
    else if (moved && now->closed_at == NONE) now->closed_at = a->w->now;
}

/* With another term it is late anew; returned, or with another holder, there is another term until the next step.  The
 * levels that it has come to stay. */
static Err escalation_set(Asking *a, Asked *now, const Asked *was)
{
    CalendarSpan  term;
    CalendarFault fault;
    bool          open = request_is_open(now->state) && now->base.archived_at == NONE && a->s->archive <= 0;
    bool rests = was && request_is_open(was->state) && was->performer_id == now->performer_id && !a->s->archive;
    if (!open) now->escalate_at = NONE;
    else if (!was || was->due_at != now->due_at || (!now->level && now->escalate_at == NONE && !rests))
        now->escalate_at = now->due_at;
    else if (now->escalate_at == NONE && !rests && span_read(now->term, &term, &fault)) {
        TRY(calendar_need(a));
        now->escalate_at = calendar_plus(&a->calendar, a->zone, a->w->now, term);
    }
    return OK;
}

/* ---- the whole ---- */

static Err request_judge(Asking *a, ptrdiff_t i)
{
    Asked       *now = a->s->now[i];
    const Asked *was = a->s->was[i];
    if (!is_history(a->s)) maker_is_author(a, now, was);
    title_set(a, now, was);
    made(a, now, was);
    client_judge(a, i, now, was);
    holder_set(a, now, was);
    if (!is_history(a->s)) holder_judge(a, i, now, was);
    if (!is_history(a->s)) move_judge(a, i, now, was);
    term_judge(a, i, now, was);
    TRY(due_set(a, i, now, was));
    moments_set(a, now, was);
    return escalation_set(a, now, was);
}

Err request_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    Asking    a = { .w = w, .s = s };
    TRY(kinds_read(&a));
    TRY(deals_read(&a));
    if (!is_history(s)) TRY(actor_read(&a));
    if (!is_history(s)) TRY(gone_read(&a));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        if (at_rest(s, s->now[i])) TRY(escalation_set(&a, s->now[i], s->was[i]));
        else TRY(request_judge(&a, i));
    }
    TRY(hand_over_rule(w, s));
    return w->problems.count > before ? INVALID : OK;
}
