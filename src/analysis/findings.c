/* What the base says: one function a finding, tried in the order of the list at the end. */
#include "analysis/findings.h"

typedef struct {
    const Report  *r;
    const Changes *c;
} Base;

/* One way of looking: false when there is nothing to say. */
typedef bool Look(Base b, Finding *f);

static Str name_of(Base b, ptrdiff_t client)
{
    return client < 0 ? S("") : b.r->of->client[client];
}

static Money capped(Wide m)
{
    return m > INT64_MAX ? INT64_MAX : m < -INT64_MAX ? -INT64_MAX : (Money)m;
}

static void add(Finding *f, Arg a)
{
    f->args[f->arg_count++] = a;
}

/* Money of the period as money of a year, so that findings of different spans can be compared. */
static Wide a_year(Base b, Wide m)
{
    int64_t days = (int64_t)b.r->of->to - b.r->of->from + 1;
    return days > 365 ? m * 365 / days : m;
}

static bool leans_on_one(Base b, Finding *f)
{
    const Concentration *c = &b.r->concentration;
    if (!(b.r->abc_deviations & ABC_ONE)) return false;
    *f = (Finding){ .key = "finding.leans_on_one", .door = "top=1", .worth = a_year(b, c->top1) };
    add(f, arg_text("client", name_of(b, c->largest)));
    add(f, arg_share("share", ratio_of(c->top1, c->positive)));
    add(f, arg_about("money", c->top1));
    add(f, arg_about("rest", capped(c->positive - c->top1)));
    return true;
}

static bool leans_on_ten(Base b, Finding *f)
{
    const Concentration *c = &b.r->concentration;
    if (c->items < 20 || 2 * c->top10 < c->positive) return false;
    *f = (Finding){ .key = "finding.leans_on_ten", .door = "top=10", .worth = a_year(b, c->top10) / 2 };
    add(f, arg_share("share", ratio_of(c->top10, c->positive)));
    add(f, arg_about("money", capped(c->top10)));
    return true;
}

static bool lost(Base b, Finding *f)
{
    Group g = b.r->status[STATUS_LOST];
    if (g.revenue <= 0) return false;
    *f = (Finding){ .key = "finding.lost", .door = "status=lost", .worth = a_year(b, g.revenue) };
    add(f, arg_count("clients", g.clients));
    add(f, arg_about("money", capped(g.revenue)));
    add(f, arg_share("share", ratio_of(g.revenue, b.r->positive)));
    return true;
}

static bool late(Base b, Finding *f)
{
    Wide money = b.c->late_money[0] + b.c->late_money[1];
    if (money <= 0 || b.c->late.count == 0) return false;
    *f = (Finding){ .key = "finding.late", .door = "abc=AB&status=at_risk", .worth = a_year(b, money) };
    add(f, arg_count("clients", b.c->late_clients[0] + b.c->late_clients[1]));
    add(f, arg_about("money", capped(money)));
    add(f, arg_text("first", name_of(b, b.c->late.client[0])));
    add(f, arg_about("first_money", b.c->late.sum[0]));
    return true;
}

static bool falling(Base b, Finding *f)
{
    const Leaders *l = &b.c->falling;
    if (l->count == 0) return false;
    *f = (Finding){ .key = "finding.falling", .door = "falling=30", .worth = 12 * b.c->falling_stake };
    add(f, arg_count("clients", b.c->falling_clients));
    add(f, arg_about("money", capped(b.c->falling_stake)));
    add(f, arg_text("first", name_of(b, l->client[0])));
    add(f, arg_about("first_money", l->sum[0]));
    return true;
}

static bool reserve(Base b, Finding *f)
{
    const Cell *uneven = &b.r->cell[0][1], *irregular = &b.r->cell[0][2];
    Wide        all    = uneven->reserve + irregular->reserve;
    if (all <= 0) return false;
    *f = (Finding){ .key = "finding.reserve", .door = "abc=A&xyz=YZ", .worth = all };
    add(f, arg_count("clients", uneven->clients + irregular->clients));
    add(f, arg_about("money", capped(all)));
    return true;
}

