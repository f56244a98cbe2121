/* Is a file a report, and how is it a table? */
#include "sales/reading/report.h"

#include "format/dates.h"
#include "sales/reading/columns_inside.h"
#include "sales/reading/plan_columns.h"
#include "sales/reading/sums_below.h"
#include "sales/reading/unfold_inside.h"

enum { ROWS_SEEN = 2000, ROWS_ASKED = 500 };

/* ---- a table, or a report? ---- */

/* What the rows of a table that may be none are. */
typedef struct {
    ptrdiff_t rows, sales, named; /* with client, day and money; with money and no day, and called no sum */
    ptrdiff_t empty, groups;      /* with day and money below a client that is not said again; such clients */
    bool      said_again;         /* a client stands below himself */
} Look;

static Str cell(const Recognised *r, ptrdiff_t row, int at)
{
    return at >= 0 ? row_cell(&r->row[row], at) : S("");
}

static bool has_money(const Recognised *r, const SalesColumns *c, ptrdiff_t row)
{
    int64_t v;
    int     at = c->at[COL_AMOUNT] >= 0 ? c->at[COL_AMOUNT] : c->at[COL_PRICE];
    return number_read(cell(r, row, at), r->form.number, 2, &v) == CELL_READ;
}

static Look look_at(const Recognised *r, const SalesColumns *c)
{
    Look      l = { 0 };
    Str       before = S("");
    ptrdiff_t empty = 0;
    for (ptrdiff_t i = 0; i < r->rows && i < ROWS_ASKED; i++) {
        Day  day;
        Str  client = cell(r, i, c->at[COL_CLIENT] >= 0 ? c->at[COL_CLIENT] : c->at[COL_INN]);
        Str  date   = cell(r, i, c->at[COL_DATE]);
        bool money  = has_money(r, c, i), dated = day_cell_read(date, r->form.day, &day) == CELL_READ;
        if (sums_others(&r->row[i])) continue;
        l.rows++;
        l.sales += client.n && money && dated;
        l.named += client.n && money && !date.n;
        if (!money || !dated) continue;
        if (client.n) {
            l.said_again |= str_eq(client, before);
            l.groups += empty > 0;
            empty  = 0;
            before = client;
        } else if (before.n) {
            l.empty++;
            empty++;
        }
    }
    l.groups += empty > 0;
    return l;
}

/* Rows without a day that state what the rows with one below them add up to. */
static bool groups_add_up(const Recognised *r, const SalesColumns *c)
{
    int64_t   stated = 0, groups = 0, right = 0, value;
    Wide      added = 0;
    ptrdiff_t details = 0;
    int       at    = c->at[COL_AMOUNT];
    bool      open  = false;
    for (ptrdiff_t i = 0; at >= 0 && i <= r->rows && i <= ROWS_ASKED; i++) {
        bool last  = i == r->rows || i == ROWS_ASKED;
        bool money = !last && number_read(cell(r, i, at), r->form.number, 3, &value) == CELL_READ;
        bool group = money && !cell(r, i, c->at[COL_DATE]).n;
        if (!last && sums_others(&r->row[i])) continue;
        if (last || group) {
            groups += open && (!last || i == r->rows);
            right += open && details && added == stated;
            open    = group;
            stated  = value;
            added   = 0;
            details = 0;
        } else if (money) {
            added += value;
            details++;
        }
    }
    return groups && right * 2 > groups;
}

static bool periods_across(Arena scratch, const Recognised *r)
{
    int n = 0;
    for (int i = 0; i < r->form.columns && n < 2; i++) {
        HeadPeriod p;
        n += r->names[i].n && column_kind(&r->seen[i]) != SEEN_TEXT && head_period(&scratch, r->names[i], &p);
    }
    return n >= 2;
}

/* Does the client stand only in the first row of his rows?  Then nobody stands below himself, most rows name nobody,
 * and all that stands in front of them is empty. */
static bool clients_once(const Look *l)
{
    return l->groups >= 2 && !l->said_again && l->empty * 10 >= l->rows * 3 &&
           (l->sales + l->empty) * 10 >= l->rows * 9;
}

static bool client_is_first(const Recognised *r, const SalesColumns *c)
{
    for (ptrdiff_t i = 0; i < r->rows && i < ROWS_ASKED; i++) {
        if (cell(r, i, c->at[COL_CLIENT]).n) continue;
        for (int at = 0; at < c->at[COL_CLIENT]; at++)
            if (cell(r, i, at).n) return false;
    }
    return c->at[COL_CLIENT] >= 0;
}

