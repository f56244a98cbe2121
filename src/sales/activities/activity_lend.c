/* Whoever is given work about a client that he does not see is lent that client, to look at, for that work: as long as
 * it is open and a week after it was answered.  So he sees exactly the card he is to deal with.  Of work that waits for
 * a role each who holds it is.  When the work goes to another or is called off, the loan goes at once; the next contact
 * that he sets in answering keeps the client in his sight.
 *
 * It is lent in the name of whoever gives the work, as far as that one sees the client by his own role: what is had by
 * a loan is lent on by nobody.  However many they are, it is some statements a portion of LOANS_AT_ONCE. */
#include "sales/activities/activities_inside.h"
#include "sales/activities/activities_sql.h"

#include "access/access.h"
#include "core/words.h"
#include "entity/ids.h"
#include "entity/lend.h"
#include "entity/reach.h"
#include "sales/parties/parties.h"

enum { LOANS_AT_ONCE = 500 };
#define LENT_AFTER_MS (INT64_C(7) * 24 * 3600 * 1000)

typedef struct {
    int64_t cause, user; /* of the last one met */
} Met;

static bool is_open(const Activity *a) { return a->state == ACTIVITY_OPEN && a->base.archived_at == NONE; }

/* Does what is lent for it depend on what this save changed? */
static bool is_moved(const Saving *s, ptrdiff_t i)
{
    const Activity *now = s->now[i], *was = s->was[i];
    if (!was) return now->client_id != 0;
    return s->archive || was->performer_id != now->performer_id || was->queue_id != now->queue_id ||
           was->client_id != now->client_id || was->state != now->state || was->done_at != now->done_at;
}

/* It has come to somebody else than the actor by this save, or is about another client. */
static bool is_given(const Work *w, const Saving *s, ptrdiff_t i)
{
    const Activity *now = s->now[i];
    if ((!now->performer_id && !now->queue_id) || !now->client_id || now->performer_id == w->actor) return false;
    return is_open(now) && is_moved(s, i);
}

static Loan loan_of(Work *w, const Rows *row, Moment until)
{
    return (Loan){ .entity = "client",
                   .cause = row_int(row, 0),
                   .user = row_int(row, 1),
                   .record = row_int(row, 2),
                   .until = until,
                   .level = LENT_TO_LOOK,
                   .why = str_of(words_text(work_lang(w), "activity.lent")) };
}

/* Those that the statement names, portion by portion. */
static Err portions_lend(Work *w, Str sql, const int64_t *ids, ptrdiff_t n, Moment until)
{
    Loan     *loan = NEW_RAW(w->mem, Loan, LOANS_AT_ONCE);
    Met       met = { 0 };
    ptrdiff_t count;
    do {
        Rows rows;
        count = 0;
        TRY(db_query(w->db, sql, VALS(val_ids(ids, n), val_int(met.cause), val_int(met.user), val_int(LOANS_AT_ONCE)),
                     &rows));
        while (count < LOANS_AT_ONCE && rows_next(&rows)) loan[count++] = loan_of(w, &rows, until);
        TRY(rows_end(&rows));
        TRY(record_lend(w, &client_entity, loan, count));
        if (count) met = (Met){ loan[count - 1].cause, loan[count - 1].user };
    } while (count == LOANS_AT_ONCE);
    return OK;
}

/* One who answers is lent it for one next contact at most. */
static Err next_lend(Work *w, const int64_t *ids, ptrdiff_t n)
{
    Loan     *loan = NEW_RAW(w->mem, Loan, n);
    ptrdiff_t count = 0;
    Rows      rows;
    TRY(db_query(w->db, SQL_ACTIVITY_NEXT_LENT, VALS(val_ids(ids, n)), &rows));
    while (count < n && rows_next(&rows)) loan[count++] = loan_of(w, &rows, LENT_WHILE_OPEN);
    TRY(rows_end(&rows));
    return record_lend(w, &client_entity, loan, count);
}

