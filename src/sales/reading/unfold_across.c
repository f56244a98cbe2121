/* What stands across the columns of a report: periods or products. */
#include "sales/reading/total_said.h"
#include "sales/reading/unfold_inside.h"

#include "core/utf8.h"
#include "format/dates.h"

enum { PRODUCTS_LEAST = 3, SURE = 1000, WORDS_MAX = 8 };

bool name_sums(Str name)
{
    Str rest = str_trim(name), first = str_cut(&rest, ' ');
    return total_said(name, NULL) == TOTAL_SURE || total_said(first, NULL) == TOTAL_SURE;
}

/* ---- periods in the head ---- */

static bool is_year(Str word, int64_t *year)
{
    return word.n == 4 && str_i64(word, year) && *year >= 1990 && *year <= 2100;
}

static int rank_of(Arena scratch, Str text)
{
    Str     words = column_words(&scratch, text);
    int64_t year;
    bool    bare = true;
    for (Str word; (word = str_cut(&words, ' ')).n;) {
        if (str_starts(word, S("квартал")) || str_eq(word, S("кв")) || *word.s == 'q') return 1;
        if (str_starts(word, S("полуг")) || *word.s == 'h') return 2;
        bare &= is_year(word, &year) || str_eq(word, S("г")) || str_starts(word, S("год")) || str_eq(word, S("year"));
    }
    return bare ? 3 : 0;
}

/* `2026 Январь`, `2026 год Январь`: the year last. */
static Str year_last(Arena *mem, Str year, Str rest)
{
    static const char *const called[] = { "год ", "года ", "г. ", "г " };
    for (ptrdiff_t i = 0; i < COUNT(called); i++)
        if (str_starts(rest, str_of(called[i]))) {
            rest = str_trim(str_from(rest, str_of(called[i]).n));
            break;
        }
    return str_fmt(mem, "%.*s %.*s", (int)rest.n, rest.s, (int)year.n, year.s);
}

/* All of the text is a period. */
static bool period_whole(Arena scratch, Str text, HeadPeriod *out)
{
    int64_t year;
    Str     rest = text, first = str_cut(&rest, ' ');
    *out = (HeadPeriod){ .rank = rank_of(scratch, text) };
    if (out->rank == 3 && is_year(str_upto(text, 4), &year)) {
        out->day = month_first((Month)(year * 12));
        return true;
    }
    if (day_cell_read(text, DAY_DMY, &out->day) == CELL_READ) return true;
    if (is_year(first, &year) && rest.n)
        return day_cell_read(year_last(&scratch, first, rest), DAY_DMY, &out->day) == CELL_READ;
    for (ptrdiff_t i = 0; i < text.n; i++)
        if (text.s[i] >= '0' && text.s[i] <= '9') return false;
    out->no_year = true;
    return day_cell_read(str_fmt(&scratch, "%.*s 2000", (int)text.n, text.s), DAY_DMY, &out->day) == CELL_READ;
}

static Str bare(Str text)
{
    text = str_trim(text);
    while (text.n && (text.s[text.n - 1] == ',' || text.s[text.n - 1] == ':'))
        text = str_trim(str_upto(text, text.n - 1));
    while (text.n && (*text.s == ',' || *text.s == '-')) text = str_trim(str_from(text, 1));
    return text;
}

/* `Январь 2026`, `Январь 2026 Сумма`, `Сумма, Январь 2026`. */
bool head_period(Arena *mem, Str name, HeadPeriod *out)
{
    ptrdiff_t cut[WORDS_MAX + 1];
    int       cuts = 0;
    name = str_trim(name);
    if (!name.n || name.n > 120) return false;
    for (ptrdiff_t i = 1; i < name.n && cuts < WORDS_MAX; i++)
        if (name.s[i] == ' ' || name.s[i] == '\n') cut[cuts++] = i;
    cut[cuts++] = name.n;
    for (int k = cuts - 1; k >= 0; k--) {
        if (!period_whole(*mem, bare(str_upto(name, cut[k])), out)) continue;
        out->rest = bare(str_from(name, cut[k]));
        return true;
    }
    for (int k = 0; k < cuts - 1; k++) {
        if (!period_whole(*mem, bare(str_from(name, cut[k])), out)) continue;
        out->rest = bare(str_upto(name, cut[k]));
        return true;
    }
    return false;
}

