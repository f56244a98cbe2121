/* Whom a change concerns: who may view the record now, and who could until now. */
#include "api/live_inside.h"

#include "access/access_sql.h"
#include "entity/ids.h"
#include "entity/owners.h"
#include "entity/reach.h"

enum { TOLD_SINGLY = 50 };

/* Pairs of small numbers, each once. */
typedef struct {
    Ids       set;
    ptrdiff_t width;
} Pairs;

static Pairs pairs_new(Arena *mem, ptrdiff_t most, ptrdiff_t width) { return (Pairs){ ids_new(mem, most), width + 1 }; }
static void  pairs_put(Pairs *p, ptrdiff_t a, ptrdiff_t b) { ids_put(&p->set, a * p->width + b + 1, 0); }
static bool  pairs_hold(const Pairs *p, ptrdiff_t a, ptrdiff_t b)
{
    return a >= 0 && b >= 0 && ids_at(&p->set, a * p->width + b + 1) >= 0;
}

struct News {
    Telling             *t;
    const Entity        *e;
    ptrdiff_t            place;
    const Change *const *change;
    ptrdiff_t            n;
    RowOwner            *now;     /* whose the records are; `next` leads to the other owners of the same record, -1:
                                     none */
    ptrdiff_t           *next;
    ptrdiff_t            nows;
    int64_t             *before;  /* by change and way: whose the record was, where it went to another; 0: it did not */
    int64_t             *left;    /* the same of queues: the role that held it */
    int                  ways;
    Ids                  at;      /* record -> first of now: -1 when it is gone */
    Ids                  viewer, owner, holder, role, record;
    Pairs                team, own, lent; /* viewer x owner, twice: own are those he stands in for; viewer x holder */
    Pairs                queue;   /* viewer x role of those whose rows he has  */
    Pairs                within;  /* viewer x record that stands in his fence  */
    bool                 told;    /* the many, at their first change            */
    News               **on;      /* by change, of what hangs on others: news of what it hangs on; null: it is gone */
    ptrdiff_t           *on_at;
};

static Scope scope_of(const News *news, const Viewer *v) { return (Scope)v->scope[news->place]; }

/* ---- whose the records are and were ---- */

static int64_t *records_of(const News *news, ptrdiff_t *n)
{
    Ids known = ids_new(news->t->mem, news->n);
    for (ptrdiff_t i = 0; i < news->n; i++) ids_put(&known, news->change[i]->record, i);
    return ids_all(news->t->mem, &known, n);
}

/* Under another client a sale goes to another keeper: whose it was is whose that client is. */
static Err followed_owners(News *news, int k, const Before *was, const Entity *to)
{
    Arena    *mem = news->t->mem;
    Ids       ids = ids_new(mem, news->n);
    ptrdiff_t n;
    for (ptrdiff_t i = 0; i < news->n; i++)
        if (was[i].to == to) ids_put(&ids, was[i].id, ids.n);
    if (ids.n == 0 || !owner_first(to)) return OK;
    int64_t *id    = ids_all(mem, &ids, &n);
    int64_t *owner = NEW_N(mem, int64_t, n);
    Ids      place = ids_new(mem, n);
    TRY(owners_first(news->t->db, *mem, to, id, n, owner));
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&place, id[i], i);
    for (ptrdiff_t i = 0; i < news->n; i++)
        if (was[i].to == to) news->before[i * news->ways + k] = owner[ids_at(&place, was[i].id)];
    return OK;
}

static Err queue_before(News *news, int k, const Way *way)
{
    int64_t *role = NEW_N(news->t->mem, int64_t, news->n);
    TRY(queue_left(news->t, news->e, way, news->change, news->n, role));
    for (ptrdiff_t i = 0; i < news->n; i++) news->left[i * news->ways + k] = role[i];
    return OK;
}

static Err way_before(News *news, int k, const Way *way)
{
    Before *was     = NEW_N(news->t->mem, Before, news->n);
    bool    follows = false;
    if (way->unless) return queue_before(news, k, way);
    for (ptrdiff_t i = 0; i < news->n; i++) {
        was[i] = held_before(*news->t->mem, news->change[i]->diff, way);
        if (was[i].to) follows = true;
        else news->before[i * news->ways + k] = was[i].id;
    }
    for (ptrdiff_t place = 0; follows && entity_at(place); place++)
        TRY(followed_owners(news, k, was, entity_at(place)));
    return OK;
}

