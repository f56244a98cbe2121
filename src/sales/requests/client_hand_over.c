/* A client is offered to a service by a request of a kind that hands over, and is its performer's when that answers it,
 * which is to accept: until then it stays whose it was, so it is one person's at any time.
 *
 * It is offered by who may change the client, once at a time, with every line of the kind's list ticked; accepted it
 * does not come back by being returned, since it is another's by then; given to another meanwhile, it is offered no
 * more.  Which client that is, is kept beside: what an undo, an import or a merge has put in its place was never
 * offered.  Whoever may accept it is lent the client to look at as long as it is offered, in the name of who offers
 * it. */
#include "access/access.h"
#include "core/words.h"
#include "entity/ids.h"
#include "entity/lend.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "sales/parties/parties.h"
#include "sales/requests/requests.h"
#include "sales/requests/requests_sql.h"

typedef struct {
    Ids kinds; /* those that hand over -> place in .checklist */
    Str *checklist;
} Handing;

static Err handing_read(Work *w, const Saving *s, Handing *h)
{
    Ids       ids = ids_new(w->mem, 2 * s->n);
    ptrdiff_t n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Asked *now = s->now[i], *was = s->was[i];
        if (now->kind_id) ids_put(&ids, now->kind_id, 0);
        if (was && was->kind_id) ids_put(&ids, was->kind_id, 0);
    }
    int64_t *all = ids_all(w->mem, &ids, &n);
    *h = (Handing){ .kinds = ids_new(w->mem, n), .checklist = NEW_N(w->mem, Str, n) };
    if (!n) return OK;
    TRY(db_query(w->db, SQL_REQUEST_KINDS_HANDING, VALS(val_ids(all, n)), &rows));
    while (rows_next(&rows)) {
        h->checklist[h->kinds.n] = row_null(&rows, 1) ? (Str){ 0 } : str_copy(w->mem, row_text(&rows, 1));
        ids_put(&h->kinds, row_int(&rows, 0), h->kinds.n);
    }
    return rows_end(&rows);
}

static bool hands_over(const Handing *h, const Asked *a) { return a->kind_id && ids_at(&h->kinds, a->kind_id) >= 0; }

/* ---- offered ---- */

static bool among_lines(Str lines, Str line)
{
    while (lines.n)
        if (str_eq(str_trim(str_cut(&lines, '\n')), line)) return true;
    return false;
}

/* "contract; contacts": the lines of the list that are not ticked. */
static Str unchecked(Work *w, Str list, Str checked)
{
    Buf b = buf_new(w->mem, 200);
    while (list.n) {
        Str line = str_trim(str_cut(&list, '\n'));
        if (!line.n || among_lines(checked, line)) continue;
        if (b.len) buf_c(&b, "; ");
        buf_put(&b, line);
    }
    return buf_str(&b);
}

/* Is it by this save that the client is offered?  So it is by what calls an offer back to life, and by an answer that
 * is about another client than was offered. */
static bool is_offered(const Handing *h, const Saving *s, ptrdiff_t i)
{
    const Asked *now = s->now[i], *was = s->was[i];
    bool         open = request_is_open(now->state);
    if (!open && now->state != REQUEST_ANSWERED) return false;
    return !was || !hands_over(h, was) || was->client_id != now->client_id || !str_eq(was->checked, now->checked) ||
           (open && (!request_is_open(was->state) || s->archive < 0));
}

/* To answer is to take over what was offered, and nothing else. */
static void answer_judge(Work *w, Saving *s, ptrdiff_t i)
{
    const Asked *now = s->now[i], *was = s->was[i];
    if (now->state == REQUEST_ANSWERED && was && was->state != REQUEST_ANSWERED && now->offered != now->client_id)
        saving_fail(w, s, i, INVALID, "client_id", "request.not_offered");
}

static void list_judge(Work *w, Saving *s, ptrdiff_t i, const Handing *h)
{
    const Asked *now = s->now[i];
    Str          open = unchecked(w, h->checklist[ids_at(&h->kinds, now->kind_id)], now->checked);
    if (open.n) saving_fail(w, s, i, INVALID, "checked", "request.not_checked", arg_text("lines", open));
}

static bool goes_on(Work *w, Saving *s, ptrdiff_t i)
{
    const Asked *now = s->now[i], *was = s->was[i];
    bool         back = was && was->state >= REQUEST_ANSWERED && was->state < REQUEST_CANCELLED &&
                now->state != was->state && now->state != REQUEST_ACCEPTED;
    bool refused = back || (!was && now->state >= REQUEST_ANSWERED);
    if (refused) saving_fail(w, s, i, INVALID, "state", "request.no_way");
    return !refused;
}

