/* The tables of an analysis: for each section how many rows it has and what stands in one. */
#include "app/analyze_sections.h"

enum { ALL_ROWS = 1 << 30 };

static Str letter(char c)
{
    static const char letters[] = "ABCXYZ";
    return (Str){ &letters[c >= 'X' ? c - 'X' + 3 : c - 'A'], 1 };
}

static void text(SectionRow *r, int column, Str s)         { r->cell[column] = arg_text(NULL, s); }
static void word(SectionRow *r, int column, const char *k) { r->cell[column] = arg_word(NULL, k); }
static void count(SectionRow *r, int column, int64_t n)    { r->cell[column] = arg_count(NULL, n); }
static void day(SectionRow *r, int column, Day d)          { r->cell[column] = arg_day(NULL, d); }
static void month(SectionRow *r, int column, Month m)      { r->cell[column] = arg_month(NULL, m); }

static void money(SectionRow *r, int column, Wide m)
{
    r->cell[column] = arg_money(NULL, m > INT64_MAX ? INT64_MAX : m < -INT64_MAX ? -INT64_MAX : (Money)m);
}

/* A share that cannot be told stays an empty cell. */
static void share(SectionRow *r, int column, Ratio v)
{
    if (v != NONE) r->cell[column] = arg_share(NULL, v);
}

static void client(SectionRow *r, int column, const Analysis *a, ptrdiff_t at)
{
    if (at >= 0) text(r, column, a->report->of->client[at]);
}

static const char *const status_keys[STATUSES] = {
    [STATUS_ACTIVE] = "status.active",   [STATUS_NEW] = "status.new",   [STATUS_SLIPPING] = "status.slipping",
    [STATUS_AT_RISK] = "status.at_risk", [STATUS_LOST] = "status.lost", [STATUS_POTENTIAL] = "status.potential",
};

static ptrdiff_t three(const Analysis *a)
{
    (void)a;
    return 3;
}

static ptrdiff_t three_of_products(const Analysis *a)
{
    return a->report->of->products ? 3 : 0;
}

static void class_row(const AbcClass sums[3], Wide positive, ptrdiff_t i, SectionRow *out)
{
    text(out, 0, letter((char)('A' + i)));
    count(out, 1, sums[i].items);
    share(out, 2, ratio_of(sums[i].items, sums[0].items + sums[1].items + sums[2].items));
    money(out, 3, sums[i].amount);
    share(out, 4, ratio_of(sums[i].amount, positive));
}

static void abc_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    class_row(a->report->abc, a->report->positive, i, out);
}

static void products_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    class_row(a->report->products_abc, a->report->products_positive, i, out);
}

static ptrdiff_t three_of_months(const Analysis *a)
{
    return a->report->xyz_months.count ? 3 : 0;
}

static void xyz_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    text(out, 0, letter((char)('X' + i)));
    count(out, 1, a->report->xyz[i].clients);
    money(out, 2, a->report->xyz[i].revenue);
    share(out, 3, ratio_of(a->report->xyz[i].revenue, a->report->positive));
}

static ptrdiff_t nine(const Analysis *a)
{
    return a->report->xyz_months.count ? 9 : 0;
}

static void cell_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    const Cell *c = &a->report->cell[i / 3][i % 3];
    text(out, 0, letter((char)('A' + i / 3)));
    text(out, 1, letter((char)('X' + i % 3)));
    count(out, 2, c->clients);
    money(out, 3, c->revenue);
    money(out, 4, c->reserve);
}

static ptrdiff_t statuses(const Analysis *a)
{
    (void)a;
    return STATUSES;
}

static void status_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    const Group *g = &a->report->status[i];
    word(out, 0, status_keys[i]);
    count(out, 1, g->clients);
    share(out, 2, ratio_of(g->clients, a->report->of->clients));
    money(out, 3, g->revenue);
    share(out, 4, ratio_of(g->revenue, a->report->positive));
}

/* The i-th cell that has clients. */
static int rfm_filled(const Analysis *a, ptrdiff_t i)
{
    for (int cell = 0; cell < RFM_CELLS; cell++)
        if (a->report->rfm[cell].clients && i-- == 0) return cell;
    return -1;
}

