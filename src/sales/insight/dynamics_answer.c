/* Sales by month, week or year: growth against a year before, season, marked falls and who made them. */
#include "analysis/dynamics.h"
#include "facts/series.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

static const char *const grains[] = { "month", "week", "year", NULL };
typedef enum { GRAIN_MONTH, GRAIN_WEEK, GRAIN_YEAR } Grain;

enum {
    SHOWN_FALLS = 3,
    SHOWN_MAKERS = 10
}; /* beside the chart; all of one fall are behind its cell, all of all in a workbook */

/* All days of the history up to the end of the period, and of the year before it where the period reaches further
 * back. */
typedef struct {
    Money   *money;
    int32_t *documents;
    Day      from; /* of money[0] */
} Days;

static Day year_earlier(Day d, Grain grain)
{
    if (grain == GRAIN_WEEK) return d - 364; /* the same day of the week */
    Civil c = civil_of(d);
    if (c.month == 2 && c.day == 29) c.day = 28;
    c.year--;
    return day_of(c);
}

static Days days_of(Asking *a)
{
    Day from = year_earlier(a->q.from, GRAIN_MONTH) - 7;
    if (a->earliest < from) from = a->earliest;
    Days d = { NEW_RAW(a->r->w->mem, Money, a->q.to - from + 1), NEW_RAW(a->r->w->mem, int32_t, a->q.to - from + 1),
               from };
    FactsQuestion q = a->q;
    q.from = from;
    facts_days(&a->hold.view, &q, d.money, d.documents);
    return d;
}

static Wide sum_days(const Days *d, Day from, Day to)
{
    Wide sum = 0;
    for (Day day = from < d->from ? d->from : from; day <= to; day++) sum += d->money[day - d->from];
    return sum;
}

static int64_t count_days(const Days *d, Day from, Day to)
{
    int64_t sum = 0;
    for (Day day = from < d->from ? d->from : from; day <= to; day++) sum += d->documents[day - d->from];
    return sum;
}

static Day grain_end(Day d, Grain grain)
{
    if (grain == GRAIN_WEEK) return d + 6 - weekday_of(d);
    if (grain == GRAIN_YEAR) return day_of((Civil){ civil_of(d).year, 12, 31 });
    return month_last(month_of(d));
}

static Str grain_name(Asking *a, Day d, Grain grain)
{
    Buf b = buf_new(a->r->w->mem, 16);
    if (grain == GRAIN_WEEK) buf_day(&b, d - weekday_of(d));
    else if (grain == GRAIN_YEAR) buf_i64(&b, civil_of(d).year);
    else buf_month(&b, month_of(d));
    return buf_str(&b);
}

/* ---- days beside the same days of the year before ---- */

typedef struct {
    bool known; /* there were sales to be had a year before, and some of the days have come */
    Wide now, was;
} YearAgo;

/* Days that have not come are set beside none. */
static YearAgo year_ago(const Asking *a, const Days *d, Day from, Day to, Grain grain)
{
    Day was_from = year_earlier(from, grain);
    if (to > a->known) to = a->known;
    if (to < from || was_from < a->earliest) return (YearAgo){ 0 };
    return (YearAgo){ true, sum_days(d, from, to), sum_days(d, was_from, year_earlier(to, grain)) };
}

/* ---- months: what the falls and the season are read from ---- */

typedef struct {
    XyzMonths whole; /* of all the history */
    XyzMonths shown; /* those of the period */
    Money    *money; /* [whole.count] */
    Fall     *fall;  /* [falls] of the period */
    int       falls;
    Ratio     season[12];
    bool      has_season;
} Months;

static Months months_of(Asking *a, const Days *d)
{
    Months m = { .whole = xyz_months(a->earliest, a->judged),
                 .shown = xyz_months_since(a->earliest, a->q.from, a->judged) };
    int    n = m.whole.count;
    m.money  = NEW_RAW(a->r->w->mem, Money, n + 1);
    for (int i = 0; i < n; i++)
        m.money[i] = (Money)sum_days(d, month_first(m.whole.first + i), month_last(m.whole.first + i));
    m.fall       = NEW_RAW(a->r->w->mem, Fall, n + 1);
    m.falls      = falls_find(m.money, n, m.shown.first - m.whole.first, FALL_USUAL, m.fall, n);
    m.has_season = season_of(m.money, n, m.whole.first, m.season);
    return m;
}

static const Fall *fall_at(const Months *m, Month month)
{
    for (int i = 0; i < m->falls; i++)
        if (m->whole.first + m->fall[i].at == month) return &m->fall[i];
    return NULL;
}

/* ---- tables ---- */