static Err befores_read(News *news)
{
    Way way[OWNER_WAYS];
    news->ways   = owner_ways(news->t->mem, news->e, way);
    news->before = NEW_N(news->t->mem, int64_t, news->n * news->ways);
    news->left   = NEW_N(news->t->mem, int64_t, news->n * news->ways);
    for (int k = 0; k < news->ways; k++) TRY(way_before(news, k, &way[k]));
    return OK;
}

static Err owners_read(News *news)
{
    ptrdiff_t n;
    int64_t  *record = records_of(news, &n);
    TRY(reach_owners(news->t->db, news->t->mem, news->e, record, n, &news->now, &news->nows));
    news->next = NEW_RAW(news->t->mem, ptrdiff_t, news->nows);
    news->at   = ids_new(news->t->mem, news->nows);
    for (ptrdiff_t i = 0; i < news->nows; i++) {
        news->next[i] = -1;
        if (ids_put(&news->at, news->now[i].record, i)) continue;
        ptrdiff_t first   = ids_at(&news->at, news->now[i].record);
        news->next[i]     = news->next[first];
        news->next[first] = i;
    }
    return befores_read(news);
}

/* ---- who sees whose rows ---- */

static void number(Ids *ids, int64_t id)
{
    if (id) ids_put(ids, id, ids->n);
}

static void owners_number(News *news)
{
    Arena *mem   = news->t->mem;
    news->owner  = ids_new(mem, news->nows + news->n * news->ways);
    news->holder = ids_new(mem, news->nows);
    for (ptrdiff_t i = 0; i < news->nows; i++) {
        number(&news->owner, news->now[i].owner);
        number(&news->holder, news->now[i].holder);
    }
    news->role = ids_new(mem, news->n * news->ways);
    for (ptrdiff_t i = 0; i < news->n * news->ways; i++) {
        number(&news->owner, news->before[i]);
        number(&news->role, news->left[i]);
    }
}

static Err pairs_read(News *news, Str sql, const Val *vals, int n, const Ids *other, Pairs *out)
{
    Rows rows;
    TRY(db_query(news->t->db, sql, vals, n, &rows));
    while (rows_next(&rows)) pairs_put(out, ids_at(&news->viewer, row_int(&rows, 0)), ids_at(other, row_int(&rows, 1)));
    return rows_end(&rows);
}

/* Those who view with the scope of a team, stand in for somebody, or hold lent records: the only ones for whom the base
 * is asked. */
static bool of_team(Scope scope, const Viewer *v) { return (void)v, scope == SCOPE_TEAM; }
static bool of_own(Scope scope, const Viewer *v) { return v->stands_in && scope == SCOPE_OWN; }
static bool of_lent(Scope scope, const Viewer *v) { return v->given && scope != SCOPE_NONE; }

static ptrdiff_t viewers_of(const News *news, bool (*is_one)(Scope scope, const Viewer *v), int64_t *out)
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < news->t->viewers; i++) {
        const Viewer *v = &news->t->viewer[i];
        if (is_one(scope_of(news, v), v)) out[n++] = v->user;
    }
    return n;
}

static bool of_some(Scope scope, const Viewer *v) { return (void)v, scope == SCOPE_OWN || scope == SCOPE_TEAM; }

/* Who holds a role, and who has the rows of somebody who does. */
static Err holders_read(News *news)
{
    Arena    *mem = news->t->mem;
    int64_t  *who = NEW_RAW(mem, int64_t, news->t->viewers);
    ptrdiff_t roles, n = viewers_of(news, of_some, who);
    int64_t  *role = ids_all(mem, &news->role, &roles);
    Rows      rows;
    news->queue = pairs_new(mem, n * roles, roles);
    if (!n || !roles) return OK;
    TRY(db_query(news->t->db, SQL_HOLDERS_AMONG, VALS(val_ids(who, n), val_ids(role, roles)), &rows));
    while (rows_next(&rows)) {
        ptrdiff_t     at = ids_at(&news->viewer, row_int(&rows, 0));
        const Viewer *v  = &news->t->viewer[at];
        if (scope_of(news, v) == SCOPE_TEAM || row_int(&rows, 2) <= (v->stands_in ? 2 : 1))
            pairs_put(&news->queue, at, ids_at(&news->role, row_int(&rows, 1)));
    }
    return rows_end(&rows);
}

