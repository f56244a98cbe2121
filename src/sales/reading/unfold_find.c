/* What a report is, and the table that comes of it. */
#include "sales/reading/unfold_inside.h"

#include "core/utf8.h"

#include <string.h>

enum { ROWS_LOOKED = 500, HEAD_BYTES = 1 << 16 };

/* Names that sales/reading/columns knows for what they say. */
static const char *const says_ru[SAYS_COUNT] = {
    [SAYS_CLIENT] = "Клиент",    [SAYS_PRODUCT] = "Номенклатура", [SAYS_DOCUMENT] = "Документ", [SAYS_DATE] = "Дата",
    [SAYS_SELLER] = "Менеджер", [SAYS_CHANNEL] = "Канал",        [SAYS_OTHER] = "Группа",
};
static const char *const says_en[SAYS_COUNT] = {
    [SAYS_CLIENT] = "Client",   [SAYS_PRODUCT] = "Product",  [SAYS_DOCUMENT] = "Document", [SAYS_DATE] = "Date",
    [SAYS_SELLER] = "Manager", [SAYS_CHANNEL] = "Channel", [SAYS_OTHER] = "Group",
};

static bool is_russian(const Recognised *r)
{
    for (int c = 0; c < r->form.columns; c++)
        for (ptrdiff_t at = 0; at < r->names[c].n;) {
            uint32_t rune = utf8_next(r->names[c], &at);
            if (rune >= 0x400 && rune < 0x530) return true;
        }
    return false;
}

/* Figures of which sums are made: money, pieces, costs; a price or a share is none. */
static bool adds_up(Arena scratch, const Recognised *r, int column)
{
    static const SalesColumn added[] = { COL_AMOUNT, COL_QUANTITY, COL_COST };
    Str words = column_words(&scratch, r->names[column]);
    if (r->seen[column].filled && r->seen[column].numbers.numbers * 2 <= r->seen[column].filled) return false;
    for (ptrdiff_t i = 0; i < COUNT(added); i++)
        if (column_name_score(words, added[i]) > 0) return true;
    return false;
}

static void columns_begin(UnfoldFind *f)
{
    UnfoldPlan *p = f->plan;
    p->columns    = f->r->form.columns;
    p->column     = NEW_N(f->mem, ReportColumn, p->columns);
    for (int c = 0; c < p->columns; c++) {
        bool kept    = f->r->names[c].n > 0;
        p->column[c] = (ReportColumn){ .part = kept ? PART_KEPT : PART_NOTHING, .name = f->r->names[c] };
        p->column[c].adds = kept && adds_up(*f->mem, f->r, c);
    }
}

bool column_sums(const UnfoldFind *f, int column, bool found)
{
    const FormReport *wish = f->wish;
    if (!wish->sums_said) return found;
    for (int i = 0; i < wish->sums; i++)
        if (wish->sum[i] == column) return true;
    return false;
}

static Err wish_check(const UnfoldFind *f)
{
    const FormReport *wish = f->wish;
    if (wish->label > f->r->form.columns) return PROBLEM(f->problems, INVALID, "label", "import.bad_form");
    for (int i = 0; i < wish->sums; i++)
        if (wish->sum[i] >= f->r->form.columns) return PROBLEM(f->problems, INVALID, "sums", "import.bad_form");
    return OK;
}

/* Columns that a person called sums are left out whatever else they seem to be. */
static void sums_left_out(UnfoldFind *f)
{
    for (int i = 0; f->wish->sums_said && i < f->wish->sums; i++) {
        ReportColumn *column = &f->plan->column[f->wish->sum[i]];
        column->sums         = true;
        if (column->part == PART_KEPT) column->part = PART_NOTHING;
    }
}

/* In a text only the rows of its head stand together. */
static ptrdiff_t rows_together(const Recognised *r)
{
    ptrdiff_t n = 0;
    while (n < r->rows && n < ROWS_LOOKED && (r->form.kind != FILE_CSV || r->row[n].at < HEAD_BYTES)) n++;
    return n;
}

/* ---- the table ---- */

static int out_add(UnfoldFind *f, Str name)
{
    UnfoldPlan *p     = f->plan;
    int         twins = 0;
    for (int i = 0; i < p->out_columns; i++) twins += str_starts(p->out_name[i], name);
    p->out_name[p->out_columns] = twins ? str_fmt(f->mem, "%.*s %d", (int)name.n, name.s, twins + 1) : name;
    return p->out_columns++;
}

static Str said(const UnfoldFind *f, ReportSays says)
{
    return str_of(is_russian(f->r) ? says_ru[says] : says_en[says]);
}

Str column_of_days(const Recognised *r)
{
    return str_of(is_russian(r) ? says_ru[SAYS_DATE] : says_en[SAYS_DATE]);
}