static void put_points(Asking *a, Tables *t, const Days *d, const Months *months, Grain grain)
{
    static const Column columns[] = { { "period", CELL_TEXT },     { "amount", CELL_MEASURE },
                                      { "documents", CELL_COUNT }, { "before", CELL_MEASURE },
                                      { "growth", CELL_SHARE },    { "expected", CELL_MEASURE },
                                      { "missing", CELL_MEASURE } };
    table_begin(t, "points", columns, COUNT(columns));
    for (Day from = a->q.from, end; from <= a->q.to; from = end + 1) {
        end = grain_end(from, grain);
        if (end > a->q.to) end = a->q.to;
        YearAgo     ago  = year_ago(a, d, from, end, grain);
        const Fall *fall = grain == GRAIN_MONTH ? fall_at(months, month_of(from)) : NULL;
        table_row(t, (Datum[]){ d_text(grain_name(a, from, grain)), d_wide(sum_days(d, from, end)),
                                d_count(count_days(d, from, end)), ago.known ? d_wide(ago.was) : d_none(),
                                ago.known && ago.was > 0 ? d_share(ago.now - ago.was, ago.was) : d_none(),
                                fall ? d_wide(fall->expected) : d_none(), fall ? d_wide(fall->missing) : d_none() });
    }
    table_end(t);
}

static void put_season(Tables *t, const Months *m)
{
    static const Column columns[] = { { "month", CELL_COUNT }, { "factor", CELL_FACTOR } };
    table_begin(t, "season", columns, COUNT(columns));
    for (int i = 0; m->has_season && i < 12; i++) table_row(t, (Datum[]){ d_count(i + 1), d_wide(m->season[i]) });
    table_end(t);
}

/* ---- who made a fall ---- */

/* What each item did to a fall: its month less the average of its months before.  Behind the products stands what was
 * sold without one, of id 0, so that the parts come to the fall. */
typedef struct {
    int64_t  *id;
    Money    *part; /* positive: missing */
    bool     *is;
    ptrdiff_t n;
} Parts;

static Parts parts_of(Asking *a, const FactsAnswer *was, const FactsAnswer *now, int months, bool products)
{
    Arena          *mem = a->r->w->mem;
    ptrdiff_t       n = products ? was->summary.products : was->summary.clients,
              k = products ? now->summary.products : now->summary.clients;
    const int64_t  *id  = products ? was->product_id : was->client_id;
    const uint32_t *was_no = products ? was->product_number : was->client_number,
                   *now_no = products ? now->product_number : now->client_number;
    const Money *m = products ? was->summary.product_money : was->summary.money,
                *now_m = products ? now->summary.product_money : now->summary.money;
    Parts p = { NEW_RAW(mem, int64_t, n + 1), NEW_RAW(mem, Money, n + 1), NEW_RAW(mem, bool, n + 1), n };
    for (ptrdiff_t i = 0, j = 0; i < n; i++) {
        while (j < k && now_no[j] < was_no[i]) j++;
        p.id[i]   = id[i];
        p.part[i] = round_div(m[i], months) - (j < k && now_no[j] == was_no[i] ? now_m[j] : 0);
        p.is[i]   = p.part[i] > 0;
    }
    if (!products) return p;
    p.id[n]   = 0;
    p.part[n] = round_div(was->summary.nameless, months) - (Money)now->summary.nameless;
    p.is[n]   = p.part[n] > 0;
    p.n++;
    return p;
}

/* Those who brought less than in the months before: the page asked for of a single fall, the first of each of
 * several. */
typedef struct {
    Month   month;
    Parts   parts[2];   /* of clients, of products */
    Members members[2];
} Made;

static const char *const maker_lists[] = { "fall_clients", "fall_products", NULL };

static Err made_of(Asking *a, Month month, Month begins, bool first_only, Made *out)
{
    int         before = month - begins < FALL_BEFORE ? month - begins : FALL_BEFORE;
    FactsAnswer was = asking_again(a, month_first(month - before), month_last(month - 1), a->q.measure);
    FactsAnswer now = asking_again(a, month_first(month), month_last(month), a->q.measure);
    out->month = month;
    for (int i = 0; i < 2; i++) {
        Asking first = *a;
        Parts *p     = &out->parts[i];
        *p = parts_of(a, &was, &now, before, i == 1);
        if (first_only) first.skip = 0, first.limit = SHOWN_MAKERS, first.list = S("");
        TRY(members_list(
            first_only ? &first : a,
            (Listing){
                .list = maker_lists[i], .of_product = i == 1, .id = p->id, .amount = p->part, .is = p->is, .n = p->n },
            &out->members[i]));
    }
    return OK;
}

typedef struct {
    Made *made;
    int   n;
} AllMade;

/* A cell is fall-2026-03: a month of the period whose makers are asked for. */
static bool month_of_cell(Asking *a, Month *out)
{
    Str text = a->cell.n ? str_from(a->cell, 5) : a->cell;
    Day day;
    if (!str_starts(a->cell, S("fall-")) || text.n != 7 ||
        !day_read(str_fmt(a->r->w->mem, "%.*s-01", (int)text.n, text.s), &day))
        return false;
    *out = month_of(day);
    return true;
}