static Err clients_judge(Work *w, Saving *s, const Ids *offered)
{
    ptrdiff_t n;
    int64_t  *ids = ids_all(w->mem, offered, &n);
    bool     *in = NEW_N(w->mem, bool, n);
    Ids       place = ids_new(w->mem, n), under_way = ids_new(w->mem, n);
    Rows      rows;
    if (!n) return OK;
    TRY(reach_rows(w, w->scratch, &client_entity, "change", ids, n, in));
    for (ptrdiff_t k = 0; k < n; k++) ids_put(&place, ids[k], k);
    TRY(db_query(w->db, SQL_REQUEST_CLIENTS_OFFERED, VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) ids_put(&under_way, row_int(&rows, 0), row_int(&rows, 1));
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Asked *now = s->now[i];
        ptrdiff_t    k = now->client_id ? ids_at(&place, now->client_id) : -1, at;
        if (k < 0) continue;
        at = ids_at(&under_way, now->client_id);
        if (!in[k]) saving_fail(w, s, i, INVALID, "client_id", "request.not_yours_to_hand");
        else if (at >= 0 && at != now->base.id) saving_fail(w, s, i, INVALID, "client_id", "request.handed_already");
    }
    return OK;
}

Err hand_over_rule(Work *w, Saving *s)
{
    Handing h;
    Ids     offered = ids_new(w->mem, s->n);
    if (s->bulk || s->trusted) return OK;
    TRY(handing_read(w, s, &h));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Asked *now = s->now[i];
        if (!hands_over(&h, now) || s->archive > 0) continue;
        if (!goes_on(w, s, i)) continue;
        if (!is_offered(&h, s, i)) {
            answer_judge(w, s, i);
            continue;
        }
        now->offered = now->client_id;
        list_judge(w, s, i, &h);
        if (!now->client_id) saving_fail(w, s, i, INVALID, "client_id", "request.which_client_goes");
        else if (!ids_put(&offered, now->client_id, i))
            saving_fail(w, s, i, INVALID, "client_id", "request.handed_already");
    }
    return clients_judge(w, s, &offered);
}

/* ---- lent ---- */

enum { LOANS_MOST = 500 };

static Err lend(Work *w, Str sql, const int64_t *ids, ptrdiff_t n, Moment until)
{
    Loan     *loan = NEW_RAW(w->mem, Loan, LOANS_MOST);
    ptrdiff_t count = 0;
    bool      over = until != LENT_WHILE_OPEN;
    Rows      rows;
    if (!n) return OK;
    TRY(over ? db_query(w->db, sql, VALS(val_ids(ids, n), val_int(until), val_int(LOANS_MOST)), &rows)
             : db_query(w->db, sql, VALS(val_ids(ids, n), val_int(LOANS_MOST)), &rows));
    while (count < LOANS_MOST && rows_next(&rows))
        loan[count++] = (Loan){ .entity = "client",
                                .cause = row_int(&rows, 0),
                                .user = row_int(&rows, 1),
                                .record = row_int(&rows, 2),
                                .until = until,
                                .level = LENT_TO_LOOK,
                                .why = str_of(words_text(work_lang(w), "request.lent")) };
    TRY(rows_end(&rows));
    return record_lend(w, &client_entity, loan, count);
}

/* Of these requests those whose client the actor sees as himself: what he has by a loan he lends to nobody. */
static Err lendable(Work *w, const Saving *s, int64_t *ids, ptrdiff_t *n)
{
    int64_t *client = NEW_RAW(w->mem, int64_t, s->n);
    bool    *in = NEW_N(w->mem, bool, s->n);
    Ids      asked = ids_new(w->mem, *n);
    ptrdiff_t count = 0, kept = 0;
    for (ptrdiff_t k = 0; k < *n; k++) ids_put(&asked, ids[k], k);
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Asked *now = s->now[i];
        if (ids_at(&asked, now->base.id) < 0) continue;
        ids[count] = now->base.id;
        client[count++] = now->client_id;
    }
    if (count) TRY(reach_rows_himself(w, w->scratch, &client_entity, "view", client, count, in));
    for (ptrdiff_t k = 0; k < count; k++)
        if (in[k]) ids[kept++] = ids[k];
    *n = kept;
    return OK;
}