static bool fell(Base b, Finding *f)
{
    if (b.c->falls == 0) return false;
    const MarkedFall *fall = &b.c->fall[b.c->falls - 1];
    if (fall->makers.count == 0) return false;
    *f = (Finding){ .key = "finding.fell", .door = "months", .worth = fall->fall.missing };
    add(f, arg_month("month", fall->month));
    add(f, arg_about("money", fall->fall.missing));
    add(f, arg_share("share", ratio_of(fall->fall.missing, fall->fall.expected)));
    add(f, arg_text("first", name_of(b, fall->makers.client[0])));
    add(f, arg_about("first_money", fall->makers.sum[0]));
    return true;
}

static bool year_on_year(Base b, Finding *f)
{
    if (!b.c->compares || b.c->year_before <= 0 || b.c->year == b.c->year_before) return false;
    Wide more = b.c->year - b.c->year_before;
    *f = (Finding){ .key = more > 0 ? "finding.year_up" : "finding.year_down", .door = "years", .worth = more > 0 ? more : -more };
    add(f, arg_about("money", capped(more > 0 ? more : -more)));
    add(f, arg_share("share", ratio_of(more > 0 ? more : -more, b.c->year_before)));
    return true;
}

static bool once(Base b, Finding *f)
{
    if (b.c->once_money <= 0) return false;
    *f = (Finding){ .key = "finding.once", .door = "days=1", .worth = a_year(b, b.c->once_money) };
    add(f, arg_count("clients", b.c->once_clients));
    add(f, arg_about("money", capped(b.c->once_money)));
    return true;
}

static bool pareto(Base b, Finding *f)
{
    if (b.r->concentration.items < 5) return false;
    bool alike = 5 * b.r->top20 < 2 * b.r->positive; /* under 40 %: half of what a fifth usually brings */
    *f = (Finding){ .key = alike ? "finding.all_alike" : "finding.pareto", .door = "abc=A" };
    add(f, arg_share("share", ratio_of(b.r->top20, b.r->positive)));
    add(f, arg_count("clients", b.r->abc[0].items));
    add(f, arg_share("clients_share", ratio_of(b.r->abc[0].items, b.r->clients)));
    add(f, arg_about("money", capped(b.r->abc[0].amount)));
    return true;
}

static bool middle_is_thin(Base b, Finding *f)
{
    if (!(b.r->abc_deviations & ABC_B_NARROW)) return false;
    *f = (Finding){ .key = "finding.middle_is_thin", .door = "abc=B" };
    add(f, arg_count("clients", b.r->abc[1].items));
    add(f, arg_share("share", ratio_of(b.r->abc[1].items, b.r->clients)));
    return true;
}

static bool tail_is_long(Base b, Finding *f)
{
    if (!(b.r->abc_deviations & ABC_C_LONG)) return false;
    *f = (Finding){ .key = "finding.tail_is_long", .door = "abc=C" };
    add(f, arg_count("clients", b.r->abc[2].items));
    add(f, arg_share("share", ratio_of(b.r->abc[2].items, b.r->clients)));
    add(f, arg_about("money", capped(b.r->abc[2].amount)));
    return true;
}

static Look *const looks[] = {
    leans_on_one, lost, late, falling, reserve, fell, year_on_year, leans_on_ten, once, pareto, middle_is_thin, tail_is_long,
};

int findings_find(const Report *r, const Changes *c, Finding out[FINDINGS_MAX])
{
    int count = 0;
    for (ptrdiff_t i = 0; i < COUNT(looks); i++) {
        Finding f;
        if (!looks[i]((Base){ r, c }, &f)) continue;
        int at = count;
        while (at > 0 && f.worth > out[at - 1].worth) at--;
        if (at == FINDINGS_MAX) continue;
        if (count < FINDINGS_MAX) count++;
        for (int k = count - 1; k > at; k--) out[k] = out[k - 1];
        out[at] = f;
    }
    return count;
}
