/* Who gets what of all that somebody holds. */
#include "sales/handover/plan.h"

#include "access/access.h"
#include "core/map.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "sales/handover/hand_over_sql.h"
#include "sales/parties/parties.h"
#include "sales/people/people.h"

const char *const share_rules[] = { "one", "territory", "load", "revenue", NULL };

/* ---- who gets it ---- */

static Err names_read(Work *w, HandPlan *p)
{
    bool in[HAND_TO_MOST] = { 0 };
    int  met = 0;
    Rows rows;
    TRY(reach_rows(w, w->scratch, &user_entity, "view", p->to, p->n_to, in));
    TRY(db_query(w->db, SQL_HAND_OVER_PEOPLE, VALS(val_ids(p->to, p->n_to)), &rows));
    while (rows_next(&rows))
        for (int i = 0; i < p->n_to; i++)
            if (p->to[i] == row_int(&rows, 0) && in[i]) p->name[i] = str_copy(w->mem, row_text(&rows, 1)), met++;
    TRY(rows_end(&rows));
    return met == p->n_to ? OK : fail(w, INVALID, "to", "hand_over.gone");
}

static Err asked_right(Work *w, HandPlan *p)
{
    if (!p->n_to) return fail(w, INVALID, "to", "hand_over.to_whom");
    if (p->rule == SHARE_ONE && p->n_to > 1) return fail(w, INVALID, "to", "hand_over.to_one");
    for (int i = 0; i < p->n_to; i++) {
        if (p->to[i] == p->from) return fail(w, INVALID, "to", "hand_over.to_himself");
        for (int k = 0; k < i; k++)
            if (p->to[k] == p->to[i]) return fail(w, INVALID, "to", "hand_over.twice");
    }
    if (p->until != DAY_NONE && p->dismiss) return fail(w, INVALID, "until", "hand_over.for_good");
    if (p->until != DAY_NONE && p->until < w->today) return fail(w, INVALID, "until", "given.over");
    if (p->until != DAY_NONE && p->until > w->today + ABSENT_DAYS_MOST)
        return fail(w, INVALID, "until", "given.too_long");
    if (p->dismiss && p->from == w->actor) return fail(w, INVALID, "dismiss", "hand_over.himself");
    if (p->dismiss) TRY(access_need(w, "user", "change"));
    if (p->rule == SHARE_REVENUE && !p->money) return fail(w, DENIED, "rule", "hand_over.no_revenue");
    return names_read(w, p);
}

/* ---- his clients ---- */

typedef struct {
    ShareItem *item;
    ptrdiff_t  n;
    Ids        place; /* client -> item */
    Map       *city; /* text -> place + 1 in home */
    int       *home;
    int        cities;
} Portfolio;

static void items_begin(Work *w, const HandPlan *p, Portfolio *f)
{
    f->item = NEW_N(w->mem, ShareItem, p->n);
    f->place = ids_new(w->mem, p->n);
    for (ptrdiff_t i = 0; i < p->n; i++) {
        const Held *held = &p->held[i];
        if (!held->may || holdings[held->holding].entity != &client_entity) continue;
        ids_put(&f->place, held->id, f->n);
        f->item[f->n++] = (ShareItem){ .client = held->id, .city = -1 };
    }
    for (ptrdiff_t i = 0; i < p->n; i++) {
        bool      goes_along = p->held[i].may && p->held[i].client && holdings[p->held[i].holding].work;
        ptrdiff_t at = goes_along ? ids_at(&f->place, p->held[i].client) : -1;
        if (at >= 0) f->item[at].work++;
    }
}

static int city_of(Work *w, Portfolio *f, Str city)
{
    if (!city.n) return -1;
    int64_t *place = map_at(&f->city, str_copy(w->mem, city), w->mem);
    if (!*place) *place = ++f->cities;
    return (int)*place - 1;
}

static Err items_read(Work *w, Portfolio *f)
{
    ptrdiff_t n;
    int64_t  *ids = ids_all(w->mem, &f->place, &n);
    Rows      rows;
    if (n == 0) return OK;
    TRY(scope_query(w, SQL_HAND_OVER_CLIENTS, VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) {
        ShareItem *item = &f->item[ids_at(&f->place, row_int(&rows, 0))];
        item->city = city_of(w, f, row_text(&rows, 1));
        item->revenue = row_null(&rows, 2) ? 0 : row_int(&rows, 2);
    }
    return rows_end(&rows);
}

/* Whose the most clients of each city are. */
static Err homes_read(Work *w, const HandPlan *p, Portfolio *f)
{
    Rows rows;
    f->home = NEW_RAW(w->mem, int, f->cities + 1);
    for (int i = 0; i < f->cities; i++) f->home[i] = -1;
    if (p->rule != SHARE_TERRITORY) return OK;
    TRY(db_query(w->db, SQL_HAND_OVER_CITIES, VALS(val_ids(p->to, p->n_to)), &rows));
    while (rows_next(&rows)) {
        int64_t *place = map_at(&f->city, row_text(&rows, 1), NULL);
        for (int i = 0; place && i < p->n_to && f->home[*place - 1] < 0; i++)
            if (p->to[i] == row_int(&rows, 0)) f->home[*place - 1] = i;
    }
    return rows_end(&rows);
}

/* ---- the whole ---- */

static Err loads_read(Work *w, HandPlan *p)
{
    int64_t count[HAND_TO_MOST * HOLDINGS] = { 0 };
    TRY(held_count(w, p->to, p->n_to, count));
    for (int i = 0; i < p->n_to; i++)
        for (int h = 0; h < HOLDINGS; h++) p->share[i].load += holdings[h].work ? count[i * HOLDINGS + h] : 0;
    return OK;
}

static void held_follow(Arena *mem, HandPlan *p, const Portfolio *f)
{
    Ids at = ids_new(mem, f->n); /* items have come into another order */
    for (ptrdiff_t i = 0; i < f->n; i++) ids_put(&at, f->item[i].client, i);
    for (ptrdiff_t i = 0; i < p->n; i++) {
        Held     *held = &p->held[i];
        ptrdiff_t item = held->client ? ids_at(&at, held->client) : -1;
        if (!held->may) continue;
        held->to = item >= 0 ? f->item[item].to : p->rule == SHARE_ONE ? 0 : share_least(p->share, p->n_to);
        if (item < 0) p->share[held->to].load++;
    }
}

Err plan_make(Work *w, HandPlan *p)
{
    Portfolio f = { 0 };
    p->money = access_scope(w->who, "sale", "view") != SCOPE_NONE;
    TRY(asked_right(w, p));
    TRY(held_read(w, p->from, &p->held, &p->n, &p->beyond));
    if (p->dismiss && p->beyond) return fail(w, DENIED, "dismiss", "hand_over.beyond", arg_count("n", p->beyond));
    items_begin(w, p, &f);
    TRY(items_read(w, &f));
    TRY(homes_read(w, p, &f));
    TRY(loads_read(w, p));
    share_out(p->rule, f.item, f.n, p->share, p->n_to, f.home);
    held_follow(w->mem, p, &f);
    return OK;
}
