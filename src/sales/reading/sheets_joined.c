/* Sheets of one shape read as one table. */
#include "sales/reading/sheets_joined.h"

#include "core/pulse.h"
#include "core/utf8.h"
#include "format/dates.h"
#include "sales/reading/report.h"
#include "sales/reading/unfold_inside.h"

#include <string.h>

enum { MATCHED_MOST = 1000, HEADER_WITHIN = 20, ROWS_READ = 200, LOOK_MEM = 1 << 30 };

/* A sheet, read the way the first one was. */
typedef struct {
    Recognised r;
    UnfoldPlan plan;
    bool       unfolds;
    Str       *names;
    int        columns;
} Shape;

typedef struct {
    Arena            *mem;
    Sheets           *book;
    const Recognised *first;
    Shape             model; /* the first one, read again */
    bool              hidden, days;
    JoinedSheets     *out;
    Buf               left;
    int               other; /* a sheet that is sales of another shape, -1: none */
    int64_t           other_row;
    Problems         *problems;
} Joining;

static Err shape_read(Arena *mem, Sheets *book, FormWish wish, Shape *s, Problems *problems)
{
    SalesColumns c;
    Problems     quiet = { .mem = mem, .limit = 1 };
    *s = (Shape){ .unfolds = wish.report.shape == SHAPE_REPORT };
    TRY(book_recognise(mem, book, wish, &s->r, problems));
    s->names   = s->r.names;
    s->columns = s->r.form.columns;
    if (!s->unfolds) return OK;
    sales_columns_find(mem, &s->r, S(""), &c, &quiet);
    TRY(unfold_find(mem, &s->r, &c, &wish.report, &s->plan, problems));
    s->names   = s->plan.out_name;
    s->columns = s->plan.out_columns;
    return OK;
}

/* ---- the same names ---- */

static Str *folded(Arena *mem, const Str *name, int n)
{
    Str *out = NEW_N(mem, Str, n);
    for (int i = 0; i < n; i++) out[i] = name_find(mem, name[i]);
    return out;
}

static int named(const Str *name, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++) count += name[i].n > 0;
    return count;
}

/* The place of column `at` of `name` among the others, the next one where names are twins; -1: it is not there. */
static int place_of(const Str *name, int at, const Str *other, int n)
{
    int twins = 0;
    for (int i = 0; i < at; i++) twins += str_eq(name[i], name[at]);
    for (int i = 0; i < n; i++)
        if (str_eq(other[i], name[at]) && twins-- == 0) return i;
    return -1;
}

/* Does the sheet have the columns of the first one?  Then *from says where, null: each in its place. */
static bool names_match(Arena *mem, Arena scratch, const Shape *a, const Shape *b, int **from)
{
    Str *want = folded(&scratch, a->names, a->columns), *have = folded(&scratch, b->names, b->columns);
    bool same = a->columns <= b->columns;
    int  some = named(want, a->columns);
    *from     = NULL;
    if (!some || some != named(have, b->columns)) return false;
    for (int i = 0; i < a->columns && same; i++) same = !want[i].n || str_eq(want[i], have[i]);
    if (same) return true;
    if (a->columns > MATCHED_MOST || b->columns > MATCHED_MOST) return false;
    int *at = NEW_N(mem, int, a->columns);
    for (int i = 0; i < a->columns; i++) {
        at[i] = want[i].n ? place_of(want, i, have, b->columns) : -1;
        if (want[i].n && at[i] < 0) return false;
    }
    *from = at;
    return true;
}

/* A sheet of few rows may not show by itself which of them is its header: the one with the names of the first sheet. */
static bool header_sought(Arena *mem, Arena *scratch, const Shape *model, Shape *s, int **from)
{
    Recognised *r = &s->r;
    ptrdiff_t   n = r->above_rows + r->rows;
    for (ptrdiff_t i = 0; i < n && i < HEADER_WITHIN && !s->unfolds; i++) {
        const SampleRow *row = &r->above[i];
        Shape            as  = { .names = row->cell, .columns = row->count };
        if (i + 1 == n || !names_match(mem, *scratch, model, &as, from)) continue;
        r->form.begins  = row->at;
        r->form.header  = true;
        r->names        = s->names = row->cell;
        s->columns      = row->count;
        r->row          = r->above + i + 1;
        r->rows         = n - i - 1;
        r->form.columns = row->count;
        columns_see(scratch, r);
        forms_decide(r, NULL);
        return true;
    }
    return false;
}