/* The years that stand over the table and in the name of its sheet. */
static void years_in(Str text, int64_t *first, int64_t *last)
{
    for (ptrdiff_t i = 0; i + 4 <= text.n; i++) {
        int64_t year;
        bool    begins = i == 0 || text.s[i - 1] < '0' || text.s[i - 1] > '9';
        bool    ends   = i + 4 == text.n || text.s[i + 4] < '0' || text.s[i + 4] > '9';
        if (!begins || !ends || !is_year(str_upto(str_from(text, i), 4), &year)) continue;
        if (!*first || year < *first) *first = year;
        if (year > *last) *last = year;
    }
}

void years_over(const Recognised *r, int64_t *first, int64_t *last)
{
    for (ptrdiff_t i = 0; i < r->above_rows; i++)
        for (int c = 0; c < r->above[i].count; c++) years_in(row_cell(&r->above[i], c), first, last);
    if (!*first && r->sheets) years_in(r->sheet_names[r->form.sheet], first, last);
}

/* Months without a year begin in the first year that is named over them and go on in the next. */
static Err years_put(UnfoldFind *f, HeadPeriod *head, const bool *is)
{
    int64_t first = 0, last = 0, year;
    int     before = 0;
    bool    any    = false;
    years_over(f->r, &first, &last);
    year = first;
    for (int c = 0; c < f->plan->columns; c++) {
        if (!is[c] || !head[c].no_year) continue;
        if (!first) return PROBLEM(f->problems, INVALID, "columns", "report.no_year", arg_text("what", f->r->names[c]));
        Civil at = civil_of(head[c].day);
        year += at.month < before;
        before      = at.month;
        head[c].day = month_first((Month)(year * 12 + at.month - 1));
        any         = true;
    }
    return any && year != last ? PROBLEM(f->problems, INVALID, "columns", "report.two_years", arg_count("first", first),
                                         arg_count("last", last))
                               : OK;
}

static bool figures_below(const Recognised *r, int column)
{
    const ColumnSeen *seen = &r->seen[column];
    return seen->filled == 0 || seen->numbers.numbers * 2 > seen->filled;
}

/* ---- what is measured ---- */

static int measure_of(UnfoldFind *f, Str rest, Str *measure)
{
    UnfoldPlan *p = f->plan;
    for (int m = 0; m < p->measures; m++)
        if (str_eq(measure[m], rest)) return m;
    if (p->measures == MEASURES_MAX) return -1;
    measure[p->measures] = rest;
    return p->measures++;
}

static int measure_in(const UnfoldPlan *p, const Str *measure, Str name)
{
    for (int m = 0; m < p->measures; m++)
        if (measure[m].n && str_find(name, measure[m]) >= 0) return m;
    return 0;
}

static int across_of(UnfoldPlan *p, Str text)
{
    for (int a = 0; a < p->across; a++)
        if (str_eq(p->across_text[a], text)) return a;
    p->across_text[p->across] = text;
    return p->across++;
}

static Str day_text(Arena *mem, Day day)
{
    Buf b = buf_new(mem, 12);
    buf_day(&b, day);
    return buf_str(&b);
}

/* How far the periods stand apart says what they are. */
static const char *periods_key(const Day *day, int n)
{
    static const struct {
        int         least, most;
        const char *key;
    } steps[] = { { 1, 1, "report.across.days" },         { 7, 7, "report.across.weeks" },
                  { 28, 31, "report.across.months" },     { 89, 92, "report.across.quarters" },
                  { 181, 184, "report.across.halves" },   { 365, 366, "report.across.years" } };
    int least = 0;
    for (int i = 1; i < n; i++) {
        int step = day[i] > day[i - 1] ? (int)(day[i] - day[i - 1]) : (int)(day[i - 1] - day[i]);
        if (step && (!least || step < least)) least = step;
    }
    for (ptrdiff_t i = 0; i < COUNT(steps); i++)
        if (least >= steps[i].least && least <= steps[i].most) return steps[i].key;
    return "report.across.periods";
}

