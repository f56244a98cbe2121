/* Any list as a file: page by page, column by column from the list of fields. */
#include "core/bounds.h"
#include "entity/export_sheet.h"
#include "entity/link.h"
#include "entity/rows.h"

#include <string.h>

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
    ExportSheet     sheet;
    const Entity   *e, *above; /* of children the entity they belong to, whose rights are theirs; else e itself */
    const Ask      *ask;
    const char     *verb;
    const Children *lines; /* a row each; null: a row a record */
    Column         *column;
    int             n;
    OutCell        *cell;
    int64_t         rows;
} Export;

/* ---- columns ---- */

/* keeper_id -> keeper */
static Str title_head(Export *x, const Field *f)
{
    Str name = str_of(f->name);
    return str_ends(name, S("_id")) ? str_upto(name, name.n - 3) : str_fmt(x->sheet.w->mem, "%s_title", f->name);
}

static void add(Export *x, Column c) { x->column[x->n++] = c; }

static void field_columns(Export *x, const Entity *of, const Children *list)
{
    Fields all = entity_fields(x->sheet.w, of);
    for (int i = 0; i < all.n; i++) {
        const Field *f = all.at[i];
        if (f->inner || access_hides(x->sheet.w->who, x->above->name, x->verb, f->mask)) continue;
        bool ref = field_points(f);
        Column c = { .kind = list ? COLUMN_LINE : COLUMN_FIELD,
                     .field = f,
                     .place = i,
                     .list = list,
                     .head = export_label(&x->sheet, of, f) };
        if (!ref || x->sheet.form == EXPORT_CSV) add(x, c);
        c.kind = list ? COLUMN_LINE_TITLE : COLUMN_TITLE;
        if (ref && x->sheet.form == EXPORT_CSV) c.head = title_head(x, f);
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
        if (x->sheet.form == EXPORT_CSV) c->head = str_fmt(x->sheet.w->mem, "parent.%.*s", (int)c->head.n, c->head.s);
    }
}

static void figure_columns(Export *x, Figures figures)
{
    for (int i = 0; i < figures.n; i++) {
        Field *field = NEW(x->sheet.w->mem, Field);
        *field = figure_field(figures.at[i]);
        add(x, (Column){
                   .kind = COLUMN_FIGURE, .field = field, .place = i, .head = export_label(&x->sheet, x->e, field) });
    }
}

static void columns_make(Export *x, Figures figures)
{
    Fields    all  = entity_fields(x->sheet.w, x->e);
    ptrdiff_t most = 2 + (all.n + entity_fields(x->sheet.w, x->above).n) * 2 + x->e->child_count + figures.n;
    for (int c = 0; c < x->e->child_count; c++) most += x->e->children[c].entity->field_count * 2;
    x->column = NEW_N(x->sheet.w->mem, Column, most);
    x->cell   = NEW_N(x->sheet.w->mem, OutCell, most);
    if (x->sheet.form == EXPORT_CSV) add(x, (Column){ .kind = COLUMN_ID, .head = S("id") });
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
        add(x, (Column){ .kind = COLUMN_LIST, .list = list, .head = export_label(&x->sheet, x->e, &name) });
    }
    if (x->lines) field_columns(x, x->lines->entity, x->lines);
}

/* ---- cells ---- */

/* What a link points at is told with what it is, where people read it. */
static OutCell title_cell(Export *x, const Column *c, const void *row, const Str *titles)
{
    Str title = titles ? titles[c->place] : (Str){ 0 };
    if (!title.n) return (OutCell){ .kind = OUT_EMPTY };
    if (c->field->type != TYPE_link || x->sheet.form == EXPORT_CSV) return out_text(title);
    return out_text(
        link_say(x->sheet.w->mem, x->sheet.voice.lang, field_to(c->field, value_get(c->field, row)), title));
}

