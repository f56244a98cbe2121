/* Any list as a file: page by page, column by column from the list of fields. */
#include "entity/export.h"

#include "core/bounds.h"
#include "core/words.h"
#include "entity/link.h"
#include "entity/rows.h"
#include "format/csv_out.h"
#include "format/xlsx_out.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef enum { COLUMN_ID, COLUMN_FIELD, COLUMN_TITLE, COLUMN_LINE, COLUMN_LINE_TITLE, COLUMN_ABOVE,
               COLUMN_ABOVE_TITLE, COLUMN_LIST, COLUMN_FIGURE } ColumnKind;

typedef struct {
    ColumnKind      kind;
    const Field    *field;
    int             place; /* of the field, for its title; of the figure among those asked for */
    const Children *list;
    Str             head;
} Column;

typedef struct {
    Work           *w;
    const Entity   *e, *above; /* of children the entity they belong to, whose rights are theirs; else e itself */
    ExportForm      form;
    Voice           voice;
    const char     *verb;
    const Children *lines; /* a row each; null: a row a record */
    Column         *column;
    int             n;
    OutCell        *cell;
    CsvOut          csv;
    XlsxOut        *book;
    Buf             out;
    int64_t         rows;
} Export;

/* ---- columns ---- */

static Str label_of(Export *x, const Entity *e, const Field *f)
{
    if (x->form == EXPORT_CSV) return str_of(f->name);
    if (f->own) return x->voice.lang == LANG_RU ? f->label_ru : f->label_en;
    const char *key = field_label(x->w->mem, e, f), *text = words_text(x->voice.lang, key);
    return str_of(text ? text : key);
}

/* keeper_id -> keeper */
static Str title_head(Export *x, const Field *f)
{
    Str name = str_of(f->name);
    return str_ends(name, S("_id")) ? str_upto(name, name.n - 3) : str_fmt(x->w->mem, "%s_title", f->name);
}

static void add(Export *x, Column c) { x->column[x->n++] = c; }

static void field_columns(Export *x, const Entity *of, const Children *list)
{
    Fields all = entity_fields(x->w, of);
    for (int i = 0; i < all.n; i++) {
        const Field *f = all.at[i];
        if (f->inner || access_hides(x->w->who, x->above->name, x->verb, f->mask)) continue;
        bool ref = field_points(f);
        Column c = {
            .kind = list ? COLUMN_LINE : COLUMN_FIELD, .field = f, .place = i, .list = list, .head = label_of(x, of, f)
        };
        if (!ref || x->form == EXPORT_CSV) add(x, c);
        c.kind = list ? COLUMN_LINE_TITLE : COLUMN_TITLE;
        if (ref && x->form == EXPORT_CSV) c.head = title_head(x, f);
        if (ref) add(x, c);
    }
}

/* What is said of each child by the record it belongs to. */
static void above_columns(Export *x)
{
    int  from = x->n;
    field_columns(x, x->above, NULL);
    for (int i = from; i < x->n; i++) {
        Column *c = &x->column[i];
        c->kind = c->kind == COLUMN_TITLE ? COLUMN_ABOVE_TITLE : COLUMN_ABOVE;
        if (x->form == EXPORT_CSV) c->head = str_fmt(x->w->mem, "parent.%.*s", (int)c->head.n, c->head.s);
    }
}

static void figure_columns(Export *x, Figures figures)
{
    for (int i = 0; i < figures.n; i++) {
        Field *field = NEW(x->w->mem, Field);
        *field = figure_field(figures.at[i]);
        add(x, (Column){ .kind = COLUMN_FIGURE, .field = field, .place = i, .head = label_of(x, x->e, field) });
    }
}

static void columns_make(Export *x, Figures figures)
{
    Fields    all  = entity_fields(x->w, x->e);
    ptrdiff_t most = 2 + (all.n + entity_fields(x->w, x->above).n) * 2 + x->e->child_count + figures.n;
    for (int c = 0; c < x->e->child_count; c++) most += x->e->children[c].entity->field_count * 2;
    x->column = NEW_N(x->w->mem, Column, most);
    x->cell   = NEW_N(x->w->mem, OutCell, most);
    if (x->form == EXPORT_CSV) add(x, (Column){ .kind = COLUMN_ID, .head = S("id") });
    if (x->e->parent) above_columns(x);
    field_columns(x, x->e, NULL);
    figure_columns(x, figures);
    for (int c = 0; c < x->e->child_count; c++) {
        const Children *list = &x->e->children[c];
        if (x->e->export_list && strcmp(list->name, x->e->export_list) == 0) {
            x->lines = list;
            continue;
        }
        Field name = { .name = list->name };
        add(x, (Column){ .kind = COLUMN_LIST, .list = list, .head = label_of(x, x->e, &name) });
    }
    if (x->lines) field_columns(x, x->lines->entity, x->lines);
}

/* ---- cells ---- */

static OutCell number_cell(int64_t v, int places)
{
    for (; places > 0 && v % 10 == 0; places--) v /= 10;
    return out_number(v, places);
}

