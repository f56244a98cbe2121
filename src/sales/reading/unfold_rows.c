/* The rows of a report become rows of a table, as they go by. */
#include "sales/reading/sales_cell.h"
#include "sales/reading/total_said.h"
#include "sales/reading/unfold.h"

#include "core/utf8.h"
#include "format/dates.h"

#include <string.h>

enum { PLACES = 3, NAME_KEPT = 1000, WAITING_MAX = REPORT_LEVELS_MAX };

/* A group whose details go by, or (level -1) the whole report. */
typedef struct {
    int64_t   row, details;
    char      name[NAME_KEPT];
    ptrdiff_t name_n;
    int64_t  *stated; /* [columns] NONE: not said           */
    Wide     *sum;    /* [columns] of its details           */
} Level;

struct Unfold {
    const UnfoldPlan *plan;
    NumberForm        number;
    Level             all, level[REPORT_LEVELS_MAX], waiting[WAITING_MAX];
    Wide             *since;    /* [columns] of the details since the last sum */
    int64_t           details_since;
    int               depth;    /* levels that are open                        */
    int               waits;    /* names whose level the first detail will say */
    ReportRow         row;      /* the detail whose rows are given out         */
    int               next;     /* of the columns of the head                  */
    bool              gives;
    int64_t          *figure;   /* [columns] of the row in hand                */
    Str              *out;
    char              day[16];
    int64_t           sums, first_sum;
};

static Level level_new(Arena *mem, int columns)
{
    Level l  = { .stated = NEW_N(mem, int64_t, columns), .sum = NEW_N(mem, Wide, columns) };
    for (int c = 0; c < columns; c++) l.stated[c] = NONE;
    return l;
}

Unfold *unfold_begin(Arena *mem, const UnfoldPlan *plan, NumberForm number)
{
    Unfold *u = NEW(mem, Unfold);
    *u        = (Unfold){ .plan = plan, .number = number };
    u->all    = level_new(mem, plan->columns);
    for (int i = 0; i < plan->says.levels; i++) u->level[i] = level_new(mem, plan->columns);
    for (int i = 0; i < WAITING_MAX && plan->by == LEVELS_DAY; i++) u->waiting[i] = level_new(mem, plan->columns);
    u->since  = NEW_N(mem, Wide, plan->columns);
    u->figure = NEW_N(mem, int64_t, plan->columns);
    u->out    = NEW_N(mem, Str, plan->out_columns);
    return u;
}

int64_t unfold_sums(const Unfold *u, int64_t *first)
{
    *first = u->first_sum;
    return u->sums;
}

/* ---- figures ---- */

/* In thousandths; NONE: nothing there, or no number. */
static int64_t figure_of(const Unfold *u, Str cell)
{
    static const int64_t tens[] = { 1000, 100, 10, 1 };
    char                 room[16 + CELL_BEHIND];
    Decimal              d;
    int64_t              value = NONE;
    if (!cell.n) return NONE;
    if (cell.n < 16) {
        memcpy(room, cell.s, (size_t)cell.n);
        if (decimal_plain((Str){ room, cell.n }, u->number.decimal, &d) && d.places <= PLACES &&
            d.digits < INT64_C(1000000000000000))
            return d.digits * tens[d.places];
    }
    return number_read(cell, u->number, PLACES, &value) == CELL_READ ? value : NONE;
}

static void figures_read(Unfold *u, const ReportRow *row)
{
    for (int c = 0; c < u->plan->columns; c++)
        u->figure[c] = u->plan->column[c].adds ? figure_of(u, report_cell(row, c)) : NONE;
}

static bool any_figure(const Unfold *u)
{
    for (int c = 0; c < u->plan->columns; c++)
        if (u->figure[c] != NONE && u->figure[c]) return true;
    return false;
}

/* A unit of the second place for each detail that may have been rounded, half of a whole one at the most. */
static bool is_near(Wide a, Wide b, int64_t details)
{
    Wide off = a < b ? b - a : a - b, most = details < 50 ? 10 * details : 500;
    return off <= most;
}