/* Of the month asked for, of the three latest falls, or for a workbook of all. */
static Err find_makers(Asking *a, const Months *m, AllMade *out)
{
    Month month;
    bool  one = month_of_cell(a, &month);
    out->made = NEW_N(a->r->w->mem, Made, m->falls + 1);
    out->n    = 0;
    Month first = m->shown.first > m->whole.first ? m->shown.first
                                                  : m->whole.first + 1; /* before the first month there is nothing */
    if (one && (month < first || month >= m->whole.first + m->whole.count)) return OK;
    if (one) return made_of(a, month, m->whole.first, false, &out->made[out->n++]);
    for (int i = !a->book && m->falls > SHOWN_FALLS ? m->falls - SHOWN_FALLS : 0; i < m->falls; i++)
        TRY(made_of(a, m->whole.first + m->fall[i].at, m->whole.first, !a->book, &out->made[out->n++]));
    return OK;
}

static void put_falls(Tables *t, const Months *m, const AllMade *all)
{
    static const Column columns[] = { { "month", CELL_MONTH },    { "expected", CELL_MEASURE },
                                      { "amount", CELL_MEASURE }, { "missing", CELL_MEASURE },
                                      { "clients", CELL_COUNT },  { "products", CELL_COUNT } };
    table_begin(t, "falls", columns, COUNT(columns));
    for (int i = 0; i < m->falls; i++) {
        Month       month = m->whole.first + m->fall[i].at;
        const Made *made  = NULL;
        for (int k = 0; k < all->n; k++)
            if (all->made[k].month == month) made = &all->made[k];
        table_row(t, (Datum[]){ d_month(month), d_wide(m->fall[i].expected), d_wide(m->fall[i].fact),
                                d_wide(m->fall[i].missing), made ? d_count(made->members[0].all) : d_none(),
                                made ? d_count(made->members[1].all) : d_none() });
    }
    table_end(t);
}

static void put_makers(Tables *t, const AllMade *all)
{
    ListSize sizes[2];
    for (int i = 0; i < 2; i++) {
        const Column columns[] = { { "month", CELL_MONTH },
                                   i ? (Column){ "product", CELL_PRODUCT } : (Column){ "client", CELL_CLIENT },
                                   { "part", CELL_MEASURE } };
        sizes[i] = (ListSize){ maker_lists[i], 0, 0 };
        table_begin(t, maker_lists[i], columns, COUNT(columns));
        for (int f = 0; f < all->n; f++) {
            const Members *m = &all->made[f].members[i];
            const Parts   *p = &all->made[f].parts[i];
            for (ptrdiff_t k = 0; k < m->n; k++) {
                int64_t id = p->id[m->at[k]];
                table_row(t, (Datum[]){ d_month(all->made[f].month), id ? d_named(id, m->name[k]) : d_none(),
                                        d_wide(p->part[m->at[k]]) });
            }
            sizes[i].items += m->all;
            sizes[i].amount += m->amount;
        }
        table_end(t);
    }
    members_lists(t, sizes, 2);
}

static Str sentence_of(Asking *a, const Days *d, const Months *m)
{
    Wide    now = sum_days(d, a->q.from, a->q.to);
    YearAgo ago = year_ago(a, d, a->q.from, a->q.to, GRAIN_MONTH);
    if (now == 0 && ago.was == 0 && !m->falls) return asking_say(a, "analysis.nothing");
    if (m->falls) {
        const Fall *last = &m->fall[m->falls - 1];
        Buf         month = buf_new(a->r->w->mem, 32);
        month_put(&month, a->voice, m->whole.first + last->at);
        return asking_say(
            a, "dynamics.fall", arg_text("month", buf_str(&month)), arg_text("missing", asking_money(a, last->missing)),
            arg_text("share", asking_share(a, last->missing, last->expected)), arg_text("money", asking_money(a, now)));
    }
    if (!ago.known || ago.was <= 0)
        return asking_say(a, "dynamics.plain", arg_text("money", asking_money(a, now)));
    bool up = ago.now >= ago.was;
    return asking_say(a, up ? "dynamics.up" : "dynamics.down", arg_text("money", asking_money(a, now)),
                      arg_text("share", asking_share(a, up ? ago.now - ago.was : ago.was - ago.now, ago.was)));
}

Err answer_dynamics(Request *r)
{
    Asking  a;
    Tables  t;
    AllMade made;
    Month   month;
    int     grain = GRAIN_MONTH;
    TRY(asking_begin(r, &a));
    TRY(asking_lists(&a, maker_lists));
    TRY(asking_cell(&a, month_of_cell(&a, &month)));
    TRY(asked_choice(r, "grain", grains, &grain));
    Days   days   = days_of(&a);
    Months months = months_of(&a, &days);
    a.tells_coverage = a.q.measure != MEASURE_REVENUE;
    if (a.tells_coverage) a.a = asking_again(&a, a.q.from, a.q.to, a.q.measure);
    asking_open(&a, sentence_of(&a, &days, &months), "dynamics.how", &t);
    put_points(&a, &t, &days, &months, (Grain)grain);
    put_season(&t, &months);
    TRY(find_makers(&a, &months, &made));
    put_falls(&t, &months, &made);
    put_makers(&t, &made);
    return asking_close(&a, &t);
}