/* What names a line of a list: its first text, or whom it points at. */
static Str line_name(Export *x, const Entity *child, const ChildHead *row)
{
    Fields all = entity_fields(x->sheet.w, child);
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
    Buf              text = buf_new(x->sheet.w->mem, 64);
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
    case COLUMN_FIELD:      return export_cell(&x->sheet, x->e, c->field, value_get(c->field, record));
    case COLUMN_FIGURE:     return export_cell(&x->sheet, x->e, c->field, figured[c->place]);
    case COLUMN_TITLE:      return title_cell(x, c, record, titles_of(x->e, record));
    case COLUMN_ABOVE:      return export_cell(&x->sheet, x->above, c->field, value_get(c->field, above));
    case COLUMN_ABOVE_TITLE: return title_cell(x, c, above, titles_of(x->above, above));
    case COLUMN_LINE:       return export_cell(&x->sheet, c->list->entity, c->field, value_get(c->field, line));
    case COLUMN_LINE_TITLE: return title_cell(x, c, line, line->titles);
    default:                return list_cell(x, c->list, record);
    }
}

/* ---- rows ---- */

static void record_put(Export *x, const void *record, const void *above, const Value *figured)
{
    const ChildRows *lines = x->lines ? children_of(x->lines, record) : NULL;
    for (ptrdiff_t k = 0; k == 0 || (lines && k < lines->n); k++) {
        const ChildHead *line = lines && lines->n ? child_at(x->lines, lines, k) : NULL;
        for (int c = 0; c < x->n; c++) x->cell[c] = cell_of(x, &x->column[c], record, above, figured, line);
        export_row(&x->sheet, x->cell);
        x->rows++;
    }
}

/* One page, with children and titles; what it took from the arena is given back when it is written. */
static Err page_put(Export *x, const Ask *ask, Str *next)
{
    Page     page;
    TRY(work_pulse(x->sheet.w));
    work_step(x->sheet.w, BOUND_ASKED_PAGE_S * 1000);
    TRY(list_page(x->sheet.w, x->e, ask, &page));
    int64_t *ids = NEW_RAW(x->sheet.w->mem, int64_t, page.n);
    for (ptrdiff_t i = 0; i < page.n; i++)
        ids[i] = ((const Record *)(const void *)((char *)page.records + i * x->e->size))->id;
    TRY(children_read(x->sheet.w, x->e, ids, page.n, page.records));
    TRY(titles_read(x->sheet.w, x->e, entity_fields(x->sheet.w, x->e), page.records, page.n));
    for (ptrdiff_t i = 0; i < page.n; i++)
        record_put(x, (char *)page.records + i * x->e->size,
                   page.above ? (char *)page.above + page.above_at[i] * x->above->size : NULL,
                   page.figured + i * page.figures.n);
    *next = page.next;
    return OK;
}

static Err pages_put(Export *x, Ask ask)
{
    char *cursor = NEW_RAW(x->sheet.w->mem, char, 4096);
    char *mark   = x->sheet.w->mem->beg;
    Str   next;
    do {
        TRY(page_put(x, &ask, &next));
        if (next.n > 4096) return BROKEN;
        if (next.n) memcpy(cursor, next.s, (size_t)next.n);
        ask.after       = (Str){ cursor, next.n };
        x->sheet.w->mem->beg  = mark;
    } while (ask.after.n);
    return OK;
}

/* ---- files ---- */

static Err rows_put(void *of, ExportSheet *sheet)
{
    Export *x = of;
    (void)sheet;
    return pages_put(x, *x->ask);
}

Err export_list(Work *w, const Entity *e, const Ask *ask, ExportForm form, const char *path, int64_t *rows)
{
    Ask     all = *ask;
    Export  x = { .sheet = export_sheet(w, form), .e = e, .above = entity_above(e), .verb = "export", .ask = &all };
    Figures figures;
    all.verb = "export";
    all.limit = LIST_LIMIT;
    TRY(access_need(w, x.above->name, "export"));
    TRY(entity_fields(w, e).n ? OK : BROKEN);
    TRY(figures_asked(w, e, "export", ask->figures, &figures));
    columns_make(&x, figures);
    Str *heads = NEW_N(w->mem, Str, x.n);
    for (int c = 0; c < x.n; c++) heads[c] = x.column[c].head;
    Err err = export_file(&x.sheet, path, entity_label(w->mem, x.sheet.voice.lang, e), heads, x.n, rows_put, &x);
    *rows = x.rows;
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