static Err differs(Unfold *u, int64_t row, Str name, int column, Wide stated, Wide added, Problems *problems)
{
    Problem p = { .err = INVALID, .key = "report.total_differs", .row = row, .arg_count = 4 };
    p.args[0] = arg_text("what", name);
    p.args[1] = arg_text("column", u->plan->column[column].name);
    p.args[2] = arg_money("stated", round_div(stated, 10));
    p.args[3] = arg_money("added", round_div(added, 10));
    return problem_add(problems, p);
}

/* ---- groups ---- */

static Str name_of(const Level *l)
{
    return (Str){ l->name, l->name_n };
}

static void level_open(Level *l, const Unfold *u, int64_t row, Str name)
{
    l->row     = row;
    l->details = 0;
    l->name_n  = name.n < NAME_KEPT ? name.n : NAME_KEPT;
    if (name.n) memcpy(l->name, name.s, (size_t)l->name_n);
    memcpy(l->stated, u->figure, (size_t)u->plan->columns * sizeof *l->stated);
    memset(l->sum, 0, (size_t)u->plan->columns * sizeof *l->sum);
}

static Err level_close(Unfold *u, const Level *l, Problems *problems)
{
    for (int c = 0; c < u->plan->columns; c++) {
        if (l->stated[c] == NONE || (!l->details && !l->stated[c])) continue;
        if (!l->details)
            return problem_add(problems, (Problem){ .err = INVALID, .key = "report.no_details", .row = l->row,
                                                    .arg_count = 1, .args = { arg_text("what", name_of(l)) } });
        if (!is_near(l->stated[c], l->sum[c], l->details))
            return differs(u, l->row, name_of(l), c, l->stated[c], l->sum[c], problems);
    }
    return OK;
}

static Err levels_close(Unfold *u, int to, Problems *problems)
{
    while (u->depth > to) TRY(level_close(u, &u->level[--u->depth], problems));
    return OK;
}

static Err level_changes(const ReportRow *row, Str name, Problems *problems)
{
    return problem_add(problems, (Problem){ .err = INVALID, .key = "report.level_changes", .row = row->number,
                                            .arg_count = 1, .args = { arg_text("what", name) } });
}

static Err group_begins(Unfold *u, const ReportRow *row, int level, Str name, Problems *problems)
{
    if (level > u->depth) return level_changes(row, name, problems);
    TRY(levels_close(u, level, problems));
    level_open(&u->level[u->depth++], u, row->number, name);
    return OK;
}

/* Names without a day stand above the first detail: the last of them is its group. */
static Err waiting_placed(Unfold *u, const ReportRow *row, Problems *problems)
{
    int groups = u->plan->says.levels - 1, first = groups - u->waits;
    if (first < 0 || first > u->depth)
        return level_changes(row, u->waits ? name_of(&u->waiting[0]) : S(""), problems);
    if (u->waits) TRY(levels_close(u, first, problems));
    for (int i = 0; i < u->waits; i++) {
        Level kept           = u->level[u->depth];
        u->level[u->depth++] = u->waiting[i];
        u->waiting[i]        = kept;
    }
    u->waits = 0;
    return OK;
}

/* A group that sums up to nothing has no details. */
static bool sums_to_nothing(const Unfold *u)
{
    int zeros = 0;
    for (int c = 0; c < u->plan->columns; c++) zeros += u->figure[c] == 0;
    return zeros && !any_figure(u);
}

/* A row begins a group where the one before is full: its details are what it says. */
static int level_by_sums(const Unfold *u)
{
    const Level *l = &u->level[0];
    if (!u->depth) return 0;
    for (int c = 0; c < u->plan->columns; c++)
        if (!l->details || (l->stated[c] != NONE && l->stated[c] != l->sum[c])) return 1;
    return 0;
}

