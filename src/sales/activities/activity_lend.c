/* Whoever is given work about a client that he does not see is lent that client, to look at, until a week after the
 * work is due: so he sees exactly the card he is to deal with.  Of work that waits for a role each who holds it is.
 * Whom somebody has lent it to work with keeps that as it was said.
 *
 * It is lent in the name of whoever gives the work, as far as that one sees the client by his own role: what is had by
 * a loan is lent on by nobody. */
#include "sales/activities/activities_inside.h"
#include "sales/activities/activities_sql.h"

#include "access/access.h"
#include "core/words.h"
#include "entity/ids.h"
#include "entity/lend.h"
#include "entity/reach.h"
#include "sales/parties/parties.h"

enum { LOANS_MOST = 2000 };
#define LENT_AFTER_MS (INT64_C(7) * 24 * 3600 * 1000)

/* It has come to somebody by this save, or is about another client, or lasts longer. */
static bool is_given(const Work *w, const Saving *s, ptrdiff_t i)
{
    const Activity *now = s->now[i], *was = s->was[i];
    if ((!now->performer_id && !now->queue_id) || !now->client_id || now->performer_id == w->actor) return false;
    if (now->state != ACTIVITY_OPEN || now->base.archived_at != NONE) return false;
    return !was || was->performer_id != now->performer_id || was->queue_id != now->queue_id ||
           was->client_id != now->client_id || was->due_at != now->due_at || was->state != now->state;
}

/* The clients of these that the actor has in sight as himself. */
static Err lendable(Work *w, const Saving *s, Ids *out)
{
    Ids       ids = ids_new(w->mem, s->n);
    ptrdiff_t n;
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (is_given(w, s, i)) ids_put(&ids, ((const Activity *)s->now[i])->client_id, 0);
    int64_t *all = ids_all(w->mem, &ids, &n);
    bool    *in = NEW_N(w->mem, bool, n);
    *out = ids_new(w->mem, n);
    if (n) TRY(reach_rows_himself(w, w->scratch, &client_entity, "view", all, n, in));
    for (ptrdiff_t k = 0; k < n; k++)
        if (in[k]) ids_put(out, all[k], k);
    return OK;
}

/* Those of the batch whose performers do not see the client yet, or not for so long. */
static Err unseen_lend(Work *w, const int64_t *ids, ptrdiff_t n)
{
    Rows      rows;
    Loan     *loans = NEW_N(w->mem, Loan, LOANS_MOST);
    ptrdiff_t count = 0;
    TRY(db_query(w->db, SQL_ACTIVITY_UNSEEN,
                 VALS(val_ids(ids, n), val_int(w->now), val_int(LENT_AFTER_MS), val_int(LOANS_MOST)), &rows));
    for (; rows_next(&rows); count++)
        loans[count] = (Loan){ .entity = "client",
                               .record = row_int(&rows, 0),
                               .user = row_int(&rows, 1),
                               .until = row_int(&rows, 2),
                               .level = LENT_TO_LOOK,
                               .why = str_of(words_text(work_lang(w), "activity.lent")) };
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < count; i++) TRY(record_lend(w, &client_entity, &loans[i]));
    return OK;
}

Err activities_lend(Work *w, const Event *event)
{
    const Saving *s = event->what;
    Ids           clients;
    if (s->bulk) return OK;
    TRY(lendable(w, s, &clients));
    int64_t  *ids = NEW_RAW(w->mem, int64_t, s->n);
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Activity *a = s->now[i];
        if (is_given(w, s, i) && ids_at(&clients, a->client_id) >= 0) ids[n++] = a->base.id;
    }
    return n ? unseen_lend(w, ids, n) : OK;
}