/* ---- the table of a report ---- */

static Err sample_again(Arena *mem, TableRows *from, Recognised *r, Problems *problems)
{
    TableRow row;
    r->row  = NEW_N(mem, SampleRow, ROWS_SEEN);
    r->rows = 0;
    Err err = OK;
    while (r->rows < ROWS_SEEN && (err = table_rows_next(from, &row, problems)) == OK) {
        Str *cells = NEW_N(mem, Str, row.count);
        for (int c = 0; c < row.count; c++) cells[c] = str_copy(mem, row.cell[c]);
        r->row[r->rows++] = (SampleRow){ .cell = cells, .count = row.count, .at = row.number - 1 };
    }
    table_rows_close(from);
    return err == NOT_FOUND ? OK : err;
}

/* What is wrong with single rows, the header among them, whoever takes them tells; only what ends the reading is told
 * here. */
static Err only_the_end(Err err, const Problems *of_rows, Problems *problems)
{
    return err != OK && of_rows->last ? problem_add(problems, *of_rows->last) : err;
}

static Err planned_see(Arena *mem, Str file, Recognised *r, const UnfoldPlan *plan, Problems *problems)
{
    Problems  of_rows = { .mem = mem };
    TableRows rows;
    Err       err = table_rows_begin(&rows, file, &r->form, plan, &of_rows);
    if (err == OK) err = sample_again(mem, &rows, r, &of_rows);
    return only_the_end(err, &of_rows, problems);
}

Err rows_see(Arena *mem, Str file, Recognised *r, Problems *problems)
{
    Problems  of_rows = { .mem = mem };
    TableRows rows;
    Err       err = table_rows_open(&rows, file, &r->form, &of_rows);
    if (err == OK) err = sample_again(mem, &rows, r, &of_rows);
    TRY(only_the_end(err, &of_rows, problems));
    if (!r->rows) return PROBLEM(problems, INVALID, NULL, "file.no_rows");
    columns_see(mem, r);
    forms_decide(r, NULL);
    return OK;
}

static Err unfolded(Arena *mem, Str file, Recognised *r, const UnfoldPlan *plan, Problems *problems)
{
    ReportSeen *seen = NEW(mem, ReportSeen);
    *seen            = (ReportSeen){ *r, *plan };
    r->report        = seen;
    r->across_key    = plan->across_key;
    r->names         = plan->out_name;
    r->form.columns  = plan->out_columns;
    r->form.report   = plan->says;
    TRY(planned_see(mem, file, r, plan, problems));
    if (!r->rows) return PROBLEM(problems, INVALID, NULL, "file.no_rows");
    columns_see(mem, r);
    forms_decide(r, NULL);
    return OK;
}

Err report_recognise(Arena *mem, Str file, const FormReport *wish, Recognised *r, Problems *problems)
{
    SalesColumns c;
    UnfoldPlan   plan;
    Problems     quiet = { .mem = mem, .limit = 1 };
    if (wish->shape == SHAPE_TABLE) {
        r->form.report = (FormReport){ .shape = SHAPE_TABLE, .fill = wish->fill, .below = wish->below,
                                       .below_at = wish->below_at };
        return wish->fill ? planned_see(mem, file, r, NULL, problems) : OK;
    }
    bool found = sales_columns_find(mem, r, S(""), &c, &quiet) == OK;
    if (wish->shape == SHAPE_FIND && found && !periods_across(*mem, r)) {
        Look l = look_at(r, &c);
        if (clients_once(&l) && client_is_first(r, &c)) {
            r->form.report = (FormReport){ .shape = SHAPE_TABLE, .fill = true };
            TRY(planned_see(mem, file, r, NULL, problems));
            columns_see(mem, r);
            return OK;
        }
        bool groups = l.named * 20 >= l.rows && l.named && groups_add_up(r, &c);
        if (l.sales * 10 >= l.rows * 6 && !groups) {
            sums_below_find(*mem, r, &c, &r->form.report);
            return OK;
        }
    }
    Err err = unfold_find(mem, r, &c, wish, &plan, problems);
    if (err == NOT_FOUND)
        return wish->shape == SHAPE_REPORT ? PROBLEM(problems, INVALID, "report", "report.none_found") : OK;
    TRY(err);
    return unfolded(mem, file, r, &plan, problems);
}