static ptrdiff_t rfm_rows(const Analysis *a)
{
    ptrdiff_t filled = 0;
    for (int cell = 0; cell < RFM_CELLS; cell++) filled += a->report->rfm[cell].clients > 0;
    return filled;
}

static void rfm_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    int cell  = rfm_filled(a, i);
    Rfm score = rfm_of_cell(cell);
    count(out, 0, score.r);
    count(out, 1, score.f);
    count(out, 2, score.m);
    count(out, 3, a->report->rfm[cell].clients);
    money(out, 4, a->report->rfm[cell].revenue);
    share(out, 5, ratio_of(a->report->rfm[cell].revenue, a->report->positive));
}

typedef enum {
    DEPEND_TOP1,
    DEPEND_TOP10,
    DEPEND_WITHOUT,
    DEPEND_HHI,
    DEPEND_GINI,
    DEPEND_LEVEL,
    DEPENDS
} Depends;

static ptrdiff_t depends(const Analysis *a)
{
    return a->report->concentration.items ? DEPENDS : 0;
}

static void depends_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    static const char *const keys[DEPENDS] = { "depends.top1", "depends.top10", "depends.without", "depends.hhi",
                                               "depends.gini", "depends.level" };
    const Concentration *c = &a->report->concentration;
    Wide                 part = i == DEPEND_TOP1 ? c->top1 : i == DEPEND_TOP10 ? c->top10 : c->positive - c->top1;
    word(out, 0, keys[i]);
    if (i == DEPEND_TOP1) client(out, 1, a, c->largest);
    if (i <= DEPEND_WITHOUT) money(out, 2, part);
    if (i <= DEPEND_WITHOUT) share(out, 3, ratio_of(part, c->positive));
    if (i == DEPEND_HHI) count(out, 4, round_div(c->hhi, 1000000));
    if (i == DEPEND_GINI) share(out, 3, c->gini);
    if (i == DEPEND_LEVEL) word(out, 4, level_words[concentration_level(c, a->report->set.one_limit)]);
}

static ptrdiff_t months(const Analysis *a)
{
    return a->report->of->months;
}

/* Half a month is not compared with a whole one. */
static Ratio month_growth(const Analysis *a, ptrdiff_t i, int months_before)
{
    const Money *month = a->report->of->month_money;
    XyzMonths    whole = a->report->xyz_months;
    ptrdiff_t    first = whole.first - a->report->of->month0;
    if (i - months_before < first || i >= first + whole.count) return NONE;
    return growth_of(month[i], month[i - months_before]);
}

static void month_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    const Summary *s = a->report->of;
    month(out, 0, s->month0 + (Month)i);
    money(out, 1, s->month_money[i]);
    share(out, 2, month_growth(a, i, 1));
    share(out, 3, month_growth(a, i, 12));
    count(out, 4, s->month_documents[i]);
    count(out, 5, s->month_clients[i]);
    count(out, 6, a->report->month_new[i]);
    count(out, 7, a->report->month_lost[i]);
}

static ptrdiff_t season(const Analysis *a)
{
    return a->changes->has_season ? 12 : 0;
}

static void season_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    static const char *const names[12] = { "month.1", "month.2", "month.3", "month.4",  "month.5",  "month.6",
                                           "month.7", "month.8", "month.9", "month.10", "month.11", "month.12" };
    word(out, 0, names[i]);
    share(out, 1, a->changes->season[i]);
}

enum { MAKERS_SHOWN = 5 };

static ptrdiff_t falls(const Analysis *a)
{
    ptrdiff_t rows = 0;
    for (int i = 0; i < a->changes->falls; i++)
        rows += a->changes->fall[i].makers.count < MAKERS_SHOWN ? a->changes->fall[i].makers.count : MAKERS_SHOWN;
    return rows;
}