static Str choice_text(Export *x, const Entity *e, const Field *f, Value v)
{
    if (x->form == EXPORT_CSV) return v.s;
    if (f->own) return f->option_labels[(v.n - 1) * 2 + (x->voice.lang == LANG_EN)];
    const char *text = words_text(
        x->voice.lang, str_c(x->w->mem, str_fmt(x->w->mem, "%s.%s.%.*s", e->name, f->name, (int)v.s.n, v.s.s)));
    return text ? str_of(text) : v.s;
}

static Str moment_text(Export *x, Moment at)
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

static Str plain_text(Export *x, const Field *f, Value v)
{
    Buf b = buf_new(x->w->mem, 24);
    value_write(&b, f, v);
    return buf_str(&b);
}

static Str bool_text(Export *x, bool yes)
{
    if (x->form == EXPORT_CSV) return yes ? S("true") : S("false");
    return str_of(words_text(x->voice.lang, yes ? "value.yes" : "value.no"));
}

static OutCell value_cell(Export *x, const Entity *e, const Field *f, Value v)
{
    if (v.empty) return (OutCell){ .kind = OUT_EMPTY };
    switch (f->type) {
    case TYPE_text:   return out_text(v.s);
    case TYPE_bool:   return out_text(bool_text(x, v.n));
    case TYPE_money:  return out_money(v.n);
    case TYPE_price:
    case TYPE_qty:
    case TYPE_ratio:
    case TYPE_degree: return number_cell(v.n, types[f->type].places);
    case TYPE_int:
    case TYPE_ref:    return out_number(v.n, 0);
    case TYPE_day:    return out_day((Day)v.n);
    case TYPE_moment: return out_text(moment_text(x, v.n));
    case TYPE_choice: return out_text(choice_text(x, e, f, v));
    default:          return out_text(plain_text(x, f, v));
    }
}

/* What a link points at is told with what it is, where people read it. */
static OutCell title_cell(Export *x, const Column *c, const void *row, const Str *titles)
{
    Str title = titles ? titles[c->place] : (Str){ 0 };
    if (!title.n) return (OutCell){ .kind = OUT_EMPTY };
    if (c->field->type != TYPE_link || x->form == EXPORT_CSV) return out_text(title);
    return out_text(link_say(x->w->mem, x->voice.lang, field_to(c->field, value_get(c->field, row)), title));
}

/* What names a line of a list: its first text, or whom it points at. */
static Str line_name(Export *x, const Entity *child, const ChildHead *row)
{
    Fields all = entity_fields(x->w, child);
    for (int i = 0; i < all.n; i++) {
        const Field *f = all.at[i];
        if (field_points(f) && row->titles && row->titles[i].n) return row->titles[i];
        if (f->type == TYPE_text && !f->inner && value_get(f, row).s.n) return value_get(f, row).s;
    }
    return (Str){ 0 };
}

static OutCell list_cell(Export *x, const Children *list, const void *record)
{
    const ChildRows *rows = children_of(list, record);
    Buf              text = buf_new(x->w->mem, 64);
    for (ptrdiff_t k = 0; k < rows->n; k++) {
        if (text.len) buf_c(&text, "; ");
        buf_put(&text, line_name(x, list->entity, child_at(list, rows, k)));
    }
    return text.len ? out_text(buf_str(&text)) : (OutCell){ .kind = OUT_EMPTY };
}

/* Titles stand in the head of each, which is another one of children. */
static const Str *titles_of(const Entity *e, const void *row)
{
    return e->parent ? ((const ChildHead *)row)->titles : ((const Record *)row)->titles;
}

static OutCell cell_of(Export *x, const Column *c, const void *record, const void *above, const Value *figured,
                       const ChildHead *line)
{
    if (c->list && c->kind != COLUMN_LIST && !line) return (OutCell){ .kind = OUT_EMPTY };
    switch (c->kind) {
    case COLUMN_ID:         return out_number(((const Record *)record)->id, 0);
    case COLUMN_FIELD:      return value_cell(x, x->e, c->field, value_get(c->field, record));
    case COLUMN_FIGURE:     return value_cell(x, x->e, c->field, figured[c->place]);
    case COLUMN_TITLE:      return title_cell(x, c, record, titles_of(x->e, record));
    case COLUMN_ABOVE:      return value_cell(x, x->above, c->field, value_get(c->field, above));
    case COLUMN_ABOVE_TITLE: return title_cell(x, c, above, titles_of(x->above, above));
    case COLUMN_LINE:       return value_cell(x, c->list->entity, c->field, value_get(c->field, line));
    case COLUMN_LINE_TITLE: return title_cell(x, c, line, line->titles);
    default:                return list_cell(x, c->list, record);
    }
}

/* ---- rows ---- */

static void row_put(Export *x)
{
    if (x->form == EXPORT_XLSX) xlsx_out_row(x->book, x->cell, x->n);
    else {
        for (int c = 0; c < x->n; c++) csv_put(&x->csv, x->cell[c]);
        csv_end_row(&x->csv);
    }
}