static Err value_put(UnfoldFind *f, int c, int across, int measure)
{
    UnfoldPlan *p = f->plan;
    for (int other = 0; other < c; other++)
        if (p->column[other].part == PART_VALUE && p->column[other].across == across &&
            p->column[other].measure == measure)
            return PROBLEM(f->problems, INVALID, "columns", "report.twice", arg_text("one", p->column[other].name),
                           arg_text("other", p->column[c].name));
    p->column[c].part    = PART_VALUE;
    p->column[c].across  = across;
    p->column[c].measure = measure;
    p->column[c].adds    = true;
    return OK;
}

/* Coarser periods among finer ones sum them; so do columns called sums. */
static Err periods_put(UnfoldFind *f, const HeadPeriod *head, const bool *is, int rank, Str *measure)
{
    UnfoldPlan *p   = f->plan;
    Day        *day = NEW_N(f->mem, Day, p->columns);
    for (int c = 0; c < p->columns; c++) {
        if (!is[c] || head[c].rank != rank) continue;
        int m = measure_of(f, head[c].rest, measure), known = p->across;
        if (m < 0) return PROBLEM(f->problems, INVALID, "columns", "report.too_many_measures");
        int a = across_of(p, day_text(f->mem, head[c].day));
        if (a == known) day[a] = head[c].day;
        TRY(value_put(f, c, a, m));
    }
    for (int c = 0; c < p->columns; c++) {
        if (!is[c] || head[c].rank <= rank || !column_sums(f, c, true)) continue;
        p->column[c].part = PART_NOTHING;
        p->column[c].sums = true;
    }
    p->across_key = periods_key(day, p->across);
    return OK;
}

static int finest(const HeadPeriod *head, const bool *is, int columns)
{
    for (int rank = 0; rank <= 3; rank++) {
        int n = 0;
        for (int c = 0; c < columns; c++) n += is[c] && head[c].rank == rank;
        if (n >= 2) return rank;
    }
    return -1;
}

static void sums_put(UnfoldFind *f, const Str *measure)
{
    UnfoldPlan *p = f->plan;
    for (int c = 0; c < p->columns; c++) {
        if (p->column[c].part != PART_KEPT || !figures_below(f->r, c) || !name_sums(p->column[c].name)) continue;
        if (!column_sums(f, c, true)) continue;
        p->column[c].part    = PART_SUM;
        p->column[c].sums    = true;
        p->column[c].measure = measure_in(p, measure, p->column[c].name);
        p->column[c].adds    = true;
    }
}

static bool has_own_days(const UnfoldFind *f, const bool *is)
{
    int date = f->c->at[COL_DATE], amount = f->c->at[COL_AMOUNT];
    return date >= 0 && column_kind(&f->r->seen[date]) == SEEN_DAY && amount >= 0 && !is[amount] &&
           !name_sums(f->r->names[amount]);
}

static Err periods_find(UnfoldFind *f, Str *measure)
{
    UnfoldPlan *p    = f->plan;
    HeadPeriod *head = NEW_N(f->mem, HeadPeriod, p->columns);
    bool       *is   = NEW_N(f->mem, bool, p->columns);
    for (int c = 0; c < p->columns; c++)
        is[c] = figures_below(f->r, c) && head_period(f->mem, f->r->names[c], &head[c]) &&
                !(f->wish->sums_said && column_sums(f, c, false));
    int rank = finest(head, is, p->columns);
    if (rank < 0 || has_own_days(f, is)) return OK;
    TRY(years_put(f, head, is));
    TRY(periods_put(f, head, is, rank, measure));
    p->says.across = SAYS_DATE;
    return OK;
}

/* ---- products in the head ---- */

static bool is_unknown(Arena scratch, Str name)
{
    Str words = column_words(&scratch, name);
    for (int c = 0; c < COL_COUNT; c++)
        if (column_name_score(words, (SalesColumn)c) >= SURE) return false;
    return words.n > 0;
}

