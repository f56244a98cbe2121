/* A client that is handed over takes its open work along: what the one before had to do there is the new keeper's.
 *
 * In the same transaction and under the same work, so that an undo takes both back.  Who hands it over may say that the
 * work stays ("_leave": true); what others have to do there stays theirs in any case.  Where a client goes straight
 * back to whom it came from, the very activities that came with it go back, and no others. */
#include "sales/activities/activities_inside.h"
#include "sales/activities/activities_sql.h"

#include "entity/check.h"
#include "entity/ids.h"
#include "entity/record.h"
#include "sales/parties/parties.h"

enum { FOLLOW_AT_ONCE = 200 };

typedef struct {
    const Saving *s;
    Ids           place; /* client -> place in the save */
    Ids           before; /* their former keepers        */
    Ids           back; /* clients that go back to whom they came from, by these works */
    int64_t      *works;
    ptrdiff_t     work_count;
    int64_t       followed;
} Handing;

static const Client *now_of(const Handing *h, int64_t client) { return h->s->now[ids_at(&h->place, client)]; }
static const Client *was_of(const Handing *h, int64_t client) { return h->s->was[ids_at(&h->place, client)]; }

static bool is_handed(const Saving *s, ptrdiff_t i)
{
    const Client *now = s->now[i], *was = s->was[i];
    return was && was->keeper_id && was->keeper_id != now->keeper_id;
}

static int64_t keeper_said(const Json *pair, bool now)
{
    const Json *at = pair && pair->kind == JSON_IS_ARRAY && pair->count == 2 ? pair->first : NULL;
    int64_t     id = 0;
    if (at && now) at = at->next;
    return at && at->kind == JSON_IS_TEXT && str_i64(at->text, &id) ? id : 0;
}

/* The last thing that became of it was that it went from whom it goes to now to whom it is taken from. */
static bool goes_back(Work *w, const Handing *h, int64_t client, Str diff)
{
    Problems    unheard = { .mem = w->mem };
    const Json *said = NULL;
    if (!diff.n || json_read(w->mem, diff, (JsonLimits){ 0 }, &unheard, &said) != OK) return false;
    const Json *pair = json_get(said, "keeper_id");
    return keeper_said(pair, false) == now_of(h, client)->keeper_id &&
           keeper_said(pair, true) == was_of(h, client)->keeper_id;
}

static Err back_find(Work *w, Handing *h, const int64_t *clients, ptrdiff_t n)
{
    Ids  works = ids_new(w->mem, n);
    Rows rows;
    h->back = ids_new(w->mem, n);
    TRY(db_query(w->db, SQL_KEEPERS_BEFORE, VALS(val_ids(clients, n)), &rows));
    while (rows_next(&rows))
        if (goes_back(w, h, row_int(&rows, 0), row_text(&rows, 2)) && ids_put(&h->back, row_int(&rows, 0), 0))
            ids_put(&works, row_int(&rows, 1), 0);
    h->works = ids_all(w->mem, &works, &h->work_count);
    return rows_end(&rows);
}

/* ---- a portion ---- */

typedef struct {
    int64_t   id[FOLLOW_AT_ONCE], client[FOLLOW_AT_ONCE];
    ptrdiff_t n;
} Portion;

/* Of clients that go back those that came with them. */
static Err others_stay(Work *w, const Handing *h, Portion *p)
{
    Ids       came = ids_new(w->mem, p->n);
    ptrdiff_t n = 0;
    Rows      rows;
    if (!h->work_count || !p->n) return OK;
    TRY(db_query(w->db, SQL_WORKS_FOLLOWED, VALS(val_ids(h->works, h->work_count), val_ids(p->id, p->n)), &rows));
    while (rows_next(&rows)) ids_put(&came, row_int(&rows, 0), 0);
    for (ptrdiff_t i = 0; i < p->n; i++)
        if (ids_at(&h->back, p->client[i]) < 0 || ids_at(&came, p->id[i]) >= 0) p->id[n++] = p->id[i];
    p->n = n;
    return rows_end(&rows);
}

static Err portion_save(Work *w, Handing *h, const int64_t *ids, ptrdiff_t n)
{
    SaveHow   how = { .trusted = true, .work = h->s->work, .bulk = h->s->bulk };
    Activity *activity = NEW_RAW(w->mem, Activity, n);
    bool     *found = NEW_N(w->mem, bool, n);
    TRY(record_fetch(w, &activity_entity, ids, n, false, activity, found));
    for (ptrdiff_t i = 0; i < n; i++) activity[i].performer_id = now_of(h, activity[i].client_id)->keeper_id;
    h->followed += n;
    return record_save_many(w, &activity_entity, activity, n, &how);
}

static Err portions_save(Work *w, Handing *h, const int64_t *clients, ptrdiff_t n)
{
    ptrdiff_t people, met;
    int64_t  *before = ids_all(w->mem, &h->before, &people), beyond = 0;
    Portion  *p = NEW_RAW(w->mem, Portion, 1);
    do {
        Rows rows;
        p->n = 0;
        TRY(db_query(w->db, SQL_WORKS_TO_FOLLOW,
                     VALS(val_ids(clients, n), val_ids(before, people), val_int(beyond), val_int(FOLLOW_AT_ONCE)),
                     &rows));
        for (met = 0; met < FOLLOW_AT_ONCE && rows_next(&rows); met++) {
            beyond = row_int(&rows, 0);
            if (row_int(&rows, 2) != was_of(h, row_int(&rows, 1))->keeper_id) continue;
            p->id[p->n] = beyond;
            p->client[p->n++] = row_int(&rows, 1);
        }
        TRY(rows_end(&rows));
        TRY(others_stay(w, h, p));
        if (p->n) TRY(portion_save(w, h, p->id, p->n));
    } while (met == FOLLOW_AT_ONCE);
    return OK;
}

/* ---- the whole ---- */

static Err tell(Work *w, const Handing *h)
{
    if (!h->followed || h->s->bulk || h->s->many) return OK;
    return saving_note(w, h->s, 0, "keeper_id", "client.works_followed", arg_count("n", h->followed));
}

Err activities_follow(Work *w, const Event *event)
{
    const Saving *s = event->what;
    Handing      *h = NEW(w->mem, Handing);
    int64_t      *clients = NEW_RAW(w->mem, int64_t, s->n), *taking = NEW_RAW(w->mem, int64_t, s->n);
    ptrdiff_t     n = 0, take = 0;
    *h = (Handing){ .s = s, .place = ids_new(w->mem, s->n), .before = ids_new(w->mem, s->n) };
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Client *now = s->now[i];
        if (!is_handed(s, i)) continue;
        clients[n++] = now->base.id;
        if (!now->keeper_id || s->back || confirm_leaves(w, &client_entity, now->base.id)) continue;
        taking[take++] = now->base.id;
        ids_put(&h->place, now->base.id, i);
        ids_put(&h->before, ((const Client *)s->was[i])->keeper_id, 0);
    }
    if (take) TRY(back_find(w, h, taking, take));
    if (take) TRY(portions_save(w, h, taking, take));
    if (n) TRY(activities_lend_at(w, clients, n));
    return tell(w, h);
}