/* Do its cells say the same when they are read as those of the first one are? */
static bool reads_alike(const Recognised *first, const Recognised *r)
{
    for (ptrdiff_t i = 0; i < r->rows && i < ROWS_READ; i++)
        for (int c = 0; c < r->form.columns; c++) {
            int64_t  a = 0, b = 0;
            Day      one = 0, other = 0;
            Str      cell = row_cell(&r->row[i], c);
            SeenKind kind = column_kind(&r->seen[c]);
            if (kind == SEEN_NUMBER && !r->number_doubt && number_read(cell, r->form.number, 2, &a) == CELL_READ &&
                (number_read(cell, first->form.number, 2, &b) != CELL_READ || a != b))
                return false;
            if (kind == SEEN_DAY && !r->day_doubt && day_cell_read(cell, r->form.day, &one) == CELL_READ &&
                (day_cell_read(cell, first->form.day, &other) != CELL_READ || one != other))
                return false;
        }
    return true;
}

/* ---- a day in the name of a sheet ---- */

/* `Продажи_март_2026`: what parts the words of a file's name. */
static Str spaced(Arena *mem, Str name)
{
    Str out = str_copy(mem, name);
    for (ptrdiff_t i = 0; i < out.n; i++)
        if (out.s[i] == '_') ((char *)(uintptr_t)out.s)[i] = ' ';
    return out;
}

/* NOT_FOUND: it says none.  The year may stand over the table. */
static Err day_of_name(Arena *mem, Arena scratch, const Recognised *r, Str name, Str *out, Problems *problems)
{
    HeadPeriod p;
    int64_t    first = 0, last = 0;
    if (!head_period(&scratch, spaced(&scratch, name), &p)) return NOT_FOUND;
    if (p.no_year) {
        years_over(r, &first, &last);
        if (!first || first != last)
            return PROBLEM(problems, INVALID, NULL, "file.sheet_no_year", arg_text("sheet", name));
        p.day = month_first((Month)(first * 12 + civil_of(p.day).month - 1));
    }
    Buf b = buf_new(mem, 12);
    buf_day(&b, p.day);
    *out = buf_str(&b);
    return OK;
}

/* Is a day all that the columns lack to be sales? */
static bool lacks_days(Arena scratch, const Recognised *r)
{
    Problems     quiet = { .mem = &scratch, .limit = 1 };
    Recognised   again = *r;
    SalesColumns c;
    sales_columns_find(&scratch, &again, S(""), &c, &quiet);
    bool money = c.at[COL_AMOUNT] >= 0 || (c.at[COL_QUANTITY] >= 0 && c.at[COL_PRICE] >= 0);
    return money && c.at[COL_DATE] < 0 && (c.at[COL_CLIENT] >= 0 || c.at[COL_INN] >= 0);
}

/* ---- the parts ---- */

static Str *texts_kept(Arena *mem, const Str *text, int n)
{
    Str *out = NEW_N(mem, Str, n);
    for (int i = 0; i < n; i++) out[i] = str_copy(mem, text[i]);
    return out;
}

static const UnfoldPlan *plan_kept(Arena *mem, const UnfoldPlan *p)
{
    UnfoldPlan *k = NEW(mem, UnfoldPlan);
    *k            = *p;
    k->column     = NEW_N(mem, ReportColumn, p->columns);
    for (int c = 0; c < p->columns; c++) {
        k->column[c]      = p->column[c];
        k->column[c].name = str_copy(mem, p->column[c].name);
    }
    k->across_text  = texts_kept(mem, p->across_text, p->across);
    k->measure_name = texts_kept(mem, p->measure_name, p->measures);
    k->out_name     = texts_kept(mem, p->out_name, p->out_columns);
    k->value_at     = NEW_N(mem, int, p->across *p->measures);
    if (p->across) memcpy(k->value_at, p->value_at, (size_t)(p->across * p->measures) * sizeof *k->value_at);
    return k;
}

static void name_add(Buf *names, Str name)
{
    if (names->len) buf_c(names, ", ");
    buf_put(names, name);
}

