/* A table as a file: its heads and rows, and each value as it stands in a cell of a text or a workbook. */
#include "entity/export_sheet.h"

#include "entity/rows.h"

#include <fcntl.h>
#include <unistd.h>

/* ---- cells ---- */

Str export_label(ExportSheet *x, const Entity *e, const Field *f)
{
    if (x->form == EXPORT_CSV) return str_of(f->name);
    if (f->own) return x->voice.lang == LANG_RU ? f->label_ru : f->label_en;
    const char *key = field_label(x->w->mem, e, f), *text = words_text(x->voice.lang, key);
    return str_of(text ? text : key);
}

static OutCell number_cell(int64_t v, int places)
{
    for (; places > 0 && v % 10 == 0; places--) v /= 10;
    return out_number(v, places);
}

static Str choice_text(ExportSheet *x, const Entity *e, const Field *f, Value v)
{
    if (x->form == EXPORT_CSV) return v.s;
    if (f->own) return f->option_labels[(v.n - 1) * 2 + (x->voice.lang == LANG_EN)];
    const char *text = words_text(
        x->voice.lang, str_c(x->w->mem, str_fmt(x->w->mem, "%s.%s.%.*s", e->name, f->name, (int)v.s.n, v.s.s)));
    return text ? str_of(text) : v.s;
}

static Str moment_text(ExportSheet *x, Moment at)
{
    Buf b = buf_new(x->w->mem, 32);
    if (x->form == EXPORT_CSV) {
        buf_moment(&b, at);
        return buf_str(&b);
    }
    int second = zone_second(x->w->zone, at);
    day_put(&b, x->voice, zone_day(x->w->zone, at));
    buf_fmt(&b, " %02d:%02d", second / 3600, second / 60 % 60);
    return buf_str(&b);
}

static Str plain_text(ExportSheet *x, const Field *f, Value v)
{
    Buf b = buf_new(x->w->mem, 24);
    value_write(&b, f, v);
    return buf_str(&b);
}

static Str bool_text(ExportSheet *x, bool yes)
{
    if (x->form == EXPORT_CSV) return yes ? S("true") : S("false");
    return str_of(words_text(x->voice.lang, yes ? "value.yes" : "value.no"));
}

OutCell export_cell(ExportSheet *x, const Entity *e, const Field *f, Value v)
{
    if (v.empty) return (OutCell){ .kind = OUT_EMPTY };
    switch (f->type) {
    case TYPE_text: return out_text(v.s);
    case TYPE_bool: return out_text(bool_text(x, v.n));
    case TYPE_money: return out_money(v.n);
    case TYPE_price:
    case TYPE_qty:
    case TYPE_ratio:
    case TYPE_degree: return number_cell(v.n, types[f->type].places);
    case TYPE_int:
    case TYPE_ref: return out_number(v.n, 0);
    case TYPE_day: return out_day((Day)v.n);
    case TYPE_moment: return out_text(moment_text(x, v.n));
    case TYPE_choice: return out_text(choice_text(x, e, f, v));
    default: return out_text(plain_text(x, f, v));
    }
}

/* ---- the file ---- */

ExportSheet export_sheet(Work *w, ExportForm form)
{
    ExportSheet x = { .w = w, .form = form };
    lang_read(w->language, &x.voice.lang);
    return x;
}

void export_row(ExportSheet *x, const OutCell *cells)
{
    if (x->form == EXPORT_XLSX) xlsx_out_row(x->book, cells, x->n);
    else {
        for (int c = 0; c < x->n; c++) csv_put(&x->csv, cells[c]);
        csv_end_row(&x->csv);
    }
}

static Err csv_file(ExportSheet *x, const char *path, const Str *heads, Err (*rows)(void *of, ExportSheet *x), void *of)
{
    OutCell *head = NEW_N(x->w->mem, OutCell, x->n);
    int      fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return fail(x->w, BROKEN, NULL, "file.not_written");
    x->out = buf_sink(x->w->mem, 1 << 16, buf_to_fd, &fd);
    x->csv = csv_out(&x->out, x->form == EXPORT_CSV ? CSV_RFC4180 : CSV_EXCEL_RU);
    for (int c = 0; c < x->n; c++) head[c] = out_text(heads[c]);
    export_row(x, head);
    Err  err = rows(of, x);
    bool written = buf_flush(&x->out);
    if (close(fd) != 0 || !written) return err ? err : fail(x->w, BROKEN, NULL, "file.not_written");
    return err;
}

static Err xlsx_file(ExportSheet *x, const char *path, Str title, const Str *heads,
                     Err (*rows)(void *of, ExportSheet *x), void *of)
{
    OutColumn *columns = NEW_N(x->w->mem, OutColumn, x->n);
    for (int c = 0; c < x->n; c++) columns[c].title = heads[c];
    x->book = xlsx_out_open(x->w->mem, path);
    xlsx_out_sheet(x->book, title, columns, x->n);
    Err err = rows(of, x);
    Err end = xlsx_out_close(x->book, &x->w->problems);
    return err ? err : end;
}

Err export_file(ExportSheet *x, const char *path, Str title, const Str *heads, int n,
                Err (*rows)(void *of, ExportSheet *x), void *of)
{
    x->n = n;
    return x->form == EXPORT_XLSX ? xlsx_file(x, path, title, heads, rows, of) : csv_file(x, path, heads, rows, of);
}
