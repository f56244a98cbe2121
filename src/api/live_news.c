/* Whom a change concerns: who may view the record now, and who could until now. */
#include "api/live_inside.h"

#include "access/access_sql.h"
#include "entity/ids.h"
#include "entity/owners.h"
#include "entity/reach.h"
#include "format/json.h"

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
    int                  ways;
    Ids                  at;      /* record -> first of now: -1 when it is gone */
    Ids                  viewer, owner, holder;
    Pairs                team, own, lent; /* viewer x owner, twice: own are those he stands in for; viewer x holder */
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

/* Whom the field held before this change: a user, or a record that was followed. */
typedef struct {
    const Entity *to; /* null: a user, or nobody */
    int64_t       id; /* 0: it did not change, or held none */
} Before;

static Before before_read(const Way *way, Str held)
{
    Before was = { .to = way->to };
    if (way->of) was.to = entity_named(str_cut(&held, ':')); /* a link is written "client:42" */
    if (!str_i64(held, &was.id)) was = (Before){ 0 };
    return was;
}

static Before held_before(Arena scratch, Str diff, const Way *way)
{
    const Json *json;
    const char *field = way->field ? way->field->name : way->owner;
    Problems    none  = { .mem = &scratch, .limit = 1 };
    Str         mark  = str_fmt(&scratch, "\"%s\":", field);
    if (str_find(diff, mark) < 0 ||
        json_read(&scratch, diff, (JsonLimits){ .bytes = 4 << 20, .values = 1000000 }, &none, &json) != OK)
        return (Before){ 0 };
    const Json *pair = json_get(json, field);
    bool        told = pair && pair->first && pair->first->kind == JSON_IS_TEXT;
    return told ? before_read(way, pair->first->text) : (Before){ 0 };
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

static Err way_before(News *news, int k, const Way *way)
{
    Before *was     = NEW_N(news->t->mem, Before, news->n);
    bool    follows = false;
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
    for (ptrdiff_t i = 0; i < news->n * news->ways; i++) number(&news->owner, news->before[i]);
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

static Err sight_read(News *news)
{
    Arena    *mem = news->t->mem;
    int64_t  *who = NEW_RAW(mem, int64_t, news->t->viewers);
    ptrdiff_t owners, holders, n = viewers_of(news, of_team, who);
    int64_t  *owner = ids_all(mem, &news->owner, &owners), *holder = ids_all(mem, &news->holder, &holders);
    news->team = pairs_new(mem, n * owners, owners);
    if (n && owners)
        TRY(pairs_read(news, SQL_SEES_AMONG, VALS(val_ids(who, n), val_ids(owner, owners)), &news->owner, &news->team));
    n         = viewers_of(news, of_own, who);
    news->own = pairs_new(mem, n * owners, owners);
    if (n && owners)
        TRY(pairs_read(news, SQL_STANDS_AMONG, VALS(val_ids(who, n), val_ids(owner, owners)), &news->owner,
                       &news->own));
    n          = viewers_of(news, of_lent, who);
    news->lent = pairs_new(mem, n * holders, holders);
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

static Told told_of(const News *news, const Viewer *v, ptrdiff_t change)
{
    Scope scope = scope_of(news, v);
    if (scope == SCOPE_NONE) return UNSEEN;
    if (news->e->follows)
        return news->on[change] ? told_of(news->on[change], v, news->on_at[change]) : SOMETHING;
    if (scope == SCOPE_ALL || !entity_owned(news->e)) return RECORD;
    ptrdiff_t first = ids_at(&news->at, news->change[change]->record);
    for (ptrdiff_t i = first; i >= 0; i = news->next[i])
        if (sees_row(news, v, &news->now[i])) return RECORD;
    bool had = false;
    for (int k = 0; k < news->ways; k++) had |= sees_owner(news, v, news->before[change * news->ways + k]);
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
    if (news->e->follows) return follow_read(news);
    if (!asks || !entity_owned(news->e)) return OK;
    TRY(owners_read(news));
    owners_number(news);
    return sight_read(news);
}