static Err part_add(Joining *j, Arena scratch, int sheet, const Shape *s, int *from)
{
    SheetPart *p = &j->out->part[j->out->parts];
    Str        name = sheets_name(j->book, sheet);
    *p = (SheetPart){ .sheet = sheet, .begins = s->r.form.begins, .header = s->r.form.header, .from = from };
    if (!reads_alike(j->first, &s->r))
        return PROBLEM(j->problems, INVALID, NULL, "file.other_writing", arg_text("sheet", name));
    if (j->days) {
        Err err = day_of_name(j->mem, scratch, &s->r, name, &p->day, j->problems);
        if (err == NOT_FOUND) return PROBLEM(j->problems, INVALID, NULL, "file.sheet_no_day", arg_text("sheet", name));
        TRY(err);
    }
    if (s->unfolds) p->plan = plan_kept(j->mem, &s->plan);
    j->out->parts++;
    return OK;
}

/* Sales of another shape in sight are refused; anything else that has rows is told. */
static void part_not(Joining *j, Arena scratch, int sheet, const Shape *s)
{
    bool sales = !s->unfolds && !sheets_hidden(j->book, sheet) && sheet_is_sales(scratch, &s->r);
    if (sales && j->other < 0) {
        j->other     = sheet;
        j->other_row = s->r.form.begins + 1;
    }
    name_add(&j->left, sheets_name(j->book, sheet));
}

/* Its header is what a person said of it, that of the others is found. */
static FormWish wish_of(const Joining *j, int sheet)
{
    const TableForm *form = &j->first->form;
    return (FormWish){ .sheet = sheet, .header = sheet == form->sheet ? form->header : -1, .report = form->report };
}

static bool says(const Problems *problems, const char *key)
{
    return problems->first && strcmp(problems->first->key, key) == 0;
}

static Err sheet_look(Joining *j, Arena scratch, int sheet)
{
    Problems quiet = { .mem = &scratch, .limit = 1 };
    ptrdiff_t told = j->problems->count;
    Shape    s;
    int     *from;
    Err      err = shape_read(&scratch, j->book, wish_of(j, sheet), &s, &quiet);
    if (j->problems->count > told) return err; /* the book itself could not read the sheet, and has said so */
    bool ends = err == BUSY || err == TOO_LARGE || err == BROKEN;
    if (ends) return quiet.first ? problem_add(j->problems, *quiet.first) : err;
    if (err != OK && says(&quiet, "file.empty")) return OK;
    bool bare = err != OK && says(&quiet, "file.no_rows");
    bool same = (err == OK || bare) && sheets_hidden(j->book, sheet) == j->hidden &&
                ((!bare && names_match(j->mem, scratch, &j->model, &s, &from)) ||
                 header_sought(j->mem, &scratch, &j->model, &s, &from));
    if (same) return part_add(j, scratch, sheet, &s, from);
    if (bare) return OK;
    if (err == OK) part_not(j, scratch, sheet, &s);
    else name_add(&j->left, sheets_name(j->book, sheet));
    return OK;
}

static Err sheets_look(Joining *j, Arena *look, bool all)
{
    int from = all ? 0 : j->first->form.sheet, to = all ? sheets_count(j->book) : from + 1;
    for (int i = from; i < to; i++) {
        TRY(pulse(j->problems));
        TRY(sheet_look(j, *look, i));
    }
    return OK;
}

static void names_join(Joining *j)
{
    JoinedSheets *out = j->out;
    out->columns      = j->model.columns + j->days;
    out->name_day     = j->days;
    out->names        = NEW_N(j->mem, Str, out->columns);
    for (int i = 0; i < j->model.columns; i++) out->names[i] = str_copy(j->mem, j->model.names[i]);
    if (j->days) out->names[out->columns - 1] = column_of_days(&j->model.r);
}

static Err join(Joining *j, Arena *look, bool all)
{
    TRY(shape_read(look, j->book, wish_of(j, j->first->form.sheet), &j->model, j->problems));
    TRY(sheets_look(j, look, all));
    if (j->out->parts > 1 && j->other >= 0)
        return problem_add(j->problems,
                           (Problem){ .err = INVALID, .key = "file.other_shape", .row = j->other_row, .arg_count = 1,
                                      .args = { arg_text("sheet", sheets_name(j->book, j->other)) } });
    j->out->left_out = buf_str(&j->left);
    if (j->out->parts < (j->days ? 1 : 2)) return NOT_FOUND;
    names_join(j);
    return OK;
}