static void fall_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    const MarkedFall *f = a->changes->fall;
    for (; i >= MAKERS_SHOWN || i >= f->makers.count; f++)
        i -= f->makers.count < MAKERS_SHOWN ? f->makers.count : MAKERS_SHOWN;
    month(out, 0, f->month);
    money(out, 1, f->fall.expected);
    money(out, 2, f->fall.fact);
    client(out, 3, a, f->makers.client[i]);
    money(out, 4, -f->makers.sum[i]);
}

static ptrdiff_t falling(const Analysis *a)
{
    return a->changes->falling.count;
}

static void falling_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    Falling   f;
    ptrdiff_t at = a->changes->falling.client[i];
    if (!client_falling(a->report, FALLING_USUAL, at, &f, *a->scratch)) return;
    client(out, 0, a, at);
    money(out, 1, f.was);
    money(out, 2, f.now);
    share(out, 3, f.change);
    money(out, 4, f.stake);
    word(out, 5, status_keys[a->report->status_of[at]]);
}

static ptrdiff_t late(const Analysis *a)
{
    return a->changes->late.count;
}

static void late_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    ptrdiff_t at = a->changes->late.client[i];
    Late      l  = client_late(a->report, at);
    client(out, 0, a, at);
    if (a->report->abc_of[at]) text(out, 1, letter(a->report->abc_of[at])); /* none: nothing bought in the period */
    money(out, 2, a->report->of->money[at]);
    day(out, 3, a->report->of->last[at]);
    day(out, 4, l.due);
    count(out, 5, l.days_late);
    word(out, 6, status_keys[a->report->status_of[at]]);
}

static ptrdiff_t clients(const Analysis *a)
{
    return a->report->clients;
}

/* The columns that both lists of clients begin with; where the next one stands. */
static int client_cells(const Analysis *a, ptrdiff_t at, SectionRow *out)
{
    const Report  *r = a->report;
    const Summary *s = r->of;
    client(out, 0, a, at);
    money(out, 1, s->money[at]);
    share(out, 2, ratio_of(s->money[at], r->positive));
    text(out, 3, letter(r->abc_of[at]));
    if (r->xyz_of[at]) text(out, 4, letter(r->xyz_of[at]));
    if (r->rfm_of[at].r) count(out, 5, r->rfm_of[at].r * 100 + r->rfm_of[at].f * 10 + r->rfm_of[at].m);
    word(out, 6, status_keys[r->status_of[at]]);
    count(out, 7, s->client_documents[at]);
    if (s->days[at] >= 1) day(out, 8, s->first[at]);
    if (s->days[at] >= 1) day(out, 9, s->last[at]);
    if (s->days[at] >= 2) {
        Rhythm own = rhythm_of(s->days[at], s->first[at], s->last[at]);
        count(out, 10, round_div(own.num, own.den));
    }
    return 11;
}

static void client_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    client_cells(a, a->report->order[i], out);
}

static void everything_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    ptrdiff_t at   = a->report->order[i];
    int       next = client_cells(a, at, out);
    Falling   f;
    if (client_falling(a->report, FALLING_USUAL, at, &f, *a->scratch)) {
        money(out, next, f.was);
        money(out, next + 1, f.now);
        share(out, next + 2, f.change);
    }
    if (a->report->of->days[at] == 0) return;
    Late l = client_late(a->report, at);
    day(out, next + 3, l.due);
    if (l.days_late > 0) count(out, next + 4, l.days_late);
}

static ptrdiff_t skipped(const Analysis *a)
{
    return a->read->skipped_count;
}

static void skipped_row(const Analysis *a, ptrdiff_t i, SectionRow *out)
{
    word(out, 0, a->read->skipped[i].key);
    count(out, 1, a->read->skipped[i].rows);
    share(out, 2, ratio_of(a->read->skipped[i].rows, a->read->rows));
    if (a->read->skipped[i].row) out->cell[3] = arg_row(NULL, a->read->skipped[i].row);
    text(out, 4, a->read->skipped[i].cell);
}

#define CLIENT_COLUMNS                                                                                                 \
    "column.client", "column.revenue", "column.share", "column.abc", "column.xyz", "column.rfm", "column.status",      \
        "column.documents", "column.first", "column.last", "column.rhythm"

