/* The rows of a table one after another, as UTF-8 cells. */
#include "sales/reading/table_rows.h"

#include "format/charset.h"
#include "format/converted.h"
#include "format/csv_out.h"
#include "format/mapped.h"
#include "sales/reading/report.h"
#include "sales/reading/sums_below.h"
#include "sales/reading/total_said.h"

#include <unistd.h>

static bool is_utf16(Encoding e)
{
    return e == ENC_UTF16LE || e == ENC_UTF16BE;
}

static Err text_next(TableRows *t, ReportRow *row, Problems *problems);

static Err text_open(TableRows *t, Problems *problems)
{
    Str text = t->bytes;
    if (is_utf16(t->form.encoding)) {
        if (text_as_utf8(str_from(text, (ptrdiff_t)t->form.begins), t->form.encoding, &t->converted))
            return PROBLEM(problems, BROKEN, NULL, "file.no_temporary");
        t->form.encoding = ENC_UTF8;
        t->form.begins   = 0;
        text             = t->converted;
    }
    t->cells = arena_new((ptrdiff_t)1 << 33);
    Arena *fields = &t->cells;
    t->csv   = csv_reader(text, &t->form, fields);
    for (ptrdiff_t i = 0; i < t->form.begins; i++) t->line += text.s[i] == '\n';
    ReportRow header;
    if (!t->form.header) return OK;
    Err err = text_next(t, &header, problems);
    if (err == OK) t->header = header_of(&t->kept, header.cell, header.count);
    t->ended = err != OK;
    return err == NOT_FOUND ? OK : err;
}

static Err book_open(TableRows *t, Problems *problems)
{
    TRY(sheets_open(t->bytes, &t->book, problems));
    return sheets_begin(t->book, t->form.sheet, t->form.number.decimal);
}

static void unfold_start(TableRows *t, const UnfoldPlan *plan)
{
    if (!plan) return;
    t->sums   = t->unfold ? table_rows_sums(t, &t->sum_row) : 0;
    t->plan   = *plan;
    t->unfold = unfold_begin(&t->kept, &t->plan, t->form.number);
}

/* Stands before the first row of a joined sheet. */
static Err part_begin(TableRows *t, int part)
{
    const SheetPart *p     = &t->joined->part[part];
    int64_t          again = t->header.again;
    t->part         = part;
    t->form.sheet   = p->sheet;
    t->form.begins  = p->begins;
    t->form.header  = p->header;
    t->header       = (HeaderAgain){ .again = again };
    t->above        = NULL;
    unfold_start(t, p->plan);
    return sheets_begin(t->book, p->sheet, t->form.number.decimal);
}

Err table_rows_begin(TableRows *t, Str bytes, const TableForm *form, const UnfoldPlan *plan, Problems *problems)
{
    *t      = (TableRows){ .form = *form, .bytes = bytes, .kept = arena_new((ptrdiff_t)1 << 30) };
    Err err = form->kind != FILE_CSV ? book_open(t, problems) : text_open(t, problems);
    if (err == OK) unfold_start(t, plan);
    if (err != OK) table_rows_close(t);
    return err;
}

static Err joined_open(TableRows *t, Str bytes, const TableForm *form, Problems *problems)
{
    Arena         mem = arena_new((ptrdiff_t)1 << 33);
    JoinedSheets *j   = NEW(&mem, JoinedSheets);
    Err           err = joined_plan(&mem, bytes, form, j, problems);
    if (err == OK) err = table_rows_begin(t, bytes, form, NULL, problems);
    if (err != OK) {
        arena_drop(&mem);
        return err;
    }
    t->united   = NEW_N(&mem, Str, j->columns);
    t->part_sum = NEW_N(&mem, SheetSum, j->parts);
    t->planned  = mem;
    t->joined   = j;
    err         = part_begin(t, 0);
    if (err != OK) table_rows_close(t);
    return err;
}

Err table_rows_open(TableRows *t, Str bytes, const TableForm *form, Problems *problems)
{
    UnfoldPlan  plan;
    const char *misfit = form_misfit(form, bytes);
    *t                 = (TableRows){ 0 };
    if (misfit) return PROBLEM(problems, INVALID, misfit, "import.bad_form");
    if (form->kind != FILE_CSV && (form->report.sheets || form->report.name_day))
        return joined_open(t, bytes, form, problems);
    if (form->report.shape != SHAPE_REPORT) return table_rows_begin(t, bytes, form, NULL, problems);
    Arena mem = arena_new((ptrdiff_t)1 << 33);
    Err   err = report_plan(&mem, bytes, form, &plan, problems);
    if (err == OK) err = table_rows_begin(t, bytes, form, &plan, problems);
    if (err == OK) t->planned = mem;
    else arena_drop(&mem);
    return err;
}

