/* How the rows of a report stand in one another, and what each level says. */
#include "sales/reading/total_said.h"
#include "sales/reading/unfold_inside.h"

#include "core/utf8.h"
#include "format/dates.h"

enum { MARKS_MAX = 64 };

ReportRow report_row(const SampleRow *row)
{
    return (ReportRow){ row->at + 1, row->cell, row->count, row->outline, row->look };
}

bool sums_others(const SampleRow *row)
{
    for (int c = 0; c < row->count; c++) {
        Str cell = row_cell(row, c);
        if (cell.n && total_likely(cell) && total_said(cell, NULL) == TOTAL_SURE) return true;
    }
    return false;
}

/* Rows that may be details or groups: with something in them, and no sums. */
static bool counts(const UnfoldFind *f, ptrdiff_t i)
{
    return !sums_others(&f->r->row[i]);
}

int64_t row_number(const Recognised *r, ptrdiff_t i)
{
    return r->form.kind != FILE_CSV ? r->row[i].at + 1 : r->above_rows + i + 1;
}

/* ---- where the names stand ---- */

static bool is_text(const UnfoldFind *f, int c)
{
    return f->plan->column[c].part != PART_VALUE && f->plan->column[c].part != PART_SUM && f->r->seen[c].filled &&
           f->r->seen[c].numbers.numbers * 2 <= f->r->seen[c].filled;
}

/* The column with most texts, the first of equals. */
static int label_column(const UnfoldFind *f)
{
    int best = -1, most = 0;
    for (int c = 0; c < f->plan->columns; c++) {
        int texts = 0;
        for (ptrdiff_t i = 0; i < f->rows; i++) texts += row_cell(&f->r->row[i], c).n > 0;
        if (is_text(f, c) && c != f->c->at[COL_DATE] && texts > most) best = c, most = texts;
    }
    return best;
}

/* ---- marks of levels: outlines, indents ---- */

typedef struct {
    int mark[MARKS_MAX], n;
    int64_t row[MARKS_MAX]; /* the first one that has it */
} Marks;

static void mark_add(Marks *m, int mark, int64_t row)
{
    int at = 0;
    while (at < m->n && m->mark[at] < mark) at++;
    if ((at < m->n && m->mark[at] == mark) || m->n == MARKS_MAX) return;
    for (int i = m->n++; i > at; i--) m->mark[i] = m->mark[i - 1], m->row[i] = m->row[i - 1];
    m->mark[at] = mark;
    m->row[at]  = row;
}

static int mark_of(const UnfoldFind *f, LevelsBy by, ptrdiff_t i)
{
    ReportRow row = report_row(&f->r->row[i]);
    return by == LEVELS_OUTLINE ? row.outline : report_indent(&row, f->plan->label);
}

/* Do at least half of the rows that could hold others hold some?  A blank that slipped in front of a name makes no
 * level. */
static bool holds_others(const UnfoldFind *f, const int *mark, ptrdiff_t n, int deepest)
{
    ptrdiff_t groups = 0, holding = 0;
    (void)f;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (mark[i] == deepest) continue;
        groups++;
        holding += i + 1 < n && mark[i + 1] > mark[i];
    }
    return groups && holding * 2 >= groups;
}

static Err too_deep(UnfoldFind *f, int levels, int64_t row)
{
    return problem_add(f->problems, (Problem){ .err = INVALID, .key = "report.too_deep", .row = row, .arg_count = 2,
                                               .args = { arg_count("levels", levels),
                                                         arg_count("most", REPORT_LEVELS_MAX) } });
}

static Err by_marks(UnfoldFind *f, LevelsBy by)
{
    UnfoldPlan *p    = f->plan;
    Marks       m    = { 0 };
    int        *mark = NEW_N(f->mem, int, f->rows);
    ptrdiff_t   n    = 0;
    for (ptrdiff_t i = 0; i < f->rows; i++) {
        if (!counts(f, i) || !row_cell(&f->r->row[i], p->label).n) continue;
        mark[n] = mark_of(f, by, i);
        mark_add(&m, mark[n++], row_number(f->r, i));
    }
    if (m.n < 2 || mark[0] != m.mark[0] || !holds_others(f, mark, n, m.mark[m.n - 1])) return OK;
    if (m.n > REPORT_LEVELS_MAX) return too_deep(f, m.n, m.row[REPORT_LEVELS_MAX]);
    p->by          = by;
    p->says.levels = m.n;
    for (int i = 0; i < m.n; i++) p->mark[i] = m.mark[i];
    return OK;
}

/* ---- each level in a column of its own ---- */

static int filled_of(const SampleRow *row, const int *at, int n, int *which)
{
    int filled = 0;
    for (int i = 0; i < n; i++)
        if (row_cell(row, at[i]).n) filled++, *which = i;
    return filled;
}