static Err group_waits(Unfold *u, const ReportRow *row, Str name, Problems *problems)
{
    if (sums_to_nothing(u)) return OK;
    if (u->waits == u->plan->says.levels - 1) return level_changes(row, name, problems);
    level_open(&u->waiting[u->waits++], u, row->number, name);
    return OK;
}

/* ---- sums ---- */

/* The words of a row that sums others: of its names, or of any cell that is kept. */
static TotalSaid sum_said(const Unfold *u, const ReportRow *row, Str *cell, Str *of)
{
    const UnfoldPlan *p    = u->plan;
    TotalSaid         best = TOTAL_NOT;
    for (int c = 0; c < p->columns && c < row->count && best != TOTAL_SURE; c++) {
        bool named = p->column[c].part == PART_NOTHING || (p->column[c].part == PART_KEPT && !p->column[c].adds);
        Str  text  = named ? report_cell(row, c) : S("");
        Str  before;
        if (!text.n || !total_likely(text)) continue;
        TotalSaid said = total_said(text, &before);
        if (said > best) best = said, *cell = text, *of = before;
    }
    return best;
}

static bool is_open(const Unfold *u, Str name)
{
    for (int i = 0; i < u->depth; i++)
        if (str_eq(name_of(&u->level[i]), name)) return true;
    return false;
}

static bool sums_agree(const Unfold *u, const Wide *sum, int64_t details, int *column)
{
    for (int c = 0; c < u->plan->columns; c++) {
        if (u->figure[c] == NONE || is_near(u->figure[c], sum[c], details)) continue;
        *column = c;
        return false;
    }
    return true;
}

/* Is it the sum of the whole report, of a level that is open, or of what came since the last sum? */
static bool sum_agrees(const Unfold *u, int *column)
{
    for (int i = 0; i < u->depth; i++)
        if (sums_agree(u, u->level[i].sum, u->level[i].details, column)) return true;
    return sums_agree(u, u->since, u->details_since, column) || sums_agree(u, u->all.sum, u->all.details, column);
}

static Err sum_compare(Unfold *u, const ReportRow *row, Str said, Problems *problems)
{
    int column = 0;
    u->sums++;
    if (u->sums == 1) u->first_sum = row->number;
    if (!sum_agrees(u, &column))
        return differs(u, row->number, said, column, u->figure[column], u->all.sum[column], problems);
    memset(u->since, 0, (size_t)u->plan->columns * sizeof *u->since);
    u->details_since = 0;
    return OK;
}

/* `Ромашка Итог` below what Ромашка bought, or with the very figures of the rows above. */
static bool is_sum(const Unfold *u, TotalSaid said, Str of)
{
    int column;
    if (said != TOTAL_PERHAPS) return said == TOTAL_SURE;
    return is_open(u, of) || (u->details_since > 1 && any_figure(u) && sum_agrees(u, &column));
}

/* ---- details ---- */

/* The values of a row and the sum that stands beside them. */
static Err row_sums_compare(Unfold *u, const ReportRow *row, Str name, Problems *problems)
{
    const UnfoldPlan *p = u->plan;
    for (int s = 0; s < p->columns; s++) {
        Wide    sum    = 0;
        int64_t values = 0;
        if (p->column[s].part != PART_SUM || u->figure[s] == NONE) continue;
        for (int c = 0; c < p->columns; c++) {
            if (p->column[c].part != PART_VALUE || p->column[c].measure != p->column[s].measure) continue;
            if (u->figure[c] != NONE) sum += u->figure[c], values++;
        }
        if (!is_near(sum, u->figure[s], values)) return differs(u, row->number, name, s, u->figure[s], sum, problems);
    }
    return OK;
}

static void sums_add(Unfold *u)
{
    for (int c = 0; c < u->plan->columns; c++) {
        if (u->figure[c] == NONE) continue;
        u->all.sum[c] += u->figure[c];
        u->since[c] += u->figure[c];
        for (int i = 0; i < u->depth; i++) u->level[i].sum[c] += u->figure[c];
    }
    u->all.details++;
    u->details_since++;
    for (int i = 0; i < u->depth; i++) u->level[i].details++;
}

