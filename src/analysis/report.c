/* Everything a summary says at once.
 *
 * The work has two stages, each in two threads: first money (order, ABC, concentration) beside time (status, RFM,
 * months), then XYZ, which needs the ABC classes, over two halves of the clients. */
#include "analysis/report.h"

#include "analysis/halves.h"
#include "analysis/lorenz.h"
#include "analysis/order.h"

typedef struct {
    Report report;
    Cell   half[2][3][3]; /* of the clients in each half, added up at the end */
} Making;

static void order_in_period(Report *r, Arena scratch)
{
    const Summary *s   = r->of;
    uint32_t      *all = NEW_RAW(&scratch, uint32_t, s->clients);
    order_largest(s->money, s->clients, all, scratch);
    r->clients = 0;
    for (ptrdiff_t i = 0; i < s->clients; i++)
        if (s->in_period[all[i]]) r->order[r->clients++] = all[i];
}

static void products_part(Report *r, Arena scratch)
{
    const Summary *s     = r->of;
    uint32_t      *order = NEW_RAW(&scratch, uint32_t, s->products);
    order_largest(s->product_money, s->products, order, scratch);
    abc_classify(s->product_money, order, s->products, r->set.abc, r->products_abc_of);
    abc_sum(s->product_money, order, s->products, r->products_abc_of, r->products_abc);
    r->products_positive = lorenz_top(s->product_money, order, s->products, 100);
}

static void money_part(void *of, int half, Arena scratch)
{
    (void)half;
    Making        *m = of;
    Report        *r = &m->report;
    const Summary *s = r->of;
    order_in_period(r, scratch);
    abc_classify(s->money, r->order, r->clients, r->set.abc, r->abc_of);
    abc_sum(s->money, r->order, r->clients, r->abc_of, r->abc);
    r->concentration  = concentration_of(s->money, r->order, r->clients, -1);
    r->positive       = r->concentration.positive;
    r->top20          = lorenz_top(s->money, r->order, r->clients, 20);
    r->abc_deviations = abc_deviations(r->abc, concentration_one(&r->concentration, r->set.one_limit));
    products_part(r, scratch);
}

static void status_part(Report *r, Arena scratch)
{
    const Summary *s = r->of;
    r->rhythm = status_find(s->days, s->first, s->last, s->clients, s->as_of, r->set.status, r->status_of, scratch);
    for (ptrdiff_t i = 0; i < s->clients; i++) {
        Group *g = &r->status[r->status_of[i]];
        g->clients++;
        g->revenue += s->money[i];
    }
}

static void month_count(const Summary *s, int32_t *count, Day day)
{
    int month = month_of(day) - s->month0;
    if (month >= 0 && month < s->months) count[month]++;
}

static void months_part(Report *r)
{
    const Summary *s = r->of;
    for (ptrdiff_t i = 0; i < s->clients; i++) {
        if (s->days[i] == 0) continue;
        month_count(s, r->month_new, s->first[i]);
        if (r->status_of[i] == STATUS_LOST) month_count(s, r->month_lost, s->last[i]);
    }
}

static void rfm_part(Report *r, Arena scratch)
{
    const Summary *s        = r->of;
    int32_t       *days_ago = NEW_RAW(&scratch, int32_t, s->clients);
    for (ptrdiff_t i = 0; i < s->clients; i++) days_ago[i] = s->days[i] ? s->as_of - s->last[i] : 0;
    rfm_score(days_ago, s->client_documents, s->money, s->clients, r->rfm_of, scratch);
    for (ptrdiff_t i = 0; i < s->clients; i++) {
        if (!r->rfm_of[i].r) continue;
        Group *g = &r->rfm[rfm_cell(r->rfm_of[i])];
        g->clients++;
        g->revenue += s->money[i];
    }
}

static void time_part(void *of, int half, Arena scratch)
{
    (void)half;
    Report *r = &((Making *)of)->report;
    status_part(r, scratch);
    months_part(r);
    rfm_part(r, scratch);
}

typedef struct {
    Money *month;
    bool  *bought;
} Months;

static bool any(const bool *bought, int n)
{
    bool found = false;
    for (int i = 0; i < n; i++) found |= bought[i];
    return found;
}

static void xyz_client(const Report *r, ptrdiff_t i, Months room, Cell cells[3][3])
{
    const Summary *s = r->of;
    int            n = r->xyz_months.count;
    s->client_months(s, i, r->xyz_months, room.month, room.bought);
    if (!any(room.bought, n)) return;
    char  class = xyz_class(room.month, n, r->set.xyz);
    Cell *cell  = &cells[r->abc_of[i] - 'A'][class - 'X'];
    r->xyz_of[i] = class;
    cell->clients++;
    cell->revenue += s->money[i];
    cell->reserve += xyz_reserve(room.month, n);
}

static void xyz_part(void *of, int half, Arena scratch)
{
    Making        *m    = of;
    Report        *r    = &m->report;
    const Summary *s    = r->of;
    HalfRange      mine = half_range(s->clients, half);
    Months         room = { NEW_N(&scratch, Money, r->xyz_months.count), NEW_N(&scratch, bool, r->xyz_months.count) };
    if (r->xyz_months.count == 0) return;
    for (ptrdiff_t i = mine.from; i < mine.to; i++)
        if (s->in_period[i]) xyz_client(r, i, room, m->half[half]);
}

static void cells_add(Report *r, Cell cells[3][3])
{
    for (int a = 0; a < 3; a++)
        for (int x = 0; x < 3; x++) {
            r->cell[a][x].clients += cells[a][x].clients;
            r->cell[a][x].revenue += cells[a][x].revenue;
            r->cell[a][x].reserve += cells[a][x].reserve;
            r->xyz[x].clients += cells[a][x].clients;
            r->xyz[x].revenue += cells[a][x].revenue;
        }
}

static Report report_room(const Summary *s, ReportSettings set, Arena *mem)
{
    Day to = s->judged < s->to ? s->judged : s->to;
    return (Report){
        .of              = s,
        .set             = set,
        .xyz_months      = xyz_months_since(s->begins, s->from, to),
        .past_months     = xyz_months(s->begins == DAY_NONE ? s->from : s->begins, to),
        .month_new       = NEW_N(mem, int32_t, s->months),
        .month_lost      = NEW_N(mem, int32_t, s->months),
        .order           = NEW_RAW(mem, uint32_t, s->clients),
        .abc_of          = NEW_N(mem, char, s->clients),
        .xyz_of          = NEW_N(mem, char, s->clients),
        .rfm_of          = NEW_N(mem, Rfm, s->clients),
        .status_of       = NEW_RAW(mem, uint8_t, s->clients),
        .products_abc_of = NEW_N(mem, char, s->products),
    };
}

Err report_make(const Summary *s, ReportSettings set, Arena *mem, Arena scratch, Report *out)
{
    if (set.abc.a < 0 || set.abc.a >= set.abc.b || set.abc.b > RATIO_ONE || !xyz_cuts_valid(set.xyz)) return INVALID;
    Making m = { .report = report_room(s, set, mem) };
    halves_run(&m, money_part, time_part, s->clients, scratch);
    halves_run(&m, xyz_part, xyz_part, s->clients, scratch);
    for (int half = 0; half < 2; half++) cells_add(&m.report, m.half[half]);
    *out = m.report;
    return OK;
}