/* In whose fence each record stands; with nobody: it is there at all. */
static Err fence_read(News *news)
{
    Arena    *mem = news->t->mem;
    int64_t  *who = NEW_RAW(mem, int64_t, news->t->viewers);
    ptrdiff_t n, found, viewers = news->t->viewers;
    int64_t  *record = records_of(news, &n);
    Within   *in;
    for (ptrdiff_t i = 0; i < viewers; i++) who[i] = news->t->viewer[i].user;
    TRY(reach_within(news->t->db, mem, news->e, who, viewers, record, n, &in, &found));
    news->record = ids_new(mem, n);
    news->within = pairs_new(mem, found, n);
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&news->record, record[i], i);
    for (ptrdiff_t i = 0; i < found; i++)
        pairs_put(&news->within, in[i].user ? ids_at(&news->viewer, in[i].user) : viewers,
                  ids_at(&news->record, in[i].record));
    return OK;
}

static Err sight_read(News *news)
{
    Arena    *mem = news->t->mem;
    int64_t  *who = NEW_RAW(mem, int64_t, news->t->viewers);
    ptrdiff_t owners, holders, n = viewers_of(news, of_team, who);
    int64_t  *owner = ids_all(mem, &news->owner, &owners), *holder = ids_all(mem, &news->holder, &holders);
    news->team = pairs_new(mem, n * owners, owners);
    if (n && owners)
        TRY(pairs_read(news, SQL_SEES_AMONG,
                       VALS(val_ids(who, n), val_ids(owner, owners), val_int(news->e->alone ? 2 : 0)), &news->owner,
                       &news->team));
    n         = news->e->alone ? 0 : viewers_of(news, of_own, who);
    news->own = pairs_new(mem, n * owners, owners);
    if (n && owners)
        TRY(pairs_read(news, SQL_STANDS_AMONG, VALS(val_ids(who, n), val_ids(owner, owners)), &news->owner,
                       &news->own));
    n          = viewers_of(news, of_lent, who);
    news->lent = pairs_new(mem, n * holders, holders);
    TRY(holders_read(news));
    if (!n || !holders) return OK;
    return pairs_read(news, SQL_GIVEN_AMONG,
                      VALS(val_ids(who, n), val_ids(holder, holders), val_int(news->t->now)), &news->holder,
                      &news->lent);
}

/* In the words of access_row: own rows, those of the team, lent ones. */
static bool sees_owner(const News *news, const Viewer *v, int64_t owner)
{
    if (owner == 0) return false;
    bool         team = scope_of(news, v) == SCOPE_TEAM;
    const Pairs *seen = team ? &news->team : &news->own;
    return owner == v->user || ((team || v->stands_in) &&
                                pairs_hold(seen, ids_at(&news->viewer, v->user), ids_at(&news->owner, owner)));
}

static bool sees_row(const News *news, const Viewer *v, const RowOwner *row)
{
    if (!row->holder) return row->owner == v->user;
    if (sees_owner(news, v, row->owner)) return true;
    return v->given && pairs_hold(&news->lent, ids_at(&news->viewer, v->user), ids_at(&news->holder, row->holder));
}

/* ---- telling ---- */

typedef enum { UNSEEN, SOMETHING, RECORD } Told;

static bool sees_queue(const News *news, const Viewer *v, int64_t role)
{
    return role && pairs_hold(&news->queue, ids_at(&news->viewer, v->user), ids_at(&news->role, role));
}

/* Of what is gone nobody knows any more where it stood. */
static Told fence_told(const News *news, const Viewer *v, ptrdiff_t change)
{
    ptrdiff_t record = ids_at(&news->record, news->change[change]->record);
    if (!pairs_hold(&news->within, news->t->viewers, record)) return SOMETHING;
    return pairs_hold(&news->within, ids_at(&news->viewer, v->user), record) ? RECORD : UNSEEN;
}

static Told told_of(const News *news, const Viewer *v, ptrdiff_t change)
{
    Scope scope = scope_of(news, v);
    Told  most  = news->e->fence ? fence_told(news, v, change) : RECORD;
    if (scope == SCOPE_NONE) return UNSEEN;
    if (most != RECORD) return most;
    if (news->e->follows)
        return news->on[change] ? told_of(news->on[change], v, news->on_at[change]) : SOMETHING;
    if (scope == SCOPE_ALL || !entity_owned(news->e)) return RECORD;
    ptrdiff_t first = ids_at(&news->at, news->change[change]->record);
    for (ptrdiff_t i = first; i >= 0; i = news->next[i])
        if (sees_row(news, v, &news->now[i])) return RECORD;
    bool had = false;
    for (int k = 0; k < news->ways; k++)
        had |= sees_owner(news, v, news->before[change * news->ways + k]) ||
               sees_queue(news, v, news->left[change * news->ways + k]);
    return first < 0 || had ? SOMETHING : UNSEEN;
}