static Str day_of_name(Unfold *u, Str name)
{
    Day day;
    Buf b = { .data = u->day, .cap = sizeof u->day };
    if (!day_inside(name, &day)) return S("");
    buf_day(&b, day);
    return buf_str(&b);
}

static Err detail_begins(Unfold *u, const ReportRow *row, Str name, Problems *problems)
{
    const UnfoldPlan *p = u->plan;
    TRY(row_sums_compare(u, row, name, problems));
    sums_add(u);
    u->row   = *row;
    u->next  = 0;
    u->gives = true;
    for (int i = 0; i < p->says.levels; i++)
        u->out[i] = i == p->says.levels - 1 ? name : name_of(&u->level[i]);
    if (p->day_out >= 0)
        u->out[p->day_out] = day_of_name(u, p->day_level == p->says.levels - 1 ? name : u->out[p->day_level]);
    for (int c = 0; c < p->columns; c++)
        if (p->column[c].part == PART_KEPT) u->out[p->column[c].out] = c < row->count ? row->cell[c] : S("");
    return OK;
}

/* The values below a column of the head; false where there is none. */
static bool values_put(Unfold *u, int across)
{
    const UnfoldPlan *p   = u->plan;
    bool              any = false;
    for (int m = 0; m < p->measures; m++) {
        int c = p->value_at[across * p->measures + m];
        Str v = c >= 0 ? report_cell(&u->row, c) : S("");
        any |= v.n && c >= 0 && u->figure[c] != 0;
        u->out[p->measure_out + m] = v;
    }
    u->out[p->across_out] = p->across_text[across];
    return any;
}

bool unfold_next(Unfold *u, int64_t *number, const Str **cell, int *count)
{
    const UnfoldPlan *p = u->plan;
    if (!u->gives) return false;
    while (u->next < p->across && !values_put(u, u->next)) u->next++;
    if (p->across ? u->next == p->across : u->next > 0) return u->gives = false;
    u->next++;
    *number = u->row.number;
    *cell   = u->out;
    *count  = p->out_columns;
    return true;
}

/* ---- a row ---- */

static bool any_cell(const ReportRow *row)
{
    for (int c = 0; c < row->count; c++)
        if (str_trim(row->cell[c]).n) return true;
    return false;
}

Err unfold_take(Unfold *u, const ReportRow *row, Problems *problems)
{
    const UnfoldPlan *p = u->plan;
    Str               said = S(""), of = S("");
    u->gives = false;
    if (!any_cell(row)) return OK;
    figures_read(u, row);
    TotalSaid total = sum_said(u, row, &said, &of);
    if (is_sum(u, total, of)) return sum_compare(u, row, said, problems);
    if (p->by == LEVELS_NONE) return detail_begins(u, row, S(""), problems);
    int level = report_level(p, row), last = p->says.levels - 1;
    if (p->by == LEVELS_SUMS && level >= 0) level = level_by_sums(u);
    if (level == -2) return any_figure(u) ? sum_compare(u, row, S(""), problems) : OK;
    Str name = report_label(p, row, level);
    if (level < 0) return level_changes(row, name, problems);
    if (p->by == LEVELS_DAY && level < last) return group_waits(u, row, name, problems);
    if (p->by == LEVELS_DAY) TRY(waiting_placed(u, row, problems));
    if (level < last) return group_begins(u, row, level, name, problems);
    if (u->depth < last) return level_changes(row, name, problems);
    return detail_begins(u, row, name, problems);
}

Err unfold_end(Unfold *u, Problems *problems)
{
    if (u->waits)
        return problem_add(problems, (Problem){ .err = INVALID, .key = "report.no_details", .row = u->waiting[0].row,
                                                .arg_count = 1,
                                                .args = { arg_text("what", name_of(&u->waiting[0])) } });
    return levels_close(u, 0, problems);
}