static void record_put(Export *x, const void *record, const void *above, const Value *figured)
{
    const ChildRows *lines = x->lines ? children_of(x->lines, record) : NULL;
    for (ptrdiff_t k = 0; k == 0 || (lines && k < lines->n); k++) {
        const ChildHead *line = lines && lines->n ? child_at(x->lines, lines, k) : NULL;
        for (int c = 0; c < x->n; c++) x->cell[c] = cell_of(x, &x->column[c], record, above, figured, line);
        row_put(x);
        x->rows++;
    }
}

static void head_put(Export *x)
{
    if (x->form == EXPORT_XLSX) {
        OutColumn *columns = NEW_N(x->w->mem, OutColumn, x->n);
        for (int c = 0; c < x->n; c++) columns[c].title = x->column[c].head;
        xlsx_out_sheet(x->book, entity_label(x->w->mem, x->voice.lang, x->e), columns, x->n);
        return;
    }
    for (int c = 0; c < x->n; c++) x->cell[c] = out_text(x->column[c].head);
    row_put(x);
}

/* One page, with children and titles; what it took from the arena is given back when it is written. */
static Err page_put(Export *x, const Ask *ask, Str *next)
{
    Page     page;
    TRY(work_pulse(x->w));
    work_step(x->w, BOUND_ASKED_PAGE_S * 1000);
    TRY(list_page(x->w, x->e, ask, &page));
    int64_t *ids = NEW_RAW(x->w->mem, int64_t, page.n);
    for (ptrdiff_t i = 0; i < page.n; i++)
        ids[i] = ((const Record *)(const void *)((char *)page.records + i * x->e->size))->id;
    TRY(children_read(x->w, x->e, ids, page.n, page.records));
    TRY(titles_read(x->w, x->e, entity_fields(x->w, x->e), page.records, page.n));
    for (ptrdiff_t i = 0; i < page.n; i++)
        record_put(x, (char *)page.records + i * x->e->size,
                   page.above ? (char *)page.above + page.above_at[i] * x->above->size : NULL,
                   page.figured + i * page.figures.n);
    *next = page.next;
    return OK;
}

static Err pages_put(Export *x, Ask ask)
{
    char *cursor = NEW_RAW(x->w->mem, char, 4096);
    char *mark   = x->w->mem->beg;
    Str   next;
    do {
        TRY(page_put(x, &ask, &next));
        if (next.n > 4096) return BROKEN;
        if (next.n) memcpy(cursor, next.s, (size_t)next.n);
        ask.after       = (Str){ cursor, next.n };
        x->w->mem->beg  = mark;
    } while (ask.after.n);
    return OK;
}

/* ---- files ---- */

static Err csv_file(Export *x, const Ask *ask, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return fail(x->w, BROKEN, NULL, "file.not_written");
    x->out  = buf_sink(x->w->mem, 1 << 16, buf_to_fd, &fd);
    x->csv  = csv_out(&x->out, x->form == EXPORT_CSV ? CSV_RFC4180 : CSV_EXCEL_RU);
    head_put(x);
    Err  err     = pages_put(x, *ask);
    bool written = buf_flush(&x->out);
    if (close(fd) != 0 || !written) return err ? err : fail(x->w, BROKEN, NULL, "file.not_written");
    return err;
}

static Err xlsx_file(Export *x, const Ask *ask, const char *path)
{
    x->book = xlsx_out_open(x->w->mem, path);
    head_put(x);
    Err err = pages_put(x, *ask);
    Err end = xlsx_out_close(x->book, &x->w->problems);
    return err ? err : end;
}

Err export_list(Work *w, const Entity *e, const Ask *ask, ExportForm form, const char *path, int64_t *rows)
{
    Export x   = { .w = w, .e = e, .above = entity_above(e), .form = form, .verb = "export" };
    Ask    all = *ask;
    Figures figures;
    all.verb   = "export";
    all.limit  = LIST_LIMIT;
    TRY(access_need(w, x.above->name, "export"));
    TRY(entity_fields(w, e).n ? OK : BROKEN);
    lang_read(w->language, &x.voice.lang);
    TRY(figures_asked(w, e, "export", ask->figures, &figures));
    columns_make(&x, figures);
    Err err = form == EXPORT_XLSX ? xlsx_file(&x, &all, path) : csv_file(&x, &all, path);
    *rows   = x.rows;
    return err;
}

/* ---- forms ---- */

static const struct {
    const char *name, *mime, *ending;
} forms[] = {
    [EXPORT_CSV]    = { "csv", "text/csv; charset=utf-8", "csv" },
    [EXPORT_CSV_RU] = { "csv_ru", "text/csv; charset=utf-8", "csv" },
    [EXPORT_XLSX]   = { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
};

const char *export_mime(ExportForm form)   { return forms[form].mime; }
const char *export_ending(ExportForm form) { return forms[form].ending; }

bool export_form_named(Str name, ExportForm *out)
{
    for (int i = 0; i < COUNT(forms); i++) {
        if (!str_eq(name, str_of(forms[i].name))) continue;
        *out = (ExportForm)i;
        return true;
    }
    return false;
}