const Section analyze_sections[] = {
    { "analyze.clients", { CLIENT_COLUMNS }, 10, false, clients, client_row },
    { "analyze.all_clients",
      { CLIENT_COLUMNS, "column.was", "column.now", "column.change", "column.due", "column.days_late" },
      0,
      true,
      clients,
      everything_row },
    { "analyze.abc",
      { "column.class", "column.clients", "column.share", "column.revenue", "column.share" },
      ALL_ROWS,
      true,
      three,
      abc_row },
    { "analyze.products_abc",
      { "column.class", "column.products", "column.share", "column.revenue", "column.share" },
      ALL_ROWS,
      true,
      three_of_products,
      products_row },
    { "analyze.xyz",
      { "column.class", "column.clients", "column.revenue", "column.share" },
      ALL_ROWS,
      true,
      three_of_months,
      xyz_row },
    { "analyze.abc_xyz",
      { "column.abc", "column.xyz", "column.clients", "column.revenue", "column.reserve" },
      ALL_ROWS,
      true,
      nine,
      cell_row },
    { "analyze.status",
      { "column.status", "column.clients", "column.share", "column.revenue", "column.share" },
      ALL_ROWS,
      true,
      statuses,
      status_row },
    { "analyze.depends",
      { "column.figure", "column.client", "column.revenue", "column.share", "column.points" },
      ALL_ROWS,
      true,
      depends,
      depends_row },
    { "analyze.rfm",
      { "column.r", "column.f", "column.m", "column.clients", "column.revenue", "column.share" },
      10,
      true,
      rfm_rows,
      rfm_row },
    { "analyze.months",
      { "column.month", "column.revenue", "column.to_month", "column.to_year", "column.documents", "column.clients",
        "column.new", "column.lost" },
      ALL_ROWS,
      true,
      months,
      month_row },
    { "analyze.season", { "column.month", "column.factor" }, ALL_ROWS, true, season, season_row },
    { "analyze.falls",
      { "column.month", "column.expected", "column.fact", "column.client", "column.part" },
      ALL_ROWS,
      true,
      falls,
      fall_row },
    { "analyze.falling",
      { "column.client", "column.was", "column.now", "column.change", "column.missing", "column.status" },
      10,
      true,
      falling,
      falling_row },
    { "analyze.late",
      { "column.client", "column.abc", "column.revenue", "column.last", "column.due", "column.days_late",
        "column.status" },
      10,
      true,
      late,
      late_row },
    { "analyze.skipped",
      { "column.reason", "column.rows", "column.share", "column.first_row", "column.its_cell" },
      ALL_ROWS,
      true,
      skipped,
      skipped_row },
};

const ptrdiff_t analyze_section_count = COUNT(analyze_sections);

int section_columns(const Section *s)
{
    int n = 0;
    while (n < SECTION_COLUMNS && s->column[n]) n++;
    return n;
}

void analysis_args(const Analysis *a, Arg out[ANALYSIS_ARGS])
{
    const Report  *r = a->report;
    const Summary *s = r->of;
    Arg            args[ANALYSIS_ARGS] = {
        arg_text("file", a->file),
        arg_count("rows", a->read->rows),
        arg_count("used", a->read->used),
        arg_day("from", s->from),
        arg_day("to", s->to),
        arg_day("as_of", s->as_of),
        arg_money("revenue", (Money)s->revenue),
        arg_count("clients", r->clients),
        arg_count("documents", s->documents),
        arg_count("products", s->products),
        arg_share("cut_a", r->set.abc.a),
        arg_share("cut_b", r->set.abc.b),
        arg_share("cut_x", r->set.xyz.x),
        arg_share("cut_y", r->set.xyz.y),
        arg_count("months", r->xyz_months.count),
        arg_count("rhythm", round_div(r->rhythm.num, r->rhythm.den)),
        arg_share("top20", ratio_of(r->top20, r->positive)),
        arg_count("falling", a->changes->falling_clients),
        arg_count("late", changes_late(a->changes)),
        arg_count("spread", HHI_SPREAD),
        arg_count("danger", HHI_DANGER),
    };
    for (int i = 0; i < ANALYSIS_ARGS; i++) out[i] = args[i];
}
