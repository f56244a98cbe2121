/* Rows that were not taken, each with its reason, to be corrected and sent again: as the table they stood in, with one
 * column more. */
#include "entity/export.h"
#include "format/csv_out.h"
#include "format/mapped.h"
#include "sales/import/import_inside.h"
#include "sales/import/import_sql.h"
#include "sales/insight/book.h"
#include "sales/reading/table_rows.h"

typedef struct {
    int64_t  *row;
    Str      *why;
    ptrdiff_t n;
} BadRows;

/* What stood in a cell is told like the field that it was for. */
static Err bad_read(Work *w, int64_t import, const Entity *target, BadRows *out)
{
    enum { PAGE = 100000 };
    Rows rows;
    *out = (BadRows){ NEW_RAW(w->mem, int64_t, PAGE), NEW_RAW(w->mem, Str, PAGE), 0 };
    TRY(db_query(w->db, SQL_IMPORT_BAD_REASONS, VALS(val_int(import), val_int(PAGE)), &rows));
    while (rows_next(&rows)) {
        Str         field = row_text(&rows, 3);
        bool        hides = field.s && import_hides(w, target, "view", field);
        KeptProblem p     = { row_text(&rows, 1), row_text(&rows, 4), row_text(&rows, 2), hides };
        out->row[out->n]   = row_int(&rows, 0);
        out->why[out->n++] = import_said(w->mem, import_voice(w), &p);
    }
    return rows_end(&rows);
}

/* ---- the table ---- */

typedef struct {
    Request    *r;
    ImportPlan  plan;
    BadRows     bad;
    Book       *book;   /* null: a text */
    CsvOut      csv;
    Buf         text;
    OutCell    *cell;
    bool       *hidden;  /* by column; null while the heads are written */
    int         columns; /* of the file, without the reasons that stand in it since it was sent before */
    int         old;     /* 1: such reasons stand behind them, and are left out */
    Str         head;    /* of the column of reasons */
} BadTable;

static bool is_reason(Str cell)
{
    for (int lang = 0; lang < LANGS; lang++)
        if (str_eq(cell, str_of(words_text((Lang)lang, "import.reason")))) return true;
    return false;
}

/* The reason stands behind the columns, however short the row is; what the row has beyond them stands behind the
 * reason. */
static int cells_of(BadTable *t, const TableRow *row, Str why)
{
    int from = t->columns + t->old, extra = row->count > from ? row->count - from : 0;
    for (int i = 0; i < t->columns; i++) {
        bool shown = i < row->count && !(t->hidden && t->hidden[i]);
        t->cell[i] = out_text(shown ? row->cell[i] : S(""));
    }
    t->cell[t->columns] = out_text(why);
    for (int i = 0; i < extra; i++) t->cell[t->columns + 1 + i] = out_text(row->cell[from + i]);
    return t->columns + 1 + extra;
}

static void put_row(BadTable *t, const TableRow *row, Str why)
{
    int n = cells_of(t, row, why);
    if (t->book) {
        xlsx_out_row(t->book->out, t->cell, n);
        return;
    }
    for (int i = 0; i < n; i++) csv_put(&t->csv, t->cell[i]);
    csv_end_row(&t->csv);
}

/* A sheet has a header: that of the file, or what its columns were said to be. */
static void sheet_begin(BadTable *t, const TableRow *first)
{
    Work        *w       = t->r->w;
    OutColumn   *columns = NEW_N(w->mem, OutColumn, t->columns + 1);
    TargetField *fields;
    ptrdiff_t    n = import_fields_of(w, t->plan.target, &fields);
    for (int i = 0; i < t->columns; i++)
        columns[i].title = !t->plan.form.header ? str_fmt(w->mem, "%d", i + 1)
                           : i < first->count   ? first->cell[i]
                                                : S("");
    for (int c = 0; c < t->plan.columns && !t->plan.form.header; c++)
        for (ptrdiff_t f = 0; f < n; f++)
            if (str_eq(fields[f].name, t->plan.column[c].name)) columns[t->plan.column[c].at].title = fields[f].label;
    columns[t->columns].title = t->head;
    xlsx_out_sheet(t->book->out, t->head, columns, t->columns + 1);
}

