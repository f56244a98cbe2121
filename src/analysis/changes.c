/* What changed lately and who changed it. */
#include "analysis/changes.h"

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

static void months_see(Changes *c, const Report *r)
{
    const Money *month = r->of->month_money + (c->whole.first - r->of->month0);
    int          n     = c->whole.count;
    Fall         fall[CHANGES_FALLS];
    int          found = falls_find(month, n, FALL_USUAL, fall, CHANGES_FALLS);
    c->falls = found < CHANGES_FALLS ? found : CHANGES_FALLS;
    for (int i = 0; i < c->falls; i++) c->fall[i] = (MarkedFall){ .fall = fall[i], .month = c->whole.first + fall[i].at };
    c->has_season = season_of(month, n, c->whole.first, c->season);
    c->compares   = n >= 24;
    for (int i = n - 24; c->compares && i < n; i++) *(i < n - 12 ? &c->year_before : &c->year) += month[i];
}

static void late_see(Changes *c, const Report *r, ptrdiff_t client)
{
    int class = r->abc_of[client] - 'A';
    c->late_clients[class]++;
    c->late_money[class] += r->of->money[client];
    leaders_see(&c->late, client, r->of->money[client]);
}

static void client_see(Changes *c, const Report *r, FallingSettings set, ptrdiff_t client, const Money *month)
{
    Falling falling;
    uint8_t status = r->status_of[client];
    if (status != STATUS_LOST && falling_find(month, c->whole.count, set, &falling)) {
        c->falling_clients++;
        c->falling_stake += falling.stake;
        leaders_see(&c->falling, client, falling.stake);
    }
    for (int i = 0; i < c->falls; i++) {
        Money part = fall_part(month, c->fall[i].fall.at);
        if (part < 0) leaders_see(&c->fall[i].makers, client, -part);
    }
    if (status == STATUS_AT_RISK) late_see(c, r, client);
    if (r->of->days[client] == 1 && status != STATUS_NEW) {
        c->once_clients++;
        c->once_money += r->of->money[client];
    }
}

typedef struct {
    Money *month;
    bool  *bought;
    int    skip; /* months before the first whole one */
} Months;

static Months months_room(const Report *r, Arena *mem)
{
    const Summary *s = r->of;
    return (Months){ NEW_N(mem, Money, s->months), NEW_N(mem, bool, s->months), r->xyz_months.count ? r->xyz_months.first - s->month0 : 0 };
}

void changes_find(const Report *r, FallingSettings set, Arena scratch, Changes *out)
{
    const Summary *s    = r->of;
    Months         room = months_room(r, &scratch);
    *out = (Changes){ .whole = r->xyz_months };
    if (out->whole.count) months_see(out, r);
    for (ptrdiff_t i = 0; i < s->clients; i++) {
        if (!s->in_period[i]) continue;
        s->client_months(s, i, room.month, room.bought);
        client_see(out, r, set, i, room.month + room.skip);
    }
}

bool client_falling(const Report *r, FallingSettings set, ptrdiff_t client, Falling *out, Arena scratch)
{
    Months room = months_room(r, &scratch);
    r->of->client_months(r->of, client, room.month, room.bought);
    return falling_find(room.month + room.skip, r->xyz_months.count, set, out);
}

Late client_late(const Report *r, ptrdiff_t client)
{
    const Summary *s   = r->of;
    Rhythm         own = s->days[client] >= 2 ? rhythm_of(s->days[client], s->first[client], s->last[client]) : r->rhythm;
    return late_of(s->last[client], own, s->as_of);
}