void table_rows_close(TableRows *t)
{
    if (t->book) sheets_close(t->book);
    mapped_close(t->converted);
    arena_drop(&t->cells);
    arena_drop(&t->kept);
    arena_drop(&t->planned);
    *t = (TableRows){ 0 };
}

/* ---- texts ---- */

static Err cells_as_utf8(TableRows *t, Arena *mem)
{
    for (int i = 0; i < t->csv.fields; i++) {
        Buf utf8 = buf_new(mem, t->csv.field[i].n * 2 + 8);
        text_to_utf8(t->form.encoding, t->csv.field[i], &utf8);
        t->csv.field[i] = buf_str(&utf8);
    }
    return OK;
}

static Err cells_check(TableRows *t, Problems *problems)
{
    for (int i = 0; i < t->csv.fields; i++) {
        ptrdiff_t bad = utf8_first_bad(t->csv.field[i]);
        if (bad < 0) continue;
        Problem p = { .err = INVALID,
                      .key = "file.broken_utf8",
                      .row = t->line,
                      .args = { arg_count("byte", t->csv.begin + 1) },
                      .arg_count = 1 };
        return problem_add(problems, p);
    }
    return OK;
}

static Err text_next(TableRows *t, ReportRow *row, Problems *problems)
{
    Arena mem = t->cells; /* borrowed for this row: the next one begins where it began */
    bool  got = csv_next(&t->csv, &mem);
    t->line++;
    if (!got && t->csv.fault == CSV_FINE) return NOT_FOUND;
    if (t->csv.fault != CSV_FINE) {
        Err err = csv_problem(problems, t->csv.fault, t->line, t->csv.fault_at);
        if (!got) return err;
    }
    TRY(t->form.encoding == ENC_UTF8 ? cells_check(t, problems) : cells_as_utf8(t, &mem));
    for (int i = 0; i < t->csv.fields; i++) t->csv.field[i] = formula_unmarked(t->csv.field[i]);
    *row = (ReportRow){ .number = t->line, .cell = t->csv.field, .count = t->csv.fields };
    return OK;
}

/* ---- workbooks ---- */

static void header_stands(TableRows *t, const SheetRow *read)
{
    int64_t again   = t->header.again;
    t->header       = header_of(&t->kept, read->cell, read->count);
    t->header.again = again;
}

static Err book_next(TableRows *t, ReportRow *row)
{
    SheetRow read;
    for (;;) {
        TRY(sheets_next(t->book, &read));
        if (read.number > t->form.begins + t->form.header) break;
        if (read.number == t->form.begins + 1 && t->form.header)
            header_stands(t, &read);
    }
    bool many = t->joined && t->joined->parts > 1;
    t->line   = many ? row_of_sheet(t->form.sheet, read.number) : read.number;
    *row      = (ReportRow){ t->line, read.cell, read.count, read.outline, read.look };
    return OK;
}

/* ---- any ---- */

/* An empty cell in front means the one above it. */
static void cells_filled(TableRows *t, ReportRow *row)
{
    int n = t->form.columns, c = 0;
    if (!t->above) t->above = NEW_N(&t->kept, Str, n), t->filled = NEW_N(&t->kept, Str, n);
    while (c < n && !(c < row->count && str_trim(row->cell[c]).n)) c++;
    if (c == n) return;
    for (int i = 0; i < n; i++) t->filled[i] = i < row->count ? row->cell[i] : S("");
    for (int i = 0; i < c; i++) t->filled[i] = t->above[i];
    for (int i = c; i < n; i++)
        if (!str_eq(t->above[i], t->filled[i])) t->above[i] = str_copy(&t->kept, t->filled[i]);
    row->cell  = t->filled;
    row->count = n;
}

/* The next row of the file that is no header again. */
static Err row_next(TableRows *t, ReportRow *row, Problems *problems)
{
    for (;;) {
        TRY(t->book ? book_next(t, row) : text_next(t, row, problems));
        if (!header_met(&t->header, row->cell, row->count)) break;
        if (!t->header_row) t->header_row = row->number;
    }
    row->cell = header_order(&t->header, row->cell, &row->count);
    if (t->form.report.fill) cells_filled(t, row);
    return OK;
}

static Err unfolded_next(TableRows *t, TableRow *row, Problems *problems)
{
    ReportRow next;
    row->marked = false;
    while (!unfold_next(t->unfold, &row->number, &row->cell, &row->count)) {
        Err err = row_next(t, &next, problems);
        if (err == NOT_FOUND) TRY(unfold_end(t->unfold, problems));
        TRY(err);
        TRY(unfold_take(t->unfold, &next, problems));
    }
    return OK;
}

int64_t table_rows_sums(const TableRows *t, int64_t *first)
{
    int64_t here  = 0, sums = t->unfold ? unfold_sums(t->unfold, &here) : 0;
    *first        = t->sums ? t->sum_row : here;
    return t->sums + sums;
}