static Err loans_follow(Work *w, const Saving *s, const Handing *h)
{
    int64_t  *begun = NEW_RAW(w->mem, int64_t, s->n), *over = NEW_RAW(w->mem, int64_t, s->n);
    ptrdiff_t n = 0, ended = 0;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Asked *now = s->now[i], *was = s->was[i];
        bool         open = request_is_open(now->state) && !s->archive && now->base.archived_at == NONE;
        bool         offered = open && now->client_id && hands_over(h, now);
        bool         before = was && was->client_id && hands_over(h, was);
        bool         same = before && was->client_id == now->client_id;
        if (offered && !same) begun[n++] = now->base.id;
        if (before && !(offered && same)) over[ended++] = now->base.id;
    }
    TRY(lend(w, SQL_REQUEST_LENT, over, ended, w->now));
    TRY(lendable(w, s, begun, &n));
    return lend(w, SQL_REQUEST_UNSEEN, begun, n, LENT_WHILE_OPEN);
}

/* ---- accepted ---- */

static bool is_accepted(const Handing *h, const Asked *now, const Asked *was)
{
    return hands_over(h, now) && now->client_id && now->performer_id && now->state == REQUEST_ANSWERED && was &&
           was->state != REQUEST_ANSWERED;
}

static Err clients_give(Work *w, const Saving *s, const Ids *given)
{
    SaveHow   how = { .trusted = true, .work = s->work };
    ptrdiff_t n, kept = 0;
    int64_t  *ids = ids_all(w->mem, given, &n);
    Client   *c = NEW_RAW(w->mem, Client, n);
    bool     *found = NEW_N(w->mem, bool, n);
    if (!n) return OK;
    TRY(record_fetch(w, &client_entity, ids, n, false, c, found));
    for (ptrdiff_t k = 0; k < n; k++) {
        if (!found[k]) continue;
        c[kept] = c[k];
        c[kept++].keeper_id = ((const Asked *)s->now[ids_at(given, ids[k])])->performer_id;
    }
    return kept ? record_save_many(w, &client_entity, c, kept, &how) : OK;
}

static Err request_saved(Work *w, const Event *event)
{
    const Saving *s = event->what;
    Handing       h;
    Ids           given = ids_new(w->mem, s->n);
    if (s->bulk) return OK;
    TRY(handing_read(w, s, &h));
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (is_accepted(&h, s->now[i], s->was[i])) ids_put(&given, ((const Asked *)s->now[i])->client_id, i);
    TRY(clients_give(w, s, &given));
    return loans_follow(w, s, &h);
}

/* ---- overtaken ---- */

static Err offers_cancel(Work *w, const Saving *s, const int64_t *clients, ptrdiff_t n)
{
    SaveHow   how = { .trusted = true, .work = s->work };
    int64_t  *ids = NEW_RAW(w->mem, int64_t, n);
    Asked    *list = NEW_RAW(w->mem, Asked, n);
    bool     *found = NEW_N(w->mem, bool, n);
    Buf       why = buf_new(w->mem, 200);
    ptrdiff_t met;
    SAY(&why, ((Voice){ .lang = work_lang(w) }), "request.client_went");
    do {
        Rows rows;
        met = 0;
        TRY(db_query(w->db, SQL_REQUEST_OFFERS_OF, VALS(val_ids(clients, n), val_int(n)), &rows));
        while (met < n && rows_next(&rows)) ids[met++] = row_int(&rows, 0);
        TRY(rows_end(&rows));
        if (!met) return OK;
        TRY(record_fetch(w, &request_entity, ids, met, false, list, found));
        for (ptrdiff_t i = 0; i < met; i++) list[i].state = REQUEST_CANCELLED, list[i].reason = buf_str(&why);
        TRY(record_save_many(w, &request_entity, list, met, &how));
    } while (met == n);
    return OK;
}

/* What was offered by whoever had the client is not accepted from whoever has it now: he offers it himself. */
static Err client_went(Work *w, const Event *event)
{
    const Saving *s = event->what;
    int64_t      *ids = NEW_RAW(w->mem, int64_t, s->n);
    ptrdiff_t     n = 0;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Client *now = s->now[i], *was = s->was[i];
        if (was && was->keeper_id != now->keeper_id) ids[n++] = now->base.id;
    }
    return n ? offers_cancel(w, s, ids, n) : OK;
}

const Handler requests_handlers[] = {
    { .event = "request.saved", .handle = request_saved },
    { .event = "client.saved", .handle = client_went },
    { 0 },
};