/* Do the unknown columns add up to the one called their sum, in each row that has one? */
static bool rows_add_up(const UnfoldFind *f, const bool *is, int sum)
{
    ptrdiff_t right = 0;
    for (ptrdiff_t i = 0; i < f->rows; i++) {
        int64_t stated, value;
        Wide    added = 0;
        if (number_read(row_cell(&f->r->row[i], sum), f->r->form.number, 3, &stated) != CELL_READ) continue;
        for (int c = 0; c < f->plan->columns; c++)
            if (is[c] && number_read(row_cell(&f->r->row[i], c), f->r->form.number, 3, &value) == CELL_READ)
                added += value;
        Wide off = added - stated;
        if (off > 50 || off < -50) return false;
        right++;
    }
    return right > 1;
}

static int sum_column(const UnfoldFind *f)
{
    for (int c = f->plan->columns - 1; c >= 0; c--)
        if (figures_below(f->r, c) && f->r->seen[c].filled && name_sums(f->r->names[c])) return c;
    return -1;
}

static Err products_find(UnfoldFind *f, Str *measure)
{
    UnfoldPlan *p  = f->plan;
    bool       *is = NEW_N(f->mem, bool, p->columns);
    int         n = 0, sum = sum_column(f), amount = f->c->at[COL_AMOUNT];
    bool        told   = f->wish->across && f->wish->across != SAYS_DATE;
    bool        priced = f->c->at[COL_PRICE] >= 0 || f->c->at[COL_QUANTITY] >= 0;
    if (f->c->at[COL_CLIENT] < 0 && !told) return OK;
    for (int c = 0; c < p->columns; c++) {
        is[c] = c != sum && c != f->c->at[COL_CLIENT] && figures_below(f->r, c) && f->r->seen[c].filled &&
                is_unknown(*f->mem, f->r->names[c]) && !(f->wish->sums_said && column_sums(f, c, false));
        n += is[c];
    }
    for (int c = 1, runs = is[0]; c < p->columns && !told; c++) {
        runs += is[c] && !is[c - 1];
        if (runs > 1) return OK; /* products stand side by side */
    }
    bool by_sum = !told && sum >= 0 && n >= 2 && (amount < 0 || amount == sum) && rows_add_up(f, is, sum);
    bool seems  = by_sum || (n >= PRODUCTS_LEAST && amount < 0 && !priced && f->c->at[COL_DATE] >= 0);
    if (n == 0 || (!told && !seems)) return OK;
    measure_of(f, S(""), measure);
    for (int c = 0; c < p->columns; c++)
        if (is[c]) TRY(value_put(f, c, across_of(p, p->column[c].name), 0));
    p->says.across = SAYS_PRODUCT;
    p->across_key  = "report.across.columns";
    return OK;
}

Err across_find(UnfoldFind *f)
{
    UnfoldPlan *p       = f->plan;
    Str         measure[MEASURES_MAX];
    p->across_text = NEW_N(f->mem, Str, p->columns);
    if (f->wish->across_said && !f->wish->across) return OK;
    if (!f->wish->across || f->wish->across == SAYS_DATE) TRY(periods_find(f, measure));
    if (!p->across && f->wish->across != SAYS_DATE) TRY(products_find(f, measure));
    if (!p->across)
        return f->wish->across ? PROBLEM(f->problems, INVALID, "across", "report.nothing_across") : OK;
    if (p->across > ACROSS_MAX)
        return PROBLEM(f->problems, INVALID, "columns", "report.too_wide", arg_count("columns", p->across));
    sums_put(f, measure);
    p->value_at = NEW_N(f->mem, int, p->across * p->measures);
    for (int i = 0; i < p->across * p->measures; i++) p->value_at[i] = -1;
    for (int c = 0; c < p->columns; c++)
        if (p->column[c].part == PART_VALUE)
            p->value_at[p->column[c].across * p->measures + p->column[c].measure] = c;
    p->measure_name = NEW_N(f->mem, Str, p->measures);
    for (int m = 0; m < p->measures; m++) p->measure_name[m] = measure[m];
    return OK;
}