/* Is exactly one of the first n of these columns filled in each row, and is each of them somewhere? */
static bool one_of_each(const UnfoldFind *f, const int *at, int n)
{
    bool seen[REPORT_LEVELS_MAX + 2] = { 0 };
    int  which = 0, first = -1;
    for (ptrdiff_t i = 0; i < f->rows; i++) {
        if (!counts(f, i)) continue;
        if (filled_of(&f->r->row[i], at, n, &which) != 1) return false;
        if (first < 0) first = which;
        seen[which] = true;
    }
    for (int i = 0; i < n; i++)
        if (!seen[i]) return false;
    return first == 0;
}

static Err by_columns(UnfoldFind *f)
{
    UnfoldPlan *p = f->plan;
    int         at[REPORT_LEVELS_MAX + 2], n = 0;
    for (int c = 0; c < p->columns && n <= REPORT_LEVELS_MAX; c++)
        if (is_text(f, c)) at[n++] = c;
    while (n > 1 && !one_of_each(f, at, n)) n--;
    if (n < 2) return OK;
    if (n > REPORT_LEVELS_MAX) return too_deep(f, n, row_number(f->r, 0));
    p->by          = LEVELS_COLUMN;
    p->says.levels = n;
    for (int i = 0; i < n; i++) p->mark[i] = at[i], p->column[at[i]].part = PART_NOTHING;
    return OK;
}

/* ---- groups in bold, details with days ---- */

static bool is_bold(const SampleRow *row, int column)
{
    return row->look && column < row->count && row->look[column].bold;
}

static void by_bold(UnfoldFind *f)
{
    int      *mark = NEW_N(f->mem, int, f->rows);
    ptrdiff_t n = 0, bold = 0;
    for (ptrdiff_t i = 0; i < f->rows; i++) {
        if (!counts(f, i) || !row_cell(&f->r->row[i], f->plan->label).n) continue;
        mark[n] = !is_bold(&f->r->row[i], f->plan->label);
        bold += !mark[n++];
    }
    if (!bold || bold == n || mark[0] || !holds_others(f, mark, n, 1)) return;
    f->plan->by          = LEVELS_BOLD;
    f->plan->says.levels = 2;
}

/* A group that sums up to nothing has no details. */
static bool sums_to_nothing(const UnfoldFind *f, ptrdiff_t i)
{
    int zeros = 0;
    for (int c = 0; c < f->plan->columns; c++) {
        int64_t v;
        if (!f->plan->column[c].adds) continue;
        if (number_read(row_cell(&f->r->row[i], c), f->r->form.number, 3, &v) != CELL_READ) continue;
        if (v) return false;
        zeros++;
    }
    return zeros > 0;
}

/* Names without a day, and below them rows with one. */
static Err by_days(UnfoldFind *f)
{
    UnfoldPlan *p = f->plan;
    int         date = f->c->at[COL_DATE], run = 0, most = 0;
    ptrdiff_t   days = 0, groups = 0, first = -1, deep = 0;
    for (ptrdiff_t i = 0; i < f->rows; i++) {
        if (!counts(f, i) || !row_cell(&f->r->row[i], p->label).n) continue;
        bool day = date >= 0 ? row_cell(&f->r->row[i], date).n > 0 : holds_day(row_cell(&f->r->row[i], p->label));
        if (first < 0) first = day;
        if (!day && sums_to_nothing(f, i)) continue;
        days += day;
        groups += !day;
        run = day ? 0 : run + 1;
        if (run > most) most = run, deep = i;
    }
    if (first != 0 || !days || groups > days * REPORT_LEVELS_MAX) return OK;
    if (most + 1 > REPORT_LEVELS_MAX) return too_deep(f, most + 1, row_number(f->r, deep));
    p->by          = LEVELS_DAY;
    p->day_at      = date;
    p->says.levels = most + 1;
    return OK;
}

Err levels_find(UnfoldFind *f)
{
    UnfoldPlan *p = f->plan;
    p->label = f->wish->label ? f->wish->label - 1 : label_column(f);
    if (p->label < 0) return OK;
    TRY(by_marks(f, LEVELS_OUTLINE));
    if (!p->says.levels) TRY(by_marks(f, LEVELS_INDENT));
    if (!p->says.levels) TRY(by_columns(f));
    if (!p->says.levels) by_bold(f);
    if (!p->says.levels) TRY(by_days(f));
    if (!p->says.levels) levels_by_sums(f);
    if (p->says.levels && p->by != LEVELS_COLUMN) p->column[p->label].part = PART_NOTHING;
    return OK;
}

/* ---- who or what they are ---- */

static ReportSays says_of(Arena scratch, Str name)
{
    static const struct {
        SalesColumn column;
        ReportSays  says;
    } known[] = { { COL_CLIENT, SAYS_CLIENT }, { COL_PRODUCT, SAYS_PRODUCT }, { COL_DOCUMENT, SAYS_DOCUMENT },
                  { COL_DATE, SAYS_DATE },     { COL_SELLER, SAYS_SELLER },   { COL_CHANNEL, SAYS_CHANNEL } };
    Str        words = column_words(&scratch, name);
    int        most  = 0;
    ReportSays says  = SAYS_OTHER;
    for (ptrdiff_t i = 0; i < COUNT(known) && words.n; i++) {
        int score = column_name_score(words, known[i].column);
        if (score > most) most = score, says = known[i].says;
    }
    return says;
}