const Str *table_rows_names(const TableRows *t)
{
    return t->joined ? t->joined->names : t->unfold ? t->plan.out_name : NULL;
}

static Err plain_next(TableRows *t, TableRow *row, Problems *problems)
{
    ReportRow next;
    TRY(row_next(t, &next, problems));
    *row = (TableRow){ next.number, next.cell, next.count, row_marked(&t->form.report, &next) };
    return OK;
}

static Err sheet_next(TableRows *t, TableRow *row, Problems *problems)
{
    return t->unfold ? unfolded_next(t, row, problems) : plain_next(t, row, problems);
}

/* ---- joined sheets ---- */

/* In the order of the first sheet, with the day of this one. */
static void row_unite(TableRows *t, TableRow *row)
{
    const SheetPart *p = &t->joined->part[t->part];
    int              n = t->joined->columns;
    for (int i = 0; i < n; i++) {
        int at       = p->from ? p->from[i] : i;
        t->united[i] = at >= 0 && at < row->count ? row->cell[at] : S("");
    }
    if (t->joined->name_day) t->united[n - 1] = p->day;
    row->cell  = t->united;
    row->count = n;
    if (t->form.report.below == BELOW_EMPTY)
        row->marked = row_marked(&t->form.report, &(ReportRow){ .cell = row->cell, .count = n });
}

/* Rows that sum others stand below each sheet, and say nothing of whose rows these are. */
static bool is_sum(const TableRow *row)
{
    for (int i = 0; i < row->count; i++) {
        Str cell = str_trim(row->cell[i]);
        if (cell.n) return total_likely(cell) && total_said(cell, NULL) != TOTAL_NOT;
    }
    return true;
}

static void row_summed(SheetSum *s, const TableRow *row)
{
    uint64_t hash = 0;
    if (is_sum(row)) return;
    for (int i = 0; i < row->count; i++) hash = (hash ^ str_hash(str_trim(row->cell[i]), 7)) * 0x9E3779B97F4A7C15;
    s->hash += hash ^ hash >> 32;
    s->rows++;
}

static Err repeats(const TableRows *t, int part, int other, Problems *problems)
{
    const SheetPart *p = t->joined->part;
    return PROBLEM(problems, INVALID, NULL, "file.sheet_repeats",
                   arg_text("sheet", sheets_name(t->book, p[part].sheet)),
                   arg_text("other", sheets_name(t->book, p[other].sheet)));
}

/* Has a sheet the rows of those beside it, one or several, or of all others?  Then they would count twice. */
static Err repeats_refuse(const TableRows *t, Problems *problems)
{
    const SheetSum *s   = t->part_sum;
    SheetSum        all = { 0 };
    for (int i = 0; i < t->joined->parts; i++) all.hash += s[i].hash, all.rows += s[i].rows;
    for (int i = 0; i < t->joined->parts; i++) {
        if (s[i].rows < 2) continue;
        if (t->joined->parts > 2 && all.hash == 2 * s[i].hash && all.rows == 2 * s[i].rows)
            return repeats(t, i, i ? 0 : 1, problems);
        for (int step = -1; step <= 1; step += 2) {
            SheetSum run = { 0 };
            for (int k = i + step; k >= 0 && k < t->joined->parts && run.rows < s[i].rows; k += step) {
                run.hash += s[k].hash;
                run.rows += s[k].rows;
                if (run.hash == s[i].hash && run.rows == s[i].rows) return repeats(t, i, k, problems);
            }
        }
    }
    return NOT_FOUND;
}

static Err joined_next(TableRows *t, TableRow *row, Problems *problems)
{
    for (;;) {
        Err err = sheet_next(t, row, problems);
        if (err == NOT_FOUND && t->part + 1 == t->joined->parts) return repeats_refuse(t, problems);
        if (err == NOT_FOUND) TRY(part_begin(t, t->part + 1));
        else TRY(err);
        if (err == OK) break;
    }
    row_unite(t, row);
    if (t->joined->parts > 1) row_summed(&t->part_sum[t->part], row);
    return OK;
}

Err table_rows_next(TableRows *t, TableRow *row, Problems *problems)
{
    if (t->ended) return NOT_FOUND;
    Err err  = t->joined ? joined_next(t, row, problems) : sheet_next(t, row, problems);
    t->ended = err != OK;
    return err;
}

int table_rows_permille(const TableRows *t)
{
    if (t->joined) return (t->part * 1000 + sheets_percent(t->book) * 10) / t->joined->parts;
    if (t->book) return sheets_percent(t->book) * 10;
    return t->csv.text.n ? (int)((Wide)t->csv.at * 1000 / t->csv.text.n) : 1000;
}
