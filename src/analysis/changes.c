/* What changed lately and who changed it. */
#include "analysis/changes.h"

#include "analysis/halves.h"

/* ---- the clients with the largest sums ---- */

static void leaders_see(Leaders *l, ptrdiff_t client, Money sum)
{
    int at = l->count;
    while (at > 0 && sum > l->sum[at - 1]) at--;
    if (at == LEADERS) return;
    if (l->count < LEADERS) l->count++;
    for (int i = l->count - 1; i > at; i--) {
        l->client[i] = l->client[i - 1];
        l->sum[i]    = l->sum[i - 1];
    }
    l->client[at] = client;
    l->sum[at]    = sum;
}

/* Those of the later clients come behind their equals. */
static void leaders_join(Leaders *l, const Leaders *later)
{
    for (int i = 0; i < later->count; i++) leaders_see(l, later->client[i], later->sum[i]);
}

/* ---- one client ---- */

/* The last of the whole months, as many as a habit is judged by. */
static XyzMonths months_of_habit(XyzMonths whole, FallingSettings set)
{
    int n = set.past + set.recent < whole.count ? set.past + set.recent : whole.count;
    return (XyzMonths){ whole.first + whole.count - n, n };
}

/* `month` holds the months of `of`. */
static bool falls(const Report *r, FallingSettings set, ptrdiff_t client, XyzMonths of, const Money *month,
                  Falling *out)
{
    *out = (Falling){ 0 };
    uint8_t status = r->status_of[client];
    if (status == STATUS_LOST || status == STATUS_POTENTIAL) return false;
    return falling_find(month, of.count, month_of(r->of->first[client]) - of.first, set, out);
}

bool client_falling(const Report *r, FallingSettings set, ptrdiff_t client, Falling *out, Arena scratch)
{
    XyzMonths of     = months_of_habit(r->past_months, set);
    Money    *month  = NEW_N(&scratch, Money, of.count);
    bool     *bought = NEW_N(&scratch, bool, of.count);
    r->of->client_months(r->of, client, of, month, bought);
    return falls(r, set, client, of, month, out);
}

Late client_late(const Report *r, ptrdiff_t client)
{
    const Summary *s   = r->of;
    Rhythm own = s->days[client] >= 2 ? rhythm_of(s->days[client], s->first[client], s->last[client]) : r->rhythm;
    return late_of(s->last[client], own, s->as_of);
}

int64_t changes_late(const Changes *c)
{
    int64_t n = 0;
    for (int class = 0; class < LATE_CLASSES; class++) n += c->late_clients[class];
    return n;
}

/* ---- the walks ---- */

typedef struct {
    const Report   *r;
    FallingSettings set;
    XyzMonths       whole, makers; /* the months of the two walks */
    Changes         half[2];
    Money          *month[2];      /* [whole.count] of all clients of a half */
} Making;

static void late_see(Changes *c, const Report *r, ptrdiff_t client)
{
    int class = r->abc_of[client] ? r->abc_of[client] - 'A' : LATE_NO_CLASS;
    c->late_clients[class]++;
    c->late_money[class] += r->of->money[client];
    leaders_see(&c->late, client, r->of->money[client]);
}

static void client_see(const Making *m, Changes *c, ptrdiff_t client, const Money *month)
{
    const Report *r     = m->r;
    XyzMonths     habit = months_of_habit(m->whole, m->set);
    Falling       falling;
    if (falls(r, m->set, client, habit, month + m->whole.count - habit.count, &falling)) {
        c->falling_clients++;
        c->falling_stake += falling.stake;
        leaders_see(&c->falling, client, falling.stake);
    }
    if (is_late(r->status_of[client])) late_see(c, r, client);
    if (r->of->in_period[client] && r->of->days[client] == 1 && r->status_of[client] != STATUS_NEW) {
        c->once_clients++;
        c->once_money += r->of->money[client];
    }
}

