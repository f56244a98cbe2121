/* The rows of a table one after another, as UTF-8 cells. */
#include "sales/exchange/table_rows.h"

#include "format/charset.h"
#include "format/csv_out.h"
#include "format/mapped.h"

#include <unistd.h>

enum { PIECE = 1 << 18 };

Err text_as_utf8(Str bytes, Encoding encoding, Str *out)
{
    int   fd  = temporary_open();
    Arena mem = arena_new(4 * PIECE);
    Buf   to  = buf_sink(&mem, PIECE, buf_to_fd, &fd);
    for (ptrdiff_t n = 1; fd >= 0 && bytes.n && n; bytes = str_from(bytes, n)) n = text_to_utf8(encoding, str_upto(bytes, PIECE), &to);
    Err err = fd >= 0 && buf_flush(&to) ? mapped_of(fd, out) : BROKEN;
    if (fd >= 0) close(fd);
    arena_drop(&mem);
    return err;
}

static bool is_utf16(Encoding e)
{
    return e == ENC_UTF16LE || e == ENC_UTF16BE;
}

static Err text_open(TableRows *t, Problems *problems)
{
    Str text = t->bytes;
    if (is_utf16(t->form.encoding)) {
        if (text_as_utf8(str_from(text, (ptrdiff_t)t->form.begins), t->form.encoding, &t->converted)) return PROBLEM(problems, BROKEN, NULL, "file.no_temporary");
        t->form.encoding = ENC_UTF8;
        t->form.begins   = 0;
        text             = t->converted;
    }
    t->cells = arena_new((ptrdiff_t)1 << 33);
    Arena *fields = &t->cells;
    t->csv   = csv_reader(text, &t->form, fields);
    for (ptrdiff_t i = 0; i < t->form.begins; i++) t->line += text.s[i] == '\n';
    TableRow header;
    return t->form.header ? table_rows_next(t, &header, problems) : OK;
}

static Err book_open(TableRows *t, Problems *problems)
{
    TRY(xlsx_open(t->bytes, &t->book, problems));
    return xlsx_begin(t->book, t->form.sheet, t->form.number.decimal);
}

Err table_rows_open(TableRows *t, Str bytes, const TableForm *form, Problems *problems)
{
    *t = (TableRows){ .form = *form, .bytes = bytes };
    const char *misfit = form_misfit(form, bytes);
    if (misfit) return PROBLEM(problems, INVALID, misfit, "import.bad_form");
    Err err = form->kind == FILE_XLSX ? book_open(t, problems) : text_open(t, problems);
    if (err) table_rows_close(t);
    return err;
}

void table_rows_close(TableRows *t)
{
    if (t->book) xlsx_close(t->book);
    mapped_close(t->converted);
    arena_drop(&t->cells);
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
        Problem p = { .err = INVALID, .key = "file.broken_utf8", .row = t->line, .args = { arg_count("byte", t->csv.begin + 1) }, .arg_count = 1 };
        return problem_add(problems, p);
    }
    return OK;
}

static Err text_next(TableRows *t, TableRow *row, Problems *problems)
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
    *row = (TableRow){ t->line, t->csv.field, t->csv.fields };
    return OK;
}

/* ---- workbooks ---- */

static Err book_next(TableRows *t, TableRow *row)
{
    XlsxRow read;
    do {
        TRY(xlsx_next(t->book, &read));
    } while (read.number <= t->form.begins + t->form.header);
    t->line = read.number;
    *row    = (TableRow){ read.number, read.cell, read.count };
    return OK;
}

Err table_rows_next(TableRows *t, TableRow *row, Problems *problems)
{
    if (t->ended) return NOT_FOUND;
    Err err  = t->book ? book_next(t, row) : text_next(t, row, problems);
    t->ended = err != OK;
    return err;
}

int table_rows_permille(const TableRows *t)
{
    if (t->book) return xlsx_percent(t->book) * 10;
    return t->csv.text.n ? (int)((Wide)t->csv.at * 1000 / t->csv.text.n) : 1000;
}