/* `Контрагент / Номенклатура`, `Контрагент; Номенклатура`. */
static int split(Str text, Str *out, int most)
{
    int n = 0;
    for (ptrdiff_t i = 0, from = 0; i <= text.n; i++) {
        if (i < text.n && text.s[i] != '/' && text.s[i] != ';' && text.s[i] != ',' && text.s[i] != '\n') continue;
        if (n == most) return n + 1;
        out[n++] = str_trim(str_upto(str_from(text, from), i - from));
        from     = i + 1;
    }
    return n;
}

/* The names of the levels, when there are as many as levels: below one another in the head, in one cell of it, or in
 * a line over the table. */
static bool names_of_levels(const UnfoldFind *f, Str *name)
{
    const UnfoldPlan *p = f->plan;
    const Recognised *r = f->r;
    int               n = 0, levels = p->says.levels;
    for (ptrdiff_t i = r->header_at; i < r->above_rows; i++) {
        Str cell = row_cell(&r->above[i], p->label);
        if (cell.n && n < REPORT_LEVELS_MAX) name[n++] = cell;
    }
    if (n == levels) return true;
    if (n == 1 && split(name[0], name, REPORT_LEVELS_MAX) == levels) return true;
    for (ptrdiff_t i = 0; i < r->header_at; i++)
        for (int c = 0; c < r->above[i].count; c++) {
            Str cell = row_cell(&r->above[i], c), rest = cell, head = str_cut(&rest, ':');
            if (str_find(head, S("руппировк")) >= 0 && split(rest, name, REPORT_LEVELS_MAX) == levels) return true;
        }
    return false;
}

static ReportRow row_at(const UnfoldFind *f, ptrdiff_t i)
{
    return report_row(&f->r->row[i]);
}

/* Which share of the names of a level passes, in percent; with LEVELS_DAY all but the last are taken together. */
static int share(const UnfoldFind *f, int level, bool (*test)(Str))
{
    int64_t all = 0, passed = 0;
    for (ptrdiff_t i = 0; i < f->rows; i++) {
        ReportRow row = row_at(f, i);
        if (!counts(f, i) || report_level(f->plan, &row) != level) continue;
        all++;
        passed += test(report_label(f->plan, &row, level));
    }
    return all ? (int)(passed * 100 / all) : 0;
}

static bool is_period(Str text)
{
    Day day;
    return day_cell_read(text, DAY_DMY, &day) == CELL_READ;
}

/* ООО, ИП, АО: a firm. */
static bool is_firm(Str text)
{
    static const char *const forms[] = { "ооо", "ип", "ао", "зао", "оао", "пао", "тоо", "ltd", "llc", "inc", "gmbh" };
    char  room[512];
    Arena mem   = ARENA_ON(room);
    Str   words = column_words(&mem, str_upto(text, 150));
    for (Str word; (word = str_cut(&words, ' ')).n;)
        for (ptrdiff_t i = 0; i < COUNT(forms); i++)
            if (str_eq(word, str_of(forms[i]))) return true;
    return false;
}

static bool is_said(const FormReport *says, ReportSays what)
{
    for (int i = 0; i < says->levels; i++)
        if (says->level[i] == what) return true;
    return false;
}

static void by_content(UnfoldFind *f)
{
    FormReport *says = &f->plan->says;
    for (int i = 0; i < says->levels; i++) {
        if (says->level[i] != SAYS_OTHER) continue;
        if (share(f, i, is_period) >= 80) says->level[i] = SAYS_DATE;
        else if (share(f, i, holds_day) >= 60) says->level[i] = SAYS_DOCUMENT;
        else if (share(f, i, is_firm) >= 40 && !is_said(says, SAYS_CLIENT)) says->level[i] = SAYS_CLIENT;
    }
    for (int i = 0; i < says->levels && !is_said(says, SAYS_CLIENT); i++)
        if (says->level[i] == SAYS_OTHER) says->level[i] = SAYS_CLIENT;
    for (int i = says->levels - 1; i >= 0 && !is_said(says, SAYS_PRODUCT) && says->across != SAYS_PRODUCT; i--)
        if (says->level[i] == SAYS_OTHER && i > 0) {
            says->level[i] = SAYS_PRODUCT;
            break;
        }
}

/* The inner one of two that say the same is meant. */
static void twins_apart(FormReport *says)
{
    for (int i = 0; i < says->levels; i++)
        for (int k = i + 1; k < says->levels; k++)
            if (says->level[i] == says->level[k]) says->level[i] = SAYS_OTHER;
}

void levels_say(UnfoldFind *f)
{
    FormReport *says = &f->plan->says;
    Str         name[REPORT_LEVELS_MAX + 1];
    bool        named = f->plan->by != LEVELS_COLUMN && names_of_levels(f, name);
    for (int i = 0; i < says->levels; i++) {
        Str said = f->plan->by == LEVELS_COLUMN ? f->r->names[f->plan->mark[i]] : named ? name[i] : S("");
        says->level[i] = says_of(*f->mem, said);
    }
    twins_apart(says);
    by_content(f);
}