static bool has_days(const UnfoldFind *f)
{
    const UnfoldPlan *p = f->plan;
    int               date = f->c->at[COL_DATE];
    for (int i = 0; i < p->says.levels; i++)
        if (p->says.level[i] == SAYS_DATE) return true;
    return p->says.across == SAYS_DATE || (date >= 0 && date < p->columns && p->column[date].part == PART_KEPT);
}

/* The innermost level most of whose names hold a day. */
static int level_of_days(const UnfoldFind *f)
{
    for (int level = f->plan->says.levels - 1; level >= 0; level--) {
        int64_t all = 0, days = 0;
        for (ptrdiff_t i = 0; i < f->rows; i++) {
            ReportRow row = report_row(&f->r->row[i]);
            if (sums_others(&f->r->row[i]) || report_level(f->plan, &row) != level) continue;
            all++;
            days += holds_day(report_label(f->plan, &row, level));
        }
        if (all && days * 10 >= all * 6) return level;
    }
    return -1;
}

/* What is not said of the values is money, unless the lines over the table speak of pieces alone. */
static Str measure_said(const UnfoldFind *f)
{
    bool pieces = false, money = false;
    for (ptrdiff_t i = 0; i < f->r->header_at; i++)
        for (int c = 0; c < f->r->above[i].count; c++) {
            Arena scratch = *f->mem;
            Str   words   = column_words(&scratch, row_cell(&f->r->above[i], c));
            for (Str word; (word = str_cut(&words, ' ')).n;) {
                pieces |= str_starts(word, S("количеств")) || str_eq(word, S("шт")) || str_eq(word, S("quantity"));
                money |= str_starts(word, S("сумм")) || str_starts(word, S("руб")) || str_starts(word, S("выручк")) ||
                         str_eq(word, S("amount")) || str_eq(word, S("revenue"));
            }
        }
    bool russian = is_russian(f->r);
    if (pieces && !money) return russian ? S("Количество") : S("Quantity");
    return russian ? S("Сумма") : S("Amount");
}

static void table_made(UnfoldFind *f)
{
    UnfoldPlan *p = f->plan;
    p->out_name   = NEW_N(f->mem, Str, REPORT_LEVELS_MAX + p->columns + MEASURES_MAX + 3);
    p->day_out = p->across_out = p->measure_out = p->day_level = -1;
    for (int i = 0; i < p->says.levels; i++) out_add(f, said(f, p->says.level[i]));
    if (!has_days(f)) p->day_level = level_of_days(f);
    if (p->day_level >= 0) p->day_out = out_add(f, said(f, SAYS_DATE));
    for (int c = 0; c < p->columns; c++)
        if (p->column[c].part == PART_KEPT) p->column[c].out = out_add(f, p->column[c].name);
    if (!p->across) return;
    p->across_out = out_add(f, said(f, p->says.across));
    for (int m = 0; m < p->measures; m++) {
        int at = out_add(f, p->measure_name[m].n ? p->measure_name[m] : measure_said(f));
        if (m == 0) p->measure_out = at;
    }
}

/* What a person said of the parts that were found. */
static void wish_taken(UnfoldPlan *p, const FormReport *wish)
{
    if (wish->shape != SHAPE_REPORT) return;
    if (wish->levels == p->says.levels)
        for (int i = 0; i < wish->levels; i++) p->says.level[i] = wish->level[i];
    if (wish->across && p->across) p->says.across = wish->across;
    p->says.across_said = wish->across_said;
    p->says.label       = wish->label;
    p->says.sheets      = wish->sheets;
    p->says.sums_said   = wish->sums_said;
    p->says.sums        = wish->sums;
    memcpy(p->says.sum, wish->sum, sizeof wish->sum);
}

/* A head that is no head: figures in nearly all columns from the first row on, and no day anywhere. */
static bool is_headless(const Recognised *r)
{
    int figures = 0;
    for (int c = 0; c < r->form.columns; c++) {
        if (column_kind(&r->seen[c]) == SEEN_DAY) return false;
        figures += column_kind(&r->seen[c]) == SEEN_NUMBER;
    }
    return !r->form.header && figures >= 3;
}

Err unfold_find(Arena *mem, const Recognised *r, const SalesColumns *c, const FormReport *wish, UnfoldPlan *out,
                Problems *problems)
{
    UnfoldFind f = { .mem = mem, .r = r, .c = c, .wish = wish, .plan = out, .problems = problems,
                     .rows = rows_together(r) };
    *out         = (UnfoldPlan){ .label = -1, .day_at = -1 };
    if (is_headless(r))
        return problem_add(problems, (Problem){ .err = INVALID, .key = "report.head_missing",
                                                .row = r->above_rows + 1 });
    if (!r->form.header) return NOT_FOUND;
    TRY(wish_check(&f));
    columns_begin(&f);
    TRY(across_find(&f));
    sums_left_out(&f);
    TRY(levels_find(&f));
    if (!out->across && !out->says.levels) return NOT_FOUND;
    levels_say(&f);
    wish_taken(out, wish);
    out->says.shape = SHAPE_REPORT;
    table_made(&f);
    return OK;
}