static void clients_walk(void *of, int half, Arena scratch)
{
    Making        *m      = of;
    const Summary *s      = m->r->of;
    HalfRange      mine   = half_range(s->clients, half);
    Money         *month  = NEW_N(&scratch, Money, m->whole.count);
    bool          *bought = NEW_N(&scratch, bool, m->whole.count);
    for (ptrdiff_t i = mine.from; i < mine.to; i++) {
        s->client_months(s, i, m->whole, month, bought);
        for (int k = 0; k < m->whole.count; k++) m->month[half][k] += month[k];
        client_see(m, &m->half[half], i, month);
    }
}

/* Who made the falls that were found: the months from the first fall's three before to the last fall. */
static void makers_walk(void *of, int half, Arena scratch)
{
    Making        *m      = of;
    Changes       *c      = &m->half[half];
    const Summary *s      = m->r->of;
    HalfRange      mine   = half_range(s->clients, half);
    Money         *month  = NEW_N(&scratch, Money, m->makers.count);
    bool          *bought = NEW_N(&scratch, bool, m->makers.count);
    for (ptrdiff_t i = mine.from; i < mine.to; i++) {
        s->client_months(s, i, m->makers, month, bought);
        for (int f = 0; f < c->falls; f++) {
            Money part = fall_part(month, c->fall[f].month - m->makers.first);
            if (part < 0) leaders_see(&c->fall[f].makers, i, -part);
        }
    }
}

/* ---- all together ---- */

static void changes_join(Changes *c, const Changes *later)
{
    c->falling_clients += later->falling_clients;
    c->falling_stake += later->falling_stake;
    leaders_join(&c->falling, &later->falling);
    for (int class = 0; class < LATE_CLASSES; class++) {
        c->late_clients[class] += later->late_clients[class];
        c->late_money[class] += later->late_money[class];
    }
    leaders_join(&c->late, &later->late);
    c->once_clients += later->once_clients;
    c->once_money += later->once_money;
}

static void months_see(Changes *c, const Report *r, const Money *month)
{
    int  n     = c->whole.count;
    int  shown = r->xyz_months.first - c->whole.first; /* the first month of the period */
    Fall fall[CHANGES_FALLS];
    int  found = falls_find(month, n, shown, FALL_USUAL, fall, CHANGES_FALLS);
    c->falls = found < CHANGES_FALLS ? found : CHANGES_FALLS;
    for (int i = 0; i < c->falls; i++)
        c->fall[i] = (MarkedFall){ .fall = fall[i], .month = c->whole.first + fall[i].at };
    c->has_season = season_of(month, n, c->whole.first, c->season);
    c->compares   = n >= 24;
    for (int i = n - 24; c->compares && i < n; i++) *(i < n - 12 ? &c->year_before : &c->year) += month[i];
}

static void makers_find(Making *m, Changes *c, Arena scratch)
{
    Month last = c->fall[c->falls - 1].month, first = c->fall[0].month - FALL_BEFORE;
    if (first < c->whole.first) first = c->whole.first;
    m->makers = (XyzMonths){ first, last - first + 1 };
    for (int half = 0; half < 2; half++) {
        m->half[half].falls = c->falls;
        for (int f = 0; f < c->falls; f++) m->half[half].fall[f] = c->fall[f];
    }
    halves_run(m, makers_walk, makers_walk, m->r->of->clients, scratch);
    for (int half = 0; half < 2; half++)
        for (int f = 0; f < c->falls; f++) leaders_join(&c->fall[f].makers, &m->half[half].fall[f].makers);
}

void changes_find(const Report *r, FallingSettings set, Arena scratch, Changes *out)
{
    Making m = { .r = r, .set = set, .whole = r->past_months };
    for (int half = 0; half < 2; half++) m.month[half] = NEW_N(&scratch, Money, m.whole.count);
    halves_run(&m, clients_walk, clients_walk, r->of->clients, scratch);
    *out       = m.half[0];
    out->whole = m.whole;
    changes_join(out, &m.half[1]);
    for (int k = 0; k < m.whole.count; k++) m.month[0][k] += m.month[1][k];
    if (m.whole.count) months_see(out, r, m.month[0]);
    if (out->falls) makers_find(&m, out, scratch);
}