Err report_plan(Arena *mem, Str file, const TableForm *form, UnfoldPlan *out, Problems *problems)
{
    Recognised   r;
    SalesColumns c;
    Problems     quiet = { .mem = mem, .limit = 1 };
    TRY(table_recognise(mem, file, form_wish(form), &r, problems));
    sales_columns_find(mem, &r, S(""), &c, &quiet);
    Err err = unfold_find(mem, &r, &c, &form->report, out, problems);
    bool same = err == OK && out->out_columns == form->columns;
    return err == INVALID || same ? err : PROBLEM(problems, INVALID, "report", "import.bad_form");
}

/* ---- what it was, and what the next one will be ---- */

ReportLine report_line(const ReportSeen *seen, ptrdiff_t row)
{
    const SampleRow *at   = &seen->as.row[row];
    ReportRow        line = report_row(at);
    bool             sums = sums_others(at);
    int              level = sums || !seen->plan.says.levels ? -1 : report_level(&seen->plan, &line);
    return (ReportLine){ row_number(&seen->as, row), level < 0 ? -1 : level, sums };
}

Str report_shape(Arena *mem, const Recognised *r)
{
    const Recognised *as     = r->report ? &r->report->as : r;
    Buf               b      = buf_new(mem, 256);
    int               own    = as->form.columns - (!r->report && r->form.report.name_day); /* of the file itself */
    bool              before = false, named = false;
    for (int i = 0; i < own; i++) {
        HeadPeriod p;
        Arena      scratch = *mem;
        bool       period  = head_period(&scratch, as->names[i], &p);
        named |= as->names[i].n > 0;
        if (period && before) continue;
        before = period;
        if (!period) buf_put(&b, as->names[i]);
        buf_char(&b, period ? '\x1e' : '\x1f');
    }
    return named ? buf_str(&b) : (Str){ 0 };
}

bool report_same(const TableForm *one, const TableForm *other)
{
    const FormReport *a = &one->report, *b = &other->report;
    bool same = one->columns == other->columns && a->levels == b->levels && a->across == b->across &&
                (a->shape == SHAPE_REPORT) == (b->shape == SHAPE_REPORT);
    for (int i = 0; same && i < a->levels; i++) same = a->level[i] == b->level[i];
    return same;
}

/* ---- in words ---- */

static const char *const says_keys[SAYS_COUNT] = {
    [SAYS_CLIENT] = "report.says.client",     [SAYS_PRODUCT] = "report.says.product",
    [SAYS_DOCUMENT] = "report.says.document", [SAYS_DATE] = "report.says.date",
    [SAYS_SELLER] = "report.says.seller",     [SAYS_CHANNEL] = "report.says.channel",
    [SAYS_OTHER] = "report.says.other",
};

static const char *const across_keys[SAYS_COUNT] = {
    [SAYS_CLIENT] = "report.across.says.client",     [SAYS_PRODUCT] = "report.across.says.product",
    [SAYS_DOCUMENT] = "report.across.says.document", [SAYS_DATE] = "report.across.periods",
    [SAYS_SELLER] = "report.across.says.seller",     [SAYS_CHANNEL] = "report.across.says.channel",
    [SAYS_OTHER] = "report.across.says.other",
};

static void comma(Buf *b)
{
    if (b->len) buf_c(b, ", ");
}

Str report_said(Arena *mem, const Recognised *r, Lang lang)
{
    const FormReport *says = &r->form.report;
    Voice             v    = { lang, "" };
    Buf               b    = buf_new(mem, 128);
    if (says->fill) words_put(&b, v, "report.fill", NULL, 0);
    if (says->below) words_put(&b, v, "report.below", NULL, 0);
    for (int i = 0; i < says->levels; i++) {
        if (i) buf_c(&b, " → ");
        words_put(&b, v, says_keys[says->level[i]], NULL, 0);
    }
    if (!says->across) return buf_str(&b);
    comma(&b);
    if (says->across == SAYS_DATE && r->across_key) words_put(&b, v, r->across_key, NULL, 0);
    else SAY(&b, v, "report.across.columns", arg_word("says", across_keys[says->across]));
    return buf_str(&b);
}