/* Of these activities about clients those whose client the actor has in sight as himself. */
static Err lendable(Work *w, const int64_t *clients, ptrdiff_t n, bool *out)
{
    Ids       ids = ids_new(w->mem, n);
    ptrdiff_t count;
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&ids, clients[i], 0);
    int64_t *all = ids_all(w->mem, &ids, &count);
    bool    *in = NEW_N(w->mem, bool, count);
    Ids      at = ids_new(w->mem, count);
    if (count) TRY(reach_rows_himself(w, w->scratch, &client_entity, "view", all, count, in));
    for (ptrdiff_t k = 0; k < count; k++) ids_put(&at, all[k], k);
    for (ptrdiff_t i = 0; i < n; i++) out[i] = in[ids_at(&at, clients[i])];
    return OK;
}

static Err given_lend(Work *w, const Saving *s)
{
    int64_t  *ids = NEW_RAW(w->mem, int64_t, s->n), *clients = NEW_RAW(w->mem, int64_t, s->n);
    bool     *in = NEW_N(w->mem, bool, s->n);
    ptrdiff_t n = 0, lent = 0;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Activity *a = s->now[i];
        if (!is_given(w, s, i)) continue;
        ids[n] = a->base.id;
        clients[n++] = a->client_id;
    }
    TRY(lendable(w, clients, n, in));
    for (ptrdiff_t i = 0; i < n; i++)
        if (in[i]) ids[lent++] = ids[i];
    return lent ? portions_lend(w, SQL_ACTIVITY_UNSEEN, ids, lent, LENT_WHILE_OPEN) : OK;
}

Err activities_lend(Work *w, const Event *event)
{
    const Saving *s = event->what;
    int64_t      *ids = NEW_RAW(w->mem, int64_t, s->n);
    ptrdiff_t     n = 0;
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (s->was[i] && is_moved(s, i)) ids[n++] = ((const Activity *)s->now[i])->base.id;
    if (n) {
        TRY(next_lend(w, ids, n));
        TRY(portions_lend(w, SQL_LOANS_OVER, ids, n, w->now));
        TRY(db_run(w->db, SQL_LOANS_LAST, VALS(val_ids(ids, n), val_int(LENT_WHILE_OPEN), val_int(LENT_AFTER_MS)),
                   NULL));
    }
    return given_lend(w, s);
}

/* What is gone is no work any more. */
Err activities_unlend(Work *w, const Event *event)
{
    const Removed *gone = event->what;
    return portions_lend(w, SQL_LOANS_OVER, gone->ids, gone->n, w->now);
}

/* The clients have another keeper: whoever has still work there must see them by something else. */
Err activities_lend_at(Work *w, const int64_t *clients, ptrdiff_t n)
{
    enum { AT_ONCE = 1000 };
    int64_t  *ids = NEW_RAW(w->mem, int64_t, AT_ONCE), *seen = NEW_RAW(w->mem, int64_t, n);
    bool     *in = NEW_N(w->mem, bool, n);
    ptrdiff_t count = 0, lent = 0;
    TRY(lendable(w, clients, n, in));
    for (ptrdiff_t i = 0; i < n; i++)
        if (in[i]) seen[lent++] = clients[i];
    if (lent == 0) return OK;
    do {
        int64_t beyond = count ? ids[count - 1] : 0;
        Rows    rows;
        count = 0;
        TRY(db_query(w->db, SQL_ACTIVITIES_OPEN_OF, VALS(val_ids(seen, lent), val_int(beyond), val_int(AT_ONCE)),
                     &rows));
        while (count < AT_ONCE && rows_next(&rows)) ids[count++] = row_int(&rows, 0);
        TRY(rows_end(&rows));
        if (count) TRY(portions_lend(w, SQL_ACTIVITY_UNSEEN, ids, count, LENT_WHILE_OPEN));
    } while (count == AT_ONCE);
    return OK;
}