Err sheets_join(Arena *mem, Sheets *book, const Recognised *first, bool all, bool days, JoinedSheets *out,
                Problems *problems)
{
    Arena   look = arena_new(LOOK_MEM);
    Joining j    = { .mem = mem, .book = book, .first = first, .days = days, .out = out, .other = -1,
                     .problems = problems };
    *out         = (JoinedSheets){ .part = NEW_N(mem, SheetPart, sheets_count(book)) };
    j.left       = buf_new(mem, 256);
    j.hidden     = sheets_hidden(book, first->form.sheet);
    Err err      = join(&j, &look, all);
    arena_drop(&look);
    return err;
}

/* ---- a file ---- */

static bool says_day(Arena scratch, Str name)
{
    HeadPeriod p;
    return head_period(&scratch, spaced(&scratch, name), &p);
}

static Err book_join(Arena *mem, Str file, FormWish wish, const Recognised *r, JoinedSheets *out, Problems *problems)
{
    Sheets *book;
    bool    all  = wish.sheet < 0 || wish.report.sheets;
    bool    days = lacks_days(*mem, r) && says_day(*mem, r->sheet_names[r->form.sheet]);
    if (!days && (!all || r->sheets < 2)) return NOT_FOUND;
    TRY(sheets_open(file, &book, problems));
    Err err = sheets_join(mem, book, r, all, days, out, problems);
    sheets_close(book);
    return err;
}

static Str names_of_parts(Arena *mem, const Recognised *r, const JoinedSheets *j)
{
    enum { ALL_SAID = 4 };
    Buf b = buf_new(mem, 256);
    for (int i = 0; i < j->parts && j->parts <= ALL_SAID; i++) name_add(&b, r->sheet_names[j->part[i].sheet]);
    if (j->parts <= ALL_SAID) return buf_str(&b);
    buf_put(&b, r->sheet_names[j->part[0].sheet]);
    buf_c(&b, " … ");
    buf_put(&b, r->sheet_names[j->part[j->parts - 1].sheet]);
    return buf_str(&b);
}

Err joined_recognise(Arena *mem, Str file, FormWish wish, Recognised *r, Problems *problems)
{
    JoinedSheets j   = { 0 };
    Err          err = book_join(mem, file, wish, r, &j, problems);
    r->form.report.sheets = r->form.report.name_day = false;
    if (err == NOT_FOUND && r->form.kind == FILE_PACK) r->left_out = j.left_out; /* nobody looks into an archive */
    if (err == NOT_FOUND) return OK;
    TRY(err);
    r->joined       = j.parts;
    r->joined_names = names_of_parts(mem, r, &j);
    r->left_out     = j.left_out;
    if (j.parts > 1) r->other_sheets = S("");
    r->names                = j.names;
    r->form.columns         = j.columns;
    r->form.report.sheets   = j.parts > 1;
    r->form.report.name_day = j.name_day;
    return j.name_day ? rows_see(mem, file, r, problems) : OK;
}

Err joined_plan(Arena *mem, Str file, const TableForm *form, JoinedSheets *out, Problems *problems)
{
    Sheets    *book;
    Recognised r;
    TRY(sheets_open(file, &book, problems));
    Err err = book_recognise(mem, book, form_wish(form), &r, problems);
    r.form.report = form->report;
    if (err == OK) err = sheets_join(mem, book, &r, form->report.sheets, form->report.name_day, out, problems);
    sheets_close(book);
    bool same = err == OK && out->columns == form->columns;
    return same || (err != OK && err != NOT_FOUND) ? err : PROBLEM(problems, INVALID, "report", "import.bad_form");
}

int joined_doubts(const Recognised *r, SalesDoubt *out, int most)
{
    const struct {
        bool        holds;
        const char *key;
        Arg         args[2];
    } all[] = {
        { r->joined > 1, "analyze.doubt.sheets", { arg_count("n", r->joined), arg_text("names", r->joined_names) } },
        { r->left_out.n > 0, "analyze.doubt.sheets_left", { arg_text("names", r->left_out) } },
        { r->form.report.name_day, "analyze.doubt.sheet_day", { arg_text("names", r->joined_names) } },
    };
    int n = 0;
    for (ptrdiff_t i = 0; i < COUNT(all) && n < most; i++)
        if (all[i].holds) out[n++] = (SalesDoubt){ .key = all[i].key, .args = { all[i].args[0], all[i].args[1] } };
    return n;
}