static void table_begin(BadTable *t, const TableRow *first)
{
    bool header = t->plan.form.header;
    t->columns  = t->plan.form.columns;
    if (header && first->count == t->columns && t->columns > 1 && is_reason(first->cell[t->columns - 1])) t->old = 1;
    t->columns -= t->old;
    t->cell = NEW_N(t->r->w->mem, OutCell, SHEET_COLUMNS_MAX + t->columns + 1);
    if (t->book) sheet_begin(t, first);
    else if (header) put_row(t, first, t->head);
}

/* Columns of fields that the reader may not see go out empty below their heads. */
static void hidden_mark(BadTable *t)
{
    t->hidden = NEW_N(t->r->w->mem, bool, t->columns + 1);
    for (int c = 0; c < t->plan.columns; c++) {
        const ImportColumn *column = &t->plan.column[c];
        if (column->at < t->columns)
            t->hidden[column->at] = import_hides(t->r->w, t->plan.target, "view", column->name);
    }
}

/* The file is read once more; its header goes out as it is. */
static Err rows_put(BadTable *t, Str bytes)
{
    Work     *w = t->r->w;
    TableRows rows;
    TableRow  row;
    ptrdiff_t k    = 0;
    bool      any  = false;
    TableForm form = t->plan.form;
    form.header &= form.report.shape == SHAPE_REPORT || form.report.sheets || form.report.name_day;
    TRY(table_rows_open(&rows, bytes, &form, &w->problems));
    const Str *names = table_rows_names(&rows);
    if (names) {
        row = (TableRow){ .cell = names, .count = form.columns };
        table_begin(t, &row);
        hidden_mark(t);
        any = true;
    }
    while ((k < t->bad.n || !any) && table_rows_next(&rows, &row, &w->problems) == OK) {
        if (!any) {
            table_begin(t, &row);
            hidden_mark(t);
        }
        any = true;
        while (k < t->bad.n && t->bad.row[k] < row.number) k++;
        if (k < t->bad.n && t->bad.row[k] == row.number) put_row(t, &row, t->bad.why[k]);
    }
    table_rows_close(&rows);
    return OK;
}

/* ---- the answer ---- */

static Err answer_book(BadTable *t, Str bytes, Str name)
{
    TRY(book_begin(t->r->w, &t->book));
    TRY(rows_put(t, bytes));
    return book_send(t->r, t->book, str_fmt(t->r->w->mem, "%.*s.xlsx", (int)name.n, name.s));
}

static Err answer_text(BadTable *t, Str bytes, Str name)
{
    Download to;
    TRY(answer_file_new(t->r, "text/csv; charset=utf-8", str_fmt(t->r->w->mem, "%.*s.csv", (int)name.n, name.s), &to));
    t->text     = buf_sink(t->r->w->mem, 1 << 16, to.sink, to.to);
    t->csv      = csv_out(&t->text, CSV_EXCEL_RU);
    TRY(rows_put(t, bytes));
    return buf_flush(&t->text) ? OK : fail(t->r->w, BROKEN, NULL, "file.not_written");
}

Err import_bad_rows(Request *r)
{
    Work      *w    = r->w;
    BadTable  *t    = NEW(w->mem, BadTable);
    ExportForm form = EXPORT_CSV_RU;
    Import     i;
    Str *bytes = import_mapped_held(w), name;
    if (asked(r, "format") && !export_form_named(asked_text(r, "format"), &form))
        return fail(w, INVALID, "format", "request.no_choice");
    TRY(reach_need(w, &import_entity, "export", r->id));
    TRY(record_load(w, &import_entity, r->id, &i));
    TRY(import_plan_of(w, r->id, &t->plan));
    TRY(bad_read(w, r->id, t->plan.target, &t->bad));
    TRY(file_bring(w, t->plan.file, i.base.created_by, bytes, &name));
    Buf head = buf_new(w->mem, 32);
    SAY(&head, import_voice(w), "import.reason");
    t->r    = r;
    t->head = buf_str(&head);
    name    = str_fmt(w->mem, "bad-rows-%lld", (long long)r->id);
    return form == EXPORT_XLSX ? answer_book(t, *bytes, name) : answer_text(t, *bytes, name);
}