/* Who sees one of them is told that there were many. */
static void many_tell(const News *news, const Viewer *v)
{
    ptrdiff_t i = 0;
    while (i < news->n && told_of(news, v, i) == UNSEEN) i++;
    if (i < news->n) news_send(news->t->live, v->user, news->e, 0);
}

void news_tell(News *news, ptrdiff_t change)
{
    bool many = news->n > TOLD_SINGLY;
    for (ptrdiff_t i = 0; i < news->t->viewers && !news->told; i++) {
        const Viewer *v    = &news->t->viewer[i];
        Told          told = many ? UNSEEN : told_of(news, v, change);
        if (many) many_tell(news, v);
        else if (told != UNSEEN)
            news_send(news->t->live, v->user, news->e, told == RECORD ? news->change[change]->record : 0);
    }
    news->told = many;
}

/* ---- what hangs on other records is told to who sees those ---- */

typedef struct {
    int64_t record, about;
    Str     of;
} Hanging;

static Err hanging_read(News *news, Hanging *out, ptrdiff_t *n)
{
    Arena     *mem = news->t->mem;
    const char *link = news->e->follows;
    ptrdiff_t  ids;
    int64_t   *record = records_of(news, &ids);
    Rows       rows;
    Str        sql = str_fmt(mem, "select t.id, t.%s_id, t.%s_of from %s t where t.id in {ids $1}", link, link,
                             entity_table(news->e));
    TRY(db_query(news->t->db, sql, VALS(val_ids(record, ids)), &rows));
    for (*n = 0; *n < ids && rows_next(&rows); ++*n)
        out[*n] = (Hanging){ row_int(&rows, 0), row_int(&rows, 1), str_copy(mem, row_text(&rows, 2)) };
    return rows_end(&rows);
}

/* News as though those of this entity had changed on which something hangs. */
static Err follow_entity(News *news, ptrdiff_t place, const Hanging *h, const Ids *at)
{
    Arena         *mem    = news->t->mem;
    Change        *made   = NEW_N(mem, Change, news->n);
    const Change **change = NEW_N(mem, const Change *, news->n);
    ptrdiff_t     *whose  = NEW_N(mem, ptrdiff_t, news->n), n = 0;
    News          *on;
    for (ptrdiff_t i = 0; i < news->n; i++) {
        ptrdiff_t k = ids_at(at, news->change[i]->record);
        if (k < 0 || !str_eq(h[k].of, str_of(entity_at(place)->name))) continue;
        made[n]    = (Change){ .record = h[k].about };
        change[n]  = &made[n];
        whose[n++] = i;
    }
    if (n == 0) return OK;
    TRY(news_read(news->t, place, change, n, &on));
    for (ptrdiff_t k = 0; k < n; k++) {
        news->on[whose[k]]    = on;
        news->on_at[whose[k]] = k;
    }
    return OK;
}

static Err follow_read(News *news)
{
    Arena    *mem = news->t->mem;
    Hanging  *h   = NEW_N(mem, Hanging, news->n);
    Ids       at  = ids_new(mem, news->n);
    ptrdiff_t n;
    news->on    = NEW_N(mem, News *, news->n);
    news->on_at = NEW_N(mem, ptrdiff_t, news->n);
    TRY(hanging_read(news, h, &n));
    for (ptrdiff_t k = 0; k < n; k++) ids_put(&at, h[k].record, k);
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (follow_on(news->e, entity_at(i))) TRY(follow_entity(news, i, h, &at));
    return OK;
}

/* The base is asked only where somebody views in a scope. */
Err news_read(Telling *t, ptrdiff_t place, const Change *const *changes, ptrdiff_t n, News **out)
{
    News *news = NEW(t->mem, News);
    bool  asks = false;
    *out       = news;
    *news = (News){
        .t = t, .e = entity_at(place), .place = place, .change = changes, .n = n, .viewer = ids_new(t->mem, t->viewers)
    };
    for (ptrdiff_t i = 0; i < t->viewers; i++) {
        ids_put(&news->viewer, t->viewer[i].user, i);
        asks |= scope_of(news, &t->viewer[i]) != SCOPE_NONE && scope_of(news, &t->viewer[i]) != SCOPE_ALL;
    }
    if (news->e->fence && t->viewers) TRY(fence_read(news));
    if (news->e->follows) return follow_read(news);
    if (!asks || !entity_owned(news->e)) return OK;
    TRY(owners_read(news));
    owners_number(news);
    return sight_read(news);
}
